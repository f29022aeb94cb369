"""How somebody voted: whose own vote a question wants, "How did Dana Ruiz vote on the tram?", and what a record says.

A voter stands on a side of the vote by name, was not at the meeting or the vote, or took no part in it; where the
record lists no names, it does not say.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.label_words import SURNAMES
from ingest.records import Record, Span
from ingest.sentences import sentences
from qa.answering.rolls import lines_of
from qa.answers import Intent, Question
from qa.ballots import Ballot, away_from
from qa.signs import named_in
from qa.vote_phrases import Stance

AFTER = 300  # characters after a vote that may still list who voted how
_NAME = r"(?P<name>(?-i:(?:[A-Z][\w.'’-]*\s){0,3}[A-Z][\w'’-]+))"
_NO_PERSON = re.compile(
    r"(?:Council|Board|Committee|Commission|Trust|Party|Group|Members?|Councillors|Government|Cabinet|Assembly|Authority"
    r"|Panel)$"
)
_ASKED = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b(?:how|which way|what) (?:did|has|does) {_NAME} vote[ds]?\b",
        rf"\bdid {_NAME} (?:vote|abstain|cast)\b",
        rf"\b(?:what|how) (?:was|is) {_NAME}['’]s? vote\b",
        rf"^(?P<name>[{''.join(sorted(SURNAMES))}][\u3400-\u9fff]{{1,2}}?)(?:对|就|在|是怎么|怎么|如何|投)[^？?]*?(?:投|表决)",
    )
)
_AROUND = re.compile(  # what of a topic says only that a vote is asked for
    r"^(?:way|vote[ds]?|votes|abstain(?:ed)?|cast)\b(?: (?:on|for|against|in favou?r of|from))?[\s,]*(?:the )?"
    r"|(?:是)?(?:怎么|如何|怎样)?投(?:的|了|过)*(?:什么|哪种|哪一?|赞成|反对)?票?(?:的|吗)?$",
    re.IGNORECASE,
)
_APART = re.compile(
    r"\brecus\w+|\bdeclared an? (?:\w+ ){0,2}interest|\bleft the (?:room|meeting|chamber)"
    r"|\b(?:took|taking) no part|\bdid not (?:vote|take part|participate)|\bstepped (?:aside|down)|\bwithdrew\b"
    r"|回避|未参加(?:表决|投票)|退场|离席",
    re.IGNORECASE,
)


def of_voter(question: Question) -> Question:
    """The question as one for somebody's own vote, also where no list of people holds the name; else as it is.

    >>> read = of_voter(Question("How did Rolf Imsen vote on fees?", topic="Rolf Imsen, fees", intent=Intent.VOTE))
    >>> read.speakers, read.topic
    (('Rolf Imsen',), 'fees')
    """
    found = next((match for asked in _ASKED if (match := asked.search(question.text))), None)
    if found is None or re.match(r"\W*(?:why|为什么|为何)", question.text, re.IGNORECASE):
        return question
    if not question.speakers and not _is_of_a_person(found["name"]):
        return question
    topic = question.topic if question.speakers else question.topic.replace(found["name"], "")
    topic = _AROUND.sub("", topic.strip(" ,，")).strip(" ,，")
    topic = topic.removeprefix("对") if question.language == "zh" else topic
    return replace(question, intent=Intent.VOTE, speakers=question.speakers or (found["name"],), topic=topic)


def _is_of_a_person(name: str) -> bool:
    """Whether a name that no list holds is somebody's: a name in full, and of no body or party."""
    return (" " in name or not name.isascii()) and _NO_PERSON.search(name) is None


def own_vote(name: str, ballot: Ballot, record: Record) -> tuple[Stance | None, Span | None]:
    """How somebody voted in a ballot, and what says so apart from it; None where the words around it may tell."""
    tally = ballot.tally
    sides: tuple[tuple[Stance, Sequence[str]], ...] = (
        ("in_favour", tally.names_in_favour),
        ("against", tally.names_against),
        ("aside", tally.names_abstained),
        ("absent", away_from(ballot, record.text)),
    )
    for stance, names in sides:
        if any(named_in(listed, name) for listed in names):
            return stance, None
    if (apart := next(_apart(name, ballot, record), None)) is not None:
        return "apart", apart
    if (line := absence(name, record)) is not None:
        return "absent", line
    around = record.text[ballot.shown.start : ballot.entries[-1].end + AFTER]
    return None if named_in(around, name) else "unlisted", None


def was_away(question: Question, records: Sequence[Record]) -> bool:
    """Whether somebody whose vote is asked for was not at one of these meetings."""
    return any(absence(name, record) is not None for name in question.speakers for record in records)


def absence(name: str, record: Record) -> Span | None:
    """The line that says that somebody was not at a meeting."""
    away = (line for line in lines_of(record) if line.role == "absent")
    return next((line for line in away if named_in(line.of(record.text), name)), None)


def _apart(name: str, ballot: Ballot, record: Record) -> Iterator[Span]:
    """The sentences under the item of a vote that say that somebody took no part in it."""
    place = ballot.shown.start
    around = [section for section in record.sections if section.start <= place < section.end]
    start, end = (around[-1].start, around[-1].end) if around else (place, ballot.entries[-1].end)
    for sentence in sentences(record.text, start, end):
        said = sentence.of(record.text)
        if named_in(said, name) and _APART.search(said):
            lead = len(said) - len(said.lstrip())
            yield Span(sentence.start + lead, sentence.start + len(said.rstrip()))
