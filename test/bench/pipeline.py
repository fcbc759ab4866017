"""BERTopic given the embeddings, kept warm: one JSON request a line on stdin, one answer a line on stdout."""

import json
import sys
import time

import numpy as np
from bertopic import BERTopic
from hdbscan import HDBSCAN
from sklearn.feature_extraction.text import CountVectorizer
from umap import UMAP

texts = []
embeddings = np.zeros((0, 0), dtype=np.float32)


class Clock:
    """Wall-clock and processor seconds (of all threads) since it was made."""

    def __init__(self):
        self.wall = time.perf_counter()
        self.cpu = time.process_time()

    def read(self):
        return {"seconds": time.perf_counter() - self.wall, "cpu": time.process_time() - self.cpu}


def timed(owner, method, into, name):
    """Adds up what calls of a method take."""
    original = getattr(owner, method)

    def call(*args, **kwargs):
        clock = Clock()
        result = original(*args, **kwargs)
        read = clock.read()
        before = into.get(name, {"seconds": 0.0, "cpu": 0.0})
        into[name] = {key: before[key] + read[key] for key in read}
        return result

    setattr(owner, method, call)


def fit(count):
    parts = {}
    umap = UMAP(n_neighbors=15, n_components=5, min_dist=0.0, metric="cosine", random_state=42)
    hdbscan = HDBSCAN(min_cluster_size=15, cluster_selection_method="eom")
    topics = BERTopic(
        embedding_model=None,
        umap_model=umap,
        hdbscan_model=hdbscan,
        vectorizer_model=CountVectorizer(stop_words="english"),
    )
    timed(umap, "fit", parts, "umap")
    timed(hdbscan, "fit", parts, "hdbscan")
    timed(topics, "_c_tf_idf", parts, "ctfidf")
    clock = Clock()
    topics.fit(texts[:count], embeddings=embeddings[:count])
    return {"total": clock.read(), **parts, "topics": int(max(topics.topics_)) + 1}


for line in sys.stdin:
    request = json.loads(line)
    if request["do"] == "load":
        with open(request["texts"], encoding="utf-8") as file:
            texts = json.load(file)
        embeddings = np.load(request["embeddings"]).astype(np.float32)
        answer = {"loaded": len(texts)}
    else:
        answer = fit(request["count"])
    print(json.dumps(answer), flush=True)
