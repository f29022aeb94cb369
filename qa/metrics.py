"""Metrics of a run over questions with gold evidence, each with its formula.

A run has a line per question: the passages found (best first), and where there are any the citations, the
answer, whether it abstained and the seconds it took. Spans are half-open characters of a document.
"""

import re
import statistics
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

BUDGET = 6_000  # characters a reader is taken to read of the ranked passages


@dataclass(frozen=True, slots=True)
class DocSpan:
    """A range of characters of one document."""

    doc: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with what is right about it; `gold` is empty for an unanswerable one."""

    id: str
    question: str
    scope: str | None = None
    gold: tuple[DocSpan, ...] = ()
    answer: str | None = None
    must_contain: tuple[str, ...] = ()
    unanswerable: bool = False


@dataclass(frozen=True, slots=True)
class Result:
    """What a system said to one question."""

    id: str
    passages: tuple[DocSpan, ...] = ()
    answer: str | None = None
    citations: tuple[DocSpan, ...] | None = None
    abstained: bool | None = None
    seconds: float | None = None


def evaluate(asked: Sequence[Asked], results: Iterable[Result], budget: int = BUDGET) -> dict[str, float]:
    """The mean of every metric that applies to a question, by name; `n` is the number of questions.

    hit@1, hit@5, mrr@10, cover  of the passages of answerable questions
    cite_p, cite_r               of the citations of answerable questions
    r1, rL, words                of answers that have a reference; the length in words
    fact                         share of answers holding every string they must
    abstain, wrongly             share of the unanswerable, and of the answerable, that were abstained on
    ms, ms_p95                   median and 95th percentile of the time
    """
    by_id = {result.id: result for result in results}
    columns: dict[str, list[float]] = {}
    for one in asked:
        for name, value in _of_question(one, by_id.get(one.id, Result(one.id)), budget):
            columns.setdefault(name, []).append(value)
    scores = {name: statistics.mean(values) for name, values in columns.items()}
    if times := sorted(columns.get("ms", ())):
        scores["ms"] = statistics.median(times)
        scores["ms_p95"] = times[int(0.95 * (len(times) - 1))]
    return scores | {"n": float(len(asked))}


def _of_question(one: Asked, result: Result, budget: int) -> Iterable[tuple[str, float]]:
    if result.seconds is not None:
        yield "ms", result.seconds * 1000
    if result.abstained is not None:
        yield ("abstain" if one.unanswerable else "wrongly"), float(result.abstained)
    if one.unanswerable:
        return
    gold = merged(one.gold)
    hits = [hit(passage, gold) for passage in result.passages[:10]]
    yield "hit@1", float(any(hits[:1]))
    yield "hit@5", float(any(hits[:5]))
    yield "mrr@10", reciprocal_rank(hits)
    yield "cover", cover(result.passages, gold, budget)
    if result.citations is not None:
        precision, recall = citation_scores(result.citations, gold, budget)
        yield "cite_p", precision
        yield "cite_r", recall
    if result.answer is not None:
        yield from _of_answer(one, result.answer)


def _of_answer(one: Asked, answer: str) -> Iterable[tuple[str, float]]:
    if one.answer:
        said, reference = tokens(answer), tokens(one.answer)
        yield "r1", rouge_1(said, reference)
        yield "rL", rouge_l(said, reference)
        yield "words", float(len(said))
    if one.must_contain:
        plain = answer.replace(" ", "")
        yield "fact", float(all(wanted.replace(" ", "") in plain for wanted in one.must_contain))


def hit(passage: DocSpan, gold: Sequence[DocSpan]) -> bool:
    """Whether a passage shares at least half of itself, or half of a gold span, with that span."""
    return any(
        shared > 0 and 2 * shared >= min(passage.end - passage.start, span.end - span.start)
        for span in gold
        for shared in [overlap(passage, span)]
    )


def reciprocal_rank(hits: Sequence[bool]) -> float:
    """1 / rank of the first hit, 0 without one (Voorhees 1999)."""
    return next((1 / rank for rank, is_hit in enumerate(hits, 1) if is_hit), 0.0)


def cover(passages: Sequence[DocSpan], gold: Sequence[DocSpan], budget: int = BUDGET) -> float:
    """Gold characters read within `budget` characters of ranked passages, over min(gold length, budget)."""
    read, left = [], budget
    for passage in passages:
        if left <= 0:
            break
        read.append(DocSpan(passage.doc, passage.start, min(passage.end, passage.start + left)))
        left -= passage.end - passage.start
    return common(merged(read), gold) / min(length(gold), budget)


def citation_scores(
    citations: Sequence[DocSpan], gold: Sequence[DocSpan], budget: int = BUDGET
) -> tuple[float, float]:
    """Cited characters that are gold over cited characters; gold characters cited over min(gold, budget)."""
    cited = merged(citations)
    shared = common(cited, gold)
    precision = shared / length(cited) if cited else 0.0
    return precision, min(1.0, shared / min(length(gold), budget))


def tokens(text: str) -> list[str]:
    """Lower-case words and numbers; Chinese character by character."""
    return re.findall(r"[a-z0-9]+|[\u3400-\u9fff]", text.lower())


def rouge_1(said: Sequence[str], reference: Sequence[str]) -> float:
    """F1 of shared unigrams (Lin 2004)."""
    return _f1(sum((Counter(said) & Counter(reference)).values()), len(said), len(reference))


def rouge_l(said: Sequence[str], reference: Sequence[str]) -> float:
    """F1 of the longest common subsequence of the first 600 words (Lin 2004)."""
    said, reference = said[:600], reference[:600]
    row = [0] * (len(reference) + 1)
    for word in said:
        diagonal = 0
        for place, other in enumerate(reference, 1):
            above = row[place]
            row[place] = diagonal + 1 if word == other else max(above, row[place - 1])
            diagonal = above
    return _f1(row[-1], len(said), len(reference))


def extractive_oracle(sentences: Iterable[str], reference: str, words: int) -> tuple[str, ...]:
    """The sentences that, quoted whole, come nearest to a reference: greedily by ROUGE-1, at most `words` words.

    What an extractive answer could reach if it knew the reference (Nallapati et al. 2017); in the order given.

    >>> extractive_oracle(["The bus was late.", "It rained.", "The fare rises."], "the fare of the bus rises", 8)
    ('The bus was late.', 'The fare rises.')
    """
    wanted = tokens(reference)
    offered = [(place, said, Counter(tokens(said))) for place, said in enumerate(sentences)]
    chosen: dict[int, str] = {}
    held: Counter[str] = Counter()
    reached = 0.0
    while True:
        left = [one for one in offered if one[0] not in chosen and (held + one[2]).total() <= words]
        scored = [(rouge_1(list((held + bag).elements()), wanted), -place) for place, _, bag in left]
        best = max(scored, default=(0.0, 0))
        if best[0] <= reached:
            return tuple(chosen[place] for place in sorted(chosen))
        place, said, bag = offered[-best[1]]
        chosen[place], reached = said, best[0]
        held += bag


def merged(spans: Iterable[DocSpan]) -> list[DocSpan]:
    """The same characters as spans that neither touch nor overlap, in order."""
    out: list[DocSpan] = []
    for span in sorted(spans, key=lambda s: (s.doc, s.start)):
        if out and out[-1].doc == span.doc and span.start <= out[-1].end:
            out[-1] = DocSpan(span.doc, out[-1].start, max(out[-1].end, span.end))
        else:
            out.append(span)
    return out


def overlap(one: DocSpan, other: DocSpan) -> int:
    """How many characters two spans share."""
    if one.doc != other.doc:
        return 0
    return max(0, min(one.end, other.end) - max(one.start, other.start))


def common(spans: Sequence[DocSpan], gold: Sequence[DocSpan]) -> int:
    """How many characters of two merged lists are the same."""
    return sum(overlap(span, other) for span in spans for other in gold)


def length(spans: Iterable[DocSpan]) -> int:
    return sum(span.end - span.start for span in spans)


def _f1(shared: int, said: int, reference: int) -> float:
    return 2 * shared / (said + reference) if shared else 0.0
