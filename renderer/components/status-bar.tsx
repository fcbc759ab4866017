import { useT } from '../i18n/index.ts';
import { bytes, count, share } from '../state/format.ts';
import { usePicked } from '../state/selection.ts';
import { useStore } from '../state/store.ts';

/** The numbers that are always in sight: how many, how sure, what was cut, what is predicted. */
export function StatusBar(): React.ReactNode {
  const t = useT();
  const project = useStore((s) => s.project);
  const info = useStore((s) => s.info);
  const link = useStore((s) => s.link);
  const picked = usePicked();
  const parts: string[] = [];
  if (project) {
    const topics = project.topics.filter((topic) => topic.id >= 0).length;
    parts.push(
      t('status.documents', { count: count(project.documents) }),
      topics === 1 ? t('status.oneTopic') : t('status.topics', { count: count(topics) }),
      t('status.outliers', { share: share(project.outliers / Math.max(1, project.documents)) }),
    );
    if (picked) parts.push(t('status.selected', { count: count(picked.rows.length) }));
    if (project.truncated > 0) parts.push(t('status.truncated', { count: count(project.truncated) }));
    if (project.empty > 0) parts.push(t('status.empty', { count: count(project.empty) }));
    if (project.skipped > 0) parts.push(t('status.skipped', { count: count(project.skipped) }));
    if (project.predicted > 0) parts.push(t('status.predicted', { count: count(project.predicted) }));
    if (project.undoable > 0) parts.push(t('status.undoable', { count: count(project.undoable) }));
  } else if (info) {
    parts.push(
      t('status.machine', { cores: info.cores, memory: bytes(info.memoryBytes) }),
      t('status.cache', { size: bytes(info.cacheBytes) }),
      t('status.offline'),
    );
  }
  return (
    <footer className="statusbar numbers" aria-label={t('status.label')}>
      {link === 'lost' && <b role="alert">{t('status.lost')}</b>}
      {parts.map((part) => (
        <span key={part}>{part}</span>
      ))}
    </footer>
  );
}
