"""A BERT encoder in two halves: the lower layers, whose results are kept on disk, and the upper ones, which learn.

The weights of the lower layers never change, so that what they make of a text is computed once and kept in a file;
a step of training, and a measurement, then cost the upper layers alone. As in `ingest.bert` the tokens of a batch lie
end to end in one matrix and nothing is padded.
"""

import fcntl
import hashlib
import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from tokenizers import Encoding
from torch import Tensor, nn
from torch.nn import functional

from ingest.bert_parts import read_parts
from ingest.e5 import NAME
from ingest.processor import keep_memory, precision
from ingest.prompts import prompts_of

LINEAR = {  # of a layer: what a LoRA adapter changes
    "query": "attention.self.query",
    "key": "attention.self.key",
    "value": "attention.self.value",
    "attended": "attention.output.dense",
    "widened": "intermediate.dense",
    "narrowed": "output.dense",
}
NORMS = {"first_norm": "attention.output.LayerNorm", "second_norm": "output.LayerNorm"}
TOKENS_PER_BATCH = 2_048  # what lies between two layers is kept by the process and not given back


@dataclass(frozen=True, slots=True)
class Shape:
    """How large the encoder is."""

    width: int
    layers: int
    heads: int
    epsilon: float


class Layer(nn.Module):
    """One layer; its weights are fixed, and each linear map may have a low-rank change that learns.

    rank   of the changes; 0 for none
    alpha  B A counts alpha / rank
    """

    def __init__(
        self, weights: Mapping[str, Tensor], name: str, shape: Shape, rank: int, alpha: float
    ) -> None:
        super().__init__()
        kind = precision()
        self._shape, self._scale = shape, alpha / rank if rank else 0.0
        self._fixed = {
            part: (weights[f"{name}{of}.weight"].to(kind), weights[f"{name}{of}.bias"].to(kind))
            for part, of in (LINEAR | NORMS).items()
        }
        self.a, self.b = nn.ParameterDict(), nn.ParameterDict()
        if rank:
            for part in LINEAR:
                rows, columns = self._fixed[part][0].shape
                a = torch.empty(rank, columns)
                nn.init.kaiming_uniform_(a, a=math.sqrt(5))  # as PEFT
                self.a[part], self.b[part] = nn.Parameter(a), nn.Parameter(torch.zeros(rows, rank))

    def forward(self, x: Tensor, lengths: Sequence[int]) -> Tensor:
        """Token vectors after the layer, from those before it; shape (t, d), the texts end to end."""
        attended = self._attended([self._linear(part, x) for part in ("query", "key", "value")], lengths)
        x = self._normed("first_norm", x + self._linear("attended", attended))
        widened = functional.gelu(self._linear("widened", x))
        return self._normed("second_norm", x + self._linear("narrowed", widened))

    def _linear(self, part: str, x: Tensor) -> Tensor:
        weight, bias = self._fixed[part]
        y = functional.linear(x, weight, bias)
        if part in self.a:
            narrow = functional.linear(x, self.a[part].to(x.dtype) * self._scale)
            y = y + functional.linear(narrow, self.b[part].to(x.dtype))
        return y

    def _normed(self, part: str, x: Tensor) -> Tensor:
        weight, bias = self._fixed[part]
        return functional.layer_norm(x, weight.shape, weight, bias, self._shape.epsilon)

    def _attended(self, projected: Sequence[Tensor], lengths: Sequence[int]) -> Tensor:
        heads = self._shape.heads
        texts = zip(*(part.view(len(part), heads, -1).split(lengths) for part in projected), strict=True)
        out = []
        for text in texts:  # in float32: small products of bfloat16 are slow where there is no AMX
            queries, keys, values = (part.transpose(0, 1).float() for part in text)
            scores = torch.bmm(queries, keys.transpose(1, 2)) / math.sqrt(queries.shape[-1])
            taken = torch.bmm(functional.softmax(scores, -1), values)
            out.append(taken.transpose(0, 1).flatten(1).to(projected[0].dtype))
        return torch.cat(out)


class Encoder:
    """A model in two halves: its tokenizer, its lower layers and, by `upper`, its upper ones.

    model  its folder, or the file of the bundled one
    depth  how many layers are fixed
    kept   the folder in which their results are kept; what another model left there is not used
    """

    def __init__(self, model: Path, depth: int, kept: Path) -> None:
        keep_memory()
        parts = read_parts(model)
        self.shape = Shape(parts.width, parts.layers, parts.heads, parts.epsilon)
        self.name, self.depth = model.name if model.is_dir() else NAME, depth
        self.query, self.passage = prompts_of(model)
        self._tokenizer, self._words, self._weights = parts.tokenizer, parts.words, parts.weights
        self._tokenizer.enable_truncation(parts.longest)
        self._tokenizer.no_padding()
        self._lower = [self._layer(number, 0, 0) for number in range(depth)]
        digest = hashlib.sha256(self._weights[f"encoder.layer.{depth}.output.dense.weight"].numpy().tobytes())
        self._kept = _Kept(kept / f"{digest.hexdigest()[:8]}-{depth}", self.shape.width)

    def upper(self, rank: int = 0, alpha: float = 1.0) -> nn.ModuleList:
        """The layers that learn, with fresh changes of this rank that change nothing yet."""
        return nn.ModuleList([self._layer(n, rank, alpha) for n in range(self.depth, self.shape.layers)])

    def changed(self, deltas: Mapping[str, np.ndarray], share: float = 1.0) -> nn.ModuleList:
        """The upper layers with a share of an adapter's changes added to their weights."""
        weights = dict(self._weights)
        for name, delta in deltas.items():
            number = int(name.split(".")[2])
            if number < self.depth:
                raise ValueError(f"The adapter changes {name}, which is below layer {self.depth}.")
            weights[name] = weights[name] + share * torch.from_numpy(delta)
        return nn.ModuleList(
            [_layer(weights, number, self.shape, 0, 0) for number in range(self.depth, self.shape.layers)]
        )

    def read(self, text: str) -> Encoding:
        """The tokens of a text."""
        return self._tokenizer.encode(text)

    def states(self, read: Sequence[Encoding]) -> list[Tensor]:
        """What the lower layers make of each text, shape (t, d); computed for those that were never seen."""
        new = {_key(one): one for one in read if _key(one) not in self._kept}
        for batch in batches([len(one) for one in new.values()]):
            texts = [list(new.values())[place] for place in batch]
            with torch.inference_mode():
                made = self._below(np.concatenate([one.ids for one in texts]), [len(one) for one in texts])
            for text, state in zip(texts, made, strict=True):
                self._kept.put(_key(text), state)
        return [self._kept.get(_key(one)) for one in read]

    def _below(self, ids: np.ndarray, lengths: Sequence[int]) -> Sequence[Tensor]:
        places = torch.cat([torch.arange(length) for length in lengths])
        x = self._words(ids) + self._weights["embeddings.position_embeddings.weight"][places]
        x = x + self._weights["embeddings.token_type_embeddings.weight"][0]
        weight = self._weights["embeddings.LayerNorm.weight"]
        bias = self._weights["embeddings.LayerNorm.bias"]
        x = functional.layer_norm(x, bias.shape, weight, bias, self.shape.epsilon).to(precision())
        for layer in self._lower:
            x = layer(x, lengths)
        return x.split(list(lengths))

    def _layer(self, number: int, rank: int, alpha: float) -> Layer:
        return _layer(self._weights, number, self.shape, rank, alpha)


def _layer(weights: Mapping[str, Tensor], number: int, shape: Shape, rank: int, alpha: float) -> Layer:
    return Layer(weights, f"encoder.layer.{number}.", shape, rank, alpha)


def through(layers: nn.ModuleList, states: Sequence[Tensor]) -> Tensor:
    """Token vectors of texts, end to end, shape (t, d), from what the lower layers made of them."""
    lengths = [len(state) for state in states]
    x = torch.cat(list(states)).to(precision())
    for layer in layers:
        x = layer(x, lengths)
    return x


def batches(lengths: Sequence[int], most: int = TOKENS_PER_BATCH) -> Iterator[list[int]]:
    """Places of texts, longest first, so many tokens at a time."""
    batch: list[int] = []
    tokens = 0
    for place in sorted(range(len(lengths)), key=lambda i: (-lengths[i], i)):
        if batch and tokens + lengths[place] > most:
            yield batch
            batch, tokens = [], 0
        batch.append(place)
        tokens += lengths[place]
    if batch:
        yield batch


class _Kept:
    """Matrices by key in one file that grows; the list of keys beside it is written after what it names."""

    def __init__(self, file: Path, width: int) -> None:
        file.parent.mkdir(parents=True, exist_ok=True)
        self._width = width
        self._file, self._list = file.with_suffix(".states"), file.with_suffix(".jsonl")
        self._places: dict[str, tuple[int, int]] = {}
        if self._list.is_file():
            for line in self._list.read_text(encoding="utf-8").splitlines():
                key, start, rows = json.loads(line)
                self._places[key] = (start, rows)
        self._written = self._file.open("ab")
        self._listed = self._list.open("a", encoding="utf-8")
        self._read = self._file.open("rb")

    def __contains__(self, key: str) -> bool:
        return key in self._places

    def put(self, key: str, matrix: Tensor) -> None:
        fcntl.flock(self._listed, fcntl.LOCK_EX)  # another course may be learned at the same time
        try:
            start = self._written.seek(0, 2)
            self._written.write(matrix.contiguous().to(torch.bfloat16).view(torch.int16).numpy().tobytes())
            self._written.flush()
            self._listed.write(json.dumps([key, start, len(matrix)]) + "\n")
            self._listed.flush()
        finally:
            fcntl.flock(self._listed, fcntl.LOCK_UN)
        self._places[key] = (start, len(matrix))

    def get(self, key: str) -> Tensor:
        start, rows = self._places[key]
        self._read.seek(start)
        values = bytearray(self._read.read(2 * rows * self._width))
        return torch.frombuffer(values, dtype=torch.int16).view(torch.bfloat16).view(rows, self._width)


def _key(read: Encoding) -> str:
    return hashlib.blake2b(np.asarray(read.ids, np.int32).tobytes(), digest_size=12).hexdigest()
