import { spread } from './column-types.ts';

/**
 * The commonest function words of languages in Latin and Cyrillic letters, chosen so that few of them are shared.
 * (ISO 639-1 code: words)
 */
const functionWords: Readonly<Record<string, string>> = {
  en: 'the and of to is that for with this are was it be have you not from they which but what i can my your how on in at has by a an do me if we or its as were does will',
  de: 'der die und das ist nicht mit den ein eine zu von sich auf für dem auch wird sind im ich wie kann werden bei',
  fr: 'le la les un et des est une dans que pour qui pas sur avec au du sont plus par ce cette je nous vous il elle ont',
  es: 'el la los un y que las una por con para del es se su como pero más este esta son lo al fue muy está',
  it: 'il la un che di è per non una della sono con del gli nel alla anche più questo come dei le ha ma si questa',
  pt: 'os que não uma para com do da em dos mais como por ao das foi são está mas seu sua pelo também você',
  nl: 'het een van en dat niet zijn op met voor er maar ook aan deze naar wordt door heeft ik je kan hoe',
  sv: 'och att det som är på en för av inte med den till har ett jag men om var från kan ska hur',
  da: 'og at det er som på en ikke af med den til har et jeg men fra kan skal hvor blev også efter',
  no: 'og det er som på en ikke av med til har et jeg men fra kan skal hvor ble også etter å seg',
  fi: 'ja on ei että se oli hän mutta kun myös tai olla ovat joka niin kuin mitä voi sen minä ole',
  pl: 'i w nie się na że to jest do z jak ale po co tak za od czy dla był przez może są',
  cs: 'a se na je že to v s z do o ale jak by jsem po pro tak co byl jako jsou který',
  hu: 'a az és hogy nem is egy ez van de csak volt már mint vagy még meg azt ha lehet',
  ro: 'și în de la nu pe cu este care un o pentru mai din că sunt fi ca să dar',
  tr: 've bir bu için ile de da çok ne ama gibi daha olarak var mi olan her kadar sonra değil',
  id: 'yang dan di dengan untuk ini itu dari tidak pada adalah akan dalam juga saya ada ke bisa kami oleh',
  vi: 'là và của có không được cho một các người những trong tôi với này đã để khi về',
  ru: 'и в не на что я с он как это по но к из у за от для так же или был',
  uk: 'і в не на що я з він як це по але до та у за від для так або був є її',
  bg: 'и в не на че се да от за е по с но като са това който ще към го',
};

/** Scripts that (nearly) tell the language alone. Japanese is told from Chinese by its kana. */
const scripts: readonly (readonly [string, RegExp])[] = [
  ['ja', /[\p{Script=Hiragana}\p{Script=Katakana}]/gu],
  ['ko', /\p{Script=Hangul}/gu],
  ['zh', /\p{Script=Han}/gu],
  ['ar', /\p{Script=Arabic}/gu],
  ['he', /\p{Script=Hebrew}/gu],
  ['hi', /\p{Script=Devanagari}/gu],
  ['bn', /\p{Script=Bengali}/gu],
  ['ta', /\p{Script=Tamil}/gu],
  ['th', /\p{Script=Thai}/gu],
  ['el', /\p{Script=Greek}/gu],
  ['ka', /\p{Script=Georgian}/gu],
  ['hy', /\p{Script=Armenian}/gu],
];

const languagesOf = new Map<string, string[]>();
for (const [code, list] of Object.entries(functionWords))
  for (const word of new Set(list.split(' ')))
    languagesOf.set(word, [...(languagesOf.get(word) ?? []), code]);

/** A text's language (ISO 639-1), or null when it is too short or too strange to tell. */
export function guessLanguage(text: string): string | null {
  // Addresses are in no language, though "com" is Portuguese for "with".
  const head = text.slice(0, 2000).replace(/\S*(?::\/\/|www\.|@)\S*/g, ' ');
  const letters = head.match(/\p{L}/gu)?.length ?? 0;
  if (letters === 0) return null;
  for (const [code, script] of scripts) {
    const found = head.match(script)?.length ?? 0;
    // Japanese mixes kana with Chinese characters: a tenth is enough.
    if (found > letters * (code === 'ja' ? 0.1 : 0.4)) return code;
  }
  const scores = new Map<string, number>();
  for (const word of head.toLowerCase().match(/\p{L}+/gu) ?? []) {
    const codes = languagesOf.get(word);
    // A word of one language alone says more than one that several share.
    for (const code of codes ?? []) scores.set(code, (scores.get(code) ?? 0) + 1 / (codes?.length ?? 1));
  }
  let best: string | null = null;
  let most = 0;
  for (const [code, score] of scores) if (score > most) [best, most] = [code, score];
  // Less than one word that is the language's own is chance.
  return most >= 0.75 ? best : null;
}

/**
 * The languages of a corpus with their shares among the texts that could be told, commonest first; from at most 1,000
 * texts, none when hardly any of them could be told.
 */
export function guessLanguages(texts: readonly string[]): { code: string; share: number }[] {
  const counts = new Map<string, number>();
  const looked = spread(texts, 1000);
  let told = 0;
  for (const text of looked) {
    const code = guessLanguage(text);
    if (code === null) continue;
    told++;
    counts.set(code, (counts.get(code) ?? 0) + 1);
  }
  // A few texts that happen to tell (names, a line in another script) say nothing about all the others.
  if (told < looked.length / 10) return [];
  return [...counts]
    .map(([code, count]) => ({ code, share: count / told }))
    .filter((language) => language.share >= 0.02)
    .sort((a, b) => b.share - a.share || (a.code < b.code ? -1 : 1));
}
