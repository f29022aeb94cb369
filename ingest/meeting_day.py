"""The day of a meeting, weighed from every place that names one: statements, headings, opening words, file names.

Places that agree count together, and each kind of place counts what it was found to be worth; an edit or an approval
counts against a day. A date is taken, never made up: what is contradictory, ambiguous, impossible or missing is said in
a note. Two things are worked out: a day and month whose year stands beside it (a folder "2012-05", a dateline), and the
day before a dateline ("was held yesterday").
"""

import datetime
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.dates import DateMention, find_ambiguous, find_dates, find_day_months, find_impossible
from ingest.lang import alternatives
from ingest.lines import Line
from ingest.meeting_title import is_spoken
from ingest.named_day import Day, completed, day_in_path, first_day, names_of, with_year
from ingest.records import Span
from ingest.words import has_han

_OPENING = 2_000  # characters of the text that open it
_CLOSING = 600
_FIRST_WORDS = 120


@dataclass(frozen=True, slots=True)
class Evidence:
    """A day that one kind of place names, as `WEIGHTS` has them."""

    place: str
    day: Day


@dataclass(frozen=True, slots=True)
class DayFound:
    """The day chosen, if any, and sentences about what is missing, doubtful or contradictory."""

    day: Day | None
    notes: tuple[str, ...] = ()


def find_day(
    found: Sequence[Evidence],
    text: str,
    *,
    override: str | None = None,
    stated: Sequence[str] = (),
    headings: Sequence[str] = (),
    path: Path | None = None,
    today: datetime.date,
) -> DayFound:
    """The day of the meeting: what the clerk states, else the day that the evidence weighs most for.

    text    from where the first line begins
    stated  what front matter and labelled lines state as the day
    """
    day = _of_field(override, "override", None) or weighed(found)
    told = [words for words in (override, *stated, *headings[:2], text[:500]) if words]
    notes = [*_contradictions(day, found), *_unreadable(day, told)]
    if day and day.first > today:
        notes.append(f"The date of the meeting, {day.first}, lies in the future.")
    if not day:
        notes.append("The record does not say on which day the meeting was held." + _month_known(text, path))
    return DayFound(day, tuple(notes))


# Evidence ---------------------------------------------------------------------------------------------------

WEIGHTS: Mapping[str, float] = tomllib.loads(
    Path(__file__).with_name("day_weights.toml").read_text(encoding="utf-8")
)["weights"]
"""What a place that names a day counts, in logits; fitted by `benchmarks/fit_day.py` over bodies left out."""


def evidence(
    text: str,
    lines: Sequence[Line],
    *,
    front_matter: str | None = None,
    labelled: str | None = None,
    headings: Sequence[str] = (),
    published: str | None = None,
    path: Path | None = None,
) -> list[Evidence]:
    """Every day that some place names for the meeting or against it, in order of trust.

    text       from where the first of `lines` begins
    published  when a web page says it was published: no day of a meeting, but "yesterday" counts from it
    """
    begin = lines[0].start if lines else 0
    opening = [line for line in lines if line.start - begin < _OPENING and not is_spoken(line)]
    year = _year_nearby(text, headings, path, published)
    dateline = _dateline(opening)
    named = day_in_path(path)
    closing = _closing_day(lines, text)
    report = dateline or _day_issued(opening) or _day_near_title(opening)
    told_from = report or _plain_day(named) or _printed(published) or closing
    derived = [_relative(text, told_from), _day_alone(text, told_from)]
    held = list(_of_meeting_words(text, year))
    before = any(derived) or any(
        report and _reported(day, report) for day in _of_meeting_words(text[:_LEAD], year)
    )
    stamped = bool(front_matter and _STAMP.search(front_matter))
    title = _of_title_lines(opening)
    places: list[tuple[str, Iterable[Day | None]]] = [
        ("stamp" if stamped else "front matter", [_of_field(front_matter, "front matter", year)]),
        ("heading", [_of_headings(headings, year)]),
        ("later heading", _of_later_headings(headings)),
        ("labelled", [_of_field(labelled, "opening", year)]),
        ("derived", derived),
        ("title line", [title]),
        ("held", held),
        ("file name", [named]),
        ("dateline", [dateline and Day(dateline, dateline, "opening", str(dateline))]),
        ("lonely", [_lonely(opening[0]) if opening and opening[0] is lines[0] else None]),
        ("closing", [closing and Day(closing, closing, "opening", str(closing))]),
        ("issued", _issued_days(opening)),
    ]
    found = [Evidence(place, day) for place, days in places for day in days if day]
    return _each_seen_once(
        [one for one in found if not (before and one.place in _OF_REPORT and one.day.first == told_from)]
    )


_OF_REPORT = ("title line", "held", "dateline", "lonely", "closing", "file name")
_SAME_WORDS = ("title line", "dateline", "lonely")  # one date in the first lines, seen by three rules


def _each_seen_once(found: Sequence[Evidence]) -> list[Evidence]:
    """The evidence, each date of the first lines by the first rule that saw it."""
    seen = [one for one in found if one.place in _SAME_WORDS]
    again = [
        one for number, one in enumerate(seen) if any(one.day.first == s.day.first for s in seen[:number])
    ]
    return [one for one in found if one not in again]


def _reported(day: Day, report: datetime.date) -> bool:
    """Whether a sentence says that the meeting was held some days before the day that a Chinese report bears."""
    return has_han(day.words) and 0 < (report - day.first).days <= _LATE


_LATE = 14  # days
_LEAD = 300  # characters in which a report says when the meeting was


def _day_near_title(opening: Sequence[Line]) -> datetime.date | None:
    """The day that one of the first lines names in a line of its own or beside who publishes it."""
    for line in opening[:4]:
        for mention in find_dates(line.text) if len(line.text) <= _FIRST_WORDS else ():
            if mention.precision == "day":
                return mention.first
    return None


def weighed(found: Sequence[Evidence]) -> Day | None:
    """The day that most evidence weighs for, agreeing places together; None where nothing does."""
    totals = {day: _weight(found, day) for day in {one.day.first for one in found}}
    best = max(totals, key=lambda day: (totals[day], -_rank(found, day)), default=None)
    if best is None or totals[best] <= 0:
        return None
    return next(one.day for one in found if one.day.first == best and WEIGHTS[one.place] > 0)


def _weight(found: Sequence[Evidence], first: datetime.date) -> float:
    """What the kinds of place that name a day count together, each once."""
    return sum(WEIGHTS[place] for place in {one.place for one in found if one.day.first == first})


def _rank(found: Sequence[Evidence], first: datetime.date) -> int:
    return next(rank for rank, one in enumerate(found) if one.day.first == first)


_STAMP = re.compile(r"\d[T ]\d\d:\d\d:\d\d")  # of a program, to the second: when a page was edited


# Each place a date may stand --------------------------------------------------------------------------------


def _of_field(value: str | None, origin: str, year: int | None) -> Day | None:
    if not value:
        return None
    return first_day(value, origin) or completed(value, origin, year)


def _of_headings(headings: Sequence[str], year: int | None) -> Day | None:
    headings = [heading for heading in headings if not _ABOUT_OTHER.search(_OWN_MINUTES.sub("", heading))]
    days = (first_day(_without_issue(heading), "heading") for heading in headings)
    return next((day for day in days if day), None) or next(
        (day for heading in headings[:2] if (day := completed(heading, "heading", year))), None
    )


def _of_later_headings(headings: Sequence[str]) -> Iterator[Day]:
    """The days of headings below the first that names one."""
    named = [heading for heading in headings if first_day(heading, "heading")]
    for heading in named[1:]:
        if not _ABOUT_OTHER.search(_OWN_MINUTES.sub("", heading)) and (
            day := first_day(_without_issue(heading), "heading")
        ):
            yield day


_MEETS = re.compile(
    r"\b(?:held|met|meeting|convened|convene[sd]?|took\splace|called\s(?:\w+\s){0,2}to\sorder|session|assembled|gathered|minutes"
    r"|sitting|opened|commenced)\b|召[开開]|[举舉]行|[会會][议議]|[开開][会會]|[会會]",
    re.IGNORECASE,
)
_OTHER_MEETING = re.compile(
    r"(?:\b(?:approv\w+|adopt\w+|confirm\w+|read\w*|accept\w+|amend\w+|correct\w+)\s(?:of\s)?(?:the\s)?(?:draft\s|previous\s)?(?:minutes|notes|record)"
    r"|(?:previous|last|next|prior|preceding|following|earlier|forthcoming|upcoming|intermeeting)\s(?:\w+\s){0,3}(?:meeting|session)"
    r"|until|dated|effective|published|issued|deadline|by|before|after|上次|下次|上一次|截至|自|截止)\W[^.。\n]{0,60}$|\bsince\b[^.。\n]{0,200}$",
    re.IGNORECASE,
)


def _of_title_lines(opening: Sequence[Line]) -> Day | None:
    """A date in the first lines that is a line of its own, or stands in a line short enough for a title."""
    for place, line in enumerate(opening[:12]):
        if _CLOSED.search(line.text) and not (_is_date_alone(line.text) or _OWN_MINUTES.match(line.text)):
            return None  # the title is over
        if len(line.text) > 160:
            continue
        for mention in find_dates(line.text):
            before = line.text[: mention.start]
            if place < _TITLES:
                before = _OWN_MINUTES.sub("", before)
            after = line.text[mention.end :]
            if mention.precision != "day" or _OTHER_MEETING.search(before) or _is_of_issue(before, after):
                continue
            alone = len(line.text) - (mention.end - mention.start) <= 40
            if alone or _MEETS.search(line.text):
                return Day(mention.first, mention.last, "opening", mention.text)
    return None


_TITLES = 3  # lines in which "Approved minutes of ..." is the title, and no item that approves others
_OWN_MINUTES = re.compile(
    r"^\W*(?:(?:un)?(?:approved|adopted|confirmed|ratified|amended|corrected|draft)\s)?(?:minutes|notes|record)\b",
    re.IGNORECASE,
)
_ISSUED = re.compile(
    r"(?:(?:[办辦]公[厅廳室]|秘[书書][处處科局])\s{1,80}"
    rf"|(?:{alternatives('day', 'issued')})(?:\s(?:on|at|am))?\W{{0,3}})$",
    re.IGNORECASE,
)
_ISSUED_AFTER = re.compile(rf"\s{{0,4}}(?:{alternatives('day', 'issued_after')})", re.IGNORECASE)


def _is_of_issue(before: str, after: str) -> bool:
    """Whether a date is the one on which the record was printed, signed or approved."""
    return bool(_ISSUED.search(before) or _ISSUED_AFTER.match(after))


def _issued_days(opening: Sequence[Line]) -> Iterator[Day]:
    """The days on which the record was printed, posted, approved or last changed."""
    for line in opening[:20]:
        for mention in find_dates(line.text):
            if mention.precision == "day" and _is_of_issue(
                line.text[: mention.start], line.text[mention.end :]
            ):
                yield Day(mention.first, mention.last, "opening", mention.text)


def _day_issued(opening: Sequence[Line]) -> datetime.date | None:
    return next((day.first for day in _issued_days(opening[:4])), None)


def _without_issue(heading: str) -> str:
    """A heading up to the day on which the record was approved: "Minutes of the Board (approved 6 June 2025)"."""
    issued = (m.start for m in find_dates(heading) if _is_of_issue(heading[: m.start], heading[m.end :]))
    return heading[: next(issued, len(heading))]


_CLOSED = re.compile(r"(?<!\b[ap]\.m)[.。!！?？]$", re.IGNORECASE)  # "7:00 p.m." closes no sentence


def _is_date_alone(words: str) -> bool:
    return sum(date.end - date.start for date in find_dates(words[:80])) >= len(words) - 4


def _of_meeting_words(text: str, year: int | None) -> Iterator[Day]:
    """The dates in opening sentences that say a meeting was held."""
    start = _OPENING
    opening = text[:start]
    for mention in (*find_dates(opening), *find_day_months(opening)):
        dated = isinstance(mention, DateMention)
        if (dated and mention.precision != "day") or (not dated and not (mention.day and year)):
            continue
        begin, end = _sentence(opening, mention)
        before, after = opening[begin : mention.start], opening[mention.end : end]
        if (
            _OTHER_MEETING.search(before)
            or _LISTED_MINUTES.match(before)
            or _APPROVED_AFTER.match(after)
            or _is_of_issue(before, after)
            or not _HELD.search(before + " " + after[:120])
        ):
            continue
        if dated:
            yield Day(mention.first, mention.last, "opening", mention.text)
        elif day := with_year(mention, year, "opening"):
            yield day


_ABOUT_OTHER = re.compile(
    r"\b(?:approv|adopt|confirm|review|read)\w*\s(?:of\s)?(?:the\s)?(?:\w+\s)?minutes", re.IGNORECASE
)
_LISTED_MINUTES = re.compile(  # of a consent agenda: "A. Minutes of the January 4 meeting"
    r"\s*(?:[-*•]|\(?(?:[a-z]|[ivx]{1,4}|\d{1,2}(?:\.\d{1,2})*)[.)]|\d{1,2}(?:\.\d{1,2})+)\s+(?:[\w']+\s){0,4}minutes\b",
    re.IGNORECASE,
)
_APPROVED_AFTER = re.compile(
    r"\W*(?:\w+\s){0,4}(?:were|was|be|are|as)\s(?:\w+\s)?(?:approved|adopted|confirmed|read|accepted|taken\sas\sread|agreed)",
    re.IGNORECASE,
)
_HELD = re.compile(
    rf"\b(?:(?:called|came)\s(?:\w+\s){{0,4}}to\sorder|minutes\sof|meeting\s(?:of|on))\b"
    rf"|(?:{alternatives('day', 'held')})",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"(?<![A-Z])(?<!\b[A-Z][a-z])(?<!\b[A-Z][a-z]{2})[.!?]\s|[。！？\n]")


def _sentence(text: str, span: Span) -> tuple[int, int]:
    begin = 0
    for stop in _SENTENCE_END.finditer(text, max(0, span.start - 400), span.start):
        begin = stop.end()
    stop = _SENTENCE_END.search(text, span.end)
    return begin, stop.start() if stop else len(text)


def _lonely(first: Line) -> Day | None:
    """The only day the first line begins with, when it is not of another meeting."""
    opening = first.text[:_FIRST_WORDS]
    days = [mention for mention in find_dates(opening) if mention.precision == "day"]
    if len({(day.first, day.last) for day in days}) != 1 or _OTHER_MEETING.search(opening[: days[0].start]):
        return None
    return Day(days[0].first, days[0].last, "opening", days[0].text)


# Datelines and "yesterday" ----------------------------------------------------------------------------------

_DATELINE = re.compile(
    r"(?:(?-i:[A-Z])[\w .]{1,30},\s{0,2})?"
    r"(?:date[d:：]?\s{0,3}|日期[:：]?\s{0,3}|发布(?:时间|日期)[:：]\s{0,3})?$",
    re.IGNORECASE,
)
_RELATIVE = re.compile(
    r"\b(?P<en>yesterday|today|this\s(?:morning|afternoon|evening)|last\s(?:night|evening))\b"
    r"|\bon\s(?P<day>mon|tues|wednes|thurs|fri|satur|sun)day\b"
    r"|(?P<zh>昨日|昨天|今日|今天|前日|前天)(?:上午|下午|晚上?|晚间)?",
    re.IGNORECASE,
)
_WEEKDAYS = ("mon", "tues", "wednes", "thurs", "fri", "satur", "sun")
_BACK = {"yesterday": 1, "last night": 1, "last evening": 1, "昨日": 1, "昨天": 1, "前日": 2, "前天": 2}


def _dateline(opening: Sequence[Line]) -> datetime.date | None:
    """The date a report opens with: at the beginning of one of its first lines, or "date 2023-08-26"."""
    for line in opening[:4]:
        for mention in find_dates(line.text[:200]):
            if mention.precision == "day" and _DATELINE.fullmatch(
                line.text[: mention.start].strip(" [（(【—-")
            ):
                return mention.first
    return None


def _closing_day(lines: Sequence[Line], text: str) -> datetime.date | None:
    """The date that stands alone on one of the last lines, as under a letter."""
    for line in reversed(lines[-6:]):
        if line.start - lines[0].start < len(text) - _CLOSING or len(line.text) > 60:
            continue
        for mention in find_dates(line.text):
            if mention.precision == "day" and mention.end >= len(line.text) - 2 and mention.start <= 20:
                return mention.first
    return None


def _relative(text: str, dateline: datetime.date | None) -> Day | None:
    """ "Was held yesterday" against the date the report bears."""
    if not dateline:
        return None
    for match in _RELATIVE.finditer(text, 0, _OPENING):
        if match["day"] and _DATED.match(text, match.end()):
            continue  # "on Friday 11th May 2014" says which Friday
        begin, end = _sentence(text[:_OPENING], Span(match.start(), match.end()))
        if not _HELD.search(text, begin, end):
            continue
        day = dateline - datetime.timedelta(days=_days_back(match, dateline))
        return Day(day, day, "derived", f"{match[0]} ({dateline})")
    return None


_DATED = re.compile(
    r",?\s(?:the\s)?(?:\d|(?:jan|feb|mar|apr|may|ju[nl]|aug|sep|oct|nov|dec)\w*\W)", re.IGNORECASE
)
_DAY_ALONE = re.compile(r"(?:^|[\n。\s])(?P<day>[12]?\d|3[01])[日号號](?=[，,上下晚]|$)")


def _day_alone(text: str, dateline: datetime.date | None) -> Day | None:
    """29日，市长...主持召开: the last such day up to the day the report bears."""
    if not dateline:
        return None
    for match in _DAY_ALONE.finditer(text, 0, _OPENING):
        begin, end = _sentence(text[:_OPENING], Span(match.start("day"), match.end()))
        if _HELD.search(text, begin, end):
            back = (dateline - datetime.timedelta(days=n) for n in range(31))
            day = next((day for day in back if day.day == int(match["day"])), None)
            return day and Day(day, day, "derived", f"{match['day']}日 ({dateline})")
    return None


def _days_back(match: re.Match[str], dateline: datetime.date) -> int:
    if match["day"]:
        return (dateline.weekday() - _WEEKDAYS.index(match["day"].lower())) % 7
    return _BACK.get(" ".join((match["en"] or match["zh"]).lower().split()), 0)


def _year_nearby(text: str, headings: Sequence[str], path: Path | None, published: str | None) -> int | None:
    """The year that completes a day and month: of the headings, the first words, or the folder."""
    for words in (
        *headings[:3],
        text[:600],
        *(names_of(path) if path else ()),
        text[-_CLOSING:],
        published or "",
    ):
        if number := re.search(r"〔(\d{4})〕|[(（\[](\d{4})[)）\]]第?\d+号", words):
            return int(number[1] or number[2])
        if dates := find_dates(words):
            return dates[0].first.year
    return None


def _printed(published: str | None) -> datetime.date | None:
    return _plain_day(first_day(published or "", ""))


def _plain_day(day: Day | None) -> datetime.date | None:
    return day.first if day else None


# Notes ------------------------------------------------------------------------------------------------------


_AGAINST = 1.0  # logits: a place of less weight contradicts nothing


def _contradictions(day: Day | None, found: Sequence[Evidence]) -> Iterator[str]:
    """Where a place that is to be believed names another day; a report may be dated later than the meeting."""
    if not day or day.origin == "override":
        return
    told = {day.first}
    for one in found:
        other, origin = one.day, one.day.origin
        apart = other.first > day.last or other.last < day.first
        after = day.origin == "derived" and origin in ("opening", "file name")
        if not apart or after or other.first in told or origin == day.origin or WEIGHTS[one.place] < _AGAINST:
            continue
        if one.place == "dateline" and other.first > day.first:
            continue
        told.add(other.first)
        yield (
            f"The {day.origin} dates the meeting {day.first}, but the {origin} says {other.words}; "
            f"the {day.origin} was taken."
        )


def _unreadable(day: Day | None, stated: Sequence[str]) -> Iterator[str]:
    """Dates where the day of the meeting is stated that cannot be, or that can be read two ways."""
    told = set()
    for words in stated:
        for span in find_impossible(words):
            if span.of(words) not in told:
                yield f"There is no such day as {span.of(words)}."
            told.add(span.of(words))
    if day:
        return
    for words in stated:
        for span in find_ambiguous(words):
            if span.of(words) not in told:
                yield f"The date {span.of(words)} can be read two ways; state it as year-month-day."
            told.add(span.of(words))


def _month_known(text: str, path: Path | None) -> str:
    """The month or year that is known when the day is not."""
    for words in (text[:500], *(names_of(path) if path else ())):
        for mention in find_dates(words):
            if mention.precision == "month":
                return f" It mentions {mention.text}."
    return ""
