import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { stripPost } from '../../../core/corpus/newsgroup-strip.ts';
import type { Strip } from '../../../core/corpus/index.ts';

const reference = JSON.parse(readFileSync(new URL('newsgroup-strip.json', import.meta.url), 'utf8')) as {
  cases: { post: string; strip: Strip[]; text: string }[];
};

test('headers, footers and quotes go as scikit-learn lets them go', () => {
  expect(reference.cases.length).toBeGreaterThan(100);
  for (const { post, strip, text } of reference.cases) {
    // There a header that ends as e-mail's do, with \r\n, takes the whole post with it.
    if (strip.includes('headers') && /\n\r\n/.test(post) && !post.includes('\n\n')) continue;
    expect({ post, strip, text: stripPost(post, strip) }).toEqual({ post, strip, text });
  }
});
