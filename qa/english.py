"""How English questions about meetings are put, and what in them is the topic.

A question is a frame around a topic: "In May 2012, what did the committee decide on [topic]?", "What did Ms.
Lee think about [topic] at the last meeting?". Frames are read from the outside in: polite words and adjuncts
of time and place are peeled from both ends, the asking words are matched at the front, and what remains is
the topic, word for word. A date, meeting, body or name counts as a filter only where it stands in the frame;
inside the topic it is part of the topic ("September 2019 Location", "the letter from Smith").
"""

import re

from qa.answers import Intent
from qa.asides import AFTERTHOUGHT, LEADING_TOPICS, POLITE
from qa.calendar import Calendar
from qa.english_frames import FACT, Frame, frames
from qa.english_people import Head, person_frame
from qa.english_topic import apply_head
from qa.english_words import match_end, pattern_of, skip
from qa.meetings import Marked, mark
from qa.people import who_is
from qa.reading import Range, Reading


def read_english(text: str, calendar: Calendar) -> Reading:
    """Reads a cleaned question (`qa.wording.clean`)."""
    marked = mark(text, calendar)
    reading = Reading()
    start, end = _peel(marked, reading, calendar)
    head = person_frame(marked, start, end, calendar) or _frame(marked, start, end)
    apply_head(head, marked, reading, calendar)
    return reading


# From outside in -----------------------------------------------------------------------------------


def _peel(marked: Marked, reading: Reading, calendar: Calendar) -> Range:
    """Where the question proper begins and ends, after what frames it on both sides."""
    start, end = 0, len(marked.text)
    end = _without_end_mark(marked.text, end)
    for _ in range(8):
        before = (start, end)
        start = skip(marked.marks, start, end, " ,:;-")
        start = match_end(POLITE, marked.text, start, end)
        start = _leading_adjunct(marked, reading, start, end)
        start = _leading_other(marked, reading, start, end, calendar)
        afterthought = AFTERTHOUGHT.search(marked.marks, max(start + 1, end - 90), end)
        if afterthought:
            end = afterthought.start()
        if (start, end) == before:
            break
    return start, end


def _without_end_mark(text: str, end: int) -> int:
    """Drops the mark that ends the question, one "?" and no more of a topic that asks itself ("How??")."""
    marks = re.search(r"[\s?？!！.。…]*$", text[:end])
    assert marks
    ending = marks[0].strip()
    if len(ending) >= 3 and "..." not in ending:
        return marks.start()
    stripped = text[:end].rstrip()
    return len(stripped) - 1 if ending and ending[-1] in "?？!！.。…" else len(stripped)


def _leading_adjunct(marked: Marked, reading: Reading, start: int, end: int) -> int:
    """ "In May 2012, ...", "At the 32nd meeting: ..."; also "The May meeting: what ..."."""
    for mention in marked.mentions:
        if mention.start == start and mention.end < end and mention not in reading.frame:
            closed = marked.text[mention.end : mention.end + 2].strip()[:1] in (",", ":", "-", "，", "：")
            if mention.adjunct or closed:
                reading.frame.append(mention)
                return mention.end
    return start


def _leading_other(marked: Marked, reading: Reading, start: int, end: int, calendar: Calendar) -> int:
    """ "According to Ms. Lee, ...", "When discussing the roof, ..."."""
    for pattern in LEADING_TOPICS:
        also = pattern.match(marked.marks, start, end)
        if also and not who_is(marked.text[slice(*also.span("t"))], calendar):
            reading.topic.append(also.span("t"))
            return also.end()
    said = _ACCORDING_TO.match(marked.text, start, end)
    if said:
        people = who_is(said["who"] or said["whose"], calendar)
        if people:
            reading.people += people
            reading.intent = Intent.OPINION
            return said.end()
    return start


_ACCORDING_TO = pattern_of(
    r"(?:according to (?P<who>[^,?]{1,80}?)|(?:in|from) (?P<whose>[^,?]{1,80}?)(?:'s|')? (?:opinion|view"
    r"|eyes|words"
    r"|perspective|point of view))(?:, | (?=what|which|why|how|who|when|where|is|are|was|did))"
)

# The frame in front --------------------------------------------------------------------------------


def _frame(marked: Marked, start: int, end: int) -> Head:
    for frame in frames():
        match = frame.pattern.match(marked.marks, start, end)
        if match:
            return _head_of(match, frame)
    match = FACT.match(marked.marks, start, end)
    if match:
        return Head(Intent.FACT, (start, match.start("t")), [match.span("t")])
    return Head(Intent.FACT, (start, start), [(start, end)])


def _head_of(match: re.Match[str], frame: Frame) -> Head:
    groups = match.groupdict()
    topics = [match.span(name) for name in ("n", "m", "t", "end") if groups.get(name)]
    rest = [match.span("rest")] if groups.get("rest") else []
    starts = [match.start(name) for name in ("t", "end") if groups.get(name) is not None]
    spare = match.span("v") if groups.get("v") else None
    if spare and frame.with_verb:
        topics.insert(0, (spare[0], max(end for _, end in topics) if topics else spare[1]))
        topics = topics[:1]
    return Head(frame.intent, (match.start(), max(starts, default=match.end())), topics + rest, spare=spare)
