"""A tiny checkpoint in the hub's layout, with what a reference implementation computes for it (expected.safetensors)."""
import json, pathlib, shutil
import torch
from safetensors.torch import save_file
from tokenizers import Tokenizer

HERE = pathlib.Path(__file__).resolve().parent
FIXTURES = HERE.parent.parent / "fixtures" / "moe-checkpoints"
TEXTS = [
    "The pitcher threw a no-hitter against the Giants last night.",
    "NASA's shuttle will service the Hubble Space Telescope; the launch window opens at 07:27 GMT.",
    "Does anyone know how to set the IRQ of a SCSI controller under MS-DOS 5.0?",
    "Zürich – naïve café, 你好，世界！ \t tabs  and   spaces 😀",
    "a",
]


def tokenizer_of(name):
    """The tokeniser of a fixture that is already there."""
    return FIXTURES / name


def write(out, config, tensors, reference, tokenizer, torch_file=False, tokenizer_model=None, shards=1, texts=TEXTS):
    """reference(ids) -> (hidden [T, H], [router logits [T, E], ...]); tensors hold what the file will hold."""
    out = pathlib.Path(out)
    out.mkdir(parents=True, exist_ok=True)
    json.dump(config, open(out / "config.json", "w"), indent=1)
    tensors = {k: v.detach().clone().contiguous() for k, v in tensors.items()}
    if torch_file:
        torch.save(tensors, out / "pytorch_model.bin")
    elif shards > 1:
        names = [f"model-{i + 1:05}-of-{shards:05}.safetensors" for i in range(shards)]
        place = {k: names[i % shards] for i, k in enumerate(tensors)}
        for n in names:
            save_file({k: v for k, v in tensors.items() if place[k] == n}, out / n, metadata={"format": "pt"})
        json.dump({"metadata": {}, "weight_map": place}, open(out / "model.safetensors.index.json", "w"))
    else:
        save_file(tensors, out / "model.safetensors", metadata={"format": "pt"})
    if tokenizer_model:
        encode = tokenizer_model(out)
    else:
        for f in ("tokenizer.json", "tokenizer_config.json"):
            shutil.copyfile(tokenizer / f, out / f)
        tok = Tokenizer.from_file(str(tokenizer / "tokenizer.json"))
        encode = lambda text: tok.encode(text).ids
    expected = {}
    for i, text in enumerate(texts):
        ids = encode(text)
        with torch.no_grad():
            hidden, logits = reference(torch.tensor([ids]))
        expected[f"ids.{i}"] = torch.tensor(ids, dtype=torch.int32)
        expected[f"hidden.{i}"] = hidden.float().contiguous()
        sizes = {tuple(l.shape) for l in logits}
        expected[f"router_logits.{i}"] = (
            torch.stack([l.float() for l in logits]).contiguous() if sizes else torch.zeros(0, len(ids), 0)
        )
    save_file(expected, out / "expected.safetensors", metadata={"texts": json.dumps(texts, ensure_ascii=False)})
    size = sum(f.stat().st_size for f in out.iterdir())
    print(f"{out.name}: {size / 1000:.0f} kB, |hidden| {expected['hidden.0'].abs().mean():.3f}")


def randomise(tensors, std=0.12, seed=0, dtype=torch.float32):
    """Weights large enough that routers decide and attention is not flat; norms near one. Rounded to dtype."""
    g = torch.Generator().manual_seed(seed)
    out = {}
    for name, t in tensors.items():
        n = torch.randn(t.shape, generator=g)
        norm = ("norm" in name or "ln" in name.split(".")[-2:][0]) and name.endswith("weight") and t.dim() == 1
        value = 1 + 0.1 * n if norm else n * std
        out[name] = value.to(dtype)
    return out


def as_new(model):
    """A rope that grows remembers the longest text so far; every text is computed as if it were the first."""
    for m in model.modules():
        if hasattr(m, "original_max_seq_len") and hasattr(m, "original_inv_freq"):
            m.inv_freq, m.max_seq_len_cached = m.original_inv_freq.clone(), m.original_max_seq_len
