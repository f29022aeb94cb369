"""What the screens one leafs through are made of: the sheet itself, and links and tags that recur on it."""

from html import escape

from qa.answers import MeetingRef
from qa.interface import Interface
from qa.phrases import kind_words
from qa.render import lang_of, meeting_link
from qa.words.browse import WORDS


def sheet(language: Interface, *parts: str, opens: str = "") -> str:
    """One screen; `opens`: the place of a record that is opened beside it, as the script takes it, escaped."""
    beside = f' data-opens="{opens}"' if opens else ""
    return f'<div class="mb-sheet" lang="{language}"{beside}>{"".join(parts)}</div>'


def leaf_of(asked: str, page: str) -> str:
    """A screen as an answer to the query of an address, which the script knows it by."""
    return f'<div data-query="{escape(asked)}">{page}</div>'


def title(name: str) -> str:
    """The heading of a screen, which has the focus when it is opened."""
    return f'<h2 tabindex="-1">{name}</h2>'


def aside(sentence: str) -> str:
    """A quiet sentence."""
    return f'<p class="mb-aside">{sentence}</p>'


def trail(view: str, name: str) -> str:
    """The way back to a list."""
    return f'<p class="mb-trail"><a href="?view={view}">{name}</a></p>'


def kind_tag(kind: str, language: Interface) -> str:
    """What kind of entry it is."""
    return f'<span class="mb-kind mb-kind-{kind}">{kind_words(kind, language)}</span>'


def titled(meeting: MeetingRef) -> str:
    """The title of a meeting above words of its record, a link to it."""
    return f'<p class="mb-item"{lang_of(meeting)}>{meeting_link(meeting, meeting.title)}</p>'


def read_button(opens: str, language: Interface, *, primary: bool = False) -> str:
    """Opens a place of a record."""
    kind = " mb-primary" if primary else ""
    words = WORDS[language]
    return f'<button type="button" class="mb-button{kind}" data-open="{opens}">{words.read_record}</button>'


def copy_button(language: Interface) -> str:
    """Copies the address of the screen."""
    words = WORDS[language]
    return (
        f'<button type="button" class="mb-button" data-copy="address" data-done="{escape(words.copied)}">'
        f"{words.copy_link}</button>"
    )
