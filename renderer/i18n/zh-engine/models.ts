/** Chinese for what the engine says of models, checkpoints and the hub. */
export const models: readonly (readonly [string, string])[] = [
  [
    'config.json asks for rotary positions of type {}, which MoETopic does not compute for this kind of model.',
    'config.json 要求类型为 {1} 的旋转位置编码，MoETopic 不会为此类模型计算它。',
  ],
  [
    "config.json asks for group_limited_greedy, but n_group {} and topk_group {} don't divide {} experts into groups; the file is damaged.",
    'config.json 要求 group_limited_greedy，但 n_group {1} 与 topk_group {2} 无法将 {3} 个专家分组；文件已损坏。',
  ],
  [
    'config.json sets {} to {}, which MoETopic does not compute; of this kind of model it reads those {}.',
    'config.json 将 {1} 设为 {2}，MoETopic 不支持；此类模型中可读取的是 {3}。',
  ],
  [
    '--layers {}: the layers with routers are {}; name some of them.',
    '--layers {1}：含路由器的层为 {2}；请从中选择。',
  ],
  [
    '--prompt {} has no {text}; write none, prompteol, paper, or a sentence with {text} where the document belongs.',
    '--prompt {1} 中没有 {text}；请写 none、prompteol、paper，或在文档位置含 {text} 的句子。',
  ],
  [
    'HF_TOKEN is no token of the hub: they begin with hf_; correct it or unset it.',
    'HF_TOKEN 不是 Hub 的令牌（应以 hf_ 开头）；请更正或取消设置。',
  ],
  [
    'Tensor {} has the shape [{}], but config.json asks for [{}]; the two do not belong together.',
    '张量 {1} 的形状为 [{2}]，而 config.json 要求 [{3}]；二者不匹配。',
  ],
  [
    'Tensor {} is {} [{}], but config.json asks for U8 [{}]; the two do not belong together.',
    '张量 {1} 为 {2} [{3}]，而 config.json 要求 U8 [{4}]；二者不匹配。',
  ],
  [
    'The checkpoint has no tensor {}, which its MXFP4 experts need; the download is incomplete.',
    '检查点缺少 MXFP4 专家所需的张量 {1}；下载不完整。',
  ],
  [
    'The checkpoint has no tensor {}, which its config.json needs; the download is incomplete or the model is of another kind.',
    '检查点缺少 config.json 所需的张量 {1}；下载不完整，或属于其他类型的模型。',
  ],
  [
    'The checkpoint is quantised with {}, which MoETopic does not read (quantization_config: {}); download the original model, MoETopic quantises it itself.',
    '该检查点以 {1} 量化，MoETopic 无法读取（quantization_config：{2}）；请下载原始模型，MoETopic 会自行量化。',
  ],
  [
    'The converted model needs {} GB on the disk of {}, which has {} GB free; free some space or choose another place.',
    '转换后的模型需要 {2} 所在磁盘 {1} GB，现余 {3} GB；请腾出空间或另选位置。',
  ],
  [
    'The disk filled up while {} was written; free some space and convert again, it goes on where it stopped.',
    '写入 {1} 时磁盘已满；请腾出空间后重新转换，会从中断处继续。',
  ],
  [
    "The hub gives no checksum or size for {} of {}, so it can't be verified; nothing was downloaded.",
    'Hub 未给出 {2} 中 {1} 的校验和或大小，无法验证；未下载任何内容。',
  ],
  [
    'The hub gives {} bytes of {} where {} were asked for; try again.',
    'Hub 返回了 {2} 的 {1} 字节，而请求的是 {3} 字节；请重试。',
  ],
  [
    "The hub gives {} only as a whole, so what it holds can't be told beforehand.",
    'Hub 只能整体提供 {1}，因此无法预先得知其内容。',
  ],
  ['The hub names no commit of {}; check HF_ENDPOINT.', 'Hub 没有给出 {1} 的提交；请检查 HF_ENDPOINT。'],
  ['The hub {} answers {} for {}; try again later.', 'Hub {1} 对 {3} 返回 {2}；请稍后重试。'],
  [
    "The hub {} can't be reached ({}): check the connection, or copy the model's folder here from a machine that has one and add that.",
    '无法连接 Hub {1}（{2}）：请检查网络，或从联网的机器复制模型文件夹后添加。',
  ],
  [
    'The hub {} leads to {} for its list of files; nothing was fetched from there.',
    'Hub {1} 将文件列表指向 {2}；未从那里获取任何内容。',
  ],
  [
    "The hub's list of files of {} names {}, which is no plain path inside a model; nothing was downloaded.",
    'Hub 上 {1} 的文件列表含有 {2}，它不是模型内的普通路径；未下载任何内容。',
  ],
  [
    "The model has {} layers, so {} can't be kept; ask for 1 to {}.",
    '该模型有 {1} 层，无法保留 {2} 层；请指定 1 到 {3}。',
  ],
  [
    'There is another model called {} on this machine{}; remove it first with moetopic models remove {}.',
    '本机已有另一个名为 {1} 的模型{2}；请先移除（moetopic models remove {3}）。',
  ],
  [
    'There is no model {} on this machine; moetopic models list names those that are.',
    '本机没有模型 {1}；请在“模型”中查看现有模型。',
  ],
  [
    'There is no model {} on this machine; moetopic models list shows them.',
    '本机没有模型 {1}；请在“模型”中查看现有模型。',
  ],
  [
    'There is no model {}: it is neither a folder with a moetopic.json nor one of {}; add it with moetopic models add.',
    '没有模型 {1}：它既不是含 moetopic.json 的文件夹，也不在 {2} 之中；请先添加（moetopic models add）。',
  ],
  [
    'config.json asks for rotary positions of type {}, which MoETopic does not know; it knows default, linear, dynamic, yarn, longrope and llama3.',
    'config.json 要求 {1} 类型的旋转位置，MoETopic 不支持；支持 default、linear、dynamic、yarn、longrope 和 llama3。',
  ],
  [
    'config.json asks for the activation {}, which MoETopic does not know; it knows {}.',
    'config.json 要求激活函数 {1}，MoETopic 不支持；支持 {2}。',
  ],
  [
    'config.json asks for {} experts a token but there are only {}; the file is damaged.',
    'config.json 要求每个词元 {1} 个专家，但只有 {2} 个；文件已损坏。',
  ],
  [
    'config.json asks for {} experts a token, but SparseMixer chooses 2; the file is damaged.',
    'config.json 要求每个词元 {1} 个专家，而 SparseMixer 只选 2 个；文件已损坏。',
  ],
  [
    'config.json asks for {} {} layers; OpenMoE\'s are gated "swiglu".',
    'config.json 要求 {1} {2} 层；OpenMoE 的应为带门控的 "swiglu"。',
  ],
  ['config.json names no dense_act_fn; the file is damaged.', 'config.json 没有 dense_act_fn；文件已损坏。'],
  [
    "config.json names no model_type, so the kind of model can't be told; it should be one of {}.",
    'config.json 没有 model_type，无法判断模型类型；应为 {1} 之一。',
  ],
  [
    'config.json sets add_weight_norm, which MoETopic does not compute; no published LLaMA-MoE has it.',
    'config.json 设置了 add_weight_norm，MoETopic 不支持；已发布的 LLaMA-MoE 均未使用。',
  ],
  [
    'config.json sets prenorm, use_rms_norm or causal, which no published nomic-embed-text has and MoETopic does not compute.',
    'config.json 设置了 prenorm、use_rms_norm 或 causal，已发布的 nomic-embed-text 均未使用，MoETopic 也不支持。',
  ],
  [
    'config.json: hidden_size {} is no multiple of num_attention_heads {}; the file is damaged.',
    'config.json：hidden_size {1} 不是 num_attention_heads {2} 的整数倍；文件已损坏。',
  ],
  [
    'config.json: longrope needs short_factor and long_factor of {} numbers each, but they have {} and {}.',
    'config.json：longrope 的 short_factor 与 long_factor 各需 {1} 个数，实际为 {2} 和 {3} 个。',
  ],
  [
    'config.json: rope_parameters.{}: {}; the file is damaged or of an unknown kind.',
    'config.json：rope_parameters.{1}：{2}；文件已损坏或类型未知。',
  ],
  [
    "config.json: {} attention heads can't share {} key-value heads evenly; the file is damaged.",
    'config.json：{1} 个注意力头无法平分 {2} 个键值头；文件已损坏。',
  ],
  [
    'config.json: {}: {}; it is damaged or of another kind of model.',
    'config.json：{1}：{2}；文件已损坏或属于其他类型的模型。',
  ],
  [
    'model_type {} is not a kind of model that MoETopic reads; the nearest it does are {}.',
    'MoETopic 不能读取 model_type 为 {1} 的模型；最接近的支持类型为 {2}。',
  ],
  ["{} can't be opened: {}", '无法打开 {1}：{2}'],
  [
    "{} can't be read as JSON; convert or download the model again.",
    '{1} 不是可读的 JSON；请重新转换或下载模型。',
  ],
  ["{} can't be read; convert or download the model again.", '无法读取 {1}；请重新转换或下载模型。'],
  [
    '{} describes a tensor in a way that is not understood; save it as safetensors.',
    '{1} 以无法理解的方式描述张量；请保存为 safetensors。',
  ],
  [
    '{} does not accept the token in HF_TOKEN; make a new one or unset it.',
    '{1} 不接受 HF_TOKEN 中的令牌；请新建令牌或取消设置。',
  ],
  [
    "{} doesn't run on {} here ({}); choose --device auto or cpu.",
    '{1} 在此处无法于 {2} 上运行（{3}）；请选择设备 auto 或 cpu。',
  ],
  [
    '{} ended in the middle of tensor {}; it changed while it was read.',
    '{1} 在张量 {2} 中间结束；读取期间文件发生了变化。',
  ],
  [
    '{} has neither tokenizer.json nor tokenizer.model; choose a repository that has one.',
    '{1} 既没有 tokenizer.json 也没有 tokenizer.model；请选择含有其一的仓库。',
  ],
  [
    '{} has neither tokenizer.json nor tokenizer.model; download the whole model.',
    '{1} 既没有 tokenizer.json 也没有 tokenizer.model；请下载完整的模型。',
  ],
  [
    "{} has no config.json, so it can't be told what kind of model it is; choose another.",
    '{1} 没有 config.json，无法判断模型类型；请换一个。',
  ],
  [
    '{} has no data/{}, which a tensor needs; download it again.',
    '{1} 缺少张量所需的 data/{2}；请重新下载。',
  ],
  ['{} has no model {} that {}: check the name{}.', '{1} 上没有{3}的模型 {2}：请检查名称{4}。'],
  [
    '{} has no revision {}; leave @revision out for its newest.',
    '{1} 没有修订版 {2}；省略 @revision 即取最新版。',
  ],
  ['{} has no weight_map; download it again.', '{1} 没有 weight_map；请重新下载。'],
  [
    '{} has no {}, which its {} names; choose another revision.',
    '{1} 缺少 {3} 中提到的 {2}；请选择其他修订版。',
  ],
  ['{} has no {}; download the whole model.', '{1} 缺少 {2}；请下载完整的模型。'],
  [
    '{} has the element type {}, which MoETopic does not know; it reads {}.',
    '{1} 的元素类型为 {2}，MoETopic 不支持；支持 {3}。',
  ],
  ['{} has the offsets {}, which are not two positions.', '{1} 的偏移 {2} 不是两个位置。'],
  ['{} has the shape {}, which is not a list of sizes.', '{1} 的形状 {2} 不是大小的列表。'],
  [
    "{} has {} bytes; more than {} are not read: this is no model's {}.",
    '{1} 有 {2} 字节，超过可读取的 {3}：这不是模型的 {4}。',
  ],
  [
    '{} holds no data.pkl, so torch.save did not write it; download it again.',
    '{1} 中没有 data.pkl，不是由 torch.save 写出的；请重新下载。',
  ],
  [
    '{} holds no dictionary of tensors; save it as safetensors.',
    '{1} 中不是张量字典；请保存为 safetensors。',
  ],
  [
    '{} holds no model.safetensors and no pytorch_model.bin (nor their shards){}; choose a repository in the format of transformers.',
    '{1} 中没有 model.safetensors 或 pytorch_model.bin（及其分片）{2}；请选择 transformers 格式的仓库。',
  ],
  [
    '{} is a dense model without routers; choose --embedding hs.',
    '{1} 是没有路由器的稠密模型；请选择嵌入 hs。',
  ],
  ['{} is a dense model: it has no experts to look at.', '{1} 是稠密模型：没有可查看的专家。'],
  [
    '{} is a view with strides [{}] of another; save the model as safetensors.',
    '{1} 是另一张量的步长视图 [{2}]；请将模型保存为 safetensors。',
  ],
  ['{} is bundled and can’t be removed.', '{1} 为自带模型，不能移除。'],
  [
    '{} is cut short or no SentencePiece model; download it again.',
    '{1} 不完整或不是 SentencePiece 模型；请重新下载。',
  ],
  ['{} is damaged; download it again.', '{1} 已损坏；请重新下载。'],
  ['{} is no SentencePiece model; download it again.', '{1} 不是 SentencePiece 模型；请重新下载。'],
  [
    '{} is no checkpoint: it is neither a folder with a config.json nor a model on the Hugging Face hub, written owner/name; moetopic models list names some.',
    '{1} 不是检查点：它既不是含 config.json 的文件夹，也不是 Hugging Face Hub 上的模型（写作 所有者/名称）；可选模型见“模型”。',
  ],
  [
    '{} is no converted model (it has no readable moetopic.json); convert it again.',
    '{1} 不是转换后的模型（没有可读的 moetopic.json）；请重新转换。',
  ],
  [
    '{} is no folder that can be read; give the folder of a model.',
    '{1} 不是可读取的文件夹；请提供模型文件夹。',
  ],
  [
    '{} is no model: it has neither a config.json (a checkpoint) nor a moetopic.json (a converted model); give the folder that holds one.',
    '{1} 不是模型：既没有 config.json（检查点）也没有 moetopic.json（转换后的模型）；请提供含有其一的文件夹。',
  ],
  ['{} is not JSON; download it again.', '{1} 不是 JSON；请重新下载。'],
  ['{} is not a JSON object; download it again.', '{1} 不是 JSON 对象；请重新下载。'],
  [
    '{} is not a whole safetensors file ({}); save it again.',
    '{1} 不是完整的 safetensors 文件（{2}）；请重新保存。',
  ],
  [
    '{} is not on this machine yet; add it first{}: moetopic models add {}',
    '{1} 尚不在本机；请先添加{2}：moetopic models add {3}',
  ],
  [
    '{} is open only to people who accepted its terms: do so at {}/{}, set HF_TOKEN to a token of that account, and add it again.',
    '{1} 仅对接受其条款的用户开放：请在 {2}/{3} 接受条款，将 HF_TOKEN 设为该账户的令牌，然后重新添加。',
  ],
  [
    '{} is quantised as {}, which MoETopic does not read; choose the original model, MoETopic quantises it itself.',
    '{1} 以 {2} 量化，MoETopic 无法读取；请选择原始模型，MoETopic 会自行量化。',
  ],
  [
    '{} is {}; MoETopic reads those of type unigram and BPE.',
    '{1} 为 {2}；MoETopic 支持 unigram 和 BPE 类型。',
  ],
  ['{} lacks the tensor {}; save the model again.', '{1} 缺少张量 {2}；请重新保存模型。'],
  [
    '{} lies at bytes {} to {}, outside the {} bytes of data in the file; it is cut short or damaged: download it again.',
    '{1} 位于第 {2} 至 {3} 字节，超出文件的 {4} 字节数据；文件不完整或已损坏：请重新下载。',
  ],
  [
    '{} needs {} GB for its download and the converted model, and the disk of {} has {} GB free; free some space, or choose another disk with MOETOPIC_CACHE.',
    '{1} 的下载和转换需要 {2} GB，而 {3} 所在磁盘仅余 {4} GB；请腾出空间，或将缓存改到其他磁盘。',
  ],
  [
    '{} of shape [{}] reaches past its storage of {} bytes; the file is damaged.',
    '{1}（形状 [{2}]）超出其 {3} 字节的存储；文件已损坏。',
  ],
  [
    '{} of type {} and shape [{}] needs {} bytes but has {}; the file is damaged.',
    '{1}（类型 {2}，形状 [{3}]）需要 {4} 字节但只有 {5}；文件已损坏。',
  ],
  [
    '{} says that tensor {} is in {}, but it is not there; download the model again.',
    '{1} 称张量 {2} 在 {3} 中，但其中没有；请重新下载模型。',
  ],
  [
    '{} was refused: its pickle wants to call {}, and only tensors may be in it; save the model as safetensors if you trust it.',
    '已拒绝 {1}：其 pickle 要调用 {2}，而其中只允许张量；若信任该模型，请保存为 safetensors。',
  ],
  [
    '{} was refused: its pickle {}; only tensors may be in it. Save the model as safetensors if you trust it.',
    '已拒绝 {1}：其 pickle {2}，而其中只允许张量。若信任该模型，请保存为 safetensors。',
  ],
  [
    '{} was saved on a big-endian machine, which is not read; save it as safetensors.',
    '{1} 保存于大端机器，无法读取；请保存为 safetensors。',
  ],
  [
    '{} {}; download it again, or save the model as safetensors.',
    '{1} {2}；请重新下载，或将模型保存为 safetensors。',
  ],
  [
    '{}: its header claims {} bytes but the file has {}; it is cut short or not a safetensors file: download it again.',
    '{1}：文件头声明 {2} 字节而文件只有 {3}；文件不完整或不是 safetensors 文件：请重新下载。',
  ],
  ['{}: its header is not JSON; download it again.', '{1}：文件头不是 JSON；请重新下载。'],
  ['{}: its header is not a JSON object; download it again.', '{1}：文件头不是 JSON 对象；请重新下载。'],
  [
    "{}: its header of {} bytes is larger than the {} that are read; this is no model's header.",
    '{1}：文件头有 {2} 字节，超过可读取的 {3}；这不是模型的文件头。',
  ],
  [
    "{}: its pickle of {} bytes is larger than any model's; it is not read.",
    '{1}：其 pickle 有 {2} 字节，大于任何模型；不予读取。',
  ],
  ["{}: its tokeniser ({}) can't be used: {}.", '{1}：其分词器（{2}）无法使用：{3}。'],
  [
    '{} is stored as {}, which is not read; save the model as safetensors.',
    '{1} 以 {2} 存储，无法读取；请将模型保存为 safetensors。',
  ],
  [
    '{}: tensor {} is said to be in {}, which is not the plain name of a file beside the index.',
    '{1}：张量 {2} 据称在 {3} 中，而它不是索引旁文件的普通名称。',
  ],
  [
    '{}: tensor {} overlaps {}; the file is damaged or hostile.',
    '{1}：张量 {2} 与 {3} 重叠；文件已损坏或有恶意。',
  ],
  ["{}: the file can't be opened; download the model again.", '{1}：文件无法打开；请重新下载模型。'],
  [
    '{}: {} bytes after tensor {} belong to no tensor; the file is damaged or hostile.',
    '{1}：张量 {3} 之后的 {2} 字节不属于任何张量；文件已损坏或有恶意。',
  ],
  [
    '{}: {} bytes before tensor {} belong to no tensor; the file is damaged or hostile.',
    '{1}：张量 {3} 之前的 {2} 字节不属于任何张量；文件已损坏或有恶意。',
  ],
  [
    '{}: {} bytes are no safetensors file; download it again.',
    '{1}：{2} 字节的文件不是 safetensors 文件；请重新下载。',
  ],
  ['{}: {}: {}; convert or download the model again.', '{1}：{2}：{3}；请重新转换或下载模型。'],
  ['{}: {}; add it again to go on where it stopped.', '{1}：{2}；重新添加即可从中断处继续。'],
  [
    'config.json lists layers of sliding_attention but does not set use_sliding_window, so that their window is of no tokens and nothing can be computed; correct one of the two.',
    'config.json 列出了 sliding_attention 层，却没有设置 use_sliding_window，其窗口因此不含任何词元，无法计算；请更正其中之一。',
  ],
  [
    'The checkpoint has no tensor {}: {}, but it is not there; download the model again.',
    '检查点中没有张量 {1}：{2}，但该文件不在；请重新下载模型。',
  ],
  [
    'tokenizer.json of {} is no JSON object; download the model again.',
    '{1} 的 tokenizer.json 不是 JSON 对象；请重新下载模型。',
  ],
];
