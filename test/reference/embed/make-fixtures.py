"""Tiny dense and mixture-of-experts BERT encoders for test/fixtures/moe-checkpoints, with what PyTorch computes for them.

python test/reference/embed/make-fixtures.py          (transformers 5.23, torch 2.13, tokenizers, safetensors)
The dense one is transformers' BertModel; the mixture is this file's own few lines, from the formulas in the bundled model's README.
"""
import json, pathlib, sys, tempfile

import torch
from tokenizers import BertWordPieceTokenizer
from transformers import BertConfig, BertModel

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "moe"))
import layout

H, LAYERS, VOCAB, POSITIONS = 48, 2, 220, 64


def wordpiece(folder):
    """A WordPiece tokeniser learnt from the five texts themselves."""
    tok = BertWordPieceTokenizer(lowercase=True)
    tok.train_from_iterator(layout.TEXTS, vocab_size=VOCAB, min_frequency=1, show_progress=False)
    tok = BertWordPieceTokenizer(vocab=tok.get_vocab(), lowercase=True)
    folder = pathlib.Path(folder)
    tok.save(str(folder / "tokenizer.json"))
    json.dump({"tokenizer_class": "BertTokenizer", "do_lower_case": True, "model_max_length": POSITIONS}, open(folder / "tokenizer_config.json", "w"))
    return folder


def config(heads, **more):
    return dict(
        vocab_size=VOCAB, hidden_size=H, num_hidden_layers=LAYERS, num_attention_heads=heads, max_position_embeddings=POSITIONS,
        type_vocab_size=2, layer_norm_eps=1e-12, hidden_act="gelu", pad_token_id=0, **more,
    )


def dense(heads=4, **more):
    torch.manual_seed(1)
    c = config(heads, intermediate_size=96, model_type="bert", architectures=["BertModel"]) | more
    model = BertModel(BertConfig(**{k: v for k, v in c.items() if k not in ("model_type", "architectures")}), add_pooling_layer=False).eval()
    with torch.no_grad():
        for p in model.parameters():
            p.copy_(torch.randn_like(p) * 0.2 + (1.0 if p.dim() == 1 and p.numel() == H else 0.0) * 0.5)
    tensors = {k: v for k, v in model.state_dict().items() if "position_ids" not in k}
    reference = lambda ids: (model(input_ids=ids).last_hidden_state[0], [])
    return c, tensors, reference


def mixture(heads, renormalise, seed):
    torch.manual_seed(seed)
    E, K, I, S = 6, 2, 10, 24
    c = config(
        heads, model_type="bert_moe", architectures=["BertMoeModel"], num_experts=E, num_experts_per_tok=K, moe_intermediate_size=I,
        shared_expert_intermediate_size=S, norm_topk_prob=renormalise, routed_scaling_factor=K, intermediate_size=S + E * I,
    )
    n = lambda *s: torch.randn(*s) * 0.25
    t = {
        "embeddings.word_embeddings.weight": n(VOCAB, H), "embeddings.position_embeddings.weight": n(POSITIONS, H),
        "embeddings.token_type_embeddings.weight": n(2, H), "embeddings.LayerNorm.weight": 1 + n(H), "embeddings.LayerNorm.bias": n(H),
    }
    for l in range(LAYERS):
        p = f"encoder.layer.{l}."
        for name in ("self.query", "self.key", "self.value", "output.dense"):
            t[p + f"attention.{name}.weight"], t[p + f"attention.{name}.bias"] = n(H, H), n(H)
        for name in ("attention.output.LayerNorm", "output.LayerNorm"):
            t[p + name + ".weight"], t[p + name + ".bias"] = 1 + n(H), n(H)
        t[p + "moe.router.weight"], t[p + "moe.bias"] = n(E, H), n(H)
        t[p + "moe.experts.w1"], t[p + "moe.experts.b1"], t[p + "moe.experts.w2"] = n(E, I, H), n(E, I), n(E, H, I)
        t[p + "moe.shared.w1"], t[p + "moe.shared.b1"], t[p + "moe.shared.w2"] = n(S, H), n(S), n(H, S)
    F = torch.nn.functional
    ln = lambda x, name: F.layer_norm(x, (H,), t[name + ".weight"], t[name + ".bias"], 1e-12)

    def reference(ids):
        ids = ids[0]
        T = len(ids)
        x = t["embeddings.word_embeddings.weight"][ids] + t["embeddings.position_embeddings.weight"][:T] + t["embeddings.token_type_embeddings.weight"][0]
        x, logits = ln(x, "embeddings.LayerNorm"), []
        for l in range(LAYERS):
            p = f"encoder.layer.{l}."
            lin = lambda x, name: x @ t[p + name + ".weight"].T + t[p + name + ".bias"]
            q, k, v = [lin(x, f"attention.self.{n}").view(T, heads, -1).transpose(0, 1) for n in ("query", "key", "value")]
            a = (torch.softmax(q @ k.transpose(1, 2) / (H / heads) ** 0.5, -1) @ v).transpose(0, 1).reshape(T, H)
            x = ln(x + lin(a, "attention.output.dense"), p + "attention.output.LayerNorm")
            z = x @ t[p + "moe.router.weight"].T
            logits.append(z)
            probabilities = torch.softmax(z, -1)
            top, index = probabilities.topk(K)
            g = K * top / top.sum(-1, keepdim=True) if renormalise else top
            y = t[p + "moe.bias"] + F.gelu(x @ t[p + "moe.shared.w1"].T + t[p + "moe.shared.b1"]) @ t[p + "moe.shared.w2"].T
            for token in range(T):
                add = torch.zeros(H)
                for weight, e in zip(g[token], index[token]):
                    add = add + weight * (t[p + "moe.experts.w2"][e] @ F.gelu(t[p + "moe.experts.w1"][e] @ x[token] + t[p + "moe.experts.b1"][e]))
                y[token] = y[token] + add
            x = ln(x + y, p + "output.LayerNorm")
        return x, logits

    return c, t, reference


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder, torch.no_grad():
        tok = wordpiece(folder)
        wanted = sys.argv[1:]
        for name, made in (("bert", dense()), ("bert-flags", dense(3, hidden_act="gelu_new", layer_norm_eps=1e-5, type_vocab_size=1, num_hidden_layers=1)), ("bert-moe", mixture(6, True, 2)), ("bert-moe-plain-gate", mixture(4, False, 3))):
            if not wanted or name in wanted:
                layout.write(layout.FIXTURES / name, *made, tokenizer=tok)
