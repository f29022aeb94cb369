"""A question as a model reads it: fields of a `Question`, each checked against what the index holds.

The model only fills what the rules left open: a time, body or session they read stays, and so does every filter that
the asker set (`qa.engine.merge`), so that nothing it says makes the scope wider. What it names that the index does not
hold is not taken.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from ingest.records import Language
from ingest.words import topic_words
from qa import phrases
from qa.answers import Intent, Period, Question
from qa.calendar import Calendar
from qa.corrections import OF_PERSONS
from qa.model.prompt import spelt

NAMED = 20  # bodies that the model is told of
LONGEST = 200  # characters of a value

SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {
        "kind": {"enum": [intent.value for intent in Intent]},
        "topic": {"type": "string", "description": "what it is about, in the question's own words"},
        "topic_in_english": {"type": "string"},
        "topic_in_chinese": {"type": "string"},
        "since": {"type": "string", "description": "first day, YYYY-MM-DD"},
        "until": {"type": "string", "description": "last day, YYYY-MM-DD"},
        "sessions": {"type": "array", "items": {"type": "integer"}},
        "bodies": {"type": "array", "items": {"type": "string"}},
        "people": {
            "type": "array",
            "items": {"type": "string"},
            "description": "whose words or vote is asked for",
        },
    },
}
"""What a model is asked for; every key may be left out."""

_RULES = "You read a question about records of meetings into fields. You do not answer it. "
_AS_JSON = (
    f"Write one JSON object and nothing else; leave out what the question does not say. Its schema: "
    f"{json.dumps(SCHEMA, separators=(',', ':'))}"
)
_AS_LINES = "Write a line for each that the question says, and nothing else:\n" + "\n".join(
    f"{name}: {'one of ' + ', '.join(of['enum']) if 'enum' in of else of.get('description', '...')}"
    for name, of in SCHEMA["properties"].items()
)
_LINE = re.compile(r"^\W*(?P<name>[a-z_]+)\W*[:：]\s*(?P<value>\S.*?)\s*$", re.MULTILINE)
_UNSAID = frozenset({"", "none", "null", "n/a", "...", "[]", "unknown"})


@dataclass(frozen=True, slots=True)
class Fields:
    """What a model reads in a question; empty where it says nothing."""

    kind: Intent | None = None
    topic: str = ""
    others: tuple[tuple[Language, str], ...] = ()
    since: date | None = None
    until: date | None = None
    sessions: tuple[int, ...] = ()
    bodies: tuple[str, ...] = ()
    people: tuple[str, ...] = ()


def reading_task(question: Question, calendar: Calendar, *, as_lines: bool = False) -> tuple[str, str]:
    """Rules and task to read a question; `as_lines` for a model that cannot write JSON."""
    timeline = calendar.timeline()
    held = [meeting.date for meeting in timeline.dated if meeting.date]
    lines = [f"Today is {phrases.day(calendar.anchor, 'en')}."]
    if held:
        lines.append(f"The meetings lie between {held[0].isoformat()} and {held[-1].isoformat()}.")
    if calendar.bodies:
        lines.append(f"Bodies there are: {'; '.join(spelt(body) for body in calendar.bodies[:NAMED])}")
    lines.append(f"Question to read: {spelt(question.full or question.text)}")
    return _RULES + (_AS_LINES if as_lines else _AS_JSON), "\n".join(lines)


def parsed(said: str, *, as_lines: bool = False) -> Fields | None:
    """The fields that a model wrote; None where it wrote none, or something else.

    >>> parsed('{"kind": "vote", "topic": "tram", "sessions": [3]}').sessions
    (3,)
    """
    if as_lines:
        values: Any = {match["name"]: match["value"] for match in _LINE.finditer(said)}
    else:
        first, last = said.find("{"), said.rfind("}")
        try:
            values = json.loads(said[first : last + 1])
        except ValueError:
            return None
    if not isinstance(values, dict) or not values.keys() & SCHEMA["properties"].keys():
        return None
    return _fields(values)


def _fields(values: Mapping[str, Any]) -> Fields:
    kind = _text(values.get("kind")).casefold()
    others: list[tuple[Language, str]] = []
    for language, name in (("en", "topic_in_english"), ("zh", "topic_in_chinese")):
        if said := _text(values.get(name)):
            others.append(("zh" if language == "zh" else "en", said))
    return Fields(
        kind=Intent(kind) if kind in {intent.value for intent in Intent} else None,
        topic=_text(values.get("topic")),
        others=tuple(others),
        since=_day(values.get("since")),
        until=_day(values.get("until")),
        sessions=tuple(
            int(one) for one in _listed(values.get("sessions")) if one.isdecimal() and len(one) < 6
        ),
        bodies=tuple(_listed(values.get("bodies"))),
        people=tuple(_listed(values.get("people"))),
    )


def _text(value: Any) -> str:
    text = " ".join(spelt(value).split())[:LONGEST] if isinstance(value, str) else ""
    return "" if text.casefold() in _UNSAID else text


def _day(value: Any) -> date | None:
    try:
        return date.fromisoformat(_text(value))
    except ValueError:
        return None


def _listed(value: Any) -> list[str]:
    """The values of a list, or of one line with commas between them."""
    values = re.split(r"[,;，；、]", value.strip("[]")) if isinstance(value, str) else value
    if not isinstance(values, list):
        values = [values]
    texts = [str(one) if isinstance(one, int) else _text(one) for one in values[:NAMED]]
    return [text.strip(" \"'") for text in texts if text.strip(" \"'")]


def merged(question: Question, fields: Fields, calendar: Calendar) -> Question:
    """The question with what the model read where the rules read nothing, and the index holds what it names."""
    bodies = question.bodies or _held(fields.bodies, calendar.bodies)
    timeline = calendar.timeline(bodies)
    when, sessions = question.when, question.sessions
    if not when and (fields.since or fields.until) and timeline.within(fields.since, fields.until):
        when = (Period(0, 0, fields.since, fields.until),)
    if not sessions:
        sessions = tuple(one for one in fields.sessions if timeline.with_session(one))
    intent = question.intent
    if intent is Intent.FACT and fields.kind is not None:
        intent = fields.kind
    speakers = question.speakers
    if not speakers and not question.offices and intent in OF_PERSONS:
        speakers = _held(fields.people, [person.name for person in calendar.people])
    return replace(
        question,
        topic=_topic(question, fields),
        intent=intent,
        when=when,
        sessions=sessions,
        bodies=bodies,
        speakers=speakers,
    )


def _held(named: tuple[str, ...], held: Sequence[str]) -> tuple[str, ...]:
    """Those of the names that are held, as the index writes them."""
    known = {name.casefold(): name for name in held}
    return tuple(dict.fromkeys(known[name.casefold()] for name in named if name.casefold() in known))


def _topic(question: Question, fields: Fields) -> str:
    """What the model takes for the topic, if it is words of the question; else as the rules read it."""
    own = set(topic_words(question.full or question.text)) | set(topic_words(question.topic))
    said = topic_words(fields.topic)
    return fields.topic if said and set(said) <= own else question.topic


def in_other_language(question: Question, fields: Fields) -> str:
    """The topic in the language that the question is not in; empty where the model does not give it."""
    return next((text for language, text in fields.others if language != question.language), "")
