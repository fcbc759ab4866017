"""Splits the teacher's feed-forward layers into a shared expert and routed ones: python split.py --out DIR --data DIR

Neurons that matter most on average are shared; the others are grouped by balanced k-means over what each adds to the output, token
by token (co-activation), or over their input weights. A router starts as the regression of each group's contribution on
the hidden state (or, for comparison, as the groups' mean input weights, or as the mean hidden states of example texts by domain), and
each layer then learns, by itself, to give what the dense layer gave.
"""
import argparse, time
import torch
import torch.nn.functional as F
from data import texts
from model import AddNorm, CONFIG, Mixture, save, teacher, tokenizer

p = argparse.ArgumentParser()
p.add_argument('--out', required=True)
p.add_argument('--data', required=True)
p.add_argument('--shared', type=int, default=384)
p.add_argument('--experts', type=int, default=32)
p.add_argument('--active', type=int, default=16)
p.add_argument('--groups', choices=('activations', 'weights', 'copies'), default='activations', help='copies: upcycling, experts start alike')
p.add_argument('--router', choices=('regression', 'weights', 'domains', 'random'), default='regression')
p.add_argument('--steps', type=int, default=300)
p.add_argument('--balance', type=float, default=0.02)
p.add_argument('--texts', type=int, default=2000)
p.add_argument('--seed', type=int, default=1)
p.add_argument('--threads', type=int, default=2)


def inputs(model, tok, corpus, length=128):
    """What each feed-forward layer sees, padding left out, and the source of each token's text."""
    seen = [[] for _ in model.encoder.layer]
    hooks = [layer.intermediate.register_forward_hook(lambda _m, i, _o, k=k: seen[k].append(i[0].reshape(-1, i[0].shape[-1])))
             for k, layer in enumerate(model.encoder.layer)]
    owners = []
    with torch.no_grad(), torch.autocast('cpu', torch.bfloat16):
        for at in range(0, len(corpus), 64):
            b = tok(corpus[at:at + 64], padding=True, truncation=True, max_length=length, return_tensors='pt')
            model(**b)
            real = b['attention_mask'].flatten() > 0
            owners.append((at + torch.arange(b['input_ids'].shape[0])).repeat_interleave(b['input_ids'].shape[1])[real])
            for s in seen:
                s[-1] = s[-1][real].float()
    for h in hooks:
        h.remove()
    return [torch.cat(s) for s in seen], torch.cat(owners)


def balanced(rows, groups, seed, rounds=12):
    """Balanced k-means by cosine: [n] group of each row, every group as large."""
    x = F.normalize(rows, dim=1)
    size = len(x) // groups
    centre = x[torch.randperm(len(x), generator=torch.Generator().manual_seed(seed))[:groups]]
    for _ in range(rounds):
        order = (x @ centre.T).flatten().argsort(descending=True).tolist()
        group, count = [-1] * len(x), [0] * groups
        for flat in order:
            i, e = divmod(flat, groups)
            if group[i] < 0 and count[e] < size:
                group[i] = e
                count[e] += 1
        group = torch.tensor(group)
        centre = torch.stack([F.normalize(x[group == e].mean(0), dim=0) for e in range(groups)])
    return group


def contributions(x, w1, b1, w2):
    """[tokens, neurons]: length of what each neuron adds to the output."""
    return F.gelu(F.linear(x, w1, b1)).abs() * w2.norm(dim=0)


def routing(kind, x, gain, w1, experts, owners, seed):
    """[experts, hidden] first weights of a router."""
    if kind == 'random':
        return torch.randn(experts, x.shape[1], generator=torch.Generator().manual_seed(seed)) * 0.02
    if kind == 'weights':
        return 2 * torch.stack([F.normalize(w, dim=1).mean(0) for w in w1])
    if kind == 'domains':
        means = torch.stack([x[owners == o].mean(0) for o in owners.unique()])
        domain = balanced(means - means.mean(0), experts, seed)
        hidden = torch.stack([means[: len(domain)][domain == e].mean(0) for e in range(experts)]) - means.mean(0)
        return F.normalize(hidden, dim=1)
    target = (gain / gain.mean(0) - 1).clamp(-2, 4)
    mean = x.mean(0)
    gram = (x - mean).T @ (x - mean) + 0.01 * len(x) * torch.eye(x.shape[1])
    return torch.linalg.solve(gram, (x - mean).T @ target).T * 0.5


def split_layer(layer, x, owners, a, k):
    """A dense layer's mixture, trained to give what the layer gave; returns (mixture, error before, error after)."""
    w1, b1, w2, b2 = (t.detach() for t in (layer.intermediate.dense.weight, layer.intermediate.dense.bias,
                                           layer.output.dense.weight, layer.output.dense.bias))
    width = (len(w1) - a.shared) // a.experts
    m = Mixture(w1.shape[1], a.shared, a.experts, width, a.active)
    some = x[torch.randperm(len(x), generator=torch.Generator().manual_seed(a.seed))[:12000]]
    part = contributions(some, w1, b1, w2)
    order = part.mean(0).argsort(descending=True)
    shared, rest = order[:a.shared], order[a.shared:]
    rows = part[:, rest].T if a.groups == 'activations' else w1[rest]
    group = torch.arange(len(rest)) % a.experts if a.groups == 'copies' else balanced(rows - rows.mean(0) if a.groups == 'activations' else rows, a.experts, a.seed)
    routed = torch.cat([rest[group == e] for e in range(a.experts)])
    perm = torch.cat([shared, routed])
    with torch.no_grad():
        m.w1.copy_(w1[perm]); m.b1.copy_(b1[perm]); m.w2.copy_(w2[:, perm]); m.b2.copy_(b2)
        if a.groups == 'copies':  # the neurons that matter most, in every expert alike, each a little off
            best = rest[:width].repeat(a.experts)
            m.w1[a.shared:] = w1[best] + 0.002 * torch.randn(len(best), w1.shape[1])
            m.b1[a.shared:] = b1[best]
            m.w2[:, a.shared:] = w2[:, best] / a.active
        gain = part[:, routed].reshape(len(some), a.experts, width).sum(-1)
        at = owners[torch.randperm(len(x), generator=torch.Generator().manual_seed(a.seed))[:12000]]
        m.router.weight.copy_(routing(a.router, some, gain, w1[routed].reshape(a.experts, width, -1), a.experts, at, a.seed))
    opt = torch.optim.AdamW([{'params': [m.router.weight], 'lr': 1e-3}, {'params': [m.w1, m.b1, m.w2, m.b2], 'lr': 3e-4}], weight_decay=0)
    first, errors = None, []
    draw = torch.Generator().manual_seed(a.seed + k)
    for step in range(a.steps):
        for g, lr in zip(opt.param_groups, (1e-3, 3e-4)):
            g['lr'] = lr * max(0.05, 1 - step / a.steps)
        b = x[torch.randint(len(x), (2048,), generator=draw)]
        with torch.autocast('cpu', torch.bfloat16):
            with torch.no_grad():
                y = F.linear(F.gelu(F.linear(b, w1, b1)), w2, b2).float()
            error = ((m(b).float() - y) ** 2).mean() / y.var()
            balance = a.experts * ((m.load.mean(0) / a.active) * m.p.mean(0)).sum()
        opt.zero_grad()
        (error + a.balance * balance).backward()
        opt.step()
        errors.append(error.item())
        first = first or errors[0]
    share = m.load.mean(0) / a.active * a.experts
    return m, first, sum(errors[-30:]) / len(errors[-30:]), share


if __name__ == '__main__':
    a = p.parse_args()
    torch.manual_seed(a.seed)
    torch.set_num_threads(a.threads)
    tok, model = tokenizer(), teacher()
    corpus = texts(a.data, a.seed)[: a.texts]
    began = time.time()
    seen, owners = inputs(model, tok, corpus)
    mixtures, total = [], 0
    for k, (layer, x) in enumerate(zip(model.encoder.layer, seen)):
        m, before, after, share = split_layer(layer, x, owners, a, k)
        layer.intermediate, layer.output = m, AddNorm(layer.output.LayerNorm)
        mixtures.append(m)
        total += after
        print(f'layer {k}: error {before:.4f} → {after:.4f} of the variance, load {share.min():.2f} to {share.max():.2f} of fair, {time.time() - began:.0f} s', flush=True)
    print(f'shared {a.shared}, {a.active} of {a.experts} experts, {a.groups}, {a.router}: mean error {total / len(mixtures):.4f}', flush=True)
    width = (1536 - a.shared) // a.experts
    config = CONFIG | {'num_experts': a.experts, 'num_experts_per_tok': a.active, 'moe_intermediate_size': width,
                       'shared_expert_intermediate_size': a.shared, 'routed_scaling_factor': a.active}
    save(a.out, model, mixtures, config)
