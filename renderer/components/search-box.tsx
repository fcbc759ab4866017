import { ActionIcon, Loader, Select, TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import { said } from '../i18n/engine.ts';
import { useT } from '../i18n/index.ts';
import { search } from '../state/selection.ts';
import { noSearch, set, useStore } from '../state/store.ts';
import type { Search } from '../state/store.ts';
import { Icon } from './icons.tsx';

/** Milliseconds after the last letter. */
const typingPause = 300;

const modes: Search['mode'][] = ['words', 'regex', 'meaning'];

/** Looks for documents by words, by a regular expression, or by meaning; what is found lights up everywhere. */
export function SearchBox(): React.ReactNode {
  const t = useT();
  const current = useStore((s) => s.search);
  const [text, setText] = useState(current.text);
  // Another pane may search too ("more like this"), or clear everything: then the field follows.
  const [followed, setFollowed] = useState(current.text);
  if (followed !== current.text) {
    setFollowed(current.text);
    setText(current.text);
  }
  // Words are looked for while they are typed; a sentence or an expression is first to be whole, and waits for Enter.
  useEffect(() => {
    if (current.mode !== 'words' || text === current.text || text.trim().length < 2) return;
    const timer = setTimeout(() => void search(text, 'words'), typingPause);
    return () => clearTimeout(timer);
  }, [text, current.mode, current.text]);
  const clear = (): void => {
    setText('');
    set({ search: { ...noSearch, mode: current.mode } });
  };
  return (
    <form
      role="search"
      aria-label={t('search.label')}
      className="search"
      onSubmit={(event) => {
        event.preventDefault();
        void search(text, current.mode);
      }}
    >
      <TextInput
        size="xs"
        className="search-text"
        aria-label={t('search.label')}
        placeholder={t(`search.placeholder.${current.mode}`)}
        value={text}
        error={current.error && said(current.error.message)}
        leftSection={<Icon name="search" size={14} />}
        rightSection={
          current.busy ? (
            <Loader size={12} aria-label={t('search.busy')} />
          ) : text !== '' ? (
            <ActionIcon
              size="xs"
              variant="subtle"
              color="gray"
              aria-label={t('action.clear')}
              onClick={clear}
            >
              <Icon name="close" size={12} />
            </ActionIcon>
          ) : null
        }
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Select
        size="xs"
        w={92}
        comboboxProps={{ width: 'max-content' }}
        aria-label={t('search.mode')}
        data={modes.map((value) => ({ value, label: t(`search.${value}`) }))}
        value={current.mode}
        allowDeselect={false}
        onChange={(mode) => {
          set({ search: { ...current, mode: mode as Search['mode'] } });
          if (text !== '') void search(text, mode as Search['mode']);
        }}
      />
      {/* Enter in one of several fields submits only where there is a button for it. */}
      <button type="submit" hidden aria-label={t('search.label')} />
    </form>
  );
}
