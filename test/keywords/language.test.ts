import { describe, expect, it } from 'vitest';
import { detectLanguages, stopWordLanguages, stopWordList } from '../../core/keywords/index.ts';
import { stopWordsFor } from '../../core/keywords/stop-words.ts';
import { UsageError } from '../../core/base/errors.ts';

const sentences: Record<string, string> = {
  en: 'The committee has not yet decided whether it will meet again before the end of the year.',
  de: 'Der Ausschuss hat noch nicht entschieden, ob er vor dem Ende des Jahres noch einmal tagen wird.',
  fr: 'Le comité n’a pas encore décidé s’il se réunira de nouveau avant la fin de l’année.',
  es: 'El comité todavía no ha decidido si se reunirá otra vez antes de que termine el año.',
  it: 'Il comitato non ha ancora deciso se si riunirà di nuovo prima della fine dell’anno.',
  pt: 'A comissão ainda não decidiu se vai reunir-se outra vez antes do fim do ano.',
  nl: 'De commissie heeft nog niet besloten of zij voor het einde van het jaar weer bijeenkomt.',
  sv: 'Utskottet har ännu inte bestämt om det ska mötas igen före årets slut, men det är troligt att det gör det.',
  pl: 'Komisja jeszcze nie zdecydowała, czy zbierze się ponownie przed końcem roku, ale jest to możliwe.',
  ru: 'Комитет ещё не решил, соберётся ли он снова до конца года, но это было бы хорошо.',
  uk: 'Комітет ще не вирішив, чи збереться він знову до кінця року, але це було б добре.',
  zh: '委员会还没有决定是否在年底之前再次开会。',
  ja: '委員会は年末までにもう一度会合を開くかどうかをまだ決めていません。',
  ko: '위원회는 연말 이전에 다시 모일지 아직 결정하지 않았다.',
  th: 'คณะกรรมการยังไม่ได้ตัดสินใจว่าจะประชุมอีกครั้งก่อนสิ้นปีหรือไม่',
  ar: 'لم تقرر اللجنة بعد ما إذا كانت ستجتمع مرة أخرى قبل نهاية العام.',
  el: 'Η επιτροπή δεν έχει αποφασίσει ακόμη αν θα συνεδριάσει ξανά πριν από το τέλος του έτους.',
};

describe('language', () => {
  it.each(Object.entries(sentences))('%s is told from a sentence', (code, sentence) => {
    expect(detectLanguages([sentence])[0]).toEqual({ code, share: 1 });
  });
  it('is told document by document in a mixed corpus', () => {
    const mixed = Array.from({ length: 10 }, (_, i) => (i < 7 ? sentences.de : sentences.zh));
    expect(detectLanguages(mixed)).toEqual([
      { code: 'de', share: 0.7 },
      { code: 'zh', share: 0.3 },
    ]);
  });
  it('is English where nothing can be told', () => {
    expect(detectLanguages([])).toEqual([{ code: 'en', share: 1 }]);
    expect(detectLanguages(['12', ''])[0].code).toBe('en');
    const tags = [
      'weed pruning pot',
      'rose compost mulch',
      'goal striker cup',
      'star telescope',
      'oven dough soup',
    ];
    expect(detectLanguages(tags)).toEqual([{ code: 'en', share: 1 }]);
  });
});

describe('stop words', () => {
  it('ship for more than twenty languages', () => {
    expect(stopWordLanguages().length).toBeGreaterThan(20);
    for (const code of stopWordLanguages()) expect(stopWordList(code).length).toBeGreaterThan(20);
  });
  it('refuse what is neither a language nor a file', () => {
    expect(() => stopWordsFor('klingon', [])).toThrow(UsageError);
    expect(() => stopWordsFor('test', [])).toThrow(
      'The stop words test are a folder; give a file with one word a line.',
    );
  });
});
