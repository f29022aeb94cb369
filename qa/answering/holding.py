"""When a meeting was held, and when the next one is."""

import re
from collections.abc import Sequence

from ingest.dates import find_dates
from ingest.records import Record, Span
from ingest.sentences import sentences
from qa import phrases
from qa.answering.draft import Draft
from qa.answering.passages import READER
from qa.answers import Intent, Question
from qa.corpus import Session
from qa.evidence import Evidence, record_of
from qa.ranges import Range
from qa.topic import topic_weights

HEAD = 3_000  # characters from the start, and from the end, in which minutes say when they are of
MOST = 3  # meetings told
LOOKED_AT = 3  # the newest meetings, of which one says when the next is

_HELD = re.compile(r"\b(?:held|took place|met|meeting|convened|date)\b|召开|举行|时\s*间|会议", re.IGNORECASE)
_RELATIVE = re.compile(
    r"\b(?:yesterday|today|this morning|this afternoon)\b|昨日|昨天|今日|今天|日前", re.IGNORECASE
)
_NEXT_ASKED = re.compile(
    r"\bnext (?:\w+ ){0,3}?(?:meeting|session)\b|\bmeet(?:ing)? (?:again|next)\b|下一?次[^，。？]{0,8}会"
    r"|下[回届]会",
    re.IGNORECASE,
)
_NEXT_TOLD = re.compile(
    r"\bnext\b[^.;]{0,40}\bmeeting|\bmeeting\b[^.;]{0,30}\bnext\b|\b(?:re)?convene\b"
    r"|\bmeet again\b|下一?次[^，。]{0,8}会|下届",
    re.IGNORECASE,
)


def held_on(session: Session, question: Question, evidence: Evidence) -> Draft | None:
    """When the meeting asked about was held: the newest where none is named; None where that is not asked."""
    if question.intent is not Intent.WHEN or topic_weights(session, question):
        return None  # "when does the museum open" is asked of the matter, not of the meeting
    named = bool(question.when or question.sessions) or evidence.scope.records is not None
    dated = [i for i, one in evidence.meetings.items() if one.date] or list(evidence.meetings)
    if not named and not (question.bodies or question.topic or READER.answers(session, question, evidence)):
        return None
    records = [record_of(session, i, evidence) for i in dated[: MOST if named else 1]]
    places = [place for record in records for place in _dating(record, question)]
    return Draft([("", places)]) if places else None


def next_meeting(session: Session, question: Question, evidence: Evidence) -> Draft | None:
    """When the next meeting is, as the meeting asked about or the newest that says it has it; None if none does."""
    if question.intent not in (Intent.WHEN, Intent.FACT) or not _NEXT_ASKED.search(question.text):
        return None
    dated = [i for i, one in evidence.meetings.items() if one.date] or list(evidence.meetings)
    for record_id in dated[:LOOKED_AT]:
        record = record_of(session, record_id, evidence)
        told = [one for one in _ends(record) if _tells_next(one.of(record.text))]
        if told:
            return Draft([("", [Range(one.start, one.end, record_id) for one in told[-1:]])])
    return None


def _tells_next(words: str) -> bool:
    return _NEXT_TOLD.search(words) is not None and any(find_dates(words))


def _dating(record: Record, question: Question) -> list[Range]:
    """The sentence that dates a meeting, under its day where the sentence gives just that."""
    best = _best(record, _ends(record))
    if best is None:
        return []
    meant = {mention.first for mention in find_dates(best.of(record.text))}
    held = phrases.held_on(record.date, question.language) if record.date in meant and record.date else ""
    return [Range(best.start, best.end, record.id, before=held)]


def _best(record: Record, said: Sequence[Span]) -> Span | None:
    """The sentence that speaks of holding the meeting on its date, as far as one does."""
    found = []
    for sentence in said:
        words = sentence.of(record.text)
        says_date = record.date in {mention.first for mention in find_dates(words)}
        says_held, relative = bool(_HELD.search(words)), bool(_RELATIVE.search(words))
        if says_date or (says_held and relative):
            found.append((-says_date - 2 * says_held - relative, sentence.start, sentence))
    return min(found, key=lambda one: one[:2])[2] if found else None


def _ends(record: Record) -> list[Span]:
    """The sentences at the start and the end of a record, front matter left out, trimmed."""
    size = len(record.text)
    begin = max((span.end for span in record.omitted if span.start == 0), default=0)
    ranges = [(begin, min(size, begin + HEAD))]
    if size - HEAD > ranges[0][1]:
        ranges.append((size - HEAD, size))
    found = []
    for start, end in ranges:
        for sentence in sentences(record.text, start, end):
            words = sentence.of(record.text)
            lead = len(words) - len(words.lstrip())
            if words.strip():
                found.append(Span(sentence.start + lead, sentence.start + len(words.rstrip())))
    return found
