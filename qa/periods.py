"""Words of a question that name time, and the days they mean: "since March", "last year", "2024年上半年".

Dates that stand on their own come from `ingest.dates`; read here is what depends on the day of asking, on the
meetings there are, or on a word beside it ("before", "between", "early"). How an open year is filled:

- "in March", "8月25日": the latest year with a meeting in it, else the latest one already past at the anchor;
- "last March", "since March", "before March": the latest one already past at the anchor;
- "last year", "今年": counted from the anchor (`Calendar.anchor`).
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
from qa.answers import Period
from qa.calendar import Timeline

Days = tuple[datetime.date, datetime.date]
Unit = Literal["day", "month", "year", "part"]


@dataclass(frozen=True, slots=True)
class TimeWords(Span):
    """Words that name a time.

    unit     what they name: a day, a month, a whole year, or some other stretch
    adverb   they need no preposition to say when ("since March", "last year", "去年")
    dated    they name the year
    """

    period: Period
    unit: Unit = "part"
    adverb: bool = False
    dated: bool = True


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of some year: `days(year)` are its days in that year."""

    days: Callable[[int], Days | None]


@dataclass(frozen=True, slots=True)
class _Atom(Span):
    """One time expression before the words around it are read; `part` while the year is open."""

    unit: Unit
    days: Days | None = None
    part: _Part | None = None
    adverb: bool = False
    past: bool = False  # "last March": already past


def find_times(text: str, timeline: Timeline, anchor: datetime.date) -> list[TimeWords]:
    """Every time expression of `text`, in order, not overlapping, with the days it means.

    White space in `text` is expected as single spaces.
    """
    atoms = _bind_years(text, _without_overlap(list(_atoms(text, timeline, anchor))))
    atoms = [_trim(text, atom) for atom in atoms]
    found = _read_around(text, atoms, timeline, anchor)
    return [_named(text, times) for times in found]


def _named(text: str, times: TimeWords) -> TimeWords:
    period = times.period
    return replace(
        times, period=Period(times.start, times.end, period.first, period.last, text[times.start : times.end])
    )


# Atoms ------------------------------------------------------------------------------------------------------


def _atoms(text: str, timeline: Timeline, anchor: datetime.date) -> Iterator[_Atom]:
    for date in find_dates(text):
        unit: Unit = date.precision if date.precision in ("day", "month", "year") else "part"  # type: ignore[assignment]
        yield _Atom(date.start, date.end, unit, (date.first, date.last))
    for span in find_ambiguous(text):
        yield _Atom(span.start, span.end, "day", _either_way(span.of(text), timeline))
    for span in find_impossible(text):
        days = _no_such_day(span.of(text), anchor)
        if days:
            yield _Atom(span.start, span.end, "day", days)
    for open_date in find_day_months(text):
        part = _month_part(open_date.month, open_date.day, open_date.last_day)
        unit = "day" if open_date.day else "month"
        yield _Atom(open_date.start, open_date.end, unit, part=part)
    for pattern, read in _FORMS:
        for match in pattern.finditer(text):
            atom = read(match, anchor)
            if atom:
                yield atom


def _without_overlap(atoms: list[_Atom]) -> list[_Atom]:
    """The longest of overlapping atoms, in order."""
    kept: list[_Atom] = []
    for atom in sorted(atoms, key=lambda a: (a.start, a.start - a.end)):
        if not kept or atom.start >= kept[-1].end:
            kept.append(atom)
        elif atom.end - atom.start > kept[-1].end - kept[-1].start:
            kept[-1] = atom
    return kept


def _trim(text: str, atom: _Atom) -> _Atom:
    end = atom.start + len(text[atom.start : atom.end].rstrip(" ,"))
    return replace(atom, end=end)


def _either_way(words: str, timeline: Timeline) -> Days | None:
    """ "3/4/2005" is 3 April or 4 March: the one with a meeting, and 3 April when both or neither had one."""
    one, two, year = (int(number) for number in re.findall(r"\d+", words)[:3])
    full = year if year > 99 else 2000 + year if year < 70 else 1900 + year
    readings = [_month_part(month, day, None).days(full) for day, month in ((one, two), (two, one)) if month <= 12]
    sure = [days for days in readings if days]
    return next((days for days in sure if timeline.within(*days)), sure[0] if sure else None)


def _no_such_day(words: str, anchor: datetime.date) -> Days | None:
    """A day the calendar does not have (29 February 2023): days that end before they begin, so no meeting is on it."""
    year = re.search(r"\d{4}", words)
    named = find_day_months(re.sub(r"\d{1,2}(?=\s*(?:st|nd|rd|th|日|号)?\b)", "1", words.replace(year[0] if year else "", "")))
    month = named[0].month if named else int(re.findall(r"\d+", words + " 0 0")[1])
    if not 1 <= month <= 12:
        return None
    after = _months_part(month, 1).days(int(year[0]) if year else anchor.year)
    return after and (after[1] + datetime.timedelta(days=1), after[1])


def _month_part(month: int, day: int | None, last_day: int | None) -> _Part:
    def days(year: int) -> Days | None:
        longest = months.monthrange(year, month)[1]
        if day and (last_day or day) > longest:
            return None
        return datetime.date(year, month, day or 1), datetime.date(year, month, last_day or day or longest)

    return _Part(days)


def _months_part(first: int, count: int) -> _Part:
    """`count` months from month `first`; from beyond December they run into the next year."""

    def days(year: int) -> Days:
        start = datetime.date(year, first, 1)
        return start, _add_months(start, count) - datetime.timedelta(days=1)

    return _Part(days)


def _add_months(day: datetime.date, count: int) -> datetime.date:
    """The same day `count` months on, or the last of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    if not 1 <= year <= 9998:
        return day
    return datetime.date(year, month + 1, min(day.day, months.monthrange(year, month + 1)[1]))


def _year(year: int) -> Days:
    return datetime.date(year, 1, 1), datetime.date(year, 12, 31)


# The forms: parts of an open year, and times counted from the anchor -----------------------------------------

_ORDER = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "last": 4}
_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12, "春": 3, "夏": 6, "秋": 9, "冬": 12}
_COUNT = (
    r"(?:\d{1,3}|a|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|eighteen|couple of|few|several)"
)
_CN_COUNT = rf"(?:\d{{1,3}}|[{CHINESE_NUMERALS}]{{1,3}}|几|数|半)"
_UNIT_DAYS = {"day": 1, "week": 7, "fortnight": 14, "天": 1, "日": 1, "周": 7, "星期": 7, "个星期": 7}
_UNIT_MONTHS = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "月": 1, "季度": 3, "年": 12}

_Read = Callable[[re.Match[str], datetime.date], _Atom | None]


def _count(text: str) -> int:
    word = text.strip().lower()
    known = {"a": 1, "couple of": 2, "few": 3, "several": 3, "几": 3, "数": 3}
    return known.get(word) or english_number(word) or chinese_number(word) or 1


def _quarter(match: re.Match[str], anchor: datetime.date) -> _Atom | None:
    word = match["n"].lower()
    number = _ORDER.get(word) or chinese_number(word) or 0
    if not 1 <= number <= 4:
        return None
    return _Atom(match.start(), match.end(), "part", part=_months_part(3 * number - 2, 3))


def _half(match: re.Match[str], anchor: datetime.date) -> _Atom:
    first = match["n"].lower() in ("first", "1st", "1", "上", "前")
    return _Atom(match.start(), match.end(), "part", part=_months_part(1 if first else 7, 6))


def _season(match: re.Match[str], anchor: datetime.date) -> _Atom:
    past = bool(match.groupdict().get("past"))
    part = _months_part(_SEASONS[match["n"].lower()], 3)
    return _Atom(match.start(), match.end(), "part", part=part, adverb=past, past=past)


def _edge_of_year(match: re.Match[str], anchor: datetime.date) -> _Atom:
    first, count = _EDGES[match["n"].lower()[-1]]
    return _Atom(match.start(), match.end(), "part", part=_months_part(first, count))


def _last_month_named(match: re.Match[str], anchor: datetime.date) -> _Atom | None:
    """ "last March": the latest one that is over; "this March": that of the anchor's year."""
    named = find_day_months("in " + match["m"])
    if not named:
        return None
    part = _month_part(named[0].month, None, None)
    if match["which"].lower() == "this":
        return _Atom(match.start(), match.end(), "month", part.days(anchor.year), adverb=True)
    return _Atom(match.start(), match.end(), "month", part=part, adverb=True, past=True)


def _relative_year(match: re.Match[str], anchor: datetime.date) -> _Atom:
    back = _YEARS_BACK[match["n"].lower()]
    return _Atom(match.start(), match.end(), "year", _year(anchor.year - back), adverb=True)


def _month_of_relative_year(match: re.Match[str], anchor: datetime.date) -> _Atom | None:
    """ "去年8月", "今年三月五日"."""
    named = find_day_months(match["m"])
    if not named:
        return None
    part = _month_part(named[0].month, named[0].day, named[0].last_day)
    unit: Unit = "day" if named[0].day else "month"
    days = part.days(anchor.year - _YEARS_BACK[match["n"]])
    return _Atom(match.start(), match.end(), unit, days, adverb=True) if days else None


def _years(match: re.Match[str], anchor: datetime.date) -> _Atom | None:
    first, last = int(match["y"]), int(match["y2"])
    days = (datetime.date(first, 1, 1), datetime.date(last, 12, 31))
    return _Atom(match.start(), match.end(), "part", days) if first < last else None


def _relative_unit(match: re.Match[str], anchor: datetime.date) -> _Atom | None:
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
    return _Atom(match.start(), match.end(), "part", days, adverb=True)


def _rolling(match: re.Match[str], anchor: datetime.date) -> _Atom:
    """ "in the last three months", "近半年": from that long before the anchor up to it."""
    return _Atom(match.start(), match.end(), "part", (_back(match, anchor), anchor), adverb=True)


def _ago(match: re.Match[str], anchor: datetime.date) -> _Atom:
    """ "two years ago", "三个月前": the year, month or day that was."""
    day = _back(match, anchor)
    unit = match["unit"].lower()
    if unit in ("year", "年"):
        return _Atom(match.start(), match.end(), "year", _year(day.year), adverb=True)
    if unit in ("month", "月"):
        start = day.replace(day=1)
        end = _add_months(start, 1) - datetime.timedelta(days=1)
        return _Atom(match.start(), match.end(), "month", (start, end), adverb=True)
    return _Atom(match.start(), match.end(), "day", (day, day), adverb=True)


def _back(match: re.Match[str], anchor: datetime.date) -> datetime.date:
    number, unit = match["n"] or "one", match["unit"].lower()
    if number == "半":
        return _add_months(anchor, -6) if unit == "年" else anchor - datetime.timedelta(days=15)
    if unit in _UNIT_DAYS:
        return anchor - datetime.timedelta(days=min(_count(number) * _UNIT_DAYS[unit], 100_000))
    return _add_months(anchor, -_count(number) * _UNIT_MONTHS[unit])


def _named_day(match: re.Match[str], anchor: datetime.date) -> _Atom:
    day = anchor - datetime.timedelta(days=_DAYS_BACK[match["n"].lower()])
    return _Atom(match.start(), match.end(), "day", (day, day), adverb=True)


def _year_so_far(match: re.Match[str], anchor: datetime.date) -> _Atom:
    return _Atom(match.start(), match.end(), "part", (anchor.replace(month=1, day=1), anchor), adverb=True)


def _decade(match: re.Match[str], anchor: datetime.date) -> _Atom:
    start = int(match["n"])
    first, last = {"early": (0, 3), "mid": (4, 6), "late": (7, 9)}.get((match["q"] or "").lower(), (0, 9))
    days = (datetime.date(start + first, 1, 1), datetime.date(start + last, 12, 31))
    return _Atom(match.start(), match.end(), "part", days)


def _share_of_year(match: re.Match[str], anchor: datetime.date) -> _Atom:
    return _Atom(match.start(), match.end(), "part", _share(_year(int(match["y"])), match["q"].lower()))


def _month_slash_year(match: re.Match[str], anchor: datetime.date) -> _Atom | None:
    month, year = int(match["m"]), int(match["y"])
    days = _month_part(month, None, None).days(year)
    return _Atom(match.start(), match.end(), "month", days)


_EDGES = {"初": (1, 3), "中": (5, 4), "底": (10, 3), "末": (10, 3)}
_YEARS_BACK = {
    **dict.fromkeys(("last year", "the previous year", "previous year", "去年", "上年", "上一年"), 1),
    **dict.fromkeys(("this year", "the current year", "current year", "今年", "本年", "本年度", "今年度"), 0),
    **dict.fromkeys(("the year before last", "前年"), 2),
    **dict.fromkeys(("去年度", "上年度", "上一年度"), 1),
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
    _form(r"\b(?P<n>the year before last|(?:the )?(?:previous|current) year|(?:last|this) year)\b", _relative_year),
    _form(r"(?P<n>前年|(?:去|今|上一?|本)年度?)", _relative_year),
    _form(r"\b(?P<which>last|this|the current|the previous|previous) (?P<unit>week|month|quarter)\b", _relative_unit),
    _form(r"(?P<which>上一?个?|本|这个?)(?P<unit>周(?!期)|星期|月|季度)", _relative_unit),
    _form(
        rf"\b(?:in|over|during|within|for|throughout)? ?the (?:last|past|previous|preceding) (?:(?P<n>{_COUNT}) )?"
        r"(?P<unit>day|week|fortnight|month|quarter|year|decade)s?\b",
        _rolling,
    ),
    _form(
        rf"\b(?:last|past) (?P<n>{_COUNT}) (?P<unit>day|week|fortnight|month|quarter|year|decade)s?\b", _rolling
    ),
    _form(r"\bin recent (?P<n>)(?P<unit>week|month|year)s\b", _rolling),
    _form(
        rf"(?:最近|近|过去|前|这)的?(?P<n>{_CN_COUNT})个?(?P<unit>天|日|周|星期|月|季度|年)(?:以来|来|内|里|中|间)?",
        _rolling,
    ),
    _form(rf"\b(?P<n>{_COUNT}) (?P<unit>day|week|month|year)s? ago\b", _ago),
    _form(rf"(?<![第\d])(?P<n>{_CN_COUNT})个?(?P<unit>天|月|年)(?:以)?前(?!后)", _ago),
    _form(r"\b(?P<n>today|yesterday)\b", _named_day),
    _form(r"(?P<n>今天|今日|昨天|昨日|前天)", _named_day),
    _form(r"\b(?:so far this year|this year (?:so far|to date)|(?:the )?year to date)\b", _year_so_far),
    _form(r"(?:今年|年初)(?:以来|至今|到现在|到目前)", _year_so_far),
    _form(
        rf"(?P<n>前年|(?:去|今|上一?|本)年)的?(?P<m>[\d{CHINESE_NUMERALS}]{{1,3}}月(?:[\d{CHINESE_NUMERALS}]{{1,3}}[日号]|份)?)",
        _month_of_relative_year,
    ),
    _form(r"(?<!\d)(?P<y>(?:19|20)\d\d) ?(?:[-–—~～到至]|和) ?(?P<y2>(?:19|20)\d\d) ?年", _years),
    _form(r"\b(?:the )?(?:(?P<q>early|mid|late)[ -])?(?P<n>(?:18|19|20)\d0)['’]?s\b", _decade),
    _form(r"\b(?P<q>early|mid|late)-(?P<y>(?:18|19|20)\d\d)\b", _share_of_year),
    _form(r"(?<![\w./-])(?P<m>0?[1-9]|1[0-2])/(?P<y>(?:19|20)\d\d)(?![\w/-])", _month_slash_year),
)


# Years from beside: "August last year", "去年8月", "September and October 2007" --------------------------------


def _bind_years(text: str, atoms: list[_Atom]) -> list[_Atom]:
    """Joins a part and the year it belongs to where they stand side by side."""
    joined: list[_Atom] = []
    for atom in atoms:
        before = joined[-1] if joined else None
        gap = text[before.end : atom.start].strip(" ,") if before else ""
        if before and _is_year(before) and atom.part and not atom.past and gap in ("", "的"):
            joined[-1] = _in_year(before, atom)
        elif before and before.part and not before.past and _is_year(atom) and gap.lower() in ("", "of", "in"):
            joined[-1] = _in_year(atom, before)
        else:
            joined.append(atom)
    return _share_years(text, joined)


def _is_year(atom: _Atom) -> bool:
    return atom.unit == "year" and atom.days is not None and atom.days[0].year == atom.days[1].year


def _in_year(year: _Atom, part: _Atom) -> _Atom:
    assert year.days and part.part
    start, end = min(year.start, part.start), max(year.end, part.end)
    return _Atom(start, end, part.unit, part.part.days(year.days[0].year), adverb=year.adverb)


_AND = re.compile(r"\s*(?:,|and|or|to|through|until|till|[-–—~～]|、|和|与|及|到|至)\s*", re.IGNORECASE)


def _share_years(text: str, atoms: list[_Atom]) -> list[_Atom]:
    """ "January to June 2024", "2024年3月和5月": the year of one end counts for the other."""
    out = list(atoms)
    for i in range(len(out) - 2, -1, -1):
        left, right = out[i], out[i + 1]
        if not _AND.fullmatch(text, left.end, right.start) or left.past or right.past:
            continue
        if left.part and right.days and right.unit == left.unit:
            days = left.part.days(right.days[0].year)
            if days and days[0] > right.days[0]:
                days = left.part.days(right.days[0].year - 1)
            out[i] = replace(left, days=days, part=None)
    for i in range(len(out) - 1):
        left, right = out[i], out[i + 1]
        if right.part and not right.past and left.days and left.unit == right.unit:
            if _AND.fullmatch(text, left.end, right.start):
                days = right.part.days(left.days[1].year)
                if days and days[0] < left.days[0]:
                    days = right.part.days(left.days[1].year + 1)
                out[i + 1] = replace(right, days=days, part=None)
    return out


# The words around: ranges, open sides, "early", "底" ----------------------------------------------------------

_BETWEEN = re.compile(r"\bbetween\s+(?:the\s+)?$|在?$", re.IGNORECASE)
_FROM = re.compile(r"(?:\bfrom\s+(?:the\s+)?|[从自由])$", re.IGNORECASE)
_TO = re.compile(
    r"\s*(?:to|until|till|through|up to|[-–—~～至到])\s*(?:the\s+)?", re.IGNORECASE
)
_AND_ONLY = re.compile(r"\s*(?:and|和|与|及)\s*(?:the\s+)?", re.IGNORECASE)
_JOINED = re.compile(r"\b(?:to|until|till|through)\b|[^\W\d_年月日] ?[-–—] ?|[至到]", re.IGNORECASE)
_BEFORE_OPEN = re.compile(
    r"\b(?P<w>ever since|since|as of|as from|starting(?: in| from| on)?|beginning(?: in)?|after|following|post"
    r"|prior to|before|until|till|up to|up until|earlier than|later than|no later than|not later than)"
    r"\s+(?:the\s+)?(?:(?:start|beginning|end)\s+of\s+)?$",
    re.IGNORECASE,
)
_AFTER_OPEN = re.compile(
    r"\s*(?:(?P<since>onwards?\b|and after\b|or later\b|and later\b|(?:以来|至今|到现在|到目前|起|开始)(?:的)?)"
    r"|(?P<after>(?:以后|之后|后)(?!勤|备|台|续|期))"
    r"|(?P<before>or earlier\b|and before\b|and earlier\b|(?:以前|之前|前)(?!期|台|后|景|沿|提)))",
    re.IGNORECASE,
)
_QUALIFIER = re.compile(
    r"\b(?P<q>early|mid|late|the beginning of|the start of|the end of|the middle of|beginning of|end of)[\s-]+"
    r"(?:the\s+)?$",
    re.IGNORECASE,
)
_CN_QUALIFIER = re.compile(r"的?(?P<q>年?[初中底末]|[上中下]旬)(?!期|学|小)")


def _read_around(
    text: str, atoms: list[_Atom], timeline: Timeline, anchor: datetime.date
) -> Iterator[TimeWords]:
    i = 0
    while i < len(atoms):
        atom = atoms[i]
        if i + 1 < len(atoms):
            joined = _range(text, atom, atoms[i + 1], timeline, anchor)
            if joined:
                yield joined
                i += 2
                continue
        yield from _single(text, atom, timeline, anchor)
        i += 1


def _range(
    text: str, left: _Atom, right: _Atom, timeline: Timeline, anchor: datetime.date
) -> TimeWords | None:
    """ "from March to May 2024", "between 2019 and 2021", "3月到5月"."""
    lead = text[max(0, left.start - 20) : left.start]
    between = _BETWEEN.search(lead)
    to = _TO.fullmatch(text, left.end, right.start)
    both = between and between[0] and _AND_ONLY.fullmatch(text, left.end, right.start)
    if not to and not both:
        return None
    ends = _ends(left, right, timeline, anchor)
    if not ends:
        return None
    opener = (between if both and between and between[0] else None) or _FROM.search(lead)
    start = left.start - (len(opener[0]) if opener else 0)
    trail = re.compile(r"之间|期间|间").match(text, right.end)
    end = trail.end() if trail else right.end
    dated = bool(left.days or right.days)
    return TimeWords(start, end, Period(start, end, *ends), "part", adverb=bool(opener), dated=dated)


def _ends(left: _Atom, right: _Atom, timeline: Timeline, anchor: datetime.date) -> Days | None:
    """First and last day of a range; where both years are open, of the latest year that has a meeting in it."""
    if left.part and right.part:
        open_range = _Part(lambda year: _span_days(left.part, right.part, year))
        return _fill(open_range, timeline, anchor, past=False)
    first, last = left.days, right.days
    if first and right.part:
        last = right.part.days(first[1].year) or right.part.days(first[1].year + 1)
    elif last and left.part:
        first = left.part.days(last[0].year)
    if not first or not last or first[0] > last[1]:
        return None
    return first[0], last[1]


def _span_days(left: _Part | None, right: _Part | None, year: int) -> Days | None:
    last = right.days(year) if right else None
    first = left.days(year) if left else None
    if first and last and first[0] > last[1] and left:
        first = left.days(year - 1)
    return (first[0], last[1]) if first and last else None


def _single(text: str, atom: _Atom, timeline: Timeline, anchor: datetime.date) -> Iterator[TimeWords]:
    lead = text[max(0, atom.start - 40) : atom.start]
    before, after = _BEFORE_OPEN.search(lead), _AFTER_OPEN.match(text, atom.end)
    whole_range = _FROM.search(lead) if _JOINED.search(text, atom.start, atom.end) else None
    qualifier, cn_qualifier = _QUALIFIER.search(lead), _CN_QUALIFIER.match(text, atom.end)
    from_on = after and after["since"] and _FROM.search(lead)
    past = atom.past or bool(before) or bool(after)
    days = atom.days or (atom.part and _fill(atom.part, timeline, anchor, past=past))
    if not days:
        return
    start, end, dated = atom.start, atom.end, bool(atom.days)
    if qualifier and not before and atom.unit in ("year", "month"):
        days, start = _share(days, qualifier["q"].lower()), start - len(qualifier[0])
        yield TimeWords(start, end, Period(start, end, *days), "part", atom.adverb, dated)
    elif cn_qualifier and atom.unit in ("year", "month"):
        days, end = _share(days, cn_qualifier["q"]), cn_qualifier.end()
        later = _AFTER_OPEN.match(text, end)
        yield from _opened(start, end, days, dated, None, later)
    elif before or after:
        if before:
            start -= len(before[0])
        elif from_on:
            start -= len(from_on[0])
        elif text[max(0, start - 1) : start] in ("自", "从"):
            start -= 1
        if after and not before:
            end = after.end()
        yield from _opened(start, end, days, dated, before, after)
    elif whole_range:
        start -= len(whole_range[0])
        yield TimeWords(start, end, Period(start, end, *days), atom.unit, True, dated)
    else:
        yield TimeWords(start, end, Period(start, end, *days), atom.unit, atom.adverb, dated)


def _opened(
    start: int,
    end: int,
    days: Days,
    dated: bool,
    before: re.Match[str] | None,
    after: re.Match[str] | None,
) -> Iterator[TimeWords]:
    """One side left open: "since", "after" and their kin the end, "before" and "until" the beginning."""
    first: datetime.date | None
    last: datetime.date | None
    if before:
        word = re.sub(r"\s+", " ", before["w"].lower())
        kind = "since" if word not in _AFTER_WORDS | _BEFORE_WORDS | _UNTIL_WORDS else ""
        kind = kind or ("after" if word in _AFTER_WORDS else "before" if word in _BEFORE_WORDS else "until")
        if "end of" in before[0].lower():
            days = (days[1], days[1])
        elif "start of" in before[0].lower() or "beginning of" in before[0].lower():
            days = (days[0], days[0])
    elif after:
        end = max(end, after.end())
        kind = "since" if after["since"] else "after" if after["after"] else "before"
    else:
        yield TimeWords(start, end, Period(start, end, *days), "part", False, dated)
        return
    one = datetime.timedelta(days=1)
    first, last = {
        "since": (days[0], None),
        "after": (days[1] + one, None),
        "before": (None, days[0] - one),
        "until": (None, days[1]),
    }[kind]
    yield TimeWords(start, end, Period(start, end, first, last), "part", True, dated)


_AFTER_WORDS = {"after", "following", "post", "later than"}
_BEFORE_WORDS = {"before", "prior to", "earlier than"}
_UNTIL_WORDS = {"until", "till", "up to", "up until", "no later than", "not later than"}


def _share(days: Days, word: str) -> Days:
    """The first, middle or last third of some days, cut at months where they are a year."""
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


def _fill(part: _Part, timeline: Timeline, anchor: datetime.date, *, past: bool) -> Days | None:
    """The days of a part whose year is open; see the head of this file."""
    if not past:
        for year in timeline.years():
            days = part.days(year)
            if days and timeline.within(*days):
                return days
    for year in range(anchor.year, max(anchor.year - 9, 1), -1):  # nine years reach over any leap day
        days = part.days(year)
        if days and days[0] <= anchor:
            return days
    return None
