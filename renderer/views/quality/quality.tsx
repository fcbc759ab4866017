import { Text, Title } from '@mantine/core';
import { ErrorNote } from '../../components/error-note.tsx';
import { Loading } from '../../components/loading.tsx';
import { SizeReasons } from '../../components/size-reasons.tsx';
import { useT } from '../../i18n/index.ts';
import type { Key } from '../../i18n/index.ts';
import { useAnswer } from '../../state/answer.ts';
import { count, decimal, share } from '../../state/format.ts';
import { useStore } from '../../state/store.ts';
import { CompareSection } from './compare/compare.tsx';
import { Contingency } from './contingency.tsx';
import { StabilitySection } from './stability.tsx';
import { Sweep } from './sweep.tsx';

/** How good the topics are, in the measures that the field uses, and where the settings' cliffs are. */
export function QualityView(): React.ReactNode {
  const t = useT();
  const topics = useStore((s) => s.topics);
  const reasons = useStore((s) => s.project?.reasons);
  const hasLabels = useStore((s) => (s.project?.labels.length ?? 0) > 0);
  const { answer: quality, error } = useAnswer('quality', {}, topics);
  return (
    <div className="page">
      <div className="sheet">
        <Title order={1} fz="1.25rem" mb="md">
          {t('view.quality')}
        </Title>
        {error && <ErrorNote error={error} />}
        {!quality && !error && <Loading what={t('quality.loading')} />}
        {quality && (
          <div className="facts-row measures">
            <Measure name="topics" value={count(quality.topics)} />
            <Measure name="outlierShare" value={share(quality.outlierShare)} />
            <Measure name="npmi" value={decimal(quality.npmi, 3)} />
            <Measure name="cV" value={decimal(quality.cV, 3)} />
            <Measure name="diversity" value={decimal(quality.diversity, 3)} />
            <Measure name="silhouette" value={decimal(quality.silhouette, 3)} />
            <Measure name="dbcv" value={decimal(quality.dbcv, 3)} />
            {quality.ami !== null && <Measure name="ami" value={decimal(quality.ami, 3)} />}
            {quality.nmi !== null && <Measure name="nmi" value={decimal(quality.nmi, 3)} />}
            {quality.vMeasure !== null && <Measure name="vMeasure" value={decimal(quality.vMeasure, 3)} />}
          </div>
        )}
        <SizeReasons reasons={reasons ?? []} />
        <StabilitySection />
        <CompareSection />
        <Sweep />
        {hasLabels && <Contingency />}
      </div>
    </div>
  );
}

function Measure({ name, value }: { name: string; value: string }): React.ReactNode {
  const t = useT();
  return (
    <div className="fact">
      <div className="value">{value}</div>
      <div className="label">{t(`measure.${name}` as Key)}</div>
      <Text fz="xs" c="dimmed" mt={4}>
        {t(`measureHint.${name}` as Key)}
      </Text>
    </div>
  );
}
