"""How far BERTopic's own transform agrees with its fit, for comparison with ours.

    python bertopic-transform.py [ROWS]

Fits BERTopic with the settings of ../../../../shared/reference on four fifths of (a sample of) 20 Newsgroups and its MiniLM embeddings,
transforms the same documents again, and the other fifth. Prints the share of non-outliers that keep their topic, AMI with the 20 labels
and outliers of both parts. Empty texts are left out, as in MoETopic.
"""

import csv
import gzip
import pathlib
import sys

import numpy as np
from bertopic import BERTopic
from hdbscan import HDBSCAN
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.metrics import adjusted_mutual_info_score
from umap import UMAP

shared = pathlib.Path(__file__).resolve().parents[4] / "shared"
csv.field_size_limit(1 << 30)

with gzip.open(shared / "corpora" / "20newsgroups.csv.gz", "rt", encoding="utf-8", newline="") as file:
    rows = list(csv.DictReader(file))
embeddings = np.load(shared / "reference" / "20newsgroups-minilm.f16.npy").astype(np.float32)
order = np.random.default_rng(9).permutation([i for i, r in enumerate(rows) if r["text"].strip()])
if len(sys.argv) > 1:
    order = order[: int(sys.argv[1])]
fit, held = np.split(order, [round(len(order) * 0.8)])

model = BERTopic(
    umap_model=UMAP(n_neighbors=15, n_components=5, min_dist=0.0, metric="cosine", random_state=42),
    hdbscan_model=HDBSCAN(min_cluster_size=15, prediction_data=True),
    vectorizer_model=CountVectorizer(stop_words="english"),
)


def texts(ids):
    return [rows[i]["text"] for i in ids]


def report(name, ids, topics):
    ami = adjusted_mutual_info_score([rows[i]["label"] for i in ids], topics)
    print(f"{name}: AMI {ami:.3f}, outliers {np.mean(topics == -1):.3f}")


fitted = np.array(model.fit_transform(texts(fit), embeddings[fit])[0])
again = np.array(model.transform(texts(fit), embeddings[fit])[0])
inside = fitted >= 0
print(f"{len(fit)} documents, {len(set(fitted)) - 1} topics; kept by transform: {np.mean(again[inside] == fitted[inside]):.3f}")
report("fit", fit, fitted)
report("held out", held, np.array(model.transform(texts(held), embeddings[held])[0]))
