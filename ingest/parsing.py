"""Reading a file where a hostile one can only hurt itself: in a process of its own, bounded and killable.

`parse` hands the path to a worker process that runs `readers.read` under limits of memory and processor time,
without network where the system allows to take it away, and is killed at the deadline. Workers are reused,
and replaced after `_FILES_PER_WORKER` files and after every failure. What comes back is JSON, never a pickle:
a worker a file has taken over can lie about that file and do nothing else here. Workers die with the process
that started them, even when that one is killed.

Plain text and Markdown of moderate size are read here: no foreign parser sees them.
"""

import atexit
import json
import os
import selectors
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import astuple
from pathlib import Path
from typing import Any

from ingest.errors import EmptyFile, NotText, ReadError, Unsupported
from ingest.readers import PLAIN, read
from ingest.readers.opening import MiB
from ingest.records import Document, Heading, Page, Span, Voice

_FILES_PER_WORKER = 200
_PLAIN_MOST = 20 * MiB  # larger plain files go to a worker too
_LENGTH = struct.Struct(">Q")  # each message is preceded by its length in bytes
_ROOT = Path(__file__).resolve().parent.parent
_ERRORS = {kind.__name__: kind for kind in (ReadError, EmptyFile, NotText, Unsupported)}
_SAVE_ANEW = "open it in the program it was made with and save it anew, or save it as text"


def parse(path: Path, *, seconds: float = 60, memory: int = 1024 * MiB) -> Document:
    """The file as a document, read within `seconds` and `memory` bytes.

    Raises the `ReadError` the reader met, or one that says that it crashed or ran into a limit. Safe to call
    from several threads: each has a worker of its own while it parses.
    """
    if _is_harmless(path):
        return read(path)
    worker = _take(memory)
    try:
        reply = worker.ask({"path": os.path.abspath(path), "seconds": seconds}, seconds)
        document = _document(reply, path)
    except _Gone as gone:
        worker.stop()
        raise ReadError(path, gone.reason(seconds)) from None
    except ReadError:
        _give_back(worker, reply)
        raise
    except BaseException:
        worker.stop()
        raise
    _give_back(worker, reply)
    return document


def close() -> None:
    """Stop all idle workers; called at exit, and whenever a caller wants their memory back."""
    with _lock:
        workers, _idle[:] = _idle[:], []
    for worker in workers:
        worker.stop()


def worker_ids() -> list[int]:
    """Process ids of the workers of this process, idle and busy."""
    with _lock:
        return sorted(_alive)


def _is_harmless(path: Path) -> bool:
    if path.suffix.lower() not in PLAIN:
        return False
    try:
        return os.lstat(path).st_size <= _PLAIN_MOST
    except (OSError, ValueError):
        return True  # `read` says what is wrong with it


# The asking side: workers at hand.

_alive: set[int] = set()
_idle: list["_Worker"] = []
_inherited: list["_Worker"] = []  # of the process this one was forked from; not ours to use or to stop
_lock = threading.Lock()


def _take(memory: int) -> "_Worker":
    with _lock:
        for place, worker in enumerate(_idle):
            if worker.memory == memory:
                return _idle.pop(place)
    return _Worker(memory)


def _give_back(worker: "_Worker", reply: dict[str, Any]) -> None:
    worker.files += 1
    if worker.files >= _FILES_PER_WORKER or reply.get("spent"):
        worker.stop()
        return
    with _lock:
        _idle.append(worker)


def _forget_after_fork() -> None:
    global _lock
    _lock = threading.Lock()
    _inherited.extend(_idle)
    _idle.clear()
    _alive.clear()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget_after_fork)
atexit.register(close)


class _Gone(Exception):
    """The worker gave no answer: `code` is how it ended, None where it was still running at the deadline."""

    def __init__(self, code: int | None) -> None:
        self.code = code
        super().__init__(f"the worker ended with {code}")

    def reason(self, seconds: float) -> str:
        if self.code is None or self.code == -signal.SIGXCPU:
            return f"reading it took longer than {seconds:g} seconds; split it into one file per meeting"
        if self.code == -signal.SIGKILL:
            return f"reading it was stopped by the system, which was short of memory; {_SAVE_ANEW}"
        end = signal.Signals(-self.code).name if self.code < 0 else f"exit code {self.code}"
        return f"it makes the reader crash ({end}), it is damaged or hostile; {_SAVE_ANEW}"


class _Worker:
    """One worker process; `ask` it one thing at a time."""

    def __init__(self, memory: int) -> None:
        self.memory = memory
        self.files = 0
        self._scratch = tempfile.mkdtemp(prefix="minutebook-")  # for the reader; goes when the worker ends
        lifeline, self._lifeline = os.pipe()  # it ends when this process does, and the worker with it
        try:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "ingest.parsing", str(memory), str(lifeline)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                pass_fds=(lifeline,),
                env=_environment(self._scratch),
                cwd="/",
                start_new_session=True,
            )
        except BaseException:
            os.close(self._lifeline)
            os.rmdir(self._scratch)
            raise
        finally:
            os.close(lifeline)
        with _lock:
            _alive.add(self._process.pid)

    def ask(self, question: dict[str, Any], seconds: float) -> dict[str, Any]:
        """The worker's answer; raises _Gone when it ends first or the time is over."""
        assert self._process.stdin and self._process.stdout
        deadline = time.monotonic() + seconds + 1.0  # the worker counts its own seconds too
        try:
            _send(self._process.stdin.fileno(), question)
        except BrokenPipeError:
            raise _Gone(self._process.wait()) from None
        with selectors.DefaultSelector() as selector:
            selector.register(self._process.stdout, selectors.EVENT_READ)
            (length,) = _LENGTH.unpack(self._receive(_LENGTH.size, selector, deadline))
            if length > self.memory:  # no sound worker has that much to say
                raise _Gone(-signal.SIGABRT)
            reply = self._receive(length, selector, deadline)
        try:
            return json.loads(reply)
        except ValueError:
            raise _Gone(-signal.SIGABRT) from None

    def _receive(self, count: int, selector: selectors.BaseSelector, deadline: float) -> bytes:
        assert self._process.stdout
        pieces = []
        while count:
            if not selector.select(max(0.0, deadline - time.monotonic())):
                raise _Gone(None)
            piece = os.read(self._process.stdout.fileno(), min(count, MiB))
            if not piece:
                raise _Gone(self._process.wait())
            pieces.append(piece)
            count -= len(piece)
        return b"".join(pieces)

    def stop(self) -> None:
        """Kill the worker and what it started, and wait for its end."""
        assert self._process.stdin and self._process.stdout
        if self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        self._process.stdin.close()
        self._process.stdout.close()
        os.close(self._lifeline)
        shutil.rmtree(self._scratch, ignore_errors=True)
        with _lock:
            _alive.discard(self._process.pid)


def _environment(scratch: str) -> dict[str, str]:
    """What a reader needs of the environment, and no secrets."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "LC_ALL") if name in os.environ}
    path = os.pathsep.join([str(_ROOT), *filter(None, sys.path)])
    return kept | {"TMPDIR": scratch, "PYTHONPATH": path, "PYTHONSAFEPATH": "1"}


def _send(descriptor: int, message: dict[str, Any]) -> None:
    data = json.dumps(message).encode("ascii")
    data = _LENGTH.pack(len(data)) + data
    while data:
        data = data[os.write(descriptor, data) :]


def _document(reply: dict[str, Any], path: Path) -> Document:
    """The document a worker sent, or the error it met, raised; `_reply` is the counterpart.

    Raises _Gone where the reply is none a sound worker sends.
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
        )
        document.text.encode()  # no lone surrogates
    except (AttributeError, KeyError, TypeError, ValueError):
        raise _Gone(-signal.SIGABRT) from None
    spans = (*document.headings, *document.pages, *document.voices, *document.omitted)
    if any(span.end > len(document.text) for span in spans):
        raise _Gone(-signal.SIGABRT)
    return document


# The answering side: what a worker process runs.


def _serve(memory: int, lifeline: int) -> None:
    answers = os.dup(1)
    os.dup2(2, 1)  # what a library prints must not stand among the answers
    _die_with_the_asker(lifeline)
    _leave_the_network()
    _limit(memory)
    questions = sys.stdin.buffer
    while head := questions.read(_LENGTH.size):
        question = json.loads(questions.read(_LENGTH.unpack(head)[0]))
        _limit_processor_time(question["seconds"])
        _send(answers, _reply(Path(question["path"]), memory))


def _reply(path: Path, memory: int) -> dict[str, Any]:
    try:
        document = read(path)
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
    return {"text": document.text, "fields": document.fields, "notes": document.notes, **spans}


def _die_with_the_asker(lifeline: int) -> None:
    """SIGIO, deadly by default, for this process group when the asker's end of the pipe closes.

    The parent-death signal of Linux would come when the asking *thread* ends, which is too early.
    """
    import fcntl

    fcntl.fcntl(lifeline, fcntl.F_SETOWN, -os.getpgrp())
    fcntl.fcntl(lifeline, fcntl.F_SETFL, fcntl.fcntl(lifeline, fcntl.F_GETFL) | os.O_ASYNC | os.O_NONBLOCK)
    try:
        already_closed = os.read(lifeline, 1) == b""
    except BlockingIOError:
        already_closed = False
    if already_closed:
        raise SystemExit(0)


def _leave_the_network() -> None:
    """Move into an empty network namespace where the system lets an ordinary user do so.

    No reader uses the network; this holds for a reader that was taken over too.
    """
    if not sys.platform.startswith("linux"):
        return
    import ctypes

    new_user, new_network = 0x10000000, 0x40000000  # CLONE_NEWUSER, CLONE_NEWNET of sched.h
    ctypes.CDLL(None).unshare(new_user | new_network)


def _limit(memory: int) -> None:
    import resource

    _, most = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (memory, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _limit_processor_time(seconds: float) -> None:
    """The processor time used so far plus `seconds`; SIGXCPU ends the process there."""
    import resource

    _, most = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (int(time.process_time() + seconds) + 2, most))


if __name__ == "__main__":
    _serve(int(sys.argv[1]), int(sys.argv[2]))
