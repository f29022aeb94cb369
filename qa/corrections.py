"""A question as a person corrects it: what was understood, piece by piece, in words that fit a form or an address.

    corrected(answer.question, {"since": ["2024"], "until": [""]})     # the same question, since 2024
    corrected(answer.question, {"topic": ["tram fares"], "speaker": [""]})
    as_typed(answer.question)   # {"topic": ["tram fares"], "kind": ["decision"], "since": ["2024-01-01"], ...}

A piece that is given takes the place of what was understood, an empty one takes it away, the others stay.
"""

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import zip_longest
from typing import Any

from qa.answers import Intent, Period, Question
from qa.errors import QuestionError
from qa.filters import day_of, few_names, number_of

PIECES = ("topic", "kind", "since", "until", "session", "speaker", "body", "within")
OF_PERSONS = (Intent.OPINION, Intent.VOTE)  # kinds of answer for which it counts who speaks

Typed = Mapping[str, Sequence[str]]


def corrected(question: Question, typed: Typed) -> Question:
    """The question with the pieces that were typed, each a list of values; `PIECES` names them.

    since, until  days as in `qa.filters`; several pairs are several periods
    within        ids of the records to stay within

    Raises QuestionError for a day, session or kind there cannot be, and for more than can be meant.
    """
    given = {piece: [v.strip() for v in few_names(typed[piece])] for piece in PIECES if piece in typed}
    for piece, change in _CHANGES.items():
        if piece in given:
            question = change(question, [value for value in given[piece] if value])
    if "since" in given or "until" in given:
        question = replace(question, when=_periods(given.get("since", ()), given.get("until", ())))
    return replace(question, taken=(), told=()) if given else question


def as_typed(question: Question) -> dict[str, list[str]]:
    """What was understood as `corrected` takes it; every piece, empty where nothing was understood."""
    return {
        "topic": [question.topic],
        "kind": ["" if question.intent is Intent.FACT else question.intent.value],
        "since": [_iso(period.first) for period in question.when] or [""],
        "until": [_iso(period.last) for period in question.when] or [""],
        "session": [str(number) for number in question.sessions] or [""],
        "speaker": list(question.speakers) or [""],
        "body": list(question.bodies) or [""],
        "within": list(question.records) or [""],
    }


def _topic(question: Question, values: Sequence[str]) -> Question:
    topic = values[0] if values else ""
    return question if topic == question.topic else replace(question, topic=topic, subject="")


def _kind(question: Question, values: Sequence[str]) -> Question:
    try:
        intent = Intent(values[0]) if values else Intent.FACT
        return replace(question, intent=intent, due=question.due if intent is Intent.ACTION else None)
    except ValueError as error:
        raise QuestionError(f"{error}. The kinds are: {', '.join(Intent)}.") from error


def _session(question: Question, values: Sequence[str]) -> Question:
    for value in values:
        if number_of(value) is None:
            raise QuestionError(f"{value!r} is no number of a session; write it as 12.")
    return replace(question, sessions=tuple(int(value) for value in values))


def _speaker(question: Question, values: Sequence[str]) -> Question:
    """Whose words are asked for; then the answer is what they said, or how they voted."""
    if tuple(values) == question.speakers:
        return question
    intent = question.intent
    if values and intent not in OF_PERSONS:
        intent = Intent.OPINION
    elif not values and intent is Intent.OPINION:
        intent = Intent.SUMMARY
    return replace(question, speakers=tuple(values), offices=(), intent=intent)


def _body(question: Question, values: Sequence[str]) -> Question:
    return replace(question, bodies=tuple(values))


def _within(question: Question, values: Sequence[str]) -> Question:
    return replace(question, records=tuple(values))


_CHANGES: dict[str, Callable[[Question, Sequence[str]], Any]] = {
    "topic": _topic, "kind": _kind, "session": _session, "speaker": _speaker, "body": _body, "within": _within,
}  # fmt: skip


def _periods(since: Sequence[str], until: Sequence[str]) -> tuple[Period, ...]:
    periods = []
    for first, last in zip_longest(since, until):
        begin, end = day_of(first or None, last=False), day_of(last or None, last=True)
        if begin and end and begin > end:
            raise QuestionError(f"No day lies between {first} and {last}: the first is the later one.")
        if begin or end:
            periods.append(Period(0, 0, begin, end))
    return tuple(periods)


def _iso(day: datetime.date | None) -> str:
    return day.isoformat() if day else ""
