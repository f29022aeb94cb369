"""A question and a text read together: the lower layers of multilingual-e5-small, changed by a LoRA adapter.

Where an encoder makes a vector of each of two texts and compares them, every token of one here sees every token of the
other (a cross-encoder, Nogueira and Cho 2019). Two heads say of each token whether it is evidence that answers the
question, and of the whole whether it answers. Everything but the adapter, the heads and the marks comes from the
package of the encoder.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file
from tokenizers import Encoding
from torch import Tensor
from torch.nn import functional

from ingest.adapters import merge
from ingest.bert import Layers
from ingest.bert_parts import read_parts
from ingest.processor import keep_memory

LAYERS = 6  # the lowest, that read
HEADS = "heads.safetensors"
MARKS = 5  # kinds of tokens: see `pair`
QUESTION, HEADER, TEXT = 40, 28, 200  # tokens at most
_BEGIN, _END = 0, 2  # the special pieces of the vocabulary


@dataclass(frozen=True, slots=True)
class Pair:
    """A question and a text as they are read: `<s> question </s> header </s> text </s>`.

    marks  of each token: 0 a word of the question that the text lacks, 1 one that it has; 2, 3 the same of the text
           against the question; 4 what separates
    text   the place of the text's first token
    """

    ids: np.ndarray
    marks: np.ndarray
    text: int


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read in a pair, as logits.

    answers   that the text answers the question
    evidence  of each token of the text, that it is evidence of that
    """

    answers: float
    evidence: np.ndarray


def pair(question: Sequence[int], header: Sequence[int], text: Sequence[int]) -> Pair:
    """The pair of these tokens; each part must be short enough (`QUESTION`, `HEADER`, `TEXT`).

    >>> pair([7, 8], [5], [8, 9]).ids.tolist(), pair([7, 8], [5], [8, 9]).marks.tolist()
    ([0, 7, 8, 2, 5, 2, 8, 9, 2], [4, 0, 1, 4, 2, 4, 3, 2, 4])
    """
    ids = np.array([_BEGIN, *question, _END, *header, _END, *text, _END], np.int64)
    marks = np.full(len(ids), 4, np.int64)
    asked = slice(1, 1 + len(question))
    told = np.r_[len(question) + 2 : len(question) + 2 + len(header), len(ids) - 1 - len(text) : len(ids) - 1]
    marks[asked] = np.isin(ids[asked], ids[told])
    marks[told] = 2 + np.isin(ids[told], ids[asked])
    return Pair(ids, marks, len(ids) - 1 - len(text))


class CrossEncoder:
    """A reader, loaded.

    model   the file of the encoder (`ingest.e5.weights_file`)
    folder  of the adapter and the heads
    """

    def __init__(self, model: Path, folder: Path) -> None:
        keep_memory()
        parts = read_parts(model)
        self._tokenizer = parts.tokenizer
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        merge(parts.weights, folder)
        self._layers = Layers(parts, LAYERS)
        self._heads = {name: value.float() for name, value in load_file(folder / HEADS).items()}

    def tokens(self, text: str) -> Encoding:
        """The tokens of a text, with where each stands in it."""
        return self._tokenizer.encode(text, add_special_tokens=False)

    def read(self, pairs: Sequence[Pair]) -> list[Reading]:
        """What is read in pairs, in their order."""
        if not pairs:
            return []
        lengths = [len(one.ids) for one in pairs]
        with torch.inference_mode():
            marks = self._heads["marks"][torch.from_numpy(np.concatenate([one.marks for one in pairs]))]
            tokens = self._layers(np.concatenate([one.ids for one in pairs]), lengths, marks).float()
            return [
                Reading(*answered(self._heads, rows, one.text))
                for one, rows in zip(pairs, tokens.split(lengths), strict=True)
            ]


def answered(heads: dict[str, Tensor], tokens: Tensor, text: int) -> tuple[float, np.ndarray]:
    """The logits of `Reading` from the token vectors of a pair, shape (t, d)."""
    own = tokens[text:-1]
    evidence = own @ heads["evidence.weight"][0] + heads["evidence.bias"]
    weighed = functional.softmax(evidence, 0) @ own
    hidden = functional.gelu(heads["hidden.weight"] @ torch.cat([tokens[0], weighed]) + heads["hidden.bias"])
    answers = heads["answers.weight"][0] @ hidden + heads["answers.bias"][0]
    return float(answers), evidence.numpy()
