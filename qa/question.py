"""A question as understood: read from its own words against the calendar of the corpus, without any model.

The rules that decide what filters and what is topic:

- a time, session, body or person filters only where it frames the question (`qa.english`, `qa.chinese`);
- a date directly before a noun other than one for a meeting describes that noun ("the 2025 budget", 「2026年
  预算」), one after "by" or "until" is a deadline, and both stay in the topic;
- a person filters only when the question asks for that person's words or vote; an office ("the mayor") is
  resolved to whoever the records say holds it, several when several do;
- a month or day without a year means the latest year with a meeting then; see `qa.periods`;
- a meeting of several days, each with its record, belongs whole to the month it began in; see `qa.sittings`;
- "the last meeting" is the latest one held in the corpus, or of the body that is named.
"""

import re
from dataclasses import replace

from ingest.records import Language
from qa.answers import Intent, MeetingRef, Period, Question
from qa.calendar import Calendar, Timeline
from qa.chinese import read_chinese
from qa.due_asked import of_deadlines
from qa.english import read_english
from qa.greetings import greeting
from qa.meetings import Mention
from qa.outcomes import of_outcome
from qa.reading import Reading
from qa.sittings import whole_sittings
from qa.voters import of_voter
from qa.voting import of_vote
from qa.wording import Wording, clean

_HAN = re.compile(r"[\u3400-\u9fff]")
_ASKS_CHINESE = re.compile(r"什么|哪|谁|吗|怎么|如何|为何|多少|几|总结|是否|何时|有没有|呢|讨论|决定|会议")
_ASKS_ENGLISH = re.compile(
    r"\b(?:what|which|who|when|where|why|how|summari[sz]e|did|does|was|were|is|are|list|show|tell)\b",
    re.IGNORECASE,
)


def read_question(text: str, calendar: Calendar) -> Question:
    """What `text` asks, resolved against `calendar`; never raises, and reads the same words the same."""
    wording = clean(text)
    language = _language(wording.clean)
    read = read_chinese if language == "zh" else read_english
    reading = read(wording.clean, calendar)
    sessions = tuple(dict.fromkeys(number for mention in reading.frame for number in mention.sessions))
    bodies = _bodies(reading, calendar)
    timeline = calendar.timeline(bodies)
    question = Question(
        text=text,
        language=language,
        topic=_topic(reading, wording),
        intent=reading.intent,
        when=tuple(whole_sittings(period, timeline) for period in _periods(reading, wording)),
        sessions=sessions,
        speakers=reading.people.speakers,
        offices=reading.people.offices,
        bodies=bodies,
    )
    if greeting(replace(question, topic="")):
        return replace(question, topic="", intent=Intent.FACT)
    return placed(of_deadlines(of_outcome(of_voter(of_vote(question))), calendar), calendar)


def placed(question: Question, calendar: Calendar) -> Question:
    """The question with `missing` and `nearest` as its dates, sessions and bodies have them."""
    missing, nearest = _missing(question.when, question.sessions, calendar.timeline(question.bodies))
    return replace(question, missing=missing, nearest=nearest)


def _language(text: str) -> Language:
    """The language that asks: of the asking words, and with both or neither of more of the text."""
    han = len(_HAN.findall(text))
    if not han:
        return "en"
    chinese, english = bool(_ASKS_CHINESE.search(text)), bool(_ASKS_ENGLISH.search(text))
    if chinese != english:
        return "zh" if chinese else "en"
    return "zh" if han * 4 > sum(char.isascii() and char.isalpha() for char in text) else "en"


def _topic(reading: Reading, wording: Wording) -> str:
    """The pieces of topic in order; pieces a comma apart for English, closed up for Chinese."""
    pieces = [wording.original(start, end) for start, end in reading.topic]
    pieces = [piece for piece in dict.fromkeys(pieces) if piece]
    topic = pieces[0] if pieces else ""
    for piece in pieces[1:]:
        both_han = _HAN.match(topic[-1]) and _HAN.match(piece[0])
        topic += piece if both_han else ", " + piece
    return topic


def _bodies(reading: Reading, calendar: Calendar) -> tuple[str, ...]:
    """The bodies named; of a body and a series of meetings both named, what meets both."""
    named = [set(mention.bodies) for mention in reading.frame if mention.bodies]
    if not named:
        return ()
    common = set.intersection(*named)
    return tuple(sorted(common or set.union(*named)))


def _periods(reading: Reading, wording: Wording) -> tuple[Period, ...]:
    """The periods of the frame in the order they stand, without those that another one narrows."""
    found: list[Period] = []
    for mention in sorted(reading.frame, key=lambda m: m.start):
        for period in mention.periods:
            found.append(_placed(period, mention, wording))
    unique = list({(p.first, p.last): p for p in reversed(found)}.values())[::-1]
    return tuple(p for p in unique if not any(_narrows(other, p) for other in unique))


def _placed(period: Period, mention: Mention, wording: Wording) -> Period:
    """The period with its place in the question as it was written."""
    inside = mention.start <= period.start and period.end <= mention.end
    span = wording.span(period.start, period.end) if inside else wording.span(mention.start, mention.end)
    return replace(period, start=span.start, end=span.end, text=span.of(wording.text))


def _narrows(inner: Period, outer: Period) -> bool:
    if inner is outer or inner.first is None or inner.last is None:
        return False
    return outer.covers(inner.first) and outer.covers(inner.last)


def _missing(
    when: tuple[Period, ...], sessions: tuple[int, ...], timeline: Timeline
) -> tuple[bool, tuple[MeetingRef, ...]]:
    """Whether no meeting in reach is on the dates and of the sessions named, and then the nearest ones."""
    if sessions:
        found = [m for number in sessions for m in timeline.with_session(number)]
        if when:
            found = [m for m in found if m.date and any(p.covers(m.date, m.end_date) for p in when)]
        nearest = () if found else timeline.nearest_sessions(sessions)
        return not found, nearest
    if not when or any(timeline.within(p.first, p.last) for p in when):
        return False, ()
    return True, timeline.nearest(when[0].first, when[0].last)
