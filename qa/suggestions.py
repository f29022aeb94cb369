"""Questions to go on with: made from what the register holds around an answer, each asked before it is offered.

A question is offered when the records answer it and it cites something that the answer did not. Asking costs what a
question costs, without a language model: it is for moments nobody waits, and ends as soon as it is no longer wanted.
"""

import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from ingest.records import DecisionKind
from qa.answers import Answer, Intent, MeetingRef
from qa.interface import Interface
from qa.phrases import day
from qa.timeline import DECIDED

if TYPE_CHECKING:
    from qa.engine import Minutebook

MOST = 3
TRIED = 8  # questions asked of the records at most, to find MOST that they answer
SECONDS = 4.0  # after which no further question is tried
LONGEST = 60  # characters of a topic or an agenda item that may stand in a question

_ASKED = {
    "acts": ("Who has to act on {topic}, and by when?", "{topic}由谁负责，何时完成？"),
    "voted": ("How was the vote on {topic}?", "{topic}的表决结果如何？"),
    "decided": ("What was decided on {topic}?", "关于{topic}作出了哪些决定？"),
    "when": ("Which meetings discussed {topic}?", "哪些会议讨论过{topic}？"),
    "item": ("What was decided on {topic} on {day}?", "{day}的会议关于{topic}作出了哪些决定？"),
    "said": ("What did {speaker} say about {topic}?", "{speaker}关于{topic}说了什么？"),
}


def suggest(book: "Minutebook", answer: Answer, wanted: Callable[[], bool] = lambda: True) -> list[str]:
    """At most MOST questions that the records answer, in the language of the answer's question.

    wanted  asked before each question that is tried; once it is not, none are offered
    """
    cited = _places(answer)
    if not cited or book.history.shown([answer]) == [None]:
        return []  # its headings and speakers stand in the questions
    found: list[str] = []
    begun, tried = time.monotonic(), 0
    for question in _candidates(book, answer):
        if question == answer.question.text or question in found:
            continue
        if not wanted():
            return []
        if tried == TRIED or time.monotonic() - begun > SECONDS:
            break
        tried += 1
        if _adds(book.extract(question), cited):
            found.append(question)
        if len(found) == MOST:
            break
    return found if wanted() else []


def _adds(answer: Answer, cited: set[tuple[str, int]]) -> bool:
    return not answer.abstained and bool(_places(answer) - cited)


def _places(answer: Answer) -> set[tuple[str, int]]:
    return {(citation.record.record_id, citation.start) for citation in answer.citations}


def _candidates(book: "Minutebook", answer: Answer) -> Iterator[str]:
    """Questions that may be worth offering, the most promising first."""
    question = answer.question
    language: Interface = "zh" if question.language == "zh" else "en"
    topic = question.topic if len(question.topic) <= LONGEST else ""
    if topic:
        entries = book.decisions(topic)
        kinds = {entry.kind for entry in entries}
        if DecisionKind.ASSIGNED in kinds and question.intent is not Intent.ACTION:
            yield _words("acts", language, topic=topic)
        if DecisionKind.VOTE in kinds and question.intent is not Intent.VOTE:
            yield _words("voted", language, topic=topic)
        if kinds & DECIDED and question.intent is not Intent.DECISION:
            yield _words("decided", language, topic=topic)
    yield from _of_the_same_meeting(book, answer, language)
    if topic:
        for citation in answer.citations:
            if citation.speaker and citation.speaker not in question.speakers:
                yield _words("said", language, topic=topic, speaker=citation.speaker)
        if question.intent is not Intent.MEETINGS:
            yield _words("when", language, topic=topic)


def _of_the_same_meeting(book: "Minutebook", answer: Answer, language: Interface) -> Iterator[str]:
    """What else was decided at the meetings that are cited, item by item, first the meeting cited first."""
    cited_items = {item for citation in answer.citations for item in citation.item}
    meetings = dict.fromkeys(citation.record for citation in answer.citations)
    for meeting in (meeting for meeting in meetings if meeting.language == language and meeting.date):
        items = {entry.item: None for entry in book.decisions(records=[meeting.record_id]) if entry.item}
        for item in items:
            if item not in cited_items and len(item) <= LONGEST:
                yield _words("item", language, topic=_in_a_sentence(item), day=_day(meeting, language))


def _in_a_sentence(item: str) -> str:
    """A heading as it stands within a sentence: its first letter small, unless it is one of a name or an initialism."""
    first = item.split(" ", 1)[0]
    return item[0].lower() + item[1:] if first[1:].islower() else item


def _day(meeting: MeetingRef, language: Interface) -> str:
    assert meeting.date is not None
    return day(meeting.date, language)


def _words(kind: str, language: Interface, **filled: str) -> str:
    return _ASKED[kind][language == "zh"].format(**filled)
