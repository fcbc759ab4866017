"""Makes bertopic.json and the saved model bertopic-model/: SciPy's linkages, and what BERTopic 0.17.4 gives for hierarchy, distributions, topics over time and
per class on the texts of ../keywords/texts.json (no embedding model is needed: topics are given).

    pip install bertopic==0.17.4 scipy==1.17.1
    python test/reference/topics/make-bertopic.py
"""

import json
import pathlib

import numpy as np
import pandas as pd
import scipy.cluster.hierarchy as sch
from bertopic import BERTopic
from bertopic.cluster import BaseCluster
from bertopic.dimensionality import BaseDimensionalityReduction
from bertopic.vectorizers import ClassTfidfTransformer
from scipy.spatial.distance import pdist, squareform
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression

here = pathlib.Path(__file__).parent
texts = json.loads((here / "../keywords/texts.json").read_text(encoding="utf8"))
documents = [t["text"] for t in texts]
labels = [t["label"] for t in texts]
rng = np.random.default_rng(3)

points = rng.normal(size=(14, 3))
tied = rng.integers(0, 3, size=(10, 2)).astype(float)
linkages = []
for name, X in (("random", points), ("tied", tied)):
    D = pdist(X)
    for method in ("ward", "average", "complete", "single", "weighted"):
        Z = sch.linkage(D, method)
        linkages.append({"name": name, "method": method, "distances": squareform(D).ravel().tolist(), "Z": Z.tolist()})

# language="multilingual": no letters are deleted before counting, so the tokens are CountVectorizer's.
model = BERTopic(
    language="multilingual",
    embedding_model=None,
    umap_model=BaseDimensionalityReduction(),
    hdbscan_model=BaseCluster(),
    vectorizer_model=CountVectorizer(stop_words="english"),
    ctfidf_model=ClassTfidfTransformer(),
)
embeddings = rng.normal(size=(len(documents), 4)).astype("float32")
model.fit(documents, embeddings=embeddings, y=labels)
assert model.topics_ is not None
# BERTopic renames topics by size; undo it for comparison.
mapping = {new: old for new, old in zip(model.topics_, labels)}
ids = sorted(set(model.topics_) - {-1})

distribution, tokens = model.approximate_distribution(documents, calculate_tokens=False)
with_tokens, tokens = model.approximate_distribution(documents, calculate_tokens=True)
wide, _ = model.approximate_distribution(documents, window=6, stride=2, min_similarity=0.01)

hierarchy = model.hierarchical_topics(documents)
times = [f"2024-0{1 + i % 3}-01" for i in range(len(documents))]
classes = ["ab"[i % 2] for i in range(len(documents))]


def table(frame, column):
    rows = []
    for row in frame.itertuples():
        rows.append(
            {"topic": mapping[row.Topic], "words": row.Words.split(", "), "count": row.Frequency, column: str(getattr(row, column))[:10]}
        )
    return rows


out = {
    "linkages": linkages,
    "embeddings": embeddings.tolist(),
    "mapping": {str(k): int(v) for k, v in mapping.items()},
    "topics": [int(mapping[i]) for i in ids],
    "distribution": np.asarray(distribution).tolist(),
    "wide": np.asarray(wide).tolist(),
    "tokens": [np.asarray(t).tolist() for t in tokens],
    "hierarchy": [
        {
            "topics": [int(mapping[t]) for t in row.Topics],
            "words": row.Parent_Name.split("_"),
            "distance": row.Distance,
        }
        for row in hierarchy.itertuples()
    ],
    "times": times,
    "classes": classes,
    "over_time": table(
        model.topics_over_time(documents, pd.to_datetime(times).tolist(), evolution_tuning=False), "Timestamp"
    ),
    "over_time_plain": table(
        model.topics_over_time(
            documents, pd.to_datetime(times).tolist(), evolution_tuning=False, global_tuning=False
        ),
        "Timestamp",
    ),
    "per_class": table(model.topics_per_class(documents, classes), "Class"),
}
(here / "bertopic.json").write_text(json.dumps(out))

model.set_topic_labels({0: "Ice hockey"})
model.save(str(here / "bertopic-model"), serialization="safetensors", save_ctfidf=True)

