/** The bundled model against all-MiniLM-L6-v2 by sentence-transformers: the same documents, the same limit of tokens, nothing cached. */
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import path from 'node:path';
import { loadCore, median, timed } from './environment.mjs';
import { Peer } from './peer.mjs';
import { corpus } from './samples.mjs';

export const name = 'embed';

const maxTokens = 256;

/** Embeds texts with an empty cache: { value, seconds, cpu }. */
export async function embedCold(core, texts, threads) {
  const before = process.env.MOETOPIC_CACHE;
  const folder = mkdtempSync(path.join(tmpdir(), 'moetopic-bench-'));
  process.env.MOETOPIC_CACHE = folder;
  try {
    const params = core.parseRunParams({ device: 'cpu', maxTokens }).embed;
    return await timed(() => core.embed(texts, params, core.quietContext({ threads })));
  } finally {
    if (before === undefined) delete process.env.MOETOPIC_CACHE;
    else process.env.MOETOPIC_CACHE = before;
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Rows { what, rows, seconds, peer, peerSeconds, ratio, cpuRatio, limit }, and the share of padding in our batches. */
export async function run({
  python = null,
  repeats = 3,
  threads = availableParallelism(),
  documents = 1500,
  say = () => undefined,
} = {}) {
  const core = await loadCore();
  const all = await corpus(core);
  // Documents from all over the corpus, dealt out so that each turn embeds others of the same kind.
  const stride = Math.max(1, Math.floor(all.texts.length / documents));
  const texts = all.texts.filter((_, i) => i % stride === 0).slice(0, documents);
  const turns = Array.from({ length: repeats }, (_, turn) => texts.filter((_, i) => i % repeats === turn));
  const peer = python === null ? null : new Peer(python, 'embed.py');
  try {
    const [ours, theirs, lengths] = [[], [], []];
    await embedCold(core, texts.slice(0, 64), threads);
    await peer?.ask({ texts: texts.slice(0, 64), maxTokens });
    for (const [turn, part] of turns.entries()) {
      const own = await embedCold(core, part, threads);
      say(`embed, turn ${turn + 1} of ${repeats}: ours ${own.seconds.toFixed(1)} s`);
      ours.push(own);
      lengths.push(...own.value.tokens);
      if (!peer) continue;
      theirs.push(await peer.ask({ texts: part, maxTokens }));
      say(`  the peer ${theirs.at(-1).seconds.toFixed(1)} s`);
    }
    const card = await core.readCard(core.findModelFolder('minilm-moe'));
    const used = lengths.filter((n) => n > 0);
    const padding = core.paddingShare(core.makeBatches(used, core.tokenBudget(card, 'cpu')), used);
    const perSecond = (times) => median(times.map((t, i) => turns[i].length / t.seconds));
    const each = (measure) => median(ours.map((t, i) => t[measure] / theirs[i][measure]));
    const speed = `${perSecond(ours).toFixed(1)} documents/s${peer ? `, the peer ${perSecond(theirs).toFixed(1)}` : ''}`;
    return [
      {
        what: `embedding, ${maxTokens} tokens, nothing cached`,
        rows: texts.length,
        note: `${all.name}; ${speed}`,
        seconds: median(ours.map((t) => t.seconds)),
        peer: 'sentence-transformers, all-MiniLM-L6-v2',
        peerSeconds: peer ? median(theirs.map((t) => t.seconds)) : null,
        ratio: peer ? each('seconds') : null,
        cpuRatio: peer ? each('cpu') : null,
        limit: 0.4,
      },
      {
        what: 'padding, share of the tokens computed',
        rows: texts.length,
        note: all.name,
        share: padding,
        limit: 0.1,
      },
    ];
  } finally {
    peer?.close();
    await core.releaseModels();
  }
}
