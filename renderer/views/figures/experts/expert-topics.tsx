import { Select } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { ExpertsOverview } from '../../../../core/protocol.ts';
import { ErrorNote } from '../../../components/error-note.tsx';
import { Loading } from '../../../components/loading.tsx';
import { Scroll } from '../../../components/scroll.tsx';
import { said } from '../../../i18n/engine.ts';
import { useT } from '../../../i18n/index.ts';
import { useAnswer } from '../../../state/answer.ts';
import { useExpert } from '../../../state/experts.ts';
import { useStore } from '../../../state/store.ts';
import { ExpertHeat } from './expert-heat.tsx';
import { Profile } from './profile.tsx';

/** Which experts answer to which topics, and what one expert is chosen for: what the routers saw of the corpus. */
export function ExpertTopics(): React.ReactNode {
  const t = useT();
  const topics = useStore((s) => s.topics);
  const { answer, error } = useAnswer('experts.overview', {}, topics);
  return (
    <Scroll className="pane-body" label={t('figure.expert-topics')} style={{ padding: 24 }}>
      <h1 style={{ fontSize: '1.25rem', margin: '0 0 4px' }}>{t('figure.expert-topics')}</h1>
      <p className="quiet" style={{ margin: '0 0 16px', maxWidth: '72ch' }}>
        {t('experts.hint')}
      </p>
      {error && <ErrorNote error={error} />}
      {!answer && !error && <Loading what={t('experts.loading')} />}
      {answer && answer.topics.length === 0 && <p>{t('experts.noTopics')}</p>}
      {answer && answer.topics.length > 0 && <Found found={answer} />}
    </Scroll>
  );
}

/** Columns shown of one router, or those that tell topics apart best of all routers. */
const most = 48;

function Found({ found }: { found: ExpertsOverview }): React.ReactNode {
  const t = useT();
  const [router, setRouter] = useState('best');
  const chosen = useExpert((s) => s.column);
  const columns = useMemo(() => columnsOf(found, router), [found, router]);
  const column = chosen ?? columns[0];
  return (
    <>
      <Select
        size="xs"
        w={280}
        mb="md"
        label={t('experts.which')}
        data={[
          { value: 'best', label: t('experts.best', { count: Math.min(most, found.explained.length) }) },
          ...found.routers.map(({ name }, r) => ({ value: String(r), label: said(name) })),
        ]}
        value={router}
        allowDeselect={false}
        onChange={(value) => setRouter(value ?? 'best')}
      />
      <div className="experts">
        <ExpertHeat found={found} columns={columns} chosen={column} />
        <Profile key={column} found={found} column={column} />
      </div>
    </>
  );
}

function columnsOf({ routers, explained }: ExpertsOverview, router: string): number[] {
  const by = (a: number, b: number): number => explained[b] - explained[a] || a - b;
  if (router === 'best') return [...explained.keys()].sort(by).slice(0, most);
  const r = Number(router);
  const from = routers.slice(0, r).reduce((sum, { experts }) => sum + experts, 0);
  return Array.from({ length: routers[r].experts }, (_, e) => from + e);
}
