import { Button, Group, Select, Slider, Text } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { HierarchyResult, Params } from '../../../../core/protocol.ts';
import { ErrorNote } from '../../../components/error-note.tsx';
import { Loading } from '../../../components/loading.tsx';
import { Scroll } from '../../../components/scroll.tsx';
import { useT } from '../../../i18n/index.ts';
import { useAnswer } from '../../../state/answer.ts';
import { count } from '../../../state/format.ts';
import { apply, undo } from '../../../state/operations.ts';
import { useStore } from '../../../state/store.ts';
import { Dendrogram } from './dendrogram.tsx';
import { Groups } from './groups.tsx';
import { Joins } from './joins.tsx';
import { cutHeight, cutTree } from './tree.ts';

type Request = Params<'topics.hierarchy'>;
const compared = ['ctfidf', 'embedding'] as const;
const linkages = ['ward', 'average', 'complete', 'single', 'weighted'] as const;

/** Which topics are alike, drawn as a tree that can be cut: what would be merged is seen first, and undone in one step. */
export function Hierarchy(): React.ReactNode {
  const t = useT();
  const topics = useStore((s) => s.topics);
  const undoable = useStore((s) => s.project?.undoable ?? 0);
  const [by, setBy] = useState<Request['by']>('ctfidf');
  const [linkage, setLinkage] = useState<Request['linkage']>('ward');
  const { answer, error, busy } = useAnswer('topics.hierarchy', { by, linkage, words: 8 }, topics);
  return (
    <Scroll className="pane-body" label={t('figure.hierarchy')} style={{ padding: 24 }}>
      <h1 style={{ fontSize: '1.25rem', margin: '0 0 4px' }}>{t('figure.hierarchy')}</h1>
      <p className="quiet" style={{ margin: '0 0 16px', maxWidth: '68ch' }}>
        {t('hierarchy.hint')}
      </p>
      <Group gap="sm" mb="md" align="end">
        <Select
          size="xs"
          w={200}
          label={t('hierarchy.by')}
          data={compared.map((value) => ({ value, label: t(`comparedBy.${value}`) }))}
          value={by}
          allowDeselect={false}
          onChange={(value) => setBy(value as Request['by'])}
        />
        <Select
          size="xs"
          w={160}
          label={t('hierarchy.linkage')}
          data={linkages.map((value) => ({ value, label: t(`linkage.${value}`) }))}
          value={linkage}
          allowDeselect={false}
          onChange={(value) => setLinkage(value as Request['linkage'])}
        />
        <Button size="xs" variant="default" disabled={undoable === 0} onClick={() => void undo()}>
          {t('action.undo')}
        </Button>
      </Group>
      {error && <ErrorNote error={error} />}
      {!answer && !error && <Loading what={t('hierarchy.loading')} />}
      {answer && answer.order.length < 2 && <p>{t('hierarchy.one')}</p>}
      {answer && answer.order.length >= 2 && (
        // Another tree starts without a cut.
        <Cut key={`${by} ${linkage} ${answer.order.join(' ')}`} tree={answer} busy={busy} />
      )}
    </Scroll>
  );
}

function Cut({ tree, busy }: { tree: HierarchyResult; busy: boolean }): React.ReactNode {
  const t = useT();
  const all = tree.order.length;
  const [left, setLeft] = useState(all);
  const [doing, setDoing] = useState(false);
  const groups = useMemo(() => cutTree(tree.nodes, left), [tree, left]);
  const merged = groups.filter((group) => group.topics.length > 1);
  const cut = left === all ? 0 : cutHeight(tree.nodes, left);
  const merge = async (): Promise<void> => {
    setDoing(true);
    await apply({ type: 'merge-groups', groups: merged.map((group) => group.topics) });
    setDoing(false);
  };
  return (
    <div className="hierarchy">
      <div>
        <Text fz="sm" fw={500} id="cut-label" mb={4}>
          {t('hierarchy.cut')}
        </Text>
        <Slider
          mb="lg"
          maw={480}
          min={1}
          max={all}
          value={left}
          onChange={setLeft}
          label={(value) => count(value)}
          thumbProps={{ 'aria-labelledby': 'cut-label' }}
          marks={[
            { value: 1, label: '1' },
            { value: all, label: count(all) },
          ]}
        />
        <Dendrogram tree={tree} cut={cut} />
        <Joins nodes={tree.nodes} />
      </div>
      <section aria-label={t('hierarchy.preview')} className="card">
        <p role="status" className="numbers" style={{ margin: '0 0 12px' }} data-testid="cut-preview">
          {merged.length === 0
            ? t('hierarchy.nothing')
            : t('hierarchy.after', {
                before: count(all),
                after: count(left),
                merged: count(merged.reduce((sum, group) => sum + group.topics.length, 0)),
                groups: count(merged.length),
                documents: count(merged.reduce((sum, group) => sum + group.count, 0)),
              })}
        </p>
        <Button
          size="xs"
          mb="sm"
          disabled={merged.length === 0 || busy}
          loading={doing}
          onClick={() => void merge()}
        >
          {t('hierarchy.apply')}
        </Button>
        <Groups groups={merged} />
      </section>
    </div>
  );
}
