"""What comes nearest, where the records may not answer: the best pieces of different places, cited as that."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

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

_CLOSING = frozenset(".!?;…。！？；")
PIECES = 3  # shown at most
LONGEST = 600  # characters of a piece: what can be taken in at a glance


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
    if evidence.judgement is not None:
        return [
            _read_piece(one)
            for one in evidence.judgement.ranked[: min(PIECES, evidence.judgement.close)]
            if one.read
        ]
    best = spread(question, evidence.candidates)[:PIECES]
    said = weighed_sentences(session, question, best)
    return [_piece(one, said) for one in best]


def _read_piece(candidate: Candidate) -> Range:
    """The sentence of a passage that is evidence likeliest, with those beside it as far as they are short enough."""
    assert candidate.read is not None
    passage, logits = candidate.passage, candidate.read.sentences
    spans = [_trimmed(passage.record_text, span) for span in passage.sentences]
    told = [place for place, span in enumerate(spans) if span.start < span.end]
    if not told:
        return Range(passage.start, passage.end, passage.record_id, passage.item)
    first = last = max(range(len(told)), key=lambda place: logits[told[place]])
    while True:
        wider = [
            (logits[told[new]], (min(first, new), max(last, new)))
            for edge, new in ((first, first - 1), (last, last + 1))
            if 0 <= new < len(told)
        ]
        wider = [one for one in wider if spans[told[one[1][1]]].end - spans[told[one[1][0]]].start <= LONGEST]
        if not wider:
            break
        _, (first, last) = max(wider)
    lines = tuple(_lines(passage.record_text, [spans[place] for place in told[first : last + 1]]))
    return Range(lines[0].start, lines[-1].end, passage.record_id, passage.item, lines=lines)


def _lines(text: str, sentences: Iterable[Span]) -> Iterator[Span]:
    """Sentences, those as one between which no line ends."""
    line: Span | None = None
    for sentence in sentences:
        if line and "\n" not in text[line.end : sentence.start]:
            line = Span(line.start, sentence.end)
            continue
        if line:
            yield line
        line = sentence
    if line:
        yield line


def _piece(candidate: Candidate, said: Sequence[Pick]) -> Range:
    """The part of a passage to show: all of it, or the sentences around its best one as far as they are short enough.

    said  sentences of this and other passages, with how well each answers
    """
    passage = candidate.passage
    own = {one.start: one.score for one in said if one.candidate is candidate}
    spans = [_trimmed(passage.record_text, span) for span in passage.sentences]
    spans = [span for span in spans if span.start < span.end]
    scores = [max((own[at] for at in own if span.start <= at < span.end), default=0.0) for span in spans]
    headed = [_is_heading(span.of(passage.record_text), passage.item) for span in spans]
    first, last = _window(spans, scores, headed)
    return Range(spans[first].start, spans[last].end, passage.record_id, passage.item)


def _is_heading(words: str, item: Sequence[str]) -> bool:
    """Whether a line is a heading: marked as one, or the title of what it stands above."""
    plain = words.strip("#*_ ")
    return words.startswith("#") or any(plain.endswith(title) for title in item)


def _window(spans: Sequence[Span], scores: Sequence[float], headed: Sequence[bool]) -> tuple[int, int]:
    """The first and last of the neighbouring sentences that score most together and are not too long.

    The entries of a list are among them: one alone seldom says what it is of. A heading stands alone.
    """
    best, found = -1.0, (0, 0)
    for first in range(len(spans)):
        total = 0.0
        for last in range(first, len(spans)):
            too_long = spans[last].end - spans[first].start > LONGEST
            if last > first and (too_long or headed[first] or headed[last]):
                break
            total += scores[last]
            if total > best:
                best, found = total, (first, last)
    return found


def _trimmed(text: str, span: Span) -> Span:
    words = span.of(text)
    start = span.start + len(words) - len(words.lstrip())
    return Span(start, max(start, span.start + len(words.rstrip())))
