/** Measurements as lines for the terminal and as results.md. */

/** @typedef {{ what: string, rows: number, note?: string, seconds?: number, peer?: string, peerSeconds?: number | null,
 *   ratio?: number | null, cpuRatio?: number | null, share?: number, limit?: number }} Row */

const number = (value, digits) => (value === null || value === undefined ? '–' : value.toFixed(digits));
const figure = (row) => row.share ?? row.ratio ?? null;

/** Whether a row keeps its limit; null where it has none or was not compared. */
export function holds(row) {
  const value = figure(row);
  return value === null || (row.limit ?? null) === null ? null : value <= row.limit;
}

/** The limit with no more digits than it means. */
const limitOf = (row) => (typeof row.limit === 'number' ? Number(row.limit.toPrecision(3)) : row.limit);

/** One line of the terminal. */
export function line(row) {
  const verdict = holds(row);
  const count = row.rows.toLocaleString('en');
  if (row.share !== undefined)
    return `${row.what} (${count}): ${(100 * row.share).toFixed(1)} % (at most ${100 * row.limit} %)${verdict ? '' : '  MISSED'}`;
  const against = row.peer
    ? `; ${row.peer} ${number(row.peerSeconds, 2)} s; ratio ${number(row.ratio, 3)} (at most ${limitOf(row)})`
    : '';
  return `${row.what} (${count}): ${number(row.seconds, 2)} s${against}${verdict === false ? '  MISSED' : ''}`;
}

const head = [
  '| Stage | rows | peer | ours, s | peer, s | ratio | processor | at most | holds | |',
  '|---|--:|---|--:|--:|--:|--:|--:|---|---|',
];

/** results.md: the machine, the table, what was not measured. */
export function report({ machine, versions, load, repeats, threads, results, left, growth = null }) {
  const busy = Math.max(...load) > machine.cores * 1.25;
  const cellsOf = (row) => {
    const verdict = { true: 'yes', false: '**no**', null: '' }[String(holds(row))];
    const value = row.share === undefined ? number(row.ratio, 3) : `${(100 * row.share).toFixed(1)} %`;
    const limit = row.share === undefined ? limitOf(row) : `${100 * row.limit} %`;
    const cells = [
      row.what,
      row.rows.toLocaleString('en'),
      row.peer ?? '',
      number(row.seconds, 2),
      number(row.peerSeconds, 2),
      value,
      number(row.cpuRatio, 3),
      limit ?? '',
      verdict,
      row.note ?? '',
    ];
    return `| ${cells.map((cell) => String(cell).replaceAll('|', '\\|')).join(' | ')} |`;
  };
  const lines = [
    '# What the bench measured',
    '',
    'Written by `npm run bench`. Ratios are ours ÷ peer, in one run on one machine, warm on both sides, medians of ' +
      `${repeats}; "processor" is the same ratio of processor time over all threads, where it was taken.`,
    '',
    `- Processor: ${machine.cpu}, ${machine.cores} cores; memory ${machine.memoryGB} GB; ${machine.system}; ${threads} threads for ours, the peers' own defaults for theirs`,
    `- Load (1 minute) during the run: ${Math.min(...load).toFixed(1)} to ${Math.max(...load).toFixed(1)}` +
      (busy
        ? `, other work beside the bench included: seconds are inflated, ratios are taken turn by turn and the processor's are the steadier`
        : ''),
    `- Node.js ${machine.node}; ${join(machine.packages)}`,
    ...(versions ? [`- ${join(versions)}`] : ['- No Python peers']),
    '',
    ...head,
    ...results.map(cellsOf),
    '',
    ...(growth
      ? [
          '## Growth',
          '',
          `Synthetic documents, by \`npm run bench -- --only growth\`, in a run of its own on ${growth.machine.cpu}, ${growth.machine.cores} cores, beside other work: processor seconds are the steadier figure. Each group of stages has a process of its own that holds the embeddings throughout.`,
          '',
          '![Time and peak memory of each stage by documents](../../assets/screenshots/growth.svg)',
          '',
          ...head,
          ...growth.rows.map(cellsOf),
          '',
        ]
      : []),
    ...(left.length > 0 ? ['Not in this run:', '', ...left.map((text) => `- ${text}`), ''] : []),
  ];
  return lines.join('\n');
}

function join(versions) {
  return Object.entries(versions)
    .map(([name, version]) => `${name} ${version}`)
    .join(', ');
}
