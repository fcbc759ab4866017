import type { VirtualItem } from '@tanstack/react-virtual';

/** One line of a long list of which only what is seen is drawn: at its place, measured, and counted for screen readers. */
export function VirtualRow({
  item,
  measure,
  total,
  children,
}: {
  item: VirtualItem;
  measure: (node: HTMLDivElement | null) => void;
  total: number;
  children: React.ReactNode;
}): React.ReactNode {
  return (
    <div
      ref={measure}
      data-index={item.index}
      role="listitem"
      aria-posinset={item.index + 1}
      aria-setsize={total}
      style={{ position: 'absolute', insetInline: 0, transform: `translateY(${item.start}px)` }}
    >
      {children}
    </div>
  );
}
