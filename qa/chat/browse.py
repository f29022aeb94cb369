"""The screens one leafs through: the address says what is shown."""

import io
from collections.abc import Callable

import gradio as gr

from qa import Minutebook
from qa.chat.wire import Wire, html, language_of, screen, sentence_for
from qa.errors import QaError
from qa.filters import Filters, number_of
from qa.interface import Interface
from qa.page import address, decisions, frame, meetings, timeline
from qa.page.filters import Query, value
from qa.page.record import meeting_of
from qa.page.sheet import leaf_of, sheet
from qa.register import Entries, Entry
from qa.words.browse import WORDS

CSV = "text/csv"


def lay_out(wire: Wire, book: Minutebook) -> None:
    """One part that shows what the address asks for, and the register as a file."""
    with screen("browse"):
        leaf = html("mb-leaf")

    def visit(request: gr.Request, event: gr.EventData) -> str:
        language, asked = language_of(request), str(event.query)
        try:
            page = _page(book, address.read(asked), language)
        except Exception as problem:
            page = sheet(language, frame.trouble(sentence_for(problem, language), language))
        return leaf_of(asked, page)

    def table(event: gr.EventData) -> str:
        written = io.StringIO()
        try:
            _entries(book, address.read(str(event.query))).to_csv(written)
        except QaError:  # the screen of that address says what is wrong with it
            return ""
        return frame.download("decisions.csv", CSV, ("\ufeff" + written.getvalue()).encode("utf-8"))

    wire.on("visit", visit, outputs=[leaf])
    wire.on("table", table, outputs=[wire.saved])


def _page(book: Minutebook, query: Query, language: Interface) -> str:
    """What an address asks for."""
    if meeting := value(query, "meeting"):
        return _meeting(book, meeting, language)
    if decision := value(query, "decision"):
        return _decision(book, decision, language)
    return _SCREENS.get(value(query, "view"), _meetings)(book, query, language)


def _meetings(book: Minutebook, query: Query, language: Interface) -> str:
    session = number_of(value(query, "session"))
    found = book.meetings(
        value(query, "text"),
        since=value(query, "since") or None,
        until=value(query, "until") or None,
        body=value(query, "body") or None,
        sessions=() if session is None else [session],
    )
    return meetings.meetings_page(found, len(book.meetings()), book.bodies(), query, language)


def _decisions(book: Minutebook, query: Query, language: Interface) -> str:
    return decisions.decisions_page(_entries(book, query), book.bodies(), query, language)


def _timeline(book: Minutebook, query: Query, language: Interface) -> str:
    topic = value(query, "topic")
    found = book.timeline(topic, **_filters(query)) if topic else None
    return timeline.timeline_page(found, book.bodies(), query, language)


def _meeting(book: Minutebook, record_id: str, language: Interface) -> str:
    record = book.record(record_id)
    if record is None:
        return meetings.gone(language)
    entries = book.decisions(records=[record_id])
    return meetings.meeting_page(meetings.Shown(record, meeting_of(record), entries), language)


def _decision(book: Minutebook, written: str, language: Interface) -> str:
    place = address.Place.read(written)
    entry = _entry(book, place) if place else None
    if entry is None:
        return meetings.gone(language, WORDS[language].gone_decision)
    return decisions.decision_page(entry, language)


def _entry(book: Minutebook, place: address.Place) -> Entry | None:
    """The entry of the register whose words stand there, in the version that readers see."""
    found = book.decisions(records=[place.record_id], kind=list(decisions.DecisionKind))
    return next((entry for entry in found if decisions.place_of(entry) == place), None)


def _entries(book: Minutebook, query: Query) -> Entries:
    kind, owner = value(query, "kind"), value(query, "owner")
    return book.decisions(
        value(query, "topic") or None, kind=kind or None, owner=owner or None, **_filters(query)
    )


def _filters(query: Query) -> Filters:
    body = value(query, "body")
    return {
        "since": value(query, "since") or None,
        "until": value(query, "until") or None,
        "bodies": (body,) if body else (),
    }


_SCREENS: dict[str, Callable[[Minutebook, Query, Interface], str]] = {
    "meetings": _meetings,
    "decisions": _decisions,
    "timeline": _timeline,
}
