"""Words of a question that name time, and the days they mean: "since March", "last year", "2024年上半年".

The expressions themselves come from `qa.times`; read here is what a word beside them makes of them ("before",
"between", "early", "底"), and an open year is filled from the meetings there are:

- "in March", "8月25日": the latest year with a meeting in it, else the latest one already past at the anchor;
- "last March", "before March": the latest one already past at the anchor;
- "since March": the same, but one with a meeting since, if there is any;
- "last year", "今年": counted from the anchor (`Calendar.anchor`).
"""

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ingest.records import Span
from qa.answers import Period
from qa.calendar import Timeline
from qa.times import Atom, Days, Part, Unit, find_atoms, share_of


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


def find_times(text: str, timeline: Timeline, anchor: datetime.date) -> list[TimeWords]:
    """Every time expression of `text`, in order, not overlapping, with the days it means.

    White space in `text` is expected as single spaces.
    """
    atoms = _bind_years(text, find_atoms(text, timeline, anchor))
    found = _read_around(text, atoms, timeline, anchor)
    return [_named(text, times) for times in found]


def _named(text: str, times: TimeWords) -> TimeWords:
    period = times.period
    return replace(
        times, period=Period(times.start, times.end, period.first, period.last, text[times.start : times.end])
    )


# Years from beside: "August last year", "September and October 2007" -------------------------------


def _bind_years(text: str, atoms: list[Atom]) -> list[Atom]:
    """Joins a part and the year it belongs to where they stand side by side."""
    joined: list[Atom] = []
    for atom in atoms:
        before = joined[-1] if joined else None
        gap = text[before.end : atom.start].strip(" ,") if before else ""
        if before and _is_year(before) and atom.part and not atom.past and gap in ("", "的"):
            joined[-1] = _in_year(before, atom)
        elif (
            before and before.part and not before.past and _is_year(atom) and gap.lower() in ("", "of", "in")
        ):
            joined[-1] = _in_year(atom, before)
        else:
            joined.append(atom)
    return _share_years(text, joined)


def _is_year(atom: Atom) -> bool:
    return atom.unit == "year" and atom.days is not None and atom.days[0].year == atom.days[1].year


def _in_year(year: Atom, part: Atom) -> Atom:
    assert year.days and part.part
    start, end = min(year.start, part.start), max(year.end, part.end)
    return Atom(start, end, part.unit, part.part.days(year.days[0].year), adverb=year.adverb)


_AND = re.compile(r"\s*(?:,|and|or|to|through|until|till|[-–—~～]|、|和|与|及|到|至)\s*", re.IGNORECASE)


def _share_years(text: str, atoms: list[Atom]) -> list[Atom]:
    """ "January to June 2024", "2024年3月和5月", "the May meeting in 2024": one year counts for both."""
    out = list(atoms)
    for i in range(len(out) - 2, -1, -1):
        left, right = out[i], out[i + 1]
        if left.part and not left.past and right.days and _linked(text, left, right):
            out[i] = _closest(left, left.part, right.days, forward=False)
    for i in range(len(out) - 1):
        left, right = out[i], out[i + 1]
        if right.part and not right.past and left.days and _linked(text, left, right):
            out[i + 1] = _closest(right, right.part, left.days, forward=True)
    return out


def _linked(text: str, left: Atom, right: Atom) -> bool:
    if left.unit == right.unit:
        return bool(_AND.fullmatch(text, left.end, right.start))
    return _is_year(right) and bool(_MEETING_IN.fullmatch(text, left.end, right.start))


def _closest(atom: Atom, part: Part, other: Days, *, forward: bool) -> Atom:
    """A part put into the year of `other`, or the next one where it would lie on the wrong side of it."""
    days = part.days((other[1] if forward else other[0]).year)
    whole_year = (other[1] - other[0]).days >= 364
    if days and not whole_year and (days[1] < other[0] if forward else days[0] > other[1]):
        days = part.days(days[0].year + (1 if forward else -1))
    return replace(atom, days=days, part=None)


_MEETING_IN = re.compile(
    r"(?:'s)?(?: \w+)? (?:meetings?|sessions?|minutes)(?:,| (?:of|in|held in|from))? (?:the )?", re.IGNORECASE
)


# The words around: ranges, open sides, "early" -----------------------------------------------------

_BETWEEN = re.compile(r"\bbetween\s+(?:the\s+)?$|在?$", re.IGNORECASE)
_FROM = re.compile(r"(?:\bfrom\s+(?:the\s+)?|[从自由])$", re.IGNORECASE)
_TO = re.compile(r"\s*(?:to|until|till|through|up to|[-–—~～至到])\s*(?:the\s+)?", re.IGNORECASE)
_AND_ONLY = re.compile(r"\s*(?:and|和|与|及)\s*(?:the\s+)?", re.IGNORECASE)
_JOINED = re.compile(r"\b(?:to|until|till|through)\b|[^\W\d_年月日] ?[-–—] ?|[至到]", re.IGNORECASE)
_BEFORE_OPEN = re.compile(
    r"\b(?P<w>ever since|since|as of|as from|starting(?: in| from| on)?|beginning(?: in)?|after|following"
    r"|post"
    r"|prior to|before|until|till|up to|up until|earlier than|later than|no later than|not later than)"
    r"\s+(?:the\s+)?(?:(?:start|beginning|end)\s+of\s+)?$",
    re.IGNORECASE,
)
_AFTER_OPEN = re.compile(
    r"\s*(?:(?P<since>onwards?\b|and after\b|or later\b|and later\b"
    r"|(?:以来|至今|到现在|到目前|起|开始)(?:的)?)"
    r"|(?P<after>(?:以后|之后|后)(?!勤|备|台|续|期))"
    r"|(?P<before>or earlier\b|and before\b|and earlier\b|(?:以前|之前|前)(?!期|台|后|景|沿|提)))",
    re.IGNORECASE,
)
_QUALIFIER = re.compile(
    r"\b(?P<q>early|mid|late|the beginning of|the start of|the end of|the middle of|beginning of"
    r"|end of)[\s-]+"
    r"(?:the\s+)?$",
    re.IGNORECASE,
)
_CN_QUALIFIER = re.compile(r"的?(?P<q>年?[初中底末]|[上中下]旬)(?!期|学|小)")


def _read_around(
    text: str, atoms: list[Atom], timeline: Timeline, anchor: datetime.date
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


def _range(text: str, left: Atom, right: Atom, timeline: Timeline, anchor: datetime.date) -> TimeWords | None:
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


def _ends(left: Atom, right: Atom, timeline: Timeline, anchor: datetime.date) -> Days | None:
    """First and last day of a range; with both years open, of the latest year that has a meeting in it."""
    if left.part and right.part:
        open_range = Part(lambda year: _span_days(left.part, right.part, year))
        return _fill(open_range, timeline, anchor, past=False)
    first, last = left.days, right.days
    if first and right.part:
        last = right.part.days(first[1].year) or right.part.days(first[1].year + 1)
    elif last and left.part:
        first = left.part.days(last[0].year)
    if not first or not last or first[0] > last[1]:
        return None
    return first[0], last[1]


def _span_days(left: Part | None, right: Part | None, year: int) -> Days | None:
    last = right.days(year) if right else None
    first = left.days(year) if left else None
    if first and last and first[0] > last[1] and left:
        first = left.days(year - 1)
    return (first[0], last[1]) if first and last else None


def _single(text: str, atom: Atom, timeline: Timeline, anchor: datetime.date) -> Iterator[TimeWords]:
    lead = text[max(0, atom.start - 40) : atom.start]
    before, after = _BEFORE_OPEN.search(lead), _AFTER_OPEN.match(text, atom.end)
    whole_range = _FROM.search(lead) if _JOINED.search(text, atom.start, atom.end) else None
    qualifier, cn_qualifier = _QUALIFIER.search(lead), _CN_QUALIFIER.match(text, atom.end)
    from_on = after and after["since"] and _FROM.search(lead)
    past = atom.past or bool(before) or bool(after)
    last = timeline.last_day
    by = min(anchor, last) if last and not atom.past and _opens_forward(before, after) else anchor
    days = atom.days or (atom.part and _fill(atom.part, timeline, by, past=past))
    if not days:
        return
    start, end, dated = atom.start, atom.end, bool(atom.days)
    if qualifier and not before and atom.unit in ("year", "month"):
        days, start = share_of(days, qualifier["q"].lower()), start - len(qualifier[0])
        yield TimeWords(start, end, Period(start, end, *days), "part", atom.adverb, dated)
    elif cn_qualifier and atom.unit in ("year", "month"):
        days, end = share_of(days, cn_qualifier["q"]), cn_qualifier.end()
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


def _opens_forward(before: re.Match[str] | None, after: re.Match[str] | None) -> bool:
    """Whether the words beside a time ask for what came after it began: "since March", 「3月以来」."""
    if before:
        return re.sub(r"\s+", " ", before["w"].lower()) not in _BEFORE_WORDS | _UNTIL_WORDS
    return after is not None and not after["before"]


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


def _fill(part: Part, timeline: Timeline, anchor: datetime.date, *, past: bool) -> Days | None:
    """The days of a part whose year is open; see the head of this file."""
    latest = timeline.last_day
    if latest and not past:
        for year in (latest.year + 1, *timeline.years()):  # November to February may end a year later
            days = part.days(year)
            if days and timeline.within(*days):
                return days
    for year in range(anchor.year, max(anchor.year - 9, 1), -1):  # nine years reach over any leap day
        days = part.days(year)
        if days and days[0] <= anchor:
            return days
    return None
