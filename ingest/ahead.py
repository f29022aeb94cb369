"""Records read ahead in a process of its own, so that reading and encoding do not wait for each other's interpreter.

    with reading_ahead(files, ledger) as read:
        record = read(file, stated, digest)   # as `read_record`, and often there already

The process takes files in order, those that are known as they stand left out. What it read of a file counts only when
the file, and what the clerk states beside it, are then still what it was read from; anything else is read
where it is asked for, as are the records of a run too short for a process to be worth its start.
"""

import logging
import os
import pickle
import queue
import struct
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from itertools import chain, islice
from pathlib import Path
from typing import IO, Any

from ingest.errors import IngestError, ReadError
from ingest.ledger import Ledger
from ingest.overrides import overrides_for
from ingest.readers import take
from ingest.readers.opening import Taken
from ingest.reading import digest_of, read_record, state_of
from ingest.records import Record
from ingest.stopping import go_on
from ingest.workers import die_with_the_asker

log = logging.getLogger(__name__)

LEAST = 12  # files to be read, below which they are read here
WAITING = 16  # records read and not asked for yet
_LENGTH = struct.Struct(">Q")
_ROOT = Path(__file__).resolve().parent.parent

Read = Callable[[Taken, Mapping[str, str], str], Record]
_Found = tuple[
    str | None, Record | ReadError
]  # of which content, by its digest; None where it could not be taken


def read_here(file: Taken, stated: Mapping[str, str], digest: str) -> Record:
    """`read_record`, for who has no need of the digest."""
    del digest
    return read_record(file, stated)


@contextmanager
def reading_ahead(files: Sequence[Path], ledger: Ledger) -> Iterator[Read]:
    """How to read the records of `files`, asked for in their order; in a process ahead of the caller where it pays."""
    unknown = (place for place, path in enumerate(files) if not _is_known(path, ledger))
    first = list(islice(unknown, LEAST))
    if len(first) < LEAST:
        yield read_here
        return
    forerunner = _Forerunner(files, chain(first, unknown))
    try:
        yield forerunner.read
    finally:
        forerunner.stop()


def _is_known(path: Path, ledger: Ledger) -> bool:
    """Whether the file needs no reading: it is as it was when today's rules read it. One that cannot be read is left to
    who asks for it, as is one that was handed in.
    """
    if ledger.home(path) != path:
        return True
    try:
        known, state = ledger.file(path), state_of(path)
        if known is None or ledger.is_outdated(known):
            return False
        return known.state == state or known.digest == digest_of(take(path), overrides_for(path))
    except IngestError:
        return True


class _Forerunner:
    """The process, and the thread that asks it for one file after the other."""

    def __init__(self, files: Sequence[Path], places: Iterator[int]) -> None:
        self._places = {path: place for place, path in enumerate(files)}
        self._line: queue.Queue[tuple[int, _Found] | None] = queue.Queue(WAITING)
        self._next: tuple[int, _Found] | None = (-1, (None, ReadError(Path(), "nothing was read")))
        self._stopped = threading.Event()
        lifeline, self._lifeline = os.pipe()  # it ends when this process does, and the forerunner with it
        self._process = subprocess.Popen(
            [sys.executable, "-m", "ingest.ahead", str(lifeline)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            pass_fds=(lifeline,),
            env=os.environ | {"PYTHONPATH": os.pathsep.join([str(_ROOT), *filter(None, sys.path)])},
            start_new_session=True,  # Ctrl-C is for the one that asks, which ends this one
        )
        os.close(lifeline)
        self._thread = threading.Thread(
            target=self._ask, args=(files, places), name="forerunner", daemon=True
        )
        self._thread.start()

    def read(self, file: Taken, stated: Mapping[str, str], digest: str) -> Record:
        """The record of a file, read ahead or now. Raises ReadError."""
        place = self._places[file.path]
        while self._next is not None and self._next[0] < place:
            self._next = self._following()
        if self._next is None or self._next[0] > place:
            return read_record(file, stated)
        of, found = self._next[1]
        if of != digest:
            return read_record(file, stated)
        if isinstance(found, ReadError):
            raise found
        return found

    def _following(self) -> tuple[int, _Found] | None:
        while True:
            with suppress(queue.Empty):
                return self._line.get(timeout=0.1)
            go_on()

    def stop(self) -> None:
        self._stopped.set()
        self._process.kill()
        self._thread.join()
        self._process.wait()
        assert self._process.stdin and self._process.stdout
        self._process.stdin.close()
        self._process.stdout.close()
        os.close(self._lifeline)

    def _ask(self, files: Sequence[Path], places: Iterator[int]) -> None:
        assert self._process.stdin and self._process.stdout
        try:
            for place in places:
                _send(self._process.stdin, files[place])
                self._put((place, _receive(self._process.stdout)))
                if self._stopped.is_set():
                    return
        except (EOFError, BrokenPipeError):  # what is left is read where it is asked for
            if not self._stopped.is_set():
                log.warning("the process that reads ahead ended before its work did")
        finally:
            self._put(None)

    def _put(self, item: tuple[int, _Found] | None) -> None:
        while not self._stopped.is_set():
            with suppress(queue.Full):
                self._line.put(item, timeout=0.1)
                return


# What both sides say: pickles, which only pass between two processes of this program. Foreign parsers run in a further
# one (`ingest.parsing`), whose words are never unpickled.


def _send(pipe: IO[bytes], what: object) -> None:
    data = pickle.dumps(what, pickle.HIGHEST_PROTOCOL)
    pipe.write(_LENGTH.pack(len(data)) + data)
    pipe.flush()


def _receive(pipe: IO[bytes]) -> Any:
    """Raises EOFError when the other side is gone."""
    head = pipe.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        raise EOFError
    (length,) = _LENGTH.unpack(head)
    data = pipe.read(length)
    if len(data) < length:
        raise EOFError
    return pickle.loads(data)


def _found(path: Path) -> _Found:
    """The record of a file, or why there is none, and the content it holds for."""
    digest = None
    try:
        file, stated = take(path), overrides_for(path)
        digest = digest_of(file, stated)
        return digest, read_record(file, stated)
    except ReadError as error:
        return digest, error


def _serve(lifeline: int) -> None:
    die_with_the_asker(lifeline)
    asked, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not stand among the answers
    with suppress(EOFError, BrokenPipeError):
        while True:
            _send(answers, _found(_receive(asked)))


if __name__ == "__main__":
    _serve(int(sys.argv[1]))
