"""Cosine of the mean-pooled hidden state of weight-only quantised models with the exact one, the worst of each fixture's five texts:
int4 in blocks of 32 along the input, scale = largest / 7; int8 a row, scale = largest / 127. Routers and shared experts' gates stay exact,
embeddings don't. Writes quantisation.json. `python simulate-quantisation.py`"""
import json, logging, pathlib
import torch
from safetensors.torch import load_file
from transformers import AutoModel, Mxfp4Config, SwitchTransformersEncoderModel
import references
from layout import FIXTURES, HERE

logging.disable(logging.WARNING)
OWN = {"deepseek-v1": references.deepseek_v1, "llama-moe": references.llama_moe, "openmoe": references.openmoe, "nomic-bert-moe": references.nomic_bert_moe}
EXACT = ("router", "gate.weight", "gate_weight", "gate_network", "shared_expert_gate", "relative_attention_bias", "bias", "token_type")


def quantise(w, bits):
    """Along the last axis."""
    rows = w.reshape(-1, w.shape[-1])
    if bits == 8:
        s = rows.abs().amax(-1, keepdim=True) / 127
        return ((rows / s.where(s > 0, 1.0)).round() * s).reshape(w.shape)
    pad = -rows.shape[1] % 32
    x = torch.nn.functional.pad(rows, (0, pad)).reshape(len(rows), -1, 32)
    s = x.abs().amax(-1, keepdim=True) / 7
    y = ((x / s.where(s > 0, 1.0)).round() * s).reshape(len(rows), -1)
    return y[:, : rows.shape[1]].reshape(w.shape)


def along_input(name, w, bits, config):
    """Some matrices are stored as they multiply from the right: [in, out]."""
    if "experts.wi_" in name or name.endswith("experts.wo") or (config["model_type"] == "gpt_oss" and "experts" in name):
        return quantise(w.transpose(1, 2), bits).transpose(1, 2)
    if name.endswith(("mlp.w2",)):
        experts = config.get("num_experts") or config["ffn_config"]["moe_num_experts"]
        e = w.view(experts, -1, w.shape[-1])
        return quantise(e.transpose(1, 2), bits).transpose(1, 2).reshape(w.shape)
    return quantise(w, bits)


def model_of(folder, config, bits):
    name = folder.name
    change = lambda n, w: w if w.dim() < 2 or any(e in n for e in EXACT) or ("gate" in n and n.endswith("mlp.gate.weight")) else along_input(n, w, bits, config)
    if name in OWN:
        file = folder / "model.safetensors"
        state = load_file(file) if file.exists() else torch.load(folder / "pytorch_model.bin")
        run = OWN[name](config, {k: change(k, v.float()) for k, v in state.items()})
        return lambda ids: run(ids)[0]
    cls = SwitchTransformersEncoderModel if config["model_type"] == "switch_transformers" else AutoModel
    # MXFP4 is widened as it is read; grouped kernels want sizes in multiples of 16 bytes, which checkpoints needn't have.
    wide = dict(quantization_config=Mxfp4Config(dequantize=True)) if "quantization_config" in config else {}
    model = cls.from_pretrained(folder, dtype=torch.float32, attn_implementation="eager", experts_implementation="eager", **wide).eval()
    with torch.no_grad():
        for n, p in model.named_parameters():
            p.copy_(change(n, p))
    return lambda ids: model(input_ids=ids).last_hidden_state[0]


out = {}
for folder in sorted(FIXTURES.iterdir()):
    if not folder.is_dir():
        continue
    config = json.load(open(folder / "config.json"))
    if config["model_type"].startswith("bert"):
        continue
    expected = load_file(folder / "expected.safetensors")
    try:
        worst = {}
        for bits in (8, 4):
            run = model_of(folder, config, bits)
            with torch.no_grad():
                cos = [torch.nn.functional.cosine_similarity(run(expected[f"ids.{i}"].long()[None]).double().mean(0), expected[f"hidden.{i}"].double().mean(0), dim=0).item() for i in range(5)]
            worst[f"int{bits}"] = round(min(cos), 4)
        out[folder.name] = worst
        print(folder.name, worst, flush=True)
    except Exception as e:
        print(folder.name, "left out:", type(e).__name__, str(e)[:200], flush=True)
json.dump(out, open(HERE / "quantisation.json", "w"), indent=1)
