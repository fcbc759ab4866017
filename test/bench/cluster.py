"""Times fast_hdbscan and hdbscan, warm: `python cluster.py POINTS.npy repeats PEER …` prints {peer: [seconds, …]} as JSON."""
import json
import sys
import time

import numpy as np

points = np.load(sys.argv[1])
repeats = int(sys.argv[2])


def fast():
    import fast_hdbscan

    return fast_hdbscan.HDBSCAN(min_cluster_size=15, min_samples=15).fit(points)


def full():
    import hdbscan

    return hdbscan.HDBSCAN(min_cluster_size=15, prediction_data=True).fit(points)


peers = {"fast_hdbscan": fast, "hdbscan with prediction data": full}
seconds = {}
for name in sys.argv[3:]:
    peers[name]()  # compiles, starts pools
    seconds[name] = []
    for _ in range(repeats):
        start = time.perf_counter()
        peers[name]()
        seconds[name].append(time.perf_counter() - start)
print(json.dumps(seconds))
