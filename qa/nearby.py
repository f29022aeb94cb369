"""What stands right after a matter and belongs to it, and whether what is found may give what is asked for at all.

The outcome that ends a discussion is told with the discussion, and what came of a motion with the motion. Sentences
that hold no fact of the kind asked for, in whatever words, are no answer: they come near one.
"""

import re
from collections.abc import Sequence

from ingest.records import Decision, DecisionKind
from qa.answers import Intent, Question
from qa.asked_facts import FIGURE, Fact
from qa.corpus import Session
from qa.picking import Pick
from qa.signs import RELEVANT, SETTLED
from qa.support import OF_MATTER, said_of
from qa.topic import share_of_topic, topic_weights
from qa.verdicts import Verdict

FOLLOWS = 700  # characters after the sentence on the matter in which its outcome may stand
TALK = 1_500  # characters of talk before a sentence that may name its matter, where there is no agenda item
LONGEST = 700  # characters of a motion with its vote and result that is told whole
MOST = 2  # outcomes told of what follows
_OUTCOMES = (SETTLED - {DecisionKind.NOTED}) | {DecisionKind.VOTE, DecisionKind.UNDECIDED}
_MOTION = re.compile(r"\W*(?:motion|moved|it was moved)\b", re.IGNORECASE)
_MOVED_BY = re.compile(
    r"\b(?:moved|proposed|second(?:ed|s)?)\b"
    r"|\b(?:mak(?:es?|ing)|made) (?:a|the) motion\b|\b(?:motion|second|proposal) by\b"
    r"|\bmotion\W{0,3}\([A-Z]|提议|附议|动议",
    re.IGNORECASE,
)
_OF_SPEAKING = re.compile(
    r"\b(?:said|says?|raised?|spoke|speak|ask(?:ed)?|complain(?:ed)?|mention(?:ed)?|suggest(?:ed)?|propose[d]?|oppose[d]?"
    r"|support(?:ed)?|object(?:ed)?|want(?:ed)?)\b|[说讲提问反支赞建要]",
    re.IGNORECASE,
)
_TO_COME = re.compile(  # before a word for an outcome: it is planned, wanted or asked about
    r"\b(?:to|will|would|shall|should|must|may|can|could|when|whether|if|until|once|before|after|by|expected|due|for)"
    r"(?:\s+[\w'-]+){0,3}\s*$|[将拟要应待才能否何前计划争取预计][^，。；]{0,8}$",
    re.IGNORECASE,
)


def outcomes_after(session: Session, question: Question, picks: Sequence[Pick]) -> list[Pick]:
    """The outcomes recorded right after the pick that names the matter best, under its item; of a vote only counts."""
    weights = topic_weights(session, question)
    best = max(picks, key=lambda one: share_of_topic(weights, question.topic, _said(one)) if weights else 0.0)
    passage = best.candidate.passage
    around = "" if passage.item else passage.record_text[max(0, best.start - TALK) : best.end]
    if weights and share_of_topic(weights, question.topic, f"{said_of(best.candidate)} {around}") < OF_MATTER:
        return []  # what ends a discussion of something else says nothing of this
    register = session.decisions_of([passage.record_id]).get(passage.record_id, ())
    item = passage.item[-1] if passage.item else None

    def follows(entry: Decision) -> bool:
        counted = question.intent is not Intent.VOTE or entry.tally is not None
        near = best.start <= entry.start <= best.end + FOLLOWS
        kinds = _OUTCOMES - {DecisionKind.UNDECIDED} if entry.start < best.end else _OUTCOMES
        return counted and near and entry.kind in kinds and (entry.item == item or entry.item is None)

    after = sorted((entry for entry in register if follows(entry)), key=lambda entry: entry.start)
    return [Pick(one.start, one.end, best.candidate, best.score, one) for one in after[:MOST]]


def apart(session: Session, question: Question, picks: Sequence[Pick], told: Sequence[Pick]) -> list[Pick]:
    """The picks of the record told of that name the matter and share no words with what is told."""
    weights = topic_weights(session, question)
    record_id = told[0].candidate.passage.record_id
    return [
        one
        for one in picks
        if one.candidate.passage.record_id == record_id
        and not any(one.start < other.end and other.start < one.end for other in told)
        and (not weights or share_of_topic(weights, question.topic, _said(one)) >= RELEVANT)
    ]


def with_results(session: Session, picks: Sequence[Pick]) -> list[Pick]:
    """The picks, a motion among them with what came of it: a motion alone reads as if it had been carried."""
    register = session.decisions_of(sorted({one.candidate.passage.record_id for one in picks}))
    whole: dict[tuple[str, int], Pick] = {}
    for one in picks:
        record_id = one.candidate.passage.record_id
        entry = next((e for e in register.get(record_id, ()) if _is_motion_of(e, one)), None)
        kept = one if entry is None else Pick(entry.start, entry.end, one.candidate, one.score, entry)
        whole.setdefault((record_id, kept.start), kept)
    return list(whole.values())


def _is_motion_of(entry: Decision, one: Pick) -> bool:
    within = entry.start <= one.start and one.end <= entry.end and entry.end - entry.start <= LONGEST
    return (
        one.decision is None
        and within
        and _MOTION.match(entry.of(one.candidate.passage.record_text)) is not None
    )


def may_state(fact: Fact, question: Question, picks: Sequence[Pick]) -> bool:
    """Whether any of these sentences gives a fact of the kind asked for, whatever else it speaks of."""
    if fact.kind == "who" and _OF_SPEAKING.search(question.text) and any(_spoken(one) for one in picks):
        return True
    counted = fact.kind == "how_much"  # what is counted may be named a sentence before: "about 1,900 of them"
    return any(fact.gives(_said(one)) or (counted and FIGURE.search(_said(one)) is not None) for one in picks)


def may_tell(verdict: Verdict, picks: Sequence[Pick]) -> bool:
    """Whether any of these sentences holds a word for the outcome asked for, or for its contrary."""
    asked, said = verdict.outcome.asked, verdict.outcome.said
    return any(
        said.search(words)
        or any(not _TO_COME.search(words[: found.start()]) for found in asked.finditer(words))
        for words in map(_said, picks)
    )


def may_name_movers(picks: Sequence[Pick]) -> bool:
    """Whether any of these sentences says who moved, proposed or seconded something."""
    return any(_MOVED_BY.search(_said(one)) for one in picks)


def _said(one: Pick) -> str:
    return one.of(one.candidate.passage.record_text)


def _spoken(one: Pick) -> bool:
    return bool(one.candidate.passage.speakers)
