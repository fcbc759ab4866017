"""The shipped int8 model as a checkpoint again: python unbundle.py --out DIR [--model ../minilm-moe]

Weights come back as their int8 values times their scales, in float32, so that converting them again gives the same integers: training can
go on from what ships, and a projection can be fitted anew (whiten.py). A projection that is there already is left out.
"""
import argparse, json, pathlib
import numpy as np
import onnx
from onnx.numpy_helper import to_array
from safetensors.numpy import save_file
from model import CONFIG, copy_tokenizer

HERE = pathlib.Path(__file__).resolve().parent
p = argparse.ArgumentParser()
p.add_argument('--model', default=str(HERE.parent / 'minilm-moe'))
p.add_argument('--out', required=True)
a = p.parse_args()
folder, out = pathlib.Path(a.model), pathlib.Path(a.out)
card = json.loads((folder / 'moetopic.json').read_text())
kept = {t.name: t for t in onnx.load(folder / 'model.onnx').graph.initializer}
# Neurons of one routed expert: not in the card (split.py's default).
WIDTH = 36
experts, active, hidden = card['routers'][0]['experts'], card['routers'][0]['active'], card['hiddenSize']


def plain(name):
    return to_array(kept[f'{name}.f32'])


def product(name):
    """[out, in]; products are kept transposed, with a scale for each column."""
    return np.ascontiguousarray((to_array(kept[f'{name}.i8']).astype(np.float32) * to_array(kept[f'{name}.i8c'])).T)


words = 'embeddings.word_embeddings.weight'
tensors = {
    words: to_array(kept[f'{words}.g8']).astype(np.float32) * to_array(kept[f'{words}.g8s']),
    'embeddings.position_embeddings.weight': plain('embeddings.position_embeddings.weight+type'),
    'embeddings.token_type_embeddings.weight': np.zeros((2, hidden), np.float32),  # the positions hold it
}
for part in ('weight', 'bias'):
    tensors[f'embeddings.LayerNorm.{part}'] = plain(f'embeddings.LayerNorm.{part}')
for i in range(card['layers']):
    at = f'encoder.layer.{i}.'
    own, moe = at + 'attention.self.', at + 'moe.'
    for name in ('query', 'key', 'value'):
        tensors[f'{own}{name}.weight'] = product(f'{own}{name}.weight')
        tensors[f'{own}{name}.bias'] = np.zeros(hidden, np.float32)  # the key's has no effect, the output's bias holds the value's
    tensors[f'{own}query.bias'] = plain(f'{own}query.bias')
    dense = at + 'attention.output.dense.'
    tensors[dense + 'weight'], tensors[dense + 'bias'] = product(dense + 'weight'), plain(dense + 'weight.bias+value')
    for norm in ('attention.output.LayerNorm', 'output.LayerNorm'):
        for part in ('weight', 'bias'):
            tensors[f'{at}{norm}.{part}'] = plain(f'{at}{norm}.{part}')
    # Routed experts first, then the shared one, filled up with neurons of zeros to whole groups of an expert's width.
    up, bias, down = product(moe + 'up'), plain(moe + 'up.bias'), product(moe + 'down')
    inner = int(np.flatnonzero(np.abs(up).sum(1)).max()) + 1
    routed = experts * WIDTH
    tensors |= {
        moe + 'router.weight': np.ascontiguousarray(plain(moe + 'router.weight.T').T),
        moe + 'bias': plain(moe + 'bias'),
        moe + 'experts.w1': up[:routed].reshape(experts, WIDTH, hidden),
        moe + 'experts.b1': bias[:routed].reshape(experts, WIDTH),
        moe + 'experts.w2': np.ascontiguousarray(down[:, :routed].reshape(hidden, experts, WIDTH).transpose(1, 0, 2)),
        moe + 'shared.w1': up[routed:inner], moe + 'shared.b1': bias[routed:inner],
        moe + 'shared.w2': np.ascontiguousarray(down[:, routed:inner]),
    }
out.mkdir(parents=True, exist_ok=True)
save_file({k: v.astype(np.float32) for k, v in tensors.items()}, out / 'model.safetensors', metadata={'format': 'pt'})
config = CONFIG | {'num_experts': experts, 'num_experts_per_tok': active, 'moe_intermediate_size': WIDTH,
                   'shared_expert_intermediate_size': inner - routed, 'routed_scaling_factor': active, 'torch_dtype': 'float32'}
(out / 'config.json').write_text(json.dumps(config, indent=1))
copy_tokenizer(out)
