"""The calendar of a corpus as far as its asker may read it: meetings, bodies, and people with their offices."""

from collections.abc import Sequence
from datetime import date

from ingest.words import WordSet, topic_words
from qa.calendar import Calendar, Person
from qa.corpus import Session
from qa.scope import Scope

_ANY_MEETING = WordSet(
    "meeting minutes session welcome regular ordinary special extraordinary annual virtual monthly 会议 例会"
)
_NOBODY = frozenset(  # labels of turns that name no person; "what did the committee decide" asks for no one's words
    "committee council board commission panel group team meeting all everyone everybody several various many others "
    "unknown unidentified inaudible audience room floor 会议 大家 全体 众人 与会者 委员会".split()
)


def calendar_of(session: Session, access: Sequence[str], today: date) -> Calendar:
    """What the corpus holds for these groups, to read questions against."""
    scope = Scope(access=tuple(access))
    meetings = tuple(meeting for meeting in reversed(session.meetings(scope)) if meeting.held)
    people: dict[str, tuple[str, ...]] = {}
    for name, office in session.people(scope):
        if name.strip("()[]").casefold().removeprefix("the ") in _NOBODY:
            continue
        people[name] = people.get(name, ()) + ((office,) if office else ())
    bodies = sorted({name for m in meetings for name in (m.body, m.series) if name and _names_a_body(name)})
    persons = tuple(Person(name, offices) for name, offices in people.items())
    return Calendar(meetings=meetings, people=persons, bodies=tuple(bodies), today=today)


def _names_a_body(name: str) -> bool:
    """Whether a body's or series' name says more than that there was a meeting ("Meeting", "Regular Meeting")."""
    return not set(topic_words(name)) <= _ANY_MEETING
