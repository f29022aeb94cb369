"""What a file says of its meeting, worked out where a long one can only hurt itself.

Rules take time with the text, and a text nobody foresaw may take one of them far too long. One of ordinary length is
understood here; a longer one in a process (`ingest.workers`) that is killed at the deadline, or when whoever asks is to
end. No foreign parser runs in that process, so that what passes between the two may be pickles.
"""

import pickle
import signal
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ingest.characters import blanked, plain_characters
from ingest.decisions import find_decisions
from ingest.errors import ReadError
from ingest.minutes import Understood, understand
from ingest.readers.opening import MiB
from ingest.records import Decision, Document
from ingest.workers import Gone, Pool, serve

SECONDS = 60.0
_PER_MILLION = 30.0  # seconds more for each million characters: they take some 6 on an idle machine
MEMORY = 3072 * MiB
_HERE_MOST = 50_000  # characters: a rule that takes time with their square is done in seconds

_pool = Pool("ingest.understanding")


@dataclass(frozen=True, slots=True)
class Reading:
    """A document understood, and the decisions found in it."""

    understood: Understood
    decisions: tuple[Decision, ...]


def read_document(
    document: Document, path: Path, stated: Mapping[str, str], *, seconds: float = SECONDS
) -> Reading:
    """The meeting a document records, and its decisions.

    path    names of file and folders may hold the date
    stated  what the clerk states of it

    Raises ReadError where that takes longer than `seconds`, and more for a long text, or more memory than there is.
    """
    if len(document.text) <= _HERE_MOST:
        return _read(document, path, stated)
    seconds += _PER_MILLION * len(document.text) / 1e6
    worker = _pool.take(MEMORY)
    try:
        answer = worker.ask(b"", pickle.dumps((document, path, dict(stated))), seconds)
    except Gone as gone:
        _pool.stop(worker)
        raise ReadError(path, _reason(gone, seconds)) from None
    except BaseException:
        _pool.stop(worker)
        raise
    _pool.give_back(worker, spent=not answer)
    if not answer:
        raise ReadError(path, f"understanding it takes more than {MEMORY // MiB} MiB; {_SPLIT}")
    reading = pickle.loads(answer)
    if isinstance(reading, Exception):
        raise reading
    return reading


_SPLIT = "split it into one file per meeting"


def _reason(gone: Gone, seconds: float) -> str:
    if gone.took_too_long:
        return f"understanding it took longer than {seconds:.0f} seconds; {_SPLIT}"
    if gone.code == -signal.SIGKILL:
        return f"understanding it was stopped by the system, which was short of memory; {_SPLIT}"
    return f"understanding it ended the process that did it ({gone.code}); {_SPLIT}"


def _read(document: Document, path: Path, stated: Mapping[str, str]) -> Reading:
    understood = understand(document, path=path, overrides=stated)
    sections, turns = understood.sections, understood.turns
    text = blanked(plain_characters(document.text), understood.omitted)  # what is omitted is never evidence
    meeting = understood.meeting
    people = [name for name in (*meeting.attendees, *meeting.others, meeting.chair) if name]
    found = find_decisions(text, sections, turns, date=meeting.date, people=people)
    return Reading(understood, found)


def _answer(_: bytes, question: bytes) -> bytes:
    """The reading, or the exception that was met, pickled; nothing where memory ran out."""
    try:
        try:
            return pickle.dumps(_read(*pickle.loads(question)))
        except MemoryError:
            return b""
        except Exception as error:  # raised again where it was asked for
            return pickle.dumps(error)
    except MemoryError:
        return b""


if __name__ == "__main__":
    from ingest.understanding import _answer as answer  # as the module that whoever asks knows it by

    memory, lifeline = map(int, sys.argv[1:])
    serve(memory, lifeline, answer)
