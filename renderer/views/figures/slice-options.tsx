import { Group, NumberInput, Select, Switch } from '@mantine/core';
import type { Params } from '../../../core/protocol.ts';
import { useT } from '../../i18n/index.ts';
import { useAnswer } from '../../state/answer.ts';

export type SliceOptions = NonNullable<Params<'figure'>['options']>;

const units = ['day', 'week', 'month', 'quarter', 'year'] as const;
const spans = [10, 20, 50] as const;

/** How topics over time or per class are counted and worded. */
export function SliceOptionsForm({
  name,
  options,
  onChange,
}: {
  name: 'over-time' | 'per-class';
  options: SliceOptions;
  onChange: (change: SliceOptions) => void;
}): React.ReactNode {
  const t = useT();
  // A document has every column of the corpus.
  const { answer: first } = useAnswer('documents.get', { row: 0 });
  const columns = Object.keys(first?.columns ?? {});
  const time = name === 'over-time';
  return (
    <Group gap="md" mb="md" align="end">
      <Select
        size="xs"
        w={180}
        label={t(time ? 'slices.dates' : 'slices.classes')}
        placeholder={t('slices.own')}
        clearable
        clearButtonProps={{ 'aria-label': t('slices.own') }}
        data={columns}
        value={options.column ?? null}
        onChange={(column) => onChange({ column })}
      />
      {time && (
        <Select
          size="xs"
          w={180}
          label={t('slices.bins')}
          placeholder={t('slices.readable')}
          clearable
          clearButtonProps={{ 'aria-label': t('slices.readable') }}
          data={[
            ...units.map((unit) => ({ value: unit, label: t(`slices.${unit}`) })),
            ...spans.map((n) => ({ value: String(n), label: t('slices.equal', { count: n }) })),
          ]}
          value={options.bins === undefined ? null : String(options.bins)}
          onChange={(value) =>
            onChange({
              bins:
                value === null
                  ? undefined
                  : /^\d+$/.test(value)
                    ? Number(value)
                    : (value as (typeof units)[number]),
            })
          }
        />
      )}
      <NumberInput
        size="xs"
        w={110}
        label={t('slices.topics')}
        min={1}
        max={200}
        allowDecimal={false}
        value={options.limit ?? 10}
        onChange={(value) => Number(value) >= 1 && onChange({ limit: Number(value) })}
      />
      <Switch
        size="xs"
        label={t('slices.normalised')}
        checked={options.normalised ?? false}
        onChange={(event) => onChange({ normalised: event.currentTarget.checked })}
      />
      <Switch
        size="xs"
        label={t('slices.global')}
        checked={options.global ?? true}
        onChange={(event) => onChange({ global: event.currentTarget.checked })}
      />
      {time && (
        <Switch
          size="xs"
          label={t('slices.evolution')}
          checked={options.evolution ?? true}
          onChange={(event) => onChange({ evolution: event.currentTarget.checked })}
        />
      )}
    </Group>
  );
}
