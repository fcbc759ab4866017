"""Makes damped.json: what BERTopic 0.17.4 gives with reduce_frequent_words for distributions, topics over time and per class, and for each
strategy of reduce_outliers, with and without it, on the texts of ../keywords/texts.json, every third of them an outlier.

    pip install bertopic==0.17.4
    python test/reference/topics/make-damped.py
"""

import json
import pathlib

import numpy as np
import pandas as pd
from bertopic import BERTopic
from bertopic.cluster import BaseCluster
from bertopic.dimensionality import BaseDimensionalityReduction
from bertopic.vectorizers import ClassTfidfTransformer
from sklearn.feature_extraction.text import CountVectorizer

here = pathlib.Path(__file__).parent
texts = json.loads((here / "../keywords/texts.json").read_text(encoding="utf8"))
documents = [t["text"] for t in texts]
labels = [-1 if i % 3 == 2 else t["label"] for i, t in enumerate(texts)]
embeddings = np.random.default_rng(3).normal(size=(len(documents), 4)).astype("float32")
times = [f"2024-0{1 + i % 3}-01" for i in range(len(documents))]
# Words that stand twice in a window.
repeated = [" ".join(f"{a} {a} {b} {a}" for a, b in zip(t.split(), t.split()[1:])) for t in documents[:12]]
classes = ["ab"[i % 2] for i in range(len(documents))]


class Given(BaseCluster):
    """Labels as they are, the outliers among them."""

    def fit(self, X, y=None):
        self.labels_ = np.array(labels)
        return self


def fitted(reduce_frequent_words):
    # language="multilingual": no letters are deleted before counting, so the tokens are CountVectorizer's.
    model = BERTopic(
        language="multilingual",
        embedding_model=None,
        umap_model=BaseDimensionalityReduction(),
        hdbscan_model=Given(),
        vectorizer_model=CountVectorizer(stop_words="english"),
        ctfidf_model=ClassTfidfTransformer(reduce_frequent_words=reduce_frequent_words),
    )
    model.fit(documents, embeddings=embeddings)
    return model


def described(model):
    # BERTopic renames topics by size; undo it for comparison.
    mapping = {new: old for new, old in zip(model.topics_, labels)}

    def table(frame, column):
        return [
            {"topic": mapping[row.Topic], "words": row.Words.split(", "), "count": row.Frequency, column: str(getattr(row, column))[:10]}
            for row in frame.itertuples()
        ]

    def reduced(**options):
        return [int(mapping[t]) for t in model.reduce_outliers(documents, model.topics_, **options)]

    return {
        "topics": [int(mapping[t]) for t in sorted(set(model.topics_) - {-1})],
        "distribution": np.asarray(model.approximate_distribution(documents, calculate_tokens=False)[0]).tolist(),
        "repeated": np.asarray(model.approximate_distribution(repeated, calculate_tokens=False)[0]).tolist(),
        "over_time": table(
            model.topics_over_time(documents, pd.to_datetime(times).tolist(), evolution_tuning=False, global_tuning=False),
            "Timestamp",
        ),
        "per_class": table(model.topics_per_class(documents, classes, global_tuning=False), "Class"),
        "outliers": [
            {"strategy": ours, "threshold": threshold, "labels": reduced(strategy=theirs, threshold=threshold, **more)}
            for ours, theirs, more in (
                ("ctfidf", "c-tf-idf", {}),
                ("distribution", "distributions", {}),
                ("embedding", "embeddings", {"embeddings": embeddings}),
            )
            for threshold in (0, 0.2, 0.5)
        ],
    }


out = {"labels": labels, "embeddings": embeddings.tolist(), "times": times, "classes": classes, "repeated": repeated}
out |= {"plain": described(fitted(False)), "damped": described(fitted(True))}
(here / "damped.json").write_text(json.dumps(out))
