"""The answerers, in the order in which they are asked; the first that has an answer gives it.

What is asked of a meeting comes first, as no passage need hold a word of such a question: who was there, when it was
held, what it dealt with. Then what the register and the voices of the record hold as fields; and last the passages,
which answer everything else.
"""

from dataclasses import replace

from qa.answering import (
    attendance,
    changes,
    decided_on,
    holding,
    lists,
    meeting,
    meetings,
    movers,
    passages,
    tasks,
    verdict,
    words,
)
from qa.answering.draft import Answerer, Draft
from qa.answers import Answer
from qa.claims import cited, nothing
from qa.corpus import Session
from qa.evidence import Evidence, hits
from qa.retrieval import spread

HITS = 40  # passages an answer carries as its evidence

ANSWERERS: tuple[Answerer, ...] = (
    attendance.how_often,
    meetings.found,
    movers.moved,
    attendance.attended,
    holding.next_meeting,
    holding.held_on,
    lists.agenda,
    lists.of_outcome,
    lists.counted,
    tasks.of_status,
    tasks.of_somebody,
    tasks.due_within,
    words.spoken,
    meeting.as_a_whole,
    decided_on.decided_on,
    lists.of_matter,
    verdict.came_out,
    changes.made_then,
    passages.best,
)


def answer(session: Session, empty: Answer, evidence: Evidence) -> Answer:
    """The answer of the first answerer that has one; without sentences where none has.

    `empty` brings the question, what was searched and the generation.
    """
    question = evidence.asked or empty.question
    if not evidence.meetings:
        return nothing(empty)
    found = replace(empty, hits=hits(evidence, spread(question, evidence.candidates)[:HITS]))
    if question.missing:
        return nothing(found)
    drafts = (answerer(session, question, evidence) for answerer in ANSWERERS)
    draft = next(filter(None, drafts), None)
    return told(session, found, evidence, draft) if draft else nothing(found)


def told(session: Session, found: Answer, evidence: Evidence, draft: Draft) -> Answer:
    """A draft as an answer, each of its ranges cited."""
    answer = cited(session, found, evidence, draft.parts, draft.changes, ranked=draft.ranked)
    return replace(answer, complete=draft.complete)
