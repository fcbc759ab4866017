import { ModelError } from '../../base/errors.ts';
import { byteLevel } from './byte-level.ts';
import { CharsMap } from './charsmap.ts';
import { patternOf, textOf, type Json } from './json.ts';

export type Normaliser = (text: string) => string;

/** A normaliser of a tokenizer.json. @throws ModelError for one that is not known. */
export function normaliserOf(config: Json | null | undefined): Normaliser {
  if (!config) return (text) => text;
  switch (config.type) {
    case 'Sequence': {
      const steps = ((config.normalizers ?? []) as Json[]).map(normaliserOf);
      return (text) => steps.reduce((t, step) => step(t), text);
    }
    case 'NFC':
    case 'NFD':
    case 'NFKC':
    case 'NFKD': {
      const form = config.type;
      return (text) => text.normalize(form);
    }
    case 'Lowercase':
      return lowercase;
    case 'StripAccents':
      return (text) => text.replace(/\p{M}/gu, '');
    case 'Strip':
      return stripper(config.strip_left === true, config.strip_right === true);
    case 'Prepend': {
      const before = textOf(config.prepend);
      return (text) => (text === '' ? text : before + text);
    }
    case 'Replace': {
      const pattern = patternOf(config.pattern);
      const content = textOf(config.content);
      return (text) => text.replace(pattern, () => content);
    }
    case 'ByteLevel':
      return byteLevel;
    case 'Nmt':
      return nmt;
    case 'Precompiled': {
      const map = typeof config.precompiled_charsmap === 'string' ? config.precompiled_charsmap : '';
      if (map === '') return (text) => text;
      const rules = new CharsMap(map);
      return (text) => rules.normalise(text);
    }
    case 'BertNormalizer':
      return bert(config);
    default:
      throw new ModelError(
        `tokenizer.json has the normalizer ${JSON.stringify(config.type)}, which is not known.`,
      );
  }
}

/** Character by character, so that no sigma knows that it is a word's last. */
export function lowercase(text: string): string {
  if (!/[Σİ]/.test(text)) return text.toLowerCase();
  let out = '';
  for (const c of text) out += c.toLowerCase();
  return out;
}

function stripper(left: boolean, right: boolean): Normaliser {
  return (text) => {
    let t = text;
    if (left) t = t.replace(/^\p{White_Space}+/u, '');
    if (right) t = t.replace(/\p{White_Space}+$/u, '');
    return t;
  };
}

const nmtDropped = /(?![\0\t\n\f\r\x80-\x8e\x90-\x9e])\p{Cc}/gu;
const nmtSpaces = /[\t\n\f\r\u1680\u200b-\u200f\u2028\u2029\u2581\ufeff\ufffd]/gu;

function nmt(text: string): string {
  return text.replace(nmtDropped, '').replace(nmtSpaces, ' ');
}

/** The blocks that BERT sets apart; the sixth begins where the reference's does. */
const chinese =
  /[\u4e00-\u9fff\u3400-\u4dbf\u{20000}-\u{2a6df}\u{2a700}-\u{2b73f}\u{2b740}-\u{2b81f}\u{2b920}-\u{2ceaf}\uf900-\ufaff\u{2f800}-\u{2fa1f}]/gu;

function bert(config: Json): Normaliser {
  const lower = config.lowercase !== false;
  const strip = (config.strip_accents as boolean | null | undefined) ?? lower;
  return (text) => {
    let t = text;
    if (config.clean_text !== false)
      t = t.replace(/[\0\ufffd]|(?![\t\n\r])[\p{Cc}\p{Cf}\p{Co}]/gu, '').replace(/\p{White_Space}/gu, ' ');
    if (config.handle_chinese_chars !== false) t = t.replace(chinese, ' $& ');
    if (strip) t = t.normalize('NFD').replace(/\p{Mn}/gu, '');
    return lower ? lowercase(t) : t;
  };
}
