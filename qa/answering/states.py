"""Whether the records answer, or something in them comes nearest, or nothing does."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from qa import phrases
from qa.answering.nearest import nearest
from qa.answers import Answer, AnswerState, Claim, Group, Question
from qa.claims import plainly_nothing
from qa.corpus import Session
from qa.evidence import Evidence
from qa.languages import above_chance
from qa.signs import Candidate
from qa.support import in_another_language, said_of
from qa.topic import coverage, topic_weights

LOOKED_AT = 8  # the best passages, of which one must say something of what is asked to be near
NEAR = 0.2  # how much liker than by chance one of them is that comes near and shares no word


def with_state(session: Session, answer: Answer, evidence: Evidence) -> Answer:
    """The answer, or in place of one that the records do not give what comes nearest in them.

    Where the question names a meeting that is not held, that is said first. Nothing is new after what earlier answers
    cited.
    """
    if not answer.abstained or answer.groups:
        return answer
    question = evidence.asked or answer.question
    near = not question.told and _comes_near(session, question, evidence.candidates[:LOOKED_AT])
    found = nearest(session, answer, evidence) if near else answer
    if question.missing:
        return _of_no_meeting(answer, found)
    return found if found.groups else plainly_nothing(answer)


def _comes_near(session: Session, question: Question, best: Sequence[Candidate]) -> bool:
    """Whether one of the best passages says some of what is asked, or is like it in another language or other words."""
    weights = topic_weights(session, question)
    if not best or not weights:
        named = question.when or question.sessions or question.bodies or question.speakers
        return bool(best) and bool(named) and not question.missing
    if any(coverage(weights, said_of(one)) > 0 for one in best) or in_another_language(
        session, question, best
    ):
        return True
    vector = session.query_vector(question.topic or question.text)
    known = [one.cosine for one in best if one.cosine is not None]
    return vector is not None and bool(known) and above_chance(session, vector, max(known)) >= NEAR


def _of_no_meeting(answer: Answer, found: Answer) -> Answer:
    """That no such meeting is held, and below it what other meetings come nearest with."""
    question = answer.question
    asked = [period.text or _days(period.first, period.last) for period in question.when]
    asked += [phrases.session_words(number, question.language) for number in question.sessions]
    said = phrases.no_such_meeting(" ".join(asked), question.language)
    first = Group(None, "", (Claim(said, own=True),))
    if not found.groups:
        return replace(answer, groups=(first,), nearest=(), state=AnswerState.NOTHING)
    return replace(found, groups=(first, *found.groups))


def _days(first: date | None, last: date | None) -> str:
    return " – ".join(str(value) for value in (first, last) if value)
