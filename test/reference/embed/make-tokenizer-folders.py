"""Folders at random as the hub has them: a SentencePiece model alone, vocab.json and merges.txt, vocab.txt or a tokenizer.json, the class and the special
tokens in one of the files that may name them, each with what transformers' AutoTokenizer makes of hard texts:
`python make-tokenizer-folders.py N DIR [SEED]` (MOETOPIC_TOKENIZER_FOLDERS=DIR npx vitest run test/reference/embed/tokenizer-folders.test.ts);
without arguments those of tokenizer-folders/ are written again."""
import base64, importlib.util, io, json, pathlib, random, sys, tempfile
import sentencepiece as spm
import transformers

HERE = pathlib.Path(__file__).resolve().parent
KEPT = [7003, 7008, 7013, 7014, 7299]
spec = importlib.util.spec_from_file_location("tokenizers_at_random", HERE / "make-tokenizers.py")
random_ones = importlib.util.module_from_spec(spec)
spec.loader.exec_module(random_ones)
TYPES = ["mixtral", "llama_moe", "jetmoe", "llama", "switch_transformers", "deepseek", "deepseek_v2", "nomic_bert", "phimoe", "granitemoe", "gpt_oss", "olmoe", "qwen2_moe", "qwen3_moe", "dbrx", "bert"]
NAMES = ["bos_token", "eos_token", "unk_token", "pad_token", "sep_token", "cls_token", "mask_token"]


# What a class can hold; it makes nothing sensible of another kind of model.
HOLDS = {"GPT2Tokenizer": ["BPE"], "GPTNeoXTokenizer": ["BPE"], "Qwen2Tokenizer": ["BPE"], "BertTokenizer": ["WordPiece"], "LlamaTokenizer": ["BPE", "spm"], "T5Tokenizer": ["Unigram", "spm"], "XLMRobertaTokenizer": ["Unigram", "spm"]}


def sentencepiece(r):
    """A model with its special pieces here and there."""
    kind = r.choice(["bpe", "unigram"])
    ids = r.choice([dict(), dict(), dict(pad_id=0, eos_id=1, unk_id=2, bos_id=-1), dict(pad_id=3, eos_id=2, unk_id=0, bos_id=1), dict(unk_id=3, bos_id=0, pad_id=1, eos_id=2), dict(unk_id=1, bos_id=2, eos_id=0)])
    model = io.BytesIO()
    extra = dict(user_defined_symbols=r.choice([["<add>"], ["  ", "   "], ["<mask>", "the"], ["<|endoftext|>"]])) if r.random() < 0.4 else {}
    if r.random() < 0.2:
        extra["control_symbols"] = ["<ctrl>", "[CLS]"]
    spm.SentencePieceTrainer.train(sentence_iterator=iter(random_ones.CORPUS), model_writer=model, vocab_size=r.choice([620, 720]) if kind == "bpe" else r.choice([550, 600]), model_type=kind,
        byte_fallback=r.random() < (0.8 if kind == "bpe" else 0.3), normalization_rule_name=r.choice(["identity", "nmt_nfkc", "nfkc_cf"]), remove_extra_whitespaces=r.random() < 0.5, add_dummy_prefix=r.random() < 0.8,
        character_coverage=r.choice([1.0, 0.98]), split_digits=r.random() < 0.3, allow_whitespace_only_pieces=r.random() < 0.3, num_threads=1, minloglevel=2, hard_vocab_limit=False, **ids, **extra)
    return model.getvalue()


def special(r, token):
    return token if r.random() < 0.5 else dict(content=token, lstrip=r.random() < 0.3, rstrip=r.random() < 0.2, normalized=r.random() < 0.3, single_word=False)


def folder(r):
    """{file name: text or bytes}."""
    kind = r.choice(["spm", "spm", "spm", "spm", "json", "json", "bytes", "words"])
    model_type = r.choice(TYPES)
    c, files = {}, {}
    if kind == "spm":
        name = r.choice(["tokenizer.model"] * 3 + ["spiece.model", "sentencepiece.bpe.model"])
        files[name] = sentencepiece(r)
        classes = {"tokenizer.model": ["LlamaTokenizer"] * 4 + ["LlamaTokenizerFast", "T5Tokenizer", "PreTrainedTokenizerFast", None, None], "spiece.model": ["T5Tokenizer"] * 3 + ["T5TokenizerFast", None],
                   "sentencepiece.bpe.model": ["XLMRobertaTokenizer"] * 3 + ["XLMRobertaTokenizerFast", None]}[name]
        vocabulary = ["<s>", "</s>", "<unk>", "<pad>", "<mask>", "<|endoftext|>"]
    else:
        while True:
            try:
                trained, t = random_ones.train(r)
            except BaseException:
                continue
            if kind == "json" or (kind == "bytes" and trained == "bytebpe") or (kind == "words" and trained == "wordpiece"):
                break
        text = t.to_str()
        model = json.loads(text)["model"]
        if kind == "json":
            files["tokenizer.json"] = text
        elif kind == "bytes":
            files["vocab.json"] = json.dumps(model["vocab"], ensure_ascii=False)
            files["merges.txt"] = "#version: 0.2\n" + "\n".join(m if isinstance(m, str) else " ".join(m) for m in model["merges"]) + "\n"
        else:
            files["vocab.txt"] = "\n".join(sorted(model["vocab"], key=model["vocab"].get)) + "\n"
        classes = {"wordpiece": ["BertTokenizer"], "unigram": ["T5Tokenizer", "XLMRobertaTokenizer", "XLMRobertaTokenizerFast"], "wordlevel": ["PreTrainedTokenizerFast"], "charbpe": ["PreTrainedTokenizerFast"],
                   "spbpe": ["LlamaTokenizer", "LlamaTokenizerFast"], "bytebpe": ["GPT2Tokenizer", "Qwen2Tokenizer", "GPTNeoXTokenizerFast", "LlamaTokenizerFast"]}[trained] + [None, "PreTrainedTokenizerFast", "NoSuchTokenizer"]
        vocabulary = ["<s>", "</s>", "<unk>", "<pad>", "[MASK]", "the", "[UNK]"]
    name = r.choice(classes)
    if name:
        c["tokenizer_class"] = name
    own = {n: special(r, r.choice(vocabulary[:5])) for n in NAMES if r.random() < 0.3}
    if r.random() < 0.6:
        own |= {n: special(r, t) for n, t in dict(bos_token="<s>", eos_token="</s>", unk_token="<unk>").items()}
    where = r.random()
    if where < 0.2:
        files["special_tokens_map.json"] = json.dumps(own)
    else:
        c |= {n: t if isinstance(t, str) else dict(t, __type="AddedToken") for n, t in own.items()}
    if r.random() < 0.5:
        c["add_bos_token"] = r.random() < 0.7
    if r.random() < 0.3:
        c["add_eos_token"] = r.random() < 0.6
    if r.random() < 0.4:
        c["legacy"] = r.random() < 0.5
    if r.random() < 0.3:
        c["add_prefix_space"] = r.choice([True, False, None])
    if name and "T5" in name and r.random() < 0.5:
        c["extra_ids"] = r.choice([0, 3])
    if r.random() < 0.15:
        c["additional_special_tokens"] = r.choice([["<extra_id_0>", "<add>"], ["NASA"], []])
    if r.random() < 0.1:
        c["image_token"] = "<image>"
    if r.random() < 0.1:
        files["added_tokens.json"] = json.dumps({"lonely": 900, "<add>": 901})
    if r.random() < 0.15:
        c["added_tokens_decoder"] = {str(r.choice([0, 3, 600])): dict(content=r.choice(["<add>", "shuttle"]), lstrip=r.random() < 0.5, rstrip=False, normalized=r.random() < 0.5, single_word=False, special=r.random() < 0.5)}
    if r.random() < 0.1:
        c["do_lower_case"] = r.random() < 0.5
    own_config = dict(model_type=model_type)
    if name and r.random() < 0.1:
        own_config["tokenizer_class"] = c.pop("tokenizer_class")
    if r.random() < 0.9:
        files["tokenizer_config.json"] = json.dumps(c)
    files["config.json"] = json.dumps(own_config)
    return kind, "spm" if kind == "spm" else model["type"], files


def make(seed, out):
    r = random.Random(seed)
    try:
        kind, model, files = folder(r)
    except RuntimeError as e:
        return print(seed, "not trained:", str(e)[-100:])
    with tempfile.TemporaryDirectory() as tmp:
        for name, content in files.items():
            path = pathlib.Path(tmp) / name
            path.write_bytes(content) if isinstance(content, bytes) else path.write_text(content)
        try:
            tokenizer = transformers.AutoTokenizer.from_pretrained(tmp)
            ids = [tokenizer(t, padding=False, truncation=False)["input_ids"] for t in random_ones.TEXTS]
        except BaseException as e:
            return print(seed, kind, "transformers refuses:", type(e).__name__, str(e)[:120].replace("\n", " "))
    if kind == "bytes" and type(tokenizer).__name__ == "LlamaTokenizer" or model not in HOLDS.get(type(tokenizer).__name__, [model]):
        return print(seed, kind, model, "is nothing for", type(tokenizer).__name__)
    out.mkdir(parents=True, exist_ok=True)
    files = {n: dict(base64=base64.b64encode(f).decode()) if isinstance(f, bytes) else f for n, f in files.items()}
    (out / f"{seed}-{kind}.json").write_text(json.dumps(dict(files=files, read_by=type(tokenizer).__name__, cases=[[t, i] for t, i in zip(random_ones.TEXTS, ids)]), ensure_ascii=False, separators=(",", ":")))


if __name__ == "__main__":
    transformers.logging.set_verbosity_error()
    if len(sys.argv) > 2:
        for i in range(int(sys.argv[1])):
            make((int(sys.argv[3]) if len(sys.argv) > 3 else 0) + i, pathlib.Path(sys.argv[2]))
    else:
        for seed in KEPT:
            make(seed, HERE / "tokenizer-folders")
