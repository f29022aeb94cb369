"""The one place where files that others wrote are opened: regular files of a bearable size, once, never waiting.

Whatever else wants to know of such a file asks `status_of` or `taken`; a digest, a reader and a plan then speak of the
same bytes.
"""

import errno
import os
import stat
from dataclasses import dataclass
from pathlib import Path

from ingest.errors import ReadError

MiB = 1024 * 1024

_FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)  # a FIFO without a writer would block open() for ever
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)

_FOLDER = "it is a folder that cannot be opened; make it readable for the user who ingests"
_KINDS = (
    (stat.S_ISDIR, _FOLDER),
    (stat.S_ISLNK, "it is a symbolic link; links are not followed, put the file itself here"),
    (stat.S_ISFIFO, "it is a named pipe (FIFO), not a file; remove it from the folder"),
    (stat.S_ISSOCK, "it is a socket, not a file; remove it from the folder"),
    (stat.S_ISCHR, "it is a device, not a file; remove it from the folder"),
    (stat.S_ISBLK, "it is a device, not a file; remove it from the folder"),
)


@dataclass(frozen=True, slots=True)
class Taken:
    """What a file held when it was opened."""

    path: Path
    data: bytes


def taken(path: Path, *, most: int) -> Taken:
    """The regular file `path` as it is now, at most `most` bytes of it.

    Raises ReadError for links, pipes, devices and folders, for a file that is larger than `most`, that is written to
    while it is read, that vanished, or that may not be read.
    """
    _refuse_size(
        path, status_of(path).st_size, most
    )  # look before opening: that alone can already do something
    try:
        descriptor = os.open(path, _FLAGS)
        with os.fdopen(descriptor, "rb") as file:
            before = os.fstat(file.fileno())
            _refuse_mode(path, before.st_mode)
            _refuse_size(path, before.st_size, most)
            data = file.read(most + 1)
            after = os.fstat(file.fileno())
    except OSError as error:
        raise ReadError(path, reason_of(error)) from error
    _refuse_size(path, len(data), most)
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        raise ReadError(path, "it was written to while it was read; ingest it again when it is finished")
    return Taken(path, data)


def beginning_of(path: Path, size: int = 4096) -> bytes:
    """The first bytes of a regular file; none where it cannot be opened, which `taken` says."""
    try:
        status_of(path)
        with os.fdopen(os.open(path, _FLAGS), "rb") as file:
            return file.read(size) if stat.S_ISREG(os.fstat(file.fileno()).st_mode) else b""
    except (ReadError, OSError):
        return b""


def status_of(path: Path) -> os.stat_result:
    """What the system knows of the regular file `path`, which is not opened for it. Raises ReadError as `taken`."""
    try:
        status = os.lstat(path)
    except OSError as error:
        raise ReadError(path, reason_of(error)) from error
    except ValueError as error:  # a NUL in the path
        raise ReadError(path, f"its name cannot be opened ({error}); rename it") from error
    _refuse_mode(path, status.st_mode)
    return status


def why_no_file(path: Path) -> str | None:
    """Why what is at a path, links followed, cannot be one of our own files; None where it can, or nothing is there."""
    try:
        _refuse_mode(path, os.stat(path).st_mode)
    except ReadError as error:
        return error.reason
    except OSError:  # whoever opens it says so
        return None
    return None


def _refuse_mode(path: Path, mode: int) -> None:
    if stat.S_ISREG(mode):
        return
    reasons = [reason for is_kind, reason in _KINDS if is_kind(mode)]
    raise ReadError(path, reasons[0] if reasons else "it is not a regular file; remove it from the folder")


def _refuse_size(path: Path, size: int, most: int) -> None:
    if size > most:
        raise ReadError(
            path,
            f"it is larger than {most // MiB} MiB, the most that is read of this kind; "
            "split it into one file per meeting",
        )


def reason_of(error: OSError) -> str:
    """Why a file cannot be opened, and what to do."""
    if error.errno == errno.ENOENT:
        return "there is no such file; check its name, and if it was moved, ingest it from its new place"
    if error.errno in (errno.EACCES, errno.EPERM):
        return "permission denied; make it readable for the user who ingests"
    if error.errno == errno.EISDIR:
        return _FOLDER
    if error.errno == errno.ELOOP:
        return "it is a symbolic link; links are not followed, put the file itself here"
    reason = (error.strerror or "it could not be opened").lower()
    return f"{reason}; check the disk or the network drive it is on"
