// @vitest-environment jsdom
import { cleanup, configure, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { App } from '../../renderer/app.tsx';
import { fakeClient } from '../../renderer/client/fake.ts';
import type { Client } from '../../renderer/client/index.ts';
import { start } from '../../renderer/state/start.ts';
import { set, useStore } from '../../renderer/state/store.ts';

// Views are loaded when they are first looked at.
configure({ asyncUtilTimeout: 20_000 });

const untouched = useStore.getInitialState();
let stop: () => void = () => undefined;

function open(client: Client): void {
  render(<App />);
  stop = start(client);
}

beforeEach(() => {
  localStorage.clear();
  // jsdom lays nothing out: what the window asks of a browser is answered with fixed sizes.
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
  vi.spyOn(HTMLCanvasElement.prototype, 'getContext').mockReturnValue(null);
  vi.spyOn(HTMLElement.prototype, 'offsetHeight', 'get').mockReturnValue(600);
  vi.spyOn(HTMLElement.prototype, 'offsetWidth', 'get').mockReturnValue(400);
  HTMLElement.prototype.scrollIntoView = () => undefined;
});

afterEach(() => {
  stop();
  cleanup();
  vi.restoreAllMocks();
  set(untouched, true);
});

describe('the window', () => {
  it('leads from a corpus over its preview and a run to a topic, its documents and one of them', async () => {
    const user = userEvent.setup();
    open(fakeClient());
    await user.click(await screen.findByRole('button', { name: /Debian packages/ }));
    expect(await screen.findByText('not valid UTF-8')).toBeTruthy();
    expect(await screen.findByText(/minilm-moe on cpu/)).toBeTruthy();

    await user.click(screen.getByRole('button', { name: 'Find topics' }));
    // Looking for roles among hundreds of elements is slow in jsdom; what is meant is clear enough by its words.
    await user.click((await screen.findAllByText(/^hockey · team/))[0]);
    await screen.findByText('Documents that stand for it');
    expect(screen.getByText(/selected/)).toBeTruthy();
    await user.click(document.querySelector('.document-row')!);
    const reader = await screen.findByTestId('reader');
    expect(reader.querySelectorAll('mark').length).toBeGreaterThan(3);
  }, 60_000);

  it('says in the engine’s own words what went wrong, and offers to try again', async () => {
    const user = userEvent.setup();
    let tries = 0;
    const client = fakeClient({
      answers: {
        'corpus.preview': () => {
          tries++;
          throw new Error('The CSV has no column with text; name one with --text.');
        },
      },
    });
    open(client);
    await user.click(await screen.findByRole('button', { name: /Debian packages/ }));
    expect((await screen.findByRole('alert')).textContent).toContain('no column with text');
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    await waitFor(() => expect(tries).toBe(2));
  });

  it('says which sizes a run works with and why, before it and after it, and where to change them', async () => {
    const user = userEvent.setup();
    open(fakeClient());
    await user.click(await screen.findByRole('button', { name: /Debian packages/ }));
    const before = await screen.findByTestId('size-reasons');
    expect(before.textContent).toContain('Minimum topic size 5: the least that is chosen');
    await user.click(within(before).getByText('Change them in the settings'));
    expect((document.activeElement as HTMLInputElement).name).toBe('minTopicSize');
    await user.click(screen.getByRole('button', { name: 'Find topics' }));
    await screen.findAllByText(/^hockey · team/);
    set({ view: 'quality' });
    const after = await screen.findByTestId('size-reasons');
    expect(after.textContent).toContain('Neighbours 15: as umap-learn and BERTopic have it');
  }, 60_000);

  it('asks the engine again with the column that a person chose', async () => {
    const user = userEvent.setup();
    const asked: unknown[] = [];
    const base = fakeClient();
    const client: Client = {
      ...base,
      request: (method, params, listeners) => {
        if (method === 'corpus.preview') asked.push(params);
        return base.request(method, params, listeners);
      },
    };
    open(client);
    await user.click(await screen.findByRole('button', { name: /Debian packages/ }));
    await user.click(await screen.findByRole('combobox', { name: 'Text' }));
    await user.keyboard('{ArrowDown}{Enter}');
    await waitFor(() => expect(asked.at(-1)).toMatchObject({ roles: { text: 'label' } }));
  });

  it('finds a run again that outlived its window', async () => {
    open(
      fakeClient({
        answers: {
          'run.attach': (_params, { onProgress }) => {
            onProgress?.({ kind: 'progress', stage: 'cluster', fraction: 0.3 });
            return new Promise(() => undefined);
          },
        },
      }),
    );
    expect(await screen.findByRole('progressbar', { name: 'Progress: Cluster' })).toBeTruthy();
  });

  it('says which project it opens while that takes its time, and comes back where it can’t be opened', async () => {
    let refuse: (reason: Error) => void = () => undefined;
    const opened = new Promise<never>((_, reject) => (refuse = reject));
    window.location.hash = `#open=${encodeURIComponent('/data/reviews/project.moetopic')}`;
    open(fakeClient({ answers: { 'project.open': () => opened } }));
    expect(await screen.findByText('Opening reviews…')).toBeTruthy();
    expect(screen.queryByRole('button', { name: /Debian packages/ })).toBeNull();
    refuse(new Error('not a project'));
    expect(await screen.findByRole('button', { name: /Debian packages/ })).toBeTruthy();
    window.location.hash = '';
  });

  it('speaks Chinese when told to, and goes dark', async () => {
    const user = userEvent.setup();
    open(fakeClient());
    await user.click(await screen.findByRole('button', { name: 'Preferences' }));
    await user.click(await screen.findByRole('combobox', { name: 'Language' }));
    await user.keyboard('{ArrowDown}{ArrowDown}{Enter}');
    expect(await screen.findByRole('button', { name: '语料' })).toBeTruthy();
    expect(document.documentElement.lang).toBe('zh-CN');
    await user.click(screen.getByRole('button', { name: '切换到深色' }));
    expect(document.documentElement.dataset.mantineColorScheme).toBe('dark');
  });

  it('can be driven by its shortcuts', async () => {
    open(fakeClient());
    await screen.findByRole('button', { name: /Debian packages/ });
    fireEvent.keyDown(document.documentElement, { key: '6', code: 'Digit6', ctrlKey: true });
    expect(await screen.findByText('MiniLM-MoE (bundled)')).toBeTruthy();
  });
});
