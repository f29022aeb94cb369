"""Words of an English question that name meetings: "at its May meeting", "the last two Board meetings".

Everything found here may frame the question or belong to its topic; which of the two is decided by where it
stands (`qa.english`). A date directly before a noun other than a word for a meeting describes that noun ("the
2025 budget", "the September 2019 Location") and is never a date of a meeting.
"""

import datetime
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.meeting_kind import document_named
from ingest.numerals import ENGLISH_ORDINAL, english_number
from ingest.records import Span
from qa.answers import MeetingRef, Period
from qa.bodies import BodyWords, find_bodies
from qa.calendar import Calendar, Timeline
from qa.periods import TimeWords, find_times
from qa.series import bodies_of_kind, series_of_kind
from qa.wording import quotations

# One private character per kind of words, so that a pattern can ask for "a date" and offsets stay.
DATE, WHEN, BODY, SERIES, QUOTE, ADJUNCT, MEETING = (chr(0xE001 + i) for i in range(7))


@dataclass(frozen=True, slots=True)
class Mention(Span):
    """Words that name meetings; `adjunct`: complete with preposition, saying when or where of the question.

    explicit  it has a word for a meeting in it, or names a day
    """

    periods: tuple[Period, ...] = ()
    sessions: tuple[int, ...] = ()
    bodies: tuple[str, ...] = ()
    adjunct: bool = True
    explicit: bool = True

    @property
    def dated(self) -> bool:
        """Whether it says when or which, not only where."""
        return bool(self.periods or self.sessions)


@dataclass(frozen=True, slots=True)
class Marked:
    """A question with its meetings found: `text` as asked, `marks` the same length with kinds marked."""

    text: str
    marks: str
    mentions: tuple[Mention, ...]
    times: tuple[TimeWords, ...]
    bodies: tuple[BodyWords, ...]

    def within(self, start: int, end: int) -> list[Mention]:
        """The mentions that lie in a range."""
        return [m for m in self.mentions if start <= m.start and m.end <= end]


def mark(text: str, calendar: Calendar) -> Marked:
    """Finds times, bodies and meetings in an English question."""
    quotes = [*quotations(text), *(Span(m.start(), m.end()) for m in _OLD_MINUTES.finditer(text))]
    bodies = [b for b in find_bodies(text, calendar) if not _in_any(b, quotes)]
    timeline = calendar.timeline(tuple(dict.fromkeys(name for b in bodies for name in b.bodies)))
    times = [t for t in find_times(text, timeline, calendar.anchor) if not _in_any(t, quotes)]
    bodies = [b for b in bodies if not _in_any(b, times)]
    marks = fill(text, quotes, QUOTE)
    for body in bodies:
        is_series = re.search(
            r"(?:meetings?|sessions?|sittings?)$", text[body.start : body.end], re.IGNORECASE
        )
        marks = fill(marks, [body], SERIES if is_series else BODY)
    for time in times:
        marks = fill(marks, [time], WHEN if time.adverb else DATE)
    found = Marked(text, marks, (), tuple(times), tuple(bodies))
    mentions = _without_nested(
        [*_meeting_phrases(found, calendar), *_time_adjuncts(found), *_body_adjuncts(found)]
    )
    for mention in mentions:
        marks = fill(marks, [mention], ADJUNCT if mention.adjunct else MEETING)
    return Marked(text, marks, tuple(mentions), tuple(times), tuple(bodies))


# Minutes of an earlier meeting that a meeting approves are its business, not the meeting asked about.
_OLD_MINUTES = re.compile(
    r"\b(?:approv\w+|adopt\w+|accept\w+|correct\w+|amend\w+|confirm\w+|ratif\w+)(?: of)? (?:the )?"
    r"(?:(?:previous|last|prior|past|draft|regular|board|council|committee|meeting"
    r"|session)(?:'s)? ){0,3}minutes\b"
    r"(?: (?:from|of|for) (?:the )?(?:previous|last|prior|past) (?:meeting|session)\b)?",
    re.IGNORECASE,
)


def fill(marks: str, spans: Sequence[Span], kind: str) -> str:
    """`marks` with every character of the spans replaced by the mark of a kind."""
    for span in spans:
        marks = marks[: span.start] + kind * (span.end - span.start) + marks[span.end :]
    return marks


def _in_any(span: Span, others: Sequence[Span]) -> bool:
    return any(other.start < span.end and span.start < other.end for other in others)


def _without_nested(mentions: list[Mention]) -> list[Mention]:
    """The longest where mentions overlap, in order."""
    kept: list[Mention] = []
    for mention in sorted(mentions, key=lambda m: (m.start - m.end, m.start)):
        if not _in_any(mention, kept):
            kept.append(mention)
    return sorted(kept, key=lambda m: m.start)


# What may follow: a date before any other noun describes that noun ---------------------------------

_FOLLOWERS = (
    r"about|on|upon|regarding|concerning|with|for|to|by|at|in|of|from|and|or|but|as|into|over|re|what"
    r"|which|who|whom|whose|how|why|when|where|whether|if|that|did|does|do|was|were|is|are|has|have|had"
    r"|will|would|should|could|can|may|might|must|the|its|their|they|we|it|there|any|anyone|anything|no"
    r"|not|please|then|than|so|per|during|also|decide[ds]?|discuss(?:ed|es)?|agreed?|resolved?"
    r"|approve[ds]?|concluded?|adopt(?:ed|s)?|vote[ds]?|address(?:ed|es)?|cover(?:ed|s)?|considered"
    r"|mention(?:ed|s)?|dealt|deals?|talk(?:ed|s)?|say|said|says|set|held|reviewed|reject(?:ed|s)?"
    r"|chaired|attended"
)
AFTER = (
    rf"(?= ?(?:$|[?.!,;:)\]…？。！，；：'\"“]|[{DATE}{WHEN}{BODY}{SERIES}{ADJUNCT}{QUOTE}]"
    rf"|(?:{_FOLLOWERS})\b))"
)

# Meetings ------------------------------------------------------------------------------------------

_DET = r"(?:the|its|their|our|this|that|these|those|a|an|any|all|each|every|your|his|her|both)"
_KIND = (
    r"(?:executive|regular|regularly|ordinary|special|plenary|extraordinary|emergency|annual|general"
    r"|joint|monthly|weekly|quarterly|public|open|closed|full|virtual|online|hybrid|board|council"
    r"|committee|cabinet|commission|scheduled|shareholders'?|standing|staff|team|project|town|city"
    r"|county|parish|village|working[ -]group|steering|in-person|official|formal|informal|recent"
    r"|entire|whole|planning|two-day|work|study|business|organizational|organisational|inaugural|group"
    r"|budget)"
)
_OWNER = (
    r"(?:committee|council|board|commission|group|team|panel|assembly|cabinet|government|city|town|county)"
)
_NOUN = (
    r"(?:meetings?|sessions?|sittings?|plenary|plenaries|hearings?|assembly|conference calls?|proceedings"
    rf"|minutes(?! (?:of|from|for) (?!(?:the )?[{DATE}{WHEN}])))"
)
_ABOUT_IT = r"(?:minutes|notes|transcripts?|record|records|proceedings)"
_NUMBERS = r"\d{1,4}(?:(?:,| and| &| to| or|-)? ?(?:no\. ?|#)?\d{1,4}){0,3}"
_COUNT = r"(?:two|three|four|five|six|seven|eight|nine|ten|couple of|few|\d{1,2})"
_BEFORE_LAST = rf"(?:penultimate|last but one|(?:next|{ENGLISH_ORDINAL})[ -](?:to[ -])?last)"
_ORDER_WORD = (
    rf"(?:{_BEFORE_LAST}|last|latest|most recent|newest"
    r"|previous|preceding|past|final|first|earliest|opening|closing)"
)
_ORDINALS = rf"{ENGLISH_ORDINAL}(?:(?:,|,? and|,? or|,? to| through) (?:the )?{ENGLISH_ORDINAL}){{0,3}}"
_ORDER = rf"(?:{_ORDER_WORD}(?: {_COUNT})?|{_ORDINALS})"
_DATES = rf"[{DATE}]++(?:(?:, | and | or |, and | & )(?:in |on )?[{DATE}]++){{0,4}}"
_WHEN_OR_DATE = rf"(?:[{DATE}]++|[{WHEN}]++)"
_NUMBER_BEFORE = r"(?:(?:no\.?|nr\.?|number) ?#?|#)\d{1,4}"  # "the No. 18 meeting"
_MODIFIER = (
    rf"(?:{_NUMBER_BEFORE}|{_WHEN_OR_DATE}(?:'s)?|[{BODY}{SERIES}]++(?:'s|')?|{_OWNER}(?:'s|s')|{_ORDER}"
    rf"|{_KIND}(?: and {_KIND})?"
    r"|\([a-z]{3,12}\))"
)
_PHRASE = re.compile(
    rf"(?<![\w'-])(?:(?:{_DET} )?{_ABOUT_IT} (?:of|from|for|on) )?(?:{_DET} )?"
    rf"(?P<mods>(?:{_MODIFIER},? ){{0,6}})"
    rf"(?:(?P<noun>{_NOUN})(?![\w-]|\([s])|[{SERIES}]++)"
    rf"(?:(?:'s?)? {_ABOUT_IT}\b)?"
    r"(?P<before_last> before (?:the )?last(?: one)?\b)?"
    rf"(?P<number> (?:no\.?|nos\.?|number|num\.?|#)? ?#?{_NUMBERS}(?![\w.%]))?"
    rf"(?:(?P<post>,? (?:(?:that was |which was |was )?held )?(?:(?:of|on|in|from|for|during|dated|to) )?"
    rf"(?:the )?(?:{_DATES}|[{WHEN}]++))|(?P<of> (?:of|by|with) (?:the )?[{BODY}{SERIES}]++)){{0,2}}"
    r"(?-i: of (?:the )?[A-Z][\w-]*+(?: [A-Z][\w-]*+){1,6})?"
    rf"(?![\w-])(?P<free>{AFTER})?",
    re.IGNORECASE,
)
_SUBJECT_BEFORE = re.compile(r"\b(?:did|does|do|has|have|had|will|would|should|could) $", re.IGNORECASE)
_LAST_TIME = re.compile(
    rf"\b(?:the )?(?P<which>last|first|previous) time (?:that )?(?:the |they |we |it )?(?:{_OWNER} "
    rf"|[{BODY}{SERIES}]++ )?"
    r"(?:met|convened|sat)\b",
    re.IGNORECASE,
)
_LAST_MET = re.compile(
    rf"(?:\b(?:the|our|your|its) )?(?P<who>[{BODY}{SERIES}]++|\b(?:{_OWNER}|we|they|it)) "
    r"(?P<which>last|most recently|first) (?:meet|met|convened?|sat|sit)\b",
    re.IGNORECASE,
)
_PREPOSITION = re.compile(
    r"(?:(?:\b(?:held|made|taken|adopted|reached|recorded) )?\b(?P<w>at|in|during|from|of|on|for|within"
    r"|throughout|across"
    r"|over|per|as of|as per|after|following|since|before|prior to|ahead of|until|up to|into|back (?:at"
    r"|in)) |\()$",
    re.IGNORECASE,
)
_OPEN_WORDS = {
    **dict.fromkeys(("after", "following"), "after"),
    "since": "since",
    **dict.fromkeys(("before", "prior to", "ahead of"), "before"),
    **dict.fromkeys(("until", "up to"), "until"),
}


def _meeting_phrases(marked: Marked, calendar: Calendar) -> Iterator[Mention]:
    for match in _PHRASE.finditer(marked.marks):
        if match["post"] and any(mark in match["mods"] for mark in DATE + WHEN):
            match = _PHRASE.match(marked.marks, match.start(), match.start("post")) or match
        if match["free"] is not None or _SUBJECT_BEFORE.search(marked.marks, 0, match.start()):
            yield _meeting(match, marked, calendar)
    for match in (*_LAST_TIME.finditer(marked.marks), *_LAST_MET.finditer(marked.marks)):
        bodies = _bodies_in(marked, match.start(), match.end()) or _of_kind(match[0], calendar)
        order = "first" if match["which"].lower() == "first" else "last"
        periods = nth_meetings(
            order, 1, (), calendar.timeline(bodies), calendar, marked.text[slice(*match.span())]
        )
        yield Mention(match.start(), match.end(), periods, (), bodies)


def _meeting(match: re.Match[str], marked: Marked, calendar: Calendar) -> Mention:
    start, end = match.span()
    before = _PREPOSITION.search(marked.marks[max(0, start - 24) : start])
    words = marked.text[start:end]
    bodies = _bodies_in(marked, start, end) or _series(words, calendar)
    times = [t for t in marked.times if start <= t.start and t.end <= end]
    periods = tuple(t.period for t in times)
    before_noun = re.findall(_NUMBER_BEFORE, match["mods"], re.IGNORECASE)
    numbers = _numbers(" ".join((*before_noun, match["number"] or "")))
    order = re.search(rf"(?:^|[ (])({_ORDER})(?= )", match["mods"], re.IGNORECASE)
    ordered = (order and order[1]) or (match["before_last"] and "penultimate")
    if ordered and not bodies:
        bodies = _of_kind(match["mods"], calendar)
    timeline = _timeline(bodies or tuple(n for b in marked.bodies for n in b.bodies), calendar)
    if ordered and not numbers:
        periods, numbers = read_order(ordered, periods, timeline, calendar, words)
    if before:
        start -= len(before[0]) - (before[0] == "(")
        opened = before["w"] and _OPEN_WORDS.get(before["w"].lower())
        if opened:
            periods, numbers = _open(opened, periods, numbers, timeline, start, end, marked.text)
    apart = (
        bool(periods) and marked.marks[:start].rstrip(" ")[-1:] in _PAUSES
    )  # "Outcome of X, 2024-06 meeting?"
    adjunct = bool(before) or apart or any(p.first is None or p.last is None for p in periods)
    return Mention(start, end, periods, numbers, bodies, adjunct)


_PAUSES = tuple(",;:，；：–—-")


def _timeline(bodies: tuple[str, ...], calendar: Calendar) -> Timeline:
    """The meetings of the bodies a question names: "its last meeting" is theirs; all when they have none."""
    named = calendar.timeline(tuple(dict.fromkeys(bodies)))
    return named if named.meetings else calendar.timeline()


def _bodies_in(marked: Marked, start: int, end: int) -> tuple[str, ...]:
    inside = (b for b in marked.bodies if start <= b.start and b.end <= end)
    return tuple(dict.fromkeys(name for body in inside for name in body.bodies))


def _series(words: str, calendar: Calendar) -> tuple[str, ...]:
    """The series that the words beside "meeting" name, where the corpus has more than one."""
    kinds = [word.lower() for word in re.findall(rf"\b{_KIND}\b", words, re.IGNORECASE)]
    return series_of_kind((kind for kind in kinds if kind not in _NO_SERIES), calendar)


def _of_kind(words: str, calendar: Calendar) -> tuple[str, ...]:
    """The bodies of the kind that words name: "the last council meeting" is that of a council."""
    return bodies_of_kind(re.findall(rf"\b{_OWNER}\b", words, re.IGNORECASE), calendar)


_NO_SERIES = frozenset((
    "recent", "entire", "whole", "full", "official", "formal", "team", "project", "group", "staff", "city",
    "town", "county", "scheduled",
))  # fmt: skip


def _numbers(words: str) -> tuple[int, ...]:
    """ "12 and 14", "12-14" (all of them); a number that looks like a year is none."""
    numbers = [int(number) for number in re.findall(r"\d+", words)]
    if (
        len(numbers) == 2
        and re.search(r"\d ?(?:-|to) ?\D{0,4}\d", words)
        and 0 < numbers[1] - numbers[0] <= 50
    ):
        numbers = list(range(numbers[0], numbers[1] + 1))
    return tuple(dict.fromkeys(number for number in numbers if not 1900 <= number <= 2100))


def read_order(
    order: str, periods: tuple[Period, ...], timeline: Timeline, calendar: Calendar, words: str
) -> tuple[tuple[Period, ...], tuple[int, ...]]:
    """Which meetings "last two", "first", "32nd" or "31st and 32nd" mean: periods and session numbers."""
    counted = re.fullmatch(rf"(?P<which>{_ORDER_WORD})(?: (?P<n>{_COUNT}))?", order, re.IGNORECASE)
    if counted:
        which = "first" if counted["which"].lower() in ("first", "earliest", "opening") else "last"
        count = (
            {"couple of": 2, "few": 3}.get((counted["n"] or "").lower())
            or english_number(counted["n"] or "1")
            or 1
        )
        if re.fullmatch(_BEFORE_LAST, counted["which"], re.IGNORECASE):
            before = (english_number(re.split("[ -]", counted["which"])[0]) or 2) - 1
            return nth_meetings("last", count, periods, timeline, calendar, words, before=before), ()
        if which == "first" and count == 1 and not periods and timeline.with_session(1):
            return (), (1,)
        return nth_meetings(which, count, periods, timeline, calendar, words), ()
    numbers = tuple(
        english_number(found[0]) or 0 for found in re.finditer(ENGLISH_ORDINAL, order, re.IGNORECASE)
    )
    if len(numbers) == 2 and re.search(r"\b(?:to|through)\b", order) and 0 < numbers[1] - numbers[0] <= 50:
        numbers = tuple(range(numbers[0], numbers[1] + 1))
    return nth_or_session(numbers, periods, timeline, words)


def nth_or_session(
    numbers: tuple[int, ...], periods: tuple[Period, ...], timeline: Timeline, words: str
) -> tuple[tuple[Period, ...], tuple[int, ...]]:
    """ "the second meeting of 2024": the one of that number if there is one, else the second one there."""
    if not periods:
        return (), numbers
    held = _held(periods, timeline)
    if any(meeting.session in numbers for meeting in held) or max(numbers) > len(held):
        return periods, numbers
    return tuple(_period_of(held[n - 1], words) for n in numbers if n), ()


def nth_meetings(
    which: str,
    count: int,
    periods: tuple[Period, ...],
    timeline: Timeline,
    calendar: Calendar,
    words: str,
    *,
    before: int = 0,
) -> tuple[Period, ...]:
    """The first or last `count` meetings, of the periods if any are named; future ones are not the last.

    before  how many of the last are passed over: 1 for "the meeting before last"; where there are no more than
            these, the days before them all, on which no meeting was

    Records of one day are of one meeting; an agenda or a notice alone is none, where others are held.
    """
    if periods:
        held = _held(periods, timeline)
        if not held:
            return periods
    else:
        held = list(timeline.within(None, calendar.today)) or list(timeline.dated)
    days: dict[datetime.date | None, MeetingRef] = {}
    for meeting in [meeting for meeting in held if not _only_announced(meeting)] or held:
        days.setdefault(meeting.date, meeting)
    row = list(days.values())
    if row and before >= len(row):
        return (Period(0, len(words), None, _day_before(row[0]), words),)
    row = row[: len(row) - before]
    chosen = row[:count] if which == "first" else row[-count:]
    return tuple(_period_of(meeting, words) for meeting in chosen)


def _only_announced(meeting: MeetingRef) -> bool:
    """Whether a record is called what is written before a meeting; what was done at it, no such record says."""
    return document_named(meeting.title) in ("agenda", "notice")


def _day_before(meeting: MeetingRef) -> datetime.date | None:
    return meeting.date and meeting.date - datetime.timedelta(days=1)


def _held(periods: tuple[Period, ...], timeline: Timeline) -> list[MeetingRef]:
    found = {id(m): m for p in periods for m in timeline.within(p.first, p.last)}
    return sorted(found.values(), key=lambda m: str(m.date))


def _period_of(meeting: MeetingRef, words: str) -> Period:
    return Period(0, len(words), meeting.date, meeting.end_date or meeting.date, words)


def _open(
    kind: str,
    periods: tuple[Period, ...],
    numbers: tuple[int, ...],
    timeline: Timeline,
    start: int,
    end: int,
    text: str,
) -> tuple[tuple[Period, ...], tuple[int, ...]]:
    """ "since the 12th meeting", "before the May meeting": a period with one side open."""
    known = [m for n in numbers for m in timeline.with_session(n) if m.date]
    days = [(m.date, m.end_date or m.date) for m in known] or [(p.first, p.last) for p in periods]
    if not days or not all(first and last for first, last in days):
        return periods, numbers
    first = min(first for first, _ in days if first)
    last = max(last for _, last in days if last)
    one = datetime.timedelta(days=1)
    opened = {
        "after": (last + one, None),
        "since": (first, None),
        "before": (None, first - one),
        "until": (None, last),
    }[kind]
    return (Period(start, end, *opened, text[start:end]),), ()


# Times and bodies on their own ---------------------------------------------------------------------

_TALKS = "discussions?|debates?|deliberations?|talks?|votes?|decisions?|hearings?"
_TIME_ADJUNCTS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?<![\w-])(?:(?:held|made|taken|adopted|passed|reached|recorded|dated) )?"
        rf"(?:in|on|at|during|throughout|within|over|as of|as at|back in|around|towards?|near|dated)"
        rf" (?:the )?(?:(?:year|month|week|period|spring|summer) (?:of )?)?{_DATES}{AFTER}",
        r"(?<![\w-])(?:minutes|notes|meetings?|sessions?|decisions?|resolutions?|votes?|agreements?) "
        rf"(?P<when>(?:of|from|for|in) (?:the )?{_DATES}{AFTER})",
        rf"(?:(?<![\w-])(?:in|during|over|throughout|within|from|of) )?(?:the )?[{WHEN}]++(?![{WHEN}]"
        rf"|'s){AFTER}",
        rf"(?<=\(){_DATES}(?=\))",
        rf"(?<=, ){_DATES}(?= ?[?.!]*$)",
        rf"(?<= )from (?:the )?{_DATES}(?= ?[?.!]*$)",
        rf"(?<![\w-])(?:at|in|during|from|after) (?:the )?{_DATES} (?:{_TALKS})(?= (?:of|on|about|over)\b)",
        rf"(?<=\bthe ){_DATES}(?= (?:{_TALKS}) (?:of|on|about|over)\b)",
        rf"^{_DATES}(?= ?[,:：，])",
        rf"^{_DATES}(?= (?:decisions?|resolutions?|votes?|discussions?|action items|debates?|agreements?"
        rf"|outcomes?)\b)",
    )
)
_BODY_ADJUNCT = re.compile(
    rf"(?<![\w-])(?:at|by|in|before|within|with) (?:the )?(?P<body>[{BODY}{SERIES}]++){AFTER}", re.IGNORECASE
)


def _time_adjuncts(marked: Marked) -> Iterator[Mention]:
    for pattern in _TIME_ADJUNCTS:
        group = "when" if "when" in pattern.groupindex else 0
        for match in pattern.finditer(marked.marks):
            start, end = match.span(group)
            times = [t for t in marked.times if start <= t.start and t.end <= end]
            day = any(time.unit == "day" for time in times)
            yield Mention(start, end, tuple(t.period for t in times), explicit=day)


def _body_adjuncts(marked: Marked) -> Iterator[Mention]:
    for match in _BODY_ADJUNCT.finditer(marked.marks):
        yield Mention(match.start(), match.end(), bodies=_bodies_in(marked, match.start(), match.end()))
