/** Chinese for what the engine says of projects, topics and their figures. */
export const projects: readonly (readonly [string, string])[] = [
  [
    'This project’s topics come from k-means, which knows no smallest size of a topic; run it again with another --topics.',
    '该项目的主题来自 k-means，没有最小主题的概念；请用其他主题数（--topics）重新运行。',
  ],
  [
    'The model of this project is a dense one: it has no experts to look at.',
    '该项目的模型是稠密模型：没有可查看的专家。',
  ],
  ['There is no expert {}; the last one is {}.', '没有专家 {1}；最后一个是 {2}。'],
  [
    'Nothing was predicted in this window yet; predict topics of new documents first.',
    '此窗口中还没有预测；请先为新文档预测主题。',
  ],
  [
    'This project has no layout of its documents or a single topic, so there is nothing to repeat.',
    '该项目没有文档布局或只有一个主题，因此没有可重复的内容。',
  ],
  [
    'This project embeds documents by its own model; leave --embeddings out, so that the new ones are embedded alike.',
    '该项目用自己的模型嵌入文档；请去掉 --embeddings，以便新文档以同样方式嵌入。',
  ],
  [
    'This project was run with given embeddings, so new documents can’t be embedded in the same way; give theirs with --embeddings FILE.npy.',
    '该项目使用现成的嵌入运行，因此无法以同样方式嵌入新文档；请用 --embeddings FILE.npy 提供它们的嵌入。',
  ],
  [
    '{} has {} rows of {} numbers; the new documents need {} rows of {}, as the project’s have.',
    '{1} 有 {2} 行，每行 {3} 个数；新文档需要 {4} 行，每行 {5} 个，与项目一致。',
  ],
  [
    'A comparison needs two variants; name more embeddings or models.',
    '比较至少需要两种方案；请选择更多嵌入或模型。',
  ],
  ['A hierarchy needs a distance between each two topics.', '层次结构需要每两个主题之间的距离。'],
  [
    'A merge needs at least two different topics; name them as in 3,7.',
    '合并至少需要两个不同的主题；请像 3,7 这样指定。',
  ],
  ['A merge of groups needs a group of at least two topics.', '按组合并时，每组至少需要两个主题。'],
  [
    'All documents of this project are equal; there is nothing to predict from.',
    '该项目的所有文档都相同；无从预测。',
  ],
  [
    "Can't compare topics of {} documents with topics of {}; both must be of one corpus.",
    '无法将 {1} 篇文档的主题与 {2} 篇的主题比较；两者须来自同一语料。',
  ],
  [
    "Can't compare {} labels with {}; give one of each for every document.",
    '无法将 {1} 个标签与 {2} 个比较；请为每篇文档各给一个。',
  ],
  ["Can't read {}; is it a whole BERTopic model?", '无法读取 {1}；它是完整的 BERTopic 模型吗？'],
  [
    "Can't take over {} from a process that is gone; delete that file.",
    '无法从已结束的进程接管 {1}；请删除该文件。',
  ],
  [
    'Embeddings given in a file have no hidden states and routing weights; embed the corpus with a model.',
    '由文件提供的嵌入没有隐藏状态和路由权重；请用模型嵌入该语料。',
  ],
  [
    'Keywords by embedding need the documents’ embedding; run the embedding first, or choose ctfidf.',
    '按嵌入选关键词需要文档的嵌入；请先嵌入，或选择 ctfidf。',
  ],
  [
    'Keywords by embedding: words have {} dimensions and documents {}; embed both with the same model and settings.',
    '按嵌入选关键词：词为 {1} 维而文档为 {2} 维；请用相同的模型和设置嵌入。',
  ],
  [
    "Keywords by {} need the run's model to embed words, and there is none here; choose ctfidf.",
    '按 {1} 选关键词需要用运行的模型嵌入词，而此处没有该模型；请选择 ctfidf。',
  ],
  [
    'Keywords: {} labels for {} documents; give one label for each document.',
    '关键词：{2} 篇文档却有 {1} 个标签；请为每篇文档给一个标签。',
  ],
  ['Name the model that the endpoint should use.', '请填写该端点应使用的模型。'],
  [
    'New documents can be placed only in a project that was reduced and clustered by hdbscan.',
    '只有经过降维并由 hdbscan 聚类的项目才能放入新文档。',
  ],
  [
    'New documents have {} columns, the clustered ones {}; reduce them with the same model.',
    '新文档有 {1} 列，已聚类的有 {2} 列；请用相同的模型降维。',
  ],
  ['No project is open; open one or run a corpus first.', '没有打开的项目；请先打开项目或运行语料。'],
  [
    'Nothing is selected; select documents on the map or in the list first.',
    '没有选择任何内容；请先在地图上或列表中选择文档。',
  ],
  [
    'One embedding comes from a model and the other from a file; use the same kind for both.',
    '一个嵌入来自模型，另一个来自文件；两者请用同一种。',
  ],
  [
    'Only {} of {} variants can be made ({}); add a mixture-of-experts model.',
    '{2} 种方案中只能生成 {1} 种（{3}）；请添加混合专家模型。',
  ],
  [
    'Plotly is missing from this installation, so no HTML can be written; install MoETopic again.',
    '此安装缺少 Plotly，无法写出 HTML；请重新安装 MoETopic。',
  ],
  ['Splitting topic {}: {} labels for {} documents.', '拆分主题 {1}：{3} 篇文档却有 {2} 个标签。'],
  [
    'Stability needs at least one more run; ask for a seed or more.',
    '稳定性至少还需要一次运行；请至少给一个种子。',
  ],
  [
    'Stability needs at least one more run; ask for two seeds or more.',
    '稳定性至少还需要一次运行；请给两个或更多种子。',
  ],
  [
    'The model counts phrases of {} words; MoETopic counts up to 3.',
    '该模型统计 {1} 个词的短语；MoETopic 最多统计 3 个。',
  ],
  [
    'The new embeddings have {} columns, the kept ones {}; embed them with the same model and settings.',
    '新嵌入有 {1} 列，已保存的有 {2} 列；请用相同的模型和设置嵌入。',
  ],
  ['The project has no fitted state to go back to; run it again.', '项目没有可恢复的状态；请重新运行。'],
  [
    'The project holds no embedding; run it again with --overwrite.',
    '项目中没有嵌入；请重新运行（--overwrite）。',
  ],
  [
    'The project keeps no coordinates to cluster; run it again with --overwrite.',
    '项目中没有可聚类的坐标；请重新运行（--overwrite）。',
  ],
  [
    "The projects' embeddings have {} and {} dimensions; merge projects made with the same model and settings.",
    '两个项目的嵌入分别为 {1} 维和 {2} 维；请合并用相同模型和设置生成的项目。',
  ],
  [
    'The project’s embedding is incomplete; run it again with --overwrite.',
    '项目的嵌入不完整；请重新运行（--overwrite）。',
  ],
  ["The regular expression {} can't be read: {}.", '正则表达式 {1} 无法解析：{2}。'],
  [
    'The two embeddings differ in {}; run both corpora with the same model and settings.',
    '两个嵌入的 {1} 不同；请用相同的模型和设置运行两个语料。',
  ],
  [
    'The two embeddings have {} and {} dimensions; use the same model for both.',
    '两个嵌入分别为 {1} 维和 {2} 维；请使用同一模型。',
  ],
  [
    'Operation {} of {} ({}) does not fit this project, so none was done: {}',
    '第 {1} 个操作（共 {2} 个：{3}）不适用于该项目，因此一个也没有执行：{4}',
  ],
  ['There are {} topics already; ask for fewer than {}.', '现已只有 {1} 个主题；请指定少于 {2} 个。'],
  ['There are no two topics that could be merged.', '没有两个可以合并的主题。'],
  ['There is no figure {}; the figures are {}.', '没有图表 {1}；可用的图表：{2}。'],
  ['There is no operation to undo.', '没有可撤销的操作。'],
  ['There is no operation {} on topics; the operations are {}.', '没有对主题的操作 {1}；可用的操作：{2}。'],
  ['The operation {} can’t take this {}: {}.', '操作 {1} 不接受这样的 {2}：{3}。'],
  ['There is no project at {}; check the path.', '{1} 处没有项目；请检查路径。'],
  ['There is no representation {}; there are {}.', '没有表示方法 {1}；可用的有 {2}。'],
  [
    'There is no topic {}; look at the list of topics for those that there are.',
    '没有主题 {1}；请在主题列表中查看现有主题。',
  ],
  ['There is no topic {}{}.', '没有主题 {1}{2}。'],
  ['There is no undone operation to redo.', '没有可重做的操作。'],
  ['There is nothing to redo.', '没有可重做的操作。'],
  ['There is nothing to undo.', '没有可撤销的操作。'],
  [
    'This project has no condensed tree: it was not clustered by hdbscan.',
    '该项目没有凝聚树：它不是由 hdbscan 聚类的。',
  ],
  [
    'This project has no embedding; choose ctfidf or distribution.',
    '该项目没有嵌入；请选择 ctfidf 或 distribution。',
  ],
  ['This project has no embedding; compare topics by ctfidf.', '该项目没有嵌入；请按 ctfidf 比较主题。'],
  [
    'This project was imported without its texts, so words can’t be counted anew; import it again with --corpus.',
    '该项目导入时没有文本，无法重新统计词语；请带语料重新导入（--corpus）。',
  ],
  [
    'This project was run with given embeddings, so a sentence can’t be embedded in the same way.',
    '该项目使用现成的嵌入运行，因此无法以同样方式嵌入句子。',
  ],
  [
    'This project was run with given embeddings, so new documents can’t be embedded in the same way.',
    '该项目使用现成的嵌入运行，因此无法以同样方式嵌入新文档。',
  ],
  [
    'This project was run with given embeddings, so no experts were seen.',
    '该项目使用现成的嵌入运行，因此没有专家信息。',
  ],
  [
    'This project’s topics were not found by clustering, so there is nothing to repeat.',
    '该项目的主题不是由聚类得到的，因此没有可重复的内容。',
  ],
  [
    'This project has no soft membership, which only topics have that hdbscan found among all documents of a run; choose embedding, ctfidf or distribution.',
    '此项目没有软隶属度：只有 hdbscan 在一次运行的全部文档中找到的主题才有；请选择 embedding、ctfidf 或 distribution。',
  ],
  [
    'Topic {} does not fall into parts with these parameters; try a smaller minimum topic size.',
    '按这些参数，主题 {1} 无法再拆分；请试用更小的最小主题。',
  ],
  [
    'No topic of at least {} documents is found among {}; give a smaller size.',
    '在 {2} 篇文档中找不到至少 {1} 篇的主题；请指定更小的规模。',
  ],
  [
    'Topic {} is in two groups; a topic can be merged into one only.',
    '主题 {1} 同时在两个组中；每个主题只能并入一组。',
  ],
  [
    'Topics are either given by a column or found by their names; leave one of the two out.',
    '主题要么由列给出，要么按名称寻找；请去掉其中之一。',
  ],
  [
    'Topics made by {} have no condensed tree to place new documents in; cluster with --clusterer hdbscan.',
    '由 {1} 得到的主题没有可放入新文档的凝聚树；请用 hdbscan 聚类（--clusterer hdbscan）。',
  ],
  ["{} can't be opened on {}: {}", '{1} 无法在 {2} 上打开：{3}'],
  [
    '{} exists and is no model folder; choose another place for the converted model.',
    '{1} 已存在且不是模型文件夹；请为转换后的模型另选位置。',
  ],
  [
    '{} has project format {} and this MoETopic reads up to {}; update it to open the project.',
    '{1} 的项目格式为 {2}，此版本最高支持 {3}；请更新 MoETopic 后再打开。',
  ],
  [
    '{} has {} documents and the model was fitted on {}; give the same documents in the same order.',
    '{1} 有 {2} 篇文档，而模型基于 {3} 篇；请以相同顺序提供相同的文档。',
  ],
  [
    '{} has {} labels for {} documents; give one row a document, in their order.',
    '{1} 有 {2} 个标签，而文档有 {3} 篇；请按顺序每篇一行。',
  ],
  [
    '{} has {} rows and the corpus {} documents; give one row a document, in the corpus’ order.',
    '{1} 有 {2} 行，而语料有 {3} 篇文档；请按语料顺序每篇一行。',
  ],
  [
    '{} have to be embedded like the documents, whose embeddings were given; run with a model, or leave them out.',
    '{1} 须与文档以同样方式嵌入，而文档的嵌入是现成的；请用模型运行，或将其去掉。',
  ],
  [
    '{} have {} dimensions and the documents {}; embed both with the same model and settings.',
    '{1} 为 {2} 维而文档为 {3} 维；请用相同的模型和设置嵌入。',
  ],
  [
    '{} holds no BERTopic model (topics.json is missing); save it with model.save(folder, serialization="safetensors", save_ctfidf=True).',
    '{1} 中没有 BERTopic 模型（缺少 topics.json）；请用 model.save(folder, serialization="safetensors", save_ctfidf=True) 保存。',
  ],
  [
    '{} holds no finished run yet; run the same corpus into its folder again to go on.',
    '{1} 中还没有完成的运行；请将同一语料再次运行到该文件夹以继续。',
  ],
  [
    '{} holds results already; choose another --out, or add --overwrite.',
    '{1} 中已有结果；请另选输出位置，或允许覆盖（--overwrite）。',
  ],
  [
    '{} holds results without their project; choose another --out, or add --overwrite.',
    '{1} 中有结果但没有项目；请另选输出位置，或允许覆盖（--overwrite）。',
  ],
  [
    '{} holds the results of another run (other corpus, parameters or seed); choose another --out, or add --overwrite.',
    '{1} 中是另一次运行的结果（语料、参数或种子不同）；请另选输出位置，或允许覆盖（--overwrite）。',
  ],
  [
    '{} is a DuckDB database but not a MoETopic project; choose a file written by MoETopic.',
    '{1} 是 DuckDB 数据库，但不是 MoETopic 项目；请选择由 MoETopic 写出的文件。',
  ],
  [
    '{} is a folder, not a project; choose a .moetopic file.',
    '{1} 是文件夹而不是项目；请选择 .moetopic 文件。',
  ],
  [
    "{} is damaged and can't be read; restore it from a copy or run again.",
    '{1} 已损坏，无法读取；请从副本恢复或重新运行。',
  ],
  [
    '{} is no address of an endpoint; give one such as http://localhost:11434/v1.',
    '{1} 不是端点地址；请填写如 http://localhost:11434/v1 的地址。',
  ],
  [
    '{} is not a MoETopic project; choose a file written by MoETopic.',
    '{1} 不是 MoETopic 项目；请选择由 MoETopic 写出的文件。',
  ],
  ['{} is not as BERTopic writes it: {}.', '{1} 与 BERTopic 写出的格式不符：{2}。'],
  [
    '{} is open in another process (process id {}); close it there, or wait until it is done.',
    '{1} 正被另一个进程打开（进程号 {2}）；请在那里关闭，或等待其完成。',
  ],
  [
    '{} labels for {} clustered documents; give one for each.',
    '{2} 篇已聚类的文档却有 {1} 个标签；请每篇给一个。',
  ],
  [
    '{} runs are more than {}; ask for fewer seeds or a smaller grid.',
    '{1} 次运行超过上限 {2}；请减少种子数或缩小网格。',
  ],
  ['{} should hold one vector for each of {} topics.', '{1} 应为 {2} 个主题各含一个向量。'],
  ['{} was closed; open it again.', '{1} 已关闭；请重新打开。'],
  ['{} was fitted on no documents; there is nothing to import.', '{1} 没有基于任何文档；没有可导入的内容。'],
  [
    '{} was opened for reading only; open it for writing to change it.',
    '{1} 以只读方式打开；要修改请以可写方式打开。',
  ],
  [
    '{} was written by a newer MoETopic; update this one to open it.',
    '{1} 由更新版本的 MoETopic 写出；请更新后再打开。',
  ],
  ['{}: no two topics are alike enough; nothing was changed.', '{1}：没有足够相似的两个主题；未作任何更改。'],
  [
    '{}: {} × {} weights for {} topics and {} terms; save the model again.',
    '{1}：{4} 个主题和 {5} 个词却有 {2} × {3} 个权重；请重新保存模型。',
  ],
];
