"""What of an English question is its topic, once the frame in front is known.

From the topic's region are peeled: adjuncts of time and place on both sides ("[in May] about the roof", "the
roof [at the last meeting]"), who said it ("[by Ms. Lee]"), and words that only link. What may be peeled and
what is part of the topic is decided by `_may_frame`.
"""

import re
from collections.abc import Sequence

from ingest.records import Span
from qa.answers import Intent, Period
from qa.asides import ALSO_ABOUT
from qa.calendar import Calendar
from qa.english_people import BY_WHO, Head
from qa.english_words import match_end, pattern_of, skip
from qa.meetings import ADJUNCT, Marked, Mention
from qa.people import People, who_is
from qa.reading import Range, Reading
from qa.verbs import MEETING_VERBS


def apply_head(head: Head, marked: Marked, reading: Reading, calendar: Calendar) -> None:
    """Puts what the head says into the reading: framing mentions, people, topic."""
    if reading.intent is Intent.FACT or head.intent not in (Intent.FACT, Intent.SUMMARY):
        reading.intent = head.intent
    reading.people += head.people
    reading.frame += marked.within(*head.head)
    named = _bodies_within(marked, *head.who) if head.who else []  # "the chair of the Finance Committee"
    reading.frame += [body for body in _bodies_within(marked, *head.head) if body not in named]
    pieces = [piece for piece in head.topic if piece[0] < piece[1]]
    if head.head[0] == head.head[1] and pieces:
        pieces = [_bare_edges(marked, reading, *pieces[0])]
    out: list[Range] = []
    for piece in pieces:
        out += _topic_of(piece, piece is pieces[-1], marked, reading, calendar)
    if head.spare and not _says_something(out, marked.text):
        out = [(head.spare[0], out[-1][1] if out else head.spare[1])]
    reading.topic += out


def _bare_edges(marked: Marked, reading: Reading, start: int, end: int) -> Range:
    """Keywords only: "dog park March 2024" means the meetings then, "Asian Games 2025" does not."""
    article = re.match(r"(?:the|a|an) (?=\S)", marked.text[start:end], re.IGNORECASE)
    named = any(mention.start == start for mention in marked.mentions)
    start += article.end() if article and not named else 0
    for time in marked.times:
        precise = time.dated and time.unit in ("day", "month") and not _overlaps(time, marked.mentions)
        if (time.start, time.end) == (start, end):
            start = end
        elif precise and time.start == start and time.end < end:
            start = time.end
        elif precise and time.end == end and time.start > start:
            end = time.start
        else:
            continue
        reading.frame.append(Mention(time.start, time.end, (time.period,)))
    for body in marked.bodies:
        if marked.text[start:end].strip() == marked.text[body.start : body.end]:
            reading.frame.append(Mention(body.start, body.end, bodies=body.bodies))
            start = end
    return start, end


def _overlaps(span: Span, others: Sequence[Span]) -> bool:
    return any(other.start < span.end and span.start < other.end for other in others)


def _bodies_within(marked: Marked, start: int, end: int) -> list[Mention]:
    inside = (body for body in marked.bodies if start <= body.start < end)
    return [Mention(body.start, body.end, bodies=body.bodies, adjunct=False) for body in inside]


def _topic_of(
    piece: Range, is_last: bool, marked: Marked, reading: Reading, calendar: Calendar
) -> list[Range]:
    start, end = piece
    start, end = _trim_topic(marked, reading, start, end)
    if is_last:
        end = _peel_end(marked, reading, start, end, calendar)
        end = _by_somebody(marked, reading, start, end, calendar)
        end = _of_body(marked, reading, start, end)
    if is_last and reading.intent in (Intent.MEETINGS, Intent.COUNT, Intent.WHEN):
        begins = start
        start, end = _clause(marked, start, end)
        reading.frame += _bodies_within(marked, begins, start)
        end = _peel_end(marked, reading, start, end, calendar)
    start, end = _trim_topic(marked, reading, start, end)
    ranges = (
        _split_also(marked, start, end)
        if reading.intent not in (Intent.MEETINGS, Intent.COUNT)
        else [(start, end)]
    )
    ranges = [r for r in (_strip(marked.text, *r) for r in ranges) if r[0] < r[1]]
    ranges = [r for r in ranges if not _ON_RECORD.fullmatch(marked.text, *r)]
    return _without_inner(ranges, marked, reading)


_PASSIVE = pattern_of(
    r"(?P<t>.{2,200}?)(?: (?:was|were|is|are|has|have|had))?(?: (?:been|last|first|ever|previously|finally"
    r"|originally|also|being)){0,2} {met}"
    r"(?: (?:by|about|in|at|upon|up|of|on)(?: {GROUP})?)?(?P<rest>$| (?:by|at|in|on|during)\b.*)"
)
_ACTIVE = pattern_of(
    r"(?:(?:did|does|do|has|have|had|was|were|is|are) )?(?:(?:that|which|where|there|any"
    r"|the) )?(?:{GROUP} )?(?:{ADV})"
    r"(?:{met}|hold|held|have)(?: (?:{OF}|that|to))?\b(?P<t>.*)"
)


def _clause(marked: Marked, start: int, end: int) -> Range:
    """What a clause is about: "the roof" of "was the roof discussed", "did the council discuss the roof"."""
    start = skip(marked.marks, start, end, " ,")
    active = _ACTIVE.match(marked.marks, start, end)
    if active:
        return active.span("t")
    passive = _PASSIVE.match(marked.marks, start, end)
    return passive.span("t") if passive else (start, end)


_NESTED = pattern_of(
    r"(?-i:(?:the |their |its |our )?(?:discussions?|debates?|conversations?|deliberations?|question|matter"
    r"|topic|subject|issue)"
    r" (?:about|on|of|over|regarding|concerning|around) (?=\S))"
)
_LINK_PLAIN = re.compile(r"(?:on|about|regarding) (?:the )?", re.IGNORECASE)
_LINK = pattern_of(r"(?:{ABOUT}|that|to do|on) (?=\S)")


def _trim_topic(marked: Marked, reading: Reading, start: int, end: int) -> Range:
    """Drops adjuncts and linking words in front of the topic: "[in May] about the roof"."""
    for _ in range(4):
        before = start
        start = skip(marked.marks, start, end, " ,:")
        for mention in marked.mentions:
            # "where was the May meeting held"
            subject = reading.intent in (Intent.FACT, Intent.WHEN, Intent.COUNT) and mention.dated
            if mention.start != start or not (mention.adjunct or subject) or mention.end >= end:
                continue
            if _is_topic_itself(mention, marked, end):
                return match_end(_LINK_PLAIN, marked.text, start, end), end
            else:
                reading.frame.append(mention)
                start = match_end(_LINK, marked.marks, skip(marked.marks, mention.end, end, " ,:"), end)
        start = match_end(_NESTED, marked.marks, start, end)
        if start == before:
            break
    return start, end


def _of_body(marked: Marked, reading: Reading, start: int, end: int) -> int:
    """Drops the body whose post is asked for: "who was elected chair [of the school board]"."""
    for body in marked.bodies if reading.intent is Intent.WHO else ():
        link = _LINKS_BODY.search(marked.text, start, body.start)
        if body.end == end and link:
            reading.frame.append(Mention(body.start, body.end, bodies=body.bodies, adjunct=False))
            return link.start()
    return end


_LINKS_BODY = re.compile(r"(?<=\w),? (?:of|to|on|for) (?:the )?$", re.IGNORECASE)


def _is_topic_itself(mention: Mention, marked: Marked, end: int) -> bool:
    """ "decide on March meeting in January 2015": of two adjuncts after "decide" the first is the topic."""
    if not mention.periods or not _LINK_PLAIN.match(marked.text, mention.start):
        return False
    rest = marked.marks[mention.end : end].strip(" " + ADJUNCT)
    return not rest and any(m.periods and m.start > mention.start for m in marked.within(mention.end, end))


def _peel_end(marked: Marked, reading: Reading, start: int, end: int, calendar: Calendar) -> int:
    """Drops the adjuncts a question ends with; of several dates only the last frames the question.

    One that belongs to the same time ("at its May meeting in 2019") goes with it. A topic may be peeled away
    whole only by the last adjunct: in "decide on March meeting in January" the first is the topic.
    """
    for _ in range(4):
        end = start + len(marked.text[start:end].rstrip(" ,;:"))
        closing = (marked.text[end - 1 : end] == ")" and "(") or ""
        mention = next((m for m in marked.mentions if m.end == end - len(closing) and m.start >= start), None)
        if not mention or not _may_frame(mention, marked, reading, start, calendar):
            break
        reading.frame.append(mention)
        end = mention.start - len(closing)
    return end


def _may_frame(mention: Mention, marked: Marked, reading: Reading, start: int, calendar: Calendar) -> bool:
    framed = [p for m in reading.frame for p in m.periods]
    if mention.periods and (framed or any(m.sessions for m in reading.frame)):
        return mention.start > start and all(any(_holds(q, p) for q in framed) for p in mention.periods)
    if not mention.adjunct and _ABOUT_IT.search(marked.text, 0, mention.start):
        return reading.intent is Intent.SUMMARY  # "decide about the March meeting": a topic
    if not mention.adjunct:
        return mention.start == start or reading.intent is Intent.WHO
    to_come = bool(mention.periods) and all(p.first and p.first > calendar.anchor for p in mention.periods)
    if to_come and not mention.explicit and mention.start > start:
        return False  # "the budget in 2030" is asked about before 2030
    if reading.intent is not Intent.FACT or mention.explicit or not mention.periods:
        return not _is_future(marked, mention, calendar)
    held = any(calendar.timeline().within(p.first, p.last) for p in mention.periods)
    return held and not _is_future(marked, mention, calendar)


def _holds(outer: Period, inner: Period) -> bool:
    """Whether one period lies within another ("May 2019" within "2019")."""
    if inner.first is None or inner.last is None:
        return False
    return outer.covers(inner.first) and outer.covers(inner.last)


_ABOUT_IT = re.compile(r"\b(?:about|regarding|concerning|on) $", re.IGNORECASE)
_TO_COME = re.compile(
    r"\b(?:will|shall|going to|scheduled|planned|due|expires?|expected|projected|deadline|take effect"
    r"|takes effect|start|begin"
    r"|open|close|happens?|be (?:\w+ed|built|held|done))\b",
    re.IGNORECASE,
)


def _is_future(marked: Marked, mention: Mention, calendar: Calendar) -> bool:
    """Whether a date is one the question looks ahead to ("will be planted in 2030"), no day of a meeting."""
    if not mention.periods or "eeting" in marked.text[mention.start : mention.end]:
        return False
    if any(calendar.timeline().within(p.first, p.last) for p in mention.periods):
        return False
    return bool(_TO_COME.search(marked.text, 0, mention.start))


def _by_somebody(marked: Marked, reading: Reading, start: int, end: int, calendar: Calendar) -> int:
    """ "What was said about the roof by Ms. Lee?"."""
    if reading.intent not in (Intent.SUMMARY, Intent.OPINION) or reading.people:
        return end
    passive = re.search(r"\b(?:was|were|been|is|are)\b", marked.text[:start], re.IGNORECASE)
    match = BY_WHO.search(marked.marks, start, end) if passive and end - start < 400 else None
    people = who_is(marked.text[slice(*match.span("who"))], calendar) if match else People()
    if match and people and match[0].lstrip(" ,").lower().startswith("by"):
        reading.people += people
        reading.intent = Intent.OPINION if reading.intent is Intent.SUMMARY else reading.intent
        return match.start()
    return end


def _split_also(marked: Marked, start: int, end: int) -> list[Range]:
    """ "the screen when discussing the budget" is about both."""
    ranges = []
    for match in ALSO_ABOUT.finditer(marked.marks, max(start - 1, 0), end):
        ranges.append((start, max(start, match.start())))
        start = match.end()
    return [*ranges, (start, end)]


_ARTICLE = re.compile(r"(?:the|a|an|any|some) (?=\S)")
_QUOTES = {'"': '"', "“": "”", "「": "」", "『": "』", "«": "»", "'": "'"}


def _strip(text: str, start: int, end: int) -> Range:
    """Without spaces, a leading article in lower case, and quotation marks around the whole."""
    end = start + len(text[start:end].rstrip(" ,;:"))
    start = end - len(text[start:end].lstrip(" ,;:"))
    article = _ARTICLE.match(text, start, end)
    start = article.end() if article else start
    if (
        end - start > 2
        and _QUOTES.get(text[start]) == text[end - 1]
        and text[end - 1] not in text[start + 1 : end - 1]
    ):
        return start + 1, end - 1
    return start, end


def _without_inner(ranges: list[Range], marked: Marked, reading: Reading) -> list[Range]:
    """Takes a meeting's time out of the middle of a topic where nothing else says when.

    "the plan that was approved in March 2020 for schools", "what X said at the May meeting that worried Y":
    right after a verb of meetings, or with a word for a meeting in it.
    """
    if any(m.dated for m in reading.frame):
        return ranges
    out: list[Range] = []
    for start, end in ranges:
        for mention in marked.within(start, end):
            after_verb = _VERB_BEFORE.search(marked.text, max(0, mention.start - 24), mention.start)
            if mention.adjunct and mention.dated and mention.start > start and after_verb:
                reading.frame.append(mention)
                out.append(_strip(marked.text, start, mention.start))
                start = mention.end
                break
        out.append(_strip(marked.text, start, end))
    return [r for r in out if r[0] < r[1]]


_VERB_BEFORE = re.compile(rf"\b{MEETING_VERBS} $", re.IGNORECASE)
_ON_RECORD = re.compile(
    r"(?:(?:are|were|is|was|took|have|has) )?(?:there|been|place|on record|on file|recorded|available|held"
    r"|in total| )+",
    re.IGNORECASE,
)
_NOTHING = re.compile(
    r"(?:(?:the|this|that|an?|any|its|their) )?(?:actions?|motions?|proposals?|resolutions?|decisions?"
    r"|measures?|it|this|that|items?"
    r"|statement|policy)?",
    re.IGNORECASE,
)


def _says_something(ranges: list[Range], text: str) -> bool:
    return any(not _NOTHING.fullmatch(text[start:end].strip()) for start, end in ranges)
