"""Fits the linear map that hidden states leave the model through: python whiten.py --init DIR --out DIR --data DIR [--power 0.15]

A sentence encoder's vectors spread over few directions (here the first holds twenty times a mean one's variance), and k-means and
neighbours look at little else. The map C^-power, with C the covariance of unit vectors of training texts as the project's own
embedder makes them, brings directions nearer to each other; at a power of 1/2 it would be the full whitening of Su et al. (2021, arXiv
2103.15316), which drowns meaning in noise. Nothing is centred: the map then doesn't depend on a vector's length.
"""
import argparse, json, pathlib, tempfile
import numpy as np
from safetensors.numpy import load_file, save_file
from data import texts
from evaluate import embed, unit
from model import copy_tokenizer

p = argparse.ArgumentParser()
p.add_argument('--init', required=True)
p.add_argument('--out', required=True)
p.add_argument('--data', required=True)
p.add_argument('--power', type=float, default=0.15)
p.add_argument('--texts', type=int, default=12000)
p.add_argument('--seed', type=int, default=7)
a = p.parse_args()
init, out = pathlib.Path(a.init), pathlib.Path(a.out)
tensors = load_file(init / 'model.safetensors')
config = json.loads((init / 'config.json').read_text())
if config.pop('projection', False):
    raise SystemExit(f'{init} has a projection already; start from the checkpoint that it was made from.')
with tempfile.TemporaryDirectory() as name:
    rows = unit(embed(texts(a.data, a.seed)[: a.texts], 'hs', str(init), 'int8', pathlib.Path(name))).astype(np.float64)
variance, directions = np.linalg.eigh(np.cov(rows.T))
variance = np.maximum(variance / variance.mean(), 1e-4)
tensors['projection.weight'] = (directions * variance**-a.power @ directions.T).astype(np.float32)
out.mkdir(parents=True, exist_ok=True)
save_file(tensors, out / 'model.safetensors', metadata={'format': 'pt'})
(out / 'config.json').write_text(json.dumps(config | {'projection': True}, indent=1))
copy_tokenizer(out)
print(f'{len(rows)} texts; variance of directions 1, 10, 100, 300 over the mean: ' + ', '.join(f'{variance[-i]:.2f}' for i in (1, 10, 100, 300)))
