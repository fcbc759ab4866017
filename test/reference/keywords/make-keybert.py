"""Makes keybert.json: keywords by BERTopic 0.17.4's KeyBERTInspired on texts.json, with an embedding that can be computed anywhere.

    pip install bertopic==0.17.4 scikit-learn==1.9.1
    python test/reference/keywords/make-keybert.py

Its random sample of each topic's documents is drawn with replacement; here it is so large that every document is in it.
"""

import json
import pathlib

import numpy as np
import pandas as pd
from bertopic import BERTopic
from bertopic.backend import BaseEmbedder
from bertopic.cluster import BaseCluster
from bertopic.dimensionality import BaseDimensionalityReduction
from bertopic.representation import KeyBERTInspired
from sklearn.feature_extraction.text import CountVectorizer

here = pathlib.Path(__file__).parent
texts = json.loads((here / "texts.json").read_text(encoding="utf8"))
documents = [t["text"] for t in texts]
labels = [t["label"] for t in texts]


def vector(text):
    h = 7
    for c in text.encode("utf-16-le")[::2]:
        h = (h * 31 + c + 1) % 2147483647
    out = []
    for _ in range(8):
        h = h * 48271 % 2147483647
        out.append(h / 2147483647 - 0.5)
    return out


class Computed(BaseEmbedder):
    def embed(self, documents, verbose=False):
        return np.array([vector(d) for d in documents], dtype="float32")


model = BERTopic(
    language="multilingual",
    embedding_model=Computed(),
    umap_model=BaseDimensionalityReduction(),
    hdbscan_model=BaseCluster(),
    vectorizer_model=CountVectorizer(stop_words="english"),
)
model.fit(documents, y=labels)
# Given no embeddings it embeds the representative documents. BERTopic itself gives all documents' embeddings, of which 0.17.4 takes those at
# the representatives' places in their own list, and so those of the first documents.
frame = pd.DataFrame({"Document": documents, "ID": range(len(documents)), "Topic": model.topics_})
found = KeyBERTInspired(nr_samples=20000).extract_topics(model, frame, model.c_tf_idf_, model.get_topics())
# BERTopic renames topics by size; undo it.
mapping = {new: old for new, old in zip(model.topics_, labels)}
out = [
    # A short list is filled up with empty words.
    {"topic": int(mapping[topic]), "keywords": [[word, float(weight)] for word, weight in words if word]}
    for topic, words in sorted(found.items(), key=lambda item: mapping[item[0]])
]
(here / "keybert.json").write_text(json.dumps(out, indent=1, ensure_ascii=False) + "\n", encoding="utf8")
