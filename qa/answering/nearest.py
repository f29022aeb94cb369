"""What comes nearest, where the records may not answer: the best pieces of different places, cited as that."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from ingest.records import Span
from qa import phrases
from qa.answers import Answer, AnswerState, Question
from qa.claims import cited
from qa.corpus import Session
from qa.evidence import Evidence
from qa.picking import Pick, weighed_sentences
from qa.ranges import Range
from qa.retrieval import spread
from qa.signs import Candidate

PIECES = 3  # shown at most
LONGEST = 480  # characters of a piece: what can be taken in at a glance

_ENDS = re.compile(r"""[.!?…。！？｡．;；,，]["'”’)\]』」》）】»*_`]*(?:\[\d{1,3}\])*$""")
_ENTRY = re.compile(r"[-*+•–◦▪|]|\d{1,2}[.)]\s")


def nearest(session: Session, answer: Answer, evidence: Evidence) -> Answer:
    """The answer with what comes nearest in its place, best first; itself where nothing was found."""
    found = pieces(session, evidence.asked or answer.question, evidence)
    if not found:
        return answer
    lead = phrases.comes_nearest(answer.question.language)
    parts = [("" if place else lead, [one]) for place, one in enumerate(found)]
    return replace(cited(session, answer, evidence, parts), nearest=(), state=AnswerState.NEAREST)


def pieces(session: Session, question: Question, evidence: Evidence) -> list[Range]:
    """The best pieces of what was found, of different places, best first."""
    best = spread(question, evidence.candidates)[:PIECES]
    said = weighed_sentences(session, question, best)
    return [_piece(one, said) for one in best]


def _piece(candidate: Candidate, weighed: Sequence[Pick]) -> Range:
    """The part of a passage to show: all of it, or the sentences around its best one as far as they are short enough.

    weighed  sentences of this and other passages, with how well each answers
    """
    passage = candidate.passage
    own = {one.start: one.score for one in weighed if one.candidate is candidate}
    spans = [_trimmed(passage.record_text, span) for span in passage.sentences]
    spans = [span for span in spans if span.start < span.end]
    scores = [max((own[at] for at in own if span.start <= at < span.end), default=0.0) for span in spans]
    said = [span.of(passage.record_text) for span in spans]
    apart = [False, *(_apart(one, other, passage.item) for one, other in pairwise(said))]
    first, last = _window(spans, scores, apart)
    return Range(spans[first].start, spans[last].end, passage.record_id, passage.item)


def _apart(before: str, words: str, item: Sequence[str]) -> bool:
    """Whether two neighbours are not to be read as one: a heading, or a line without an end that is no list's entry.

    The entries of a list go together: one alone seldom says what it is of.
    """
    if _is_heading(before, item) or _is_heading(words, item):
        return True
    listed = _ENTRY.match(before) and _ENTRY.match(words)
    return not (listed or _ENDS.search(before))


def _is_heading(words: str, item: Sequence[str]) -> bool:
    """Whether a line is a heading: marked as one, or the title of what it stands above."""
    plain = words.strip("#*_ ")
    return words.startswith("#") or any(plain.endswith(title) for title in item)


def _window(spans: Sequence[Span], scores: Sequence[float], apart: Sequence[bool]) -> tuple[int, int]:
    """The first and last of the neighbouring sentences that score most together and are not too long.

    apart  for each whether it may not be run together with the one before it
    """
    best, found = -1.0, (0, 0)
    for first in range(len(spans)):
        total = 0.0
        for last in range(first, len(spans)):
            too_long = spans[last].end - spans[first].start > LONGEST
            if last > first and (too_long or apart[last]):
                break
            total += scores[last]
            if total > best:
                best, found = total, (first, last)
    return found


def _trimmed(text: str, span: Span) -> Span:
    words = span.of(text)
    start = span.start + len(words) - len(words.lstrip())
    return Span(start, max(start, span.start + len(words.rstrip())))
