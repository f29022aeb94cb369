"""The dense index: a Chroma collection of passages by id, disposable and rebuilt from the catalog.

Beside its vector it holds of each what `ingest.entries` tells of it, for others to read; no answer is made from that.

Each generation is a collection of its own, so that a rebuilt one never touches a damaged one. It lies in the
index folder (`LocalChroma`, one owner process: `ingest.owner` sees to that) or on a server (`ChromaServer`).
"""

import ctypes
import ipaddress
import shutil
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlsplit

import numpy as np

from ingest.entries import NOTHING, Entry, told_where
from ingest.errors import IngestError

BATCH = 500
COLLECTION = "passages"
_M_PERTURB = -6  # of malloc.h
_HNSW = {"space": "ip", "ef_construction": 200, "ef_search": 200, "max_neighbors": 32}


class VectorStoreError(IngestError):
    """Chroma could not do what was asked; the catalog still holds everything."""


class DenseIndex:
    """Unit vectors by passage id; likeness is the dot product."""

    ready = True  # what `ingest.nearest.Nearest` may not be

    def __init__(self, place: str, connect: Callable[[], Any], collection: str = COLLECTION) -> None:
        self.place = place
        self._connect = connect
        self._name = collection
        self._client: Any = None
        self._collection: Any = None

    def open(self) -> "DenseIndex":
        """Opens or makes the collection. Raises VectorStoreError when Chroma cannot."""
        try:
            self._client = self._connect()
            self._collection = self._client.get_or_create_collection(
                self._name, embedding_function=None, configuration={"hnsw": _HNSW}
            )
        except Exception as error:  # errors of Chroma's Rust core, of sqlite3 and its own: none is expected
            what = f"Chroma cannot open {self.place} ({error})"
            raise VectorStoreError(
                f"{what}; see to the disk it is on, or to its server, and try again."
            ) from error
        return self

    def close(self) -> None:
        """Lets go of the files, so that the folder can be removed or opened again."""
        client, self._client, self._collection = self._client, None, None
        if client is not None:
            client.close()

    def upsert(self, ids: Sequence[int], vectors: np.ndarray, entries: Sequence[Entry] = ()) -> None:
        """Stores vectors, shape (n, d), and what is told of each passage; an id that is there gets another vector.

        Of such an id Chroma keeps every word and field that it is not given anew: where less is to be told of it than
        before, delete it first.
        """
        for start in range(0, len(ids), BATCH):
            chosen = slice(start, start + BATCH)
            beside = {
                "documents": [entry.text for entry in entries[chosen]],
                "metadatas": [dict(entry.about) or None for entry in entries[chosen]],  # Chroma refuses {}
            }
            told = beside if any(entry != NOTHING for entry in entries[chosen]) else {}
            self._call("upsert", ids=[str(i) for i in ids[chosen]], embeddings=vectors[chosen], **told)

    def delete(self, ids: Iterable[int]) -> None:
        """Removes vectors; an id that is not there is no error."""
        gone = [str(i) for i in ids]
        for start in range(0, len(gone), BATCH):
            self._call("delete", ids=gone[start : start + BATCH])

    def ids(self) -> set[int]:
        """Every id in the collection."""
        return {int(i) for i in self._call("get", include=[])["ids"]}

    def fetch(self, ids: Sequence[int]) -> dict[int, np.ndarray]:
        """The stored vectors of those of `ids` that are there."""
        found: dict[int, np.ndarray] = {}
        for start in range(0, len(ids), BATCH):
            got = self._call("get", ids=[str(i) for i in ids[start : start + BATCH]], include=["embeddings"])
            vectors = np.asarray(got["embeddings"], np.float32)
            found |= {int(i): vector for i, vector in zip(got["ids"], vectors, strict=True)}
        return found

    def entries(self, ids: Sequence[int]) -> dict[int, Entry]:
        """What is told of those of `ids` that are there."""
        found: dict[int, Entry] = {}
        for start in range(0, len(ids), BATCH):
            wanted = [str(i) for i in ids[start : start + BATCH]]
            got = self._call("get", ids=wanted, include=["documents", "metadatas"])
            rows = zip(got["ids"], got["documents"], got["metadatas"], strict=True)
            found |= {int(i): Entry(text, about or {}) for i, text, about in rows}
        return found

    def told(self) -> set[int]:
        """The ids of which something is told."""
        return {int(i) for i in self._call("get", where=told_where(), include=[])["ids"]}

    def query(self, vector: np.ndarray, k: int) -> list[tuple[int, float]]:
        """The k nearest ids with their cosine, best first, ties by id."""
        size = int(self._call("count"))
        if not size:
            return []
        got = self._call("query", query_embeddings=[vector], n_results=min(k, size), include=["distances"])
        pairs = [(int(i), 1 - d) for i, d in zip(got["ids"][0], got["distances"][0], strict=True)]
        return sorted(pairs, key=lambda pair: (-pair[1], pair[0]))

    def count(self) -> int:
        return int(self._call("count"))

    def _call(self, name: str, **arguments: Any) -> Any:
        collection = self._collection
        if collection is None:
            raise VectorStoreError(f"The dense index {self.place} is not open.")
        try:
            return getattr(collection, name)(**arguments)
        except Exception as error:  # see `open`
            raise VectorStoreError(f"Chroma failed to {name} in {self.place}: {error}") from error


class Shelf(Protocol):
    """Where the generations of a dense index are kept; a generation is a decimal number."""

    def generation(self, number: str) -> DenseIndex:
        """The collection of a generation, not open yet."""
        ...

    def exists(self, number: str) -> bool:
        """Whether anything is kept of a generation. Raises VectorStoreError."""
        ...

    def drop(self, number: str) -> None:
        """Removes a generation; one that is not there is no error. Raises VectorStoreError."""
        ...

    def others(self, number: str) -> list[str]:
        """The other generations that are kept. Raises VectorStoreError."""
        ...


@dataclass(frozen=True, slots=True)
class LocalChroma:
    """Embedded Chroma, a folder `vectors-<n>` for each generation."""

    index: Path

    def folder(self, number: str) -> Path:
        return self.index / f"vectors-{number}"

    def generation(self, number: str) -> DenseIndex:
        folder = self.folder(number)

        def connect() -> Any:
            import chromadb

            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            return chromadb.PersistentClient(str(folder), settings=_settings())

        return DenseIndex(str(folder), connect)

    def exists(self, number: str) -> bool:
        return self.folder(number).exists()

    def drop(self, number: str) -> None:
        shutil.rmtree(self.folder(number), ignore_errors=True)  # what stays is dropped the next time

    def others(self, number: str) -> list[str]:
        names = (folder.name.removeprefix("vectors-") for folder in self.index.glob("vectors-*"))
        return sorted(name for name in names if name != number)


@dataclass(frozen=True, slots=True)
class ChromaServer:
    """Chroma behind a URL, a collection `minutebook-<index id>-<n>` for each generation.

    url    a loopback address, or https with a token: `chroma run` has no login of its own
    token  sent as a bearer token, for the proxy in front of the server
    name   tells the collections of this index from those of others on the same server
    """

    url: str
    token: str | None = field(default=None, repr=False)
    name: str = ""

    def __post_init__(self) -> None:
        parts = urlsplit(self.url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise VectorStoreError(
                f"{self.url} is no address of a Chroma server; write it as http://127.0.0.1:8000."
            )
        if not _is_loopback(parts.hostname) and not (parts.scheme == "https" and self.token):
            raise VectorStoreError(
                f"Refused to use {self.url}: a Chroma server has no login, so one on another machine must stand behind "
                "https and a token. Give an https address and MINUTEBOOK_CHROMA_TOKEN, or run it on this machine."
            )

    def generation(self, number: str) -> DenseIndex:
        return DenseIndex(f"{self._collection(number)} at {self.url}", self._client, self._collection(number))

    def exists(self, number: str) -> bool:
        return self._collection(number) in self._names()

    def drop(self, number: str) -> None:
        if self.exists(number):
            self._ask(lambda client: client.delete_collection(self._collection(number)))

    def others(self, number: str) -> list[str]:
        begin = self._collection("")
        return sorted(
            name.removeprefix(begin)
            for name in self._names()
            if name.startswith(begin) and name != self._collection(number)
        )

    def _collection(self, number: str) -> str:
        return f"minutebook-{self.name}-{number}"

    def _names(self) -> list[str]:
        return [collection.name for collection in self._ask(lambda client: client.list_collections())]

    def _ask(self, what: Callable[[Any], Any]) -> Any:
        try:
            client = self._client()
            try:
                return what(client)
            finally:
                client.close()
        except Exception as error:  # as in DenseIndex.open
            raise VectorStoreError(f"The Chroma server at {self.url} does not answer: {error}") from error

    def _client(self) -> Any:
        import chromadb

        parts = urlsplit(self.url)
        secure = parts.scheme == "https"
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        port = parts.port or (443 if secure else 8000)
        assert parts.hostname
        return chromadb.HttpClient(parts.hostname, port, ssl=secure, headers=headers, settings=_settings())


def _settings() -> Any:
    from chromadb.config import Settings

    return Settings(anonymized_telemetry=False, allow_reset=False)


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def fill_new_memory() -> bool:
    """From now on memory that is handed out holds a pattern, not what was there before; whether the system can.

    Chroma writes whole blocks to disk of which it has filled only a part: the rest is what the process had in that
    memory, vectors that were deleted among it (seen with 1.5.9). glibc can; elsewhere such remains are possible.
    """
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    return mallopt is not None and mallopt(_M_PERTURB, 0x5A) == 1


def load() -> None:
    """Loads Chroma, which takes a second or more, before it is needed."""
    import chromadb  # noqa: F401
