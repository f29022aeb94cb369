"""The reader as it learns: the layers of the encoder with low-rank changes, in batches that are padded a little.

Both maps of a low-rank change are multiplied out once a step and added to the weights, which costs less than to take
every token through them.
"""

import json
import math
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import save_file
from torch import Tensor, nn
from torch.nn import functional

from benchmarks.adapter.layers import LINEAR, NORMS
from benchmarks.adapter.soup import CONFIG, WEIGHTS
from benchmarks.adapter.training import PREFIX
from ingest.bert_parts import Parts
from ingest.cross_encoder import HEADS, LAYERS, MARKS, Pair
from ingest.processor import precision

RANK, ALPHA = 64, 128.0  # of the changes; B A counts ALPHA / RANK
FIXED = 1  # lowest layers that do not change: nothing need be carried back through them
HIDDEN = 64  # width of the head that says whether a text answers


class Learner(nn.Module):
    """A cross-encoder whose changes, marks and heads learn. `answer` is a head for the short answer, not shipped."""

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        weights, self._words = parts.weights, parts.words
        self._heads, self._epsilon, width = parts.heads, parts.epsilon, parts.width
        first_type = weights["embeddings.token_type_embeddings.weight"][0]
        self._places = weights["embeddings.position_embeddings.weight"] + first_type
        self._embedded = weights["embeddings.LayerNorm.weight"], weights["embeddings.LayerNorm.bias"]
        self._fixed = [
            {part: _of(weights, f"encoder.layer.{n}.{name}") for part, name in (LINEAR | NORMS).items()}
            for n in range(LAYERS)
        ]
        self.a, self.b = nn.ParameterDict(), nn.ParameterDict()
        for n in range(FIXED, LAYERS):
            for part in LINEAR:
                rows, columns = self._fixed[n][part][0].shape
                a = torch.empty(RANK, columns)
                nn.init.kaiming_uniform_(a, a=math.sqrt(5))  # as PEFT
                self.a[f"{n}-{part}"], self.b[f"{n}-{part}"] = (
                    nn.Parameter(a),
                    nn.Parameter(torch.zeros(rows, RANK)),
                )
        self.marks = nn.Parameter(torch.zeros(MARKS, width))
        self.evidence, self.answer = nn.Linear(width, 1), nn.Linear(width, 1)
        self.hidden, self.answers = nn.Linear(2 * width, HIDDEN), nn.Linear(HIDDEN, 1)

    def forward(self, pairs: Sequence[Pair]) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Logits: that each text answers (n,); of each token (n, t) that it is evidence, and part of the short answer;
        and which tokens are of the text."""
        longest = max(len(one.ids) for one in pairs)
        ids, marks = np.ones((len(pairs), longest), np.int64), np.full((len(pairs), longest), 4)
        inside, text = np.zeros(ids.shape, bool), np.zeros(ids.shape, bool)
        for row, one in enumerate(pairs):
            ids[row, : len(one.ids)], marks[row, : len(one.ids)] = one.ids, one.marks
            inside[row, : len(one.ids)] = True
            text[row, one.text : len(one.ids) - 1] = True
        of_text = torch.from_numpy(text)
        tokens = self._through(ids, torch.from_numpy(marks), torch.from_numpy(inside))
        evidence, answer = self.evidence(tokens)[..., 0], self.answer(tokens)[..., 0]
        shares = functional.softmax(evidence.masked_fill(~of_text, -1e4), -1)
        weighed = (shares[:, None] @ tokens)[:, 0]
        hidden = functional.gelu(self.hidden(torch.cat([tokens[:, 0], weighed], -1)))
        return self.answers(hidden)[:, 0], evidence, answer, of_text

    def _through(self, ids: np.ndarray, marks: Tensor, inside: Tensor) -> Tensor:
        kind = precision()
        words = self._words(ids.reshape(-1)).view(*ids.shape, -1)
        x = words + self._places[: ids.shape[1]] + self.marks[marks]
        x = functional.layer_norm(x, x.shape[-1:], *self._embedded, self._epsilon).to(kind)
        barred = torch.zeros(inside.shape, dtype=kind).masked_fill(~inside, -1e4)[:, None, None]
        for n in range(LAYERS):
            x = self._layer(n, x, barred)
        return x.float()

    def _layer(self, n: int, x: Tensor, barred: Tensor) -> Tensor:
        rows, length, width = x.shape
        parts = [
            self._linear(n, p, x).view(rows, length, self._heads, -1).transpose(1, 2)
            for p in ("query", "key", "value")
        ]
        taken = functional.scaled_dot_product_attention(
            *parts, attn_mask=barred.expand(rows, 1, length, length)
        )
        taken = taken.transpose(1, 2).reshape(rows, length, width)
        x = self._normed(n, "first_norm", x + self._linear(n, "attended", taken))
        return self._normed(
            n, "second_norm", x + self._linear(n, "narrowed", functional.gelu(self._linear(n, "widened", x)))
        )

    def _linear(self, n: int, part: str, x: Tensor) -> Tensor:
        weight, bias = self._fixed[n][part]
        key = f"{n}-{part}"
        if key in self.a:
            weight = weight + (ALPHA / RANK) * (self.b[key] @ self.a[key])
        return functional.linear(x, weight.to(x.dtype), bias.to(x.dtype))

    def _normed(self, n: int, part: str, x: Tensor) -> Tensor:
        weight, bias = self._fixed[n][part]
        return functional.layer_norm(x, x.shape[-1:], weight.to(x.dtype), bias.to(x.dtype), self._epsilon)

    def write(self, folder: Path) -> None:
        """The changes as PEFT writes them, and the heads, in half precision."""
        folder.mkdir(parents=True, exist_ok=True)
        changes = {}
        for key in self.a:
            number, part = key.split("-")
            name = f"{PREFIX}encoder.layer.{number}.{LINEAR[part]}"
            changes[f"{name}.lora_A.weight"] = self.a[key].detach().half().contiguous()
            changes[f"{name}.lora_B.weight"] = self.b[key].detach().half().contiguous()
        save_file(changes, folder / WEIGHTS, metadata={"format": "pt"})
        config = {
            "peft_type": "LORA",
            "r": RANK,
            "lora_alpha": ALPHA,
            "target_modules": sorted(LINEAR.values()),
        }
        (folder / CONFIG).write_text(json.dumps(config, indent=2, sort_keys=True) + "\n", encoding="utf-8")
        heads = {"marks": self.marks} | {
            f"{name}.{part}": value
            for name in ("evidence", "hidden", "answers")
            for part, value in getattr(self, name).named_parameters()
        }
        save_file({name: value.detach().half().contiguous() for name, value in heads.items()}, folder / HEADS)


def _of(weights: Mapping[str, Tensor], name: str) -> tuple[Tensor, Tensor]:
    return weights[f"{name}.weight"], weights[f"{name}.bias"]
