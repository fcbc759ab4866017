/** A part that scrolls by itself: it has a name, and the keyboard can reach and scroll it too. */
export function Scroll({
  label,
  className,
  style,
  ref,
  children,
}: {
  label: string;
  className?: string;
  style?: React.CSSProperties;
  ref?: React.Ref<HTMLDivElement>;
  children: React.ReactNode;
}): React.ReactNode {
  return (
    <div
      ref={ref}
      className={className}
      style={style}
      role="region"
      aria-label={label}
      // A scrollable region without a focusable part must be focusable itself (WCAG 2.1.1).
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
    >
      {children}
    </div>
  );
}
