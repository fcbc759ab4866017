// Writes one list a language from the package stopwords-iso into this folder: `node assets/stop-words/copy.mjs`.
// en.txt is not among them: it is scikit-learn's list (see LICENSE.txt), so that keyword weights can be compared with it;
// the collection's own English list has 1,298 entries and would take words such as "computer" and "system" from topics.
import { readFileSync, writeFileSync } from 'node:fs';

const lists = JSON.parse(
  readFileSync(new URL('../../node_modules/stopwords-iso/stopwords-iso.json', import.meta.url), 'utf8'),
);
for (const [language, words] of Object.entries(lists)) {
  if (language === 'en') continue;
  const sorted = [...new Set(words)].sort();
  writeFileSync(new URL(`${language}.txt`, import.meta.url), sorted.join('\n') + '\n');
}
