"""Who moved and who seconded: the sentences that say so of the matter a question names."""

import re
from collections.abc import Iterator, Sequence

from ingest.records import Span
from qa.answers import Question
from qa.corpus import Session
from qa.picking import SPOKEN
from qa.sentence_signs import Sentence, judge_sentences
from qa.signs import RELEVANT, Candidate
from qa.topic import coverage, topic_weights
from qa.voting import Part, asked_of_vote

MOST = 4  # motions told
NEAR = 3  # sentences from a motion to the one that seconds it
_NAME = r"(?-i:[A-Z][\w.'’-]+)"
_SAYS: dict[Part, re.Pattern[str]] = {
    "moved": re.compile(
        r"\b(?:mak(?:es?|ing)|made) (?:a|the) motion\b"
        rf"|\bmove[ds]?(?! (?:to the|into|from|out|away)\b)(?: by\b| that\b| to\b|,|:|\b)|\bmotion (?:was |made "
        rf"|was made )?(?:by|from)\b"
        rf"|\bmotion of {_NAME}|\bproposed by\b|{_NAME} (?:then |also )?proposed\b|\bproposer\b|\bi(?:'d"
        rf"| would like to|'ll) (?:move|propose)\b"
        r"|提议|动议|提出[^，。]{0,20}(?:议案|提案)|提案人",
        re.IGNORECASE,
    ),
    "seconded": re.compile(r"\bsecond(?:ed|s|er)\b|\bi(?:'ll| will)? second\b|附议", re.IGNORECASE),
}
_FORMAL = re.compile(r"\bmov(?:ed|er)\b|\bmotion|\bsecond|动议|附议", re.IGNORECASE)


def movers(
    session: Session, question: Question, candidates: Sequence[Candidate]
) -> list[tuple[Candidate, Span]]:
    """Where the best passages say who moved or seconded the matter, best first; nothing where they do not."""
    weights = topic_weights(session, question)
    said = judge_sentences(session, question, candidates[:SPOKEN])
    found: list[tuple[float, Sentence, Span]] = []
    for place, sentence in enumerate(said):
        if not all(_SAYS[role].search(_run(said, place)) for role in asked_of_vote(question.text).roles):
            continue
        if not any(_SAYS[role].search(sentence.said) for role in asked_of_vote(question.text).roles):
            continue
        first = _motion(said, place)
        passage = sentence.candidate.passage
        about = " ".join((_run(said, place), *(passage.item[-1:] or (passage.text,))))
        covered = coverage(weights, about) if weights else 1.0
        if covered >= RELEVANT:
            found.append((covered, sentence, Span(first.start, sentence.end)))
    return list(_apart(sorted(found, key=lambda one: -one[0])))[:MOST]


def is_formal(question: Question) -> bool:
    """Whether a question asks for the mover of a motion, rather than for whoever had an idea."""
    return bool(_FORMAL.search(question.text))


def _motion(said: Sequence[Sentence], place: int) -> Sentence:
    """The motion that the sentence at `place` seconds or is: the nearest one before it in the same item."""
    here = said[place]
    if _SAYS["moved"].search(here.said):
        return here
    for before in reversed(said[max(0, place - NEAR) : place]):
        if before.record_id != here.record_id or before.candidate.passage.item != here.candidate.passage.item:
            break
        if _SAYS["moved"].search(before.said):
            return before
    return here


def _run(said: Sequence[Sentence], place: int) -> str:
    """The words from the motion to the sentence at `place`."""
    first = _motion(said, place)
    return " ".join(one.said for one in said[said.index(first) : place + 1])


def _apart(found: Sequence[tuple[float, Sentence, Span]]) -> Iterator[tuple[Candidate, Span]]:
    """Those nearly as good as the best, each place once."""
    told: list[tuple[str, Span]] = []
    for covered, sentence, span in found:
        overlaps = any(i == sentence.record_id and span.start < s.end and s.start < span.end for i, s in told)
        if not overlaps and covered >= 0.8 * found[0][0]:
            told.append((sentence.record_id, span))
            yield sentence.candidate, span
