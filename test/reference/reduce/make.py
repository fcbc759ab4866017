"""Numbers from umap-learn 0.5.12 (SciPy, NumPy) for the tests beside this file.

    pip install umap-learn==0.5.12 && python make.py

Writes fixtures.json: curve parameters, and for 200 rows in 8 dimensions (made by the same integer recipe as in the test, so that no
array needs to be stored) the smooth distances, the fuzzy graph, its supervised form, the Laplacian's eigenvalues and the quality of
umap-learn's layout.
"""

import json
import pathlib

import numpy as np
from sklearn.metrics import pairwise_distances
from umap import UMAP
from umap.umap_ import (
    compute_membership_strengths,
    discrete_metric_simplicial_set_intersection,
    find_ab_params,
    fuzzy_simplicial_set,
    smooth_knn_dist,
)

ROWS, COLUMNS, K = 200, 8, 15


def sample(rows, columns, clusters=5):
    """Points around `clusters` centres; a linear congruential generator gives the same numbers in any language."""
    state = 12345
    out = np.zeros((rows, columns))
    for r in range(rows):
        for c in range(columns):
            total = 0
            for _ in range(4):
                state = (1103515245 * state + 12345) % 2147483648
                total += state / 2147483648
            out[r, c] = (total - 2) + 2 * ((r % clusters) * (c + 1) % 7)
    return out.astype(np.float32)


def coo(graph):
    graph = graph.tocsr()
    graph.sort_indices()
    graph = graph.tocoo()
    return {
        "rows": graph.row.tolist(),
        "columns": graph.col.tolist(),
        "weights": [round(float(w), 7) for w in graph.data],
    }


def quality(x, y, k):
    """Trustworthiness and continuity."""
    n = len(x)
    rank = lambda d: np.argsort(np.argsort(d, axis=1, kind="stable"), axis=1, kind="stable")
    dx, dy = pairwise_distances(x), pairwise_distances(y)
    np.fill_diagonal(dx, -1), np.fill_diagonal(dy, -1)
    rx, ry = rank(dx), rank(dy)
    scale = 2 / (n * k * (2 * n - 3 * k - 1))
    trust = 1 - scale * np.maximum(0, rx - k)[(ry >= 1) & (ry <= k)].sum()
    cont = 1 - scale * np.maximum(0, ry - k)[(rx >= 1) & (rx <= k)].sum()
    return [float(trust), float(cont)]


def main():
    out = {"curves": []}
    for spread, min_dist in [(1, 0), (1, 0.1), (1, 0.5), (1, 0.99), (2, 0.1), (0.5, 0), (3, 0.001)]:
        a, b = find_ab_params(spread, min_dist)
        out["curves"].append({"spread": spread, "minDist": min_dist, "a": float(a), "b": float(b)})

    x = sample(ROWS, COLUMNS)
    out["firstRow"] = x[0].tolist()
    for metric in ["euclidean", "cosine"]:
        d = pairwise_distances(x.astype(np.float64), metric=metric)
        np.fill_diagonal(d, 0)
        index = np.argsort(d, axis=1, kind="stable")[:, :K]
        dist = np.take_along_axis(d, index, axis=1).astype(np.float32)
        sigmas, rhos = smooth_knn_dist(dist, float(K))
        graph, _, _ = fuzzy_simplicial_set(
            x, K, np.random.RandomState(0), metric, knn_indices=index, knn_dists=dist
        )
        labels = np.array([-1 if r % 4 == 0 else r % 3 for r in range(ROWS)])
        labelled = discrete_metric_simplicial_set_intersection(graph.copy(), labels, far_dist=5.0)
        one = {
            "indices": index[:, 1:].ravel().tolist(),
            "sigmas": [round(float(v), 7) for v in sigmas],
            "rhos": [round(float(v), 7) for v in rhos],
            "graph": coo(graph),
            "labelled": coo(labelled),
        }
        sigma0, rho0 = smooth_knn_dist(np.ascontiguousarray(dist[:, 1:]), float(K - 1), local_connectivity=0.0)
        _, _, strengths, _ = compute_membership_strengths(
            np.ascontiguousarray(index[:, 1:], dtype=np.int32), np.ascontiguousarray(dist[:, 1:]), sigma0, rho0, bipartite=True
        )
        one["placing"] = [round(float(v), 6) for v in strengths[: 14 * 20]]
        whole = graph.toarray()
        degree = whole.sum(axis=0)
        laplacian = np.eye(ROWS) - whole / np.sqrt(np.outer(degree, degree))
        one["eigenvalues"] = np.linalg.eigvalsh(laplacian)[:6].tolist()
        out[metric] = one

    out["quality"] = {}
    for dimensions, min_dist in [(5, 0.0), (2, 0.1)]:
        y = UMAP(
            n_neighbors=K, n_components=dimensions, min_dist=min_dist, metric="euclidean", random_state=42
        ).fit_transform(sample(1000, COLUMNS, 12))
        out["quality"][str(dimensions)] = quality(sample(1000, COLUMNS, 12), y, K)
    path = pathlib.Path(__file__).with_name("fixtures.json")
    path.write_text(json.dumps(out, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
