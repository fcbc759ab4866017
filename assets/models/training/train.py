"""Distils the teacher into a mixture of experts: python train.py --init DIR --out DIR --data DIR [--steps 2000]

The losses: cosine to the teacher's sentence vector, the batch's similarity matrix, the hidden states of each layer, balance of
the experts' load, and the teacher's similarities in the *routing weights*, so that they carry meaning of their own.
A checkpoint beside --out (optimiser and draws included) is written every hundred steps; the same command goes on from it.
"""
import argparse, os, pathlib, random, re, time
import torch
import torch.nn.functional as F
from data import pairs, texts
from model import load, save, teacher, tokenizer

p = argparse.ArgumentParser()
p.add_argument('--init', required=True)
p.add_argument('--out', required=True)
p.add_argument('--data', required=True)
p.add_argument('--steps', type=int, default=2000)
p.add_argument('--rate', type=float, default=3e-4)
p.add_argument('--tokens', type=int, default=4096, help='tokens a step')
p.add_argument('--lengths', default='12,24,48,96,192,256', help='most tokens of a text, drawn for each step; up to 32, single sentences')
p.add_argument('--similar', type=float, default=10)
p.add_argument('--routing', type=float, default=5, help='weight of the loss on routing weights')
p.add_argument('--balance', type=float, default=0.05)
p.add_argument('--contrast', type=float, default=0, help='weight of a contrastive loss in the third of the steps whose texts come in pairs (title and abstract, adjacent paragraphs)')
p.add_argument('--noise', type=float, default=0.3, help='share of texts in which some tokens are exchanged for random ones, for words that no training text has')
p.add_argument('--seed', type=int, default=1)
p.add_argument('--threads', type=int, default=2)
a = p.parse_args()
torch.manual_seed(a.seed)
torch.set_num_threads(a.threads)
tok, T, (model, mixtures, config) = tokenizer(), teacher(), load(a.init)
corpus, draw = texts(a.data, a.seed), random.Random(a.seed)
joined = pairs(a.data, a.seed) if a.contrast else []
lengths = [int(n) for n in a.lengths.split(',')]
optimiser = torch.optim.AdamW(model.parameters(), lr=a.rate, weight_decay=0.01)
kept = pathlib.Path(a.out + '.resume.pt')
step = 0
if kept.exists():
    state = torch.load(kept)
    model.load_state_dict(state['model'])
    optimiser.load_state_dict(state['optimiser'])
    step = state['step']
    draw.setstate(state['draw'])
print(len(corpus), 'texts, from step', step, flush=True)
model.train(False)  # dropout off: a distillation target is exact


# Half the time where the CPU multiplies bfloat16 itself; elsewhere it would be imitated, at several times the time of float32.
narrow = torch.cpu._is_avx512_bf16_supported()


def layers(m, ids, mask):
    """Unit sentence vectors, each layer's hidden states, and the mask as weights [batch, tokens, 1]."""
    seen, hooks = [], [l.register_forward_hook(lambda _m, _i, o: seen.append(o[0] if isinstance(o, tuple) else o)) for l in m.encoder.layer]
    with torch.autocast('cpu', torch.bfloat16, enabled=narrow):
        last = m(input_ids=ids, attention_mask=mask).last_hidden_state.float()
    for h in hooks:
        h.remove()
    weight = mask.unsqueeze(-1).float()
    return F.normalize((last * weight).sum(1) / weight.sum(1), dim=-1), seen, weight


def batch():
    """Texts of like length: the longer half of a draw where long ones are wanted, the shorter half else; and whether they are pairs."""
    longest = draw.choice(lengths)
    if joined and longest >= 96 and draw.random() < 2 / 3:
        half = [t for pair in (draw.choice(joined) for _ in range(a.tokens // longest // 2)) for t in pair]
        b = tok(half, padding=True, truncation=True, max_length=longest, return_tensors='pt')
        return b['input_ids'], b['attention_mask'], True
    some = [draw.choice(corpus) for _ in range(a.tokens // longest * 2)]
    if longest > 128:  # posts and articles go from one thing to the next
        some = [f'{t}\n\n{draw.choice(corpus)}' if draw.random() < 0.3 else t for t in some]
    if longest <= 32:
        some = [draw.choice([s for s in re.split(r'(?<=[.!?;])\s+', t) if len(s) > 15] or [t]) for t in some]
    some.sort(key=len)
    half = some[len(some) // 2:] if longest > 64 else some[:len(some) // 2]
    b = tok(half, padding=True, truncation=True, max_length=longest, return_tensors='pt')
    ids, mask = b['input_ids'], b['attention_mask']
    for row in range(len(ids)):
        if draw.random() < a.noise:
            n = int(mask[row].sum())
            for at in range(1, n - 1):
                if draw.random() < 0.15:
                    ids[row, at] = draw.randrange(1000, len(tok))
    return ids, mask, False


def routing(weight):
    """[batch, routers × experts] pooled routing weights, standardised over the batch, unit rows."""
    r = torch.cat([(m.p * weight).sum(1) / weight.sum(1) for m in mixtures], -1)
    return F.normalize((r - r.mean(0)) / (r.std(0) + 1e-5), dim=-1)


since, log = time.time(), []
while step < a.steps:
    for g in optimiser.param_groups:
        g['lr'] = a.rate * min(1, (step + 1) / 100) * max(0.02, 1 - step / a.steps)
    ids, mask, paired = batch()
    with torch.no_grad():
        t, th, weight = layers(T, ids, mask)
    s, sh, _ = layers(model, ids, mask)
    hidden = sum((((x.float() - y.float()) ** 2) * weight).sum() / (weight.sum() * x.shape[-1]) / y.float().var() for x, y in zip(sh, th)) / len(th)
    real = mask.flatten() > 0
    loads = [m.load.flatten(0, 1)[real].mean(0) / m.active for m in mixtures]
    balance = sum(m.experts * (load * m.p.flatten(0, 1)[real].mean(0)).sum() for m, load in zip(mixtures, loads)) / len(mixtures)
    centred, r = F.normalize(t - t.mean(0), dim=-1), routing(weight)
    meaning = ((centred @ centred.T - r @ r.T) ** 2).mean()
    cosine, similar = (1 - (s * t).sum(-1)).mean(), ((s @ s.T - t @ t.T) ** 2).mean()
    loss = 5 * cosine + a.similar * similar + hidden + a.balance * balance + a.routing * meaning
    if paired:
        loss = loss + a.contrast * F.cross_entropy(s[::2] @ s[1::2].T / 0.05, torch.arange(len(s) // 2))
    optimiser.zero_grad()
    loss.backward()
    torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    optimiser.step()
    step += 1
    least = min((load.min() * m.experts).item() for m, load in zip(mixtures, loads))
    log.append((cosine.item(), similar.item(), hidden.item(), balance.item(), meaning.item(), least))
    if step % 25 == 0:
        mean = [sum(c) / len(c) for c in zip(*log[-100:])]
        print(f'step {step} cosine {1 - mean[0]:.4f} similarity {mean[1]:.5f} hidden {mean[2]:.4f} balance {mean[3]:.3f} routing {mean[4]:.4f} least load {mean[5]:.2f}, {time.time() - since:.0f} s', flush=True)
    if step % 100 == 0:
        torch.save({'model': model.state_dict(), 'optimiser': optimiser.state_dict(), 'step': step, 'draw': draw.getstate()}, str(kept) + '.part')
        os.replace(str(kept) + '.part', kept)
        save(a.out, model, mixtures, config)
save(a.out, model, mixtures, config)
kept.unlink(missing_ok=True)
