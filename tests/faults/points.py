"""Fault points: before and after every statement, commit, Chroma call, rename, unlink and removal of a folder.

`Points` counts them as an ingest passes them, from outside: the product has no switches for tests. At the chosen
one it does what it was told: kill this process, or raise.
"""

import errno
import os
import shutil
import signal
import sqlite3
from collections.abc import Callable
from typing import Any

import sqlalchemy as sa

from ingest.catalog import Catalog
from ingest.vectors import DenseIndex, VectorStoreError

Act = Callable[[str], None]


def kill(_: str) -> None:
    """Ends this process as a power cut would."""
    os.kill(os.getpid(), signal.SIGKILL)


def fail(name: str) -> None:
    """Raises what the thing that is about to be done, or was done, may raise."""
    if name == "after commit":
        return  # it is done and said: nothing can fail there any more
    if "chroma" in name:
        raise VectorStoreError(f"fault {name}")
    if any(word in name for word in ("replace", "rename", "unlink", "rmtree")):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    raise sa.exc.OperationalError(None, None, sqlite3.OperationalError("disk I/O error"))


def record(names: list[str]) -> Act:
    """Only writes down what is passed."""
    return names.append


class Points:
    """The points passed so far; `act` is called with the name of each one whose number is in `at` (None: all)."""

    def __init__(self, act: Act, at: frozenset[int] | None = None) -> None:
        self.act = act
        self.at = at
        self.passed = 0

    def __call__(self, name: str) -> None:
        self.passed += 1
        if self.at is None or self.passed in self.at:
            self.act(name)

    def watch_catalog(self, catalog: Catalog) -> None:
        """Statements and commits of one catalog."""
        events = sa.event
        events.listen(
            catalog.engine, "before_cursor_execute", lambda c, k, s, *_: self(f"before {_short(s)}")
        )
        events.listen(catalog.engine, "after_cursor_execute", lambda c, k, s, *_: self(f"after {_short(s)}"))
        events.listen(catalog.engine, "commit", lambda c: self("before commit"))
        events.listen(catalog.engine, "checkin", lambda *_: self("after commit"))

    def watch_chroma(self, patch: Callable[[Any, str, Any], None]) -> None:
        """Calls of Chroma; `patch(owner, name, replacement)` sets an attribute."""
        call, opening, closing = DenseIndex._call, DenseIndex.open, DenseIndex.close

        def watched(dense: DenseIndex, name: str, **arguments: Any) -> Any:
            self(f"before chroma {name}")
            result = call(dense, name, **arguments)
            self(f"after chroma {name}")
            return result

        def watched_open(dense: DenseIndex) -> DenseIndex:
            self("before chroma open")
            opened = opening(dense)
            self("after chroma open")
            return opened

        def watched_close(dense: DenseIndex) -> None:
            self("before chroma close")
            closing(dense)
            self("after chroma close")

        patch(DenseIndex, "_call", watched)
        patch(DenseIndex, "open", watched_open)
        patch(DenseIndex, "close", watched_close)

    def watch_files(self, patch: Callable[[Any, str, Any], None]) -> None:
        """Renames, unlinks and removals of folders."""
        for owner, name in ((os, "replace"), (os, "rename"), (os, "unlink"), (shutil, "rmtree")):
            patch(owner, name, self._around(name, getattr(owner, name)))

    def _around(self, name: str, original: Callable[..., Any]) -> Callable[..., Any]:
        def watched(*arguments: Any, **named: Any) -> Any:
            self(f"before {name}")
            result = original(*arguments, **named)
            self(f"after {name}")
            return result

        return watched


def _short(statement: str) -> str:
    words = statement.split()
    return " ".join(words[:3] if words[0] in ("INSERT", "DELETE") else words[:2])
