import { InputError } from '../base/errors.ts';
import type { StageContext } from '../base/progress.ts';
import { lookingPass, readBytes } from './bytes.ts';
import { detectEncoding, isBinary, type Encoding } from './encoding.ts';
import type { CorpusParams } from './params.ts';

/** A table's encoding: the one that was named, or found by looking through the file. @throws InputError for a file that is no text. */
export async function fileEncoding(
  file: string,
  { encoding }: CorpusParams,
  context: StageContext,
): Promise<Encoding> {
  if (encoding !== 'auto') return encoding;
  return detectEncoding(textOnly(file, readBytes(file, context, lookingPass)));
}

async function* textOnly(file: string, chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let first = true;
  for await (const chunk of chunks) {
    if (first && isBinary(chunk))
      throw new InputError(`${file} is binary, not text; save it as CSV or JSONL, or name its --encoding.`);
    first = false;
    yield chunk;
  }
}
