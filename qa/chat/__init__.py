"""The chat as a page on Gradio: `build` lays it out, `launch` serves it; `app.py` is its command line.

Only here is Gradio known. `wire` carries what happens in the browser to Python, each screen has a file that lays out
its parts and says what happens in them (`ask`, `browse`), `line` keeps those in order who ask at once, `server` serves
the page. What is shown is made as HTML by `qa.page`.
"""

import inspect
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"  # before the import: Gradio reports the import itself
os.environ["GRADIO_ANALYTICS_MAX_EVENTS"] = "1"  # it sums up all events that it remembers after each one,
os.environ["GRADIO_ANALYTICS_CACHE_FREQUENCY"] = str(10**9)  # for a page of its own that is not served here


@contextmanager
def _no_stubs() -> Iterator[None]:
    """Keeps Gradio from writing stubs for editors among the installed files, which is a third of its import.

    It leaves out components whose file it cannot name; while it is imported, those are all of them.
    """
    getfile = inspect.getfile

    def named(thing: Any) -> str:
        if type(thing).__name__ == "ComponentMeta":
            raise OSError("no stubs are wanted")
        return getfile(thing)

    inspect.getfile = named
    try:
        yield
    finally:
        inspect.getfile = getfile


with _no_stubs():
    import gradio  # noqa: F401

from qa.chat.screens import build  # noqa: E402
from qa.chat.server import launch  # noqa: E402

__all__ = ["build", "launch"]
