"""What the register says is due in a span of days, the earliest first.

"By March" is up to its last day; the year before it is told, and how many were due earlier.
"""

import calendar as months
import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from ingest.records import DecisionKind, Language, Span
from ingest.register.actions import owner
from ingest.register.deadlines import deadlines
from ingest.register.due import due_date
from ingest.sentences import sentences
from qa import phrases
from qa.answers import Period
from qa.ranges import Part, Range, of_entry
from qa.register import Entry

MOST = 50  # things due that are told; the count is of all
_NO_TASKS = frozenset({DecisionKind.VOTE, DecisionKind.EMPHASISED, DecisionKind.NOTED})


@dataclass(frozen=True, slots=True)
class DueEntry(Span):
    """What is due: a range of a record in an entry of the register, the days it sets, and who is to act."""

    entry: Entry
    days: tuple[datetime.date, ...]
    owner: str | None = None


def told_from(due: Period) -> datetime.date | None:
    """The first day whose deadlines are told: for "by March 2026" the day after a year before."""
    if due.first or due.last is None:
        return due.first
    year = due.last.year - 1
    day = min(due.last.day, months.monthrange(year, due.last.month)[1])
    return datetime.date(year, due.last.month, day) + datetime.timedelta(days=1)


def parts_due(entries: Sequence[Entry], due: Period, language: Language) -> list[Part]:
    """What is due in the asked span, the earliest first, after how much; one empty part where nothing is."""
    begin = told_from(due)
    told = due_within(entries, begin, due.last)
    before = begin - datetime.timedelta(days=1) if begin and begin != due.first else None
    earlier = due_within(entries, due.first, before) if before else []
    parts: list[tuple[str, list[Range]]] = [
        (phrases.due(len(told), len(earlier), begin, due.last, language), [])
    ]
    for one in told[:MOST]:
        said = phrases.due_on(one.days, one.owner, language)
        place = replace(of_entry(one.entry), start=one.start, end=one.end, before=said)
        last = parts[-1][1][-1] if parts[-1][1] else place
        if last.record_id != place.record_id or last.start > place.start:  # a part keeps a record's order
            parts.append(("", []))
        parts[-1][1].append(place)
    return list(parts)


def due_within(
    entries: Iterable[Entry], first: datetime.date | None, last: datetime.date | None
) -> list[DueEntry]:
    """What is due from first to last day, both included, the earliest first.

    An entry that sets deadlines in more than one sentence ("... The Finance Bureau is to ...") is told by sentence.
    """
    found: list[DueEntry] = []
    for entry in entries:
        if entry.kind in _NO_TASKS:
            continue
        parts = [(part, _days(part.of(entry.quote), entry)) for part in sentences(entry.quote)]
        parts = [(part, days) for part, days in parts if days]
        for part, days in parts:
            inside = tuple(sorted(d for d in days if (not first or first <= d) and (not last or d <= last)))
            if inside and len(parts) > 1:
                words = part.of(entry.quote).rstrip()
                start = entry.start + part.start
                found.append(DueEntry(start, start + len(words), entry, inside, owner(words)))
            elif inside:
                found.append(DueEntry(entry.start, entry.end, entry, inside, entry.owner))
    return sorted(found, key=lambda one: (one.days, one.entry.meeting.record_id, one.start))


def _days(words: str, entry: Entry) -> set[datetime.date]:
    """The days that words of an entry set as a deadline, none before its meeting."""
    meeting = entry.meeting.date
    days = {due_date(when, meeting) for when in deadlines(words)}
    days |= {entry.due} if entry.deadline and entry.deadline in words else set()
    return {day for day in days if day and (meeting is None or day >= meeting)}
