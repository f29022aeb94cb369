"""The bytes of a file, taken once and only from a regular file of a bearable size."""

import errno
import os
import stat
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


def bytes_of(path: Path, *, most: int) -> bytes:
    """All bytes of the regular file `path`, at most `most` of them.

    Raises ReadError for links, pipes, devices and folders, for a file that is larger than `most` or grows
    beyond it, that vanished, or that may not be read.
    """
    _refuse_other_kinds(path)
    try:
        descriptor = os.open(path, _FLAGS)
        with os.fdopen(descriptor, "rb") as file:
            _refuse_mode(path, os.fstat(file.fileno()).st_mode)
            _refuse_size(path, os.fstat(file.fileno()).st_size, most)
            data = file.read(most + 1)
    except OSError as error:
        raise ReadError(path, reason_of(error)) from error
    except ValueError as error:  # a NUL in the path
        raise ReadError(path, f"its name cannot be opened ({error}); rename it") from error
    _refuse_size(path, len(data), most)
    return data


def _refuse_other_kinds(path: Path) -> None:
    """Look before opening: opening alone can already do something to a device."""
    try:
        mode = os.lstat(path).st_mode
    except OSError as error:
        raise ReadError(path, reason_of(error)) from error
    except ValueError as error:
        raise ReadError(path, f"its name cannot be opened ({error}); rename it") from error
    _refuse_mode(path, mode)


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
