/** Opening a corpus: what is in it, what plays which role, what a run of it will cost. */
import type { Params } from '../../core/protocol.ts';
import type { ColumnRoles } from '../../core/stages.ts';
import { engine } from './engine.ts';
import { openProject } from './project.ts';
import { usePreferences } from './preferences.ts';
import { get, set } from './store.ts';
import type { Draft } from './store.ts';

/** Roles as the protocol wants them: every one named, none undefined. */
export function allRoles(roles: Partial<ColumnRoles>): NonNullable<Params<'corpus.preview'>['roles']> {
  return {
    text: roles.text ?? null,
    id: roles.id ?? null,
    label: roles.label ?? null,
    date: roles.date ?? null,
  };
}

function change(part: Partial<Draft>): void {
  const { draft } = get();
  if (draft) set({ draft: { ...draft, ...part } });
}

/** Opens whatever was dropped or chosen: a project is opened, anything else is previewed as a corpus. */
export async function openSource(source: string): Promise<void> {
  if (source.endsWith('.moetopic')) return openProject(source);
  const params: Record<string, unknown> = {};
  const { device } = usePreferences.getState();
  if (device !== 'auto') params.device = device;
  set({
    view: 'corpus',
    draft: { source, preview: null, roles: {}, strip: [], params, estimate: null, busy: null, error: null },
  });
  await preview();
}

export async function openFiles(files: File[]): Promise<void> {
  if (files.length === 0) return;
  set({
    view: 'corpus',
    draft: {
      source: files[0].name,
      preview: null,
      roles: {},
      strip: [],
      params: {},
      estimate: null,
      busy: { what: 'upload', fraction: 0 },
      error: null,
    },
  });
  try {
    const source = await engine().host.sourceOf(files, (fraction) =>
      change({ busy: { what: 'upload', fraction } }),
    );
    await openSource(source);
  } catch (error) {
    change({ busy: null, error: error as Error });
  }
}

/** A corpus that comes with MoETopic, or one that is fetched from its home on request. */
export async function openBundled(name: string): Promise<void> {
  const corpus = get().info?.corpora.find((c) => c.name === name);
  if (corpus?.ready !== false || name !== '20newsgroups') return openSource(name);
  const cancel = new AbortController();
  set({
    view: 'corpus',
    draft: {
      source: name,
      preview: null,
      roles: {},
      strip: [],
      params: {},
      estimate: null,
      busy: { what: 'fetch', fraction: 0 },
      error: null,
    },
  });
  try {
    const { source } = await engine().request(
      'corpus.fetch',
      { name },
      {
        signal: cancel.signal,
        onProgress: ({ fraction }) => change({ busy: { what: 'fetch', fraction } }),
      },
    );
    await openSource(source);
  } catch (error) {
    change({ busy: null, error: error as Error });
  }
}

export async function chooseAndOpen(kind: 'file' | 'folder' | 'project'): Promise<void> {
  const source = await engine().host.choose(kind);
  if (source !== null) await openSource(source);
}

// Only the newest question's answer counts: roles may change while an older preview is on its way.
let turn = 0;

export async function preview(): Promise<void> {
  const { draft } = get();
  if (!draft) return;
  const mine = ++turn;
  change({ busy: { what: 'read', fraction: null }, error: null });
  try {
    const found = await engine().request('corpus.preview', {
      source: draft.source,
      ...(Object.keys(draft.roles).length > 0 ? { roles: allRoles(draft.roles) } : {}),
      strip: draft.strip,
    });
    if (mine !== turn) return;
    change({ preview: found, roles: found.roles, busy: null });
    await estimate();
  } catch (error) {
    if (mine === turn) change({ busy: null, error: error as Error });
  }
}

export async function estimate(): Promise<void> {
  const { draft } = get();
  if (!draft?.preview) return;
  const mine = ++turn;
  change({ busy: { what: 'estimate', fraction: null } });
  try {
    const found = await engine().request('run.estimate', {
      source: draft.source,
      roles: allRoles(draft.roles),
      params: runParams(draft),
    });
    if (mine === turn) change({ estimate: found, busy: null, error: null });
  } catch (error) {
    if (mine === turn) change({ estimate: null, busy: null, error: error as Error });
  }
}

/** The parameters of a draft with what was said on its preview. */
export function runParams(draft: Draft): Record<string, unknown> {
  return draft.strip.length > 0 ? { ...draft.params, strip: draft.strip } : draft.params;
}

export async function setRole(role: keyof ColumnRoles, column: string | null): Promise<void> {
  const { draft } = get();
  if (!draft) return;
  change({ roles: { ...draft.roles, [role]: column } });
  await preview();
}

export async function setStrip(strip: string[]): Promise<void> {
  change({ strip });
  await preview();
}

let waiting: number | undefined;

export function setParam(name: string, value: unknown): void {
  const { draft } = get();
  if (!draft) return;
  const params = { ...draft.params };
  if (value === undefined) delete params[name];
  else params[name] = value;
  // Topics as the curve of sizes shows them and as automatic sizes give them: a size alone would ask for the reference's.
  if (name === 'minTopicSize') {
    if (typeof value === 'number') params.selection ??= 'broad';
    else if (params.selection === 'broad') delete params.selection;
  }
  change({ params });
  // Typing shouldn't ask for an estimate at every key.
  window.clearTimeout(waiting);
  waiting = window.setTimeout(() => void estimate(), 400);
}

export function closeDraft(): void {
  turn++;
  set({ draft: null });
}
