"""Reading a file where a hostile one can only hurt itself: in a process of its own, bounded and killable.

`parse` opens the file once (`readers.opening`) and hands what it holds to a worker process (`ingest.workers`) that runs
`readers.document_of`. What comes back is JSON, never a pickle: a worker a file has taken over can lie about that file
and do nothing else here.

Plain text and Markdown of moderate size are read here: no foreign parser sees them.
"""

import json
import os
import signal
import sys
from dataclasses import astuple
from pathlib import Path
from typing import Any

from ingest.errors import EmptyFile, NotText, ReadError, Unsupported
from ingest.readers import PLAIN, document_of, take
from ingest.readers.opening import MiB, Taken
from ingest.records import Document, Heading, Page, Span, Voice
from ingest.workers import Gone, Pool, serve

SECONDS = 60.0
MEMORY = 1024 * MiB
_PLAIN_MOST = 20 * MiB  # larger plain files go to a worker too
_ERRORS = {kind.__name__: kind for kind in (ReadError, EmptyFile, NotText, Unsupported)}
_SAVE_ANEW = "open it in the program it was made with and save it anew, or save it as text"

_pool = Pool("ingest.parsing")


def parse(path: Path, *, seconds: float = SECONDS, memory: int = MEMORY) -> Document:
    """The file at a path as a document: `parse_taken` of what it holds. Raises ReadError."""
    return parse_taken(take(path), seconds=seconds, memory=memory)


def parse_taken(file: Taken, *, seconds: float = SECONDS, memory: int = MEMORY) -> Document:
    """A file as a document, read within `seconds` and `memory` bytes.

    Raises the `ReadError` the reader met, or one that says that it crashed or ran into a limit. Safe to call
    from several threads: each has a worker of its own while it parses.
    """
    if file.path.suffix.lower() in PLAIN and len(file.data) <= _PLAIN_MOST:
        return document_of(file)
    worker, reply = _pool.take(memory), dict[str, Any]()
    try:
        reply = _said(worker.ask(bytes(file.path), file.data, seconds))
        document = _document(reply, file.path)
    except Gone as gone:
        _pool.stop(worker)
        raise ReadError(file.path, _reason(gone, seconds)) from None
    except ReadError:
        _pool.give_back(worker, spent=bool(reply.get("spent")))
        raise
    except BaseException:
        _pool.stop(worker)
        raise
    _pool.give_back(worker)
    return document


def close() -> None:
    """Stop all idle workers; called at exit, and whenever a caller wants their memory back."""
    _pool.close()


def worker_ids() -> list[int]:
    """Process ids of the workers of this process, idle and busy."""
    return _pool.processes()


def _said(reply: bytes) -> dict[str, Any]:
    try:
        said = json.loads(reply)
    except (ValueError, RecursionError):
        raise Gone(-signal.SIGABRT) from None
    if not isinstance(said, dict):
        raise Gone(-signal.SIGABRT)
    return said


def _reason(gone: Gone, seconds: float) -> str:
    if gone.took_too_long:
        return f"reading it took longer than {seconds:g} seconds; split it into one file per meeting"
    if gone.code == -signal.SIGKILL:
        return f"reading it was stopped by the system, which was short of memory; {_SAVE_ANEW}"
    code = gone.code or 0
    end = signal.Signals(-code).name if code < 0 else f"exit code {code}"
    return f"it makes the reader crash ({end}), it is damaged or hostile; {_SAVE_ANEW}"


def _document(reply: dict[str, Any], path: Path) -> Document:
    """The document a worker sent, or the error it met, raised; `_reply` is the counterpart.

    Raises Gone where the reply is none a sound worker sends.
    """
    try:
        if "error" in reply:
            raise _ERRORS[reply["error"]](path, str(reply["reason"]))
        document = Document(
            text=reply["text"],
            headings=tuple(Heading(*row) for row in reply["headings"]),
            pages=tuple(Page(*row) for row in reply["pages"]),
            voices=tuple(Voice(*row) for row in reply["voices"]),
            omitted=tuple(Span(*row) for row in reply["omitted"]),
            fields=tuple((str(key), str(value)) for key, value in reply["fields"]),
            notes=tuple(map(str, reply["notes"])),
            unread=tuple((str(place), str(line)) for place, line in reply["unread"]),
        )
        document.text.encode()  # no lone surrogates
    except (AttributeError, KeyError, TypeError, ValueError):
        raise Gone(-signal.SIGABRT) from None
    spans = (*document.headings, *document.pages, *document.voices, *document.omitted)
    if any(span.end > len(document.text) for span in spans):
        raise Gone(-signal.SIGABRT)
    return document


# The answering side: what a worker process runs.


def _answer(path: bytes, data: bytes, memory: int) -> bytes:
    reply = _reply(Taken(Path(os.fsdecode(path)), data), memory)
    return json.dumps(reply).encode("ascii")


def _reply(file: Taken, memory: int) -> dict[str, Any]:
    try:
        document = document_of(file)
    except (EmptyFile, NotText, Unsupported) as error:
        return {"error": type(error).__name__, "reason": error.reason}
    except ReadError as error:  # a parser, or a program it started, gave up in the middle of something
        return {"error": "ReadError", "spent": True, "reason": error.reason}
    except MemoryError:
        most = f"{memory // MiB} MiB"
        return {
            "error": "ReadError",
            "spent": True,
            "reason": f"reading it takes more than {most}; {_SAVE_ANEW}",
        }
    except Exception as error:  # the border of the sandbox: whatever a parser throws is said and ends there
        what = f"the reader failed on it ({type(error).__name__}), it is damaged or unusual"
        return {"error": "ReadError", "spent": True, "reason": f"{what}; {_SAVE_ANEW}"}
    names = ("headings", "pages", "voices", "omitted")
    spans = {name: [astuple(span) for span in getattr(document, name)] for name in names}
    stated = {name: getattr(document, name) for name in ("fields", "notes", "unread")}
    return {"text": document.text, **stated, **spans}


if __name__ == "__main__":
    most, lifeline = map(int, sys.argv[1:])
    serve(most, lifeline, lambda path, data: _answer(path, data, most))
