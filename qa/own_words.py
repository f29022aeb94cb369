"""What a follow-up question says itself: its words read, and a phrase as the time, person or body it names."""

import re
from dataclasses import replace

from qa.answers import Intent, Period, Question
from qa.bodies import find_bodies
from qa.calendar import Calendar
from qa.people import who_is
from qa.periods import find_times
from qa.question import read_question
from qa.relative_times import in_year_of, of_its_year
from qa.turns import Clues
from qa.wording import clean

_PREPOSITION = re.compile(
    r"^(?:(?:(?:for|by|from|with|at|in|on|about|to|of|during|regarding|concerning|per|the|a|an)\b|对于|对"
    r"|由|在|于|从|关于|的)\s*)+"
    r"(?=\S)",
    re.IGNORECASE,
)


def said_by(clues: Clues, calendar: Calendar, before: Question) -> Question:
    """What the question says itself, its periods placed where they stand in it; "March" is one of the year before."""
    own = read_question(of_its_year(clues.rest, before.when) if clues.fragment else clues.rest, calendar)
    if clues.fragment:
        own = _by_kind(own, calendar)
    when = tuple(
        _placed_back(period, clues) for period in in_year_of(before.when, own.when, clues.rest, calendar)
    )
    sessions = own.sessions or ((clues.session,) if clues.session is not None else ())
    return replace(own, when=when, sessions=sessions)


def _placed_back(period: Period, clues: Clues) -> Period:
    if period.start >= period.end or period.end > len(clues.offsets):
        return replace(period, start=0, end=0)
    return replace(period, start=clues.offsets[period.start], end=clues.offsets[period.end - 1] + 1)


def _by_kind(own: Question, calendar: Calendar) -> Question:
    """A phrase as the time, person or body it names, where it names nothing else."""
    bare = _PREPOSITION.sub("", clean(own.topic).clean.strip(" ,"))
    if not bare:
        return replace(own, topic="")
    times = find_times(bare, calendar.timeline(own.bodies), calendar.anchor)
    rest = bare
    for time in reversed(times):
        rest = rest[: time.start] + rest[time.end :]
    if times and not re.sub(
        r"的?(?:会议|那次|情况|时候|meeting|session|s)?|\W|\b(?:and|or|in|on|the|和|与|及)\b", "", rest
    ):
        return replace(own, topic="", when=own.when + tuple(replace(t.period, start=0, end=0) for t in times))
    people = who_is(bare, calendar)
    if people:
        return replace(own, topic="", speakers=people.speakers, offices=people.offices)
    for body in find_bodies(bare, calendar):
        if not re.sub(r"[\W的]|s$", "", bare[: body.start] + bare[body.end :]):
            return replace(own, topic="", bodies=body.bodies)
    return replace(own, topic=bare) if own.intent is Intent.FACT else own
