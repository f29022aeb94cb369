"""A BERT of three narrow layers with chance weights, as a folder of the sentence-transformers format."""

import json
from pathlib import Path

import torch
from safetensors.torch import save_file
from tokenizers import Tokenizer, models, pre_tokenizers

from benchmarks.adapter.layers import LINEAR, NORMS

WIDTH, LAYERS, HEADS, INNER = 16, 3, 2, 32
WORDS = ["[UNK]", "query:", "passage:", *"gas tax rent vote road school budget chair".split()]


def write_tiny_bert(folder: Path) -> Path:
    """Writes the model; its prompts are `query: ` and `passage: `."""
    chance = torch.Generator().manual_seed(5)
    rows = {"word": len(WORDS), "position": 64, "token_type": 2}
    weights = {
        f"embeddings.{name}_embeddings.weight": torch.randn(count, WIDTH, generator=chance)
        for name, count in rows.items()
    }
    weights |= _norm("embeddings.LayerNorm")
    for layer in range(LAYERS):
        for part, name in LINEAR.items():
            out, into = {"widened": (INNER, WIDTH), "narrowed": (WIDTH, INNER)}.get(part, (WIDTH, WIDTH))
            key = f"encoder.layer.{layer}.{name}"
            weights[f"{key}.weight"] = torch.randn(out, into, generator=chance) / into**0.5
            weights[f"{key}.bias"] = torch.zeros(out)
        for name in NORMS.values():
            weights |= _norm(f"encoder.layer.{layer}.{name}")
    tokenizer = Tokenizer(models.WordLevel({word: i for i, word in enumerate(WORDS)}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    folder.mkdir()
    save_file(weights, folder / "model.safetensors")
    tokenizer.save(str(folder / "tokenizer.json"))
    config = {"hidden_size": WIDTH, "num_hidden_layers": LAYERS, "num_attention_heads": HEADS}
    config |= {"layer_norm_eps": 1e-12, "model_type": "bert", "hidden_act": "gelu"}
    modules = [{"type": f"sentence_transformers.models.{name}"} for name in ("Transformer", "Pooling")]
    files = {
        "config.json": config,
        "modules.json": modules,
        "sentence_bert_config.json": {"max_seq_length": 64},
        "config_sentence_transformers.json": {"prompts": {"query": "query: ", "passage": "passage: "}},
        "1_Pooling/config.json": {"pooling_mode_mean_tokens": True},
    }
    (folder / "1_Pooling").mkdir()
    for name, content in files.items():
        (folder / name).write_text(json.dumps(content), encoding="utf-8")
    return folder


def _norm(name: str) -> dict[str, torch.Tensor]:
    return {f"{name}.weight": torch.ones(WIDTH), f"{name}.bias": torch.zeros(WIDTH)}
