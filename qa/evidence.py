"""What an answer is composed from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from ingest.records import Record
from qa.answers import Hit, MeetingRef, Question
from qa.corpus import Session
from qa.finding.judge import Judgement, judged
from qa.scope import Scope
from qa.signs import Candidate


@dataclass(frozen=True, slots=True)
class Evidence:
    """What an answer is composed from: passages best first, the meetings in reach, and the scope that was asked.

    asked      the one of two questions that is answered, where a sentence asks both
    judgement  what the judge holds of the candidates; None where there is no judge
    """

    candidates: Sequence[Candidate]
    meetings: Mapping[str, MeetingRef]  # by record id, newest first
    scope: Scope
    asked: Question | None = None
    judgement: Judgement | None = None


def weighed(session: Session, question: Question, evidence: Evidence) -> Evidence:
    """The evidence with what the judge holds of it, where there is a judge."""
    return replace(evidence, judgement=judged(session, question, evidence.candidates, evidence.meetings))


def record_of(session: Session, record_id: str, evidence: Evidence) -> Record:
    record = session.record(record_id, evidence.scope.access)
    assert record is not None, "a record in scope is readable within the same transaction"
    return record


def hits(evidence: Evidence, candidates: Sequence[Candidate]) -> tuple[Hit, ...]:
    return tuple(hit(candidate, evidence.meetings[candidate.passage.record_id]) for candidate in candidates)


def hit(candidate: Candidate, meeting: MeetingRef) -> Hit:
    """A candidate as a value to show."""
    passage = candidate.passage
    return Hit(
        start=passage.start,
        end=passage.end,
        passage_id=passage.id,
        meeting=meeting,
        version=passage.version,
        text=passage.text,
        score=candidate.score,
        dense=candidate.cosine,
        lexical=candidate.bm25,
        item=passage.item,
        speakers=passage.speakers,
    )
