import { useStore } from '../../state/store.ts';
import { Landing } from './landing.tsx';
import { PreviewView } from './preview.tsx';

/** Corpus: nothing yet, or the rows of what was opened; a wizard there is none. */
export function Start(): React.ReactNode {
  const draft = useStore((s) => s.draft);
  return <div className="page">{draft ? <PreviewView draft={draft} /> : <Landing />}</div>;
}
