import { Alert, Button } from '@mantine/core';
import type { LanguageMisfit } from '../../../core/protocol.ts';
import { language, useT } from '../../i18n/index.ts';
import { setParam } from '../../state/corpus.ts';
import { share } from '../../state/format.ts';
import { offerInModels } from '../../state/models.ts';

/** Says that the chosen model doesn't know the corpus' languages, and leads to one that does. */
export function LanguageNote({ misfit }: { misfit: LanguageMisfit }): React.ReactNode {
  const t = useT();
  const names = new Intl.DisplayNames(language(), { type: 'language' });
  const list = (codes: readonly string[]): string =>
    new Intl.ListFormat(language(), { type: 'conjunction' }).format(
      codes.map((code) => names.of(code) ?? code),
    );
  const { suggestion } = misfit;
  return (
    <Alert
      color="orange"
      variant="light"
      title={t('misfit.title', {
        share: share(misfit.share, 0),
        languages: list(misfit.languages.slice(0, 3).map(({ code }) => code)),
      })}
      styles={{ message: { color: 'var(--ink)' }, title: { color: 'var(--ink)' } }}
    >
      {t('misfit.text', {
        model: misfit.model,
        understands: list(misfit.understands),
        other: suggestion.name,
      })}
      <div style={{ marginTop: 10 }}>
        {suggestion.installed ? (
          <Button size="xs" onClick={() => setParam('model', suggestion.name)}>
            {t('misfit.use', { model: suggestion.name })}
          </Button>
        ) : (
          <Button size="xs" onClick={() => offerInModels(suggestion.hub)}>
            {t('misfit.get', { model: suggestion.name })}
          </Button>
        )}
      </div>
    </Alert>
  );
}
