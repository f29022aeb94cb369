"""A record to read: its whole text with headings, speakers and pages, the cited words marked, its other versions.

Every character of the text is in the HTML, in order; markup is only put between them.
"""

import json
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape
from itertools import pairwise

from ingest.records import Record, Section, Span
from qa.answers import Citation, MeetingRef, VersionRef, correction
from qa.interface import Interface, clock, days, meeting_days, session, words_in
from qa.render import flow, lang_of
from qa.words.record import WORDS

_SIGNS = "#*_ \t"  # a heading's own Markdown signs
_LINE_END = re.compile(r"[^\w\n]+(?=\n|$)")  # signs that end a line


@dataclass(frozen=True, slots=True)
class Mark(Span):
    """A range to be marked; `number` of the citation, 0 for a place that was linked."""

    number: int = 0


@dataclass(frozen=True, slots=True)
class Opened:
    """A record to show.

    turn   the turn whose citations are marked; 0: opened from elsewhere
    facts  what is said of the place that is shown first, before it is known to the page
    at     where the place that is shown first begins
    """

    record: Record
    meeting: MeetingRef
    versions: Sequence[VersionRef]
    marks: Sequence[Mark] = ()
    turn: int = 0
    facts: Sequence[str] = ()
    at: int = 0


def marks_of(citations: Sequence[Citation], record: Record) -> list[Mark]:
    """The citations of this version of this record as marks."""
    return [
        Mark(citation.start, citation.end, citation.number)
        for citation in citations
        if (citation.record.record_id, citation.version) == (record.id, record.version)
    ]


def meeting_of(record: Record) -> MeetingRef:
    """What names the meeting of a record, as this version of it says."""
    meeting = record.meeting
    return MeetingRef(
        record.id,
        meeting.title,
        meeting.date,
        meeting.end_date,
        meeting.session,
        meeting.series,
        meeting.body,
        meeting.language,
        record.version,
    )


def reader(opened: Opened, language: Interface) -> str:
    """The panel in which a record is read."""
    words, record = WORDS[language], opened.record
    facts = " ".join(f"<li>{escape(fact)}</li>" for fact in opened.facts)
    held = (meeting_days(opened.meeting, language), session(opened.meeting, language), opened.meeting.body)
    line = " ".join(f"<li>{escape(fact)}</li>" for fact in held if fact)
    return (
        f'<section class="mb-record" lang="{language}" aria-label="{words.record}" data-turn="{opened.turn}"'
        f' data-record="{escape(record.id)}" data-version="{record.version}" data-at="{opened.at}">'
        f'<div class="mb-bar">{_bar(opened, language)}</div>'
        f'<header class="mb-record-head"><h2{lang_of(opened.meeting)}>{escape(record.title)}</h2>'
        f'<ul class="mb-facts">{line}</ul>{_versions(opened, language)}'
        f'<ul class="mb-facts mb-here">{facts}</ul></header>{_search(language)}'
        f'<div class="mb-scroll mb-pages" tabindex="0" role="document" aria-label="{escape(record.title)}"'
        f"{lang_of(opened.meeting)}>{text_html(record, opened.marks, language)}</div>"
        f'<div class="mb-foot">{_foot(opened, language)}</div></section>'
    )


def gone(language: Interface) -> str:
    """The panel where there is no such record."""
    words = WORDS[language]
    return (
        f'<section class="mb-record" lang="{language}" aria-label="{words.record}"><div class="mb-bar">'
        f'<h2>{words.record}</h2>{_close(language)}</div><p class="mb-trouble">{words.gone}</p></section>'
    )


def text_html(record: Record, marks: Sequence[Mark] = (), language: Interface = "en") -> str:
    """The text of a record in blocks, each naming the place where it starts."""
    return "".join(_Blocks(record, marks, language).html())


class _Blocks:
    """Cuts a text at headings, turns, pages and blank lines, and marks what is cited."""

    def __init__(self, record: Record, marks: Sequence[Mark], language: Interface) -> None:
        self.text = record.text
        self.language = language
        self.marks = [mark for mark in marks if 0 <= mark.start < mark.end <= len(record.text)]
        self.edges = sorted({edge for mark in self.marks for edge in (mark.start, mark.end)})
        self.headings = {one.start: (one.level, self._line_of(one)) for one in record.sections}
        self.turns = {turn.start: turn for turn in record.turns}
        self.pages = {page.start: page for page in record.pages}
        self.omitted = {span.start: span for span in record.omitted if span.start < span.end}

    def html(self) -> Iterator[str]:
        for start, end in pairwise(self._starts()):
            if start in self.pages:
                name = WORDS[self.language].page.format(page=self.pages[start].number)
                yield f'<p class="mb-page" lang="{self.language}"><span>{name}</span></p>'
            yield self._block(start, end)

    def _starts(self) -> list[int]:
        """Where the blocks start, and the end of the text."""
        whole = len(self.text)
        found = {0, whole, *self.turns, *self.pages}
        found |= {edge for start, (_, end) in self.headings.items() for edge in (start, end)}
        found |= {edge for span in self.omitted.values() for edge in (span.start, span.end)}
        place = self.text.find("\n\n")
        while place >= 0:
            while place < whole and self.text[place].isspace():
                place += 1
            found.add(place)
            place = self.text.find("\n\n", place)
        return sorted(place for place in found if place <= whole)

    def _block(self, start: int, end: int) -> str:
        if start in self.omitted:
            summary = WORDS[self.language].front_matter
            inside = self._marked(start, end)
            return f'<details class="mb-omitted"><summary lang="{self.language}">{summary}</summary>{inside}</details>'
        if not self.text[start:end].strip():
            return f'<span class="mb-space">{self.text[start:end]}</span>'
        depth, heading_end = self.headings.get(start, (0, 0))
        if heading_end >= end:
            return self._heading(depth, start, end)
        turn = self.turns.get(start)
        time = ""
        if turn and turn.seconds is not None:
            time = f'<time lang="{self.language}">{clock(turn.seconds)}</time>'
        kind = ' class="mb-said"' if turn else ""
        label = self._label(start, turn.speaker) if turn else start
        speaker = f"<b>{self._marked(start, label)}</b>" if label > start else ""
        return f'<p{kind} data-start="{start}">{time}{speaker}{self._marked(label, end)}</p>'

    def _line_of(self, section: Section) -> int:
        """Where the heading of a section ends: with its title, or the sign after it that ends the line."""
        end = section.title_span.end
        found = _LINE_END.match(self.text, end)
        return found.end() if found else end

    def _heading(self, depth: int, start: int, end: int) -> str:
        level = min(depth, 4) + 2
        words = start + len(self.text[start:end]) - len(self.text[start:end].lstrip(_SIGNS))
        signs = f'<span class="mb-signs">{escape(self.text[start:words])}</span>' if words > start else ""
        return f'<h{level} data-start="{start}">{signs}{self._marked(words, end)}</h{level}>'

    def _label(self, start: int, speaker: str) -> int:
        """Where the name that a turn begins with ends."""
        found = self.text.find(speaker, start, start + len(speaker) + 12)
        return found + len(speaker) if found >= 0 else start

    def _marked(self, start: int, end: int) -> str:
        """A range of the text, what is cited in it marked with the numbers of its citations."""
        cuts = [start, *self.edges[bisect_right(self.edges, start) : bisect_right(self.edges, end - 1)], end]
        return "".join(self._piece(first, last) for first, last in pairwise(cuts))

    def _piece(self, start: int, end: int) -> str:
        numbers = " ".join(str(m.number) for m in self.marks if m.start <= start and end <= m.end)
        shown = flow(self.text[start:end])
        return f'<mark data-numbers="{numbers}">{shown}</mark>' if numbers else shown


def _bar(opened: Opened, language: Interface) -> str:
    words = WORDS[language]
    back = f'<button type="button" class="mb-plain" data-reader="back">← {words.back}</button>'
    return f"{back if opened.turn else f'<h2>{words.record}</h2>'}{_close(language, steps=bool(opened.turn))}"


def _close(language: Interface, *, steps: bool = False) -> str:
    words = words_in(language)
    made = (("previous", words.previous, "↑"), ("next", words.next, "↓")) if steps else ()
    buttons = "".join(
        f'<button type="button" data-reader="{step}" aria-label="{name}" title="{name}">{sign}</button>'
        for step, name, sign in (*made, ("close", WORDS[language].close, "✕"))
    )
    return f'<span class="mb-steps">{buttons}</span>'


def _versions(opened: Opened, language: Interface) -> str:
    """Which version this is, the others, and what took its place."""
    words, record = WORDS[language], opened.record
    if len(opened.versions) < 2:
        return ""
    places = _places(opened.versions)
    corrected = ""
    if now := correction(opened.versions, record.version):
        said = words.corrected_since.format(version=places[now.version], day=_stored(now, language))
        show = _open_button(now, words.show_current)
        corrected = f'<p class="mb-corrected" role="note">{said} {show}</p>'
    rows = "".join(
        f"<li>{_version(one, places[one.version], one.version == record.version, language)}</li>"
        for one in opened.versions
    )
    summary = words.versions.format(version=places.get(record.version, "?"), count=len(opened.versions))
    return f'{corrected}<details class="mb-versions"><summary>{summary}</summary><ul>{rows}</ul></details>'


def _places(held: Sequence[VersionRef]) -> dict[int, int]:
    """Each version's place from 1 among those one may read: what is told of others is not even their number."""
    return {version: place for place, version in enumerate(sorted(one.version for one in held), 1)}


def _version(version: VersionRef, place: int, shown: bool, language: Interface) -> str:
    words = WORDS[language]
    name = words.version.format(version=place)
    marks = ((words.reread, version.reread), (words.in_use, version.active))
    told = [words.stored.format(day=_stored(version, language)), *(mark for mark, holds in marks if holds)]
    named = f"<strong>{name}</strong>" if shown else _open_button(version, name)
    return f"{named} <span>{' · '.join(told)}</span>"


def _open_button(version: VersionRef, name: str) -> str:
    opens = escape(json.dumps({"record": version.record_id, "version": version.version}))
    return f'<button type="button" class="mb-plain" data-open="{opens}">{name}</button>'


def _stored(version: VersionRef, language: Interface) -> str:
    return days(datetime.fromisoformat(version.ingested).date(), None, language)


def _search(language: Interface) -> str:
    words = WORDS[language]
    steps = "".join(
        f'<button type="button" data-find="{by}" aria-label="{name}" title="{name}">{sign}</button>'
        for by, name, sign in (("-1", words.previous_found, "↑"), ("1", words.next_found, "↓"))
    )
    return (
        f'<form class="mb-find" role="search"><input type="search" aria-label="{words.search}"'
        f' placeholder="{words.search}"><output aria-live="polite" data-found="{words.found}"'
        f' data-none="{words.found_none}"></output><span class="mb-steps">{steps}</span></form>'
    )


def _foot(opened: Opened, language: Interface) -> str:
    words, record = WORDS[language], opened.record
    quote = (
        f'<button type="button" class="mb-button" data-copy="quotation" data-done="{words.copied}">'
        f"{words.copy_quotation}</button>"
        if opened.turn
        else ""
    )
    page = f'<a class="mb-plain" href="?meeting={escape(record.id)}">{words.meeting_page}</a>'
    return f"{quote}{page}"
