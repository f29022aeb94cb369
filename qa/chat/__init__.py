"""The chat as a page on Gradio: `build` lays it out, `launch` serves it; `app.py` is its command line.

Only here is Gradio known. `wire` carries what happens in the browser to Python, each screen has a file that lays out
its parts and says what happens in them (`ask`, `browse`), `line` keeps those in order who ask at once, `server` serves
the page. What is shown is made as HTML by `qa.page`.
"""

import os

os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"  # before the import: Gradio reports the import itself

from qa.chat.screens import build
from qa.chat.server import launch

__all__ = ["build", "launch"]
