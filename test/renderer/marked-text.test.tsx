// @vitest-environment jsdom
import { cleanup, render } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { MarkedText, mark } from '../../renderer/components/marked-text.tsx';

afterEach(cleanup);

const marked = (text: string, words: string[]): string[] =>
  mark(text, words)
    .filter((part) => part.marked)
    .map((part) => part.text);

describe('marked text', () => {
  it('marks whole words in any case, the longer phrase first', () => {
    expect(marked('Space shuttle and spacecraft: SPACE', ['space', 'space shuttle'])).toEqual([
      'Space shuttle',
      'SPACE',
    ]);
  });

  it('marks words of scripts without spaces inside of sentences', () => {
    expect(marked('他们研究机器学习。', ['机器学习'])).toEqual(['机器学习']);
  });

  it('takes words for words, not for patterns', () => {
    expect(marked('c++ costs $5 (a+b)', ['c++', '(a+b)'])).toEqual(['c++', '(a+b)']);
  });

  it('shows markup, control characters, right-to-left text and emoji as text', () => {
    const text = '<img src=x onerror="window.hacked=1"> \u0000 שלום 🦆';
    const { container } = render(<MarkedText text={text} words={['שלום']} />);
    expect(container.querySelector('img')).toBeNull();
    expect(container.textContent).toBe('<img src=x onerror="window.hacked=1"> \ufffd שלום 🦆');
    expect(container.querySelector('mark')?.textContent).toBe('שלום');
  });

  it('stops marking where a text is the same word over and over, and loses nothing of it', () => {
    const text = 'hockey '.repeat(20_000);
    const parts = mark(text, ['hockey']);
    expect(parts.length).toBeLessThan(5000);
    expect(parts.map((part) => part.text).join('')).toBe(text);
  });

  it('shows the beginning of a text too long to lay out', () => {
    const { container } = render(<MarkedText text={'x'.repeat(5_000_000)} words={[]} />);
    expect(container.textContent.length).toBe(200_001);
  });
});
