import { textOf, type Json } from './json.ts';
import { unknownId, vocabularyOf, type PieceModel } from './vocabulary.ts';

/** The longest piece that fits, again and again; a word of which some part is unknown is unknown. */
export function wordPieceModel(config: Json): PieceModel {
  const vocabulary = vocabularyOf(config);
  const unknown = textOf(config.unk_token, '[UNK]');
  const prefix = textOf(config.continuing_subword_prefix, '##');
  const longest = Number(config.max_input_chars_per_word ?? 100);
  return {
    vocabulary,
    encode(text) {
      const chars = Array.from(text);
      const ids: number[] = [];
      if (chars.length > longest) return [unknownId(vocabulary, unknown)];
      for (let from = 0; from < chars.length;) {
        let to = chars.length;
        let id: number | undefined;
        for (; to > from && id === undefined; to--)
          id = vocabulary.get((from > 0 ? prefix : '') + chars.slice(from, to).join(''));
        if (id === undefined) return [unknownId(vocabulary, unknown)];
        ids.push(id);
        from = to + 1;
      }
      return ids;
    },
  };
}

/** Whole words. */
export function wordLevelModel(config: Json): PieceModel {
  const vocabulary = vocabularyOf(config);
  const unknown = textOf(config.unk_token, '<unk>');
  return {
    vocabulary,
    encode: (text) => (text === '' ? [] : [vocabulary.get(text) ?? unknownId(vocabulary, unknown)]),
  };
}
