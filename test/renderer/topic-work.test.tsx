// @vitest-environment jsdom
import { MantineProvider } from '@mantine/core';
import { cleanup, configure, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeClient } from '../../renderer/client/fake.ts';
import type { Client } from '../../renderer/client/index.ts';
import { useCompare } from '../../renderer/state/compare.ts';
import { setEngine } from '../../renderer/state/engine.ts';
import { setEndpoint, useEndpoint } from '../../renderer/state/naming.ts';
import { commands, runCommand } from '../../renderer/state/commands.ts';
import { closeProject, openProject } from '../../renderer/state/project.ts';
import { useStability } from '../../renderer/state/stability.ts';
import { get, set, useStore } from '../../renderer/state/store.ts';
import { GuidedField } from '../../renderer/components/guided-field.tsx';
import { NewDocuments } from '../../renderer/views/explore/documents/new-documents.tsx';
import { Naming } from '../../renderer/views/explore/naming/naming.tsx';
import { Outliers } from '../../renderer/views/explore/operations/edit-all.tsx';
import { TopicActions } from '../../renderer/views/explore/topic-actions.tsx';
import { Words } from '../../renderer/views/explore/operations/words.tsx';
import { Reader } from '../../renderer/views/explore/reader.tsx';
import { Hierarchy } from '../../renderer/views/figures/hierarchy/hierarchy.tsx';
import { CompareSection } from '../../renderer/views/quality/compare/compare.tsx';
import { StabilitySection } from '../../renderer/views/quality/stability.tsx';

configure({ asyncUtilTimeout: 20_000 });

const untouched = useStore.getInitialState();
let asked: { method: string; params: unknown }[] = [];

/** Opens the generated project; every request is noted. */
async function open(answers: NonNullable<Parameters<typeof fakeClient>[0]>['answers'] = {}): Promise<void> {
  const base = fakeClient({ documents: 300, answers });
  const client: Client = {
    ...base,
    request: (method, params, listeners) => {
      asked.push({ method, params });
      return base.request(method, params, listeners);
    },
  };
  setEngine(client);
  await openProject('/generated/example.moetopic');
  asked = [];
}

const show = (node: React.ReactNode) => render(<MantineProvider>{node}</MantineProvider>);
const requests = (method: string): unknown[] =>
  asked.filter((request) => request.method === method).map((request) => request.params);

beforeEach(() => {
  localStorage.clear();
  vi.stubGlobal('matchMedia', () => ({
    matches: false,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  }));
  vi.stubGlobal(
    'ResizeObserver',
    class {
      observe(): void {}
      unobserve(): void {}
      disconnect(): void {}
    },
  );
  HTMLElement.prototype.scrollIntoView = () => undefined;
});

afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
  set(untouched, true);
});

describe('corrections of topics', () => {
  const offered = (): string[] =>
    commands
      .filter((c) => c.id.startsWith('topics.') && (c.enabled?.(get()) ?? true))
      .map((c) => c.id.slice('topics.'.length));

  it('can be had by their names, where what is picked suits them', async () => {
    expect(offered()).toEqual([]);
    await open();
    const always = ['reduce', 'outliers', 'putBack', 'words', 'naming', 'documents', 'history'];
    expect(offered()).toEqual(always);
    const pick = (topics: number[]): void => set({ selection: { ...get().selection, topics } });
    pick([-1]);
    expect(offered()).toEqual(always);
    pick([1]);
    expect(offered()).toEqual(['split', 'rename', 'delete', 'pin', ...always]);
    pick([1, 2]);
    expect(offered()).toEqual(['merge', 'delete', ...always]);
  });

  it('open their dialog beside the list, from wherever they are called', async () => {
    await open();
    set({ view: 'quality', panes: { ...get().panes, topicsOpen: false } });
    show(<TopicActions />);
    expect(screen.queryByRole('dialog')).toBeNull();
    runCommand('topics.merge');
    expect(get().correction).toBeNull();
    runCommand('topics.outliers');
    await screen.findByRole('dialog', { name: 'Assign outliers to topics' });
    expect([get().view, get().panes.topicsOpen]).toEqual(['explore', true]);
    await closeProject();
    expect(get().correction).toBeNull();
  });
});

describe('stability', () => {
  it('runs the seeds that were asked for, says what came back, and lets the map show it', async () => {
    const user = userEvent.setup();
    await open();
    show(<StabilitySection />);
    const seeds = screen.getByLabelText('Seeds');
    await user.clear(seeds);
    await user.type(seeds, '3');
    await user.type(screen.getByLabelText('Neighbours to try', { selector: 'input' }), '10{Enter}30{Enter}');
    await user.click(screen.getByRole('button', { name: 'Measure (6 runs)' }));
    expect((await screen.findByTestId('stability-verdict')).textContent).toMatch(
      /19 of 36 topics came back nearly unchanged in 3 more runs, and none got lost/,
    );
    expect(requests('stability')).toEqual([{ seeds: 3, grid: { minTopicSize: [], neighbors: [10, 30] } }]);
    await user.click(screen.getByRole('button', { name: /how settled/ }));
    expect(get()).toMatchObject({ view: 'explore', colorBy: 'settled' });
  });

  it('is forgotten when the topics change, and remembered when the change is undone', async () => {
    const user = userEvent.setup();
    await open();
    show(<StabilitySection />);
    await user.click(screen.getByRole('button', { name: 'Measure (5 runs)' }));
    await screen.findByTestId('stability-verdict');
    const before = get().map!;
    set({ map: { ...before, topic: before.topic.map((topic) => (topic === 1 ? 2 : topic)) } });
    expect(await screen.findByText(/The topics have changed/)).toBeTruthy();
    expect(screen.queryByTestId('stability-verdict')).toBeNull();
    set({ map: { ...before, topic: before.topic.slice() } });
    expect(await screen.findByTestId('stability-verdict')).toBeTruthy();
  });

  it('can be cancelled, and does not outlive its project', async () => {
    const user = userEvent.setup();
    await open({
      stability: (_params, { signal, onProgress }) => {
        onProgress?.({ kind: 'progress', stage: 'operation', fraction: 0.4 });
        return new Promise((_, reject) =>
          signal?.addEventListener('abort', () =>
            reject(Object.assign(new Error('cancelled'), { code: 'cancelled' })),
          ),
        );
      },
    });
    show(<StabilitySection />);
    await user.click(screen.getByRole('button', { name: 'Measure (5 runs)' }));
    expect(await screen.findByText('2 of 5 runs done')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Cancel' }));
    expect((await screen.findByRole('alert')).textContent).toContain('Cancelled');
    set({ project: null });
    expect(useStability.getState()).toMatchObject({ path: null, error: null });
  });
});

describe('embeddings side by side', () => {
  it('are measured with what was chosen; a topic picked on one map is picked on all', async () => {
    const user = userEvent.setup();
    await open();
    show(<CompareSection />);
    await user.click(screen.getByRole('checkbox', { name: 'MoEE sum' }));
    await user.click(screen.getByRole('button', { name: 'Compare' }));
    const table = await screen.findByRole('region', { name: 'Measures' });
    expect(requests('compare')).toEqual([
      { embeddings: ['hs', 'rw', 'concat'], models: [], theme: 'light', language: 'en' },
    ]);
    const ami = within(table).getByRole('row', { name: /^AMI with labels/ });
    expect(
      within(ami)
        .getAllByRole('cell')
        .map((cell) => cell.style.fontWeight),
    ).toEqual(['400', '400', '700']);
    const list = screen.getByRole('list', { name: 'Largest topics by rw' });
    await user.click(within(list).getAllByRole('button')[0]);
    const { result, picked } = useCompare.getState();
    const labels = result!.variants[1].labels;
    expect(picked!.length).toBeGreaterThan(0);
    expect(new Set(Array.from(picked!, (row) => labels[row])).size).toBe(1);
    await user.click(screen.getByRole('button', { name: 'Show them in Explore' }));
    expect(get().selection.rows).toBe(picked);
  });
});

describe('the hierarchy', () => {
  it('shows what a cut would merge, and merges it as one operation', async () => {
    const user = userEvent.setup();
    await open({ 'topics.apply': () => get().project! });
    show(<Hierarchy />);
    const slider = await screen.findByRole('slider', { name: 'Topics to keep' });
    expect(screen.getByRole('button', { name: 'Merge these topics' })).toHaveProperty('disabled', true);
    slider.focus();
    await user.keyboard('{ArrowLeft}{ArrowLeft}');
    expect(screen.getByTestId('cut-preview').textContent).toContain(
      '36 topics become 34: 3 of them merge into 1',
    );
    await user.click(screen.getByRole('button', { name: 'Merge these topics' }));
    await waitFor(() => expect(requests('topics.apply')).toHaveLength(1));
    expect(requests('topics.apply')[0]).toEqual({
      operation: { type: 'merge-groups', groups: [[0, 1, 2]] },
    });
  });
});

describe('operations', () => {
  it('say what would change before it is done', async () => {
    const user = userEvent.setup();
    await open({
      'topics.preview': () => ({
        text: '',
        before: { topics: 36, outliers: 40, diversity: 0.9, ami: null, npmi: null },
        after: { topics: 36, outliers: 7, diversity: 0.875, ami: null, npmi: null },
        changed: 33,
        topics: get()
          .topics.filter(({ id }) => id === 0)
          .map((topic) => ({ ...topic, count: 99, was: topic })),
        gone: [],
      }),
      'topics.apply': () => get().project!,
    });
    show(<Outliers onClose={() => undefined} />);
    expect(await screen.findByText(/Outliers: 40 before, 7 after. Documents that change: 33/)).toBeTruthy();
    expect(screen.getByText('0.875')).toBeTruthy();
    expect(screen.getByText('the same keywords')).toBeTruthy();
    expect(requests('topics.apply')).toEqual([]);
    await user.click(screen.getByRole('button', { name: 'Apply' }));
    await waitFor(() =>
      expect(requests('topics.apply')).toEqual([
        { operation: { type: 'outliers', strategy: 'membership', threshold: 0.2 } },
      ]),
    );
  });

  it('take a thesaurus one entry a line and name the line that is none', async () => {
    const user = userEvent.setup();
    await open({ 'topics.apply': () => get().project! });
    show(<Words onClose={() => undefined} />);
    await user.click(screen.getByText('same meaning'));
    const lines = screen.getByRole('textbox', { name: /Variants of a word/ });
    await user.type(lines, 'Cars, automobile = car{Enter}lorry');
    expect(screen.getByText(/has no “=”.*: lorry/)).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Apply' })).toHaveProperty('disabled', true);
    await user.type(lines, ' =');
    await user.click(screen.getByRole('button', { name: 'Apply' }));
    await waitFor(() =>
      expect(requests('topics.apply')).toEqual([
        { operation: { type: 'thesaurus', entries: { cars: 'car', automobile: 'car', lorry: '' } } },
      ]),
    );
  });
});

describe('names', () => {
  it('come from the representation that was chosen, as one operation', async () => {
    const user = userEvent.setup();
    await open({ 'topics.apply': () => get().project! });
    show(<Naming onClose={() => undefined} />);
    await user.click(await screen.findByRole('radio', { name: 'varied (MMR)' }));
    await user.click(screen.getByRole('button', { name: 'Name all topics this way' }));
    await waitFor(() => expect(requests('topics.apply')).toHaveLength(1));
    const { operation } = requests('topics.apply')[0] as {
      operation: { type: string; by: string; names: Record<string, string> };
    };
    expect(operation).toMatchObject({ type: 'names', by: 'mmr' });
    expect(Object.keys(operation.names)).toHaveLength(36);
    expect(operation.names[0]).toBe('hockey · team · season');
  });

  it('are asked of a language model only when that is allowed and after everything was shown', async () => {
    const user = userEvent.setup();
    await open();
    show(<Naming onClose={() => undefined} />);
    await user.click(screen.getByText('by a language model'));
    expect(screen.getByRole('button', { name: 'Show what would be sent' })).toHaveProperty('disabled', true);
    expect(screen.getByLabelText(/^Endpoint/)).toHaveProperty('disabled', true);
    await user.click(screen.getByRole('switch', { name: 'Let a language model name topics' }));
    await user.type(screen.getByRole('textbox', { name: 'Model' }), 'tiny');
    await user.type(screen.getByLabelText(/^Key/), 'secret');
    await user.click(screen.getByRole('button', { name: 'Show what would be sent' }));
    const shown = await screen.findByRole('region', { name: 'Requests' });
    expect(shown.textContent).toContain('"model": "tiny"');
    expect(shown.textContent).not.toContain('secret');
    expect(requests('topics.naming.run')).toEqual([]);
    await user.click(screen.getByRole('button', { name: 'Send 36 requests' }));
    expect(await screen.findByText('1 topics got a name; 1 keep theirs.')).toBeTruthy();
    expect(screen.getByText(/the endpoint answered with status 500/)).toBeTruthy();
    expect(requests('topics.naming.run')).toMatchObject([
      { endpoint: { url: 'http://localhost:11434/v1', model: 'tiny', key: 'secret' } },
    ]);
    // The key stays in memory.
    expect(JSON.stringify(localStorage)).not.toContain('secret');
    setEndpoint({ allowed: false, model: '', key: '' });
    expect(useEndpoint.getState().allowed).toBe(false);
  });
});

describe('new documents', () => {
  it('are predicted and marked so; the project is asked for nothing else', async () => {
    const user = userEvent.setup();
    const method = 'nearest topic' as const;
    await open({
      'documents.predict': () => [
        { id: 'a', topic: 0, probability: 0.9, method, x: 0, y: 0, snippet: 'The goalie saved it.' },
        { id: 'b', topic: -1, probability: 0, method, x: NaN, y: NaN, snippet: '' },
      ],
    });
    show(<NewDocuments onClose={() => undefined} />);
    await user.click(screen.getByRole('button', { name: 'Choose a file…' }));
    expect(await screen.findByText(/2 documents were predicted, 1 of them as outliers/)).toBeTruthy();
    expect(screen.getAllByText('predicted')).toHaveLength(2);
    // Not by the clustering: said so, and that the number is a cosine.
    expect(screen.getByText(/the topic that is most similar to it/)).toBeTruthy();
    expect(screen.getByRole('columnheader', { name: 'Cosine' })).toBeTruthy();
    expect(asked).toEqual([{ method: 'documents.predict', params: { source: '/generated/corpus.csv' } }]);
  });

  it('guide a run one topic a line', async () => {
    const user = userEvent.setup();
    const given: (string | undefined)[] = [];
    const shared = { label: 'Seed words', description: 'Words', size: 'xs' } as const;
    show(<GuidedField name="seedWords" shared={shared} value="" onChange={(v) => given.push(v)} />);
    await user.type(screen.getByLabelText('Seed words'), 'puck goalie{Enter}orbit{Enter}');
    expect(given.at(-1)).toBe('puck goalie; orbit');
    await user.clear(screen.getByLabelText('Seed words'));
    expect(given.at(-1)).toBeUndefined();
  });
});

describe('the reader', () => {
  it('tints words by the topic that they belong to, or by one topic alone', async () => {
    const user = userEvent.setup();
    await open();
    const row = get().map!.topic.findIndex((topic) => topic === 0);
    show(<Reader row={row} onClose={() => undefined} />);
    await user.click(await screen.findByText('Topics'));
    const text = await screen.findByTestId('token-reader');
    expect(text.querySelectorAll('.token').length).toBeGreaterThan(2);
    const plain = text.textContent;
    const legend = screen.getByRole('group', { name: 'Topics of the words' });
    const button = within(legend).getByRole('button', { name: 'hockey · team · season' });
    await user.click(button);
    expect(button.getAttribute('aria-pressed')).toBe('true');
    expect(screen.getByTestId('token-reader').textContent).toBe(plain);
  });
});
