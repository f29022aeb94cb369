"""An index folder in the hands of its owner: the catalog, the dense index beside it, and keeping them agreed.

index/catalog.sqlite3     the truth
index/vectors-<n>/        Chroma, disposable
index/owner.lock          who owns it
index/inbox/              files that were handed in; see `ingest.inbox`
index/watching/           who watches folders for it; see `ingest.watchers`
"""

import json
import logging
import os
import secrets
import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import sqlalchemy as sa

from ingest import store
from ingest.catalog import Catalog, create_catalog
from ingest.encoder import Encoder
from ingest.entries import NOTHING, Entry, entries_of, in_batches, may_be_told
from ingest.errors import IndexMismatch, IngestError
from ingest.owner import Owner
from ingest.passages import SPLITTER_VERSION
from ingest.probe import probe
from ingest.remembered import Made, fitting, made_with, settings_of
from ingest.tables import passages, records
from ingest.vectors import (
    ChromaServer,
    DenseIndex,
    LocalChroma,
    Shelf,
    VectorStoreError,
    fill_new_memory,
)

log = logging.getLogger(__name__)


class OwnedIndex:
    """The one writable handle on an index; `open` recovers what a crash left behind.

    writing   held by whoever changes the index; one thread at a time
    """

    def __init__(self, folder: Path, owner: Owner, catalog: Catalog, encoder: Encoder, shelf: Shelf) -> None:
        self.folder = folder
        self.catalog = catalog
        self.encoder = encoder
        self.encoders: tuple[Encoder, ...] = ()  # those of states before and after an encoding anew
        self.shelf = shelf
        self.writing = threading.RLock()
        self._owner = owner
        self._dense: DenseIndex | None = None
        self._opening = threading.RLock()

    @classmethod
    def open(
        cls,
        folder: str | Path,
        encoder: Encoder,
        *,
        wait: float = 0.0,
        chroma: ChromaServer | None = None,
        reencode: bool = False,
    ) -> "OwnedIndex":
        """Owns the index, makes it when it is not there, and recovers it.

        chroma    the server that holds the dense index; None: it lies in the folder
        reencode  take one that was made with another encoder too, to `reindex` it and nothing else

        Raises IndexBusy, IndexTooNew, IndexMismatch, IndexBroken.
        """
        folder = Path(os.path.abspath(folder))  # threads work on it after the caller went elsewhere
        owner = Owner(folder, wait=wait)
        try:
            catalog = create_catalog(folder)
            index = cls(folder, owner, catalog, encoder, shelf_of(folder, catalog, chroma))
            if not reencode:
                index._check_identity()
            with catalog.write() as connection:
                store.drop_unseen(connection)  # Chroma is told when it is opened
            if catalog.setting("scrub"):
                index.scrub()
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
        with self.writing, self._opening:
            self.distrust()
            self.catalog.close()
            self._owner.release()

    @property
    def dense(self) -> DenseIndex:
        """The open Chroma collection, in agreement with the catalog; rebuilt from it when damaged or missing.

        Raises VectorStoreError when even that fails (a full disk, a server that does not answer).
        """
        with self._opening:
            if self._dense is None:
                self._dense = self._open_dense()
            return self._dense

    @property
    def open_dense(self) -> DenseIndex | None:
        """The Chroma collection if it is open; never waits."""
        return self._dense

    def distrust(self, dense: DenseIndex | None = None) -> None:
        """Closes the dense index (if it still is `dense`), so that it is probed again before it is used again."""
        with self._opening:
            if self._dense is not None and dense in (None, self._dense):
                closing, self._dense = self._dense, None
                closing.close()

    def recover(self) -> None:
        """Undoes what was staged and never flipped, and sweeps what was flipped and never swept."""
        with self.catalog.write() as connection:
            stale = store.drop_unseen(connection)
        if stale and self._dense is not None:
            self.dense.delete(stale)

    def recover_softly(self) -> None:
        """`recover`; where that fails too, the next opening does it: nobody sees what is left."""
        try:
            self.recover()
        except IngestError as error:
            log.warning("recovery is put off until the index is opened again: %s", error)
            self.distrust()

    def sweep(self, record_ids: Sequence[str] | None = None) -> None:
        """Removes passages that are no longer active, from Chroma first, then from the catalog."""
        with self.catalog.read() as connection:
            stale = store.stale_passages(connection, record_ids)
        if stale:
            self.dense.delete(stale)
            with self.catalog.write() as connection:
                store.drop_passages(connection, stale)

    def sweep_softly(self, record_ids: Sequence[str]) -> None:
        """`sweep` after a flip, which cannot be undone: what fails is left to the next opening."""
        try:
            self.sweep(record_ids)
        except IngestError as error:
            log.warning("passages that are not active any more stay until the next opening: %s", error)

    def upsert(self, ids: Sequence[int]) -> None:
        """Puts passages into Chroma and reads them back. Raises VectorStoreError on a difference."""
        self._put(self.dense, ids)

    def deliver(self) -> None:
        """Brings Chroma to who may read what, where that changed for passages it holds. Raises VectorStoreError."""
        if self._waiting()[1]:
            self._deliver(self.dense)

    def deliver_softly(self) -> None:
        """`deliver` after a commit, which cannot be undone: what fails waits for the next opening, which does it."""
        try:
            self.deliver()
        except IngestError as error:
            log.warning("who may read what is told to Chroma at the next opening: %s", error)
            self.distrust()

    def vectors_of(self, ids: Sequence[int]) -> dict[int, np.ndarray]:
        """The stored vectors of passages by id; passages without one are left out."""
        statement = sa.text(
            "SELECT p.id, v.vector FROM passages p JOIN vectors v ON v.key = p.vector_key "
            "WHERE p.id IN (SELECT value FROM json_each(:ids)) ORDER BY p.id"
        )
        with self.catalog.read() as connection:
            rows = connection.execute(statement, {"ids": json.dumps(list(ids))})
            return {number: store.unpack_vector(blob, self.encoder.dimensions) for number, blob in rows}

    def entries_of(self, ids: Sequence[int], *, checked: bool = True) -> dict[int, Entry]:
        """What Chroma is to tell of these passages; see `ingest.entries`."""
        with self.catalog.read() as connection:
            return entries_of(connection, ids, checked=checked)

    def expected_ids(self) -> set[int]:
        """The passages that the dense index is to hold."""
        return active_with_vector(self.catalog)

    def rebuild(self, change: Callable[[], None] = lambda: None) -> None:
        """Makes the dense index anew beside the one there is, from the vectors of the catalog, and takes it.

        change  what changes those vectors: from then on until it is made nobody searches the old one
        """
        with self.writing, self._opening:
            self.distrust()
            change()
            self._dense = self._rebuilt(self._generation(), self.expected_ids())

    def scrub(self) -> None:
        """Leaves nothing on disk of what was deleted; the next opening finishes it when it is cut short."""
        with self.writing:
            fill_new_memory()  # for good: what was deleted may lie in memory for as long as the process lives
            store.scrub(self.catalog)
            self.rebuild()
            self.catalog.set(scrub="")

    def _check_identity(self) -> None:
        """The index remembers its encoder and splitter; a new index takes those at hand.

        One of another splitter is used as it is, until `recut` has brought it to this one.
        """
        made = made_with(self.catalog)
        self.encoder = fitting(self.encoder, made)
        if made is None:
            self.catalog.set(splitter=str(SPLITTER_VERSION), **settings_of(self.encoder))
        elif made.id != self.encoder.id:
            raise IndexMismatch.of_encoder(self.folder, made.id, self.encoder.id)
        elif made != Made.of(self.encoder):
            self.catalog.set(**settings_of(self.encoder))  # it lies elsewhere now

    def _generation(self) -> str:
        return self.catalog.setting("vectors") or "1"

    def _open_dense(self) -> DenseIndex:
        generation, expected = self._generation(), self.expected_ids()
        if self.shelf.exists(generation):
            problem = probe(self.shelf, generation, self.catalog.path)
            if problem is None:
                try:
                    return self._reconciled(self.shelf.generation(generation).open(), expected)
                except VectorStoreError as error:
                    problem = str(error)
            log.warning("dense index unusable, rebuilding it from the catalog: %s", problem)
        elif not expected:
            return self.shelf.generation(generation).open()
        return self._rebuilt(generation, expected)

    def _reconciled(self, dense: DenseIndex, expected: set[int]) -> DenseIndex:
        """Chroma with exactly the active passages in it."""
        present = dense.ids()
        if present != expected:
            missing, extra = len(expected - present), len(present - expected)
            lost = logging.WARNING if missing else logging.INFO  # extra ones are only not swept yet
            log.log(lost, "dense index differs: %d missing, %d extra", missing, extra)
            dense.delete(sorted(present - expected))
            self._fill(dense, expected - present)
        self._deliver(dense)
        self._retell(dense, expected)
        for other in self.shelf.others(self._generation()):
            self.shelf.drop(other)  # of a rebuilding that was cut short
        return dense

    def _rebuilt(self, generation: str, expected: set[int]) -> DenseIndex:
        """A fresh collection filled from the catalog's vectors; nothing is encoded again."""
        following = str(int(generation) + 1)
        self.shelf.drop(following)  # of a rebuilding that was cut short
        dense = self.shelf.generation(following).open()
        self._fill(dense, expected)
        self._deliver(dense)
        if dense.count() != len(expected):
            raise VectorStoreError(f"Chroma kept {dense.count()} of {len(expected)} passages.")
        self.catalog.set(vectors=following, unbuilt="")
        for other in self.shelf.others(following):
            self.shelf.drop(other)
        return dense

    def _fill(self, dense: DenseIndex, ids: Iterable[int]) -> None:
        """Stores passages that are not there, from the catalog; nothing is told of those of damaged versions."""
        for batch in in_batches(ids):
            if vectors := self.vectors_of(batch):
                entries = self.entries_of(list(vectors))
                told = [entries.get(i, NOTHING) for i in vectors]
                dense.upsert(list(vectors), np.stack(list(vectors.values())), told)

    def _put(self, dense: DenseIndex, ids: Sequence[int]) -> None:
        vectors = self.vectors_of(ids)
        if not vectors:
            return
        found, told = list(vectors), self.entries_of(list(vectors), checked=False)
        entries = {i: told.get(i, NOTHING) for i in found}
        dense.upsert(found, np.stack(list(vectors.values())), list(entries.values()))
        stored, told = dense.fetch(found), dense.entries(found)
        differing = [i for i in found if i not in stored or not np.allclose(stored[i], vectors[i], atol=1e-6)]
        if differing:
            raise VectorStoreError(
                f"Chroma gave back other vectors than it was given for {len(differing)} passages."
            )
        if differing := [i for i in found if told.get(i) != entries[i]]:
            raise VectorStoreError(
                f"Chroma gave back other words than it was given for {len(differing)} passages."
            )

    def _waiting(self) -> tuple[int, list[int]]:
        """The state of the catalog, and the passages that answers use of which Chroma is to be told anew."""
        with self.catalog.read() as connection:
            return store.generation(connection), store.waiting(connection)

    def _deliver(self, dense: DenseIndex) -> None:
        """Tells Chroma anew of the passages that wait for it, until none does."""
        while True:
            generation, waiting = self._waiting()
            if not waiting:
                return
            dense.delete(waiting)  # else what is not to be told any more would stay
            self._fill(dense, waiting)
            with self.catalog.write() as connection:
                if store.generation(connection) == generation:  # else it may have changed once more meanwhile
                    store.clear_outbox(connection, waiting)

    def _retell(self, dense: DenseIndex, expected: set[int]) -> None:
        """Leaves nothing in Chroma that not everybody may read, and tells what is lacking."""
        with self.catalog.read() as connection:
            wanted = may_be_told(connection) & expected
        told = dense.told()
        lacking = [
            i for batch in in_batches(wanted - told) for i, e in self.entries_of(batch).items() if e.text
        ]
        if amiss := sorted((told & expected) - wanted) + lacking:
            log.warning("dense index tells otherwise of %d passages than the catalog", len(amiss))
            dense.delete(amiss)
            self._fill(dense, amiss)


def active_with_vector(catalog: Catalog) -> set[int]:
    """Ids of the passages of active versions that have a vector."""
    seen = sa.and_(records.c.id == passages.c.record_id, records.c.active == passages.c.version)
    statement = sa.select(passages.c.id).join(records, seen).where(passages.c.vector_key.is_not(None))
    with catalog.read() as connection:
        return set(connection.scalars(statement))


def shelf_of(folder: Path, catalog: Catalog, chroma: ChromaServer | None) -> Shelf:
    """Where an index keeps its dense index."""
    if chroma is None:
        return LocalChroma(folder)
    name = catalog.setting("index_id")
    if name is None:
        catalog.set(index_id=(name := secrets.token_hex(6)))
    return replace(chroma, name=name)
