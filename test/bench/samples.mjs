/** What is measured: 20 Newsgroups where it lies beside the checkout, else the bundled corpus; and made-up data for the quick run. */
import path from 'node:path';
import { root, shared } from './environment.mjs';

/** { name, texts }: the documents that have text, and `rows`, their places in the corpus. */
export async function corpus(core) {
  const file = shared('corpora', '20newsgroups.csv.gz');
  const source = file ?? path.join(root, 'assets', 'corpora', 'debian-packages.csv.gz');
  const read = await core.readCorpus(source, core.parseRunParams({}).load, core.quietContext());
  const empty = new Set(read.empty);
  const rows = Int32Array.from(read.ids.keys()).filter((row) => !empty.has(row));
  return {
    name: file ? '20 Newsgroups' : 'the bundled corpus',
    texts: Array.from(rows, (row) => read.texts[row]),
    rows,
  };
}

/** The corpus with embeddings: MiniLM's of 20 Newsgroups, or (where they are missing) the bundled model's own. */
export async function embeddedCorpus(core, threads) {
  const documents = await corpus(core);
  const kept = shared('reference', '20newsgroups-minilm.f16.npy');
  if (kept && documents.name === '20 Newsgroups')
    return { ...documents, matrix: core.pickRows(await core.readNpy(kept), documents.rows) };
  const params = core.parseRunParams({ embedding: 'hs', device: 'cpu' }).embed;
  const { matrix } = await core.embed(documents.texts, params, core.quietContext({ threads }));
  return { ...documents, matrix };
}

/** A labelled corpus beside the checkout with the bundled model's embedding, as a run makes it; null where it isn't there. */
export async function labelledCorpus(core, name) {
  const source = shared('corpora', `${name}.csv.gz`);
  if (!source) return null;
  const context = core.quietContext();
  const corpus = await core.readCorpus(source, core.corpusParams.parse({ label: 'label' }), context);
  const params = { ...core.embedParams.parse({}), model: core.findModelFolder('minilm-moe') };
  const { matrix, recipe } = await core.embed(corpus.texts, params, context);
  return { corpus, matrix, params, recipe };
}

/** The first `count` documents. */
export function first(sample, count) {
  const n = Math.min(count, sample.texts.length);
  const { data, columns } = sample.matrix;
  return {
    ...sample,
    texts: sample.texts.slice(0, n),
    matrix: { rows: n, columns, data: data.slice(0, n * columns) },
  };
}

/**
 * Made-up documents: blobs on the sphere of 384 dimensions, and texts of words drawn by Zipf's law, a part of them the blob's own.
 */
export function synthetic(core, documents = 3000, blobs = 40) {
  const random = new core.Random(7);
  const columns = 384;
  const centres = Float64Array.from({ length: blobs * columns }, () => random.normal());
  const matrix = { rows: documents, columns, data: new Float32Array(documents * columns) };
  const word = (rank) => `w${rank.toString(36).replace(/\d/g, (digit) => 'qxzjkvbpyg'[Number(digit)])}`;
  const texts = Array.from({ length: documents }, (_, i) => {
    const blob = random.integer(blobs);
    let squared = 0;
    for (let c = 0; c < columns; c++) {
      const value = centres[blob * columns + c] + 0.9 * random.normal();
      matrix.data[i * columns + c] = value;
      squared += value * value;
    }
    for (let c = 0; c < columns; c++) matrix.data[i * columns + c] /= Math.sqrt(squared);
    const words = 40 + random.integer(120);
    return Array.from({ length: words }, () => {
      const rank = Math.floor(20_000 ** random.next());
      return random.next() < 0.2 ? word(20_000 + 50 * blob + (rank % 50)) : word(rank);
    }).join(' ');
  });
  return { name: 'made-up documents', texts, matrix };
}
