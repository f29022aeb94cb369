"""Which processes watch folders for an index: each holds a lock of the kernel on a file that says what it watches.

So a process that ended, however it ended, is not taken for one that watches.
"""

import fcntl
import json
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from ingest.readers.opening import why_no_file

FOLDER = "watching"


@dataclass(frozen=True, slots=True)
class Watcher:
    """A process that watches folders; `since` is ISO 8601, UTC."""

    process: int
    paths: tuple[str, ...]
    since: str


@contextmanager
def announced(index: Path, paths: Sequence[Path]) -> Iterator[None]:
    """Says for the length of the block that this process watches these paths."""
    place = index / FOLDER / str(os.getpid())
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    now = datetime.now(UTC).isoformat(timespec="seconds")
    said = {"paths": [os.path.abspath(path) for path in paths], "since": now}
    with open(os.open(place, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600), "r+", encoding="utf-8") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.truncate()
        file.write(json.dumps(said))
        file.flush()
        try:
            yield
        finally:
            with suppress(FileNotFoundError):
                os.unlink(place)


def watchers(index: Path) -> Iterator[Watcher]:
    """The processes that watch now, by number; what others left behind is removed."""
    folder = index / FOLDER
    names = os.listdir(folder) if folder.is_dir() else []
    for number in sorted(int(name) for name in names if name.isdecimal()):
        place = folder / str(number)
        if why_no_file(place):
            continue
        with suppress(FileNotFoundError), place.open(encoding="utf-8") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:
                with suppress(json.JSONDecodeError):  # it is being written
                    said = json.loads(file.read())
                    yield Watcher(number, tuple(said["paths"]), said["since"])
            else:
                place.unlink(missing_ok=True)
