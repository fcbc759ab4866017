import type { ShownModel } from '../../core/index.ts';
import type { ModelEntry, ModelFigure, ModelOffer } from '../../core/protocol.ts';

/** The models on this machine, and those that can be added, a line each. */
export function modelLines(models: readonly ModelEntry[]): string {
  const here = models.filter((model) => model.installed);
  const others = models.filter((model) => !model.installed);
  const lines = ['On this machine:'];
  for (const m of here)
    lines.push(
      `  ${m.name}  ${count(m.parameters)}, ${expertsOf(m)}, ${m.precision}, ${size(m.bytes)}, ${m.license ?? 'licence unknown'}, ${tongues(m.languages)}, ${m.where}${m.hub ? ` ${m.hub}` : ''}`,
    );
  if (others.length > 0)
    lines.push('', 'Can be added (moetopic models show NAME tells more; figures are published ones):');
  for (const m of others) {
    lines.push(
      `  ${m.hub ?? m.name}  ${count(m.parameters)}, ${expertsOf(m)}, about ${size(m.bytes)} to download, ${m.license ?? 'licence unknown'}, ${tongues(m.languages)}`,
    );
    lines.push(`      memory ${memoryOf(m)}`);
    for (const figure of m.figures) lines.push(`      ${inWords(figure)}`);
  }
  return `${lines.join('\n')}\n`;
}

/** What is known of one model. */
export function shownModelLines(shown: ShownModel): string {
  if (shown.kind === 'listed')
    return table(`${shown.listed.hub}`, listedRows(shown.listed)) + `${shown.why}\n`;
  if (shown.kind === 'offer') return offerLines(shown.offer, shown.listed);
  const { model, card, devices, folder } = shown;
  const rows: [string, string][] = [
    ['kind', `${card.family}, ${card.layers} layers, ${card.hiddenSize} wide`],
    ['parameters', count(card.parameters)],
    ['experts', expertsOf(model)],
    ['gate', card.gate],
    ['precision', card.precision],
    ['languages', tongues(card.languages)],
    ['licence', card.license ?? 'not stated'],
    ['on disk', size(model.bytes)],
    [
      'memory',
      `about ${size(model.memoryBytes)}${model.fits ? '' : ', more than this machine has to spare'}`,
    ],
    ['reads', `up to ${card.maxTokens} tokens, ${card.pooling} pooling, α ${card.alpha}`],
    ['came from', card.source ? `${card.source.hub} at ${card.source.revision.slice(0, 12)}` : model.where],
    ['folder', folder],
    ...devices.map(({ device, works, why }): [string, string] => [
      device,
      `${works ? 'works' : 'no'}: ${why}`,
    ]),
    ...model.figures.map((figure): [string, string] => ['published', inWords(figure)]),
  ];
  return table(card.name, rows);
}

function offerLines(offer: ModelOffer, listed: ModelEntry | null): string {
  const { memory, precision } = offer;
  const rows: [string, string][] = [
    ['kind', offer.family],
    ['parameters', offer.parameters ? count(offer.parameters) : 'known once it is here'],
    ['experts', expertsOf(offer)],
    ['gate', offer.gate ?? 'known once it is here'],
    ['languages', tongues(offer.languages)],
    [
      'licence',
      `${offer.license ?? 'not stated'}${offer.gated ? '; open only to people who accepted its terms' : ''}`,
    ],
    [
      'download',
      offer.hub === null ? 'none, it is here' : `${size(offer.downloadBytes)} in ${offer.files} files`,
    ],
    ['precision', `${precision} on this machine`],
    [
      'memory',
      `${memory ? (['fp32', 'fp16', 'int8', 'int4'] as const).map((p) => `${size(memory[p])} at ${p}`).join(', ') : size(offer.memoryBytes)}; this machine has ${size(offer.machineBytes)}${offer.fits ? '' : ': too little'}`,
    ],
    ['disk', `${size(offer.diskBytes)} for download and conversion; ${size(offer.freeDiskBytes)} free`],
    ['devices', offer.devices.join(', ')],
    ...(listed?.figures ?? []).map((figure): [string, string] => ['published', inWords(figure)]),
  ];
  const next = offer.installed
    ? 'It is on this machine already.'
    : `Add it with: moetopic models add ${offer.source}`;
  return `${table(offer.hub ?? offer.name, rows)}${next}\n`;
}

function listedRows(m: ModelEntry): [string, string][] {
  return [
    ['kind', m.family],
    ['parameters', `${count(m.parameters)} (published)`],
    ['experts', expertsOf(m)],
    ['gate', m.gate],
    ['languages', tongues(m.languages)],
    ['licence', m.license ?? 'not stated'],
    ['download', `about ${size(m.bytes)}`],
    ['memory', memoryOf(m)],
    ...m.figures.map((figure): [string, string] => ['published', inWords(figure)]),
  ];
}

function table(title: string, rows: readonly (readonly [string, string])[]): string {
  const width = Math.max(...rows.map(([name]) => name.length));
  return `${title}\n${rows.map(([name, value]) => `  ${name.padEnd(width)}  ${value}\n`).join('')}`;
}

function memoryOf({ memory, precision, fits }: ModelEntry): string {
  if (memory === null) return '';
  const choice = fits ? `${precision} here` : 'more than this machine has to spare';
  return `about ${size(memory.int8)} at int8, ${size(memory.int4)} at int4 (${choice})`;
}

function inWords({ what, value, by }: ModelFigure): string {
  return `${what}: ${value} (${by})`;
}

function expertsOf({ experts }: Pick<ModelEntry, 'experts'>): string {
  return experts === null
    ? 'dense'
    : `${experts.active} of ${experts.count} experts in ${experts.layers} layers`;
}

function count({ total, active }: ModelEntry['parameters']): string {
  return active === total ? parameters(total) : `${parameters(total)} (${parameters(active)} active)`;
}

function parameters(n: number): string {
  if (n >= 1e9) return `${(n / 1e9).toFixed(1)} B`;
  return n >= 1e6 ? `${Math.round(n / 1e6)} M` : `${Math.round(n / 1e3)} k`;
}

function tongues(languages: readonly string[]): string {
  return languages.includes('*') ? 'about 100 languages' : languages.join(' ') || 'languages unknown';
}

function size(bytes: number): string {
  if (bytes >= 1e9) return `${(bytes / 1e9).toFixed(1)} GB`;
  return bytes >= 1e6 ? `${Math.round(bytes / 1e6)} MB` : `${Math.ceil(bytes / 1e3)} kB`;
}
