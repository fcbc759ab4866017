"""Keeps a second teacher's sentence vectors: python second.py --teacher DIR --data DIR --out DIR [--texts 16000,10000,4000]

all-mpnet-base-v2 is eight times as dear as the student, so its vectors are made once, for so many texts of at most 48, 128 and 192 tokens,
in bfloat16 (half the time, cosines within 0.01). Pieces that are there are not made again; any number of processes may share the work.
"""
import argparse, json, os, pathlib
import numpy as np
import torch
import torch.nn.functional as F
from transformers import AutoModel, AutoTokenizer
from data import texts

LONGEST = (48, 128, 192)


def vectors(words, model, some, longest):
    """[texts × dimensions] unit rows, mean pooling."""
    b = words(some, padding=True, truncation=True, max_length=longest, return_tensors='pt')
    with torch.no_grad():
        last = model(**b).last_hidden_state.float()
    weight = b['attention_mask'].unsqueeze(-1).float()
    return F.normalize((last * weight).sum(1) / weight.sum(1), dim=-1).half().numpy()


def load(folder):
    """For each length, (longest, texts, [texts × dimensions] vectors)."""
    folder = pathlib.Path(folder)
    for longest in LONGEST:
        pieces = sorted(folder.glob(f'{longest}-*.npy'))
        if not pieces:
            continue
        kept = [t for p in pieces for t in json.loads(p.with_suffix('.json').read_text())]
        yield longest, kept, torch.from_numpy(np.concatenate([np.load(p) for p in pieces])).float()


if __name__ == '__main__':
    p = argparse.ArgumentParser()
    p.add_argument('--teacher', required=True, help='folder of all-mpnet-base-v2')
    p.add_argument('--data', required=True)
    p.add_argument('--out', required=True)
    p.add_argument('--texts', default='16000,10000,4000')
    p.add_argument('--seed', type=int, default=2)
    p.add_argument('--threads', type=int, default=1)
    a = p.parse_args()
    torch.set_num_threads(a.threads)
    out, words = pathlib.Path(a.out), AutoTokenizer.from_pretrained(a.teacher)
    model = AutoModel.from_pretrained(a.teacher, dtype=torch.bfloat16).eval()
    out.mkdir(parents=True, exist_ok=True)
    corpus = texts(a.data, a.seed)
    for longest, below, many in zip(LONGEST, (0, *LONGEST), map(int, a.texts.split(','))):
        # About 4.5 characters to a token: a class holds what fills more than the class below it.
        fitting = [t for t in corpus if below * 4.5 < len(t) <= longest * 4.5 or longest == LONGEST[-1] and len(t) > longest * 4.5][:many]
        for at in range(0, len(fitting), 500):
            piece, claim = out / f'{longest}-{at:05}.npy', out / f'{longest}-{at:05}.claim'
            if piece.exists() or claim.exists():
                continue
            claim.touch()
            some = sorted(fitting[at:at + 500], key=len)
            rows = np.concatenate([vectors(words, model, some[b:b + 25], longest) for b in range(0, len(some), 25)])
            piece.with_suffix('.json').write_text(json.dumps(some))
            np.save(out / f'{os.getpid()}.part.npy', rows)
            os.replace(out / f'{os.getpid()}.part.npy', piece)
            claim.unlink()
            print(piece.name, len(some), flush=True)
