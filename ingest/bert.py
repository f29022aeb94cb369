"""BERT sentence encoders (Devlin et al. 2019; Reimers and Gurevych 2019), without what a general library needs.

The tokens of a batch lie end to end in one matrix, a row for each: nothing is padded, nothing is computed for padding,
and the vectors of a text hardly depend on the texts beside it. Attention goes over one text after the other, whose
products then stay in the processor's cache.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from tokenizers import Encoding
from torch import Tensor
from torch.nn.functional import layer_norm, softmax

from ingest.adapters import merge
from ingest.bert_parts import Parts, read_parts
from ingest.encoder import Encoded, Snippet
from ingest.linear import Linear
from ingest.pooling import begins, sentence_means, units
from ingest.processor import keep_memory, precision, threads


class _Norm(NamedTuple):
    """The weight and bias of a layer normalisation."""

    weight: Tensor
    bias: Tensor


@dataclass(frozen=True, slots=True)
class _Layer:
    """One layer; its maps to queries, keys and values are one, and the widened rows have been through GELU."""

    projected: Linear
    attended: Linear
    first_norm: _Norm
    widened: Linear
    narrowed: Linear
    second_norm: _Norm


class Layers:
    """The embeddings and the first so many layers of a BERT, over texts whose tokens lie end to end."""

    def __init__(self, parts: Parts, count: int) -> None:
        weights, self._words, self._kind = parts.weights, parts.words, precision()
        self._heads, self._epsilon = parts.heads, parts.epsilon
        first_type = weights["embeddings.token_type_embeddings.weight"][0]
        self._places = weights["embeddings.position_embeddings.weight"] + first_type
        self._norm = _norm(weights, "embeddings.LayerNorm", torch.float32)
        self._layers = [
            _layer(weights, f"encoder.layer.{number}.", self._heads, self._kind) for number in range(count)
        ]

    def __call__(self, ids: np.ndarray, lengths: Sequence[int], added: Tensor | None = None) -> Tensor:
        """Token vectors, shape (t, d), of texts of so many tokens that lie end to end.

        added  what is added to the embeddings of the tokens, shape (t, d)
        """
        places = np.concatenate([np.arange(length) for length in lengths])
        x = self._words(ids) + self._places[torch.from_numpy(places)]
        x = self._normed(x if added is None else x + added, self._norm).to(self._kind)
        attended = torch.empty_like(x)
        for layer in self._layers:
            self._attend(layer.projected(x), attended, lengths)
            x = self._normed(layer.attended(attended).add_(x), layer.first_norm)
            x = self._normed(layer.narrowed(layer.widened(x)).add_(x), layer.second_norm)
        return x

    def _normed(self, x: Tensor, norm: _Norm) -> Tensor:
        return layer_norm(x, norm.bias.shape, *norm, self._epsilon)

    def _attend(self, projected: Tensor, out: Tensor, lengths: Sequence[int]) -> None:
        """Writes into `out` what each token takes from the tokens of its text; `projected` has shape (t, 3 d)."""
        parts = projected.view(len(projected), 3, self._heads, -1)
        taken = out.view(len(out), self._heads, -1)
        for own, into in zip(parts.split(lengths), taken.split(lengths), strict=True):
            queries, keys, values = own.permute(1, 2, 0, 3).contiguous()
            shares = softmax(torch.bmm(queries, keys.transpose(1, 2)).float(), -1)
            into.copy_(torch.bmm(shares.to(values.dtype), values).transpose(0, 1))


class Bert:
    """A BERT sentence encoder, loaded. Several threads may encode at once, each in one thread of torch.

    at_once  how many batches this processor encodes side by side
    """

    def __init__(self, path: Path, adapter: Path | None = None) -> None:
        parts = read_parts(path)
        self.dimensions, self._epsilon = parts.width, parts.epsilon
        self.at_once = torch.get_num_threads()
        keep_memory()
        self._tokenizer = parts.tokenizer
        self._tokenizer.enable_truncation(parts.longest)
        self._tokenizer.no_padding()
        if adapter is not None:
            merge(parts.weights, adapter)  # before the weights lose precision
        self._layers = Layers(parts, parts.layers)

    def encode(self, snippets: Sequence[Snippet], prompt: str = "") -> list[Encoded]:
        """The vectors of a batch, in its order, of texts that all begin with `prompt`."""
        begun = [snippet.after(prompt) for snippet in snippets]
        with threads(1, self.at_once), torch.inference_mode():
            read = [self._tokenizer.encode(snippet.text) for snippet in begun]
            return self._encode(read, begun)

    def _encode(self, read: Sequence[Encoding], snippets: Sequence[Snippet]) -> list[Encoded]:
        lengths = [len(one) for one in read]
        tokens = self._layers(np.concatenate([one.ids for one in read]), lengths).float()
        texts = units(torch.stack([rows.mean(0) for rows in tokens.split(lengths)]))
        starts = [begins(snippet.text, one.offsets) for snippet, one in zip(snippets, read, strict=True)]
        means = sentence_means(tokens, starts, [snippet.sentences for snippet in snippets])
        return list(map(Encoded, texts, means))


def _norm(weights: dict[str, Tensor], name: str, kind: torch.dtype) -> _Norm:
    return _Norm(weights[f"{name}.weight"].to(kind), weights[f"{name}.bias"].to(kind))


def _linear(
    weights: dict[str, Tensor], names: Sequence[str], kind: torch.dtype, *, gelu: bool = False
) -> Linear:
    """The linear maps of these names as one, their results side by side."""
    weight, bias = (torch.cat([weights[f"{name}.{part}"] for name in names]) for part in ("weight", "bias"))
    return Linear(weight.to(kind), bias.to(kind), gelu)


def _layer(weights: dict[str, Tensor], name: str, heads: int, kind: torch.dtype) -> _Layer:
    """The layer whose weights have names that start with `name`; these are changed."""
    asking = f"{name}attention.self.query"
    for part in (
        "weight",
        "bias",
    ):  # attention divides by the root of a head's width: here once, before rounding
        weights[f"{asking}.{part}"] /= math.sqrt(len(weights[f"{asking}.bias"]) / heads)
    projections = [asking, f"{name}attention.self.key", f"{name}attention.self.value"]
    return _Layer(
        projected=_linear(weights, projections, kind),
        attended=_linear(weights, [f"{name}attention.output.dense"], kind),
        first_norm=_norm(weights, f"{name}attention.output.LayerNorm", kind),
        widened=_linear(weights, [f"{name}intermediate.dense"], kind, gelu=True),
        narrowed=_linear(weights, [f"{name}output.dense"], kind),
        second_norm=_norm(weights, f"{name}output.LayerNorm", kind),
    )
