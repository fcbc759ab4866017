import { UsageError } from '../base/errors.ts';

/** A text to embed with what stands around it; only `text` may be cut. */
export interface PromptedText {
  readonly head: string;
  readonly text: string;
  readonly tail: string;
}

export interface Prompt {
  readonly head: string;
  readonly tail: string;
  /** Prepares the document's text. */
  readonly prepare: (text: string) => string;
}

/** PromptEOL (arXiv 2307.16645), as MoEE uses it: the last token has to sum the text up. */
const promptEol = 'This sentence : "{text}" means in one word:"';

/**
 * `none`, `prompteol`, `paper` (the texts as MoEE's code prepares them, in quotes), or a template with {text} in it.
 * @param prefix what the model wants before every text, from its card
 * @throws UsageError for a template without {text}.
 */
export function readPrompt(prompt: string, prefix: string): Prompt {
  if (prompt === 'none') return { head: prefix, tail: '', prepare: same };
  if (prompt === 'paper') return { head: '"', tail: '"', prepare: asInPaper };
  const template = prompt === 'prompteol' ? promptEol : prompt;
  const at = template.indexOf('{text}');
  if (at < 0)
    throw new UsageError(
      `--prompt ${JSON.stringify(prompt)} has no {text}; write none, prompteol, paper, or a sentence with {text} where the document belongs.`,
    );
  return { head: template.slice(0, at), tail: template.slice(at + 6), prepare: same };
}

function same(text: string): string {
  return text;
}

/** A final full stop is added, `"` becomes `'`, `_` a space, and an empty text a full stop (tianyi-lab/MoE-Embedding). */
function asInPaper(text: string): string {
  const trimmed = text.trim();
  const ended = /[.?!"']$/.test(trimmed) ? trimmed : `${trimmed}.`;
  return ended.replaceAll('"', "'").replaceAll('_', ' ');
}
