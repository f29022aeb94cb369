"""Asking a Chroma folder whether it is sound, in a process of its own: a damaged one may end by SIGSEGV.

The process is kept for a while, with Chroma loaded, and forks for each question, so that asking again is quick;
it ends by itself when it has had nothing to do, and with the process that started it.
"""

import atexit
import json
import os
import selectors
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import numpy as np

from ingest import store
from ingest.connecting import read_only_address, reading_only
from ingest.entries import entries_of
from ingest.segments import disagreement
from ingest.vectors import DenseIndex, LocalChroma, Shelf, VectorStoreError, load

SECONDS = 60.0  # for a collection of moderate size
SECONDS_PER_PASSAGE = 1e-3
_IDLE = 20.0  # seconds after which the process ends
_ASKED = 48  # passages whose own vector is looked for
_TOLD = 200  # passages whose words are compared; which may be told at all is reconciled for every one
_SAMPLE = 20_000  # passages whose vectors are compared; of more, a sample over the whole range
_ROOT = Path(__file__).resolve().parent.parent


def probe(shelf: Shelf, generation: str, catalog: Path, *, seconds: float | None = None) -> str | None:
    """What is wrong with a generation of the dense index, as a sentence; None when it can be used.

    Passages that are missing or too many are not wrong: they are reconciled. A vector that is not the catalog's
    is, and so is a search that does not find what is there. A server is asked from here: it can only hurt itself.
    """
    if not isinstance(shelf, LocalChroma):
        return examine(shelf.generation(generation), catalog)
    if seconds is None:
        with closing(sqlite3.connect(read_only_address(catalog), uri=True)) as connection:
            count = connection.execute("SELECT count(*) FROM passages").fetchone()[0]
        seconds = SECONDS + SECONDS_PER_PASSAGE * count
    # whole paths, as the process may have been started in another folder than this one is in now
    index, catalog = os.path.abspath(shelf.index), Path(os.path.abspath(catalog))
    question = {"index": index, "generation": generation, "catalog": str(catalog)}
    with _lock:
        return _asked(question, seconds)


def examine(dense: DenseIndex, catalog: Path) -> str | None:
    """Opens a collection, compares it with the catalog and searches it; what is wrong, or None."""
    try:
        dense.open()
        try:
            return compare(dense, catalog)
        finally:
            dense.close()
    except VectorStoreError as error:
        return str(error)


def close() -> None:
    """Ends the process that probes; the next question starts another."""
    with _lock:
        _end()


def compare(dense: DenseIndex, catalog: Path) -> str | None:
    """Compares an open collection with the catalog and searches it; what is wrong, or None. Raises VectorStoreError."""
    present = sorted(dense.ids())
    if dense.count() != len(present):
        return f"Chroma counts {dense.count()} passages and lists {len(present)}."
    wanted = _vectors(catalog, _spread(present, _SAMPLE))
    stored = dense.fetch(list(wanted))
    wrong = [i for i, vector in wanted.items() if not np.allclose(stored.get(i, 0), vector, atol=1e-6)]
    if wrong:
        return f"Chroma holds other vectors than the catalog for {len(wrong)} of {len(wanted)} passages."
    if problem := _other_words(dense, catalog, _spread(present, _TOLD)):
        return problem
    for i in _spread(sorted(wanted), _ASKED):
        found = dense.query(wanted[i], 200)
        if len(found) != min(200, len(present)):
            return f"Chroma finds {len(found)} passages where there are {len(present)}."
        cosines = np.array([cosine for _, cosine in found])
        true = np.array([stored[j] @ wanted[i] if j in stored else np.nan for j, _ in found])
        if (
            cosines[0] < float(wanted[i] @ wanted[i]) - 1e-3
            or np.nanmax(np.abs(cosines - true), initial=0) > 1e-3
        ):
            return f"Chroma does not find passage {i} by its own vector."
    return None


def _other_words(dense: DenseIndex, catalog: Path, ids: Sequence[int]) -> str | None:
    """Whether Chroma tells otherwise of passages than the catalog, but for those it is to be told of anew."""
    with reading_only(catalog) as connection:
        waiting = set(store.waiting(connection))
        wanted = {i: e for i, e in entries_of(connection, ids, checked=True).items() if i not in waiting}
    told = dense.entries(list(wanted))
    wrong = sum(told.get(i) != entry for i, entry in wanted.items())
    return f"Chroma tells otherwise of {wrong} of {len(wanted)} passages than the catalog." if wrong else None


def _vectors(catalog: Path, ids: Sequence[int]) -> dict[int, np.ndarray]:
    with closing(sqlite3.connect(read_only_address(catalog), uri=True)) as connection:
        rows = connection.execute(
            "SELECT p.id, v.vector FROM passages p JOIN vectors v ON v.key = p.vector_key "
            "WHERE p.id IN (SELECT value FROM json_each(?))",
            (json.dumps(list(ids)),),
        )
        return {passage_id: np.frombuffer(blob, "<f4") for passage_id, blob in rows}


def _spread(ids: Sequence[int], most: int) -> list[int]:
    """At most `most` of the ids, evenly over their range."""
    if len(ids) <= most:
        return list(ids)
    return [ids[int(place)] for place in np.linspace(0, len(ids) - 1, most)]


# The asking side.

_lock = threading.Lock()
_process: "subprocess.Popen[bytes] | None" = None


def _asked(question: dict[str, Any], seconds: float) -> str | None:
    for _ in range(2):  # an idle process may end just when it is asked
        process = _running()
        assert process.stdin and process.stdout
        try:
            process.stdin.write(json.dumps(question | {"seconds": seconds}).encode() + b"\n")
            process.stdin.flush()
        except BrokenPipeError:
            _end()
            continue
        with selectors.DefaultSelector() as selector:
            selector.register(process.stdout, selectors.EVENT_READ)
            answer = process.stdout.readline() if selector.select(seconds + 30) else None
        if answer:
            return json.loads(answer)["problem"]
        _end()
        if answer is None:
            break
    return f"Chroma did not answer within {seconds:.0f} seconds."


def _running() -> "subprocess.Popen[bytes]":
    global _process
    if _process is None or _process.poll() is not None:
        _end()
        path = os.pathsep.join([str(_ROOT), *filter(None, sys.path)])
        _process = subprocess.Popen(
            [sys.executable, "-m", "ingest.probe"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=os.environ | {"PYTHONPATH": path},
        )
    return _process


def _end() -> None:
    global _process
    process, _process = _process, None
    if process is not None:
        assert process.stdin and process.stdout
        process.kill()
        process.wait()
        process.stdout.close()
        with suppress(BrokenPipeError):  # it ended before it read the question
            process.stdin.close()


def _forget_after_fork() -> None:
    global _process, _lock
    _process, _lock = None, threading.Lock()  # the process is the parent's


os.register_at_fork(after_in_child=_forget_after_fork)
atexit.register(close)


# The answering side.


def _serve() -> None:
    """Answers the questions on stdin, a line each, from forks; ends at the end of stdin or when idle."""
    answers = os.dup(1)
    os.dup2(2, 1)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that asks
    load()  # so that the forks have it

    line = b""
    with selectors.DefaultSelector() as selector:
        selector.register(0, selectors.EVENT_READ)
        while selector.select(_IDLE):
            piece = os.read(0, 65_536)
            if not piece:
                return
            line += piece
            if line.endswith(b"\n"):
                problem = _in_fork(json.loads(line))
                os.write(answers, json.dumps({"problem": problem}).encode() + b"\n")
                line = b""


def _in_fork(question: dict[str, Any]) -> str | None:
    receive, send = os.pipe()
    child = os.fork()
    if not child:
        shelf, generation = LocalChroma(Path(question["index"])), question["generation"]
        problem = disagreement(shelf.folder(generation)) or examine(
            shelf.generation(generation), Path(question["catalog"])
        )
        os.write(send, json.dumps(problem).encode())
        os._exit(0)
    os.close(send)
    deadline = time.monotonic() + question["seconds"]
    with selectors.DefaultSelector() as selector:
        selector.register(receive, selectors.EVENT_READ)
        said = os.read(receive, 65_536) if selector.select(max(0.0, deadline - time.monotonic())) else None
    os.close(receive)
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    if said:
        return json.loads(said)
    if said is None:
        return f"Chroma did not answer within {question['seconds']:.0f} seconds."
    return f"Chroma crashed (signal {os.WTERMSIG(status)})." if os.WIFSIGNALED(status) else "Chroma crashed."


if __name__ == "__main__":
    _serve()
