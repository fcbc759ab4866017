"""Makes evaluate.json: gensim's coherences and scikit-learn's scores on made-up documents and labels.

    pip install gensim==4.4.0 scikit-learn==1.9.1
    python test/reference/topics/make-evaluate.py
"""

import json
import pathlib

import numpy as np
from gensim.corpora import Dictionary
from gensim.models.coherencemodel import CoherenceModel
from sklearn import metrics

rng = np.random.default_rng(11)
words = [f"w{i}" for i in range(40)]
documents = []
for d in range(60):
    favourite = rng.integers(4)
    length = int(rng.choice([0, 1, 5, 12, 60, 111, 180]))
    weights = np.ones(40)
    weights[favourite * 10 : favourite * 10 + 10] = rng.uniform(3, 20, 10)
    documents.append(rng.choice(40, length, p=weights / weights.sum()).tolist())
texts = [[words[t] for t in d] for d in documents]
topics = [[words[int(i)] for i in rng.permutation(40)[:n]] for n in (10, 10, 7, 3)]
topics += [[words[i] for i in range(10)], [words[i] for i in range(10, 20)]]
dictionary = Dictionary(texts)


def coherence(kind, window):
    scores = []
    for topic in topics:  # one by one: gensim wants topics of equal length
        model = CoherenceModel(
            topics=[topic], texts=texts, dictionary=dictionary, coherence=kind, window_size=window, processes=1
        )
        scores.append(float(model.get_coherence_per_topic()[0]))
    return {"window": window, "scores": scores}


def labels(truth, found):
    h, c, v = metrics.homogeneity_completeness_v_measure(truth, found)
    table = metrics.cluster.contingency_matrix(truth, found)
    return {
        "truth": [int(x) for x in truth],
        "found": [int(x) for x in found],
        "ami": metrics.adjusted_mutual_info_score(truth, found),
        "nmi": metrics.normalized_mutual_info_score(truth, found),
        "vMeasure": v,
        "homogeneity": h,
        "completeness": c,
        "purity": float(table.max(axis=0).sum() / table.sum()),
    }


truth = rng.integers(0, 6, 300)
noisy = np.where(rng.random(300) < 0.6, truth, rng.integers(-1, 9, 300))
points = (rng.normal(size=(120, 4)) + np.repeat(rng.normal(size=(6, 4)) * 2, 20, axis=0)).astype("float32")
clusters = np.where(rng.random(120) < 0.8, np.repeat(np.arange(6), 20), rng.integers(0, 7, 120))
clusters[0] = 9

out = {
    "documents": documents,
    "words": words,
    "topics": topics,
    "npmi": [coherence("c_npmi", 10), coherence("c_npmi", 50)],
    "cv": [coherence("c_v", 110), coherence("c_v", 20)],
    "labels": [
        labels(truth, noisy),
        labels(truth, rng.integers(0, 50, 300)),
        labels(truth, truth + 3),
        labels(truth, np.zeros(300, int)),
        labels(np.zeros(20, int), np.zeros(20, int)),
        labels(np.arange(20), np.arange(20)),
    ],
    "points": [[float(x) for x in p] for p in points],
    "clusters": clusters.tolist(),
    "silhouette": {m: float(metrics.silhouette_score(points, clusters, metric=m)) for m in ("euclidean", "cosine")},
}
# Rows without a direction, in both clusters.
blank = points.copy()
blank[[3, 30, 31, 100]] = 0
out["blank"] = {
    "rows": [3, 30, 31, 100],
    "silhouette": {m: float(metrics.silhouette_score(blank, clusters, metric=m)) for m in ("euclidean", "cosine")},
}
(pathlib.Path(__file__).parent / "evaluate.json").write_text(json.dumps(out))
