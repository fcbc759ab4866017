import { ModelError } from '../../base/errors.ts';

/**
 * A pattern of a tokenizer.json (Oniguruma's syntax) as a JavaScript one with the flags `gv`. What differs: white space, word characters
 * and digits are Unicode's, `(?i:…)` holds for a group, `++` and `?+` give nothing back, a class may hold classes, `^` and `$` are of lines.
 * @throws ModelError for what has no counterpart.
 */
export function compilePattern(source: string): RegExp {
  try {
    return new RegExp(new Converter(source).all(), 'gv');
  } catch (cause) {
    throw new ModelError(
      `tokenizer.json splits by the pattern ${JSON.stringify(source.slice(0, 200))}, which can't be read: ${(cause as Error).message}.`,
      { cause },
    );
  }
}

/** Exactly this text. */
export function literalPattern(text: string): RegExp {
  return new RegExp(Array.from(text, escaped).join(''), 'gv');
}

const word = '\\p{Alphabetic}\\p{M}\\p{Nd}\\p{Pc}';

/** Escapes that are a set of characters: what stands inside brackets, and whether it is the set's complement. */
const sets: Record<string, [string, boolean]> = {
  s: ['\\p{White_Space}', false],
  S: ['\\p{White_Space}', true],
  w: [word, false],
  W: [word, true],
  d: ['\\p{Nd}', false],
  D: ['\\p{Nd}', true],
  h: ['0-9A-Fa-f', false],
  H: ['0-9A-Fa-f', true],
};

const edges: Record<string, string> = {
  A: '(?<![\\s\\S])',
  z: '(?![\\s\\S])',
  Z: '(?=\\n?(?![\\s\\S]))',
  b: `(?:(?<=[${word}])(?![${word}])|(?<![${word}])(?=[${word}]))`,
  B: `(?:(?<=[${word}])(?=[${word}])|(?<![${word}])(?![${word}]))`,
  R: '(?:\\r\\n|[\\n-\\r\\x85\\u2028\\u2029])',
};

const posix: Record<string, string> = {
  alpha: '\\p{Alphabetic}',
  alnum: '\\p{Alphabetic}\\p{Nd}',
  digit: '\\p{Nd}',
  lower: '\\p{Lowercase}',
  upper: '\\p{Uppercase}',
  space: '\\p{White_Space}',
  punct: '\\p{P}\\p{S}',
  word,
  xdigit: '0-9A-Fa-f',
};

class Converter {
  private at = 0;
  private out = '';
  private atoms = 0;
  /** Where the last thing that can be repeated begins; −1 for none. */
  private atom = -1;

  constructor(private readonly source: string) {}

  all(): string {
    this.alternatives(false);
    if (this.at < this.source.length) throw new SyntaxError('a bracket closes that was not opened');
    return this.out;
  }

  private alternatives(folded: boolean): void {
    let fold = folded;
    while (this.at < this.source.length && this.source[this.at] !== ')') {
      const flags = /^\(\?([imx]+)\)/.exec(this.source.slice(this.at));
      if (flags) {
        fold ||= flags[1].includes('i');
        this.at += flags[0].length;
      } else this.one(fold);
    }
  }

  private one(fold: boolean): void {
    const c = this.character();
    if (c === '|') {
      this.out += '|';
      this.atom = -1;
    } else if ('*+?'.includes(c)) this.repeat(c);
    else if (c === '{' && /^\d*,?\d*\}/.test(this.source.slice(this.at)) && this.atom >= 0) {
      const body = /^[^}]*\}/.exec(this.source.slice(this.at))![0];
      this.at += body.length;
      this.repeat(`{${body.startsWith(',') ? '0' : ''}${body}`);
    } else if (c === '(') this.group(fold);
    else if (c === '[') this.emit(this.set(fold));
    else if (c === '.') this.emit('[^\\n]');
    else if (c === '^') this.emit('(?<![^\\n])');
    else if (c === '$') this.emit('(?![^\\n])');
    else if (c === '\\') this.emit(this.escape());
    else this.emit(fold ? foldedAtom(c) : escaped(c));
  }

  private emit(atom: string): void {
    this.atom = this.out.length;
    this.out += atom;
  }

  private repeat(quantifier: string): void {
    const next = this.source[this.at];
    const possessive = next === '+' && !quantifier.startsWith('{');
    if (next === '?' || possessive) this.at++;
    if (!possessive) {
      this.out += quantifier + (next === '?' ? '?' : '');
      return;
    }
    // Matched ahead and then taken as a whole, so that nothing is given back.
    const name = `a${this.atoms++}`;
    const repeated = this.out.slice(this.atom);
    this.out = `${this.out.slice(0, this.atom)}(?:(?=(?<${name}>${repeated}${quantifier}))\\k<${name}>)`;
  }

  private group(fold: boolean): void {
    const start = this.out.length;
    const rest = this.source.slice(this.at);
    const kind = /^\?(?:<[=!]|<\w+>|[:=!>]|([imx]+)(?:-[imx]+)?:)/.exec(rest);
    if (rest.startsWith('?') && !kind)
      throw new SyntaxError(`a group of an unknown kind ${rest.slice(0, 4)}`);
    if (kind) this.at += kind[0].length;
    const atomic = kind?.[0] === '?>';
    const name = `a${this.atoms}`;
    if (atomic) this.atoms++;
    this.out += atomic
      ? `(?:(?=(?<${name}>`
      : kind && /^\?(?:<[=!]|[=!])/.test(kind[0])
        ? `(${kind[0]}`
        : '(?:';
    this.atom = -1;
    this.alternatives(fold || (kind?.[1]?.includes('i') ?? false));
    if (this.character() !== ')') throw new SyntaxError('a bracket is not closed');
    this.out += atomic ? `))\\k<${name}>)` : ')';
    this.atom = start;
  }

  private escape(): string {
    const c = this.character();
    if (c in sets) return `[${sets[c][1] ? '^' : ''}${sets[c][0]}]`;
    if (c in edges) return edges[c];
    return this.shared(c, escaped);
  }

  /** Escapes that mean the same inside and outside of brackets. */
  private shared(c: string, literal: (c: string) => string): string {
    const braced = /^\{(\^?)([^}]+)\}/.exec(this.source.slice(this.at));
    if ((c === 'p' || c === 'P') && braced) {
      this.at += braced[0].length;
      return property(c, braced[1] !== '', braced[2]);
    }
    if (c === 'x' && braced) {
      this.at += braced[0].length;
      return `\\u{${braced[2]}}`;
    }
    const fixed = /^(?:x([0-9A-Fa-f]{1,2})|u([0-9A-Fa-f]{4}))/.exec(c + this.source.slice(this.at));
    if (fixed) {
      this.at += fixed[0].length - 1;
      return `\\u{${fixed[1] ?? fixed[2]}}`;
    }
    if ('nrtfv'.includes(c)) return `\\${c}`;
    if (c === 'a') return '\\x07';
    if (c === 'e') return '\\x1B';
    if (/[A-Za-z0-9]/.test(c)) throw new SyntaxError(`the escape \\${c} is not known`);
    return literal(c);
  }

  /** The part of a class after its bracket, up to and with the closing one. */
  private set(fold: boolean): string {
    let inner = '';
    const negated = this.source[this.at] === '^';
    if (negated) this.at++;
    for (let first = true; ; first = false) {
      const c = this.character();
      if (c === '') throw new SyntaxError('a class is not closed');
      if (c === ']' && !first) break;
      const named = /^:(\^?)(\w+):\]/.exec(this.source.slice(this.at));
      if (c === '[' && named && named[2] in posix) {
        this.at += named[0].length;
        inner += `[${named[1]}${posix[named[2]]}]`;
      } else if (c === '[') inner += this.set(fold);
      else if (c === '&' && this.source[this.at] === '&') {
        this.at++;
        inner = `[${inner}]&&[`;
        inner += `${this.set(fold).slice(1)}`;
        break;
      } else inner += this.member(c, fold);
    }
    return `[${negated ? '^' : ''}${inner}]`;
  }

  /** One character, a range of them, or an escape inside of brackets. */
  private member(c: string, fold: boolean): string {
    const single = (ch: string): string => {
      if (ch !== '\\') return escapedMember(ch);
      const e = this.character();
      if (e in sets) return sets[e][1] ? `[^${sets[e][0]}]` : sets[e][0];
      return e === 'b' ? '\\x08' : this.shared(e, escapedMember);
    };
    const from = single(c);
    const next = this.source[this.at + 1];
    if (this.source[this.at] !== '-' || next === ']' || next === undefined || /^(\\p|\\P|\[)/.test(from))
      return fold ? foldedMembers(from) : from;
    this.at++;
    const to = single(this.character());
    return fold ? foldedRange(from, to) : `${from}-${to}`;
  }

  private character(): string {
    const code = this.source.codePointAt(this.at);
    if (code === undefined) return '';
    const c = String.fromCodePoint(code);
    this.at += c.length;
    return c;
  }
}

function property(letter: string, negated: boolean, name: string): string {
  const p = negated ? (letter === 'p' ? 'P' : 'p') : letter;
  for (const n of [name, `Script=${name}`])
    try {
      new RegExp(`\\p{${n}}`, 'v');
      return `\\${p}{${n}}`;
    } catch {
      // The next way to write it.
    }
  throw new SyntaxError(`the property ${name} is not known`);
}

function escaped(c: string): string {
  return /[\^$\\.*+?()[\]{}|/]/.test(c) ? `\\${c}` : c;
}

/** As `escaped`, inside of brackets, where more characters have a meaning. */
function escapedMember(c: string): string {
  return /[&\-!#%,:;<=>@`~]/.test(c) ? `\\${c}` : escaped(c);
}

/** Letters that are the same but for their case; two of them have a third one outside of ASCII. */
function cases(c: string): string {
  const both = new Set([c, c.toLowerCase(), c.toUpperCase()].filter((x) => Array.from(x).length === 1));
  if (both.has('s')) both.add('ſ');
  if (both.has('k')) both.add('\u212a');
  return [...both].map(escapedMember).join('');
}

function foldedAtom(c: string): string {
  const all = cases(c);
  return Array.from(all).length === 1 || all.startsWith('\\') ? escaped(c) : `[${all}]`;
}

function foldedMembers(member: string): string {
  return Array.from(member).length === 1 ? cases(member) : member;
}

function foldedRange(from: string, to: string): string {
  const range = `${from}-${to}`;
  if (!/^[A-Za-z]-[A-Za-z]$/.test(range)) return range;
  return `${range}${from.toLowerCase()}-${to.toLowerCase()}${from.toUpperCase()}-${to.toUpperCase()}`;
}
