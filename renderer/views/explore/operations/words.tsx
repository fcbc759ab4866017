import { SegmentedControl, Select, TagsInput, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useT } from '../../../i18n/index.ts';
import type { Operation } from '../../../state/operations.ts';
import { OperationDialog } from './dialog.tsx';
import { parseThesaurus } from './thesaurus.ts';

const kinds = ['stop-words', 'thesaurus', 'ngrams'] as const;
type Kind = (typeof kinds)[number];

/** What counts as a word in the keywords of all topics: stop words, words that mean the same, phrases. */
export function Words({ onClose }: { onClose: () => void }): React.ReactNode {
  const t = useT();
  const [kind, setKind] = useState<Kind>('stop-words');
  const [add, setAdd] = useState<string[]>([]);
  const [remove, setRemove] = useState<string[]>([]);
  const [pairs, setPairs] = useState('');
  const [range, setRange] = useState<string | null>('1-2');
  const { entries, wrong } = parseThesaurus(pairs);
  const operations: Record<Kind, Operation | null> = {
    'stop-words': add.length + remove.length > 0 ? { type: 'stop-words', add, remove } : null,
    thesaurus: wrong === null && Object.keys(entries).length > 0 ? { type: 'thesaurus', entries } : null,
    ngrams: { type: 'ngrams', range },
  };
  return (
    <OperationDialog title={t('operation.words')} operation={operations[kind]} onClose={onClose}>
      <SegmentedControl
        size="xs"
        aria-label={t('operation.words')}
        data={kinds.map((value) => ({ value, label: t(`words.${value}`) }))}
        value={kind}
        onChange={(value) => setKind(value)}
      />
      {kind === 'stop-words' && (
        <>
          <TagsInput
            label={t('words.add')}
            description={t('words.addHint')}
            value={add}
            onChange={setAdd}
            data-autofocus
          />
          <TagsInput
            label={t('words.remove')}
            description={t('words.removeHint')}
            value={remove}
            onChange={setRemove}
          />
        </>
      )}
      {kind === 'thesaurus' && (
        <Textarea
          label={t('words.pairs')}
          description={t('words.pairsHint')}
          rows={5}
          value={pairs}
          error={wrong === null ? undefined : t('words.wrong', { line: wrong })}
          onChange={(event) => setPairs(event.currentTarget.value)}
        />
      )}
      {kind === 'ngrams' && (
        <Select
          label={t('words.range')}
          data={['1-1', '1-2', '1-3', '2-2', '2-3', '3-3']}
          value={range}
          allowDeselect={false}
          onChange={setRange}
        />
      )}
    </OperationDialog>
  );
}
