"""The meetings held, as a list that can be filtered and sorted, and one meeting with its agenda and decisions."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby

from ingest.records import Record, Section
from qa.answers import MeetingRef
from qa.interface import Interface, meeting_days, session
from qa.page import address, filters
from qa.page.decisions import entry_list
from qa.page.filters import Query
from qa.page.sheet import aside, copy_button, read_button, sheet, title, trail
from qa.register import Entry
from qa.render import lang_of, meeting_link
from qa.words.browse import WORDS

SHOWN = 100  # meetings of a list shown at first, and added with each step
SORTS = ("date", "-date", "title", "-title", "body", "-body", "session", "-session")


def sorted_by(meetings: Sequence[MeetingRef], sort: str) -> list[MeetingRef]:
    """The meetings in the order of a column, downwards with a "-"; those without a value last; "-date" for others."""
    sort = sort if sort in SORTS else "-date"
    column, down = sort.removeprefix("-"), sort.startswith("-")
    values = {
        "date": lambda m: m.date,
        "title": lambda m: m.title,
        "body": lambda m: m.body,
        "session": lambda m: m.session,
    }
    value = values[column]
    known = [meeting for meeting in meetings if value(meeting) is not None]
    unknown = [meeting for meeting in meetings if value(meeting) is None]
    return sorted(known, key=value, reverse=down) + unknown


def meetings_page(
    found: Sequence[MeetingRef], held: int, bodies: Sequence[str], query: Query, language: Interface
) -> str:
    """The list of meetings that fit the filters of an address, of all that are held."""
    words = WORDS[language]
    if not held:
        return sheet(language, title(words.meetings), aside(words.none_held))
    form = filters.form(
        "meetings",
        [
            filters.text("text", words.text, query, words.text_hint),
            filters.period(query, language),
            filters.choice("body", words.body, [("", words.any), *((body, body) for body in bodies)], query),
            filters.text("session", words.session, query),
        ],
        query,
        language,
    )
    shown = filters.shown(query, SHOWN)
    counted = words.of_meetings.format(shown=min(shown, len(found)), count=len(found))
    listed = _table(sorted_by(found, filters.value(query, "sort"))[:shown], query, language)
    return sheet(
        language,
        title(words.meetings),
        form,
        f'<p class="mb-count" role="status">{counted}</p>',
        listed if found else aside(words.none_fit),
        filters.more(query, len(found), SHOWN, words.more),
    )


@dataclass(frozen=True, slots=True)
class Shown:
    """One meeting to show: its record, what names it, and what its register holds."""

    record: Record
    meeting: MeetingRef
    entries: Sequence[Entry]


def meeting_page(shown: Shown, language: Interface) -> str:
    """One meeting: its facts, agenda, decisions and attendance; its record opens beside it."""
    words, record, meeting = WORDS[language], shown.record, shown.meeting
    facts = (
        meeting_days(meeting, language),
        session(meeting, language),
        meeting.body,
        _status(record, language),
    )
    line = " ".join(f"<li>{escape(fact)}</li>" for fact in facts if fact)
    within = address.to({"view": ["ask"], "within": [record.id]})
    ask = f'<a class="mb-button mb-primary" href="{escape(within)}">{words.ask_within}</a>'
    return sheet(
        language,
        trail("meetings", words.all_meetings),
        f'<h2 tabindex="-1"{lang_of(meeting)}>{escape(meeting.title)}</h2><ul class="mb-facts mb-large">{line}</ul>',
        f'<p class="mb-actions">{ask}{read_button(_opens(record), language)}{copy_button(language)}</p>',
        f"<h3>{words.agenda}</h3>{_agenda(record, meeting, language)}",
        f"<h3>{words.decisions}</h3>{_decisions(shown.entries, language)}",
        f"<h3>{words.attendance}</h3>{_attendance(record, meeting, language)}",
        opens=_opens(record),
    )


def gone(language: Interface, sentence: str = "") -> str:
    """The page of a meeting there is not."""
    words = WORDS[language]
    return sheet(
        language,
        trail("meetings", words.all_meetings),
        f'<p class="mb-trouble" role="alert">{sentence or words.gone_meeting}</p>',
    )


def _table(meetings: Sequence[MeetingRef], query: Query, language: Interface) -> str:
    """The meetings in rows; by year while they are in the order of their dates."""
    words = WORDS[language]
    columns = (
        ("date", words.date),
        ("title", words.meeting),
        ("session", words.session),
        ("body", words.body),
    )
    head = "".join(_column(column, name, query, language) for column, name in columns)
    sort = filters.value(query, "sort").removeprefix("-") or "date"
    years = groupby(
        meetings, key=lambda m: (str(m.date.year) if m.date else words.undated) if sort == "date" else ""
    )
    bodies = "".join(_rows(year, held, language) for year, held in years)
    return f'<table class="mb-table mb-meetings"><thead><tr>{head}</tr></thead>{bodies}</table>'


def _column(column: str, name: str, query: Query, language: Interface) -> str:
    """The head of a column, a link that sorts by it, and once more the other way."""
    sort = filters.value(query, "sort") or "-date"
    ways = {column: "ascending", f"-{column}": "descending"}
    first = f"-{column}" if column == "date" else column
    other = {column: f"-{column}", f"-{column}": column}.get(sort, first)
    order = f' aria-sort="{ways[sort]}"' if sort in ways else ""
    link = escape(address.to({**query, "view": ["meetings"], "sort": [other]}))
    title = WORDS[language].sort_by.format(column=name)
    return f'<th scope="col"{order}><a href="{link}" title="{title}">{name}</a></th>'


def _rows(year: str, held: Iterable[MeetingRef], language: Interface) -> str:
    heading = f'<tr class="mb-year"><th colspan="4" scope="rowgroup">{escape(year)}</th></tr>' if year else ""
    return f"<tbody>{heading}{''.join(_row(meeting, language) for meeting in held)}</tbody>"


def _row(meeting: MeetingRef, language: Interface) -> str:
    when = meeting_days(meeting, language) or "–"
    iso = f' datetime="{meeting.date.isoformat()}"' if meeting.date else ""
    return (
        f'<tr><td class="mb-day"><time{iso}>{escape(when)}</time></td>'
        f'<td class="mb-title"{lang_of(meeting)}>{meeting_link(meeting, meeting.title)}</td>'
        f'<td class="mb-session">{escape(session(meeting, language) or "")}</td>'
        f"<td{lang_of(meeting)}>{escape(meeting.body or '')}</td></tr>"
    )


def _opens(record: Record, start: int | None = None) -> str:
    place = {"record": record.id, "version": record.version} | ({} if start is None else {"start": start})
    return escape(json.dumps(place))


def _status(record: Record, language: Interface) -> str | None:
    return getattr(WORDS[language], record.meeting.status) if record.meeting.status else None


def _agenda(record: Record, meeting: MeetingRef, language: Interface) -> str:
    """The headings of the record, each opening it at its place; not one that only repeats the title."""
    items = [section for section in record.sections if section.title != meeting.title]
    if not items:
        return aside(WORDS[language].no_agenda)
    top = min(section.level for section in items)
    rows = "".join(_item(record, section, section.level - top) for section in items)
    return f'<ol class="mb-agenda"{lang_of(meeting)}>{rows}</ol>'


def _item(record: Record, section: Section, depth: int) -> str:
    number = f'<span class="mb-item-number">{escape(section.number)}</span> ' if section.number else ""
    return (
        f'<li class="mb-depth-{min(depth, 3)}"><button type="button" data-open="{_opens(record, section.start)}">'
        f"{number}{escape(section.title)}</button></li>"
    )


def _decisions(entries: Sequence[Entry], language: Interface) -> str:
    return entry_list(entries, language) if entries else aside(WORDS[language].no_decisions)


def _attendance(record: Record, meeting: MeetingRef, language: Interface) -> str:
    words, held = WORDS[language], record.meeting
    joint = "、" if meeting.language == "zh" else ", "
    rows = (
        (words.chair, held.chair or ""),
        (words.present, joint.join(held.attendees)),
        (words.others, joint.join(held.others)),
        (words.absent, joint.join(held.absent)),
        (words.place, held.place or ""),
    )
    made = "".join(
        f"<div><dt>{name}</dt><dd{lang_of(meeting)}>{escape(value)}</dd></div>"
        for name, value in rows
        if value
    )
    return f'<dl class="mb-people">{made}</dl>' if made else aside(words.no_attendance)
