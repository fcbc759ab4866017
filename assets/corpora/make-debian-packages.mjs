/**
 * Makes debian-packages.csv.gz: what some 18,500 programs of Debian say about themselves.
 *
 *   node make-debian-packages.mjs [folder of apt lists, default /var/lib/apt/lists] [output]
 *
 * It reads apt's indexes of one release's main section, `Packages` and `Translation-en`, which lie there after
 * `apt-get -o Acquire::Languages=en update` on a Debian system, and joins them by Description-md5. The same indexes give the same
 * bytes. Columns: id (package), text (synopsis and long description), label (section), and debtags by facet.
 */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync, gzipSync } from 'node:zlib';

const lists = process.argv[2] ?? '/var/lib/apt/lists';
const output = process.argv[3] ?? fileURLToPath(new URL('debian-packages.csv.gz', import.meta.url));

/** Sections that hold no programs, but what programs are made of, or what only pulls in other packages. */
const sectionsLeftOut = new Set(
  'debug doc gnu-r introspection libdevel libs localization metapackages oldlibs rust tasks translations'.split(
    ' ',
  ),
);

/** Packages that accompany another one: libraries and modules by their prefix … */
const prefixesLeftOut =
  /^(lib(?!re|virt|pam-|apache2-mod-|nginx-mod-|.*-(tools|utils|bin|progs|apps?)$)|python3?-|node-|ruby-|golang-|librust|rust-|r-(cran|bioc|other)-|php\d?[.\d]*-|haskell-|ghc-|gir1|linux-(image|headers|modules)|task-|texlive-lang|hunspell-|aspell-|myspell-|hyphen-|mythes-|cl-|erlang-|lua-|puppet-module)/;

/** … and parts of one by their suffix. */
const partsLeftOut =
  /-(dev|doc|docs|data|dbg|dbgsym|perl|java|el|ocaml|dictionary|l10n|locales?|examples|headers|tests?|testsuite|modules|dkms|i18n|all|full|extras?|runtime)$|-(l10n|i18n|locale|help|doc|data|dev|lang)-/;

/** Packages that exist only for upgrades or to pull in others. */
const hollow =
  /\b(transitional|dummy|meta-?package|empty package|virtual package|compatibility package|debug(ging)? symbols)\b/i;

/** A paragraph that so many packages share says nothing about one of them. */
const boilerplateFrom = 20;
const fewestWords = 12;

/** The facets of debtags that say what a program is for and what it is. */
const facets = {
  use: 'use',
  works_with: 'works-with',
  interface: 'interface',
  field: 'field',
  implemented_in: 'implemented-in',
};

const packages = parse(index(/_dists_[a-z]+_main_binary-[a-z0-9]+_Packages(\.\w+)?$/));
const descriptions = new Map(
  parse(index(/_dists_[a-z]+_main_i18n_Translation-en(\.\w+)?$/)).map((p) => [
    p.get('Description-md5'),
    p.get('Description-en'),
  ]),
);

const candidates = packages
  .filter(
    (p) =>
      !sectionsLeftOut.has(p.get('Section')) &&
      !prefixesLeftOut.test(p.get('Package')) &&
      !partsLeftOut.test(p.get('Package')) &&
      descriptions.has(p.get('Description-md5')),
  )
  .map((p) => ({ package: p, ...describe(descriptions.get(p.get('Description-md5'))) }))
  .filter((c) => !hollow.test(c.synopsis) && !hollow.test(c.paragraphs.slice(0, 2).join(' ')))
  .sort((a, b) => compare(a.package.get('Package'), b.package.get('Package')));

const uses = new Map();
for (const c of candidates) for (const p of new Set(c.paragraphs)) uses.set(p, (uses.get(p) ?? 0) + 1);

const rows = [];
const seen = new Set();
for (const c of candidates) {
  const own = c.paragraphs.filter((p) => uses.get(p) < boilerplateFrom);
  if (own.length === 0 || seen.has(own.join())) continue;
  const text = [`${c.synopsis.replace(/[.\s]+$/, '')}.`, ...own].join('\n');
  if (text.split(/\s+/).length < fewestWords) continue;
  seen.add(own.join());
  const tags = (c.package.get('Tag') ?? '').split(/,\s*/);
  const facet = (name) =>
    tags
      .filter((t) => t.startsWith(`${name}::`))
      .map((t) => t.slice(name.length + 2).trim())
      .filter((t) => t !== 'TODO')
      .sort(compare)
      .join(' ');
  rows.push([c.package.get('Package'), text, c.package.get('Section'), ...Object.values(facets).map(facet)]);
}

// A section of a handful says nothing as a label.
const sizes = new Map();
for (const row of rows) sizes.set(row[2], (sizes.get(row[2]) ?? 0) + 1);
const kept = rows.filter((row) => sizes.get(row[2]) >= 20);

const csv = [['id', 'text', 'label', ...Object.keys(facets)], ...kept]
  .map((row) => row.map(cell).join(',') + '\n')
  .join('');
const packed = gzipSync(csv, { level: 9 });
packed[9] = 255; // The system's name, the only byte of the header that differs between systems.
writeFileSync(output, packed);

const lengths = kept.map((row) => row[1].split(/\s+/).length).sort((a, b) => a - b);
console.log(
  `${kept.length} documents, ${new Set(kept.map((row) => row[2])).size} sections, median ${lengths[lengths.length >> 1]} words, ${packed.length} bytes`,
);

/** The text of the one index that matches; apt keeps them plain or compressed. */
function index(pattern) {
  const names = readdirSync(lists).filter((name) => pattern.test(name));
  if (names.length !== 1) {
    console.error(
      `${lists} holds ${names.length} indexes like ${pattern}, one is needed; run: apt-get -o Acquire::Languages=en update`,
    );
    process.exit(1);
  }
  const file = path.join(lists, names[0]);
  if (file.endsWith('.gz')) return gunzipSync(readFileSync(file)).toString('utf8');
  if (/\.\w+$/.test(names[0]) && !/(Packages|en)$/.test(names[0]))
    return execFileSync('/usr/lib/apt/apt-helper', ['cat-file', file], {
      encoding: 'utf8',
      maxBuffer: 1 << 30,
    });
  return readFileSync(file, 'utf8');
}

/** An index's paragraphs as maps from field to value; a value's further lines keep their first space. */
function parse(text) {
  return text
    .split(/\n\n+/)
    .filter((block) => block.trim() !== '')
    .map((block) => {
      const fields = new Map();
      for (const [, name, value] of block.matchAll(/^([A-Za-z0-9-]+):[ ]?(.*(?:\n[ \t].*)*)/gm))
        fields.set(name, value);
      return fields;
    });
}

/** A description's synopsis and its paragraphs, lines joined; lines that are indented (lists, mostly) stay lines of their own. */
function describe(description) {
  const [synopsis, ...lines] = description.split('\n');
  const paragraphs = [];
  let open = false;
  for (const line of lines) {
    const text = line.slice(1).trimEnd();
    if (text === '.') open = false;
    else if (/^\s|^[-*•o+]\s/.test(text)) {
      const item = text.trim();
      // An item's second line is indented, too, but has no bullet.
      if (open && !/^([-*•o+]|\d+[.)])\s/.test(item)) paragraphs.push(`${paragraphs.pop()} ${item}`);
      else paragraphs.push(paragraphs.length > 0 ? `${paragraphs.pop()}\n${item}` : item);
      open = true;
    } else if (open) paragraphs.push(`${paragraphs.pop()} ${text}`);
    else {
      paragraphs.push(text);
      open = true;
    }
  }
  return { synopsis: synopsis.trim(), paragraphs: paragraphs.map(withoutPeople).filter((p) => p !== '') };
}

/** A paragraph without lines that name an author or a site, and without e-mail addresses. */
function withoutPeople(paragraph) {
  return paragraph
    .split('\n')
    .filter((line) => !/^\s*[-*]?\s*(authors?|homepage|upstream source|maintainers?)\s*:/i.test(line))
    .join('\n')
    .replace(/\s*[<(]?[\w.+-]+@[\w-]+(\.[\w-]+)+[>)]?/g, '')
    .replace(/[ \t]+/g, ' ')
    .trim();
}

function cell(text) {
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function compare(a, b) {
  return a < b ? -1 : a > b ? 1 : 0;
}
