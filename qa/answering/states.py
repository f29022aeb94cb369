"""Whether the records answer, or something in them comes nearest, or nothing does."""

from dataclasses import replace
from datetime import date

from qa import phrases
from qa.answering.nearest import nearest
from qa.answering.passages import of_nothing_said
from qa.answers import Answer, AnswerState, Claim, Group, Question
from qa.claims import plainly_nothing
from qa.corpus import Session
from qa.evidence import Evidence, weighed
from qa.outcomes import outcome_asked
from qa.support import in_another_language, likeness_above_chance, said_of
from qa.topic import share_of_topic, topic_weights

LOOKED_AT = 3  # the best passages, of which one must say something of what is asked to be near
NEAR = 0.25  # share of the topic in one of them
NEAR_AND_LIKE = 0.7  # that share and its likeness above chance together, where it is said in other words
# Both lie between what answers and what does not in the questions of five bodies; see docs/evaluation.md.


def with_state(session: Session, answer: Answer, evidence: Evidence) -> Answer:
    """The answer, or in place of one that the records do not give what comes nearest in them.

    Where the question names a meeting that is not held, that is said first. Nothing is new after what earlier answers
    cited.
    """
    if not answer.abstained or answer.groups:
        return answer
    question = evidence.asked or answer.question
    near = not question.told and _comes_near(session, question, evidence)
    found = nearest(session, answer, evidence) if near else answer
    if question.missing:
        return _of_no_meeting(answer, found)
    return found if found.groups else plainly_nothing(answer)


def _comes_near(session: Session, question: Question, evidence: Evidence) -> bool:
    """Whether one of the best passages says some of what is asked, or the judge holds that they may answer."""
    best, weights = evidence.candidates[:LOOKED_AT], topic_weights(session, question)
    if not best or not weights:
        named = question.when or question.sessions or question.bodies or question.speakers
        return bool(best) and bool(named) and not (question.missing or outcome_asked(question))
    if of_nothing_said(session, question, evidence):
        return False
    said = max(share_of_topic(weights, question.topic, said_of(one)) for one in best)
    if said >= NEAR:
        return True
    judgement = weighed(session, question, evidence).judgement
    if judgement is not None:
        return judgement.state is not AnswerState.NOTHING
    across = in_another_language(session, question, best)
    return across or said + likeness_above_chance(session, question, best) >= NEAR_AND_LIKE


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
