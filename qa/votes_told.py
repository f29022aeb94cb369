"""A vote as an answer tells it: how those voted who are asked about, then each side; and who was not there."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from ingest.records import Language, Record, Span
from qa.answers import Question
from qa.ballots import Ballot, away_from, ballot_line, ballots, of_asked_side, procedural
from qa.corpus import Session
from qa.picking import Pick
from qa.ranges import Range, of_pick
from qa.topic import topic_weights
from qa.voices import bare_name
from qa.vote_phrases import vote_of
from qa.voters import absence, own_vote


def vote_ranges(
    session: Session,
    question: Question,
    picks: Sequence[Pick],
    records: Mapping[str, Record],
    language: Language,
) -> list[Range]:
    """The picks, each vote among them once, with what the record says of it in a line before.

    Of a meeting as a whole ("was anybody against?") only the votes that had what is asked for, if any had.

    records  those of the picks, by id
    """
    register = session.decisions_of(sorted(records))
    ranges: dict[tuple[str, int], Range] = {}
    told: dict[tuple[str, int], Ballot] = {}
    for one, place in zip(picks, map(of_pick, picks), strict=True):
        record = records[place.record_id]
        votes = ballots(register.get(place.record_id, ()), record.text)
        vote = next((vote for vote in votes if one.decision in vote.entries), None)
        if vote is not None:
            place = _told(place, vote, record, question, language)
            told.setdefault((place.record_id, place.start), vote)
        ranges.setdefault((place.record_id, place.start), place)
    if not told and picks:
        first = records[picks[0].candidate.passage.record_id]
        return [*_absences(question, first, language), *ranges.values()]
    if not topic_weights(session, question):
        kept = of_asked_side(list(told.values()), question)
        return [place for key, place in ranges.items() if key not in told or told[key] in kept]
    return list(ranges.values())


def _told(place: Range, vote: Ballot, record: Record, question: Question, language: Language) -> Range:
    """The range of a vote: before it how those voted who are asked about, and every side."""
    late = procedural(vote, record.text, question)
    own = [(name, *own_vote(name, vote, record)) for name in question.speakers]
    said = [vote_of(bare_name(name), stance, language) for name, stance, _ in own if stance]
    if not late or vote.places:
        asked = replace(question, language=language)
        said.append(ballot_line(vote.tally, asked, away_from(vote, record.text)))
    beside: list[Span] = [*vote.places, *(line for *_, line in own if line is not None)]
    return replace(
        place,
        start=vote.shown.start,
        end=vote.shown.end,
        before=("" if language == "zh" else " ").join(filter(None, said)),
        beside=tuple(beside),
        late=late,
    )


def _absences(question: Question, record: Record, language: Language) -> list[Range]:
    """Of those whose vote is asked for, where none is recorded, that they were not at the meeting."""
    away = ((name, absence(name, record)) for name in question.speakers)
    return [
        Range(line.start, line.end, record.id, before=vote_of(bare_name(name), "absent", language))
        for name, line in away
        if line is not None
    ]
