/** The window's few icons, drawn on a 16-pixel grid; each stands beside or under a name for those who don't see it. */
const shapes = {
  search: 'M7 2.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9Zm3.3 7.8 3.2 3.2',
  theme: 'M8 2a6 6 0 1 0 0 12V2Z',
  export: 'M8 9.5v-7m0 0L5.5 5M8 2.5 10.5 5M2.5 10v3h11v-3',
  file: 'M4 1.5h5l3 3v10H4v-13Zm5 0v3h3',
  folder: 'M1.5 3.5h4.5l1.5 2h7v7.5h-13v-9.5Z',
  close: 'm4 4 8 8m0-8-8 8',
  back: 'M9.5 3.5 5 8l4.5 4.5',
  previous: 'M9.5 3.5 5 8l4.5 4.5',
  next: 'M6.5 3.5 11 8l-4.5 4.5',
  left: 'M2 2.5h12v11H2v-11Zm4 0v11',
  right: 'M2 2.5h12v11H2v-11Zm8 0v11',
  pan: 'M8 1.5v13M1.5 8h13M8 1.5 6.5 3M8 1.5 9.5 3M8 14.5 6.5 13M8 14.5 9.5 13M1.5 8 3 6.5M1.5 8 3 9.5M14.5 8 13 6.5M14.5 8 13 9.5',
  lasso: 'M8 2.5c3.6 0 6 1.7 6 4s-2.4 4-6 4-6-1.7-6-4 2.4-4 6-4ZM5 10c-1 1.2-.6 2.6.7 3',
  box: 'M2.5 3.5h2m2 0h3m2 0h2v2m0 2v1m0 2v2h-2m-2 0h-3m-2 0h-2v-2m0-2v-1m0-2v-2',
  home: 'M5.5 2.5h-3v3m8-3h3v3m-8 8h-3v-3m8 3h3v-3',
  undo: 'M5 3 2.5 5.5 5 8M2.5 5.5H9a4 4 0 0 1 0 8H6',
  redo: 'm11 3 2.5 2.5L11 8m2.5-2.5H7a4 4 0 0 0 0 8h3',
  check: 'm3 8.5 3 3 7-7',
  contours: 'M8 5a3 3 0 1 1 0 6 3 3 0 0 1 0-6Zm0-3.5a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13Z',
  color: 'M8 1.8c2.4 3 4 5.2 4 7.4a4 4 0 0 1-8 0c0-2.2 1.6-4.4 4-7.4Z',
  names: 'M3 3.5h10M8 3.5v9',
  pin: 'M5.5 2h5l-.5 4.5 2 2.5h-8l2-2.5L5.5 2ZM8 9v5',
  more: 'M3.5 8h.01M8 8h.01M12.5 8h.01',
} as const;

export type IconName = keyof typeof shapes;

export function Icon({ name, size = 16 }: { name: IconName; size?: number }): React.ReactNode {
  return (
    <svg width={size} height={size} viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <path
        d={shapes[name]}
        fill={name === 'theme' ? 'currentColor' : 'none'}
        stroke="currentColor"
        strokeWidth={name === 'more' ? 2.2 : 1.35}
        strokeLinecap="round"
        strokeLinejoin="round"
      />
      {name === 'theme' && (
        <circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" strokeWidth="1.35" />
      )}
    </svg>
  );
}

/** Points in groups: the app's mark. */
export function Mark({ size = 20 }: { size?: number }): React.ReactNode {
  return (
    <svg width={size} height={size} viewBox="0 0 20 20" aria-hidden="true" focusable="false">
      <g fill="var(--accent)">
        <circle cx="6" cy="6" r="2.4" />
        <circle cx="10.8" cy="4.3" r="1.5" />
        <circle cx="9.5" cy="8.3" r="1.3" />
      </g>
      <g fill="#d9822b">
        <circle cx="14.3" cy="12.6" r="2.5" />
        <circle cx="11" cy="15.4" r="1.5" />
        <circle cx="16.3" cy="16.6" r="1.2" />
      </g>
      <g fill="var(--outlier)">
        <circle cx="4.2" cy="14.2" r="1.1" />
        <circle cx="16.6" cy="6.6" r="1.1" />
      </g>
    </svg>
  );
}
