"""What transformers' AutoTokenizer makes of our fixtures' tokenisers when a class of its own reads them (tokenizer-classes.json)."""
import importlib.util, json, pathlib, tempfile
import transformers

HERE = pathlib.Path(__file__).resolve().parent
FIXTURES = HERE.parent.parent / "fixtures" / "moe-checkpoints"
spec = importlib.util.spec_from_file_location("tokenizers_at_random", HERE / "make-tokenizers.py")
random_ones = importlib.util.module_from_spec(spec)
spec.loader.exec_module(random_ones)
CASES = [
    ("mixtral", "jetmoe", dict(tokenizer_class="LlamaTokenizer", bos_token="<s>", eos_token="</s>", unk_token="<unk>")),
    ("mixtral", "llama_moe", dict(tokenizer_class="LlamaTokenizerFast", legacy=True, add_bos_token=True, bos_token="<s>", eos_token="</s>", unk_token="<unk>")),
    ("mixtral", "mixtral", dict(tokenizer_class="LlamaTokenizer", bos_token="<s>", eos_token="</s>", unk_token="<unk>")),
    ("olmoe", "olmoe", dict(eos_token="<eos>", pad_token="<pad>")),
    ("olmoe", "qwen3_moe", dict(tokenizer_class="Qwen2Tokenizer", eos_token="<eos>", pad_token="<pad>")),
    ("olmoe", "dbrx", dict(tokenizer_class="GPT2Tokenizer", eos_token="<eos>", pad_token="<pad>")),
    ("olmoe", "deepseek_v2", dict(tokenizer_class="LlamaTokenizerFast", eos_token="<eos>", pad_token="<pad>")),
    ("olmoe:vocab.json", "qwen2_moe", dict(tokenizer_class="Qwen2Tokenizer", eos_token="<eos>", pad_token="<pad>")),
    ("switch", "switch_transformers", dict(tokenizer_class="T5Tokenizer", extra_ids=0, eos_token="</s>", unk_token="<unk>", pad_token="<pad>")),
    ("bert:vocab.txt", "bert", dict(tokenizer_class="BertTokenizer")),
    ("bert", "bert", dict(tokenizer_class="BertTokenizer", do_lower_case=False, strip_accents=True)),
]
out = []
for source, model_type, config in CASES:
    name, _, only = source.partition(":")
    text = (FIXTURES / name / "tokenizer.json").read_text()
    model = json.loads(text)["model"]
    files = {"tokenizer.json": text}
    if only == "vocab.txt":
        files = {"vocab.txt": "\n".join(sorted(model["vocab"], key=model["vocab"].get)) + "\n"}
    elif only == "vocab.json":
        files = {"vocab.json": json.dumps(model["vocab"]), "merges.txt": "#version: 0.2\n" + "\n".join(m if isinstance(m, str) else " ".join(m) for m in model["merges"]) + "\n"}
    with tempfile.TemporaryDirectory() as tmp:
        for file, content in (files | {"tokenizer_config.json": json.dumps(config), "config.json": json.dumps(dict(model_type=model_type))}).items():
            (pathlib.Path(tmp) / file).write_text(content)
        tokenizer = transformers.AutoTokenizer.from_pretrained(tmp)
        out.append(dict(source=source, model_type=model_type, config=config, cases=[[t, tokenizer(t)["input_ids"]] for t in random_ones.TEXTS]))
(HERE / "tokenizer-classes.json").write_text(json.dumps(out, ensure_ascii=False, separators=(",", ":")))
