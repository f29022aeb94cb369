"""What a newer meeting says of a matter before what an older one does, which may have been overtaken since.

Questions for how a matter stands now ("What is the latest on waste sorting?", 「老旧小区改造进展怎么样？」) are
answered from the newest meetings that speak of it as fully as any; those for a length, an amount or a day by the newest
that gives one, before what it was.
"""

import re
from collections.abc import Iterable, Sequence

from qa.answers import Intent, Question
from qa.asked_facts import fact_asked
from qa.corpus import Session
from qa.picking import Pick, on_matter, pick_sentences, weighed_sentences
from qa.signs import Candidate
from qa.support import said_of
from qa.topic import coverage, likeness, share_of_topic, topic_weights

MEETINGS = 2  # the newest ones an answer speaks from
WORDS, SENTENCES = 72, 4  # of each: two full sentences of minutes and a short one
AS_FULLY = 0.8  # share of the best passage's coverage of the topic that speaks of it as fully
READ = 30  # passages, best first, in which values are looked for
VALUE_AS_FULLY = 0.9  # the same, of a sentence with a value
LEAST = 0.5  # share of the topic that a sentence with a value holds
OF_ITEM = 0.6  # how alike topic and agenda item are, from which on what stands under it is on the topic
NEWEST, BEFORE = 2, 2  # sentences of the newest record with a value, and older records with a sentence each

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
    picks: list[Pick] = []
    for record_id in newest:
        said = pick_sentences(session, question, about[record_id], budget=WORDS, most=SENTENCES)
        picks += [one for one in said if on_matter(one, question, weights)] or said
    return picks


def pick_values(
    session: Session, question: Question, candidates: Sequence[Candidate], newest_first: Iterable[str]
) -> tuple[list[Pick], list[Pick]]:
    """Of a question for a value that may change what the newest record with one says, and what older ones did.

    Both empty where no such value is asked for, the question names its meeting, or fewer than two records give one.
    """
    fact = fact_asked(question)
    weights = topic_weights(session, question)
    if fact is None or not fact.changes or not weights or question.when or question.sessions or question.told:
        return [], []

    def itself(one: Pick) -> float:
        return share_of_topic(weights, question.topic, one.of(one.candidate.passage.record_text))

    def share(one: Pick) -> float:
        item = max(
            (title for title in one.candidate.passage.item), key=lambda t: likeness(weights, t), default=""
        )
        under = item if likeness(weights, item) >= OF_ITEM else ""
        return share_of_topic(weights, question.topic, f"{one.of(one.candidate.passage.record_text)} {under}")

    found = weighed_sentences(session, question, candidates[:READ])
    giving = [one for one in found if fact.gives(one.of(one.candidate.passage.record_text))]
    shares = {id(one): share(one) for one in giving}
    least = max(LEAST, VALUE_AS_FULLY * max(shares.values(), default=0.0))
    by_record: dict[str, list[Pick]] = {}
    for one in sorted(giving, key=lambda one: (-shares[id(one)], -one.score, one.start)):
        if shares[id(one)] >= least:
            by_record.setdefault(one.candidate.passage.record_id, []).append(one)
    records = [record_id for record_id in newest_first if record_id in by_record]
    if len(records) < 2:
        return [], []
    first, *more = by_record[records[0]]
    latest = [first, *(one for one in more if itself(one) >= LEAST)][:NEWEST]
    before = [one for i in records[1:] for one in by_record[i][:1] if itself(one) >= LEAST]
    return latest, before[:BEFORE]
