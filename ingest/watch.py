"""Following folders: what changes in them is ingested once it has settled, what fails is tried again."""

import os
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.outcomes import Report, Status
from ingest.overrides import FILE_NAME as OVERRIDES
from ingest.readers import SUFFIXES, is_ignored
from ingest.reading import list_files

SETTLED = 1.0  # seconds a file must stay the same before it is read
_STEP = 100  # milliseconds between two looks at what the system reports
_LOOK = 250  # milliseconds after which to look at what is settling, though nothing is reported
_FIRST_RETRY, _LAST_RETRY = 2.0, 300.0  # seconds; doubled from one to the other

Run = Callable[[Sequence[Path]], Report]


@dataclass(slots=True)
class _Settling:
    """A file that changed: as it was when last seen, and since when."""

    state: tuple[int, int] | None
    since: float


def watch(
    paths: Sequence[Path], run: Run, *, settled: float = SETTLED, stop: threading.Event | None = None
) -> Iterator[Report]:
    """Ingests `paths`, then what changes in them, until `stop` is set; a report for each time something was done.

    run  ingests files and says what became of them; what it raises ends the watch

    A file that is still being written waits until it has been the same for `settled` seconds; one that vanishes
    is forgotten. One that fails is tried again when it changes, and after ever longer pauses.
    """
    from watchfiles import watch as follow

    stop = stop or threading.Event()
    queue = _Queue(settled)
    report = run(paths)
    queue.learn(report)
    yield report
    changes = follow(
        *paths,
        stop_event=stop,
        step=_STEP,
        debounce=_LOOK,
        rust_timeout=_LOOK,
        yield_on_timeout=True,
        watch_filter=None,
        raise_interrupt=True,
    )
    for seen in changes:
        queue.add(Path(path) for _, path in seen)
        if due := queue.due():
            report = run(due)
            queue.learn(report)
            known = tuple(
                o for o in report.outcomes if o.status is not Status.FAILED or os.path.lexists(o.path)
            )
            yield Report(known)


class _Queue:
    """What changed and has not settled, and what failed and waits for another try."""

    def __init__(self, settled: float) -> None:
        self._settled = settled
        self._changed: dict[Path, _Settling] = {}
        self._failed: dict[Path, tuple[float, float]] = {}  # when to try again, and the pause before that

    def add(self, paths: Iterable[Path]) -> None:
        for path in paths:
            for file in self._records_at(path):
                self._changed[file] = _Settling(_state(file), time.monotonic())

    def due(self) -> list[Path]:
        """The files to be read now, which leave the queue."""
        now = time.monotonic()
        ready = []
        for path, seen in list(self._changed.items()):
            if (state := _state(path)) != seen.state:
                self._changed[path] = _Settling(state, now)
            elif now - seen.since >= self._settled:
                del self._changed[path]
                ready.append(path)
        again = [
            path for path, (when, _) in self._failed.items() if when <= now and path not in self._changed
        ]
        return sorted({*ready, *again})

    def learn(self, report: Report) -> None:
        """Takes note of what failed and is there, and what did not."""
        now = time.monotonic()
        for outcome in report.outcomes:
            _, pause = self._failed.pop(outcome.path, (0.0, _FIRST_RETRY / 2))
            if outcome.status is Status.FAILED and os.path.lexists(outcome.path):
                pause = min(2 * pause, _LAST_RETRY)
                self._failed[outcome.path] = (now + pause, pause)

    def _records_at(self, path: Path) -> list[Path]:
        if path.is_dir():
            return list_files([path])
        if path.name == OVERRIDES:
            return list_files([path.parent])
        return [path] if path.suffix.lower() in SUFFIXES and not is_ignored(path) else []


def _state(path: Path) -> tuple[int, int] | None:
    try:
        status = os.lstat(path)
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size
