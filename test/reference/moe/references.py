"""Reference computations, from the papers and the modelling code beside the models on the hub, of families that transformers does not have."""
import math
import torch
import torch.nn.functional as F


def rms(x, w, eps):
    return w * (x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + eps))


def rope(x, theta=10000.0, stretch=1.0):
    """x [heads, T, D], halves rotated; positions divided by `stretch` (linear scaling)."""
    d, t = x.shape[-1], x.shape[-2]
    f = torch.outer(torch.arange(t).float() / stretch, 1.0 / theta ** (torch.arange(0, d, 2).float() / d))
    c, s = torch.cat([f, f], -1).cos(), torch.cat([f, f], -1).sin()
    a, b = x[..., : d // 2], x[..., d // 2 :]
    return x * c + torch.cat([-b, a], -1) * s


def attend(q, k, v, scale, causal):
    s = q @ k.transpose(-1, -2) * scale
    if causal:
        s = s.masked_fill(torch.ones(s.shape[-2:]).triu(1).bool(), float("-inf"))
    return (s.softmax(-1) @ v).transpose(0, 1).flatten(1)


def llama_attention(x, w, p, heads, kv, size, scale=None, theta=10000.0, stretch=1.0):
    split = lambda y, n: y.view(-1, n, size).transpose(0, 1)
    linear = lambda y, name: F.linear(y, w[f"{p}{name}.weight"], w.get(f"{p}{name}.bias"))
    q = rope(split(linear(x, "q_proj"), heads), theta, stretch)
    k = rope(split(linear(x, "k_proj"), kv), theta, stretch).repeat_interleave(heads // kv, 0)
    v = split(linear(x, "v_proj"), kv).repeat_interleave(heads // kv, 0)
    return linear(attend(q, k, v, size**-0.5 if scale is None else scale, True), "o_proj")


def stretch(c):
    """Linear scaling's factor; dynamic scaling changes nothing up to max_position_embeddings."""
    s = c.get("rope_scaling") or {}
    return s["factor"] if s.get("type") == "linear" else 1.0


ACTIVATIONS = {"silu": F.silu, "gelu": F.gelu, "relu": F.relu}


def swiglu(x, gate, up, down, act="silu"):
    return (ACTIVATIONS[act](x @ gate.T) * (x @ up.T)) @ down.T


def deepseek_v1(c, w):
    """DeepSeekMoE (arXiv 2401.06066), modeling_deepseek.py."""

    def run(ids):
        x, logits = w["model.embed_tokens.weight"][ids[0]], []
        for i in range(c["num_hidden_layers"]):
            p = f"model.layers.{i}."
            n = rms(x, w[p + "input_layernorm.weight"], c["rms_norm_eps"])
            size = c["hidden_size"] // c["num_attention_heads"]
            x = x + llama_attention(n, w, p + "self_attn.", c["num_attention_heads"], c.get("num_key_value_heads") or c["num_attention_heads"], size, theta=c["rope_theta"], stretch=stretch(c))
            n = rms(x, w[p + "post_attention_layernorm.weight"], c["rms_norm_eps"])
            act = c["hidden_act"]
            mlp = lambda q: swiglu(n, w[q + "gate_proj.weight"], w[q + "up_proj.weight"], w[q + "down_proj.weight"], act)
            if i < c["first_k_dense_replace"] or i % c["moe_layer_freq"]:
                x = x + mlp(p + "mlp.")
                continue
            l = n @ w[p + "mlp.gate.weight"].T
            logits.append(l)
            top, index = l.softmax(-1).topk(c["num_experts_per_tok"])
            if c["norm_topk_prob"] and c["num_experts_per_tok"] > 1:
                top = top / (top.sum(-1, keepdim=True) + 1e-20)
            y = torch.zeros_like(n)
            for t in range(len(n)):
                for j in range(len(index[t])):
                    q = p + f"mlp.experts.{index[t, j]}."
                    y[t] += top[t, j] * swiglu(n[t], w[q + "gate_proj.weight"], w[q + "up_proj.weight"], w[q + "down_proj.weight"], act)
            x = x + y + (mlp(p + "mlp.shared_experts.") if c.get("n_shared_experts") else 0)
        return rms(x, w["model.norm.weight"], c["rms_norm_eps"]), logits

    return run


def llama_moe(c, w):
    """LLaMA-MoE v1 (arXiv 2406.16554), modeling_llama_moe_hf.py: TopKBalancedNoisyGate, UniversalCalculator."""

    def run(ids):
        x, logits = w["model.embed_tokens.weight"][ids[0]], []
        size = c["hidden_size"] // c["num_attention_heads"]
        for i in range(c["num_hidden_layers"]):
            p = f"model.layers.{i}."
            n = rms(x, w[p + "input_layernorm.weight"], c["rms_norm_eps"])
            x = x + llama_attention(n, w, p + "self_attn.", c["num_attention_heads"], c.get("num_key_value_heads") or c["num_attention_heads"], size, stretch=stretch(c))
            n = rms(x, w[p + "post_attention_layernorm.weight"], c["rms_norm_eps"])
            g = p + "mlp.gate.gate_network."
            l = n @ w[g + "weight"].T if c.get("gate_network") == "linear" else torch.tanh(n @ w[g + "0.weight"].T) @ w[g + "2.weight"].T
            logits.append(l)
            top, index = l.topk(c["num_selects"])
            factor = c["score_scale_factor"]
            top = (top.softmax(-1) if c.get("gate_use_softmax", True) else top) * (factor[i] if isinstance(factor, list) else factor)
            if not c.get("multiply_gate_scores", True):
                top = torch.ones_like(top)
            e = p + "mlp.calculator.experts.weight_"
            y = torch.zeros_like(n)
            for t in range(len(n)):
                for j in range(c["num_selects"]):
                    k = index[t, j]
                    y[t] += top[t, j] * swiglu(n[t], w[f"{e}gate.{k}"], w[f"{e}up.{k}"], w[f"{e}down.{k}"], c["hidden_act"])
            x = x + y
        return rms(x, w["model.norm.weight"], c["rms_norm_eps"]), logits

    return run


def openmoe(c, w):
    """OpenMoE (arXiv 2402.01739), ColossalAI's modeling_openmoe.py and moe/routers.py (Top2Router), one text at a time."""

    def glu(x, gate, up, down):
        a, b = (x @ gate).chunk(2, -1)
        return (a * F.silu(b) * (x @ up)) @ down

    def run(ids):
        x, logits = w["model.embed_tokens.weight"][ids[0]], []
        eps, E, K = c["rms_norm_eps"], c["num_experts"], c["router_topk"]
        for i in range(c["num_hidden_layers"]):
            p = f"model.layers.{i}."
            n = rms(x, w[p + "input_layernorm.weight"], eps)
            x = x + llama_attention(n, w, p + "self_attn.", c["num_attention_heads"], c["num_key_value_heads"], c["head_dim"], scale=1.0)
            n = rms(x, w[p + "post_attention_layernorm.weight"], eps)
            dense = lambda y, q: glu(y, w[q + "gate_proj.weight"].T, w[q + "up_proj.weight"].T, w[q + "down_proj.weight"].T)
            if (i + 1) % c["moe_layer_interval"]:
                x = x + dense(n, p + "mlp.")
                continue
            l = n @ w[p + "mlp.gate_weight"].T
            logits.append(l)
            capacity = math.floor(K * c["router_capacity_factor_eval"] * len(n) / E)
            capacity = max(capacity + capacity % 2, c["router_min_capacity"])
            top, index = l.softmax(-1).topk(K)
            used = [0] * E
            y = torch.zeros_like(n)
            q = p + "mlp.experts."
            for j in range(K):
                first = list(used)
                for t in range(len(n)):
                    e = int(index[t, j])
                    if used[e] < capacity:
                        y[t] += top[t, j] * glu(n[t], w[q + "wi_gate"][e], w[q + "wi_up"][e], w[q + "wo"][e])
                    used[e] += 1
                # Second choices queue behind all first ones, also behind those that found no place.
                assert all(u >= f for u, f in zip(used, first))
            x = x + y
            x = x + dense(rms(x, w[p + "pre_extra_mlp_layernorm.weight"], eps), p + "extra_mlp.")
        return rms(x, w["model.norm.weight"], eps), logits

    return run


def nomic_bert_moe(c, w):
    """nomic-embed-text-v2-moe (arXiv 2502.07972), modeling_hf_nomic_bert.py: NomicRouter, NomicExperts."""
    ln = lambda x, p: F.layer_norm(x, (c["n_embd"],), w[p + ".weight"], w[p + ".bias"], c["layer_norm_epsilon"])

    def run(ids):
        x = w["embeddings.word_embeddings.weight"][ids[0]]
        if c["type_vocab_size"]:
            x = x + w["embeddings.token_type_embeddings.weight"][0]
        x, logits = ln(x, "emb_ln"), []
        heads, size, E, I = c["n_head"], c["n_embd"] // c["n_head"], c["num_experts"], c["n_inner"] or 4 * c["n_embd"]

        def turned(y):
            """The first part of every head, its halves rotated or, interleaved, its neighbours."""
            d = int(size * c["rotary_emb_fraction"])
            if d == 0:
                return y
            part = y[..., :d]
            if not c["rotary_emb_interleaved"]:
                return torch.cat([rope(part, c["rotary_emb_base"]), y[..., d:]], -1)
            order = torch.cat([torch.arange(0, d, 2), torch.arange(1, d, 2)])
            return torch.cat([rope(part[..., order], c["rotary_emb_base"])[..., order.argsort()], y[..., d:]], -1)

        for i in range(c["n_layer"]):
            p = f"encoder.layers.{i}."
            linear = lambda y, name: F.linear(y, w[f"{p}{name}.weight"], w.get(f"{p}{name}.bias"))
            qkv = linear(x, "attn.Wqkv").view(-1, 3, heads, size)
            q, k, v = (qkv[:, j].transpose(0, 1) for j in range(3))
            a = attend(turned(q), turned(k), v, size**-0.5, False)
            x = ln(x + linear(a, "attn.out_proj"), p + "norm1")
            if c["moe_every_n_layers"] and i % c["moe_every_n_layers"] == 1:
                l = x @ w[p + "mlp.router.layer.weight"].T
                logits.append(l)
                top, index = l.softmax(-1).topk(c["moe_top_k"])
                if c.get("moe_normalize_expert_weights"):
                    top = top / top.sum(-1, keepdim=True)
                w1, w2 = (w[p + f"mlp.experts.mlp.w{j}"].view(E, I, -1) for j in (1, 2))
                y = torch.zeros_like(x)
                for t in range(len(x)):
                    for j in range(c["moe_top_k"]):
                        y[t] += top[t, j] * (F.gelu(x[t] @ w1[index[t, j]].T) @ w2[index[t, j]])
                y = y + w[p + "mlp.experts.bias"]
            else:
                y = linear(F.gelu(linear(x, "mlp.fc1")), "mlp.fc2")
            x = ln(x + y, p + "norm2")
        return x, logits

    return run
