"""Loads a folder written by writeBertopic with BERTopic itself and uses it: `python check-bertopic-export.py FOLDER EXPECTED.json`.

    pip install bertopic==0.17.4
"""

import json
import pathlib
import sys

import numpy as np
from bertopic import BERTopic

model = BERTopic.load(sys.argv[1])
expected = json.loads(pathlib.Path(sys.argv[2]).read_text())
assert model.topics_ == expected["labels"], "labels"
for topic, words in expected["keywords"].items():
    assert [w for w, _ in model.get_topic(int(topic))] == words, topic
info = model.get_topic_info()
assert info["Count"].sum() == len(model.topics_)
print(info[["Topic", "Count", "Name", "CustomName"]])
distribution, _ = model.approximate_distribution(expected["texts"])
assert np.allclose(distribution, np.array(expected["distribution"]), atol=1e-6), "distribution"
topics, _ = model.transform(expected["texts"], embeddings=np.array(expected["embeddings"], dtype="float32"))
print("transform", list(topics)[:10])
model.hierarchical_topics(expected["texts"])
model.visualize_hierarchy()
print("BERTopic loads it and agrees.")
