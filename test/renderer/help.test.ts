import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const folder = fileURLToPath(new URL('../../assets/help', import.meta.url));
const languages = readdirSync(folder);
const pages = readdirSync(path.join(folder, 'en'));
const read = (language: string, page: string): string =>
  readFileSync(path.join(folder, language, page), 'utf8');
const count = (text: string, pattern: RegExp): number => [...text.matchAll(pattern)].length;

describe('the help', () => {
  it('has every page in every language', () => {
    for (const language of languages) expect(readdirSync(path.join(folder, language))).toEqual(pages);
  });

  it('says as much in Chinese as in English: the same points, names in code and steps', () => {
    for (const page of pages) {
      const [english, chinese] = [read('en', page), read('zh-CN', page)];
      expect(chinese, page).toMatch(/^# .*\p{Script=Han}/u);
      for (const pattern of [/^- /gm, /^\d+\. /gm, /`moetopic [a-z]+`/g, /`[a-z]+\.csv`/g])
        expect(count(chinese, pattern), `${page}: ${pattern}`).toBe(count(english, pattern));
    }
  });
});
