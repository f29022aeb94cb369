"""The frame of the page: its style sheets and scripts, its head with the ways to every screen, its troubles.

The files in `style/` and `script/` name the classes and ids used by the modules of this package.
"""

import base64
import secrets
from collections.abc import Sequence
from html import escape
from importlib.resources import files

from qa.answers import MeetingRef
from qa.interface import Interface, holdings, words_in

COOKIE = "minutebook-language"  # holds the language chosen on the page
SCREENS = ("ask", "meetings", "decisions", "timeline", "history", "intake")  # in the order they are offered
BROWSE = {"meetings", "decisions", "timeline"}  # screens that one part shows, by the address
STYLES = ("page", "ask", "evidence", "record", "browse", "keep", "intake")
SCRIPTS = ("page", "ask", "evidence", "record", "keep", "intake")


def head() -> str:
    """The style sheets and scripts, for the head of the page."""
    here = files(__package__)
    style = "".join(here.joinpath("style", f"{name}.css").read_text("utf-8") for name in STYLES)
    script = "".join(here.joinpath("script", f"{name}.js").read_text("utf-8") for name in SCRIPTS)
    return f"<style>{style}{_shown_screens()}</style><script>{script}</script>"


def _shown_screens() -> str:
    """The rules that show the screen the address names and no other."""
    columns = sorted({"browse" if name in BROWSE else name for name in SCREENS})
    return "".join(f'[data-column="{name}"] #mb-screen-{name} {{ display: flex }}' for name in columns)


def masthead(meetings: Sequence[MeetingRef], language: Interface, screens: Sequence[str] = SCREENS) -> str:
    """The head of the page: its name, what the records hold, these screens, the other language."""
    words = words_in(language)
    held = holdings(meetings, language) if meetings else ""
    links = "".join(
        f'<a href="?view={name}" data-screen="{name}"'
        f' data-column="{"browse" if name in BROWSE else name}">{getattr(words, f"tab_{name}")}</a>'
        for name in screens
    )
    other, own_name = ("en", "English") if language == "zh" else ("zh", "中文")
    return (
        f'<header class="mb-masthead" lang="{language}"><h1><a href="./">Minutebook</a></h1>'
        f'<p class="mb-holdings">{escape(held)}</p>'
        f'<nav class="mb-screens" aria-label="{words.screens}">{links}</nav>'
        f'<button type="button" class="mb-language" data-language="{other}" lang="{other}">{own_name}</button></header>'
    )


def trouble(sentence: str, language: Interface, question: str = "") -> str:
    """A sentence about something that could not be done; a question that was not answered goes back to its box."""
    if not sentence:
        return ""
    back = f' data-question="{escape(question)}"' if question else ""
    return f'<p class="mb-trouble" role="alert" lang="{language}"{back}>{escape(sentence)}</p>'


def download(name: str, kind: str, content: bytes) -> str:
    """A file for the browser to save: a link that holds it, which the script follows once."""
    number, held = secrets.token_hex(4), base64.b64encode(content).decode()
    return f'<a hidden download="{escape(name)}" data-number="{number}" href="data:{kind};base64,{held}"></a>'
