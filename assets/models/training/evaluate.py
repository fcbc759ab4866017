"""Measures a model as MoETopic runs it against its teacher: python evaluate.py --corpora DIR [--model NAME|DIR] [--rows N]

Documents go through the project's own `moetopic embed` (build it first); the teacher through transformers in float32, 256 tokens, mean
pooling, as sentence-transformers runs it. For each corpus: k-means V-measure (k = number of labels, mean of 5 seeds) of the teacher's
HS and of our HS, RW and MoEE concat; the STS-B test's Spearman correlation; the load of each expert on 20 Newsgroups. --alphas measures
other weights of the routing weights besides. The teacher's rows are kept in --cache and our own in MoETopic's cache,
so that a run that was broken off goes on; --out is JSON, corpus by corpus, and a corpus that it holds is not measured again.
"""
import argparse, csv, gzip, hashlib, json, os, pathlib, shutil, subprocess, tempfile
import numpy as np
import torch
from scipy.stats import spearmanr
from sklearn.cluster import KMeans
from sklearn.metrics import v_measure_score
from safetensors.numpy import load_file
from model import teacher, tokenizer

ROOT = pathlib.Path(__file__).resolve().parents[3]
LABELS = {'20newsgroups': 'label', 'arxiv': 'label', 'banking77': 'label', 'clinc150': 'label', 'ag_news_test': 'label', 'debian-packages': 'label'}
csv.field_size_limit(1 << 30)


def read(path):
    with gzip.open(path, 'rt', encoding='utf-8', newline='') as f:
        return list(csv.DictReader(f))


def unit(x):
    return x / np.maximum(np.linalg.norm(x, axis=1, keepdims=True), 1e-12)


def standardised(x):
    return (x - x.mean(0)) / (x.std(0) + 1e-12)


def v_measure(x, labels):
    k = len(set(labels))
    return float(np.mean([v_measure_score(labels, KMeans(k, n_init=1, random_state=s).fit_predict(x)) for s in range(5)]))


def teach(texts, cache):
    """[texts × 384] unit rows of the teacher."""
    key = hashlib.sha256('\0'.join(texts).encode()).hexdigest()[:16]
    kept = cache / f'teacher-{key}.npy'
    if kept.exists():
        return np.load(kept)
    pieces = cache / f'teacher-{key}'
    pieces.mkdir(exist_ok=True)
    out, model = np.zeros((len(texts), 384), np.float32), None
    order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
    for at in range(0, len(order), 1024):
        piece, some = pieces / f'{at}.npy', order[at:at + 1024]
        if not piece.exists():
            tok, model = (tok, model) if model else (tokenizer(), teacher())
            rows = np.concatenate([teach_batch(tok, model, [texts[i] for i in some[b:b + 32]]) for b in range(0, len(some), 32)])
            np.save(pieces / 'part.npy', rows)
            os.replace(pieces / 'part.npy', piece)
        out[some] = np.load(piece)
    np.save(kept, out)
    shutil.rmtree(pieces)
    return out


def teach_batch(tok, model, texts):
    b = tok(texts, padding=True, truncation=True, max_length=256, return_tensors='pt')
    with torch.no_grad():
        h, w = model(**b).last_hidden_state, b['attention_mask'].unsqueeze(-1).float()
        return torch.nn.functional.normalize((h * w).sum(1) / w.sum(1), dim=-1).numpy()


def embed(texts, kind, model, precision, folder):
    """[texts × dimensions] rows from the project's own embedder."""
    table = folder / 'texts.csv'
    with open(table, 'w', encoding='utf-8', newline='') as f:
        w = csv.writer(f)
        w.writerow(['text'])
        w.writerows([[t] for t in texts])
    out = folder / f'{kind}.npy'
    subprocess.run(['node', str(ROOT / 'dist' / 'cli.js'), 'embed', str(table), '--out', str(out), '--text', 'text', '--model', model,
                    '--embedding', kind, '--precision', precision, '--max-tokens', '256', '--device', 'cpu'],
                   check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return np.load(out)


def loads(texts, model, precision, folder):
    """Smallest and largest share of a fair one that an expert of any layer gets of the texts' tokens, as the project routes them."""
    card = json.loads(next(f for f in (ROOT / 'assets' / 'models' / model / 'moetopic.json', pathlib.Path(model) / 'moetopic.json', pathlib.Path(model) / 'config.json') if f.exists()).read_text())
    active = card['routers'][0]['active'] if 'routers' in card else card['num_experts_per_tok']
    (folder / 'texts.jsonl').write_text('\n'.join(json.dumps({'text': t}) for t in texts))
    path = ROOT / 'assets' / 'models' / model if (ROOT / 'assets' / 'models' / model).exists() else model
    subprocess.run(['node', str(ROOT / 'dist' / 'cli.js'), 'trace', str(path), '--texts', str(folder / 'texts.jsonl'), '--out', str(folder / 't.safetensors'),
                    '--precision', precision], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    rows = np.concatenate([v for k, v in load_file(folder / 't.safetensors').items() if k.startswith('router_logits')], 1)
    chosen = np.argsort(-rows, -1)[..., :active]
    share = np.stack([np.bincount(layer.ravel(), minlength=rows.shape[-1]) for layer in chosen]) / chosen[0].size * rows.shape[-1]
    return float(share.min()), float(share.max())


if __name__ == '__main__':
    p = argparse.ArgumentParser()
    p.add_argument('--corpora', required=True)
    p.add_argument('--model', default='minilm-moe')
    p.add_argument('--precision', default='int8', help='of a checkpoint folder; the bundled model comes in int8')
    p.add_argument('--only', default=','.join(LABELS))
    p.add_argument('--rows', type=int, default=0, help='so many of each corpus, drawn once; 0 for all')
    p.add_argument('--alphas', default='', help='weights of the routing weights to measure besides the card’s')
    p.add_argument('--cache', default=str(ROOT / 'dist' / 'training-cache'))
    p.add_argument('--out', default='')
    p.add_argument('--no-sts', action='store_true')
    a = p.parse_args()
    cache = pathlib.Path(a.cache)
    cache.mkdir(parents=True, exist_ok=True)
    os.environ.setdefault('HF_HUB_OFFLINE', '1')
    alphas = [float(x) for x in a.alphas.split(',') if x]
    # Corpora that --out holds already are not measured again.
    out = pathlib.Path(a.out) if a.out else None
    results = json.loads(out.read_text()) if out and out.exists() else {}

    def keep():
        if out:
            out.write_text(json.dumps(results, indent=1))

    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        for corpus in a.only.split(','):
            if corpus in results:
                continue
            file = ROOT / 'assets' / 'corpora' / f'{corpus}.csv.gz' if corpus == 'debian-packages' else pathlib.Path(a.corpora) / f'{corpus}.csv.gz'
            rows = [r for r in read(file) if r['text'].strip() and r[LABELS[corpus]]]
            if a.rows and len(rows) > a.rows:
                rows = [rows[i] for i in np.random.default_rng(1).choice(len(rows), a.rows, replace=False)]
            texts, labels = [r['text'] for r in rows], [r[LABELS[corpus]] for r in rows]
            t = teach(texts, cache)
            hs, rw, concat = (embed(texts, kind, a.model, a.precision, folder) for kind in ('hs', 'rw', 'concat'))
            z = unit(standardised(rw))
            one = {'rows': len(rows), 'cosine': float((unit(hs) * t).sum(1).mean()), 'teacher': v_measure(t, labels),
                   'hs': v_measure(unit(hs), labels), 'rw': v_measure(z, labels), 'concat': v_measure(concat, labels)}
            for alpha in alphas:
                one[f'alpha {alpha}'] = v_measure(np.hstack([unit(hs), np.sqrt(alpha) * z]), labels)
            if corpus == '20newsgroups':
                one['least load'], one['most load'] = loads(texts[:400], a.model, a.precision, folder)
            results[corpus] = one
            keep()
            print(corpus, ' '.join(f'{k} {v:.4f}' if isinstance(v, float) else f'{k} {v}' for k, v in one.items()), f"hs/teacher {one['hs'] / one['teacher']:.3f}", flush=True)
        if not a.no_sts and 'stsb' not in results:
            test = [r for r in read(pathlib.Path(a.corpora) / 'stsb.csv.gz') if r['split'] == 'test']
            both = [r['sentence1'] for r in test] + [r['sentence2'] for r in test]
            n, scores = len(test), [float(r['score']) for r in test]
            t, ours = teach(both, cache), unit(embed(both, 'hs', a.model, a.precision, folder))
            results['stsb'] = {'teacher': float(spearmanr((t[:n] * t[n:]).sum(1), scores)[0]), 'hs': float(spearmanr((ours[:n] * ours[n:]).sum(1), scores)[0])}
            keep()
            print('stsb', results['stsb'], f"ratio {results['stsb']['hs'] / results['stsb']['teacher']:.3f}", flush=True)
    labelled = [v for k, v in results.items() if k not in ('stsb', 'debian-packages')]
    if labelled:
        print(f"mean: teacher {np.mean([v['teacher'] for v in labelled]):.4f}, hs {np.mean([v['hs'] for v in labelled]):.4f}, concat {np.mean([v['concat'] for v in labelled]):.4f}")
