"""Processes that do one thing at a time under limits of memory and processor time, and are killed at the deadline.

    pool = Pool("ingest.parsing")            # `python -m ingest.parsing MEMORY LIFELINE` calls `serve`
    worker = pool.take(memory)
    answer = worker.ask(what, data, seconds)   # bytes all; raises Gone where there is none
    pool.give_back(worker)

Workers are reused, and replaced after `FILES_PER_WORKER` files and after every failure. They die with the process that
started them, even when that one is killed, and have no network where the system allows to take it away.
"""

import atexit
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
from collections.abc import Callable
from pathlib import Path

from ingest.readers.opening import MiB
from ingest.stopping import go_on

FILES_PER_WORKER = 200
_STEP = 0.1  # seconds between two looks whether an answer is still wanted
_LENGTH = struct.Struct(">Q")  # each message is preceded by its length in bytes
_HEAD = struct.Struct(">QQd")  # before a question: the lengths of its two parts, and the seconds it may take
_ROOT = Path(__file__).resolve().parent.parent


class Gone(Exception):
    """The worker gave no answer: `code` is how it ended, None where it was still running at the deadline."""

    def __init__(self, code: int | None) -> None:
        self.code = code
        super().__init__(f"the worker ended with {code}")

    @property
    def took_too_long(self) -> bool:
        return self.code is None or self.code == -signal.SIGXCPU


# The asking side: workers at hand.


class Pool:
    """The workers of one kind that this process has; `module` is what they run. Safe for several threads."""

    def __init__(self, module: str) -> None:
        self._module = module
        self._forget()
        if hasattr(os, "register_at_fork"):  # those of the process this one was forked from are not ours
            os.register_at_fork(after_in_child=self._forget)
        atexit.register(self.close)

    def take(self, memory: int) -> "Worker":
        """A worker that may use `memory` bytes."""
        with self._lock:
            for place, worker in enumerate(self._idle):
                if worker.memory == memory:
                    return self._idle.pop(place)
        worker = Worker(self._module, memory)
        with self._lock:
            self._alive.add(worker.process)
        return worker

    def give_back(self, worker: "Worker", *, spent: bool = False) -> None:
        """Keeps a worker for the next file; ends one that is spent."""
        worker.files += 1
        if spent or worker.files >= FILES_PER_WORKER:
            self.stop(worker)
            return
        with self._lock:
            self._idle.append(worker)

    def stop(self, worker: "Worker") -> None:
        worker.stop()
        with self._lock:
            self._alive.discard(worker.process)

    def close(self) -> None:
        """Stops all idle workers."""
        with self._lock:
            workers, self._idle = self._idle, []
        for worker in workers:
            self.stop(worker)

    def processes(self) -> list[int]:
        """Process ids of the workers, idle and busy."""
        with self._lock:
            return sorted(self._alive)

    def _forget(self) -> None:
        self._inherited = getattr(self, "_idle", [])  # kept, so that nothing of them is closed here
        self._lock, self._idle, self._alive = threading.Lock(), list["Worker"](), set[int]()


class Worker:
    """One worker process; `ask` it one thing at a time."""

    def __init__(self, module: str, memory: int) -> None:
        self.memory = memory
        self.files = 0
        self._scratch = tempfile.mkdtemp(prefix="minutebook-")  # for the work; goes when the worker ends
        lifeline, self._lifeline = os.pipe()  # it ends when this process does, and the worker with it
        try:
            self._process = subprocess.Popen(
                [sys.executable, "-m", module, str(memory), str(lifeline)],
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
        assert self._process.stdin
        os.set_blocking(self._process.stdin.fileno(), False)  # one that does not listen must not hold us up

    @property
    def process(self) -> int:
        return self._process.pid

    def ask(self, what: bytes, data: bytes, seconds: float) -> bytes:
        """The worker's answer; raises Gone when it ends first or the time is over, Stopped when it is not wanted."""
        assert self._process.stdin and self._process.stdout
        deadline = time.monotonic() + seconds + 1.0  # the worker counts its own seconds too
        with selectors.DefaultSelector() as selector:
            selector.register(self._process.stdin, selectors.EVENT_WRITE)
            for part in (_HEAD.pack(len(what), len(data), seconds), what, data):
                self._send(part, selector, deadline)
            selector.unregister(self._process.stdin)
            selector.register(self._process.stdout, selectors.EVENT_READ)
            (length,) = _LENGTH.unpack(self._receive(_LENGTH.size, selector, deadline))
            if length > self.memory:  # no sound worker has that much to say
                raise Gone(-signal.SIGABRT)
            return self._receive(length, selector, deadline)

    def _send(self, data: bytes, selector: selectors.BaseSelector, deadline: float) -> None:
        assert self._process.stdin
        left = memoryview(data)
        while left:
            _wait(selector, deadline)
            try:
                left = left[os.write(self._process.stdin.fileno(), left[:MiB]) :]
            except BrokenPipeError:
                raise Gone(self._process.wait()) from None

    def _receive(self, count: int, selector: selectors.BaseSelector, deadline: float) -> bytes:
        assert self._process.stdout
        pieces = []
        while count:
            _wait(selector, deadline)
            piece = os.read(self._process.stdout.fileno(), min(count, MiB))
            if not piece:
                raise Gone(self._process.wait())
            pieces.append(piece)
            count -= len(piece)
        return b"".join(pieces)

    def stop(self) -> None:
        """Kills the worker and what it started, and waits for its end."""
        assert self._process.stdin and self._process.stdout
        if self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        self._process.stdin.close()
        self._process.stdout.close()
        os.close(self._lifeline)
        shutil.rmtree(self._scratch, ignore_errors=True)


def _wait(selector: selectors.BaseSelector, deadline: float) -> None:
    """Until the pipe is ready. Raises Gone at the deadline, Stopped when nobody wants the answer any more."""
    while not selector.select(min(_STEP, max(0.0, deadline - time.monotonic()))):
        go_on()
        if time.monotonic() >= deadline:
            raise Gone(None)


def _environment(scratch: str) -> dict[str, str]:
    """What a reader needs of the environment, and no secrets."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "LC_ALL") if name in os.environ}
    path = os.pathsep.join([str(_ROOT), *filter(None, sys.path)])
    return kept | {"TMPDIR": scratch, "PYTHONPATH": path, "PYTHONSAFEPATH": "1"}


# The answering side: what a worker process runs.


def serve(memory: int, lifeline: int, answer: Callable[[bytes, bytes], bytes]) -> None:
    """Answers question after question, within `memory` bytes, until whoever asks is gone."""
    answers = os.dup(1)
    os.dup2(2, 1)  # what a library prints must not stand among the answers
    die_with_the_asker(lifeline)
    _leave_the_network()
    _limit(memory)
    questions = sys.stdin.buffer
    while head := questions.read(_HEAD.size):
        length, size, seconds = _HEAD.unpack(head)
        what, data = questions.read(length), questions.read(size)
        _limit_processor_time(seconds)
        said = answer(what, data)
        del data
        _write(answers, _LENGTH.pack(len(said)))
        _write(answers, said)


def _write(descriptor: int, data: bytes) -> None:
    left = memoryview(data)
    while left:
        left = left[os.write(descriptor, left) :]


def die_with_the_asker(lifeline: int) -> None:
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
