"""config.json as people write it, at random: keys left out (the class has a default) or null, rotary settings in either layout, names of older releases.
`python make-fixtures.py --configs N DIR [SEED]` writes N checkpoints of such configurations with what transformers makes of the files."""
import copy, json, pathlib, random, shutil, tempfile
import torch
import transformers
from safetensors.torch import load_file
from layout import TEXTS, as_new, randomise, write
import references


def sizes(r, kv_default=None):
    kv = r.choice([1, 2, 3, 4])
    heads = kv * r.choice([1, 2, 3])
    return heads, kv, r.choice([4, 6, 8, 16])


def rope(r, c, size, theta_default, kinds, old, positions="max_position_embeddings"):
    """Adds rotary settings in one of the layouts."""
    theta = r.choice([None, 50.0, 10000, 1e6])
    longest = c.get(positions, 256)
    short = r.choice([8, 16, 32, 100])
    kind = r.choice(kinds)
    s = {
        "none": None,
        "default": dict(rope_type="default"),
        "linear": dict(rope_type="linear", factor=r.choice([2, 3.5])),
        "dynamic": dict(rope_type="dynamic", factor=4.0),
        "yarn": dict(rope_type="yarn", factor=r.choice([4.0, 16.0]), original_max_position_embeddings=short,
                     **r.choice([{}, dict(beta_fast=20, beta_slow=2.0), dict(attention_factor=1.3), dict(truncate=False), dict(mscale=0.9, mscale_all_dim=0.5), dict(mscale=1.1)])),
        "llama3": dict(rope_type="llama3", factor=8.0, low_freq_factor=1.0, high_freq_factor=r.choice([2.0, 4.0]), original_max_position_embeddings=short),
        "longrope": dict(rope_type="longrope", short_factor=[1 + 0.1 * i for i in range(size // 2)], long_factor=[1.5 + i for i in range(size // 2)],
                         original_max_position_embeddings=short, **r.choice([{}, dict(factor=8.0), dict(attention_factor=1.1)])),
    }[kind]
    if s and kind in ("yarn", "llama3", "longrope") and r.random() < 0.3:
        # As Phi writes it: beside the rotary settings, not among them.
        c["original_max_position_embeddings"] = s["original_max_position_embeddings"]
        if r.random() < 0.5:
            s.pop("original_max_position_embeddings")
    if old:
        if theta is not None:
            c["rope_theta"] = theta
        if s is None or kind == "default":
            if r.random() < 0.5:
                c["rope_scaling"] = None
        else:
            if r.random() < 0.5:
                s["type"] = s.pop("rope_type")
            elif r.random() < 0.3:
                s["type"] = s["rope_type"]
            c["rope_scaling"] = s
    else:
        if s is not None:
            if theta is not None:
                if r.random() < 0.8:
                    s["rope_theta"] = theta
                else:
                    c["rope_theta"] = theta
            c["rope_parameters"] = s
        elif r.random() < 0.5:
            c["rope_parameters"] = None
    return kind


def config(r):
    """(class, config.json, endings of the routers' modules)."""
    kind = r.choice(["Olmoe", "Qwen3Moe", "Qwen2Moe", "Mixtral", "GraniteMoe", "Phimoe", "JetMoe", "Dbrx", "GptOss", "DeepseekV2"])
    heads, kv, size = sizes(r)
    flag = lambda: r.random() < 0.5
    maybe = lambda **k: k if flag() else {}
    act = r.choice(["silu", "gelu", "gelu_new", "relu", "gelu_pytorch_tanh", "quick_gelu", "gelu_fast", "relu2", "mish", "swish", "tanh", "sigmoid", "relu6", "leaky_relu"])
    routers = ["mlp.gate"]
    c = dict(vocab_size=r.choice([431, 440, 512]), hidden_size=heads * size, num_hidden_layers=r.choice([1, 2, 3]), num_attention_heads=heads, intermediate_size=r.choice([9, 20, 33]),
             max_position_embeddings=r.choice([40, 300, 512]))
    c |= maybe(hidden_act=act) | maybe(tie_word_embeddings=flag()) | maybe(rms_norm_eps=r.choice([1e-6, 1e-5, 1e-2]))
    c |= maybe(attention_dropout=r.choice([0.0, 0.1])) | maybe(use_cache=flag()) | maybe(initializer_range=0.02) | maybe(output_router_logits=flag()) | maybe(router_aux_loss_coef=0.01)
    c |= maybe(bos_token_id=r.choice([None, 1])) | maybe(eos_token_id=r.choice([2, [2, 3]])) | maybe(pad_token_id=r.choice([None, 0, 1])) | maybe(pretraining_tp=1)
    kinds = ["none", "default", "linear", "dynamic", "yarn", "llama3", "longrope"]
    theta = 10000.0
    experts = r.choice([2, 3, 4, 5, 8])
    top = r.randint(1, experts)
    if kind == "Olmoe":
        if flag():
            experts, top = 64, 8
        else:
            c |= {r.choice(["num_experts", "num_local_experts"]): experts, "num_experts_per_tok": top}
        c |= r.choice([dict(num_key_value_heads=kv), dict(num_key_value_heads=None), {}]) | maybe(norm_topk_prob=flag()) | maybe(clip_qkv=r.choice([None, 0.4, 1.0])) | maybe(attention_bias=flag())
        if r.random() < 0.3:
            c["head_dim"] = size
    elif kind in ("Qwen3Moe", "Qwen2Moe"):
        n_kv = 4 if kind == "Qwen3Moe" else 16
        if r.random() < 0.3:
            # The class' own number of key-value heads.
            heads = n_kv * r.choice([1, 2])
            size = 4
            c |= dict(num_attention_heads=heads, hidden_size=heads * size)
        else:
            c["num_key_value_heads"] = kv
        names = ["num_experts", "num_local_experts"] if kind == "Qwen3Moe" else ["num_experts"]
        c |= {r.choice(names): experts, "num_experts_per_tok": top, "moe_intermediate_size": r.choice([5, 12])} | maybe(norm_topk_prob=flag()) | maybe(decoder_sparse_step=r.choice([1, 2]))
        if top > 4 and flag():
            c.pop("num_experts_per_tok")
            top = 8 if kind == "Qwen3Moe" else 4
        if top > experts:
            c["num_experts_per_tok"] = experts
        c |= r.choice([dict(mlp_only_layers=[0]), dict(mlp_only_layers=[1, 7]), dict(mlp_only_layers=None), {}]) | maybe(sliding_window=r.choice([1, 5, 40])) | maybe(use_sliding_window=flag()) | maybe(max_window_layers=r.choice([0, 1, 2, 21]))
        c.setdefault("sliding_window", r.choice([3, 70]))
        if kind == "Qwen3Moe":
            c |= maybe(attention_bias=flag()) | r.choice([dict(head_dim=r.choice([6, 8, 12])), dict(head_dim=None), {}])
        else:
            c |= dict(shared_expert_intermediate_size=r.choice([7, 20])) | maybe(qkv_bias=flag())
            if r.random() < 0.3 and c.get("use_sliding_window"):
                c["layer_types"] = [r.choice(["full_attention", "sliding_attention"]) for _ in range(c["num_hidden_layers"])]
            if r.random() < 0.3:
                c["head_dim"] = r.choice([6, 8])
    elif kind == "Mixtral":
        theta = 1e6
        if r.random() < 0.4:
            heads = 8 * r.choice([1, 2])
            c |= dict(num_attention_heads=heads, hidden_size=heads * size)
        else:
            c |= r.choice([dict(num_key_value_heads=kv), dict(num_key_value_heads=None)])
        if flag():
            experts, top = 8, 2
        else:
            c |= {r.choice(["num_local_experts", "num_experts"]): experts, "num_experts_per_tok": top}
        c |= maybe(sliding_window=r.choice([None, 1, 6, 50])) | r.choice([dict(head_dim=r.choice([6, 8])), dict(head_dim=None), {}]) | maybe(router_jitter_noise=0.1)
    elif kind == "GraniteMoe":
        if flag():
            experts, top = 8, 2
        else:
            c |= dict(num_local_experts=experts, num_experts_per_tok=top)
        c |= r.choice([dict(num_key_value_heads=kv), dict(num_key_value_heads=None), {}]) | maybe(attention_bias=flag()) | maybe(embedding_multiplier=r.choice([1, 12.0, 0.5])) | maybe(residual_multiplier=r.choice([1.0, 0.22]))
        c |= maybe(attention_multiplier=r.choice([0.015625, 0.2, 1])) | maybe(logits_scaling=r.choice([6.0, 1]))
        routers = ["block_sparse_moe.router"]
    elif kind == "Phimoe":
        theta = 1e6
        if r.random() < 0.4:
            heads = 8 * r.choice([1, 2])
            c |= dict(num_attention_heads=heads, hidden_size=heads * size)
        else:
            c["num_key_value_heads"] = kv
        c |= maybe(num_experts_per_tok=2) | maybe(router_jitter_noise=r.choice([0.0, 0.01, 0.3])) | maybe(input_jitter_noise=0.1) | maybe(attention_bias=flag()) | maybe(lm_head_bias=flag())
        c |= maybe(sliding_window=r.choice([None, 4, 60])) | maybe(num_local_experts=experts)
        if r.random() < 0.3:
            c["head_dim"] = r.choice([6, 8])
        routers = ["mlp.router"]
    elif kind == "JetMoe":
        for k in ("num_attention_heads", "hidden_act", "attention_dropout", "router_aux_loss_coef"):
            c.pop(k, None)
        if flag():
            experts, top = 8, 2
        else:
            c |= dict(num_local_experts=experts, num_experts_per_tok=top)
        c |= {"num_key_value_heads": kv, r.choice(["kv_channels", "head_dim"]): size} | maybe(activation_function=act) | maybe(num_attention_heads=kv * top)
        routers = ["router"]
    elif kind == "Dbrx":
        a = dict(clip_qkv=r.choice([0.5, 8, None]), rope_theta=10000.0) | maybe(kv_n_heads=kv)
        if a["clip_qkv"] is None:
            a["clip_qkv"] = 1e9
        f = dict(ffn_hidden_size=r.choice([9, 20])) | maybe(ffn_act_fn=r.choice([None, dict(name=act)])) | maybe(moe_jitter_eps=0.1) | maybe(moe_loss_weight=0.05) | maybe(moe_normalize_expert_weights=r.choice([None, 1.0, 2.0, 3.0]))
        if flag():
            f |= dict(moe_num_experts=experts, moe_top_k=top)
        kinds = ["none", "default", "linear", "yarn", "dynamic", "llama3"]
        c = dict(vocab_size=c["vocab_size"], d_model=heads * size, n_heads=heads, n_layers=c["num_hidden_layers"], attn_config=a, ffn_config=f) | maybe(max_seq_len=300) | maybe(resid_pdrop=0.1) | maybe(emb_pdrop=0.0)
        routers = ["ffn.router"]
    elif kind == "GptOss":
        size = r.choice([8, 12])
        c |= dict(num_key_value_heads=kv, head_dim=size, num_experts_per_tok=top) | {r.choice(["num_local_experts", "num_experts"]): experts} | maybe(sliding_window=r.choice([3, 60])) | maybe(attention_bias=flag())
        c |= maybe(layer_types=[r.choice(["full_attention", "sliding_attention"]) for _ in range(c["num_hidden_layers"])]) | maybe(swiglu_limit=r.choice([7.0, 0.4])) | maybe(swiglu_alpha=r.choice([1.702, 0.9]))
        kinds = ["none", "yarn", "linear", "default", "dynamic", "llama3", "longrope"]
        theta = 150000.0
        routers = ["mlp.router"]
    else:
        groups = r.choice([1, 2])
        experts = groups * r.choice([2, 3])
        c |= dict(num_key_value_heads=heads, n_routed_experts=experts, num_experts_per_tok=r.randint(1, experts // groups), moe_intermediate_size=12, q_lora_rank=r.choice([None, 10]), kv_lora_rank=14, qk_nope_head_dim=6,
                  qk_rope_head_dim=8, v_head_dim=10, n_shared_experts=r.choice([1, 2])) | maybe(first_k_dense_replace=r.choice([0, 1])) | maybe(routed_scaling_factor=2.0) | maybe(norm_topk_prob=flag())
        c |= maybe(topk_method="group_limited_greedy", n_group=groups, topk_group=r.randint(1, groups)) | maybe(attention_bias=flag()) | maybe(mlp_bias=flag()) | maybe(head_dim=8)
        kinds = ["none", "default", "yarn", "linear", "dynamic", "llama3"]
        c |= maybe(qk_head_dim=14) | maybe(num_experts_per_tok=1)
        size = 8
    real = c.get("head_dim") or size
    if kind == "Phimoe" or kind in ("Mixtral", "Qwen3Moe", "GraniteMoe", "Olmoe", "JetMoe", "Qwen2Moe"):
        if not c.get("head_dim") and "kv_channels" not in c:
            real = c["hidden_size"] // c.get("num_attention_heads", heads) if kind != "JetMoe" else size
    chosen = rope(r, c, real, theta, kinds, flag(), "max_seq_len" if kind == "Dbrx" else "max_position_embeddings")
    if kind == "Phimoe":
        s = c.get("rope_parameters") or c.get("rope_scaling")
        if s and s.get("rope_type", s.get("type")) != "default":
            s |= dict(short_mscale=1.1, long_mscale=1.25)
    model_type = {"Olmoe": "olmoe", "Qwen3Moe": "qwen3_moe", "Qwen2Moe": "qwen2_moe", "Mixtral": "mixtral", "GraniteMoe": "granitemoe", "Phimoe": "phimoe", "JetMoe": "jetmoe", "Dbrx": "dbrx", "GptOss": "gpt_oss",
                  "DeepseekV2": "deepseek_v2"}[kind]
    c |= dict(model_type=model_type, architectures=[kind + "ForCausalLM"]) | r.choice([dict(torch_dtype="bfloat16"), dict(dtype="float32"), {}]) | maybe(transformers_version="4.46.1") | maybe(quantization_config=None)
    items = list(c.items())
    r.shuffle(items)
    return kind, copy.deepcopy(dict(items)), routers


def build(out, r, seed, tokenizer):
    """One checkpoint: the files first, then what transformers makes of them; the last text is longer than most windows and original lengths."""
    kind, c, routers = config(r)
    out = pathlib.Path(f"{out}-{kind}")
    out.mkdir(parents=True, exist_ok=True)
    try:
        json.dump(c, open(out / "config.json", "w"))
        cls = getattr(transformers, kind + "ForCausalLM")
        cfg = transformers.AutoConfig.from_pretrained(out)
        cfg._attn_implementation = cfg._experts_implementation = "eager"
        model = cls(cfg).eval().float()
        dtype = r.choice([torch.float32, torch.bfloat16, torch.float16, torch.float64, torch.float8_e4m3fn, torch.float8_e5m2])
        values = randomise(model.state_dict(), 0.15 if (c.get("hidden_size") or c.get("d_model")) <= 80 else 0.07, seed, dtype)
        model.load_state_dict({k: v.float() for k, v in values.items()})
        stored = dict(model.state_dict())
        if r.random() < 0.6:
            with tempfile.TemporaryDirectory() as tmp:
                model.save_pretrained(tmp)
                stored = load_file(tmp + "/model.safetensors")
        head = stored.pop("lm_head.weight", model.state_dict()["lm_head.weight"])
        prefix = "transformer." if hasattr(model, "transformer") else "model."
        if r.random() < 0.2:
            stored = {k.removeprefix(prefix): v for k, v in stored.items()}
        elif r.random() < 0.3:
            if c.get("tie_word_embeddings") and prefix == "model." and r.random() < 0.5:
                # One name of the two is enough.
                stored.pop("model.embed_tokens.weight", None)
            stored |= {"lm_head.weight": head, "model.layers.0.self_attn.rotary_emb.inv_freq": torch.ones(4)}
        loaded = []

        def run(ids):
            if not loaded:
                loaded.append(cls.from_pretrained(out, dtype=torch.float32, attn_implementation="eager", experts_implementation="eager").eval())
            as_new(loaded[0])
            inner = getattr(loaded[0], "transformer", None) or loaded[0].model
            logits = []

            def hook(_, __, o):
                l = o if torch.is_tensor(o) else next(x for x in reversed(o) if torch.is_tensor(x)) if kind == "JetMoe" else o[0]
                logits.append(l.detach().reshape(-1, l.shape[-1]))

            handles = [m.register_forward_hook(hook) for n, m in inner.named_modules() if any(n.endswith(x) for x in routers)]
            hidden = inner(input_ids=ids, attention_mask=torch.ones_like(ids)).last_hidden_state[0]
            for h in handles:
                h.remove()
            if not torch.isfinite(hidden).all():
                raise ValueError("not finite")
            return hidden, logits

        write(out, c, {k: v.to(dtype) for k, v in stored.items()}, run, tokenizer, shards=r.choice([1, 1, 2]), texts=TEXTS[:3] + [" ".join(TEXTS) + " " + TEXTS[2]])
    except Exception:
        shutil.rmtree(out)
        raise


def remote(r):
    """(name, config.json, tensors' shapes) of a family that transformers does not have, computed by references.py."""
    kind = r.choice(["deepseek_v1", "llama_moe", "openmoe", "nomic_bert_moe"])
    heads, kv, size = sizes(r)
    hidden, layers, experts, flag = heads * size, r.choice([1, 2, 3, 4]), r.choice([2, 3, 5, 8]), lambda: r.random() < 0.5
    top, inner = r.randint(1, experts), r.choice([5, 12, 20])
    c = dict(vocab_size=440, hidden_size=hidden, num_hidden_layers=layers, num_attention_heads=heads, num_key_value_heads=kv, intermediate_size=24, max_position_embeddings=300, rms_norm_eps=r.choice([1e-6, 1e-3]),
             hidden_act=r.choice(["silu", "gelu", "relu"]), rope_theta=r.choice([50.0, 10000.0]), rope_scaling=r.choice([None, dict(type="linear", factor=2.5), dict(type="dynamic", factor=2.0)]))
    if r.random() < 0.2:
        kv, c["num_key_value_heads"] = heads, None
    s = {"model.embed_tokens.weight": (440, hidden), "model.norm.weight": (hidden,)}
    gated = lambda base, n: {base + "gate_proj.weight": (n, hidden), base + "up_proj.weight": (n, hidden), base + "down_proj.weight": (hidden, n)}
    for i in range(layers):
        p = f"model.layers.{i}."
        s |= {p + "input_layernorm.weight": (hidden,), p + "post_attention_layernorm.weight": (hidden,)}
        s |= {f"{p}self_attn.{n}_proj.weight": (hidden, hidden) if n in "qo" else (kv * size, hidden) for n in "qkvo"}
    if kind == "deepseek_v1":
        c |= dict(model_type="deepseek", moe_intermediate_size=inner, n_routed_experts=experts, num_experts_per_tok=top, n_shared_experts=r.choice([None, 1, 3]), first_k_dense_replace=r.choice([0, 1, 2]),
                  moe_layer_freq=r.choice([1, 2]), norm_topk_prob=flag(), attention_bias=flag())
        for i in range(layers):
            p = f"model.layers.{i}."
            if c["attention_bias"]:
                s |= {f"{p}self_attn.{n}_proj.bias": (hidden,) if n in "qo" else (kv * size,) for n in "qkvo"}
            if i < c["first_k_dense_replace"] or i % c["moe_layer_freq"]:
                s |= gated(p + "mlp.", 24)
                continue
            s[p + "mlp.gate.weight"] = (experts, hidden)
            for e in range(experts):
                s |= gated(f"{p}mlp.experts.{e}.", inner)
            if c["n_shared_experts"]:
                s |= gated(p + "mlp.shared_experts.", inner * c["n_shared_experts"])
    elif kind == "llama_moe":
        of = [r.randint(2, 9) for _ in range(experts)]
        c |= dict(model_type="llama_moe", num_experts=experts, num_selects=top, intermediate_size=sum(of), size_experts=[of] * layers, gate_network=r.choice(["mlp", "linear"]), gate_use_softmax=r.random() < 0.8,
                  multiply_gate_scores=r.random() < 0.8, score_scale_factor=r.choice([1.0, 4.0, [1.0 + i for i in range(layers)]]))
        for i in range(layers):
            p = f"model.layers.{i}.mlp."
            s |= {p + "gate.gate_network.weight": (experts, hidden)} if c["gate_network"] == "linear" else {p + "gate.gate_network.0.weight": (experts, hidden), p + "gate.gate_network.2.weight": (experts, experts)}
            for e, n in enumerate(of):
                s |= {f"{p}calculator.experts.weight_gate.{e}": (n, hidden), f"{p}calculator.experts.weight_up.{e}": (n, hidden), f"{p}calculator.experts.weight_down.{e}": (hidden, n)}
    elif kind == "openmoe":
        kv = c["num_key_value_heads"] = kv if c["num_key_value_heads"] else heads
        c |= dict(model_type="llama", head_dim=size, hidden_act="swiglu", num_experts=experts, router_topk=min(2, experts), moe_layer_interval=r.choice([1, 2, 3]), router_capacity_factor_eval=r.choice([0.5, 2.0]),
                  router_min_capacity=r.choice([1, 4]), router_drop_tks=True, mlp_gated=True, intermediate_size=inner)
        for i in range(layers):
            p = f"model.layers.{i}."
            b = p + "mlp."
            if (i + 1) % c["moe_layer_interval"] == 0:
                s |= {b + "gate_weight": (experts, hidden), b + "experts.wi_gate": (experts, hidden, 2 * inner), b + "experts.wi_up": (experts, hidden, inner), b + "experts.wo": (experts, inner, hidden)}
                s[p + "pre_extra_mlp_layernorm.weight"] = (hidden,)
                b = p + "extra_mlp."
            s |= gated(b, inner) | {b + "gate_proj.weight": (2 * inner, hidden)}
    else:
        bias = flag()
        c = dict(model_type="nomic_bert", activation_function="gelu", layer_norm_epsilon=r.choice([1e-5, 1e-3]), mlp_fc1_bias=bias, mlp_fc2_bias=bias, qkv_proj_bias=flag(), moe_every_n_layers=r.choice([0, 2, 3]),
                 moe_normalize_expert_weights=flag(), moe_top_k=top, n_embd=hidden, n_head=heads, n_inner=r.choice([None, 20]), n_layer=layers, n_positions=300, num_experts=experts, rotary_emb_base=r.choice([10000, 100.0]),
                 rotary_emb_fraction=r.choice([0.0, 0.5, 1.0] if size % 4 == 0 else [0.0, 1.0]), rotary_emb_interleaved=flag(), type_vocab_size=r.choice([0, 1, 2]), vocab_size=440, **r.choice([{}, dict(rotary_scaling_factor=2.0, max_trained_positions=300)]))
        n = c["n_inner"] or 4 * hidden
        s = {"embeddings.word_embeddings.weight": (448, hidden), "emb_ln.weight": (hidden,), "emb_ln.bias": (hidden,)}
        if c["type_vocab_size"]:
            s["embeddings.token_type_embeddings.weight"] = (c["type_vocab_size"], hidden)
        for i in range(layers):
            p = f"encoder.layers.{i}."
            s |= {f"{p}{m}.{k}": (hidden,) for m in ("norm1", "norm2") for k in ("weight", "bias")} | {p + "attn.Wqkv.weight": (3 * hidden, hidden), p + "attn.out_proj.weight": (hidden, hidden)}
            if c["qkv_proj_bias"]:
                s |= {p + "attn.Wqkv.bias": (3 * hidden,), p + "attn.out_proj.bias": (hidden,)}
            if c["moe_every_n_layers"] and i % c["moe_every_n_layers"] == 1:
                s |= {p + "mlp.router.layer.weight": (experts, hidden), p + "mlp.experts.mlp.w1": (experts * n, hidden), p + "mlp.experts.mlp.w2": (experts * n, hidden), p + "mlp.experts.bias": (hidden,)}
            else:
                s |= {p + "mlp.fc1.weight": (n, hidden), p + "mlp.fc2.weight": (hidden, n)} | ({p + "mlp.fc1.bias": (n,), p + "mlp.fc2.bias": (hidden,)} if bias else {})
    return kind, c, s


def build_remote(out, r, seed, tokenizer):
    kind, c, shapes = remote(r)
    dtype = r.choice([torch.float32, torch.bfloat16, torch.float16])
    t = randomise({k: torch.empty(v) for k, v in shapes.items()}, 0.1, seed, dtype)
    write(f"{out}-{kind}", c, t, getattr(references, kind)(c, {k: v.float() for k, v in t.items()}), tokenizer, torch_file=r.random() < 0.3, texts=TEXTS[:3])


def main(count, folder, seed, tokenizer):
    transformers.logging.set_verbosity_error()
    transformers.utils.logging.disable_progress_bar()
    for i in range(count):
        try:
            make = build_remote if i % 4 == 3 else build
            make(f"{folder}/{i:03}", random.Random(seed + i), seed + i, tokenizer)
        except Exception as e:
            print(f"{i}: transformers does not take it: {type(e).__name__} {str(e)[:160]}")
