import type { OperationPreview, PreviewedTotals } from '../../../../core/protocol.ts';
import { useT } from '../../../i18n/index.ts';
import type { Key } from '../../../i18n/index.ts';
import { decimal, share } from '../../../state/format.ts';
import { useStore } from '../../../state/store.ts';

type Measure = 'outlierShare' | 'diversity' | 'npmi' | 'ami';

/** Measures now and then, side by side. Coherence reads every document, so it comes a moment later. */
export function PreviewedMeasures({
  found,
  measured,
}: {
  found: OperationPreview;
  /** The same with coherence; null while it is being measured. */
  measured: OperationPreview | null;
}): React.ReactNode {
  const t = useT();
  const documents = useStore((s) => s.project?.documents ?? 0);
  const { before, after } = measured ?? found;
  const values = (totals: PreviewedTotals): Record<Measure, number | null> => ({
    ...totals,
    outlierShare: documents > 0 ? totals.outliers / documents : null,
  });
  const [now, then] = [values(before), values(after)];
  const shown = (measure: Measure, value: number | null): string =>
    value === null ? '–' : measure === 'outlierShare' ? share(value) : decimal(value, 3);
  const rows = (['outlierShare', 'diversity', 'npmi', 'ami'] as const).filter(
    (measure) => now[measure] !== null || then[measure] !== null,
  );
  return (
    <dl className="previewed numbers" aria-label={t('operation.measures')}>
      {rows.map((measure) => (
        <div key={measure}>
          <dt>{t(`measure.${measure}` as Key)}</dt>
          <dd>
            {shown(measure, now[measure])}
            {' → '}
            <b>{shown(measure, then[measure])}</b>
          </dd>
        </div>
      ))}
      {measured === null && (
        <div>
          <dt>{t('measure.npmi')}</dt>
          <dd className="quiet">{t('operation.measuring')}</dd>
        </div>
      )}
    </dl>
  );
}
