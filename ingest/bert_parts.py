"""What a BERT sentence encoder is made of, read from a model folder or from the package of multilingual-e5-small.

`fits` says whether a model folder holds such an encoder; any other is left to `ingest.transformer`.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from safetensors.torch import load_file
from tokenizers import Tokenizer
from torch import Tensor

from ingest.e5 import Packed
from ingest.e5_folder import tokenizer as e5_tokenizer
from ingest.prompts import prompts_of

_WEIGHTS, _TOKENIZER = "model.safetensors", "tokenizer.json"
_WORDS = "embeddings.word_embeddings.weight"


@dataclass(frozen=True, slots=True)
class Parts:
    """An encoder in parts.

    longest    how many tokens it reads
    words      the vectors of words of these numbers, shape (n, d)
    weights    all others, by the names the transformers library gives them; float32
    """

    width: int
    layers: int
    heads: int
    epsilon: float
    longest: int
    tokenizer: Tokenizer
    words: Callable[[np.ndarray], Tensor]
    weights: dict[str, Tensor]


def fits(path: Path) -> bool:
    """Whether a path leads to a plain BERT whose text vector is the mean of its token vectors."""
    if path.is_file():
        return True  # the only model that is a file
    if not all((path / name).is_file() for name in (_WEIGHTS, _TOKENIZER)):
        return False
    modules = [module["type"].rpartition(".")[2] for module in _json(path / "modules.json")]
    if modules not in (["Transformer", "Pooling"], ["Transformer", "Pooling", "Normalize"]):
        return False
    config, reading = _json(path / "config.json"), _json(path / "sentence_bert_config.json")
    pooling = _json(path / "1_Pooling" / "config.json")
    return (
        config.get("model_type") == "bert"
        and config.get("hidden_act") == "gelu"
        and config.get("position_embedding_type", "absolute") == "absolute"
        and not config.get("is_decoder")
        and not reading.get("do_lower_case")
        and bool(reading.get("max_seq_length"))
        and _takes_means(pooling)
        and (pooling.get("include_prompt") is not False or not any(prompts_of(path)))
    )


def _takes_means(pooling: dict[str, Any]) -> bool:
    modes = {name.removeprefix("pooling_mode_") for name, on in pooling.items() if on is True}
    return pooling.get("pooling_mode") == "mean" or modes - {"include_prompt"} == {"mean_tokens"}


def read_parts(path: Path) -> Parts:
    """The parts of a model that `fits`."""
    return _packed(Packed(path)) if path.is_file() else _of_folder(path)


def _of_folder(path: Path) -> Parts:
    config = _json(path / "config.json")
    weights = load_file(path / _WEIGHTS)
    words = weights.pop(_WORDS)
    return Parts(
        width=int(config["hidden_size"]),
        layers=int(config["num_hidden_layers"]),
        heads=int(config["num_attention_heads"]),
        epsilon=float(config["layer_norm_eps"]),
        longest=int(_json(path / "sentence_bert_config.json")["max_seq_length"]),
        tokenizer=Tokenizer.from_file(str(path / _TOKENIZER)),
        words=lambda ids: words[torch.from_numpy(ids)],
        weights=weights,
    )


def _packed(packed: Packed) -> Parts:
    sizes = packed.sizes
    return Parts(
        width=sizes.width,
        layers=sizes.layers,
        heads=sizes.heads,
        epsilon=sizes.epsilon,
        longest=sizes.places,
        tokenizer=e5_tokenizer(packed.pieces),
        words=lambda ids: torch.from_numpy(packed.words(ids)),
        weights={name: torch.from_numpy(values) for name, values in packed.weights().items()},
    )


def _json(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
