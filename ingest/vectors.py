"""The dense index: a Chroma collection of passage ids and vectors, disposable and rebuilt from the catalog.

Embedded Chroma must have one owner process; `ingest.owner` sees to that. Each generation lives in a folder
of its own, `vectors-<n>`, so that a rebuilt one never touches a damaged one.
"""

import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from ingest.errors import IngestError

BATCH = 500
COLLECTION = "passages"


class VectorStoreError(IngestError):
    """Chroma could not do what was asked; the catalog still holds everything."""


class DenseIndex:
    """Unit vectors by passage id; likeness is the dot product."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._client: Any = None
        self._collection: Any = None

    def open(self) -> "DenseIndex":
        """Opens or makes the collection. Raises VectorStoreError when Chroma cannot."""
        import chromadb
        from chromadb.config import Settings

        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        try:
            self._client = chromadb.PersistentClient(
                str(self.folder), settings=Settings(anonymized_telemetry=False, allow_reset=False)
            )
            self._collection = self._client.get_or_create_collection(
                COLLECTION,
                embedding_function=None,
                configuration={
                    "hnsw": {"space": "ip", "ef_construction": 200, "ef_search": 200, "max_neighbors": 32}
                },
            )
        except (
            Exception
        ) as error:  # Chroma raises errors of its Rust core, sqlite3 and its own: none is expected
            raise VectorStoreError(f"Chroma cannot open {self.folder}: {error}") from error
        return self

    def close(self) -> None:
        """Lets go of the files, so that the folder can be removed or opened again."""
        if self._client is not None:
            self._client.close()
        self._client = self._collection = None

    def upsert(self, ids: Sequence[int], vectors: np.ndarray) -> None:
        """Stores vectors, shape (n, d); an id that is there is replaced."""
        for start in range(0, len(ids), BATCH):
            chosen = slice(start, start + BATCH)
            self._call("upsert", ids=[str(i) for i in ids[chosen]], embeddings=vectors[chosen])

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
        if self._collection is None:
            raise VectorStoreError(f"The dense index {self.folder} is not open.")
        try:
            return getattr(self._collection, name)(**arguments)
        except Exception as error:  # see `open`
            raise VectorStoreError(f"Chroma failed to {name} in {self.folder}: {error}") from error


def folder_of(index: Path, generation: str) -> Path:
    """Where the Chroma files of a generation lie."""
    return index / f"vectors-{generation}"


def remove_other_generations(index: Path, generation: str) -> None:
    """Deletes the folders of generations that are no longer used."""
    for folder in index.glob("vectors-*"):
        if folder != folder_of(index, generation):
            shutil.rmtree(folder, ignore_errors=True)
