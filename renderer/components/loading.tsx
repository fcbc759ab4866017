import { Loader } from '@mantine/core';

/** Waiting, with a word of what for. */
export function Loading({ what }: { what: string }): React.ReactNode {
  return (
    <div className="empty" role="status">
      <Loader size="sm" />
      <span>{what}</span>
    </div>
  );
}
