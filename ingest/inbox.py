"""Files that are handed in through the chat: what they may be, where they wait, where they stay.

index/inbox/NAME                   taken in; one that is handed in under the same name takes its place
index/inbox/.arriving/BATCH/NAME   handed in and not confirmed yet; gone when it is confirmed or withdrawn

The inbox is a folder of records like any other: `python -m ingest index/inbox` reads it.
"""

import os
import re
import secrets
import shutil
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from ingest.errors import IngestError, Unsupported
from ingest.readers import is_ignored, most_bytes
from ingest.readers.opening import MiB

FOLDER = "inbox"
MOST_FILES = 200  # in one batch
MOST_BYTES = 1024 * MiB  # of one batch together
_ARRIVING = ".arriving"
_PART = ".part"
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

    def begin(self) -> str:
        """A new batch, for one person's files; its name cannot be guessed."""
        batch = secrets.token_hex(16)
        for folder in (self.folder, self._arriving, self._arriving / batch):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return batch

    @contextmanager
    def arrival(self, batch: str, name: str) -> Iterator["Arrival"]:
        """A file of a batch to be written to; it is there when the block ends well, and nothing of it otherwise.

        Raises ArrivalRefused: for a name or kind that is not taken at once, for a size while it is written.
        """
        folder = self._of(batch)
        fit = safe_name(name)
        held = [path for path in folder.iterdir() if path.suffix != _PART]
        if any(path.name.casefold() == fit.casefold() for path in held):
            raise ArrivalRefused("Two files of this name were handed in; rename one of them.")
        if len(held) >= MOST_FILES:
            raise ArrivalRefused(f"{MOST_FILES} files are the most at a time; hand the others in afterwards.")
        left = MOST_BYTES - sum(path.stat().st_size for path in held)
        part = folder / f"{secrets.token_hex(8)}{_PART}"
        opened = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
        try:
            with os.fdopen(opened, "wb") as file:
                yield Arrival(file, most_bytes(Path(fit)), left)
                file.flush()
                os.fsync(file.fileno())
            os.rename(part, folder / fit)
        finally:
            with suppress(FileNotFoundError):
                os.unlink(part)

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
        """Removes a batch with what is left in it; one that is not there is no matter."""
        if _BATCH.fullmatch(batch):
            shutil.rmtree(self._arriving / batch, ignore_errors=True)

    def sweep(self, keep: Iterable[str] = ()) -> None:
        """Withdraws every batch but these."""
        kept = set(keep)
        if self._arriving.is_dir():
            for folder in self._arriving.iterdir():
                if folder.name not in kept:
                    shutil.rmtree(folder, ignore_errors=True)

    def _of(self, batch: str) -> Path:
        folder = self._arriving / batch
        if not _BATCH.fullmatch(batch) or not folder.is_dir():
            raise ArrivalRefused("These files were withdrawn; hand them in again.")
        return folder


class Arrival:
    """A file that is being handed in."""

    def __init__(self, file: BinaryIO, most: int, left: int) -> None:
        self._file = file
        self._most = most
        self._left = left
        self._written = 0

    def write(self, piece: bytes) -> None:
        """Raises ArrivalRefused when it grows beyond what is read of its kind, or the disk is full."""
        self._written += len(piece)
        if self._written > self._most:
            raise ArrivalRefused(
                f"It is larger than {self._most // MiB} MB, the most for its kind; split it."
            )
        if self._written > self._left:
            raise ArrivalRefused(
                f"{MOST_BYTES // MiB} MB are the most at a time; hand the others in afterwards."
            )
        try:
            self._file.write(piece)
        except OSError as error:
            raise ArrivalRefused(
                f"It cannot be stored ({error.strerror}); see to it and try again."
            ) from error


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
    return f"{stem.rstrip()}{path.suffix}"


def _sentence(reason: str) -> str:
    return reason[:1].upper() + reason[1:]
