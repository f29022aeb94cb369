"""Whether the records answer, come nearest, or hold nothing: the judge's chance decides over what was composed."""

from dataclasses import replace

from qa import phrases
from qa.answering.nearest import nearest, pieces
from qa.answers import Answer, AnswerState, Claim, Group
from qa.claims import cited
from qa.compose import falls_short, is_complete
from qa.corpus import Session
from qa.evidence import Evidence
from qa.finding.judge import fitted, signs_of


def with_state(session: Session, answer: Answer, evidence: Evidence) -> Answer:
    """The answer with its state: as composed, of the best pieces, as what comes nearest, or that there is nothing.

    A meeting that never was, a counted list and what goes on from earlier answers are no matter of chance.
    """
    question = evidence.asked or answer.question
    if answer.question.missing or answer.question.told or not evidence.candidates or is_complete(answer):
        return answer
    judge = fitted()
    chance = judge.chance(signs_of(session, question, evidence.candidates, answer))
    composed = not falls_short(answer)
    if chance >= judge.answered:
        return answer if composed else _of_pieces(session, answer, evidence)
    if chance < judge.nearest and not composed:
        return answer
    return _as_nearest(answer) if composed else nearest(session, answer, evidence)


def _of_pieces(session: Session, answer: Answer, evidence: Evidence) -> Answer:
    """The best pieces as the answer, where the evidence answers and no answerer worded it."""
    parts = [("", [place]) for place in pieces(session, answer, evidence)]
    told = cited(session, answer, evidence, parts)
    return replace(told, nearest=(), state=AnswerState.ANSWERED)


def _as_nearest(answer: Answer) -> Answer:
    """The answer as composed, told as what comes nearest."""
    lead = Group(None, "", (Claim(phrases.comes_nearest(answer.question.language), own=True),))
    return replace(answer, groups=(lead, *answer.groups), state=AnswerState.NEAREST)
