"""Tokenisers at random, each with what transformers' AutoTokenizer makes of hard texts, one JSON file each:
`python make-tokenizers.py N DIR [SEED]` (MOETOPIC_TOKENIZERS=DIR npx vitest run test/reference/embed/tokenizers.test.ts);
without arguments those of tokenizers/ are written again."""
import json, pathlib, random, sys, tempfile
import transformers
from tokenizers import Tokenizer, models, normalizers as N, pre_tokenizers as P, processors as R, trainers, decoders, AddedToken, Regex
KEPT = [1209, 1161, 1212, 1275, 1040, 1058, 1043, 1053, 1133, 1294, 1089, 1239, 1265, 1207, 1100, 1152, 1267, 1081, 1035, 1229, 1063, 1121, 1266, 1263]
CORPUS = ["The pitcher threw a no-hitter against the Giants last night.", "NASA's shuttle will service the Hubble Space Telescope; the launch window opens at 07:27 GMT.",
 "Does anyone know how to set the IRQ of a SCSI controller under MS-DOS 5.0?", "Zürich – naïve café, 你好，世界！ tabs and spaces 😀", "Σίσυφος ΟΔΟΣ straße İstanbul ŞİŞLİ", "שלום עולם مرحبا بالعالم", "नमस्ते दुनिया ไทย 한국어 日本語テキスト",
 "don't we'll I'VE they're 12345 3.14159 1,000,000", "def f(x):\n    return x  # comment\n\n\tif x == 'a': pass", "e\u0301 ﬁ ½ ² Ⅷ ｶﾞ"] * 3
TEXTS = ["The pitcher threw a no-hitter against the Giants last night.", "NASA's shuttle; the launch window opens at 07:27 GMT.", "Zürich – naïve café, 你好，世界！ \t tabs  and   spaces 😀", "a", "", " ", "  leading and trailing  ", "\n\n\nnew\r\nlines\rmixed\u2028sep\u2029para\x85nel",
 "👩‍👩‍👧‍👦 family 🏳️‍🌈 flag 🇩🇪 👍🏽", "e\u0301 vs é, a\u0308\u0323 o\u0327\u0300 Z̸̢͖a̷̛͔l̵͝g̶̾o", "שָׁלוֹם עולם 123 abc مَرْحَبًا", "漢字かなカナｶﾞ한국어ไทยภาษา", "nul \x00 mid \x01\x02 \x7f \x9f \ufeff bom \u200b zwsp \u200d zwj \u00ad shy", "     " * 7, "x" * 130, "▁already ▁▁ under_score ▁",
 "don't WE'LL I'VE they're 'Tis ''quotes''", "1 12 123 1234 12345 3.14 ½ ² ٣٤ Ⅷ", "Σίσυφος ΟΔΟΣ ΣΑΣ straße İI ŞİŞLİ ǅ ﬁﬂ", "<s>inside</s> <unk> <pad> [CLS] <add>lonely <add> word<add>glued  <add>  spaced [MASK]", "<ADD> add Add <addx> x<add>y", "\u3000ideographic\u00a0nbsp\u2009thin\u205f", "a\tb\t\tc", "ＡＢＣ１２３ ～ 〜 ∼", "\U0001d400\U0001d401 𠮷野家 \U00020000", "!!! ... ?!? --- === ((())) $5 €6 +7", "def f(x):\n    return x\n\n\n  #c", "x<0x41> <0x0A>\n", "\ufffd replacement \ue000 private \U0010ffff"]
def train(r):
    kind = r.choice(["bytebpe", "bytebpe", "spbpe", "spbpe", "wordpiece", "unigram", "unigram", "charbpe", "wordlevel"])
    special = ["<pad>", "<s>", "</s>", "<unk>", "[MASK]"]
    norms = [lambda: N.NFC(), lambda: N.NFKC(), lambda: N.NFD(), lambda: N.NFKD(), lambda: N.Lowercase(), lambda: N.StripAccents(), lambda: N.Strip(left=r.random()<.5, right=r.random()<.5), lambda: N.Replace(Regex(" {2,}"), " "), lambda: N.Replace("``", '"'), lambda: N.Nmt(), lambda: N.Replace(Regex(r"\s+"), " "), lambda: N.Replace("  ", " ")]
    splits = [Regex(r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"), Regex(r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+"),
              Regex(r"[\r\n]"), Regex(r"\p{N}{1,3}"), Regex(r"[一-龥぀-ゟ゠-ヿ]+"), Regex(r"\s?\p{L}+"), " ", Regex(r"\w+|[^\w\s]+"), Regex(r"[0-9]"), Regex(r"(?=\d)"), Regex(r"\s?[!-/:-~！-／：-～‘-‟　-。]+")]
    behaviours = ["isolated", "removed", "merged_with_previous", "merged_with_next", "contiguous"]
    pres = [lambda: P.Whitespace(), lambda: P.WhitespaceSplit(), lambda: P.BertPreTokenizer(), lambda: P.Digits(r.random()<.5), lambda: P.Punctuation(r.choice(behaviours)), lambda: P.Split(r.choice(splits), r.choice(behaviours), r.random()<.2), lambda: P.Metaspace(prepend_scheme=r.choice(["always","first","never"]), split=r.random()<.7), lambda: P.CharDelimiterSplit(r.choice("-e "))]
    seq = lambda make, xs: None if not xs else xs[0] if len(xs) == 1 else make(xs)
    T = None
    if kind == "bytebpe":
        T = Tokenizer(models.BPE(unk_token=r.choice([None, "<unk>"]), fuse_unk=r.random()<.3))
        T.normalizer = r.choice([None, None, N.NFC(), N.NFKC(), seq(N.Sequence, [x() for x in r.sample(norms, r.randint(1, 2))])])
        style = r.randint(0, 3)
        if style == 0: T.pre_tokenizer = P.ByteLevel(add_prefix_space=r.random()<.4, use_regex=True)
        elif style == 1: T.pre_tokenizer = P.Sequence([P.Split(r.choice(splits[:2]), "isolated", False), P.ByteLevel(add_prefix_space=False, use_regex=False)])
        elif style == 2: T.pre_tokenizer = P.Sequence([P.Split(splits[2], "isolated"), P.Split(Regex(r"\s?\p{L}+"), "isolated"), P.Split(splits[-1], "isolated"), P.Split(Regex(r"\s+$"), "isolated"), P.Split(splits[4], "isolated"), P.Digits(True), P.ByteLevel(add_prefix_space=False, use_regex=False)])
        else: T.pre_tokenizer = P.Sequence([r.choice(pres[3:6])() for _ in range(r.randint(1, 2))] + [P.ByteLevel(add_prefix_space=r.random()<.3, use_regex=r.random()<.5)])
        T.decoder = decoders.ByteLevel()
        tr = trainers.BpeTrainer(vocab_size=r.choice([300, 420, 600]), special_tokens=special, initial_alphabet=P.ByteLevel.alphabet(), show_progress=False)
    elif kind == "spbpe":
        T = Tokenizer(models.BPE(unk_token="<unk>", fuse_unk=r.random()<.7, byte_fallback=r.random()<.7))
        if r.random() < .6: T.normalizer = N.Sequence([N.Prepend("▁"), N.Replace(" ", "▁")])
        else: T.pre_tokenizer = P.Metaspace(prepend_scheme=r.choice(["always","first","never"]), split=r.random()<.4)
        bt = [f"<0x{i:02X}>" for i in range(256)] if T.model.byte_fallback else []
        tr = trainers.BpeTrainer(vocab_size=r.choice([350, 600]), special_tokens=special + bt, show_progress=False, limit_alphabet=r.choice([60, 200]))
    elif kind == "wordpiece":
        T = Tokenizer(models.WordPiece(vocab={'<unk>':0}, unk_token="<unk>", max_input_chars_per_word=r.choice([100, 20]), continuing_subword_prefix=r.choice(["##", "@@"])))
        T.normalizer = r.choice([N.BertNormalizer(clean_text=r.random()<.8, handle_chinese_chars=r.random()<.8, strip_accents=r.choice([None, True, False]), lowercase=r.random()<.6), seq(N.Sequence, [x() for x in r.sample(norms, r.randint(1, 3))])])
        T.pre_tokenizer = r.choice([P.BertPreTokenizer(), P.BertPreTokenizer(), P.Whitespace(), P.WhitespaceSplit(), P.Sequence([r.choice(pres[:6])() for _ in range(2)])])
        tr = trainers.WordPieceTrainer(vocab_size=r.choice([150, 400]), special_tokens=special, show_progress=False, continuing_subword_prefix=T.model.continuing_subword_prefix)
    elif kind == "unigram":
        T = Tokenizer(models.Unigram())
        T.normalizer = r.choice([None, N.Sequence([N.Nmt(), N.NFKC(), N.Replace(Regex(" {2,}"), " ")]), N.NFKC(), seq(N.Sequence, [x() for x in r.sample(norms, r.randint(1, 3))])])
        T.pre_tokenizer = r.choice([P.Metaspace(prepend_scheme=r.choice(["always","first","never"]), split=r.random()<.8), P.Sequence([P.WhitespaceSplit(), P.Metaspace()]), P.Sequence([r.choice(pres)(), P.Metaspace()])])
        tr = trainers.UnigramTrainer(vocab_size=r.choice([300, 350]), special_tokens=special, unk_token="<unk>", show_progress=False)
    elif kind == "charbpe":
        T = Tokenizer(models.BPE(unk_token="<unk>", fuse_unk=r.random()<.5, **r.choice([{}, dict(continuing_subword_prefix="##")]), **r.choice([{}, dict(end_of_word_suffix="</w>")])))
        T.normalizer = seq(N.Sequence, [x() for x in r.sample(norms, r.randint(0, 3))])
        T.pre_tokenizer = r.choice([seq(P.Sequence, [x() for x in r.sample(pres, r.randint(1, 3))]), P.BertPreTokenizer(), P.WhitespaceSplit()])
        tr = trainers.BpeTrainer(vocab_size=400, special_tokens=special, show_progress=False, **{k: getattr(T.model, k) for k in ("continuing_subword_prefix", "end_of_word_suffix") if getattr(T.model, k)})
    else:
        T = Tokenizer(models.WordLevel(unk_token="<unk>"))
        T.normalizer = seq(N.Sequence, [x() for x in r.sample(norms, r.randint(0, 3))])
        T.pre_tokenizer = seq(P.Sequence, [x() for x in r.sample(pres, r.randint(1, 3))])
        tr = trainers.WordLevelTrainer(vocab_size=300, special_tokens=special, show_progress=False)
    T.train_from_iterator(CORPUS, tr)
    j = json.loads(T.to_str())
    if kind == "unigram" and r.random() < .4:
        have = {v[0] for v in j["model"]["vocab"]}
        j["model"]["byte_fallback"] = True
        j["model"]["vocab"] += [[f"<0x{i:02X}>", -9.0] for i in range(256)]
    if kind == "bytebpe" and r.random() < .3: j["model"]["ignore_merges"] = True
    T = Tokenizer.from_str(json.dumps(j))
    for _ in range(r.randint(0, 3)):
        T.add_tokens([AddedToken(r.choice(["<add>", "add", "under_score", "the", " <add>", "é", "[CLS]", "你", "lonely"]), single_word=r.random()<.3, lstrip=r.random()<.3, rstrip=r.random()<.3, normalized=r.random()<.5, special=r.random()<.3)])
    b, e = T.token_to_id("<s>"), T.token_to_id("</s>")
    post = r.choice([None, None, R.TemplateProcessing(single="<s> $A", special_tokens=[("<s>", b)]), R.TemplateProcessing(single="<s> $A </s>", pair="<s> $A </s> $B </s>", special_tokens=[("<s>", b), ("</s>", e)]), R.BertProcessing(("</s>", e), ("<s>", b)), R.RobertaProcessing(("</s>", e), ("<s>", b), trim_offsets=True, add_prefix_space=r.random()<.5), R.ByteLevel(trim_offsets=False), R.Sequence([R.ByteLevel(trim_offsets=True), R.TemplateProcessing(single="$A </s>", special_tokens=[("</s>", e)])]), R.TemplateProcessing(single="$A </s> </s>", special_tokens=[("</s>", e)])])
    if post: T.post_processor = post
    if r.random() < .15: T.enable_truncation(r.choice([8, 512]))
    if r.random() < .15: T.enable_padding(length=r.choice([None, 40]), direction=r.choice(["left", "right"]), pad_id=0, pad_token="<pad>")
    return kind, T
def make(seed, out):
    r = random.Random(seed)
    try:
        kind, T = train(r)
    except BaseException as ex:
        return print(seed, "not trained:", str(ex)[:100])
    c = dict(tokenizer_class=r.choice(["PreTrainedTokenizerFast", "PreTrainedTokenizerFast", "TokenizersBackend"]), model_max_length=256)
    if r.random() < .7: c |= dict(bos_token="<s>", eos_token="</s>", unk_token="<unk>")
    if r.random() < .5: c["pad_token"] = "<pad>"
    if r.random() < .3: c["padding_side"] = "left"
    if r.random() < .15 and "bos_token" in c: c["add_bos_token"] = r.random() < .5
    if r.random() < .15 and "bos_token" in c: c["add_eos_token"] = r.random() < .5
    if r.random() < .1: c["clean_up_tokenization_spaces"] = True
    if r.random() < .1: c["additional_special_tokens"] = ["<extra>", "NASA"]
    if r.random() < .1: c["split_special_tokens"] = True
    if r.random() < .1: c["added_tokens_decoder"] = {str(T.get_vocab_size()): dict(content="shuttle", lstrip=r.random()<.5, rstrip=False, normalized=r.random()<.5, single_word=False, special=r.random()<.5)}
    if r.random() < .1: c["do_lower_case"] = True
    with tempfile.TemporaryDirectory() as tmp:
        d = pathlib.Path(tmp)
        T.save(str(d / "tokenizer.json"))
        (d / "tokenizer_config.json").write_text(json.dumps(c))
        (d / "config.json").write_text(json.dumps(dict(model_type="olmoe")))
        try:
            A = transformers.AutoTokenizer.from_pretrained(d)
            ids = [A(t, padding=False, truncation=False)["input_ids"] for t in TEXTS]
        except BaseException as ex:
            return print(seed, kind, "transformers refuses:", str(ex)[:150])
        tokenizer = json.loads((d / "tokenizer.json").read_text())
    out.mkdir(parents=True, exist_ok=True)
    (out / f"{seed}-{kind}.json").write_text(json.dumps(dict(tokenizer=tokenizer, config=c, cases=[[t, i] for t, i in zip(TEXTS, ids)]), ensure_ascii=False, separators=(",", ":")))

def scripts(out):
    """UnicodeScripts, whose pieces are the whole vocabulary."""
    T = Tokenizer(models.WordLevel(unk_token="<unk>"))
    T.pre_tokenizer = P.UnicodeScripts()
    T.train_from_iterator(TEXTS, trainers.WordLevelTrainer(special_tokens=["<unk>"], show_progress=False))
    cases = [[t, T.encode(t).ids] for t in TEXTS + ["Latin кириллица ελληνικά", "日本語テキストー カタカナ, ok", "a1b2 ½c"]]
    (out / "scripts.json").write_text(json.dumps(dict(tokenizer=json.loads(T.to_str()), config={}, cases=cases), ensure_ascii=False, separators=(",", ":")))


if __name__ == "__main__":
    transformers.logging.set_verbosity_error()
    if len(sys.argv) > 2:
        for i in range(int(sys.argv[1])):
            make((int(sys.argv[3]) if len(sys.argv) > 3 else 0) + i, pathlib.Path(sys.argv[2]))
    else:
        scripts(pathlib.Path(__file__).parent / "tokenizers")
        for seed in KEPT:
            make(seed, pathlib.Path(__file__).parent / "tokenizers")
