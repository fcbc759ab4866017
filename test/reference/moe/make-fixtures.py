"""Writes the fixtures of families, layouts and flags that were not given to us: `python make-fixtures.py [NAME ...]`.
`python make-fixtures.py --random N DIR [SEED]` writes N checkpoints with random sizes and flags, `--configs N DIR [SEED]` such whose config.json
leaves keys out, has older ones and so on (MOETOPIC_MOE_FIXTURES=DIR npx vitest run test/moe)."""
import random, sys
import torch
import transformers
from layout import FIXTURES, as_new, randomise, tokenizer_of, write
import random_configs, references

BPE, SP, UNIGRAM = tokenizer_of("olmoe"), tokenizer_of("mixtral"), tokenizer_of("switch")
FIX = {}


def fixture(f):
    FIX[f.__name__.replace("_", "-")] = f
    return f


def llama_shapes(c, layer, heads, kv, size, hidden):
    return {
        f"{layer}input_layernorm.weight": (hidden,),
        f"{layer}post_attention_layernorm.weight": (hidden,),
        f"{layer}self_attn.q_proj.weight": (heads * size, hidden),
        f"{layer}self_attn.k_proj.weight": (kv * size, hidden),
        f"{layer}self_attn.v_proj.weight": (kv * size, hidden),
        f"{layer}self_attn.o_proj.weight": (hidden, heads * size),
    }


def empty(shapes):
    return {k: torch.empty(s) for k, s in shapes.items()}


def up(tensors):
    return {k: v.float() for k, v in tensors.items()}


@fixture
def deepseek_v1(out):
    c = dict(architectures=["DeepseekForCausalLM"], model_type="deepseek", attention_bias=False, first_k_dense_replace=1, hidden_act="silu",
             hidden_size=32, intermediate_size=72, max_position_embeddings=256, moe_intermediate_size=24, moe_layer_freq=1, n_routed_experts=8,
             n_shared_experts=2, norm_topk_prob=False, num_attention_heads=4, num_experts_per_tok=2, num_hidden_layers=3, num_key_value_heads=4,
             rms_norm_eps=1e-6, rope_scaling=None, rope_theta=10000, scoring_func="softmax", tie_word_embeddings=False, torch_dtype="bfloat16", vocab_size=431)
    s = {"model.embed_tokens.weight": (431, 32), "model.norm.weight": (32,), "lm_head.weight": (431, 32)}
    for i in range(3):
        p = f"model.layers.{i}."
        s |= llama_shapes(c, p, 4, 4, 8, 32)
        blocks = [("mlp.", 72)] if i == 0 else [("mlp.shared_experts.", 48)] + [(f"mlp.experts.{e}.", 24) for e in range(8)]
        for b, n in blocks:
            s |= {p + b + "gate_proj.weight": (n, 32), p + b + "up_proj.weight": (n, 32), p + b + "down_proj.weight": (32, n)}
        if i:
            s[p + "mlp.gate.weight"] = (8, 32)
    t = randomise(empty(s), 0.2, 1, torch.bfloat16)
    write(out, c, t, references.deepseek_v1(c, up(t)), BPE)


def sentencepiece(kind):
    """A SentencePiece model trained on our own sentences, and no tokenizer.json: as LLaMA-MoE v1 comes."""

    def make(out):
        import io, json
        import sentencepiece as spm
        model = io.BytesIO()
        sentences = [s for s in """The quick brown fox jumps over the lazy dog while the old map shows where topics live
Experts are chosen by a router and every token goes to two of them
Naïve cafés in Zürich open at seven and close when the night is over
Does the controller know its number or is the telescope on the shuttle
World records are set by pitchers who throw against giants""".split("\n")] * 3
        spm.SentencePieceTrainer.train(sentence_iterator=iter(sentences), model_writer=model, vocab_size=420 if kind == "bpe" else 120, model_type=kind,
                                       byte_fallback=kind == "bpe", normalization_rule_name="identity" if kind == "bpe" else "nmt_nfkc",
                                       remove_extra_whitespaces=kind != "bpe", character_coverage=1.0, num_threads=1, minloglevel=2, hard_vocab_limit=False)
        (out / "tokenizer.model").write_bytes(model.getvalue())
        bos = kind == "bpe"
        json.dump(dict(add_bos_token=bos, add_eos_token=not bos, bos_token="<s>", eos_token="</s>", unk_token="<unk>", model_max_length=256,
                       tokenizer_class="LlamaTokenizer" if bos else "T5Tokenizer"), open(out / "tokenizer_config.json", "w"), indent=1)
        sp = spm.SentencePieceProcessor(model_proto=model.getvalue())
        return lambda text: [sp.bos_id()] + sp.encode(text) if bos else sp.encode(text) + [sp.eos_id()]

    return make


@fixture
def llama_moe(out):
    c = dict(architectures=["LlamaMoEForCausalLM"], model_type="llama_moe", add_weight_norm=False, calculator_type="UniversalCalculator", gate_add_noise=True,
             gate_network="mlp", gate_type="TopKBalancedNoisyGate", gate_use_softmax=True, hidden_act="silu", hidden_size=32, intermediate_size=192,
             max_position_embeddings=256, multiply_gate_scores=True, num_attention_heads=4, num_experts=8, num_hidden_layers=3, num_key_value_heads=4,
             num_selects=2, rms_norm_eps=1e-5, rope_scaling=None, rope_theta=500000.0, score_scale_factor=4.0, size_experts=None, torch_dtype="float16", vocab_size=420)
    s = {"model.embed_tokens.weight": (420, 32), "model.norm.weight": (32,), "lm_head.weight": (420, 32)}
    for i in range(3):
        p = f"model.layers.{i}."
        s |= llama_shapes(c, p, 4, 4, 8, 32)
        s |= {p + "mlp.gate.gate_network.0.weight": (8, 32), p + "mlp.gate.gate_network.2.weight": (8, 8), p + "mlp.gate.weight_noise.weight": (8, 32)}
        for e in range(8):
            b = p + "mlp.calculator.experts.weight_"
            s |= {f"{b}gate.{e}": (24, 32), f"{b}up.{e}": (24, 32), f"{b}down.{e}": (32, 24)}
    t = randomise(empty(s), 0.12, 2, torch.float16)
    write(out, c, t, references.llama_moe(c, up(t)), None, torch_file=True, tokenizer_model=sentencepiece("bpe"))


@fixture
def openmoe(out):
    c = dict(architectures=["OpenMoeForCausalLM"], model_type="llama", head_dim=16, hidden_act="swiglu", hidden_size=32, intermediate_size=24,
             max_position_embeddings=256, mlp_gated=True, moe_layer_interval=2, num_attention_heads=4, num_experts=8, num_hidden_layers=4, num_key_value_heads=2,
             pretraining_tp=1, rms_norm_eps=1e-6, rope_scaling=None, rope_theta=10000.0, router_capacity_factor_eval=0.75, router_drop_tks=True,
             router_min_capacity=2, router_topk=2, torch_dtype="float32", vocab_size=120)
    s = {"model.embed_tokens.weight": (120, 32), "model.norm.weight": (32,), "lm_head.weight": (120, 32)}
    for i in range(4):
        p = f"model.layers.{i}."
        s |= llama_shapes(c, p, 4, 2, 16, 32)
        b = p + "mlp."
        if i % 2:
            s |= {b + "gate_weight": (8, 32), b + "experts.wi_gate": (8, 32, 48), b + "experts.wi_up": (8, 32, 24), b + "experts.wo": (8, 24, 32)}
            s[p + "pre_extra_mlp_layernorm.weight"] = (32,)
            b = p + "extra_mlp."
        s |= {b + "gate_proj.weight": (48, 32), b + "up_proj.weight": (24, 32), b + "down_proj.weight": (32, 24)}
    t = randomise(empty(s), 0.1, 3, torch.bfloat16)
    write(out, c, t, references.openmoe(c, up(t)), None, tokenizer_model=sentencepiece("unigram"))


@fixture
def nomic_bert_moe(out):
    c = dict(architectures=["NomicBertModel"], model_type="nomic_bert", activation_function="gelu", causal=False, layer_norm_epsilon=1e-5, max_trained_positions=2048,
             mlp_fc1_bias=True, mlp_fc2_bias=True, moe_every_n_layers=2, moe_normalize_expert_weights=False, moe_top_k=2, n_embd=32, n_head=4, n_inner=48,
             n_layer=4, n_positions=2048, num_experts=8, pad_vocab_size_multiple=64, prenorm=False, qkv_proj_bias=True, rotary_emb_base=10000,
             rotary_emb_fraction=1.0, rotary_emb_interleaved=False, torch_dtype="float32", type_vocab_size=1, use_rms_norm=False, vocab_size=75)
    s = {"embeddings.word_embeddings.weight": (128, 32), "embeddings.token_type_embeddings.weight": (1, 32), "emb_ln.weight": (32,), "emb_ln.bias": (32,)}
    for i in range(4):
        p = f"encoder.layers.{i}."
        s |= {p + "attn.Wqkv.weight": (96, 32), p + "attn.Wqkv.bias": (96,), p + "attn.out_proj.weight": (32, 32), p + "attn.out_proj.bias": (32,)}
        for n in ("norm1", "norm2"):
            s |= {p + n + ".weight": (32,), p + n + ".bias": (32,)}
        if i % 2:
            s |= {p + "mlp.router.layer.weight": (8, 32), p + "mlp.experts.mlp.w1": (8 * 48, 32), p + "mlp.experts.mlp.w2": (8 * 48, 32), p + "mlp.experts.bias": (32,)}
        else:
            s |= {p + "mlp.fc1.weight": (48, 32), p + "mlp.fc1.bias": (48,), p + "mlp.fc2.weight": (32, 48), p + "mlp.fc2.bias": (32,)}
    t = randomise(empty(s), 0.2, 4, torch.bfloat16)
    write(out, c, t, references.nomic_bert_moe(c, up(t)), UNIGRAM)


def from_transformers(out, kind, config, seed, routers, tokenizer=BPE, std=0.15, dtype=torch.bfloat16, old_style=False, prepare=None, keep=None, encoder=False, bare=False, shards=1, edit=None):
    """What transformers computes; `routers` are the endings of the routers' module names, in order. `bare`: as the class without a head is saved.
    `edit` changes the configuration as it is written."""
    cfg = getattr(transformers, kind + "Config")(**config)
    cls = getattr(transformers, kind + ("ForConditionalGeneration" if encoder else "ForCausalLM"))
    # Grouped kernels want sizes in multiples of 16 bytes; checkpoints needn't have them.
    cfg._attn_implementation = cfg._experts_implementation = "eager"
    torch.manual_seed(seed)
    model = cls(cfg).eval().float()
    values = randomise(model.state_dict(), std, seed, dtype)
    model.load_state_dict({k: v.float() for k, v in values.items()})
    extra = prepare(model) if prepare else {}
    import tempfile, pathlib, json
    from safetensors.torch import load_file
    with tempfile.TemporaryDirectory() as tmp:
        model.save_pretrained(tmp)
        stored = load_file(str(pathlib.Path(tmp) / "model.safetensors"))
        saved = json.load(open(pathlib.Path(tmp) / "config.json"))
    if keep:
        stored = keep(stored, model)
    stored = {k: v.to(dtype) for k, v in stored.items() if not k.startswith(("decoder.", "lm_head"))} | extra
    for drop in extra:
        for end in ("_blocks", "_scales"):
            stored.pop(drop.removesuffix(end), None) if drop.endswith(end) else None
    if old_style and "rope_parameters" in saved:
        rope = saved.pop("rope_parameters")
        saved["rope_theta"] = rope.pop("rope_theta")
        saved["rope_scaling"] = None if rope.get("rope_type") == "default" else rope
    saved |= extra_config.get(id(prepare), {})
    if edit:
        edit(saved)

    def run(ids, loaded=[]):
        # What transformers makes of the files, not of the configuration that they were made from; MXFP4 it would need a GPU for.
        if not loaded:
            loaded.append(model if prepare else cls.from_pretrained(out, dtype=torch.float32, attn_implementation="eager", experts_implementation="eager").eval())
        m = loaded[0]
        as_new(m)
        inner = m.encoder if encoder else (m.transformer if hasattr(m, "transformer") else m.model)
        logits = []
        def hook(_, __, o):
            l = o
            if isinstance(o, tuple):
                l = next(x for x in reversed(o) if torch.is_tensor(x)) if encoder or kind == "JetMoe" else o[0]
            logits.append(l.detach().reshape(-1, l.shape[-1]))
        handles = [m.register_forward_hook(hook) for n, m in inner.named_modules() if any(n.endswith(r) for r in routers)]
        hidden = inner(input_ids=ids, attention_mask=torch.ones_like(ids)).last_hidden_state[0]
        for h in handles:
            h.remove()
        return hidden, logits

    if bare:
        prefix = "transformer." if hasattr(model, "transformer") else "model."
        stored = {k.removeprefix(prefix): v for k, v in stored.items()}
    write(out, saved, stored, run, tokenizer, shards=shards)


extra_config = {}


@fixture
def jetmoe(out):
    from_transformers(out, "JetMoe", dict(vocab_size=431, hidden_size=32, num_hidden_layers=3, num_key_value_heads=2, kv_channels=8, intermediate_size=24,
                      max_position_embeddings=256, num_local_experts=8, num_experts_per_tok=2, tie_word_embeddings=True), 5, ["router"])


@fixture
def dbrx(out):
    from_transformers(out, "Dbrx", dict(d_model=32, n_heads=4, n_layers=3, max_seq_len=256, vocab_size=431,
                      attn_config=dict(kv_n_heads=2, clip_qkv=0.8, rope_theta=10000.0), ffn_config=dict(ffn_hidden_size=24, moe_num_experts=8, moe_top_k=3,
                      moe_normalize_expert_weights=1.0)), 6, ["ffn.router"])


def mxfp4(model):
    """Random MXFP4 experts, put into the model as the numbers that they stand for."""
    g = torch.Generator().manual_seed(7)
    codes = torch.tensor([0, 0.5, 1, 1.5, 2, 3, 4, 6, -0.0, -0.5, -1, -1.5, -2, -3, -4, -6])
    extra = {}
    for i, layer in enumerate(model.model.layers):
        for name in ("gate_up_proj", "down_proj"):
            p = getattr(layer.mlp.experts, name)
            e, k, n = p.shape  # stored [experts, in, out]; packed [experts, out, in / 32, 16]
            blocks = torch.randint(0, 256, (e, n, k // 32, 16), generator=g, dtype=torch.uint8)
            scales = torch.randint(121, 125, (e, n, k // 32), generator=g, dtype=torch.uint8)
            both = torch.stack([codes[(blocks & 15).long()], codes[(blocks >> 4).long()]], -1).flatten(-2)
            p.data.copy_((both * torch.exp2(scales.float() - 127)[..., None]).reshape(e, n, k).transpose(1, 2))
            extra |= {f"model.layers.{i}.mlp.experts.{name}_blocks": blocks, f"model.layers.{i}.mlp.experts.{name}_scales": scales}
    return extra


extra_config[id(mxfp4)] = dict(quantization_config=dict(modules_to_not_convert=["model.layers.*.self_attn", "model.layers.*.mlp.router", "model.embed_tokens", "lm_head"], quant_method="mxfp4"))


@fixture
def gpt_oss_mxfp4(out):
    from_transformers(out, "GptOss", dict(vocab_size=431, hidden_size=64, intermediate_size=32, num_hidden_layers=2, num_attention_heads=4, num_key_value_heads=2, head_dim=16,
                      num_local_experts=8, num_experts_per_tok=2, sliding_window=5, max_position_embeddings=256), 7, ["mlp.router"], prepare=mxfp4, old_style=True)


@fixture
def mergekit(out):
    """MergeKit's mixtral mode (mergekit/moe/mixtral.py, gate_mode random): a Llama-like model's feed-forward layers as experts, gates at random."""
    def names(stored, model):
        return stored
    from_transformers(out, "Mixtral", dict(vocab_size=506, hidden_size=32, intermediate_size=24, num_hidden_layers=2, num_attention_heads=4, num_key_value_heads=4,
                      num_local_experts=4, num_experts_per_tok=2, max_position_embeddings=256, rope_parameters=dict(rope_type="default", rope_theta=10000.0)), 8, ["mlp.gate"], tokenizer=SP, old_style=True, dtype=torch.float16)


@fixture
def olmoe_flags(out):
    from_transformers(out, "Olmoe", dict(vocab_size=431, hidden_size=24, intermediate_size=16, num_hidden_layers=2, num_attention_heads=4, num_key_value_heads=2, num_experts=6,
                      num_experts_per_tok=3, norm_topk_prob=True, clip_qkv=0.7, attention_bias=True, hidden_act="gelu", max_position_embeddings=256,
                      rope_parameters=dict(rope_type="llama3", rope_theta=500.0, factor=8.0, low_freq_factor=1.0, high_freq_factor=4.0, original_max_position_embeddings=32)), 9, ["mlp.gate"])


@fixture
def qwen2_moe_flags(out):
    from_transformers(out, "Qwen2Moe", dict(vocab_size=431, hidden_size=32, intermediate_size=40, moe_intermediate_size=16, shared_expert_intermediate_size=24, num_hidden_layers=5,
                      num_attention_heads=4, num_key_value_heads=1, num_experts=6, num_experts_per_tok=3, norm_topk_prob=True, decoder_sparse_step=2, mlp_only_layers=[3],
                      use_sliding_window=True, sliding_window=4, max_window_layers=3, max_position_embeddings=256,
                      rope_parameters=dict(rope_type="yarn", rope_theta=10000.0, factor=4.0, original_max_position_embeddings=64)), 10, ["mlp.gate"])


@fixture
def deepseek_v2_flags(out):
    from_transformers(out, "DeepseekV2", dict(vocab_size=431, hidden_size=32, intermediate_size=40, moe_intermediate_size=16, num_hidden_layers=2, num_attention_heads=4, num_key_value_heads=4,
                      n_routed_experts=12, n_shared_experts=1, num_experts_per_tok=3, first_k_dense_replace=0, q_lora_rank=12, kv_lora_rank=16, qk_nope_head_dim=8, qk_rope_head_dim=8,
                      v_head_dim=12, topk_method="group_limited_greedy", n_group=4, topk_group=2, routed_scaling_factor=2.5, attention_bias=True, max_position_embeddings=256,
                      rope_parameters=dict(rope_type="yarn", rope_theta=10000.0, factor=40.0, mscale=0.7, mscale_all_dim=0.7, beta_fast=32, beta_slow=1, original_max_position_embeddings=16)), 11, ["mlp.gate"], old_style=True)


@fixture
def mixtral_fused(out):
    """Experts fused as transformers 5 holds them in memory, a window, a head size of its own."""
    def keep(stored, model):
        return {k: v for k, v in model.state_dict().items()}
    from_transformers(out, "Mixtral", dict(vocab_size=506, hidden_size=32, intermediate_size=16, num_hidden_layers=2, num_attention_heads=4, num_key_value_heads=2, head_dim=12,
                      num_local_experts=5, num_experts_per_tok=2, sliding_window=3, max_position_embeddings=256,
                      rope_parameters=dict(rope_type="linear", rope_theta=1e6, factor=3.0)), 12, ["mlp.gate"], tokenizer=SP, keep=keep)


@fixture
def phi_moe_longrope(out):
    from_transformers(out, "Phimoe", dict(vocab_size=506, hidden_size=32, intermediate_size=16, num_hidden_layers=2, num_attention_heads=4, num_key_value_heads=4, num_local_experts=6,
                      num_experts_per_tok=2, router_jitter_noise=0.2, max_position_embeddings=64, original_max_position_embeddings=8, rope_parameters=dict(rope_type="longrope", rope_theta=10000.0,
                      short_factor=[1.0, 1.1, 1.5, 2.0], long_factor=[1.0, 2.0, 3.0, 5.0], short_mscale=1.1, long_mscale=1.3, original_max_position_embeddings=8)), 13, ["mlp.router"], tokenizer=SP)


@fixture
def switch_flags(out):
    from_transformers(out, "SwitchTransformers", dict(vocab_size=75, d_model=24, d_kv=6, d_ff=32, num_heads=3, num_layers=4, num_sparse_encoder_layers=4, num_decoder_layers=1,
                      num_sparse_decoder_layers=1, num_experts=4, expert_capacity=3, router_bias=True, relative_attention_num_buckets=16, relative_attention_max_distance=20,
                      dense_act_fn="gelu"), 14, ["mlp.router"], tokenizer=UNIGRAM, encoder=True)


@fixture
def dbrx_hub(out):
    """The keys that databricks/dbrx-base has and no others: moe_normalize_expert_weights is left to its default, rope_theta is where nobody reads it."""
    def edit(c):
        c["attn_config"] = dict(clip_qkv=8, kv_n_heads=1, model_type="", rope_theta=500000)
        c["ffn_config"] = {k: c["ffn_config"][k] for k in ("ffn_hidden_size", "moe_jitter_eps", "moe_loss_weight", "moe_num_experts", "moe_top_k")}
        del c["rope_parameters"]
    from_transformers(out, "Dbrx", dict(d_model=24, n_heads=3, n_layers=1, max_seq_len=256, vocab_size=431, attn_config=dict(kv_n_heads=1, clip_qkv=8, rope_theta=10000.0),
                      ffn_config=dict(ffn_hidden_size=20, moe_num_experts=5, moe_top_k=2)), 15, ["ffn.router"], edit=edit)


@fixture
def phi_moe_yarn(out):
    """Phi's factors for short and long texts hold for every kind of scaling, not for LongRoPE alone."""
    from_transformers(out, "Phimoe", dict(vocab_size=506, hidden_size=24, intermediate_size=10, num_hidden_layers=1, num_attention_heads=3, num_key_value_heads=1, num_local_experts=4,
                      num_experts_per_tok=2, max_position_embeddings=256, sliding_window=9, attention_bias=True, original_max_position_embeddings=24, rope_parameters=dict(rope_type="yarn",
                      rope_theta=10000.0, factor=4.0, short_mscale=1.2, long_mscale=0.7, original_max_position_embeddings=24)), 16, ["mlp.router"], tokenizer=SP)


@fixture
def gpt_oss_flags(out):
    from_transformers(out, "GptOss", dict(vocab_size=431, hidden_size=40, intermediate_size=9, num_hidden_layers=2, num_attention_heads=5, num_key_value_heads=1, head_dim=8,
                      num_local_experts=3, num_experts_per_tok=3, sliding_window=1, layer_types=["full_attention", "sliding_attention"], attention_bias=False, swiglu_limit=0.5,
                      swiglu_alpha=1.1, max_position_embeddings=256), 17, ["mlp.router"])


@fixture
def switch_untied(out):
    from_transformers(out, "SwitchTransformers", dict(vocab_size=75, d_model=20, d_kv=8, d_ff=18, num_heads=2, num_layers=2, num_sparse_encoder_layers=1, num_decoder_layers=1,
                      num_sparse_decoder_layers=1, num_experts=3, tie_word_embeddings=False), 18, ["mlp.router"], tokenizer=UNIGRAM, encoder=True)


@fixture
def switch_bfloat16(out):
    """A router that computes in bfloat16: its rounded probabilities tie and weigh."""
    from_transformers(out, "SwitchTransformers", dict(vocab_size=75, d_model=16, d_kv=8, d_ff=12, num_heads=2, num_layers=2, num_sparse_encoder_layers=2, num_decoder_layers=1,
                      num_sparse_decoder_layers=1, num_experts=4, router_bias=True, router_dtype="bfloat16"), 21, ["mlp.router"], tokenizer=UNIGRAM, encoder=True)


@fixture
def qwen3_moe_flags(out):
    from_transformers(out, "Qwen3Moe", dict(vocab_size=440, hidden_size=18, intermediate_size=33, moe_intermediate_size=7, num_hidden_layers=3, num_attention_heads=6, num_key_value_heads=2,
                      head_dim=12, num_experts=5, num_experts_per_tok=5, norm_topk_prob=True, attention_bias=True, mlp_only_layers=[1], use_sliding_window=True, sliding_window=2,
                      tie_word_embeddings=True, max_position_embeddings=256, rope_parameters=dict(rope_type="linear", rope_theta=100.0, factor=2.5)), 19, ["mlp.gate"],
                      dtype=torch.float16, old_style=True, bare=True, shards=3)


@fixture
def granite_moe_flags(out):
    from_transformers(out, "GraniteMoe", dict(vocab_size=431, hidden_size=30, intermediate_size=11, num_hidden_layers=2, num_attention_heads=3, num_key_value_heads=3, num_local_experts=3,
                      num_experts_per_tok=1, attention_bias=True, embedding_multiplier=3.0, residual_multiplier=0.5, attention_multiplier=0.2, hidden_act="gelu",
                      max_position_embeddings=256, rope_parameters=dict(rope_type="dynamic", rope_theta=500.0, factor=2.0)), 20, ["block_sparse_moe.router"],
                      keep=lambda stored, model: dict(model.state_dict()))


@fixture
def mixtral_defaults(out):
    """Keys left out that the class has a default for (8 key-value heads, 8 experts, 2 of them), and no rotary settings at all."""
    def edit(c):
        for k in ("num_key_value_heads", "num_local_experts", "num_experts_per_tok", "rope_parameters", "max_position_embeddings", "rms_norm_eps", "hidden_act"):
            del c[k]
    from_transformers(out, "Mixtral", dict(vocab_size=506, hidden_size=32, intermediate_size=10, num_hidden_layers=1, num_attention_heads=8), 22, ["mlp.gate"], tokenizer=SP, edit=edit)


@fixture
def mixtral_dynamic(out):
    """Texts beyond max_position_embeddings, where dynamic scaling begins."""
    from_transformers(out, "Mixtral", dict(vocab_size=506, hidden_size=32, intermediate_size=10, num_hidden_layers=2, num_attention_heads=4, num_key_value_heads=2, head_dim=8, num_local_experts=3, num_experts_per_tok=2,
                      max_position_embeddings=12, rope_parameters=dict(rope_type="dynamic", rope_theta=300.0, factor=3.0)), 25, ["mlp.gate"], tokenizer=SP)


@fixture
def phi_moe_outer_length(out):
    """original_max_position_embeddings beside the rotary settings only, which Phi's class does not look at."""
    def edit(c):
        c["original_max_position_embeddings"] = 8
        del c["rope_parameters"]["original_max_position_embeddings"]
    from_transformers(out, "Phimoe", dict(vocab_size=506, hidden_size=24, intermediate_size=10, num_hidden_layers=1, num_attention_heads=3, num_key_value_heads=1, num_local_experts=4, max_position_embeddings=300,
                      rope_parameters=dict(rope_type="yarn", rope_theta=10000.0, factor=4.0, short_mscale=1.2, long_mscale=0.7, original_max_position_embeddings=300)), 23, ["mlp.router"], tokenizer=SP, edit=edit)


@fixture
def nomic_bert_transformers(out):
    """nomic-embed-text's dense kind as transformers 5 saves it: BERT's keys, the hub's tensors."""
    import json, pathlib, tempfile
    from safetensors.torch import load_file
    torch.manual_seed(24)
    cfg = transformers.NomicBertConfig(vocab_size=75, hidden_size=24, num_hidden_layers=2, num_attention_heads=3, intermediate_size=20, layer_norm_eps=1e-3, rope_parameters=dict(rope_type="default", rope_theta=500.0))
    model = transformers.NomicBertModel(cfg).eval()
    model.load_state_dict(randomise({k: v for k, v in model.state_dict().items() if v.is_floating_point()}, 0.2, 24), strict=False)
    with tempfile.TemporaryDirectory() as tmp:
        model.save_pretrained(tmp)
        stored, saved = load_file(str(pathlib.Path(tmp) / "model.safetensors")), json.load(open(pathlib.Path(tmp) / "config.json"))
    write(out, saved, stored, lambda ids: (model(input_ids=ids, attention_mask=torch.ones_like(ids)).last_hidden_state[0], []), UNIGRAM)


def pick(r, *options):
    return r.choice(options)


def random_config(r):
    """A kind with sizes and flags at random."""
    kind = pick(r, "Olmoe", "Qwen2Moe", "Qwen3Moe", "Mixtral", "GraniteMoe", "Phimoe", "GptOss", "DeepseekV2", "JetMoe", "Dbrx", "SwitchTransformers")
    kv = pick(r, 1, 2, 3, 4)
    heads = kv * pick(r, 1, 2, 3)
    size = pick(r, 4, 8, 10, 16)
    experts = pick(r, 2, 3, 5, 8, 12)
    common = dict(vocab_size=pick(r, 431, 448), hidden_size=heads * size, num_hidden_layers=pick(r, 1, 2, 4), num_attention_heads=heads, num_key_value_heads=kv,
                  intermediate_size=pick(r, 8, 20, 33, 64), num_experts_per_tok=r.randint(1, experts), max_position_embeddings=256,
                  hidden_act=pick(r, "silu", "silu", "gelu", "relu", "gelu_pytorch_tanh"), tie_word_embeddings=r.random() < 0.3,
                  rms_norm_eps=pick(r, 1e-6, 1e-5, 1e-2))
    rope = pick(r, dict(rope_type="default"), dict(rope_type="linear", factor=2.5), dict(rope_type="dynamic", factor=2.0),
                dict(rope_type="yarn", factor=8.0, original_max_position_embeddings=32), dict(rope_type="yarn", factor=4.0, original_max_position_embeddings=16, truncate=False, attention_factor=1.2),
                dict(rope_type="llama3", factor=8.0, low_freq_factor=1.0, high_freq_factor=4.0, original_max_position_embeddings=16))
    common["rope_parameters"] = dict(rope, rope_theta=pick(r, 100.0, 10000.0, 1e6))
    flag = lambda: r.random() < 0.5
    routers, options = ["mlp.gate"], dict(old_style=flag(), dtype=pick(r, torch.float32, torch.bfloat16, torch.float16), shards=pick(r, 1, 1, 3), bare=r.random() < 0.2)
    if r.random() < 0.3:
        # The names and layouts of transformers 5 in memory, experts fused.
        options["keep"] = lambda stored, model: dict(model.state_dict())
    if kind == "Olmoe":
        common |= dict(num_experts=experts, norm_topk_prob=flag(), clip_qkv=pick(r, None, 0.5), attention_bias=flag())
    elif kind == "Qwen2Moe":
        common |= dict(num_experts=experts, norm_topk_prob=flag(), moe_intermediate_size=pick(r, 7, 12, 32), shared_expert_intermediate_size=20, decoder_sparse_step=pick(r, 1, 2),
                       mlp_only_layers=pick(r, [], [0]), use_sliding_window=flag(), sliding_window=pick(r, 1, 2, 6), max_window_layers=pick(r, 0, 1, 28), qkv_bias=flag())
    elif kind == "Qwen3Moe":
        common |= dict(num_experts=experts, norm_topk_prob=flag(), hidden_size=pick(r, 18, 32, 64), moe_intermediate_size=pick(r, 7, 12, 32), decoder_sparse_step=pick(r, 1, 2), mlp_only_layers=pick(r, [], [0]), head_dim=pick(r, 4, 12),
                       attention_bias=flag(), use_sliding_window=flag(), sliding_window=pick(r, 2, 6))
    elif kind == "Mixtral":
        common |= dict(num_local_experts=experts, sliding_window=pick(r, None, 1, 3))
        if flag():
            common |= dict(hidden_size=pick(r, 20, 32), head_dim=pick(r, 6, 8))
    elif kind == "GraniteMoe":
        common |= dict(num_local_experts=experts, attention_bias=flag(), embedding_multiplier=pick(r, 1.0, 6.0), residual_multiplier=pick(r, 1.0, 0.3), attention_multiplier=pick(r, 0.1, 1.0))
        routers = ["block_sparse_moe.router"]
    elif kind == "Phimoe":
        common |= dict(num_local_experts=experts, num_experts_per_tok=2, router_jitter_noise=pick(r, 0.01, 0.3), attention_bias=flag(), sliding_window=pick(r, None, 4))
        common["rope_parameters"] = pick(r, dict(rope_type="default", rope_theta=1e4), dict(rope_type="longrope", rope_theta=1e4, short_factor=[1.0 + 0.1 * i for i in range(size // 2)],
                                         long_factor=[2.0 + i for i in range(size // 2)], short_mscale=1.1, long_mscale=1.2, original_max_position_embeddings=pick(r, 8, 64)))
        routers = ["mlp.router"]
    elif kind == "GptOss":
        common |= dict(num_local_experts=experts, hidden_size=pick(r, 18, 32, 64), head_dim=pick(r, 8, 12), sliding_window=pick(r, 3, 100), attention_bias=flag(), swiglu_limit=pick(r, 7.0, 0.3))
        routers = ["mlp.router"]
    elif kind == "DeepseekV2":
        groups = pick(r, 1, 2, 4)
        experts = groups * pick(r, 2, 3)
        common |= dict(num_key_value_heads=heads, n_routed_experts=experts, n_shared_experts=pick(r, 1, 2), num_experts_per_tok=r.randint(1, experts // groups), first_k_dense_replace=pick(r, 0, 1),
                       moe_intermediate_size=12, q_lora_rank=pick(r, None, 10), kv_lora_rank=14, qk_nope_head_dim=6, qk_rope_head_dim=pick(r, 4, 8), v_head_dim=pick(r, 6, 10), routed_scaling_factor=pick(r, 1.0, 3.0), norm_topk_prob=flag(),
                       topk_method=pick(r, "greedy", "group_limited_greedy"), n_group=groups, topk_group=r.randint(1, groups), attention_bias=flag(), mlp_bias=flag())
        if common["rope_parameters"]["rope_type"] == "yarn" and flag():
            common["rope_parameters"] |= dict(mscale=0.7, mscale_all_dim=pick(r, 0.7, 1.0))
    elif kind == "JetMoe":
        for key in ("num_attention_heads", "hidden_act"):
            common.pop(key)
        common |= dict(num_local_experts=experts, kv_channels=size, activation_function="silu")
        routers = ["router"]
    elif kind == "Dbrx":
        common = dict(vocab_size=431, d_model=heads * size, n_heads=heads, n_layers=common["num_hidden_layers"], max_seq_len=256, rope_parameters=dict(rope_type="default", rope_theta=10000.0),
                      attn_config=dict(kv_n_heads=kv, **pick(r, {}, dict(clip_qkv=0.6)), rope_theta=10000.0),
                      ffn_config=dict(ffn_hidden_size=20, moe_num_experts=experts, moe_top_k=common["num_experts_per_tok"], moe_normalize_expert_weights=pick(r, None, 1.0, 2.0)))
        common["attn_config"].setdefault("clip_qkv", 1e9)
        routers = ["ffn.router"]
        options["old_style"] = False
    else:
        options["bare"] = False
        common = dict(vocab_size=431, d_model=heads * size, d_kv=size, d_ff=20, num_heads=heads, num_layers=4, num_sparse_encoder_layers=pick(r, 1, 2, 4), num_decoder_layers=1, num_sparse_decoder_layers=1,
                      num_experts=experts, expert_capacity=pick(r, 2, 64), router_bias=flag(), relative_attention_num_buckets=pick(r, 8, 32), relative_attention_max_distance=pick(r, 12, 128), dense_act_fn=pick(r, "relu", "gelu"))
        routers = ["mlp.router"]
        options["encoder"] = True
    return kind, common, routers, options


if __name__ == "__main__":
    if sys.argv[1:2] == ["--random"]:
        for n in range(int(sys.argv[2])):
            kind, config, routers, options = random_config(random.Random(int(sys.argv[4]) + n if len(sys.argv) > 4 else n))
            try:
                from_transformers(f"{sys.argv[3]}/{n:03}-{kind}", kind, config, n, routers, **options)
            except Exception as e:
                print(f"{n} {kind}: not made: {type(e).__name__} {str(e)[:200]}")
    elif sys.argv[1:2] == ["--configs"]:
        random_configs.main(int(sys.argv[2]), sys.argv[3], int(sys.argv[4]) if len(sys.argv) > 4 else 0, BPE)
    else:
        for name, make in FIX.items():
            if not sys.argv[1:] or name in sys.argv[1:]:
                make(FIXTURES / name)
