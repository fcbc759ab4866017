import { Select, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useStore } from '../state/store.ts';

/** Parameters that are lists of topics: a person writes one a line, a run takes them with semicolons between. */
const lists = new Set(['seedWords', 'zeroShot']);
/** Parameters that name a column of the corpus. */
const columns = new Set(['targetColumn', 'topicColumn']);

export const isGuided = (name: string): boolean => lists.has(name) || columns.has(name);

interface Shared {
  label: string;
  description: string;
  size: 'xs';
}

/** What a person knows of the topics beforehand: words, names, or a column. */
export function GuidedField({
  name,
  shared,
  value,
  onChange,
}: {
  name: string;
  shared: Shared;
  value: unknown;
  onChange: (value: string | undefined) => void;
}): React.ReactNode {
  const given = typeof value === 'string' ? value : '';
  // What is typed may end in an empty line, which the value has no place for.
  const [text, setText] = useState(given.split(/;\s*/).join('\n'));
  const known = useStore((s) => s.draft?.preview?.columns) ?? [];
  if (columns.has(name))
    return (
      <Select
        {...shared}
        clearable
        clearButtonProps={{ 'aria-label': shared.label }}
        data={known.map((column) => column.name)}
        value={given === '' ? null : given}
        onChange={(column) => onChange(column ?? undefined)}
      />
    );
  return (
    <Textarea
      {...shared}
      rows={4}
      value={text}
      onChange={(event) => {
        setText(event.currentTarget.value);
        const lines = event.currentTarget.value
          .split(/[\n;]/)
          .map((line) => line.trim())
          .filter((line) => line !== '');
        onChange(lines.length === 0 ? undefined : lines.join('; '));
      }}
    />
  );
}
