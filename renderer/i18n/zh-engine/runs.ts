/** Chinese for what the engine says of runs, settings, memory and disks, and for its progress. */
export const runs: readonly (readonly [string, string])[] = [
  [
    'Several files were dropped; drop the folder that holds them, or one file.',
    '拖入了多个文件；请拖入它们所在的文件夹，或只拖入一个文件。',
  ],
  [
    'The engine stops again as soon as it is started; end `moetopic serve`, read what it printed, and start it again.',
    '引擎一启动就停止；请结束 `moetopic serve`，查看其输出后重新启动。',
  ],
  [
    'A broad selection knows neither epsilon nor a single topic; choose --selection eom for those.',
    'broad 选择方式不支持 epsilon 和单一主题；请为此选择 eom。',
  ],
  [
    'A clustering thread ended before its work was done; run it again with --threads 1.',
    '一个聚类线程提前结束；请用单线程重新运行（--threads 1）。',
  ],
  [
    'A layout thread stopped (status {}); free some memory and run again.',
    '一个布局线程已停止（状态 {1}）；请释放内存后重新运行。',
  ],
  [
    'A single document does not fit in memory; give a smaller --max-tokens, close other programs, or choose a smaller model.',
    '单篇文档超出内存；请减小最大词元数（--max-tokens）、关闭其他程序，或选择更小的模型。',
  ],
  [
    'An embedding thread stopped (status {}); free some memory and run again.',
    '一个嵌入线程已停止（状态 {1}）；请释放内存后重新运行。',
  ],
  ['Another run is under way; wait for it or cancel it first.', '另一次运行正在进行；请等待其完成或先取消。'],
  [
    "Clustering needs {} MB in one piece, which this machine can't give; cluster fewer documents or fewer dimensions.",
    '聚类需要 {1} MB 连续内存，本机无法提供；请减少文档数或维数。',
  ],
  [
    'The stop words {} are a folder; give a file with one word a line.',
    '停用词 {1} 是一个文件夹；请提供每行一个词的文件。',
  ],
  [
    'No stop words for {}: it is neither a file nor one of {}; give one of them, or none.',
    '没有 {1} 的停用词：它既不是文件，也不在 {2} 之中；请从中选择，或写 none。',
  ],
  [
    'Not enough memory to work on {}; close other programs and try again.',
    '内存不足，无法处理 {1}；请关闭其他程序后重试。',
  ],
  [
    'Port {} on {} is in use; choose another one with --port.',
    '{2} 的端口 {1} 已被占用；请另选端口（--port）。',
  ],
  [
    'Reducing from an earlier layout: it is {} × {}, not {} × {}; start afresh.',
    '从先前的布局降维：它是 {1} × {2} 而不是 {3} × {4}；请重新开始。',
  ],
  [
    'Reducing with labels: {} labels for {} documents; give one each, −1 where it is unknown.',
    '带标签降维：{2} 篇文档却有 {1} 个标签；请每篇一个，未知写 −1。',
  ],
  [
    "Searching neighbours needs {} MB at once, which this machine doesn't give; free memory or use fewer documents (--sample).",
    '搜索近邻一次需要 {1} MB，本机无法提供；请释放内存或减少文档（--sample）。',
  ],
  ['The clustering engine {} failed; choose --clusterer hdbscan.', '聚类引擎 {1} 失败；请选择 hdbscan。'],
  [
    'The clustering is of {} documents, but {} rows were given; give the rows that were clustered.',
    '聚类含 {1} 篇文档，却给出了 {2} 行；请给出已聚类的行。',
  ],
  [
    'The disk is full: {} was left as it was; free some space and go on.',
    '磁盘已满：{1} 保持原样；请腾出空间后继续。',
  ],
  [
    'The disk is full: {} was not fetched; free some space and try again.',
    '磁盘已满：未能获取 {1}；请腾出空间后重试。',
  ],
  [
    'The disk is full: {} was not written; free some space and run it again.',
    '磁盘已满：未能写入 {1}；请腾出空间后重新运行。',
  ],
  ['The engine got a message that it does not know.', '引擎收到了无法识别的消息。'],
  [
    'The engine hdbscan-ts takes at most {} documents, not {}, because it compares all pairs; choose --clusterer hdbscan.',
    'hdbscan-ts 需比较所有文档对，最多处理 {1} 篇而不是 {2} 篇；请选择 hdbscan。',
  ],
  [
    'The environment variable MOETOPIC_CACHE says where the cache is; unset it to choose a folder here.',
    '缓存位置由环境变量 MOETOPIC_CACHE 指定；取消设置后才能在此选择。',
  ],
  [
    'The matrix to cluster has {} rows and {} columns; give at least one of each.',
    '待聚类的矩阵有 {1} 行 {2} 列；至少各需一个。',
  ],
  [
    "The server can't listen on {}:{} ({}); choose another --host or --port.",
    '服务器无法监听 {1}:{2}（{3}）；请另选地址或端口。',
  ],
  [
    'The window is not built in {}; run `npm run build` first.',
    '{1} 中没有构建好的窗口；请先运行 `npm run build`。',
  ],
  [
    'There is no parameter called {}; see moetopic run --help.',
    '没有名为 {1} 的参数；见“帮助”中的参数说明。',
  ],
  [
    "k-means can't make {} topics of {} documents; ask for at most {} with --topics.",
    'k-means 无法将 {2} 篇文档分成 {1} 个主题；最多可指定 {3} 个。',
  ],
  [
    'umap-js stopped (status {}); choose --reducer umap, which needs less memory.',
    'umap-js 已停止（状态 {1}）；请选择所需内存更少的 umap。',
  ],
  [
    "{} can't be the cache: {}; choose a folder that may be written to.",
    '{1} 不能用作缓存：{2}；请选择可写的文件夹。',
  ],
  [
    '{} is no whole path; name the cache folder from the root or the drive on.',
    '{1} 不是完整路径；请从根目录或盘符开始填写缓存文件夹。',
  ],
  [
    'The connection to the server was lost; start `moetopic serve` again or wait.',
    '与服务器的连接已断开；请重新启动 `moetopic serve` 或稍候。',
  ],
  [
    'The engine stopped unexpectedly and was started again; run it again.',
    '引擎意外停止并已重新启动；请重新运行。',
  ],
  ['That file was not exported here.', '该文件不是在此导出的。'],
  ['Cancelled.', '已取消。'],
  // Progress.
  ['documents', '篇'],
  ['epochs', '轮'],
  ['texts', '段'],
  ['rounds', '轮'],
  ['Reading the file', '读取文件'],
  ['Looking at the encoding', '识别编码'],
  ['Reading the rows', '读取各行'],
  ['Reading the folder', '读取文件夹'],
  ['Reading the archive', '读取归档'],
  ['{} files', '{1} 个文件'],
  ['{}, {} of {} files', '{1}，第 {2} 个文件，共 {3} 个'],
  ['Naming topics: {} of {}', '命名主题：第 {1} 个，共 {2} 个'],
  ['Run {} of {}', '第 {1} 次运行，共 {2} 次'],
  ['Topics of at least {}', '最小主题 {1} 篇'],
  ['Topics by {}', '按 {1} 得到的主题'],
  ['Fetching {}', '获取 {1}'],
  ['{} of {} documents embedded{}', '已嵌入 {1} / {2} 篇文档{3}'],
  ['{} of {} texts traced', '已追踪 {1} / {2} 段文本'],
  ['Writing the weights', '写入权重'],
  ['kept from before', '沿用已有结果'],
  ['Topics chosen', '已选出主题'],
  ['Finding nearest neighbours', '寻找近邻'],
  ['Finding nearest known documents', '寻找最近的已有文档'],
  ['Layout, epoch {} of {}', '布局，第 {1} 轮，共 {2} 轮'],
  ['Placing, epoch {} of {}', '放置新文档，第 {1} 轮，共 {2} 轮'],
  ['Core distances', '计算核心距离'],
  ['Spanning tree', '构建生成树'],
  ['Condensed tree', '压缩聚类树'],
  ['Counting words: document {} of {}', '统计词频：第 {1} 篇文档，共 {2} 篇'],
  ['k-means, start {} of {}, round {}', 'k-means，第 {1} 次初始化（共 {2} 次），第 {3} 轮'],
  ['hdbscan-ts compares all pairs', 'hdbscan-ts 正在比较所有文档对'],
];
