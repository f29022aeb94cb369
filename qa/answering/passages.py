"""The answerer of last resort: the passages found, where they hold the answer, by the pieces of them that give it.

Two things are asked of the passages, and both of one `Reader`: whether they answer, and with which pieces. Everything
else an answer needs - with what a piece must stand to be understood, what changed it later, in which order it is
told - is done here, whoever reads.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from qa import phrases
from qa.answering.draft import Draft
from qa.answering.latest import newest_value
from qa.answering.nearest import pieces
from qa.answers import AnswerState, Intent, Question
from qa.antecedents import with_antecedents
from qa.asked_facts import fact_asked
from qa.corpus import Session
from qa.evidence import Evidence, record_of, weighed
from qa.languages import above_common, in_others
from qa.latest import asks_of_now, pick_newest
from qa.motions import is_formal
from qa.nearby import apart, may_name_movers, may_state, may_tell, outcomes_after, with_results
from qa.outcomes import outcome_asked
from qa.picking import Pick, discussed, pick, states
from qa.ranges import Part, Range, of_entry, of_picks
from qa.signs import ASKS_FOR_REGISTER, SETTLED
from qa.stands import reports_vote, stood
from qa.supersession import NO_CHANGES, Changes, changes_seen, place_of
from qa.support import PASSAGES, answers, in_another_language, in_the_year, of_unknown, said_of
from qa.topic import share_of_topic, topic_weights
from qa.unheard import UNHEARD, unheard
from qa.verdicts import of_matter, verdict_asked
from qa.voters import was_away
from qa.votes_told import vote_ranges
from qa.voting import asked_of_vote

_OF_FACTS = frozenset({Intent.FACT, Intent.WHEN, Intent.WHO})


class Reader(Protocol):
    """What reads the passages found."""

    def answers(self, session: Session, question: Question, evidence: Evidence) -> bool:
        """Whether the passages hold the answer, and not only something that comes near it."""

    def pieces(self, session: Session, question: Question, evidence: Evidence) -> Sequence[Pick]:
        """The pieces that give the answer, best first; none where none is good enough to be shown."""


@dataclass(frozen=True, slots=True)
class ByWords:
    """Reads by shared words, by likeness above chance, and by the weighed signs of sentences."""

    def answers(self, session: Session, question: Question, evidence: Evidence) -> bool:
        """By `qa.support`; of somebody's words nothing answers that is not theirs (`qa.answering.words`)."""
        if question.intent is Intent.OPINION and question.speakers:
            return False
        chosen = evidence.scope.records is not None
        return answers(session, question, evidence.candidates, chosen=chosen)

    def pieces(self, session: Session, question: Question, evidence: Evidence) -> Sequence[Pick]:
        """By `qa.picking`: of how a matter stands now from the newest meetings, else from the best passages."""
        if len(evidence.meetings) > 1 and asks_of_now(question):
            return pick_newest(session, question, evidence.candidates, evidence.meetings)
        return pick(session, question, evidence.candidates)


READER: Reader = ByWords()
OF_THE_MATTER = (
    0.4  # share of the topic where something was settled, from which on it may be of the same matter
)
SURE = 0.85  # the chance from which on pieces answer in whatever form
ALIKE = 0.25  # likeness above what is common, from which on other words may say the same
WHOLLY = 0.95  # share of the topic in words that no record says, from which on it is of something else
WITH_WORDS = 0.42  # the chance from which on passages answer that say the words of the question, too


def best(session: Session, question: Question, evidence: Evidence) -> Draft | None:
    """The pieces that answer, where the judge holds that the passages do; without a reader, where their words do."""
    outcome = outcome_asked(question)
    if outcome and not outcome.common:
        return None  # of every matter that came out one way `qa.answering.lists` has the entries
    read = weighed(session, question, evidence)
    if read.judgement is None:
        return _by_words(session, question, evidence)
    if _of_another(session, question, read):
        return None
    by_words = _by_words(session, question, evidence) if read.judgement.chance >= WITH_WORDS else None
    if by_words and (question.intent in ASKS_FOR_REGISTER or fact_asked(question) or asks_of_now(question)):
        return by_words  # what the register and the kind of fact asked for make of it is exact
    if by_words or read.judgement.state is AnswerState.ANSWERED:
        return _pieces_read(session, question, read)
    return None


def _of_another(session: Session, question: Question, evidence: Evidence) -> bool:
    """Whether a person, a body or a year is asked about that what was found does not name: sure signs."""
    assert evidence.judgement is not None
    if question.intent is Intent.OPINION and question.speakers:
        return True  # `qa.answering.words` has their words
    best_read = evidence.judgement.ranked
    if of_nothing_said(session, question, evidence):
        return True
    return of_unknown(session, question, best_read[:PASSAGES]) or not in_the_year(question, best_read[0])


def of_nothing_said(session: Session, question: Question, evidence: Evidence) -> bool:
    """Whether a matter is asked about of which no record says a word, nor much that is like it in other words.

    Where no record is in the question's language, none could.
    """
    own = any(meeting.language == question.language for meeting in evidence.meetings.values())
    if not own or unheard(session, question, evidence.scope.access) < WHOLLY:
        return False
    vector = session.query_vector(question.topic or question.text)
    cosines = [one.cosine for one in evidence.candidates[:PASSAGES] if one.cosine is not None]
    return vector is None or not cosines or above_common(session, vector, max(cosines)) < ALIKE


def _pieces_read(session: Session, question: Question, evidence: Evidence) -> Draft | None:
    """The pieces that are evidence likeliest, best first; None where none of them may give what is asked for."""
    assert evidence.judgement is not None
    found = pieces(session, question, evidence)
    picks = [
        Pick(one.start, one.end, candidate, candidate.score)
        for one, candidate in zip(found, evidence.judgement.ranked, strict=False)
    ]
    sure = evidence.judgement.chance >= SURE
    if not picks or not _may_give(session, question, evidence, picks, sure=sure):
        return None
    other = question.intent is Intent.DECISION and of_another_matter(session, question, evidence)
    if other and not _settles(session, question, picks):
        return None
    return Draft([("", [one]) for one in found], ranked=True)


def _settles(session: Session, question: Question, picks: Sequence[Pick]) -> bool:
    """Whether an outcome of the register stands in one of the pieces, and under it something of the matter."""
    weights = topic_weights(session, question)
    held = session.decisions_of([one.candidate.passage.record_id for one in picks])
    return any(
        entry.kind in SETTLED
        and one.start < entry.end
        and entry.start < one.end
        and share_of_topic(weights, question.topic, said_of(one.candidate)) >= OF_THE_MATTER
        for one in picks
        for entry in held.get(one.candidate.passage.record_id, ())
    )


def _by_words(session: Session, question: Question, evidence: Evidence) -> Draft | None:
    """What is picked by words and signs, where the passages say the words of the question."""
    asked = as_answered(session, question, evidence)
    if asked is None:
        return None
    if values := newest_value(session, asked, evidence):
        return values
    picks = READER.pieces(session, asked, evidence)
    told = _with_what_goes_along(session, asked, evidence, picks) if picks else []
    if not told or not _may_give(session, asked, evidence, told):
        return None
    unsettled = question.intent is Intent.DECISION and not any(one.settled for one in told)
    if unsettled and of_another_matter(session, asked, evidence):
        return None
    return _drafted(session, asked, evidence, told)


def as_answered(session: Session, question: Question, evidence: Evidence) -> Question | None:
    """The question that the passages answer: as asked, or of its matter without the word for what became of it."""
    asked = dict.fromkeys((question, of_matter(question)))
    return next((one for one in asked if READER.answers(session, one, evidence)), None)


def _drafted(session: Session, question: Question, evidence: Evidence, picks: Sequence[Pick]) -> Draft:
    also = discussed(session, question, evidence.candidates, picks)
    decided = any(one.decision for one in picks)
    changes = changes_seen(session, evidence.scope.access) if decided else NO_CHANGES
    voted = question.intent is Intent.VOTE
    records = {i: record_of(session, i, evidence) for i in {one.candidate.passage.record_id for one in picks}}
    ranges = vote_ranges(session, question, picks, records, question.language) if voted else of_picks(picks)
    parts: list[Part] = [
        ("", _with_latest(ranges, changes, question, evidence)),
        (phrases.only_discussed(question.language), of_picks(also)),
    ]
    recorded = voted and any(one.decision and one.decision.tally for one in picks)
    return Draft(parts, changes, complete=recorded)


def _may_give(
    session: Session, question: Question, evidence: Evidence, picks: Sequence[Pick], *, sure: bool = False
) -> bool:
    """Whether the pieces may give what is asked for: a fact of its kind, its outcome, its mover, a vote or who spoke.

    Of what is in another language the form is not known, so that it may; `sure`: so may amounts, days, places,
    reasons and votes, whatever their form.
    """
    if (
        outcome := outcome_asked(question)
    ) and not outcome.common:  # of every matter that came out one way `qa.answering.lists` has the entries
        return False
    if in_others(session, question.language, [one.candidate.passage.id for one in picks]):
        return True
    asked = asked_of_vote(question.text)
    if question.intent is Intent.WHO and asked.roles and is_formal(question):
        return may_name_movers(picks)
    if question.intent is Intent.VOTE and not sure and not any(one.decision for one in picks):
        return reports_vote(session, question, evidence.candidates, picks) or was_away(
            question, [record_of(session, one.candidate.passage.record_id, evidence) for one in picks[:1]]
        )
    if question.intent is Intent.FACT and (verdict := verdict_asked(question)):
        return may_tell(verdict, picks)
    if question.intent in _OF_FACTS and (fact := fact_asked(question)) and not (sure and fact.kind != "who"):
        return bool(states(session, question, evidence.candidates, picks)) or may_state(fact, question, picks)
    return True


def of_another_matter(session: Session, question: Question, evidence: Evidence) -> bool:
    """Whether much of what is asked about is named in no record, so that what was found can be of something else.

    Records in another language than the question name it otherwise.
    """
    if in_another_language(session, question, evidence.candidates[:PASSAGES]):
        return False
    return unheard(session, of_matter(question), evidence.scope.access) >= UNHEARD


def _with_what_goes_along(
    session: Session, question: Question, evidence: Evidence, picks: Sequence[Pick]
) -> list[Pick]:
    """The picks with what they need to be read: the outcome after them, the fact asked for, who "she" is."""
    asks_outcome = question.intent in (Intent.DECISION, Intent.VOTE)
    if asks_outcome and not any(one.decision for one in picks):
        after = outcomes_after(session, question, picks)
        stands = stood(session, question, evidence.candidates) if question.intent is Intent.VOTE else []
        if after:
            picks = [*after, *apart(session, question, picks, after)]
        picks = stands if stands and not after else picks
    if question.intent in _OF_FACTS and (fact := fact_asked(question)):
        picks = states(session, question, evidence.candidates, picks) or picks
        picks = with_antecedents(picks) if fact.kind == "who" else picks
    return with_results(session, picks) if question.intent is not Intent.WHO else list(picks)


def _with_latest(
    ranges: Sequence[Range], changes: Changes, question: Question, evidence: Evidence
) -> list[Range]:
    """The ranges, and the later decisions that changed them where the question names no meeting."""
    found = {place.place: place for place in ranges}
    if question.when or question.sessions or evidence.scope.periods:
        return list(ranges)
    for key in list(found):
        while (change := changes.of_earlier.get(key)) and (key := place_of(change.later)) not in found:
            if change.later.meeting.record_id not in evidence.meetings:
                break
            found[key] = of_entry(change.later)
    return list(found.values())
