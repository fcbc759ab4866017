"""Hunts for differences from hdbscan 0.8.44: random sets and settings, and what the reference makes of them.

    python test/reference/cluster/hunt.py FILE.jsonl COUNT SEED [POINTS.npy …]
    MOETOPIC_HUNT=FILE.jsonl npx vitest run test/reference/cluster/hunt.test.ts

Each line is a case as in make.py, with `own`: the least adjusted Rand index of the reference against itself when the rows come in
another order (up to 40 orders, until one is below 0.999, where the test begins to call labels different). Where it is, equal distances
(or its approximate spanning tree) decide, and no labelling is the right one. Stopping at the first order that differs at all would keep a
0.9997 where another order gives 0.995, and would seem to say that the reference agrees with itself.
Settings are drawn for random sets and for each of the given point sets (UMAP's results of real corpora, say).
"""
import json
import sys

import hdbscan
import numpy as np
from sklearn.metrics import adjusted_rand_score

rng = np.random.default_rng(int(sys.argv[3]))


def blobs():
    columns = int(rng.choice([1, 2, 2, 3, 5, 5, 8]))
    count = int(rng.integers(1, 13))
    sizes = rng.integers(5, 120, count)
    centres = rng.uniform(-6, 6, (count, columns))
    spreads = rng.uniform(0.05, 1.2, count)
    parts = [c + s * rng.standard_normal((n, columns)) for c, s, n in zip(centres, spreads, sizes)]
    return np.concatenate([*parts, rng.uniform(-8, 8, (int(rng.integers(0, 60)), columns))])


def line(points):
    return np.cumsum(rng.exponential(1, len(points)) ** 2)[:, None]


def random_set():
    points = blobs()
    kind = rng.choice(["plain", "rounded", "coarse", "repeated", "some repeated", "line", "shuffled"])
    if kind == "rounded":
        points = np.round(points, 1)
    elif kind == "coarse":
        points = np.round(points * 2) / 2
    elif kind == "repeated":
        points = np.repeat(points, int(rng.integers(2, 5)), 0)
    elif kind == "some repeated":
        points = points[rng.integers(0, len(points), len(points))]
    elif kind == "line":
        points = line(points)
    if rng.random() < 0.5:
        points = points[rng.permutation(len(points))]
    return str(kind), points


def settings(points):
    n = len(points)
    params = dict(min_cluster_size=int(rng.integers(2, max(3, min(60, n // 4)))))
    if rng.random() < 0.6:
        params["min_samples"] = int(rng.integers(1, max(2, min(30, n // 3))))
    if rng.random() < 0.4:
        params["cluster_selection_method"] = "leaf"
    if rng.random() < 0.4:
        a, b = points[rng.integers(0, n, 400)], points[rng.integers(0, n, 400)]
        params["cluster_selection_epsilon"] = float(np.quantile(np.linalg.norm(a - b, axis=1), rng.uniform(0.0, 0.4)))
    if rng.random() < 0.25:
        params["max_cluster_size"] = int(rng.integers(params["min_cluster_size"], n))
    if rng.random() < 0.25:
        params["allow_single_cluster"] = True
    return params


def fit(points, params):
    return hdbscan.HDBSCAN(core_dist_n_jobs=1, gen_min_span_tree=True, **params).fit(points)


def against_itself(points, params, labels):
    least = 1.0
    for _ in range(40):
        order = rng.permutation(len(points))
        again = np.empty(len(points), int)
        again[order] = fit(points[order], params).labels_
        least = min(least, adjusted_rand_score(labels, again))
        if least < 0.999:
            break
    return least


given = [np.load(file) for file in sys.argv[4:]]
with open(sys.argv[1], "w") as out:
    for case in range(int(sys.argv[2])):
        kind, points = ("given", given[case % len(given)]) if given else random_set()
        points = np.ascontiguousarray(points, dtype=np.float32)
        params = settings(points)
        try:
            found = fit(points, params)
        except Exception as cause:
            print("the reference fails:", kind, points.shape, params, repr(cause)[:100], flush=True)
            continue
        lengths = found._min_spanning_tree[:, 2]
        tied = int(len(lengths) - len(np.unique(lengths)))
        one = dict(
            kind=kind,
            rows=points.shape[0],
            columns=points.shape[1],
            points=points.astype(float).ravel().tolist(),
            params=params,
            labels=found.labels_.tolist(),
            tied=tied,
            own=float(against_itself(points, params, found.labels_)) if tied else 1.0,
        )
        out.write(json.dumps(one, separators=(",", ":")) + "\n")
