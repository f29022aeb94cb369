"""The extractive composer: from ranked passages to an answer whose every sentence is cited, or to abstaining.

`qa.picking` chooses the ranges that answer; here they become claims with citations, grouped by meeting,
newest first. The answer says nothing but what the records say, and what Minutebook says of its own search.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from ingest.records import Language, Record
from ingest.words import topic_words
from qa import phrases, vote_phrases
from qa.answers import Answer, AnswerState, Claim, Group, Intent, Question
from qa.antecedents import with_antecedents
from qa.asked_facts import fact_asked
from qa.claims import cited, nothing
from qa.complete_lists import agenda, due_within, meetings_found, of_outcome, of_somebody, of_tasks
from qa.corpus import Session
from qa.evidence import Evidence, hits, record_of
from qa.facts import held_on, presided
from qa.latest import asks_of_now, pick_newest, pick_values
from qa.motions import is_formal, movers
from qa.nearby import apart, may_name_movers, may_state, may_tell, outcomes_after, with_results
from qa.picking import Pick, discussed, pick, states
from qa.ranges import Range, of_entry, of_picks
from qa.retrieval import retrieve, spread
from qa.stands import without_vote
from qa.statements import Statements, part_of, statements
from qa.supersession import NO_CHANGES, Changes, changes_seen, place_of
from qa.support import answers
from qa.topic import topic_weights
from qa.unheard import UNHEARD, unheard
from qa.verdicts import newest_and_before, of_matter, pick_outcomes, verdict_asked
from qa.votes_told import vote_ranges
from qa.voting import asked_of_vote

HITS = 40  # passages an answer carries as its evidence
_OF_MATTERS = frozenset({Intent.DECISION, Intent.SUMMARY, Intent.FACT, Intent.WHEN})
_OF_FACTS = frozenset({Intent.FACT, Intent.WHEN, Intent.WHO})


def compose(session: Session, empty: Answer, evidence: Evidence) -> Answer:
    """The complete answer; `empty` brings the question, what was searched and the generation.

    First what is answered in a way of its own: lists, who presided, what somebody said, what came of a matter. Then
    what changes with time, the newest first; and everything else by the sentences that answer best.
    """
    question = evidence.asked or empty.question
    if question.missing:
        return _no_such_meeting(empty)
    if not evidence.meetings:
        return nothing(empty)
    found = replace(empty, hits=hits(evidence, spread(question, evidence.candidates)[:HITS]))
    if question.intent in (Intent.MEETINGS, Intent.COUNT):
        return meetings_found(session, found, evidence)
    if told := _motion(session, found, evidence) or _fact(session, found, evidence):
        return told
    if listed := agenda(session, found, evidence) or of_outcome(session, found, evidence):
        return listed
    if tasks := of_tasks(session, found, evidence) or of_somebody(session, found, evidence):
        return tasks
    if question.due is not None:
        return due_within(session, found, evidence, question.due)
    spoken = _spoken(session, found, evidence)
    if spoken and (spoken.said or not spoken.kind):
        return _as_spoken(session, found, evidence, spoken)
    if verdict := _verdict(session, found, evidence):
        return verdict
    chosen_records = evidence.scope.records is not None
    if not answers(session, question, evidence.candidates, chosen=chosen_records):
        question = of_matter(question)
        if not answers(session, question, evidence.candidates, chosen=chosen_records):
            return _by_what_changed(session, found, evidence) or nothing(found)
    latest, before = pick_values(session, question, evidence.candidates, evidence.meetings)
    if latest:
        earlier = (phrases.said_before(found.question.language), of_picks(before))
        changes = changes_seen(session, evidence.scope.access)
        return cited(session, found, evidence, [("", of_picks(latest)), earlier], changes)
    if len(evidence.meetings) > 1 and asks_of_now(question):
        picks = pick_newest(session, question, evidence.candidates, evidence.meetings)
    else:
        picks = pick(session, question, evidence.candidates)
    lead = phrases.nothing_said_by_any(spoken.who, found.question.language) if spoken else ""
    return _picked(session, question, found, evidence, picks, lead) if picks else nothing(found)


def _picked(
    session: Session, question: Question, found: Answer, evidence: Evidence, picks: Sequence[Pick], lead: str
) -> Answer:
    """The answer of picked sentences: what is not recorded of what is asked, they, and where else it was discussed."""
    language = found.question.language
    also = discussed(session, question, evidence.candidates, picks)
    if not lead:
        lead, picks = _with_what_is_missing(session, question, evidence, picks, language)
    if question.intent in _OF_FACTS and (fact := fact_asked(question)):
        stated = states(session, question, evidence.candidates, picks)
        unsure = stated or may_state(fact, question, picks)
        lead = lead or ("" if unsure else phrases.unstated(fact.kind, language))
        picks = stated or picks
        picks = with_antecedents(picks) if fact.kind == "who" else picks
    picks = with_results(session, picks) if question.intent is not Intent.WHO else picks
    decided = any(one.decision for one in picks)
    changes = changes_seen(session, evidence.scope.access) if decided else NO_CHANGES
    voted = question.intent is Intent.VOTE
    records = {i: record_of(session, i, evidence) for i in {one.candidate.passage.record_id for one in picks}}
    ranges = vote_ranges(session, question, picks, records, language) if voted else of_picks(picks)
    parts = [
        (lead, _with_latest(ranges, changes, question, evidence)),
        (phrases.only_discussed(language), of_picks(also)),
    ]
    answer = cited(session, found, evidence, parts, changes)
    return (
        nothing(found) if falls_short(answer) and _of_another_matter(session, question, evidence) else answer
    )


def _of_another_matter(session: Session, question: Question, evidence: Evidence) -> bool:
    """Whether much of what is asked about is named in no record, so that what was found can be of something else."""
    verbs = fact.verbs if (fact := fact_asked(question)) else frozenset()
    kept = [word for word in question.topic.split() if not verbs.intersection(topic_words(word))]
    matter = of_matter(replace(question, topic=" ".join(kept)))
    return unheard(session, matter, evidence.scope.access) >= UNHEARD


def _with_what_is_missing(
    session: Session, question: Question, evidence: Evidence, picks: Sequence[Pick], language: Language
) -> tuple[str, Sequence[Pick]]:
    """That the outcome or vote asked for is not recorded, '' where it is; the picks, with the outcome after them."""
    if question.intent is Intent.VOTE and not any(one.decision for one in picks):
        return without_vote(session, question, evidence.candidates, picks, language)
    missing = _unrecorded(question, picks, language)
    after = outcomes_after(session, question, picks) if missing and question.intent is Intent.DECISION else []
    return ("", [*after, *apart(session, question, picks, after)]) if after else (missing, picks)


def _unrecorded(question: Question, picks: Sequence[Pick], language: Language) -> str:
    """That the outcome or mover a question asks for is not recorded, '' where it is or none is asked for."""
    if question.intent is Intent.WHO and asked_of_vote(question.text).roles and is_formal(question):
        return "" if may_name_movers(picks) else vote_phrases.no_mover(language)
    if question.intent is Intent.FACT and (verdict := verdict_asked(question)):
        return "" if may_tell(verdict, picks) else phrases.outcome_unstated(language)
    if question.intent is Intent.DECISION and not any(one.settled for one in picks):
        return phrases.nothing_settled(language)
    return ""


def _motion(session: Session, found: Answer, evidence: Evidence) -> Answer | None:
    """Who moved or seconded, in the words that say so; None where that is not asked or not recorded."""
    question = evidence.asked or found.question
    if question.intent is not Intent.WHO or not asked_of_vote(question.text).roles:
        return None
    if not answers(session, question, evidence.candidates, chosen=evidence.scope.records is not None):
        return None
    told = movers(session, question, evidence.candidates)
    ranges = [Range(s.start, s.end, c.passage.record_id, c.passage.item) for c, s in told]
    return cited(session, found, evidence, [("", ranges)]) if ranges else None


def _spoken(session: Session, found: Answer, evidence: Evidence) -> Statements | None:
    """The words of those whom the question asks for; None where it asks for nobody's."""
    question = evidence.asked or found.question
    if question.told:
        return None
    records: dict[str, Record] = {}

    def read(record_id: str) -> Record:
        if record_id not in records:
            records[record_id] = record_of(session, record_id, evidence)
        return records[record_id]

    return statements(session, question, evidence.scope, evidence.meetings, read)


def _as_spoken(session: Session, found: Answer, evidence: Evidence, spoken: Statements) -> Answer:
    """What somebody said, or that nothing of theirs is recorded, with what is nearest."""
    lead, ranges = part_of(
        spoken, lambda record_id: record_of(session, record_id, evidence).text, found.question.language
    )
    if ranges:
        return cited(session, found, evidence, [(lead, ranges)])
    return nothing(found, lead)


def _verdict(session: Session, found: Answer, evidence: Evidence) -> Answer | None:
    """What the records say came of a matter, the newest first; None where no question asks whether it came."""
    verdict = verdict_asked(evidence.asked or found.question)
    outcomes = pick_outcomes(session, verdict, evidence.scope, evidence.meetings) if verdict else []
    parts = newest_and_before(outcomes, found.question.language)
    changes = changes_seen(session, evidence.scope.access)
    return cited(session, found, evidence, parts, changes) if parts else None


def _by_what_changed(session: Session, found: Answer, evidence: Evidence) -> Answer | None:
    """Where nothing of the asked time names the topic: the decisions then that change earlier ones on it.

    So a record in another language answers that is known to be on the matter only by the decision it amends.
    """
    question = replace(evidence.asked or found.question, intent=Intent.DECISION)
    scope = evidence.scope
    if not scope.periods or scope.records is not None or found.question.intent not in _OF_MATTERS:
        return None
    candidates = retrieve(session, question, replace(scope, periods=()))
    if not answers(session, question, candidates, chosen=False):
        return None
    changes = changes_seen(session, scope.access)
    earlier = (changes.of_earlier.get(one.place) for one in of_picks(pick(session, question, candidates)))
    later = (change.later for change in earlier if change)
    ranges = {place_of(one): of_entry(one) for one in later if one.meeting.record_id in evidence.meetings}
    return cited(session, found, evidence, [("", list(ranges.values()))], changes) if ranges else None


def falls_short(answer: Answer) -> bool:
    """Whether an answer says no more than that what is asked for is not recorded, and what else is."""
    language = answer.question.language
    said = {
        phrases.nothing_settled(language),
        vote_phrases.no_vote(language),
        vote_phrases.no_mover(language),
    }
    said |= {
        phrases.outcome_unstated(language),
        *(phrases.unstated(kind, language) for kind in phrases.UNSTATED),
    }
    return answer.abstained or any(claim.own and claim.text in said for claim in answer.claims[:1])


def is_complete(answer: Answer) -> bool:
    """Whether an answer is a counted list of entries, or a recorded vote: all there is, which nobody may shorten."""
    if falls_short(answer) or not answer.claims:
        return False
    return answer.claims[0].own or (answer.question.intent is Intent.VOTE and answer.citations != ())


def growing(answer: Answer) -> Iterator[Answer]:
    """The answer claim by claim, as it is shown while it streams; the last one is `answer` itself."""
    for last, group in enumerate(answer.groups):
        for count in range(1, len(group.claims) + 1):
            shown = (*answer.groups[:last], replace(group, claims=group.claims[:count]))
            numbers = {n for g in shown for claim in g.claims for n in claim.citations}
            of_shown = tuple(c for c in answer.citations if c.number in numbers)
            yield replace(answer, groups=shown, citations=of_shown)
    yield answer


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


def _fact(session: Session, found: Answer, evidence: Evidence) -> Answer | None:
    """When or by whom: the sentence that says so in the meeting asked about, or None to answer otherwise."""
    asked = evidence.asked or found.question
    finder = {Intent.WHEN: held_on, Intent.WHO: presided}.get(asked.intent)
    if finder is None or (finder is held_on and topic_weights(session, asked)):
        return None  # "when does the museum open" is asked of the matter, not of the meeting
    named = bool(asked.when or asked.sessions) or len(evidence.meetings) == 1
    if named:
        wanted = list(evidence.meetings)[:3]
    else:
        wanted = list(dict.fromkeys(c.passage.record_id for c in evidence.candidates[:3]))[:1]
        if not answers(session, asked, evidence.candidates, chosen=evidence.scope.records is not None):
            return None
    places = []
    for record_id in wanted:
        record = record_of(session, record_id, evidence)
        places += [Range(s.start, s.end, record_id) for s in finder(record, asked)]
    return cited(session, found, evidence, [("", places)]) if places else None


def _no_such_meeting(empty: Answer) -> Answer:
    question = empty.question
    asked = [period.text or _days(period.first, period.last) for period in question.when]
    asked += [phrases.session_words(number, question.language) for number in question.sessions]
    said = phrases.no_such_meeting(" ".join(asked), question.language)
    return replace(empty, groups=(Group(None, "", (Claim(said, own=True),)),), state=AnswerState.NOTHING)


def _days(first: date | None, last: date | None) -> str:
    return " – ".join(str(value) for value in (first, last) if value)
