/** Chinese for what the engine says of files and corpora: its sentence with {} for each value, and ours with {1}, {2} … */
export const corpora: readonly (readonly [string, string])[] = [
  [
    '{} is a spreadsheet; save its sheet as CSV (UTF-8) there and open that.',
    '{1} 是电子表格；请在表格软件中将工作表另存为 CSV（UTF-8）后再打开。',
  ],
  [
    'No document of {} has any text; name the text column with --text.',
    '{1} 中没有任何文档含有文本；请指定文本列（--text）。',
  ],
  [
    'No row of {} can be read (row {}: {}); check its format.',
    '{1} 中没有可读取的行（第 {2} 行：{3}）；请检查其格式。',
  ],
  [
    'No date of this corpus can be read; write them as 2024-03-05.',
    '该语料中的日期无法读取；请写成 2024-03-05 的形式。',
  ],
  [
    'No document has a class in that column; name another with --column.',
    '该列中没有任何文档有类别；请另选一列（--column）。',
  ],
  ['The column {} is empty; fill in at least some of its values.', '列 {1} 是空的；请至少填写一部分值。'],
  ['The corpus has no column {}; it has {}.', '语料中没有列 {1}；现有的列：{2}。'],
  ['There is no file {}; check the path.', '文件 {1} 不存在；请检查路径。'],
  ["Can't read {}; check the path.", '无法读取 {1}；请检查路径。'],
  ['There is no document in row {}; the last is {}.', '第 {1} 行没有文档；最后一行是 {2}。'],
  ['There is no document in row {}; the last one is {}.', '第 {1} 行没有文档；最后一行是 {2}。'],
  [
    'This corpus has no date column; name one with --date when it is run, or here.',
    '该语料没有日期列；请在运行时（--date）或在此处指定一列。',
  ],
  [
    'This corpus has no label column; name one with --label when it is run, or here.',
    '该语料没有标签列；请在运行时（--label）或在此处指定一列。',
  ],
  [
    'This corpus has no label column; name one with --label when it is run.',
    '该语料没有标签列；请在运行时指定一列（--label）。',
  ],
  [
    '{} could not be read: the disk reports an error; try a copy of it.',
    '无法读取 {1}：磁盘报告错误；请换用副本。',
  ],
  [
    '{} has a header but no rows; give a file with documents.',
    '{1} 只有表头而没有数据行；请提供含有文档的文件。',
  ],
  [
    '{} has no column label or topic (it has {}); name one so.',
    '{1} 没有名为 label 或 topic 的列（现有：{2}）；请将其中一列改成该名称。',
  ],
  [
    '{} has no column that looks like text (its columns are {}); name it with --text.',
    '{1} 中没有像文本的列（现有列：{2}）；请指定文本列（--text）。',
  ],
  ['{} has no column {} for --{}; its columns are {}.', '{1} 中没有列 {2}（用于 --{3}）；现有列：{4}。'],
  ['{} has no rows; give a file with documents.', '{1} 没有数据行；请提供含有文档的文件。'],
  [
    '{} holds more text than fits into memory (row {} passes {} million characters); read a part of it with --sample.',
    '{1} 的文本超出内存（第 {2} 行已超过 {3} 百万字符）；请用抽样（--sample）读取一部分。',
  ],
  [
    '{} holds more text than fits into memory ({} passes {} million characters); give a part of it.',
    '{1} 的文本超出内存（{2} 已超过 {3} 百万字符）；请只提供其中一部分。',
  ],
  [
    '{} holds no text files, but {}; give that file itself, taken out of its archive if it is in one.',
    '{1} 中没有文本文件，但有 {2}：请直接给出该文件；若在压缩包中，请先解压。',
  ],
  [
    '{} is one text file; give a folder of such files, or, if each of its lines is a document, a copy whose name ends in .tsv.',
    '{1} 是单个文本文件；请给出此类文件的文件夹；若每行是一篇文档，请给出文件名以 .tsv 结尾的副本。',
  ],
  [
    '{} holds no text files (.txt, .md or without an extension); give a folder of them, or a CSV, JSONL or Parquet file.',
    '{1} 中没有文本文件（.txt、.md 或无扩展名）；请提供此类文件的文件夹，或 CSV、JSONL、Parquet 文件。',
  ],
  ['{} is a damaged Parquet file; copy or export it again.', '{1} 是损坏的 Parquet 文件；请重新复制或导出。'],
  ['{} is a damaged gzip file; copy or download it again.', '{1} 是损坏的 gzip 文件；请重新复制或下载。'],
  [
    '{} is a damaged or shortened tar archive; copy or download it again.',
    '{1} 是损坏或不完整的 tar 归档；请重新复制或下载。',
  ],
  [
    '{} is a damaged or shortened zip archive; copy or download it again.',
    '{1} 是损坏或不完整的 zip 归档；请重新复制或下载。',
  ],
  ['{} is a folder, not a file; give the file.', '{1} 是文件夹而不是文件；请提供文件。'],
  [
    '{} is a gzip file that is cut short; copy or download it again.',
    '{1} 是不完整的 gzip 文件；请重新复制或下载。',
  ],
  [
    '{} is cut short: {} × {} numbers were promised; copy it again.',
    '{1} 不完整：应有 {2} × {3} 个数；请重新复制。',
  ],
  ['{} is empty; give a file with a header and rows.', '{1} 是空的；请提供含有表头和数据行的文件。'],
  [
    '{} holds several lists ({}); give a file with the one that has the documents.',
    '{1} 中有多个列表（{2}）；请只给出包含文档的那一个。',
  ],
  [
    '{} is one object with a key for each column or document; write it as a list of objects, one a document (in pandas: orient="records").',
    '{1} 是一个对象，每个键对应一列或一篇文档；请写成对象的列表，每篇文档一个（在 pandas 中：orient="records"）。',
  ],
  [
    '{} is empty; give a file with one JSON object a line, or a list of them.',
    '{1} 是空的；请提供每行一个 JSON 对象或由对象组成的列表的文件。',
  ],
  [
    '{} is not a NumPy file (.npy); give one written by numpy.save or moetopic embed.',
    '{1} 不是 NumPy 文件（.npy）；请提供由 numpy.save 或 moetopic embed 写出的文件。',
  ],
  [
    '{} is not a gzip file although its name says so; copy or download it again.',
    '{1} 虽以 gz 为名，却不是 gzip 文件；请重新复制或下载。',
  ],
  [
    '{} is not a kind of file that MoETopic reads; give .csv, .tsv, .jsonl or .json (also .gz), .parquet, a folder of text files, or a .tar.gz or .zip of one.',
    'MoETopic 不能读取 {1} 这类文件；请提供 .csv、.tsv、.jsonl、.json（可为 .gz）、.parquet、文本文件夹，或其 .tar.gz、.zip。',
  ],
  [
    '{} is binary, not text; save it as CSV or JSONL, or name its --encoding.',
    '{1} 是二进制文件，不是文本；请另存为 CSV 或 JSONL，或用 --encoding 指明编码。',
  ],
  [
    '{} is not a whole Parquet file (cut short or of another kind); copy or export it again.',
    '{1} 不是完整的 Parquet 文件（不完整或属于其他类型）；请重新复制或导出。',
  ],
  [
    "{} is refused: an entry's path leads out of the archive ({}); make the archive again.",
    '已拒绝 {1}：其中一项的路径指向归档之外（{2}）；请重新制作归档。',
  ],
  [
    '{} is refused: the path of its entry {} leads out of the archive; make the archive again.',
    '已拒绝 {1}：其中 {2} 的路径指向归档之外；请重新制作归档。',
  ],
  ['{} may not be opened here (permission denied); check its rights.', '无权打开 {1}；请检查其权限。'],
  ['{} may not be read by this user; change its permissions.', '当前用户无权读取 {1}；请更改其权限。'],
  [
    '{}, line {} is neither a JSON string nor an object with a text; repair that line.',
    '{1} 第 {2} 行既不是 JSON 字符串，也不是含文本的对象；请修正该行。',
  ],
  [
    '{}, row {}: the label "{}" is not a topic\'s number; use −1 for outliers.',
    '{1} 第 {2} 行：标签“{3}”不是主题编号；离群请写 −1。',
  ],
  [
    '{}: a row group of this Parquet file does not fit into 1 GB of memory; write it with smaller row groups.',
    '{1}：该 Parquet 文件的一个行组超过 1 GB 内存；请用更小的行组写出。',
  ],
  [
    '{}: download it by hand from {} and give that file, or put it at {}.',
    '{1}：请从 {2} 手动下载并打开该文件，或放到 {3}。',
  ],
  [
    '{}: row {} is longer than {}; split or remove it (a quote that is never closed makes such a row, too).',
    '{1}：第 {2} 行超过 {3}；请拆分或删除（未闭合的引号也会造成这种行）。',
  ],
  ['{}: row {} is longer than {}; split or remove it.', '{1}：第 {2} 行超过 {3}；请拆分或删除。'],
  [
    '{}: row {}, column {} is {}, not a finite number; remove or repair that row.',
    '{1}：第 {2} 行第 {3} 列为 {4}，不是有限数；请删除或修正该行。',
  ],
  ["{}: the header can't be read: {}; repair the first line.", '{1}：无法读取表头：{2}；请修正第一行。'],
  [
    '{}: {} numbers do not make {} rows of {}; give a whole matrix.',
    '{1}：{2} 个数无法组成 {3} 行 × {4} 列；请提供完整的矩阵。',
  ],
  [
    "{} holds {}; MoETopic reads two-dimensional float arrays in C order: save it as np.ascontiguousarray(a, dtype='float32').",
    "{1} 含有 {2}；MoETopic 读取按 C 顺序排列的二维浮点数组：请保存为 np.ascontiguousarray(a, dtype='float32')。",
  ],
  ['The upload has no proper session name.', '上传缺少有效的会话名。'],
  ["The upload's name {} is not a file's name.", '上传的名称 {1} 不是文件名。'],
  ['The upload failed.', '上传失败。'],
  ['The upload of {} was interrupted.', '{1} 的上传被中断。'],
];
