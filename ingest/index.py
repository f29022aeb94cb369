"""An index folder in the hands of its owner: the catalog, the dense index beside it, and keeping them agreed.

index/catalog.sqlite3     the truth
index/vectors-<n>/        Chroma, disposable
index/owner.lock          who owns it
"""

import json
import logging
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import sqlalchemy as sa

from ingest import catalog as store
from ingest.catalog import Catalog
from ingest.encoder import Encoder
from ingest.errors import IndexMismatch
from ingest.owner import Owner
from ingest.passages import SPLITTER_VERSION
from ingest.tables import passages, records
from ingest.vectors import DenseIndex, VectorStoreError, folder_of, remove_other_generations

log = logging.getLogger(__name__)


class OwnedIndex:
    """The one writable handle on an index; `open` recovers what a crash left behind."""

    def __init__(self, folder: Path, owner: Owner, catalog: Catalog, encoder: Encoder) -> None:
        self.folder = folder
        self.catalog = catalog
        self.encoder = encoder
        self._owner = owner
        self._dense: DenseIndex | None = None

    @classmethod
    def open(cls, folder: Path, encoder: Encoder, *, wait: float = 0.0) -> "OwnedIndex":
        """Owns the index, makes it when it is not there, and recovers it.

        Raises IndexBusy, IndexTooNew, IndexMismatch, IndexBroken.
        """
        owner = Owner(folder, wait=wait)
        try:
            index = cls(folder, owner, store.create(folder), encoder)
            index._check_identity()
            index.recover()
        except BaseException:
            owner.release()
            raise
        return index

    def __enter__(self) -> "OwnedIndex":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Closes both stores and gives the index back."""
        if self._dense is not None:
            self._dense.close()
            self._dense = None
        self.catalog.close()
        self._owner.release()

    @property
    def dense(self) -> DenseIndex:
        """The open Chroma collection, in agreement with the catalog; rebuilt from it when damaged or missing."""
        if self._dense is None:
            self._dense = self._open_dense()
        return self._dense

    def recover(self) -> None:
        """Undoes what was staged and never flipped, and sweeps what was flipped and never swept."""
        with self.catalog.write() as connection:
            store.drop_staging(connection)
        self.sweep()

    def sweep(self) -> None:
        """Removes passages that are no longer active, from Chroma first, then from the catalog."""
        with self.catalog.read() as connection:
            stale = store.stale_passages(connection)
        if stale:
            self.dense.delete(stale)
            with self.catalog.write() as connection:
                store.drop_passages(connection, stale)

    def upsert(self, ids: Sequence[int]) -> None:
        """Puts the vectors of passages into Chroma and reads them back. Raises VectorStoreError on a difference."""
        vectors = self.vectors_of(ids)
        if not vectors:
            return
        found, matrix = list(vectors), np.stack(list(vectors.values()))
        self.dense.upsert(found, matrix)
        stored = self.dense.fetch(found)
        differing = [i for i in found if i not in stored or not np.allclose(stored[i], vectors[i], atol=1e-6)]
        if differing:
            raise VectorStoreError(
                f"Chroma gave back other vectors than it was given for {len(differing)} passages."
            )

    def vectors_of(self, ids: Sequence[int]) -> dict[int, np.ndarray]:
        """The stored vectors of passages by id; passages without one are left out."""
        statement = sa.text(
            "SELECT p.id, v.vector FROM passages p JOIN vectors v ON v.key = p.vector_key "
            "WHERE p.id IN (SELECT value FROM json_each(:ids)) ORDER BY p.id"
        )
        with self.catalog.read() as connection:
            rows = connection.execute(statement, {"ids": json.dumps(list(ids))})
            return {passage_id: store.unpack_vector(blob) for passage_id, blob in rows}

    def _check_identity(self) -> None:
        """The index remembers its encoder and splitter; a new index takes those at hand."""
        ours = {"encoder": self.encoder.id, "splitter": str(SPLITTER_VERSION)}
        for key, wanted in ours.items():
            found = self.catalog.setting(key)
            if found is not None and found != wanted:
                raise IndexMismatch(
                    self.folder,
                    f"it was made with {key} {found} and this is {wanted}. Ingest the records into a new folder "
                    "with --index, or use the encoder it was made with.",
                )
        if self.catalog.setting("encoder") is None:
            self.catalog.set(**ours)

    def _open_dense(self) -> DenseIndex:
        generation = self.catalog.setting("vectors") or "1"
        expected = self._active_with_vector()
        if not expected and not folder_of(self.folder, generation).exists():
            return DenseIndex(folder_of(self.folder, generation)).open()
        if folder_of(self.folder, generation).exists():
            try:
                return self._reconciled(DenseIndex(folder_of(self.folder, generation)).open(), expected)
            except VectorStoreError as error:
                log.warning("dense index unusable, rebuilding it from the catalog: %s", error)
        return self._rebuilt(str(int(generation) + 1), expected)

    def _reconciled(self, dense: DenseIndex, expected: set[int]) -> DenseIndex:
        """Chroma with exactly the active passages in it."""
        present = dense.ids()
        if present != expected:
            log.warning(
                "dense index differs: %d missing, %d extra", len(expected - present), len(present - expected)
            )
            dense.delete(sorted(present - expected))
            self._fill(dense, sorted(expected - present))
        return dense

    def _rebuilt(self, generation: str, expected: set[int]) -> DenseIndex:
        """A fresh collection filled from the catalog's vectors; nothing is encoded again."""
        dense = DenseIndex(folder_of(self.folder, generation)).open()
        self._fill(dense, sorted(expected))
        self.catalog.set(vectors=generation)
        remove_other_generations(self.folder, generation)
        return dense

    def _fill(self, dense: DenseIndex, ids: Sequence[int]) -> None:
        for start in range(0, len(ids), 5_000):
            vectors = self.vectors_of(ids[start : start + 5_000])
            if vectors:
                dense.upsert(list(vectors), np.stack(list(vectors.values())))

    def _active_with_vector(self) -> set[int]:
        statement = (
            sa.select(passages.c.id)
            .join(
                records, sa.and_(records.c.id == passages.c.record_id, records.c.active == passages.c.version)
            )
            .where(passages.c.vector_key.is_not(None))
        )
        with self.catalog.read() as connection:
            return set(connection.scalars(statement))
