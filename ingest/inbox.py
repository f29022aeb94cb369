"""Files that are handed in through the chat: what they may be, where they wait, where they stay.

index/inbox/NAME                   taken in; one that is handed in under the same name takes its place
index/inbox/.arriving/BATCH/NAME   handed in and not confirmed yet; gone when it is confirmed, withdrawn or old
index/inbox/.aside/BATCH/NAME      confirmed by who may not see every record; waits thirty days for who may
index/inbox/meetings.toml          what is stated of files that stay, who may read them for example

The inbox is a folder of records like any other: `python -m ingest index/inbox` reads it.
"""

import os
import re
import secrets
import shutil
import time
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from ingest.errors import IngestError, Unsupported
from ingest.overrides import is_configuring
from ingest.quota import KEPT_ASIDE, OverQuota, Quota
from ingest.readers import is_ignored, most_bytes
from ingest.readers.opening import MiB

FOLDER = "inbox"
MOST_FILES = 200  # in one batch
MOST_BYTES = 1024 * MiB  # of one batch together
_ARRIVING = ".arriving"
_ASIDE = ".aside"
_PART = ".part"
WITHDRAWN = "These files were withdrawn; hand them in again."
_LONGEST = 200  # bytes of a file's name
_BATCH = re.compile(r"[0-9a-f]{32}")
_UNFIT = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\u200e\u200f\u202a-\u202e\u2066-\u2069]")


class ArrivalRefused(IngestError):
    """A file that is not taken, for its name, its kind or its size; the text says why and what to do."""


class Inbox:
    """The inbox of an index folder."""

    def __init__(self, index: Path) -> None:
        self.folder = Path(os.path.abspath(index)) / FOLDER
        self._arriving = self.folder / _ARRIVING
        self._aside = self.folder / _ASIDE
        self._quota = Quota(self._arriving, self._aside)

    def begin(self, visitor: str = "") -> str:
        """A new batch, for one person's files; its name cannot be guessed.

        visitor  whose it is, for the quota of one visitor

        Raises OverQuota.
        """
        batch = secrets.token_hex(16)
        for folder in (self.folder, self._arriving, self._arriving / batch):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            self._quota.begin(batch, visitor)
        except OverQuota:
            self.withdraw(batch)
            raise
        return batch

    @contextmanager
    def arrival(self, batch: str, name: str) -> Iterator["Arrival"]:
        """A file of a batch to be written to; it is there when the block ends well, and nothing of it otherwise.

        Raises ArrivalRefused: for a name or kind that is not taken at once, for a size while it is written; and
        OverQuota at either time.
        """
        folder = self._of(batch, self._arriving)
        fit = safe_name(name)
        held = [path for path in folder.iterdir() if path.suffix != _PART]
        if any(path.name.casefold() == fit.casefold() for path in held):
            raise ArrivalRefused("Two files of this name were handed in; rename one of them.")
        if len(held) >= MOST_FILES:
            raise ArrivalRefused(f"{MOST_FILES} files are the most at a time; hand the others in afterwards.")
        left = MOST_BYTES - sum(path.stat().st_size for path in held)
        part = folder / f"{secrets.token_hex(8)}{_PART}"
        with self._counted(batch) as count:
            if not folder.is_dir():  # it gave way as an empty one
                raise ArrivalRefused(WITHDRAWN)
            opened = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
            try:
                with os.fdopen(opened, "wb") as file:
                    yield Arrival(file, most_bytes(Path(fit)), left, count)
                    file.flush()
                    os.fsync(file.fileno())
                os.rename(part, folder / fit)
            finally:
                with suppress(FileNotFoundError):
                    os.unlink(part)

    @contextmanager
    def _counted(self, batch: str) -> Iterator[Callable[[int], None]]:
        """Counts a file in the quota, and its bytes as they come; no longer when it does not come whole."""
        size = 0

        def count(more: int) -> None:
            nonlocal size
            self._quota.grow(batch, more)
            size += more

        self._quota.add(batch)
        try:
            yield count
        except BaseException:
            self._quota.drop(batch, size)
            raise

    def arrivals(self, batch: str) -> dict[Path, Path]:
        """Where each file of a batch waits, and where it will stay."""
        waiting = sorted(path for path in self._of(batch).iterdir() if path.suffix != _PART)
        return {path: self.home(path.name) for path in waiting}

    def home(self, name: str) -> Path:
        """Where a file of this name stays."""
        return self.folder / name

    def waiting(self, batch: str, name: str) -> Path:
        """Where a file of a batch waits."""
        return self._of(batch) / name

    def holds(self, path: Path) -> bool:
        """Whether a file lies in the inbox and so belongs to the index."""
        return path.parent == self.folder

    def withdraw(self, batch: str) -> None:
        """Removes a batch with what is left in it; one that is not there is no matter.

        Of what was put aside only an empty folder goes: see `discard`.
        """
        if _BATCH.fullmatch(batch):
            shutil.rmtree(self._arriving / batch, ignore_errors=True)
            self._quota.forget(batch)
            with suppress(OSError):
                (self._aside / batch).rmdir()

    def put_aside(self, batch: str, names: Iterable[str]) -> None:
        """Keeps files of a batch for somebody who may take them in, under a name that who handed them in never hears.

        Those that are there already, or were moved before a crash, stay where they are.
        """
        waiting = [path for name in names if (path := self._arriving / batch / name).is_file()]
        kept = self._aside / secrets.token_hex(16)
        for folder in (self._aside, kept) if waiting else ():
            folder.mkdir(mode=0o700, exist_ok=True)
        for path in waiting:
            os.rename(path, kept / path.name)

    def is_aside(self, batch: str) -> bool:
        """Whether a batch was put aside."""
        return bool(_BATCH.fullmatch(batch)) and (self._aside / batch).is_dir()

    def aside(self) -> list[tuple[str, tuple[str, ...]]]:
        """What was put aside: each batch with the names of its files, the one that waits longest first."""
        if not self._aside.is_dir():
            return []
        found = [(folder.stat().st_mtime_ns, folder) for folder in self._aside.iterdir()]
        listed = ((f.name, tuple(sorted(path.name for path in f.iterdir()))) for _, f in sorted(found))
        return [(batch, names) for batch, names in listed if names]

    def discard(self, batch: str) -> None:
        """Removes a batch that was put aside, with its files."""
        if self.is_aside(batch):
            shutil.rmtree(self._aside / batch)

    def sweep(self, keep: Iterable[str] = (), age: float = 0.0) -> None:
        """Withdraws every batch but these, and but those that changed within so many seconds."""
        kept = set(keep)
        if self._arriving.is_dir():
            for folder in self._arriving.iterdir():
                if folder.name not in kept and not (age and _changed_within(age, folder)):
                    shutil.rmtree(folder, ignore_errors=True)
                    self._quota.forget(folder.name)

    def expire(self, age: float, keep: Iterable[str] = ()) -> list[str]:
        """Removes what was put aside so many seconds ago, but these batches; the names of its files."""
        kept, gone = set(keep), []
        for batch, names in self.aside():
            if batch not in kept and not _changed_within(age, self._aside / batch):
                self.discard(batch)
                gone += names
        return gone

    def _of(self, batch: str, *places: Path) -> Path:
        if _BATCH.fullmatch(batch):
            for place in places or (self._arriving, self._aside):
                if (place / batch).is_dir():
                    return place / batch
        raise ArrivalRefused(WITHDRAWN)


class Arrival:
    """A file that is being handed in."""

    def __init__(self, file: BinaryIO, most: int, left: int, count: Callable[[int], None]) -> None:
        self._file = file
        self._count = count
        self._most = most
        self._left = left
        self._written = 0

    def write(self, piece: bytes) -> None:
        """Raises ArrivalRefused when it grows beyond what is read of its kind, or the disk is full, and OverQuota."""
        self._written += len(piece)
        if self._written > self._most:
            raise ArrivalRefused(
                f"It is larger than {self._most // MiB} MB, the most for its kind; split it."
            )
        if self._written > self._left:
            raise ArrivalRefused(
                f"{MOST_BYTES // MiB} MB are the most at a time; hand the others in afterwards."
            )
        self._count(len(piece))
        try:
            self._file.write(piece)
        except OSError as error:
            raise ArrivalRefused(
                f"It cannot be stored ({error.strerror}); see to it and try again."
            ) from error


def put_aside(index: Path) -> tuple[str, ...]:
    """That files were put aside in an index, and what to run; nothing where none were."""
    files = sum(len(names) for _, names in Inbox(index).aside())
    count = "1 file was" if files == 1 else f"{files} files were"
    said = (
        f"{count} handed in and put aside; python -m ingest aside says what taking in would do. "
        f"What nobody takes in within {KEPT_ASIDE / 86400:.0f} days is removed."
    )
    return (said,) if files else ()


def safe_name(name: str) -> str:
    """The last part of a name, without what no name should hold. Raises ArrivalRefused where it is not taken.

    >>> safe_name("C:\\\\minutes\\\\2024-03-15.md"), safe_name("../../etc/m\\u202einutes.txt")
    ('2024-03-15.md', 'minutes.txt')
    """
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    fit = _UNFIT.sub("", last).strip()
    path = Path(fit or "unnamed")
    if is_ignored(path):
        raise ArrivalRefused("It is a hidden or lock file of another program; hand in the document itself.")
    try:
        most_bytes(path)
    except Unsupported as problem:
        raise ArrivalRefused(_sentence(problem.reason)) from problem
    stem = path.stem
    while len(f"{stem}{path.suffix}".encode()) > _LONGEST:
        stem = stem[:-1]
    name = f"{stem.rstrip()}{path.suffix}"
    if is_configuring(name):
        raise ArrivalRefused(
            "A file of this name states who may read the files beside it; hand it in under another name."
        )
    return name


def _changed_within(seconds: float, folder: Path) -> bool:
    """Whether a folder was made, or a file of it came or went, so lately."""
    try:
        return time.time() - folder.stat().st_mtime < seconds
    except FileNotFoundError:  # withdrawn meanwhile
        return False


def _sentence(reason: str) -> str:
    return reason[:1].upper() + reason[1:]
