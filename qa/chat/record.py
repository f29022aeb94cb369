"""The panel in which a record is read, beside an answer or a list."""

import gradio as gr

from qa import Minutebook
from qa.chat.history import current
from qa.chat.wire import Wire, html, language_of
from qa.filters import number_of
from qa.page import record
from qa.page.turns import Turns
from qa.render import place


def lay_out(wire: Wire, book: Minutebook, kept: gr.State) -> None:
    """One panel for the whole page."""
    panel = html("mb-reader")

    def open_record(turns: Turns, request: gr.Request, event: gr.EventData) -> str:
        """The record of a citation of a turn, or one that is named, with a place in it that may be marked."""
        language = language_of(request)
        asked = event._data or {}
        turn, number = number_of(asked.get("turn")), number_of(asked.get("number"))
        answer = current(book, turns, language).answer(turn) if turn else None
        cited = [c for c in answer.citations if c.number == number] if answer else []
        if not cited:
            return _named(asked, language)
        found = book.record(cited[0].record.record_id, cited[0].version)
        if found is None or answer is None or turn is None:
            return record.gone(language)
        marks = record.marks_of(answer.citations, found)
        facts = place(cited[0], language)
        return record.reader(
            record.Opened(found, cited[0].record, book.versions(found.id), marks, turn, facts), language
        )

    def _named(asked: dict, language: record.Interface) -> str:
        found = book.record(str(asked.get("record", "")), number_of(asked.get("version")))
        if found is None:
            return record.gone(language)
        start, end = number_of(asked.get("start")) or 0, number_of(asked.get("end")) or 0
        marks = [record.Mark(start, end)] if start < end else []
        return record.reader(
            record.Opened(found, record.meeting_of(found), book.versions(found.id), marks, at=start), language
        )

    def check(request: gr.Request, event: gr.EventData) -> object:
        """Empties the panel once its record may not be read any more."""
        asked = event._data or {}
        record_id, version = str(asked.get("record") or ""), number_of(asked.get("version"))
        gone = record_id and book.record(record_id, version) is None
        return record.gone(language_of(request)) if gone else gr.skip()

    wire.on("open", open_record, [kept], [panel])
    wire.on("check", check, outputs=[panel])
