"""Times the encoder for mixtures of other shapes before anything is trained: python kernels.py [--documents 300]

A checkpoint with random experts of each shape is converted by the project and embeds the same bundled documents (256 tokens, nothing
cached) by `moetopic embed`; the dense teacher goes the same way. Build the project first. Prints thousands of tokens a second, the median of three.
"""
import argparse, csv, gzip, json, os, pathlib, shutil, subprocess, tempfile
import torch
from model import CONFIG, TEACHER, save, student, tokenizer

ROOT = pathlib.Path(__file__).resolve().parents[3]
# shared neurons, experts, active
SHAPES = [(384, 8, 4), (384, 16, 8), (384, 32, 8), (384, 32, 16), (384, 64, 16), (768, 32, 8)]


def checkpoint(folder, shared, experts, active):
    config = CONFIG | {'num_experts': experts, 'num_experts_per_tok': active, 'moe_intermediate_size': (1536 - shared) // experts,
                       'shared_expert_intermediate_size': shared, 'routed_scaling_factor': active}
    model, mixtures = student(config)
    torch.manual_seed(1)
    with torch.no_grad():
        for m in mixtures:
            for w in (m.w1, m.w2, m.router.weight):
                w.normal_(0, 0.03)
    save(folder, model, mixtures, config)


def rate(model, precision, table, tokens, cache, turns=3):
    seconds = []
    for turn in range(turns):
        shutil.rmtree(cache / 'embeddings', ignore_errors=True)
        out = subprocess.run(['node', str(ROOT / 'dist' / 'cli.js'), 'embed', str(table), '--text', 'text', '--out', str(cache / 'e.npy'), '--model', str(model),
                              '--precision', precision, '--max-tokens', '256', '--device', 'cpu', '--embedding', 'hs', '--json'],
                             check=True, capture_output=True, text=True, env=os.environ | {'MOETOPIC_CACHE': str(cache)})
        seconds.append(json.loads(out.stdout)['seconds']['embed'])
    return tokens / sorted(seconds)[turns // 2] / 1e3


if __name__ == '__main__':
    p = argparse.ArgumentParser()
    p.add_argument('--documents', type=int, default=300)
    a = p.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        with gzip.open(ROOT / 'assets' / 'corpora' / 'debian-packages.csv.gz', 'rt', encoding='utf-8', newline='') as f:
            texts = sorted((r['text'] for r in csv.DictReader(f)), key=len)[::-1][:a.documents]
        tok = tokenizer()
        tokens = sum(min(256, len(tok(t)['input_ids'])) for t in texts)
        table = folder / 'texts.csv'
        with open(table, 'w', encoding='utf-8', newline='') as f:
            csv.writer(f).writerows([['text'], *[[t] for t in texts]])
        cache = folder / 'cache'
        cache.mkdir()
        for precision in ('fp32', 'int8'):
            print(f'dense {precision}: {rate(TEACHER, precision, table, tokens, cache):.1f} k tokens/s', flush=True)
        for shape in SHAPES:
            at = folder / '-'.join(map(str, shape))
            checkpoint(at, *shape)
            for precision in ('fp32', 'int8') if shape == (384, 32, 8) else ('int8',):
                print('shared {}, {} experts, {} active'.format(*shape), f'{precision}: {rate(at, precision, table, tokens, cache):.1f} k tokens/s', flush=True)
