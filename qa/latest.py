"""Questions for how a matter stands now: "What is the latest on waste sorting?", 「老旧小区改造进展怎么样？」.

They are answered from the newest meetings that speak of the matter as fully as any: what an older one says of it may
have been overtaken since.
"""

import re
from collections.abc import Iterable, Sequence

from qa.answers import Intent, Question
from qa.corpus import Session
from qa.picking import Pick, pick_sentences, said_of
from qa.signs import Candidate
from qa.topic import coverage, topic_weights

MEETINGS = 2  # the newest ones an answer speaks from
WORDS, SENTENCES = 60, 4  # of each
AS_FULLY = 0.8  # share of the best passage's coverage of the topic that speaks of it as fully

_NOW = re.compile(
    r"\b(?:latest|current(?:ly)?|now|nowadays|still|so far|to date|status|progress\w*|at present|presently|these days"
    r"|on (?:time|schedule|track)|behind schedule|is .{2,60} (?:late|delayed|finished|done)(?=\?|$)"
    r"|(?:where|how) (?:do|does|did) .{2,60} stand|how far (?:is|are|has|have))\b"
    r"|现在|目前|如今|眼下|最新|进展|进度|仍然?|至今|到(?:了)?什么程度|哪一步",
    re.IGNORECASE,
)


def asks_of_now(question: Question) -> bool:
    """Whether a question is for the present state of a matter and names no time or meeting of its own."""
    own = question.when or question.sessions or question.told
    return question.intent in (Intent.FACT, Intent.SUMMARY) and not own and bool(_NOW.search(question.text))


def pick_newest(
    session: Session, question: Question, candidates: Sequence[Candidate], newest_first: Iterable[str]
) -> list[Pick]:
    """What the newest meetings say of the topic; `newest_first` are record ids."""
    weights = topic_weights(session, question)
    shares = [coverage(weights, said_of(candidate)) for candidate in candidates]
    least = AS_FULLY * max(shares, default=0.0)
    about: dict[str, list[Candidate]] = {}
    for candidate, share in zip(candidates, shares, strict=True):
        if share >= least:
            about.setdefault(candidate.passage.record_id, []).append(candidate)
    newest = [record_id for record_id in newest_first if record_id in about][:MEETINGS]
    return [
        one
        for record_id in newest
        for one in pick_sentences(session, question, about[record_id], budget=WORDS, most=SENTENCES)
    ]
