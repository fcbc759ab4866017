"""Makes the fixtures beside this file with hdbscan 0.8.44 (scikit-learn 1.9, NumPy 2.4 on a CPU with AVX-512):

    python test/reference/cluster/make.py

Points are float32; numbers keep ten digits. `tied` counts edges of the spanning tree that are as long as another one.
"""
import json
from pathlib import Path

import hdbscan
import numpy as np
from hdbscan.prediction import all_points_membership_vectors, approximate_predict, membership_vector
from hdbscan.validity import validity_index

folder = Path(__file__).parent / "fixtures"
rng = np.random.default_rng(7)


def blobs(centres, size, spread, columns=2):
    return np.concatenate([c + spread * rng.standard_normal((size, columns)) for c in centres])


def moons(size):
    t = np.pi * rng.random(size)
    upper = np.stack([np.cos(t), np.sin(t)], 1)
    lower = np.stack([1 - np.cos(t), 0.5 - np.sin(t)], 1)
    return np.concatenate([upper, lower]) + 0.06 * rng.standard_normal((2 * size, 2))


three = [[0, 0], [6, 1], [2, 7]]
scattered = np.concatenate([blobs(three, 45, 0.8), rng.uniform(-4, 10, (25, 2))])
nested = np.concatenate([blobs([[0, 0], [1.6, 0], [0, 1.7], [14, 0], [14, 2.2]], 36, 0.35), rng.uniform(-3, 17, (20, 2))])
five = np.concatenate([blobs(rng.uniform(-5, 5, (7, 5)), 40, 0.6, 5), rng.uniform(-6, 6, (40, 5))])
cases = {
    "blobs": (scattered, dict(min_cluster_size=10)),
    "moons": (moons(90), dict(min_cluster_size=8, min_samples=5)),
    "five-dimensions": (five, dict(min_cluster_size=12, min_samples=6)),
    "duplicates": (np.repeat(blobs(three, 20, 0.8), 3, 0), dict(min_cluster_size=9, min_samples=5)),
    "many-duplicates": (np.concatenate([np.repeat([[0.0, 0], [3, 3]], 12, 0), blobs(three, 20, 0.9)]), dict(min_cluster_size=8)),
    "ties": (np.stack(np.meshgrid(np.arange(12.0), np.arange(9.0)), -1).reshape(-1, 2) + np.where(np.arange(108)[:, None] % 9 > 4, 20, 0), dict(min_cluster_size=6, min_samples=3)),
    "noise": (rng.random((150, 2)), dict(min_cluster_size=12)),
    "single-cluster": (blobs([[0, 0]], 120, 1.0), dict(min_cluster_size=20, allow_single_cluster=True)),
    "single-cluster-epsilon": (blobs([[0, 0]], 120, 1.0), dict(min_cluster_size=20, allow_single_cluster=True, cluster_selection_epsilon=1.1)),
    "leaf": (nested, dict(min_cluster_size=8, cluster_selection_method="leaf")),
    "epsilon": (nested, dict(min_cluster_size=8, min_samples=4, cluster_selection_epsilon=0.9)),
    "leaf-epsilon": (nested, dict(min_cluster_size=6, min_samples=3, cluster_selection_method="leaf", cluster_selection_epsilon=0.5)),
    "max-size": (nested, dict(min_cluster_size=8, max_cluster_size=60)),
    "one-sample": (scattered, dict(min_cluster_size=6, min_samples=1)),
    "few-rows": (rng.random((7, 3)), dict(min_cluster_size=3, min_samples=20)),
    "two-rows": (np.array([[0.0, 1], [2, 3]]), dict(min_cluster_size=2, min_samples=1)),
    "forty-columns": (blobs(rng.uniform(-2, 2, (3, 40)), 30, 0.8, 40), dict(min_cluster_size=10)),
}


def numbers(values):
    return [float(f"{v:.10g}") if np.isfinite(v) else str(v) for v in np.asarray(values, float).ravel()]


for name, (points, params) in cases.items():
    points = np.ascontiguousarray(points, dtype=np.float32)
    found = hdbscan.HDBSCAN(gen_min_span_tree=True, core_dist_n_jobs=1, **params).fit(points)
    tree = found.condensed_tree_.to_numpy()
    lengths = found._min_spanning_tree[:, 2]
    case = dict(
        rows=points.shape[0],
        columns=points.shape[1],
        points=numbers(points),
        params=params,
        labels=found.labels_.tolist(),
        probabilities=numbers(found.probabilities_),
        outlierScores=numbers(found.outlier_scores_),
        tree=dict(
            parent=tree["parent"].tolist(),
            child=tree["child"].tolist(),
            **{"lambda": numbers(tree["lambda_val"])},
            size=tree["child_size"].tolist(),
        ),
        tied=int(len(lengths) - len(np.unique(lengths))),
    )
    many = found.labels_.max() >= 1
    if many:
        case["validity"] = float(validity_index(points.astype(np.float64), found.labels_))
    if many and 2 * (params.get("min_samples") or params["min_cluster_size"]) <= len(points):
        found.generate_prediction_data()
        low, high = points.min(0), points.max(0)
        fresh = (low + (high - low) * rng.random((30, points.shape[1]))).astype(np.float32)
        labels, probabilities = approximate_predict(found, fresh)
        case["membership"] = numbers(all_points_membership_vectors(found))
        case["fresh"] = dict(
            points=numbers(fresh),
            labels=labels.tolist(),
            probabilities=numbers(probabilities),
            membership=numbers(membership_vector(found, fresh)),
        )
    (folder / f"{name}.json").write_text(json.dumps(case, separators=(",", ":")) + "\n")
    print(name, "clusters", found.labels_.max() + 1, "outliers", int((found.labels_ < 0).sum()), "tied", case["tied"])
