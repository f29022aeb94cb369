"""The extractive composer: from ranked passages to an answer whose every sentence is cited, or to abstaining.

`qa.picking` chooses the ranges that answer; here they become claims with citations, grouped by meeting,
newest first. The answer says nothing but what the records say, and what Minutebook says of its own search.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from ingest.records import DecisionKind, Language, Record
from qa import phrases
from qa.answers import Answer, Citation, Claim, Group, Hit, Intent, MeetingRef, Period, Question, Superseding
from qa.asked_facts import fact_asked
from qa.ballots import Ballot, away_from, ballot_line, ballots, of_asked_side, procedural
from qa.citations import cite
from qa.corpus import Session
from qa.due import parts_due
from qa.facts import held_on, presided
from qa.latest import asks_of_now, pick_newest, pick_values
from qa.mentions import meetings_about
from qa.motions import is_formal, movers
from qa.outcomes import outcome_asked
from qa.pending import settled_since
from qa.picking import Pick, answers, discussed, pick, states
from qa.ranges import Part, Range, of_entry, of_pick, of_picks
from qa.register import Entry, find_entries
from qa.retrieval import retrieve, spread
from qa.scope import Scope
from qa.shown import sentence_of
from qa.signs import Candidate
from qa.statements import Statements, part_of, statements
from qa.supersession import NO_CHANGES, Changes, Place, changes_seen, place_of
from qa.topic import topic_weights
from qa.verdicts import newest_and_before, of_matter, pick_outcomes, verdict_asked
from qa.voting import asked_of_vote

HITS = 40  # passages an answer carries as its evidence
NEAREST = 3  # passages offered when the records do not answer
_OF_VOTES = re.compile(
    r"\b(?:vot(?:e|es|ed|ing)|ballot|unanim\w+|abstain\w*|abstention|in favou?r|against|oppos\w+|dissent\w*)\b"
    r"|表决|投票|赞成|反对|弃权|一致",
    re.IGNORECASE,
)
_AGENDA = re.compile(r"\bagenda\b|\b(?:topics|items|subjects)\b|议题|议程", re.IGNORECASE)
_AGENDA_ALONE = re.compile(
    r"(?:(?:the|on|agenda|topics|items|subjects)\b ?|有|的|是|主要|全部|议题|议程)*", re.IGNORECASE
)
_OF_MATTERS = frozenset({Intent.DECISION, Intent.SUMMARY, Intent.FACT, Intent.WHEN})
_OF_FACTS = frozenset({Intent.FACT, Intent.WHEN, Intent.WHO})
MOST_MEETINGS = 50  # meetings a list names one by one; the count is of all


@dataclass(frozen=True, slots=True)
class Evidence:
    """What an answer is composed from: passages best first, the meetings in reach, and the scope that was asked.

    asked   the question as it was searched, where that is a translation of the one that is answered
    beside  the question put into the other language, by which complete lists are made of both
    """

    candidates: Sequence[Candidate]
    meetings: Mapping[str, MeetingRef]  # by record id, newest first
    scope: Scope
    asked: Question | None = None
    beside: Question | None = None


def compose(session: Session, empty: Answer, evidence: Evidence) -> Answer:
    """The complete answer; `empty` brings the question, what was searched and the generation."""
    question = evidence.asked or empty.question
    if question.missing:
        return _no_such_meeting(empty)
    if not evidence.meetings:
        return _nothing(empty)
    found = replace(empty, hits=_hits(evidence, spread(question, evidence.candidates)[:HITS]))
    if question.intent in (Intent.MEETINGS, Intent.COUNT):
        return _meetings(session, found, evidence)
    if told := _motion(session, found, evidence) or _fact(session, found, evidence):
        return told
    if listed := _agenda(session, found, evidence) or _of_outcome(session, found, evidence):
        return listed
    if question.due is not None:
        return _due(session, found, evidence, question.due)
    spoken = _spoken(session, found, evidence)
    if spoken and (spoken.said or not spoken.kind):
        return _as_spoken(session, found, evidence, spoken)
    if verdict := _verdict(session, found, evidence):
        return verdict
    chosen_records = evidence.scope.records is not None
    if not answers(session, question, evidence.candidates, chosen=chosen_records):
        question = of_matter(question)
        if not answers(session, question, evidence.candidates, chosen=chosen_records):
            return _by_what_changed(session, found, evidence) or _nothing(found)
    latest, before = pick_values(session, question, evidence.candidates, evidence.meetings)
    if latest:
        earlier = (phrases.said_before(found.question.language), of_picks(before))
        changes = changes_seen(session, evidence.scope.access)
        return _cited(session, found, evidence, [("", of_picks(latest)), earlier], changes)
    if len(evidence.meetings) > 1 and asks_of_now(question):
        picks = pick_newest(session, question, evidence.candidates, evidence.meetings)
    else:
        picks = pick(session, question, evidence.candidates)
    if not picks:
        return _nothing(found)
    also = discussed(session, question, evidence.candidates, picks)
    settled = question.intent is not Intent.DECISION or any(one.settled for one in picks)
    lead = "" if settled else phrases.nothing_settled(empty.question.language)
    if spoken:
        lead = phrases.nothing_said_by_any(spoken.who, empty.question.language)
    if question.intent is Intent.FACT and verdict_asked(question):
        lead = phrases.outcome_unstated(empty.question.language)
    if question.intent is Intent.VOTE and not any(one.decision or _speaks_of_votes(one) for one in picks):
        lead = phrases.no_vote(empty.question.language)
    if question.intent in _OF_FACTS and (fact := fact_asked(question)):
        stated = states(session, question, evidence.candidates, picks)
        lead = lead or ("" if stated else phrases.unstated(fact.kind, empty.question.language))
        picks = stated or picks
    if question.intent is Intent.WHO and asked_of_vote(question.text).roles and is_formal(question):
        lead = phrases.no_mover(empty.question.language)
    changes = (
        changes_seen(session, evidence.scope.access) if any(one.decision for one in picks) else NO_CHANGES
    )
    language = empty.question.language
    voted = question.intent is Intent.VOTE
    ranges = _votes(session, question, picks, language) if voted else of_picks(picks)
    chosen = _with_latest(ranges, changes, question, evidence)
    parts = [(lead, chosen), (phrases.only_discussed(empty.question.language), of_picks(also))]
    return _cited(session, found, evidence, parts, changes)


def _agenda(session: Session, found: Answer, evidence: Evidence) -> Answer | None:
    """The items of the one meeting whose agenda is asked for, in order; None where that is not asked."""
    question = evidence.asked or found.question
    named = question.when or question.sessions
    whole = _AGENDA_ALONE.fullmatch(question.topic)
    if not (named and whole and len(evidence.meetings) == 1 and _AGENDA.search(question.text)):
        return None
    ((record_id, _),) = evidence.meetings.items()
    numbered = [s for s in _record(session, record_id, evidence).sections if s.number]
    top = min((section.level for section in numbered), default=0)
    items = [section.title_span for section in numbered if section.level == top]
    ranges = [Range(span.start, span.end, record_id) for span in items]
    lead = phrases.agenda(len(ranges), found.question.language)
    return _cited(session, found, evidence, [(lead, ranges)]) if ranges else None


def _motion(session: Session, found: Answer, evidence: Evidence) -> Answer | None:
    """Who moved or seconded, in the words that say so; None where that is not asked or not recorded."""
    question = evidence.asked or found.question
    if question.intent is not Intent.WHO or not asked_of_vote(question.text).roles:
        return None
    if not answers(session, question, evidence.candidates, chosen=evidence.scope.records is not None):
        return None
    told = movers(session, question, evidence.candidates)
    ranges = [Range(s.start, s.end, c.passage.record_id, c.passage.item) for c, s in told]
    return _cited(session, found, evidence, [("", ranges)]) if ranges else None


def _of_outcome(session: Session, found: Answer, evidence: Evidence) -> Answer | None:
    """Every matter that came out as asked, "deferred" or "rejected", and how many; None where that is not asked."""
    question = evidence.asked or found.question
    outcome = outcome_asked(question)
    if outcome is None or found.question.told:
        return None
    topics = [question.topic, *([evidence.beside.topic] if evidence.beside else [])]
    entries = _entries(session, evidence, [topic for topic in topics if topic], outcome.kinds)
    if not entries:
        return None if question.topic else _nothing(found)
    later = settled_since(session, evidence.scope, entries) if outcome.name == "undecided" else {}
    lead = phrases.of_outcome(outcome.name, len(entries), len(later), found.question.language)
    changes = changes_seen(session, evidence.scope.access)
    ranges = [replace(of_entry(one), since=later.get(place_of(one))) for one in entries[:MOST_MEETINGS]]
    return _cited(session, found, evidence, [(lead, ranges)], changes)


def _entries(
    session: Session, evidence: Evidence, topics: Sequence[str], kinds: Sequence[DecisionKind]
) -> list[Entry]:
    """The entries on any of the topics, all where there is none, newest meeting first."""
    order = {record_id: place for place, record_id in enumerate(evidence.meetings)}
    found = {
        place_of(entry): entry
        for topic in topics or [None]
        for entry in find_entries(session, evidence.scope, topic, kinds)
    }
    return sorted(found.values(), key=lambda entry: (order[entry.meeting.record_id], entry.start))


def _spoken(session: Session, found: Answer, evidence: Evidence) -> Statements | None:
    """The words of those whom the question asks for; None where it asks for nobody's."""
    question = evidence.asked or found.question
    if question.told:
        return None
    records: dict[str, Record] = {}

    def read(record_id: str) -> Record:
        if record_id not in records:
            records[record_id] = _record(session, record_id, evidence)
        return records[record_id]

    return statements(session, question, evidence.scope, evidence.meetings, read)


def _as_spoken(session: Session, found: Answer, evidence: Evidence, spoken: Statements) -> Answer:
    """What somebody said, or that nothing of theirs is recorded, with what is nearest."""
    lead, ranges = part_of(
        spoken, lambda record_id: _record(session, record_id, evidence).text, found.question.language
    )
    if ranges:
        return _cited(session, found, evidence, [(lead, ranges)])
    return _nothing(found, lead)


def _verdict(session: Session, found: Answer, evidence: Evidence) -> Answer | None:
    """What the records say came of a matter, the newest first; None where no question asks whether it came."""
    verdict = verdict_asked(evidence.asked or found.question)
    outcomes = pick_outcomes(session, verdict, evidence.scope, evidence.meetings) if verdict else []
    parts = newest_and_before(outcomes, found.question.language)
    changes = changes_seen(session, evidence.scope.access)
    return _cited(session, found, evidence, parts, changes) if parts else None


def _due(session: Session, found: Answer, evidence: Evidence, due: Period) -> Answer:
    """Everything that is due in a span of days, the earliest first, each with its day and who is to act."""
    question = evidence.asked or found.question
    entries = find_entries(session, evidence.scope, question.topic or None, tuple(DecisionKind))
    parts = parts_due(entries, due, found.question.language)
    if not parts[0][1]:
        return _nothing(found, parts[0][0])
    return _cited(session, found, evidence, parts, changes_seen(session, evidence.scope.access))


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
    earlier = (changes.of_earlier.get(_place(one)) for one in of_picks(pick(session, question, candidates)))
    later = (change.later for change in earlier if change)
    ranges = {place_of(one): of_entry(one) for one in later if one.meeting.record_id in evidence.meetings}
    return _cited(session, found, evidence, [("", list(ranges.values()))], changes) if ranges else None


def falls_short(answer: Answer) -> bool:
    """Whether an answer says no more than that what is asked for is not recorded, and what else is."""
    language = answer.question.language
    said = {phrases.nothing_settled(language), phrases.no_vote(language), phrases.no_mover(language)}
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
            cited = tuple(c for c in answer.citations if c.number in numbers)
            yield replace(answer, groups=shown, citations=cited)
    yield answer


def _speaks_of_votes(one: Pick) -> bool:
    return bool(_OF_VOTES.search(one.of(one.candidate.passage.record_text)))


def _votes(session: Session, question: Question, picks: Sequence[Pick], language: Language) -> list[Range]:
    """The picks, each vote among them once, with what the record says of it in a line before.

    Of a meeting as a whole ("was anybody against?") only the votes that had what is asked for, if any had.
    """
    register = session.decisions_of(sorted({one.candidate.passage.record_id for one in picks}))
    ranges: dict[tuple[str, int], Range] = {}
    told: dict[tuple[str, int], Ballot] = {}
    for one, place in zip(picks, map(of_pick, picks), strict=True):
        text = one.candidate.passage.record_text
        votes = ballots(register.get(place.record_id, ()), text)
        vote = next((vote for vote in votes if one.decision in vote.entries), None)
        if vote is not None:
            late = procedural(vote, text, question)
            place = replace(
                place,
                start=vote.shown.start,
                end=vote.shown.end,
                before=""
                if late and len(vote.entries) == 1
                else _ballot_line(vote, text, question, language),
                beside=vote.entries[1:],
                late=late,
            )
            told.setdefault((place.record_id, place.start), vote)
        ranges.setdefault((place.record_id, place.start), place)
    if not topic_weights(session, question):
        kept = of_asked_side(list(told.values()), question)
        return [place for key, place in ranges.items() if key not in told or told[key] in kept]
    return list(ranges.values())


def _ballot_line(vote: Ballot, text: str, question: Question, language: Language) -> str:
    return ballot_line(vote.tally, replace(question, language=language), away_from(vote, text))


def _with_latest(
    ranges: Sequence[Range], changes: Changes, question: Question, evidence: Evidence
) -> list[Range]:
    """The ranges, and the later decisions that changed them where the question names no meeting."""
    found = {_place(place): place for place in ranges}
    if question.when or question.sessions or evidence.scope.periods:
        return list(ranges)
    for key in list(found):
        while (change := changes.of_earlier.get(key)) and (key := place_of(change.later)) not in found:
            if change.later.meeting.record_id not in evidence.meetings:
                break
            found[key] = of_entry(change.later)
    return list(found.values())


def _place(place: Range) -> Place:
    return place.record_id, place.start, place.end


def _cited(
    session: Session,
    found: Answer,
    evidence: Evidence,
    parts: Sequence[Part],
    changes: Changes = NO_CHANGES,
) -> Answer:
    """The answer: of each part its lead, then its ranges as claims by meeting, newest first, in the record's order."""
    order = {record_id: place for place, record_id in enumerate(evidence.meetings)}
    groups: list[Group] = []
    cited = _Citations(session, evidence)
    for lead, ranges in parts:
        claims: dict[str, list[Claim]] = {}
        before: Citation | None = None
        for place in sorted(ranges, key=lambda r: (order[r.record_id], r.late, r.start)):
            citation = cited.add(place, evidence.meetings[place.record_id])
            said = claims.setdefault(place.record_id, [])
            if place.before:
                said.append(Claim(place.before, (citation.number, *cited.beside(place))))
            said.append(Claim(sentence_of(citation, before), (citation.number,)))
            before = citation
            said += _notes(place, citation, cited, changes, found.question)
        if lead and claims:
            groups.append(Group(None, "", (Claim(lead, own=True),)))
        groups += [_group(evidence.meetings[i], found, said) for i, said in claims.items()]
    return replace(
        found, groups=tuple(groups), citations=tuple(cited.made.values()), changes=tuple(cited.changes)
    )


class _Citations:
    """The citations of one answer: a place is cited once, numbered as first cited."""

    def __init__(self, session: Session, evidence: Evidence) -> None:
        self.session = session
        self.evidence = evidence
        self.records: dict[str, Record] = {}
        self.made: dict[tuple[str, int, int], Citation] = {}
        self.changes: dict[Superseding, None] = {}

    def add(self, place: Range, meeting: MeetingRef) -> Citation:
        """The citation of a place."""
        key = _place(place)
        if key not in self.made:
            if place.record_id not in self.records:
                self.records[place.record_id] = _record(self.session, place.record_id, self.evidence)
            record = self.records[place.record_id]
            quote = place.of(record.text)
            number = len(self.made) + 1
            self.made[key] = cite(record, meeting, place.start, place.end, quote, number, place.item)
        return self.made[key]

    def beside(self, place: Range) -> tuple[int, ...]:
        """The numbers of what else the sentence before a range stands on."""
        spans = (replace(place, start=span.start, end=span.end) for span in place.beside)
        return tuple(self.add(span, self.evidence.meetings[place.record_id]).number for span in spans)


def _notes(
    place: Range, citation: Citation, cited: _Citations, changes: Changes, question: Question
) -> Iterator[Claim]:
    """What a decision changes and what changed or settled it later, each with the citation of the other."""
    key = _place(place)
    if place.since:
        settled = cited.add(of_entry(place.since), place.since.meeting)
        yield Claim(
            phrases.settled_since(place.since.meeting, question.language), (settled.number,), note=True
        )
    for change, is_later in ((changes.of_later.get(key), True), (changes.of_earlier.get(key), False)):
        if change is None:
            continue
        other = change.earlier if is_later else change.later
        if not _may_cite(other, question, cited.evidence):
            continue
        beside = cited.add(of_entry(other), other.meeting)
        say = phrases.changes_earlier if is_later else phrases.changed_later
        yield Claim(say(change.kind, other.meeting, question.language), (beside.number,), note=True)
        pair = (citation.number, beside.number) if is_later else (beside.number, citation.number)
        cited.changes[Superseding(change.kind, *pair)] = None


def _may_cite(entry: Entry, question: Question, evidence: Evidence) -> bool:
    """Whether a note may cite an entry: within what the asker chose; a date of the question's own is no such choice."""
    if entry.meeting.record_id in evidence.meetings:
        return True
    scope = evidence.scope
    own = tuple((period.first, period.last) for period in question.when)
    return (
        scope.records is None
        and scope.periods == own
        and (scope.sessions, scope.bodies) == (question.sessions, question.bodies)
    )


def _group(meeting: MeetingRef, found: Answer, claims: Sequence[Claim]) -> Group:
    return Group(meeting, phrases.heading(meeting, found.question.language), tuple(claims))


def _record(session: Session, record_id: str, evidence: Evidence) -> Record:
    record = session.record(record_id, evidence.scope.access)
    assert record is not None, "a record in scope is readable within the same transaction"
    return record


def _meetings(session: Session, found: Answer, evidence: Evidence) -> Answer:
    """Every meeting in scope that concerns the topic, each with the sentence that shows it, and how many."""
    language, asked = found.question.language, evidence.asked or found.question
    if not topic_weights(session, asked):
        lead = phrases.meetings_held(len(evidence.meetings), language)
        ranges = [_opening(session, i, evidence) for i in list(evidence.meetings)[:MOST_MEETINGS]]
        return _cited(session, found, evidence, [(lead, ranges)])
    about = meetings_about(session, asked, evidence.scope)
    if evidence.beside:
        about = meetings_about(session, evidence.beside, evidence.scope) | about
    if not about:
        return _nothing(found)
    lead = phrases.of_meetings(len(about), len(evidence.meetings), language)
    chosen = [i for i in evidence.meetings if i in about][:MOST_MEETINGS]
    ranges = [Range(about[i].start, about[i].end, i, about[i].item) for i in chosen]
    return _cited(session, found, evidence, [(lead, ranges)])


def _opening(session: Session, record_id: str, evidence: Evidence) -> Range:
    """The first line of a record that is not front matter."""
    record = _record(session, record_id, evidence)
    begin = max((span.end for span in record.omitted if span.start == 0), default=0)
    line = re.compile(r"\S[^\n]*").search(record.text, begin)
    start, end = line.span() if line else (0, len(record.text))
    return Range(start, min(end, start + 200), record_id)


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
        record = _record(session, record_id, evidence)
        places += [Range(s.start, s.end, record_id) for s in finder(record, asked)]
    return _cited(session, found, evidence, [("", places)]) if places else None


def _hits(evidence: Evidence, candidates: Sequence[Candidate]) -> tuple[Hit, ...]:
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


def _nothing(found: Answer, lead: str = "") -> Answer:
    """That the records do not answer, after what is said of it; the nearest passages are offered as such."""
    language = found.question.language
    said = (
        phrases.nothing_more(language)
        if found.question.told
        else phrases.nothing_found(found.searched, language)
    )
    said = f"{lead}{' ' if lead and language == 'en' else ''}{said}"
    claims = (Group(None, "", (Claim(said, own=True),)),)
    return replace(found, groups=claims, nearest=found.hits[:NEAREST], abstained=True)


def _no_such_meeting(empty: Answer) -> Answer:
    question = empty.question
    asked = [period.text or _days(period.first, period.last) for period in question.when]
    asked += [phrases.session_words(number, question.language) for number in question.sessions]
    said = phrases.no_such_meeting(" ".join(asked), question.language)
    return replace(empty, groups=(Group(None, "", (Claim(said, own=True),)),), abstained=True)


def _days(first: date | None, last: date | None) -> str:
    return " – ".join(str(value) for value in (first, last) if value)
