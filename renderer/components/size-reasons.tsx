import { Anchor, Text } from '@mantine/core';
import { said } from '../i18n/engine.ts';
import { useT } from '../i18n/index.ts';

/** The sizes that a clustering works with, each with why: the engine's own sentences. Nothing where it gave none. */
export function SizeReasons({
  reasons,
  onChange,
}: {
  reasons: readonly string[];
  onChange?: () => void;
}): React.ReactNode {
  const t = useT();
  if (reasons.length === 0) return null;
  return (
    <section aria-label={t('sizes.title')} data-testid="size-reasons">
      <h3 className="section-title" style={{ marginBlock: '0.75rem 0.25rem' }}>
        {t('sizes.title')}
      </h3>
      {reasons.map((reason) => (
        <Text key={reason} fz="xs" c="dimmed" mb={2}>
          {said(reason)}
        </Text>
      ))}
      {onChange && (
        <Anchor component="button" type="button" fz="xs" onClick={onChange}>
          {t('sizes.change')}
        </Anchor>
      )}
    </section>
  );
}
