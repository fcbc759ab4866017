"""transformers' own OLMoE in bf16 on the CPU, layers of the 7 B model's size: one JSON request a line on stdin, one answer a line on stdout."""

import json
import statistics
import sys
import time

import torch
from transformers import OlmoeConfig, OlmoeModel

torch.manual_seed(0)
models = {}


def model(layers):
    if layers not in models:
        config = OlmoeConfig(intermediate_size=1024, num_hidden_layers=layers, num_key_value_heads=16, vocab_size=1000, eos_token_id=None)
        torch.set_default_dtype(torch.bfloat16)
        models[layers] = OlmoeModel(config).eval()
        torch.set_default_dtype(torch.float32)
    return models[layers]


def seconds(layers, ids):
    m = model(layers)
    with torch.inference_mode():
        start = time.perf_counter()
        m(input_ids=ids, attention_mask=torch.ones_like(ids), use_cache=False)
        return time.perf_counter() - start


for line in sys.stdin:
    request = json.loads(line)
    torch.set_num_threads(request["threads"])
    ids = torch.randint(0, 1000, (request["tokens"] // request["width"], request["width"]))
    depths = (request["layers"], 1)
    # In turn, so that other work on the machine meets both alike; the first turn warms up.
    deep, one = map(statistics.median, zip(*[[seconds(n, ids) for n in depths] for _ in range(4)][1:]))
    print(json.dumps({"perLayer": (deep - one) / (request["layers"] - 1)}), flush=True)
