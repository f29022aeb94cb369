"""What a document says of its meeting: metadata and structure, English and Chinese.

`understand` turns a document into a meeting with sections and turns. Each field is taken from the first that
states it: what the caller overrides, front matter, headings, the opening words, the name of the file; the
meeting remembers which. Contradictions are noted, and nothing is made up.
"""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ingest.access import access_of
from ingest.attendance import initials, names_in
from ingest.cancelled import is_cancelled
from ingest.characters import plain_characters
from ingest.headings import Headline, find_headings, given_headings
from ingest.line_numbers import without_line_numbers
from ingest.lines import Line, covered, lines
from ingest.metadata import Source, meeting_of
from ingest.overrides import unknown_fields
from ingest.readers.frontmatter import begins_as_fields, front_matter
from ingest.records import Document, Meeting, Section, Span, Turn
from ingest.sections import sections, topics
from ingest.several import several_records
from ingest.stated import LISTS, Stated, field_of, labelled
from ingest.turns import find_turns
from ingest.unfilled import unfilled


@dataclass(frozen=True, slots=True)
class Understood:
    """A document understood: its meeting, sections and turns in order, what is not indexed, and notes.

    held  why nobody may read the record, and what to do about it; None where it is clear who may
    """

    meeting: Meeting
    sections: tuple[Section, ...] = ()
    turns: tuple[Turn, ...] = ()
    omitted: tuple[Span, ...] = ()
    notes: tuple[str, ...] = ()
    held: str | None = None


def understand(
    document: Document,
    *,
    path: Path | None = None,
    overrides: Mapping[str, str] | None = None,
    today: datetime.date | None = None,
) -> Understood:
    """The meeting a document records, with its sections and turns.

    path       names of file and folders may hold the date
    overrides  fields of `Meeting` the caller knows better, as text; lists separated by commas
    today      the day after which a date lies in the future; the current one when None
    """
    document, notes = _with_front_matter(document)
    document, notes = _without_gaps(document, notes)
    document = replace(document, text=plain_characters(without_line_numbers(document.text)))
    text = document.text
    every_line = lines(text, document.omitted)
    stated = labelled(text, every_line)
    headlines = _headlines(document, every_line, stated)
    turns = find_turns(
        text,
        every_line,
        breaks=[headline.line for headline in headlines],
        names=initials(every_line),
        people=[name for list_ in stated if list_.field in LISTS for name in names_in(list_.value)],
        voices=document.voices,
    )
    found = sections(text, headlines)
    if not any(section.start > _first_body(every_line) for section in found) and not turns:
        found = _merged(found, topics(text, every_line))
    given = {field_of(key) or key: value for key, value in (overrides or {}).items()}
    access = access_of(document, every_line, overrides or {}, path)
    source = Source(document, every_line, stated, headlines, turns, path, given, access)
    meeting = meeting_of(source, today or datetime.date.today())
    if is_cancelled(meeting, text, [line.text for line in every_line]):
        meeting = replace(meeting, held=False)
        notes = (*notes, "It says that its meeting was cancelled, and counts as no meeting that was held.")
    said = (*notes, *unknown_fields(overrides or {}), *filter(None, (several_records(every_line),)))
    return Understood(meeting, found, turns, document.omitted, said, access.held)


def _with_front_matter(document: Document) -> tuple[Document, tuple[str, ...]]:
    """The document with its front matter read, where its reader has not done so."""
    if document.fields or document.omitted:
        return document, ()
    matter = front_matter(document.text)
    unread = tuple(("front matter", line) for line in matter.unread)
    document = replace(document, unread=tuple(dict.fromkeys((*document.unread, *unread))))
    if not matter.end:
        meant = begins_as_fields(matter) and not matter.notes
        return document, (_NOT_READ,) if meant else matter.notes
    headings = tuple(heading for heading in document.headings if heading.start >= matter.end)
    return (
        replace(document, fields=matter.fields, omitted=(Span(0, matter.end),), headings=headings),
        matter.notes,
    )


_NOT_READ = (
    "It begins like front matter, but not as such is written (three dashes on the first line, three after it); it was "
    "read as ordinary text, correct it."
)


def _without_gaps(document: Document, notes: tuple[str, ...]) -> tuple[Document, tuple[str, ...]]:
    """The document with the lines of a template that nobody filled in omitted, and a note of them."""
    gaps = unfilled(document.text, document.omitted)
    if not gaps:
        return document, notes
    first = " ".join(gaps[0].of(document.text).split())[:60]
    lines_of = "1 line of a template was" if len(gaps) == 1 else f"{len(gaps)} lines of a template were"
    note = f"{lines_of} not filled in ({first}) and count as no evidence; fill them in or remove them."
    omitted = tuple(sorted((*document.omitted, *gaps), key=lambda span: span.start))
    return replace(document, omitted=omitted), (*notes, note)


def _headlines(document: Document, every_line: Sequence[Line], stated: Sequence[Stated]) -> list[Headline]:
    """The headings the format marks; where it marks none but a title, also those the text shows."""
    given = [
        headline
        for headline in given_headings(document.text, document.headings)
        if not covered(headline.line.start, document.omitted)
    ]
    if len(given) >= 2 or document.voices:  # what is said in captions is no heading
        return given
    seen = find_headings(document.text, every_line, listed=stated)
    if given:
        marked = {line for headline in given for line in (headline.line.start, headline.title.start)}
        below = [h._replace(level=h.level + given[0].level) for h in seen if h.line.start not in marked]
        return sorted([*given, *below], key=lambda headline: headline.line.start)
    return seen


def _first_body(every_line: Sequence[Line]) -> int:
    """Where the fourth line begins: a heading above it is the title of a report and no part of it."""
    return every_line[min(3, len(every_line) - 1)].start if every_line else 0


def _merged(titles: tuple[Section, ...], items: tuple[Section, ...]) -> tuple[Section, ...]:
    below = max((title.level for title in titles), default=0)
    return (*titles, *(replace(item, level=below + 1) for item in items)) if items else titles
