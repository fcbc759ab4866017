import { useEffect, useState } from 'react';
import { droppedFiles } from '../client/dropped.ts';
import { openFiles } from '../state/corpus.ts';
import { engine } from '../state/engine.ts';
import { report } from '../state/notices.ts';

/** The whole window takes what is dropped on it. */
export function DropTarget({ children }: { children: React.ReactNode }): React.ReactNode {
  const [over, setOver] = useState(false);
  useEffect(() => {
    const hasFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false;
    const onOver = (event: DragEvent): void => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      setOver(true);
    };
    const onLeave = (event: DragEvent): void => {
      if (event.relatedTarget === null) setOver(false);
    };
    const onDrop = (event: DragEvent): void => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      setOver(false);
      const { dataTransfer } = event;
      if (!dataTransfer) return;
      // The desktop knows a folder's own path; a browser has to send what is in it.
      if (engine().host.kind === 'desktop') void openFiles([...dataTransfer.files]);
      else void droppedFiles(dataTransfer).then(openFiles, report);
    };
    window.addEventListener('dragover', onOver);
    window.addEventListener('dragleave', onLeave);
    window.addEventListener('drop', onDrop);
    return () => {
      window.removeEventListener('dragover', onOver);
      window.removeEventListener('dragleave', onLeave);
      window.removeEventListener('drop', onDrop);
    };
  }, []);
  return (
    <div className={over ? 'dropping' : undefined} style={{ height: '100%' }}>
      {children}
    </div>
  );
}
