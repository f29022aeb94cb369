"""How much may wait to be confirmed of what was handed in: of one visitor's, and of everybody's together.

It is counted in the process that owns the index, piece by piece as files arrive, so that many that arrive at once
cannot together go beyond. A batch counts as a file from its first file on; an empty one counts for nothing and keeps
nobody out: of too many the oldest give way. What was put aside for somebody else to take in counts with everybody's,
and is kept for a time only, as it would else leave no room for ever.
"""

import shutil
import threading
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from ingest.errors import IngestError
from ingest.readers.opening import MiB

UNCONFIRMED = 3600.0  # seconds after its last file until a batch that nobody confirms is withdrawn
KEPT_ASIDE = 30 * 24 * 3600.0  # seconds that what was put aside waits for somebody who may take it in
MOST_EMPTY = 2000  # batches that hold no file
LEFT_FREE = 512 * MiB  # of the disk, for the index itself


@dataclass(frozen=True, slots=True)
class Most:
    """The most files and bytes that may wait."""

    files: int
    size: int


OF_ONE = Most(400, 2048 * MiB)
OF_ALL = Most(2000, 4096 * MiB)


class OverQuota(IngestError):
    """More than may wait to be confirmed; the text says whose and what to do."""


@dataclass(slots=True)
class _Batch:
    visitor: str
    files: int = 0
    size: int = 0
    folder: bool = True  # whether it is one of itself, which counts as a file once one is in it

    @property
    def places(self) -> int:
        return self.files + (self.folder and self.files > 0)


class Quota:
    """What waits in a folder of batches, and in another of those that were put aside; safe for many threads."""

    def __init__(self, folder: Path, aside: Path) -> None:
        self._folder = folder
        self._aside = aside
        self._put_aside = _Batch("", folder=False)
        self._batches: dict[str, _Batch] = {}
        self._lock = threading.Lock()

    def begin(self, batch: str, visitor: str) -> None:
        """Notes a new batch of a visitor, whose folder is there. Raises OverQuota where its first file would be one too
        many.
        """
        with self._lock:
            self._batches = {name: one for name, one in self._batches.items() if self._is_there(name)}
            self._batches[batch] = _Batch(visitor, files=1)
            self._put_aside = _lying(self._aside)
            self._check(batch, undo=lambda: self._batches.pop(batch))
            self._batches[batch].files = 0
            self._leave_few_empty()

    def add(self, batch: str) -> None:
        """Counts a file that begins to arrive. Raises OverQuota."""
        with self._lock:
            self._batches.setdefault(batch, _Batch("")).files += 1
            self._put_aside = _lying(self._aside)
            self._check(batch, undo=lambda: self._drop(batch, 1, 0))

    def grow(self, batch: str, size: int) -> None:
        """Counts bytes of a file before they are written. Raises OverQuota, also for a batch that is not counted."""
        with self._lock:
            if batch not in self._batches:
                raise OverQuota("These files were withdrawn; hand them in again.")
            self._batches[batch].size += size
            self._check(batch, undo=lambda: self._drop(batch, 0, size))

    def drop(self, batch: str, size: int) -> None:
        """Forgets a file that did not arrive whole."""
        with self._lock:
            self._drop(batch, 1, size)

    def forget(self, batch: str) -> None:
        """Forgets a batch that is gone."""
        with self._lock:
            self._batches.pop(batch, None)

    def _is_there(self, batch: str) -> bool:
        return (self._folder / batch).is_dir()

    def _leave_few_empty(self) -> None:
        empty = [name for name, one in self._batches.items() if not one.files]
        for name in empty[:-MOST_EMPTY]:
            with suppress(OSError):
                (self._folder / name).rmdir()
            del self._batches[name]

    def _drop(self, batch: str, files: int, size: int) -> None:
        if held := self._batches.get(batch):
            held.files -= files
            held.size -= size

    def _check(self, batch: str, undo: Callable[[], object]) -> None:
        visitor = self._batches[batch].visitor
        if problem := self._over(visitor):
            undo()
            raise OverQuota(problem)

    def _over(self, visitor: str) -> str | None:
        if _beyond(OF_ONE, (held for held in self._batches.values() if held.visitor == visitor)):
            return (
                f"You have handed in as much as may wait unconfirmed ({OF_ONE.files} files, "
                f"{OF_ONE.size // MiB} MB); take it in or withdraw it first."
            )
        if _beyond(OF_ALL, (self._put_aside, *self._batches.values())):
            return (
                "So much waits to be taken in that no more is kept; "
                f"try again later, what is not confirmed is withdrawn after {UNCONFIRMED / 60:.0f} minutes."
            )
        if shutil.disk_usage(self._folder).free < LEFT_FREE:
            return f"Less than {LEFT_FREE // MiB} MB are free on the disk; make room and try again."
        return None


def _beyond(most: Most, batches: Iterable[_Batch]) -> bool:
    held = list(batches)
    return sum(one.places for one in held) > most.files or sum(one.size for one in held) > most.size


def _lying(folder: Path) -> _Batch:
    """What lies in a folder of batches."""
    found = [path for path in folder.rglob("*") if path.is_file()] if folder.is_dir() else []
    return _Batch("", len(found), sum(path.stat().st_size for path in found), folder=False)
