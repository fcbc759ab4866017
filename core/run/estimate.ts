import os from 'node:os';
import { StageClock } from '../base/clock.ts';
import { quietContext, type StageContext } from '../base/progress.ts';
import { Random } from '../base/random.ts';
import { readCorpus } from '../corpus/index.ts';
import { embeddingDevice, embedWords, readCard } from '../embed/index.ts';
import { languageMisfit } from '../models/language-fit.ts';
import { resolveModel } from '../models/resolve.ts';
import type { RunEstimate } from '../protocol.ts';
import { parseRunParams } from './params.ts';
import { sizeReasons } from './reasons.ts';

/** Documents embedded to learn how fast this machine is. */
const sampleSize = 48;

/** What a run will take on this machine, told from embedding a few of its own documents. */
export async function estimateRun(
  source: string,
  flat: Record<string, unknown>,
  context: StageContext,
): Promise<RunEstimate> {
  const params = parseRunParams(flat);
  const clock = new StageClock();
  const corpus = await clock.time('load', () => readCorpus(source, params.load, quietContext(context)));
  const withText = corpus.texts.filter((text) => text.trim() !== '');
  const own = { ...params.embed, model: await resolveModel(params.embed, context) };
  const card = await readCard(own.model);
  const random = new Random(1);
  const sample = Array.from(
    { length: Math.min(sampleSize, withText.length) },
    () => withText[random.integer(withText.length)],
  );
  // The first texts open the model on each of its threads; that is not the model's speed.
  if (sample.length > 0) await embedWords(sample.slice(0, 8), own, context);
  await clock.time('embed', () => embedWords(sample, own, context));
  const device = await embeddingDevice(own, context);
  const n = withText.length;
  const embed = sample.length === 0 ? 0 : ((clock.seconds.embed ?? 0) / sample.length) * n;
  // Measured on two cores: 0.25 ms a document for the layouts, a tenth for clustering and for counting words.
  const seconds = {
    load: clock.seconds.load ?? 0,
    embed,
    reduce: n * 0.00035 * (2 / Math.max(1, context.threads)),
    cluster: n * 0.00005,
    keywords: n * 0.00008,
    map: n * 0.00002,
  };
  const width = card.hiddenSize + card.routers.reduce((sum, router) => sum + router.experts, 0);
  const texts = corpus.texts.reduce((sum, text) => sum + text.length, 0);
  return {
    documents: corpus.ids.length,
    seconds,
    totalSeconds: Object.values(seconds).reduce((a, b) => a + b, 0),
    // The runtime and the model, parts and matrix of the embedding, texts in memory and as term counts.
    memoryBytes: Math.min(os.totalmem(), Math.round(350e6 + n * width * 4 * 3 + texts * 6)),
    model: card.name,
    device: device.name,
    why: device.why,
    reasons: sizeReasons(params, n),
    cachedDocuments: 0,
    misfit: languageMisfit(withText, card),
  };
}
