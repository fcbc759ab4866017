import { ModelError } from '../../base/errors.ts';
import { byteLevel } from './byte-level.ts';
import { patternOf, textOf, type Json } from './json.ts';
import { byScript } from './scripts.ts';
import { splitBy, words, type Behaviour } from './split.ts';

/** Cuts a text into the pieces that a model sees one by one. `first`: the text begins where the whole input does. */
export type PreTokeniser = (text: string, first: boolean) => string[];

const gpt2 =
  /'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\p{White_Space}\p{L}\p{N}]+|\p{White_Space}+(?!\P{White_Space})|\p{White_Space}+/gu;
const punctuation = /[!-/:-@[-`{-~\p{P}]/gu;
const wordsAndRest =
  /[\p{Alphabetic}\p{M}\p{Nd}\p{Pc}\u200c\u200d]+|[^\p{Alphabetic}\p{M}\p{Nd}\p{Pc}\u200c\u200d\p{White_Space}]+/gu;

/** A pre-tokeniser of a tokenizer.json. @throws ModelError for one that is not known. */
export function preTokeniserOf(config: Json | null | undefined): PreTokeniser {
  if (!config) return (text) => [text];
  switch (config.type) {
    case 'Sequence': {
      const steps = ((config.pretokenizers ?? []) as Json[]).map(preTokeniserOf);
      return (text, first) => {
        let pieces = [text];
        let begins = first;
        for (const step of steps) {
          const before = pieces;
          pieces = before.flatMap((p, i) => step(p, begins && i === 0));
          // White space taken off the beginning leaves nothing that begins where the input does.
          begins &&= before.length > 0 && pieces.length > 0 && before[0].startsWith(pieces[0]);
        }
        return pieces;
      };
    }
    case 'ByteLevel': {
      const prefix = config.add_prefix_space !== false;
      const split = config.use_regex !== false;
      return (text) => {
        const t = prefix && !text.startsWith(' ') ? ` ${text}` : text;
        return (split ? splitBy(t, gpt2, 'isolated') : [t]).map(byteLevel);
      };
    }
    case 'Split': {
      const pattern = patternOf(config.pattern);
      const behaviour = behaviourOf(config.behavior);
      const invert = config.invert === true;
      return (text) => splitBy(text, pattern, behaviour, invert);
    }
    case 'Metaspace':
      return metaspace(config);
    case 'Whitespace':
      return (text) => text.match(wordsAndRest) ?? [];
    case 'WhitespaceSplit':
      return words;
    case 'BertPreTokenizer':
      return (text) => words(text).flatMap((w) => splitBy(w, punctuation, 'isolated'));
    case 'Punctuation': {
      const behaviour = behaviourOf(config.behavior ?? 'Isolated');
      return (text) => splitBy(text, punctuation, behaviour);
    }
    case 'UnicodeScripts':
      return byScript;
    case 'Digits': {
      const behaviour = config.individual_digits === true ? 'isolated' : 'contiguous';
      return (text) => splitBy(text, /\p{N}/gu, behaviour);
    }
    case 'CharDelimiterSplit': {
      const pattern = patternOf({ String: config.delimiter });
      return (text) => splitBy(text, pattern, 'removed');
    }
    case 'FixedLength': {
      const length = Number(config.length ?? 5);
      return (text) => text.match(new RegExp(`[\\s\\S]{1,${length}}`, 'gu')) ?? [];
    }
    default:
      throw new ModelError(
        `tokenizer.json has the pre-tokenizer ${JSON.stringify(config.type)}, which is not known.`,
      );
  }
}

function behaviourOf(value: unknown): Behaviour {
  const name = textOf(value).toLowerCase().replaceAll('_', '');
  const known = ['isolated', 'removed', 'mergedwithprevious', 'mergedwithnext', 'contiguous'] as const;
  const found = known.find((b) => b === name);
  if (found) return found;
  throw new ModelError(
    `tokenizer.json splits with the behavior ${JSON.stringify(value)}, which is not known.`,
  );
}

function metaspace(config: Json): PreTokeniser {
  const mark = textOf(config.replacement, '▁');
  const scheme = config.prepend_scheme ?? (config.add_prefix_space === false ? 'never' : 'always');
  const pattern = patternOf({ String: mark });
  const split = config.split !== false;
  return (text, first) => {
    let t = text.replaceAll(' ', mark);
    if (!t.startsWith(mark) && (scheme === 'always' || (scheme === 'first' && first))) t = mark + t;
    return split ? splitBy(t, pattern, 'mergedwithnext') : [t];
  };
}
