import { Scroll } from './scroll.tsx';

/** A table that opens under its title and scrolls within a height of its own; `children` are its head and body. */
export function FoldedTable({
  title,
  label,
  top,
  height,
  note,
  children,
}: {
  title: string;
  /** What those who can't see it hear of the part that scrolls. */
  label: string;
  /** Space above it and most height of the table, in pixels. */
  top: number;
  height: number;
  note?: React.ReactNode;
  children: React.ReactNode;
}): React.ReactNode {
  return (
    <details style={{ marginTop: top }}>
      <summary className="quiet" style={{ cursor: 'pointer', fontSize: '0.8125rem' }}>
        {title}
      </summary>
      <Scroll label={label} style={{ overflow: 'auto', maxHeight: height }}>
        <table className="rows numbers">{children}</table>
      </Scroll>
      {note}
    </details>
  );
}
