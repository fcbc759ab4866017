import { useRef } from 'react';

/** A line between two panes: drag it, or move it with the arrow keys; double-click or Enter closes the pane. */
export function Splitter({
  label,
  width,
  side,
  onWidth,
  onClose,
}: {
  label: string;
  width: number;
  /** Which side of the line the pane is on whose width it sets. */
  side: 'left' | 'right';
  onWidth: (width: number) => void;
  onClose: () => void;
}): React.ReactNode {
  const [least, most] = [200, 640];
  const start = useRef<{ x: number; width: number } | null>(null);
  const sign = side === 'left' ? 1 : -1;
  const to = (next: number): void => onWidth(Math.min(most, Math.max(least, Math.round(next))));
  return (
    // A separator that can be moved is a control (WAI-ARIA: window splitter).
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <div
      role="separator"
      aria-orientation="vertical"
      aria-label={label}
      aria-valuenow={width}
      aria-valuemin={least}
      aria-valuemax={most}
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      className="splitter"
      onDoubleClick={onClose}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        event.currentTarget.classList.add('dragging');
        start.current = { x: event.clientX, width };
      }}
      onPointerMove={(event) => {
        if (start.current) to(start.current.width + sign * (event.clientX - start.current.x));
      }}
      onPointerUp={(event) => {
        event.currentTarget.classList.remove('dragging');
        start.current = null;
      }}
      onKeyDown={(event) => {
        if (event.key === 'ArrowLeft') to(width - sign * 24);
        else if (event.key === 'ArrowRight') to(width + sign * 24);
        else if (event.key === 'Enter') onClose();
        else return;
        event.preventDefault();
      }}
    />
  );
}
