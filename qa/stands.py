"""Who spoke for or against a matter, where no vote is recorded: objections in minutes, turns of a transcript."""

import re
from collections.abc import Sequence

from qa.answers import Question
from qa.corpus import Session
from qa.doers import SOMEBODY
from qa.picking import SPOKEN, Pick, on_matter, weighed_sentences
from qa.signs import RELEVANT, Candidate
from qa.topic import share_of_topic, topic_weights
from qa.vote_phrases import Side
from qa.voting import asked_of_vote

MOST = 8  # sentences told
_OF_VOTES = re.compile(
    r"\b(?:vot(?:e|es|ed|ing)|ballot|unanim\w+|abstain\w*|abstention|in favou?r|against|oppos\w+|dissent\w*)\b"
    r"|表决|投票|赞成|反对|弃权|一致",
    re.IGNORECASE,
)
_NOT = r"(?:not|cannot|never)"
_AGAINST = re.compile(
    r"\b(?:against|oppos(?:e[sd]?|ing|ition|ed)|object(?:s|ed|ing|ions?)?|disagree\w*|disapprov\w*|dissent\w*|unhappy)\b"
    rf"|\b(?:{_NOT}|\w+n['’]t|can['’]t) (?:\w+ )?(?:support|agree|back|accept|want|in favou?r|happy)\b"
    r"|反对|不(?:太|能|应|可)?(?:赞成|同意|赞同|支持|接受)|异议|不宜|不妥",
    re.IGNORECASE,
)
_IN_FAVOUR = re.compile(
    r"\b(?:support(?:s|ed|ing|ive)?|in favou?r|back(?:s|ed|ing)|welcom\w+|endors\w+|agree[sd]?|spoke for)\b"
    r"|赞成|赞同|支持|(?<!会议)(?<!一致)同意|拥护",
    re.IGNORECASE,
)
_UNDECIDED = re.compile(
    r"\b(?:undecided|unsure|not sure|abstain\w*)\b|弃权|保留意见|说不好|拿不准", re.IGNORECASE
)


def stood(session: Session, question: Question, candidates: Sequence[Candidate]) -> list[Pick]:
    """The sentences in which somebody takes the side of the matter that is asked for, best first."""
    side = next(iter(asked_of_vote(question.text).sides), None)
    if side is None:
        return []
    weights = topic_weights(session, question)
    found = [
        one
        for one in weighed_sentences(session, question, candidates[:SPOKEN])
        if _takes(side, one.of(one.candidate.passage.record_text))
        and (not weights or share_of_topic(weights, question.topic, _matter_of(one)) >= RELEVANT)
    ]
    return sorted(found, key=lambda one: -one.score)[:MOST]


def reports_vote(
    session: Session, question: Question, candidates: Sequence[Candidate], picks: Sequence[Pick]
) -> bool:
    """Whether a sentence may report a vote on the matter, or the side that somebody took of it."""
    if stood(session, question, candidates):
        return True
    weights = topic_weights(session, question)
    reports = (one for one in picks if _OF_VOTES.search(one.of(one.candidate.passage.record_text)))
    return not question.speakers and any(on_matter(one, question, weights) for one in reports)


def _takes(side: Side, said: str) -> bool:
    """Whether somebody takes a side of a matter in these words."""
    against = _AGAINST.search(said) is not None
    taken = {
        "against": against,
        "in_favour": not against and _IN_FAVOUR.search(said) is not None,
        "aside": _UNDECIDED.search(said) is not None,
    }
    asks = said.rstrip("\"'”’) ").endswith(("?", "？"))
    return taken[side] and not asks and (SOMEBODY.search(said) is not None or not said.isascii())


def _matter_of(one: Pick) -> str:
    """What a sentence and its agenda item say; in talk, which may say "it", all of its passage."""
    passage = one.candidate.passage
    said = passage.text if passage.speakers else one.of(passage.record_text)
    return " ".join((said, *passage.item))
