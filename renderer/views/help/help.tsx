import { useState } from 'react';
import { Markdown } from '../../components/markdown.tsx';
import { language, useT } from '../../i18n/index.ts';
import { useStore } from '../../state/store.ts';
import { pagesOf } from './pages.ts';
import { Reference } from './reference.tsx';
import { Shortcuts } from './shortcuts.tsx';
import { Scroll } from '../../components/scroll.tsx';

/** A guided first run, one page for each view, every parameter, every shortcut. */
export function Help(): React.ReactNode {
  const t = useT();
  const params = useStore((s) => s.info?.params);
  const pages = pagesOf(language());
  const [page, setPage] = useState(pages[0].id);
  const entries = [
    ...pages.map(({ id, title }) => ({ id, title })),
    { id: 'parameters', title: t('help.parameters') },
    { id: 'shortcuts', title: t('help.shortcuts') },
  ];
  const text = pages.find(({ id }) => id === page)?.text;
  return (
    <div className="explore">
      <nav
        className="pane"
        style={{ width: 240, borderRight: '1px solid var(--line)', padding: '8px 0' }}
        aria-label={t('help.pages')}
      >
        {entries.map(({ id, title }) => (
          <button
            key={id}
            type="button"
            className="topic"
            style={{ gridTemplateColumns: '1fr' }}
            aria-pressed={id === page}
            onClick={() => setPage(id)}
          >
            <span className="name">{title}</span>
          </button>
        ))}
      </nav>
      {}
      <Scroll className="page" style={{ flex: 1, background: 'var(--surface)' }} label={t('view.help')}>
        <div className="sheet prose">
          {text !== undefined && <Markdown text={text} />}
          {page === 'parameters' && <Reference stages={params ?? []} />}
          {page === 'shortcuts' && <Shortcuts />}
        </div>
      </Scroll>
    </div>
  );
}
