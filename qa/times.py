"""Time expressions of a question one by one, each with its days or, while its year is open, as a part of one.

Dates that stand on their own come from `ingest.dates`; read here are parts of a year ("8月25日", "the second
quarter") and what counts from the day of asking ("last year", "近三个月").
"""

import calendar as months
import datetime
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from ingest.dates import find_ambiguous, find_dates, find_day_months, find_impossible
from ingest.numerals import CHINESE_NUMERALS, chinese_number, english_number
from ingest.records import Span
from qa.calendar import Timeline

Days = tuple[datetime.date, datetime.date]
Unit = Literal["day", "month", "year", "part"]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of some year: `days(year)` are its days in that year."""

    days: Callable[[int], Days | None]


@dataclass(frozen=True, slots=True)
class Atom(Span):
    """One time expression before the words around it are read; `part` while the year is open."""

    unit: Unit
    days: Days | None = None
    part: Part | None = None
    adverb: bool = False
    past: bool = False  # "last March": already past


def find_atoms(text: str, timeline: Timeline, anchor: datetime.date) -> list[Atom]:
    """Every time expression of `text` in order, the longest of those that overlap; single spaces expected."""
    return [_trim(text, atom) for atom in _without_overlap(list(_candidates(text, timeline, anchor)))]


def _candidates(text: str, timeline: Timeline, anchor: datetime.date) -> Iterator[Atom]:
    for date in find_dates(text):
        unit: Unit = date.precision if date.precision in ("day", "month", "year") else "part"  # type: ignore[assignment]
        yield Atom(date.start, date.end, unit, (date.first, date.last))
    for span in find_ambiguous(text):
        yield Atom(span.start, span.end, "day", _either_way(span.of(text), timeline))
    for span in find_impossible(text):
        days = _no_such_day(span.of(text), anchor)
        if days:
            yield Atom(span.start, span.end, "day", days)
    for open_date in find_day_months(text):
        part = _month_part(open_date.month, open_date.day, open_date.last_day)
        unit = "day" if open_date.day else "month"
        yield Atom(open_date.start, open_date.end, unit, part=part)
    for pattern, read in _FORMS:
        for match in pattern.finditer(text):
            atom = read(match, anchor)
            if atom:
                yield atom
    yield from _short_years(text, timeline)


_SHORT_YEAR = re.compile(
    r"(?<![\d第])(?P<year>1[0-3]\d|\d\d)年(?P<month>\d{1,2})月份?(?:(?P<day>\d{1,2})[日号])?"
    r"|\b(?P<named>(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*)\.? ['’](?P<two>\d\d)\b",
    re.IGNORECASE,
)
_ROC = 1911  # years that the calendar of the Republic of China begins after the common one


def _short_years(text: str, timeline: Timeline) -> Iterator[Atom]:
    """Months of years in two digits, or counted from 1912 (113年5月 is May 2024), where a meeting was in that year."""
    for match in _SHORT_YEAR.finditer(text):
        written = int(match["year"] or match["two"])
        years = (2000 + written, 1900 + written, _ROC + written) if written < 100 else (_ROC + written,)
        held = next((year for year in years if timeline.within(*_year(year))), None)
        named = find_day_months("in " + match["named"]) if match["named"] else ()
        month = named[0].month if named else int(match["month"] or 0)
        if held is None or not 1 <= month <= 12:
            continue
        day = int(match["day"]) if match["day"] else None
        if days := _month_part(month, day, None).days(held):
            yield Atom(match.start(), match.end(), "day" if day else "month", days)


def _without_overlap(atoms: list[Atom]) -> list[Atom]:
    """The longest of overlapping atoms, in order."""
    kept: list[Atom] = []
    for atom in sorted(atoms, key=lambda a: (a.start, a.start - a.end)):
        if not kept or atom.start >= kept[-1].end:
            kept.append(atom)
        elif atom.end - atom.start > kept[-1].end - kept[-1].start:
            kept[-1] = atom
    return kept


def _trim(text: str, atom: Atom) -> Atom:
    end = atom.start + len(text[atom.start : atom.end].rstrip(" ,"))
    return replace(atom, end=end)


def _either_way(words: str, timeline: Timeline) -> Days | None:
    """ "3/4/2005" is 3 April or 4 March: the one with a meeting, and 3 April when both or neither had one."""
    one, two, year = (int(number) for number in re.findall(r"\d+", words)[:3])
    full = year if year > 99 else 2000 + year if year < 70 else 1900 + year
    readings = [
        _month_part(month, day, None).days(full) for day, month in ((one, two), (two, one)) if month <= 12
    ]
    sure = [days for days in readings if days]
    return next((days for days in sure if timeline.within(*days)), sure[0] if sure else None)


def _no_such_day(words: str, anchor: datetime.date) -> Days | None:
    """A day there is not (29 February 2023): days that end before they begin, so no meeting is on it."""
    year = re.search(r"\d{4}", words)
    named = find_day_months(
        re.sub(r"\d{1,2}(?=\s*(?:st|nd|rd|th|日|号)?\b)", "1", words.replace(year[0] if year else "", ""))
    )
    month = named[0].month if named else int(re.findall(r"\d+", words + " 0 0")[1])
    if not 1 <= month <= 12:
        return None
    after = _months_part(month, 1).days(int(year[0]) if year else anchor.year)
    return after and (after[1] + datetime.timedelta(days=1), after[1])


def _month_part(month: int, day: int | None, last_day: int | None) -> Part:
    def days(year: int) -> Days | None:
        longest = months.monthrange(year, month)[1]
        if day and (last_day or day) > longest:
            return None
        return datetime.date(year, month, day or 1), datetime.date(year, month, last_day or day or longest)

    return Part(days)


def _months_part(first: int, count: int) -> Part:
    """`count` months from month `first`; from beyond December they run into the next year."""

    def days(year: int) -> Days:
        start = datetime.date(year, first, 1)
        return start, _add_months(start, count) - datetime.timedelta(days=1)

    return Part(days)


def _add_months(day: datetime.date, count: int) -> datetime.date:
    """The same day `count` months on, or the last of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    if not 1 <= year <= 9998:
        return day
    return datetime.date(year, month + 1, min(day.day, months.monthrange(year, month + 1)[1]))


def _year(year: int) -> Days:
    return datetime.date(year, 1, 1), datetime.date(year, 12, 31)


# The forms: parts of an open year, and times counted from the anchor -------------------------------

_ORDER = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "last": 4}
_SEASONS = {
    "spring": 3,
    "summer": 6,
    "autumn": 9,
    "fall": 9,
    "winter": 12,
    "春": 3,
    "夏": 6,
    "秋": 9,
    "冬": 12,
}
_COUNT = (
    r"(?:\d{1,3}|a|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|eighteen|couple of|few"
    r"|several)"
)
_CN_COUNT = rf"(?:\d{{1,3}}|[{CHINESE_NUMERALS}]{{1,3}}|几|数|半)"
_UNIT_DAYS = {"day": 1, "week": 7, "fortnight": 14, "天": 1, "日": 1, "周": 7, "星期": 7, "个星期": 7}
_UNIT_MONTHS = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "月": 1, "季度": 3, "年": 12}

_Read = Callable[[re.Match[str], datetime.date], Atom | None]


def _count(text: str) -> int:
    word = text.strip().lower()
    known = {"a": 1, "couple of": 2, "few": 3, "several": 3, "几": 3, "数": 3}
    return known.get(word) or english_number(word) or chinese_number(word) or 1


def _quarter(match: re.Match[str], anchor: datetime.date) -> Atom | None:
    word = match["n"].lower()
    number = _ORDER.get(word) or chinese_number(word) or 0
    if not 1 <= number <= 4:
        return None
    return Atom(match.start(), match.end(), "part", part=_months_part(3 * number - 2, 3))


def _half(match: re.Match[str], anchor: datetime.date) -> Atom:
    first = match["n"].lower() in ("first", "1st", "1", "上", "前")
    return Atom(match.start(), match.end(), "part", part=_months_part(1 if first else 7, 6))


def _season(match: re.Match[str], anchor: datetime.date) -> Atom:
    past = bool(match.groupdict().get("past"))
    part = _months_part(_SEASONS[match["n"].lower()], 3)
    return Atom(match.start(), match.end(), "part", part=part, adverb=past, past=past)


def _edge_of_year(match: re.Match[str], anchor: datetime.date) -> Atom:
    first, count = _EDGES[match["n"].lower()[-1]]
    return Atom(match.start(), match.end(), "part", part=_months_part(first, count))


def _last_month_named(match: re.Match[str], anchor: datetime.date) -> Atom | None:
    """ "last March": the latest one that is over; "this March": that of the anchor's year."""
    named = find_day_months("in " + match["m"])
    if not named:
        return None
    part = _month_part(named[0].month, None, None)
    if match["which"].lower() == "this":
        return Atom(match.start(), match.end(), "month", part.days(anchor.year), adverb=True)
    return Atom(match.start(), match.end(), "month", part=part, adverb=True, past=True)


def _relative_year(match: re.Match[str], anchor: datetime.date) -> Atom:
    back = _YEARS_BACK[match["n"].lower()]
    return Atom(match.start(), match.end(), "year", _year(anchor.year - back), adverb=True)


def _month_of_relative_year(match: re.Match[str], anchor: datetime.date) -> Atom | None:
    """ "去年8月", "明年三月五日"."""
    named = find_day_months(match["m"])
    if not named:
        return None
    part = _month_part(named[0].month, named[0].day, named[0].last_day)
    unit: Unit = "day" if named[0].day else "month"
    days = part.days(anchor.year - _YEARS_BACK[match["n"]])
    return Atom(match.start(), match.end(), unit, days, adverb=True) if days else None


def _years(match: re.Match[str], anchor: datetime.date) -> Atom | None:
    first, last = int(match["y"]), int(match["y2"])
    days = (datetime.date(first, 1, 1), datetime.date(last, 12, 31))
    return Atom(match.start(), match.end(), "part", days) if first < last else None


def _relative_unit(match: re.Match[str], anchor: datetime.date) -> Atom | None:
    """ "last month", "this quarter", "上周": the calendar unit, not the last thirty days."""
    back = 0 if match["which"].lower() in ("this", "the current", "本", "这", "这个", "本个") else 1
    unit = match["unit"].lower()
    if unit in ("week", "周", "星期"):
        monday = anchor - datetime.timedelta(days=anchor.weekday() + 7 * back)
        days = (monday, monday + datetime.timedelta(days=6))
    elif unit in ("month", "月"):
        start = _add_months(anchor.replace(day=1), -back)
        days = (start, _add_months(start, 1) - datetime.timedelta(days=1))
    else:
        start = _add_months(anchor.replace(month=(anchor.month - 1) // 3 * 3 + 1, day=1), -3 * back)
        days = (start, _add_months(start, 3) - datetime.timedelta(days=1))
    return Atom(match.start(), match.end(), "part", days, adverb=True)


def _rolling(match: re.Match[str], anchor: datetime.date) -> Atom:
    """ "in the last three months", "近半年": from that long before the anchor up to it."""
    return Atom(match.start(), match.end(), "part", (_back(match, anchor), anchor), adverb=True)


def _ago(match: re.Match[str], anchor: datetime.date) -> Atom:
    """ "two years ago", "三个月前": the year, month or day that was."""
    day = _back(match, anchor)
    unit = match["unit"].lower()
    if unit in ("year", "年"):
        return Atom(match.start(), match.end(), "year", _year(day.year), adverb=True)
    if unit in ("month", "月"):
        start = day.replace(day=1)
        end = _add_months(start, 1) - datetime.timedelta(days=1)
        return Atom(match.start(), match.end(), "month", (start, end), adverb=True)
    return Atom(match.start(), match.end(), "day", (day, day), adverb=True)


def _back(match: re.Match[str], anchor: datetime.date) -> datetime.date:
    number, unit = match["n"] or "one", match["unit"].lower()
    if number == "半":
        return _add_months(anchor, -6) if unit == "年" else anchor - datetime.timedelta(days=15)
    if unit in _UNIT_DAYS:
        return anchor - datetime.timedelta(days=min(_count(number) * _UNIT_DAYS[unit], 100_000))
    return _add_months(anchor, -_count(number) * _UNIT_MONTHS[unit])


def _named_day(match: re.Match[str], anchor: datetime.date) -> Atom:
    day = anchor - datetime.timedelta(days=_DAYS_BACK[match["n"].lower()])
    return Atom(match.start(), match.end(), "day", (day, day), adverb=True)


def _year_so_far(match: re.Match[str], anchor: datetime.date) -> Atom:
    return Atom(match.start(), match.end(), "part", (anchor.replace(month=1, day=1), anchor), adverb=True)


def _decade(match: re.Match[str], anchor: datetime.date) -> Atom:
    start = int(match["n"])
    first, last = {"early": (0, 3), "mid": (4, 6), "late": (7, 9)}.get((match["q"] or "").lower(), (0, 9))
    days = (datetime.date(start + first, 1, 1), datetime.date(start + last, 12, 31))
    return Atom(match.start(), match.end(), "part", days)


def _share_of_year(match: re.Match[str], anchor: datetime.date) -> Atom:
    return Atom(match.start(), match.end(), "part", share_of(_year(int(match["y"])), match["q"].lower()))


def _month_slash_year(match: re.Match[str], anchor: datetime.date) -> Atom | None:
    month, year = int(match["m"]), int(match["y"])
    days = _month_part(month, None, None).days(year)
    return Atom(match.start(), match.end(), "month", days)


_EDGES = {"初": (1, 3), "中": (5, 4), "底": (10, 3), "末": (10, 3)}
_YEARS_BACK = {
    **dict.fromkeys(("last year", "the previous year", "previous year", "去年", "上年", "上一年"), 1),
    **dict.fromkeys(("this year", "the current year", "current year", "今年", "本年", "本年度", "今年度"), 0),
    **dict.fromkeys(("the year before last", "前年"), 2),
    **dict.fromkeys(("去年度", "上年度", "上一年度"), 1),
    "明年": -1,
}
_DAYS_BACK = {"today": 0, "yesterday": 1, "今天": 0, "今日": 0, "昨天": 1, "昨日": 1, "前天": 2}
_MONTH_NAMES = r"(?:january|february|march|april|may|june|july|august|september|october|november|december)"


def _form(pattern: str, read: _Read) -> tuple[re.Pattern[str], _Read]:
    return re.compile(pattern, re.IGNORECASE), read


_FORMS: tuple[tuple[re.Pattern[str], _Read], ...] = (
    _form(r"\b(?P<n>first|second|third|fourth|last|1st|2nd|3rd|4th)[ -]quarter\b", _quarter),
    _form(r"\bq(?P<n>[1-4])\b", _quarter),
    _form(r"第?(?P<n>[1-4一二三四])季度", _quarter),
    _form(r"\b(?P<n>first|second|last|1st|2nd)[ -]half of (?:the year\b|(?=last year|this year))", _half),
    _form(r"(?P<n>[上下])半年度?", _half),
    _form(r"\b(?P<past>last |this past )?(?P<n>spring|summer|autumn|fall|winter)\b", _season),
    _form(r"(?P<n>[春夏秋冬])(?:季(?!度)|天)", _season),
    _form(r"(?<![去今前明今当每本两同一几几])(?P<n>年[初中底末])", _edge_of_year),
    _form(rf"\b(?P<which>last|this(?: past)?) (?P<m>{_MONTH_NAMES})\b(?! \d)", _last_month_named),
    _form(
        r"\b(?P<n>the year before last|(?:the )?(?:previous|current) year|(?:last|this) year)\b",
        _relative_year,
    ),
    _form(r"(?P<n>前年|(?:去|今|上一?|本)年度?)", _relative_year),
    _form(
        r"\b(?P<which>last|this|the current|the previous|previous) (?P<unit>week|month|quarter)\b",
        _relative_unit,
    ),
    _form(r"(?P<which>上一?个?|本|这个?)(?P<unit>周(?!期)|星期|月|季度)", _relative_unit),
    _form(
        rf"\b(?:in|over|during|within|for|throughout)? ?the (?:last|past|previous"
        rf"|preceding) (?:(?P<n>{_COUNT}) )?"
        r"(?P<unit>day|week|fortnight|month|quarter|year|decade)s?\b",
        _rolling,
    ),
    _form(
        rf"\b(?:last|past) (?P<n>{_COUNT}) (?P<unit>day|week|fortnight|month|quarter|year|decade)s?\b",
        _rolling,
    ),
    _form(r"\bin recent (?P<n>)(?P<unit>week|month|year)s\b", _rolling),
    _form(
        rf"(?:最近|近|过去|前|这)的?(?P<n>{_CN_COUNT})个?(?P<unit>天|日|周|星期|月|季度|年)(?:以来|来|内|里|中|间)?",
        _rolling,
    ),
    _form(rf"\b(?P<n>{_COUNT}) (?P<unit>day|week|month|year)s? ago\b", _ago),
    _form(rf"(?<![第\d])(?P<n>{_CN_COUNT})(?:个(?=月))?(?P<unit>天|(?<=个)月|年)(?:以)?前(?!后)", _ago),
    _form(r"\b(?P<n>today|yesterday)\b", _named_day),
    _form(r"(?P<n>今天|今日|昨天|昨日|前天)", _named_day),
    _form(r"\b(?:so far this year|this year (?:so far|to date)|(?:the )?year to date)\b", _year_so_far),
    _form(r"(?:今年|年初)(?:以来|至今|到现在|到目前)", _year_so_far),
    _form(
        rf"(?P<n>前年|(?:去|今|上一?|本|明)年)的?(?P<m>[\d{CHINESE_NUMERALS}]{{1,3}}月(?:[\d{CHINESE_NUMERALS}]{{1,3}}[日号]|份)?)",
        _month_of_relative_year,
    ),
    _form(r"(?<!\d)(?P<y>(?:19|20)\d\d) ?(?:[-–—~～到至]|和) ?(?P<y2>(?:19|20)\d\d) ?年", _years),
    _form(r"\b(?:the )?(?:(?P<q>early|mid|late)[ -])?(?P<n>(?:18|19|20)\d0)['’]?s\b", _decade),
    _form(r"\b(?P<q>early|mid|late)-(?P<y>(?:18|19|20)\d\d)\b", _share_of_year),
    _form(r"(?<![\w./-])(?P<m>0?[1-9]|1[0-2])/(?P<y>(?:19|20)\d\d)(?![\w/-])", _month_slash_year),
)


def share_of(days: Days, word: str) -> Days:
    """What "early", "mid", "late", "the end of", 「初」, 「中旬」 leave of a year or a month: about a third.

    The beginning and the end of a year are its first and last quarter.
    """
    third = 0 if word[-1] in "初上" or word in ("early",) or "beginning" in word or "start" in word else 2
    third = 1 if word in ("mid", "中", "年中", "中旬") or "middle" in word else third
    third = 0 if word == "上旬" else 1 if word == "中旬" else 2 if word == "下旬" else third
    first, last = days
    if (last - first).days > 300:
        edge = third != 1 and word not in ("early", "late")  # the end of a year is its last quarter
        start = datetime.date(first.year, (1 + 9 * (third // 2)) if edge else 1 + 4 * third, 1)
        return start, _add_months(start, 3 if edge else 4) - datetime.timedelta(days=1)
    cuts = (1, 11, 21)
    start = first.replace(day=cuts[third])
    return start, last if third == 2 else first.replace(day=cuts[third + 1] - 1)
