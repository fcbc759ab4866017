"""Makes ctfidf.json: what scikit-learn's CountVectorizer and BERTopic's ClassTfidfTransformer give on small texts of our own.

    pip install scikit-learn==1.9.1 bertopic==0.17.4
    python test/reference/keywords/make.py
"""

import json
import pathlib
import re

import numpy as np
from bertopic.representation._mmr import mmr
from bertopic.vectorizers import ClassTfidfTransformer
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.metrics.pairwise import cosine_similarity

here = pathlib.Path(__file__).parent
texts = json.loads((here / "texts.json").read_text(encoding="utf8"))
documents = [t["text"] for t in texts]
labels = np.array([t["label"] for t in texts])
topics = sorted(set(labels.tolist()))


def counts(docs, **options):
    vectorizer = CountVectorizer(**options)
    X = vectorizer.fit_transform(docs)
    return vectorizer.get_feature_names_out(), X


def by_topic(X):
    return np.vstack([np.asarray(X[labels == t].sum(axis=0)) for t in topics])


def case(name, vectorizer, transformer, preprocess=False):
    docs = documents
    if preprocess:
        docs = [re.sub(r"[^A-Za-z0-9 ]+", "", d.replace("\n", " ").replace("\t", " ")) for d in docs]
    words, X = counts(docs, **vectorizer)
    import scipy.sparse as sp

    C = sp.csr_matrix(by_topic(X).astype(np.int64))
    W = ClassTfidfTransformer(**transformer).fit(C).transform(C.copy().astype(float)).toarray()
    rows = []
    for r, topic in enumerate(topics):
        rows.append({str(words[j]): float(W[r, j]) for j in np.flatnonzero(W[r])})
    return {
        "name": name,
        "vectorizer": {k: list(v) if isinstance(v, tuple) else v for k, v in vectorizer.items()},
        "transformer": transformer,
        "preprocess": preprocess,
        "vocabulary": sorted(map(str, words)),
        "count": int(X.sum()),
        "weights": rows,
    }


cases = [
    case("plain", {}, {}),
    case("english", {"stop_words": "english"}, {}),
    case("bm25", {"stop_words": "english"}, {"bm25_weighting": True}),
    case("reduced", {"stop_words": "english"}, {"reduce_frequent_words": True}),
    case("phrases", {"stop_words": "english", "ngram_range": (1, 3)}, {}),
    case("pairs", {"ngram_range": (2, 2)}, {}),
    case("frequent", {"min_df": 2, "max_df": 0.5}, {}),
    case("bertopic", {"stop_words": "english"}, {}, preprocess=True),
]

rng = np.random.default_rng(7)
vectors = rng.normal(size=(12, 5))
topic = rng.normal(size=(1, 5))
words = [f"w{i}" for i in range(12)]
chosen = [
    {"diversity": d, "limit": n, "chosen": [int(w[1:]) for w in mmr(topic, vectors, words, d, n)]}
    for d in (0.0, 0.1, 0.5, 0.9)
    for n in (3, 8)
]

# Which characters Python's \w takes, as ranges over the basic plane.
flags = [bool(re.match(r"\w", chr(c))) for c in range(0x10000)]
ranges, start = [], None
for c, flag in enumerate(flags + [False]):
    if flag and start is None:
        start = c
    if not flag and start is not None:
        ranges += [start, c - 1]
        start = None

(here / "ctfidf.json").write_text(
    json.dumps(
        {
            "topics": topics,
            "cases": cases,
            "mmr": {"vectors": vectors.tolist(), "topic": topic[0].tolist(), "cases": chosen},
            "similarity": cosine_similarity(vectors, topic)[:, 0].tolist(),
            "word_characters": ranges,
        },
        indent=None,
        ensure_ascii=False,
    )
)
