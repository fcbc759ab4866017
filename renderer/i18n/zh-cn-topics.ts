import type { enTopics } from './en-topics.ts';

export const zhCNTopics: Record<keyof typeof enTopics, string> = {
  'color.settled': '颜色：稳定程度',
  'color.consensus': '颜色：多数种子的共识',
  'stability.title': '稳定性：换个随机种子还会找到相同的主题吗？',
  'stability.hint':
    '用保留的嵌入以其他种子（以及您给出的其他设置）重新布局并聚类。每次都出现的主题确实存在于数据中；否则可能只是偶然。查看不会改变任何内容。',
  'stability.seeds': '种子数',
  'stability.sizes': '要尝试的最小主题大小',
  'stability.neighbors': '要尝试的近邻数',
  'stability.neighborsShort': '近邻',
  'stability.asRun': '与本次运行相同',
  'stability.measure': '测量（{{runs}} 次运行）',
  'stability.progress': '稳定性运行的进度',
  'stability.running': '已完成 {{done}} / {{runs}} 次运行',
  'stability.stale': '测量之后主题已改变：请重新测量，或撤销更改以查看当时的结果。',
  'stability.colorSettled': '按文档的稳定程度给地图着色',
  'stability.showUnsettled': '显示 {{count}} 篇不稳定的文档',
  'stability.showConsensus': '显示多数种子归入别处的 {{count}} 篇文档',
  'stability.perTopic': '各主题的稳定性',
  'stability.reappears': '再次出现',
  'stability.jaccard': 'Jaccard 系数',
  'stability.jaccardHint':
    'Jaccard 系数：主题与其最佳匹配共有的文档占两者全部文档的比例；0.5 起视为再次找到，0.75 起视为牢固（Hennig 2007）。',
  'stability.runs': '逐一查看 {{count}} 次运行',
  'stability.runsLabel': '各次运行',
  'stabilityVerdict.none': '没有可查找的主题；请尝试更小的最小主题。',
  'stabilityVerdict.relied':
    '{{topics}} 个主题中有 {{solid}} 个在另外 {{runs}} 次运行中几乎不变地再次出现，且没有一个丢失：可以信赖。',
  'stabilityVerdict.close':
    '{{topics}} 个主题中有 {{solid}} 个在另外 {{runs}} 次运行中几乎不变地再次出现。其他种子未找到的 {{shaky}} 个请谨慎解读或合并：{{names}}。',
  'stabilityVerdict.larger':
    '{{topics}} 个主题中有 {{solid}} 个在另外 {{runs}} 次运行中几乎不变地再次出现，但有 {{shaky}} 个丢失：增大最小主题或近邻数会得到更少、更稳定的主题。',
};
