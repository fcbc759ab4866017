import { NumberInput, SegmentedControl, Select, Switch } from '@mantine/core';
import { useState } from 'react';
import { useT } from '../../../i18n/index.ts';
import type { Operation } from '../../../state/operations.ts';
import { usePicked } from '../../../state/selection.ts';
import { count } from '../../../state/format.ts';
import { useStore } from '../../../state/store.ts';
import { OperationDialog } from './dialog.tsx';

type Way = 'to' | 'auto' | 'similar';

/** Merges automatically: down to a number, as far as topics are alike, or all above a similarity. */
export function Reduce({ onClose }: { onClose: () => void }): React.ReactNode {
  const t = useT();
  const total = useStore((s) => s.topics.filter((topic) => topic.id >= 0).length);
  const [way, setWay] = useState<Way>('to');
  const [to, setTo] = useState<number | string>(Math.max(1, Math.round(total / 2)));
  const [threshold, setThreshold] = useState<number | string>(0.5);
  const [by, setBy] = useState<string | null>('ctfidf');
  const operations: Record<Way, Operation | null> = {
    to: Number(to) >= 1 ? { type: 'reduce', to: Number(to), by } : null,
    auto: { type: 'reduce', to: 'auto', by },
    similar: threshold === '' ? null : { type: 'merge-similar', threshold: Number(threshold), by },
  };
  return (
    <OperationDialog title={t('operation.reduce')} operation={operations[way]} onClose={onClose}>
      <SegmentedControl
        size="xs"
        aria-label={t('operation.reduce')}
        data={(['to', 'auto', 'similar'] as const).map((value) => ({
          value,
          label: t(`reduceWay.${value}`),
        }))}
        value={way}
        onChange={(value) => setWay(value)}
      />
      {way === 'to' && (
        <NumberInput
          label={t('operation.to')}
          min={1}
          max={total}
          allowDecimal={false}
          value={to}
          onChange={setTo}
        />
      )}
      {way === 'similar' && (
        <NumberInput
          label={t('operation.threshold')}
          min={-1}
          max={1}
          step={0.05}
          value={threshold}
          onChange={setThreshold}
        />
      )}
      <Select
        label={t('hierarchy.by')}
        data={(['ctfidf', 'embedding'] as const).map((value) => ({ value, label: t(`comparedBy.${value}`) }))}
        value={by}
        allowDeselect={false}
        onChange={setBy}
      />
    </OperationDialog>
  );
}

const strategies = ['membership', 'embedding', 'ctfidf', 'distribution'] as const;

/** Gives outliers a topic, with what that would leave before it is done. */
export function Outliers({ onClose }: { onClose: () => void }): React.ReactNode {
  const t = useT();
  const [strategy, setStrategy] = useState<(typeof strategies)[number]>('membership');
  const [threshold, setThreshold] = useState<number | string>(0.2);
  return (
    <OperationDialog
      title={t('operation.outliers')}
      operation={threshold === '' ? null : { type: 'outliers', strategy, threshold: Number(threshold) }}
      onClose={onClose}
    >
      <Select
        label={t('operation.strategy')}
        description={t(`strategyHint.${strategy}`)}
        data={strategies.map((value) => ({ value, label: t(`strategy.${value}`) }))}
        value={strategy}
        allowDeselect={false}
        onChange={(value) => setStrategy(value as typeof strategy)}
      />
      <NumberInput
        label={t('operation.threshold')}
        description={t('operation.thresholdHint')}
        min={0}
        max={1}
        step={0.05}
        value={threshold}
        onChange={setThreshold}
      />
    </OperationDialog>
  );
}

/** Puts documents that were assigned from the outliers back to them: all, or those selected. */
export function PutBack({ onClose }: { onClose: () => void }): React.ReactNode {
  const t = useT();
  const picked = usePicked();
  const [onlyPicked, setOnlyPicked] = useState(false);
  const rows = onlyPicked && picked ? Array.from(picked.rows) : null;
  return (
    <OperationDialog
      title={t('operation.putBack')}
      operation={{ type: 'restore-outliers', rows }}
      onClose={onClose}
    >
      {picked && (
        <Switch
          label={t('operation.onlySelected', { count: count(picked.rows.length) })}
          checked={onlyPicked}
          onChange={(event) => setOnlyPicked(event.currentTarget.checked)}
        />
      )}
    </OperationDialog>
  );
}
