"""What one leafs through: the meetings held."""

from collections.abc import Sequence
from html import escape

from qa.answers import MeetingRef
from qa.interface import Interface, holdings, words_in
from qa.render import meetings_html


def meetings(held: Sequence[MeetingRef], language: Interface) -> str:
    """The list of meetings as its own sheet."""
    words = words_in(language)
    if not held:
        return f'<div class="mb-sheet" lang="{language}"><p class="mb-aside">{words.no_records}</p></div>'
    summary = escape(holdings(held, language))
    return (
        f'<div class="mb-sheet" lang="{language}"><h2>{words.tab_meetings}</h2>'
        f'<p class="mb-aside">{summary}</p>{meetings_html(held, language)}</div>'
    )
