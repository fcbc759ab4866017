/** Sentences of the views that work on topics: a part of the English catalogue. */
export const enTopics = {
  'color.settled': 'Colour: how settled',
  'color.consensus': 'Colour: consensus of seeds',
  'stability.title': 'Stability: would other seeds find the same topics?',
  'stability.hint':
    'The kept embeddings are laid out and clustered again with other seeds, and with other settings if you name some. A topic that comes back each time is in the data; one that does not may be chance. Nothing is changed by looking.',
  'stability.seeds': 'Seeds',
  'stability.sizes': 'Smallest topic sizes to try',
  'stability.neighbors': 'Neighbours to try',
  'stability.neighborsShort': 'Neighbours',
  'stability.asRun': 'as in the run',
  'stability.measure': 'Measure ({{runs}} runs)',
  'stability.progress': 'Progress of the stability runs',
  'stability.running': '{{done}} of {{runs}} runs done',
  'stability.stale':
    'The topics have changed since they were measured: measure again, or undo the change to see what was found.',
  'stability.colorSettled': 'Colour the map by how settled documents are',
  'stability.showUnsettled': 'Show {{count}} unsettled documents',
  'stability.showConsensus': 'Show {{count}} documents that most seeds put elsewhere',
  'stability.perTopic': 'Stability of each topic',
  'stability.reappears': 'Comes back',
  'stability.jaccard': 'Jaccard',
  'stability.jaccardHint':
    'Jaccard: documents that a topic and its best match have in common, as a share of all that either has; from 0.5 on a topic counts as found again, from 0.75 on it is solid (Hennig 2007).',
  'stability.runs': 'The {{count}} runs, one by one',
  'stability.runsLabel': 'Runs',
  'stabilityVerdict.none': 'There are no topics to look for; try a smaller smallest topic.',
  'stabilityVerdict.relied':
    '{{solid}} of {{topics}} topics came back nearly unchanged in {{runs}} more runs, and none got lost: they can be relied on.',
  'stabilityVerdict.close':
    '{{solid}} of {{topics}} topics came back nearly unchanged in {{runs}} more runs. Read with care, or merge, what other seeds do not find ({{shaky}}): {{names}}.',
  'stabilityVerdict.larger':
    '{{solid}} of {{topics}} topics came back nearly unchanged in {{runs}} more runs, but {{shaky}} got lost: a larger smallest topic, or more neighbours, gives fewer and steadier ones.',
} as const;
