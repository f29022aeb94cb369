"""One process at a time owns an index: it alone writes the catalog's content and opens Chroma.

The lock is the kernel's (`flock`), so it ends with the process however that ends; the file's text only
tells others who holds it.
"""

import fcntl
import os
import sys
import time
from contextlib import suppress
from pathlib import Path
from types import TracebackType

from ingest.errors import IndexBroken, IndexBusy, IndexReadOnly, ReadError
from ingest.readers.opening import taken, why_no_file

FILE_NAME = "owner.lock"
_MOST = 64 * 1024  # bytes of what it says
_LEAST = 0.1  # seconds: somebody may only be looking whether it is owned


class Owner:
    """The ownership of an index folder, from `with Owner(index)` to the end of the block or `release`."""

    def __init__(self, index: Path, *, wait: float = 0.0) -> None:
        """Takes the lock, waiting up to `wait` seconds. Raises IndexBusy with the owner's process id."""
        self.index = index
        self._file = self._open()
        deadline = time.monotonic() + max(wait, _LEAST)
        while not self._try():
            if time.monotonic() >= deadline:
                owner = owner_of(index) or "another process"
                os.close(self._file)
                raise IndexBusy(index, owner)
            time.sleep(0.05)
        with suppress(OSError):  # a full disk: then who owns it is not named
            os.ftruncate(self._file, 0)
            os.pwrite(self._file, f"process {os.getpid()} ({' '.join(sys.argv)[:200]})".encode(), 0)

    def __enter__(self) -> "Owner":
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self.release()

    def release(self) -> None:
        """Gives the index back; a second call does nothing."""
        if self._file >= 0:
            os.ftruncate(self._file, 0)
            os.close(self._file)
            self._file = -1

    def _open(self) -> int:
        try:
            self.index.mkdir(parents=True, exist_ok=True, mode=0o700)
            place = self.index / FILE_NAME
            if reason := why_no_file(place):
                raise IndexBroken(self.index, f"{place} is no file of the index: {reason}")
            return os.open(place, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NONBLOCK, 0o600)
        except OSError as error:
            reason = f"it cannot be written ({error.strerror}); choose another folder with --index."
            raise IndexReadOnly(self.index, reason) from error

    def _try(self) -> bool:
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


def owner_of(index: Path) -> str | None:
    """Who says to hold the index: "process 1234 (python app.py)", or None."""
    try:
        said = taken(index / FILE_NAME, most=_MOST).data
    except ReadError:
        return None
    return said.decode("utf-8", errors="replace").strip() or None


def is_owned(index: Path) -> bool:
    """Whether a process owns the index now."""
    try:
        file = os.open(index / FILE_NAME, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
    except FileNotFoundError:
        return False
    try:
        fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(file)
    return False
