import { Button, Checkbox, Group, Progress, Stack, Text, Title } from '@mantine/core';
import type { CorpusPreviewResult } from '../../../core/protocol.ts';
import { ErrorNote } from '../../components/error-note.tsx';
import { said } from '../../i18n/engine.ts';
import { useT } from '../../i18n/index.ts';
import { closeDraft, preview, setStrip } from '../../state/corpus.ts';
import { count, share } from '../../state/format.ts';
import type { Draft } from '../../state/store.ts';
import { CostPanel } from './cost.tsx';
import { FirstRows } from './first-rows.tsx';
import { LanguageNote } from './language-note.tsx';

/** What is in a corpus, what plays which role, and what a run will cost; all before anything runs. */
export function PreviewView({ draft }: { draft: Draft }): React.ReactNode {
  const t = useT();
  const { preview: found, busy, error } = draft;
  return (
    <div className="sheet">
      <Group justify="space-between" mb="md" wrap="nowrap">
        <Title order={1} fz="1.25rem" style={{ overflowWrap: 'anywhere' }}>
          {found?.name ?? draft.source.split(/[\\/]/).at(-1)}
        </Title>
        <Button variant="default" size="xs" onClick={closeDraft}>
          {t('action.closeCorpus')}
        </Button>
      </Group>
      {busy && busy.what !== 'estimate' && (
        <Stack gap={4} mb="md" role="status">
          <Text c="dimmed">{t(`start.busy.${busy.what}`)}</Text>
          <Progress
            value={busy.fraction === null ? 100 : busy.fraction * 100}
            animated={busy.fraction === null}
            aria-label={t(`start.busy.${busy.what}`)}
          />
        </Stack>
      )}
      {error && <ErrorNote error={error} onAgain={() => void preview()} onClose={closeDraft} />}
      {found && (
        <div className="split">
          <Stack gap={20}>
            <Facts draft={draft} />
            {draft.estimate?.misfit && <LanguageNote misfit={draft.estimate.misfit} />}
            {found.warnings.map((warning) => (
              <Text key={warning} fz="sm">
                {said(warning)}
              </Text>
            ))}
            {looksLikePosts(found, draft.strip) && (
              <section className="card">
                <Checkbox.Group
                  label={t('start.strip')}
                  description={t('start.stripHint')}
                  value={draft.strip}
                  onChange={(value) => void setStrip(value)}
                >
                  <Group mt="xs">
                    <Checkbox value="headers" label={t('strip.headers')} />
                    <Checkbox value="footers" label={t('strip.footers')} />
                    <Checkbox value="quotes" label={t('strip.quotes')} />
                  </Group>
                </Checkbox.Group>
              </section>
            )}
            <FirstRows draft={draft} preview={found} />
            {found.skipped.length > 0 && (
              <section className="card">
                <h2 className="section-title">{t('start.skippedRows')}</h2>
                <table className="rows">
                  <tbody>
                    {found.skipped.slice(0, 20).map((row) => (
                      <tr key={row.row}>
                        <td className="number">{count(row.row)}</td>
                        <td>{said(row.reason)}</td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </section>
            )}
          </Stack>
          <CostPanel draft={draft} />
        </div>
      )}
    </div>
  );
}

/** Posts by the corpus' name, or by a warning that names what to leave out; and where something of them is left out already. */
function looksLikePosts({ source, warnings }: CorpusPreviewResult, strip: readonly string[]): boolean {
  return (
    strip.length > 0 ||
    /20news|newsgroup/i.test(source) ||
    warnings.some((warning) => warning.includes('--strip'))
  );
}

function Facts({ draft }: { draft: Draft }): React.ReactNode {
  const t = useT();
  const found = draft.preview!;
  const languages = found.languages
    .slice(0, 2)
    .map(({ code, share: part }) => (part > 0.995 ? code : `${code} ${share(part, 0)}`))
    .join(', ');
  const facts = [
    [count(found.rows), t('start.rows')],
    [t('start.wordsValue', { median: count(found.words.median) }), t('start.words')],
    [languages || '–', t('start.languages')],
    [count(found.empty), t('start.empty')],
    [count(found.duplicates), t('start.duplicates')],
    [count(found.skipped.length), t('start.skipped')],
  ];
  return (
    <div className="facts-row">
      {facts.map(([value, label]) => (
        <div key={label} className="fact">
          <div className="value">{value}</div>
          <div className="label">{label}</div>
        </div>
      ))}
    </div>
  );
}
