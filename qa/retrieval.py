"""Question to hits: scope, both legs under the same filters, fusion, and what meetings teach about ranking.

Every score is a number in 0..1 before it is weighted, so the weights in `Weights` can be read and compared.
"""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import sqlalchemy as sa

from ingest.records import Decision, DecisionKind, Span
from ingest.tables import passages
from ingest.words import bigrams, has_han, stop_words, topic_words, words
from qa.answers import Intent, Question
from qa.corpus import EXACT_LIMIT, Session, StoredPassage
from qa.scope import Scope, active_passages, passage_in_scope

POOL = 200  # passages each leg brings
LEAST_ABOUT = 0.5  # share of a topic's words a passage must hold for its meeting to count as about it
RELEVANT = 0.5  # share of a topic's words that an entry of the register must hold to concern it
CONTEXT_WEIGHT = (
    0.6  # of a word in title, agenda item or speaker, against one in the text (BM25 column weight)
)

SETTLED = frozenset(
    {
        DecisionKind.APPROVED,
        DecisionKind.AGREED,
        DecisionKind.DECIDED,
        DecisionKind.REJECTED,
        DecisionKind.DEFERRED,
        DecisionKind.NOTED,
        DecisionKind.CONCLUDED,
    }
)
WANTED_KINDS: dict[Intent, frozenset[DecisionKind]] = {
    Intent.DECISION: SETTLED | {DecisionKind.ASSIGNED},
    Intent.VOTE: frozenset({DecisionKind.VOTE}),
    Intent.ACTION: frozenset({DecisionKind.ASSIGNED, DecisionKind.DECIDED, DecisionKind.AGREED}),
    Intent.FACT: SETTLED,
}
ASKS_FOR_REGISTER = frozenset({Intent.DECISION, Intent.VOTE, Intent.ACTION})
VOTING_WORDS = frozenset(
    topic_words(
        "vote votes voted voting ballot dissent dissented dissenting dissenter against favour favor oppose opposed "
        "opposition abstain abstained abstention unanimous unanimously action motion proposal result tally count "
        "member members anyone anybody 表决 投票 票 反对 赞成 弃权 反对票 赞成票 弃权票 一致 通过 结果 多少 委员"
    )
)
META_WORDS = frozenset(  # words about records and answers, which say nothing of a matter
    topic_words(
        "summary summarize overview outline recap meeting meetings minutes record records recorded session sessions "
        "content contents main key point points matter matters topic topics item items agenda discussion discussed "
        "decision decisions decided held hold take took place total all file result results outcome outcomes "
        "会议 内容 主要内容 主要 概括 总结 概要 纪要 记录 要点 议题 议程 事项 情况 讨论 决定 结果 召开 举行 时候"
    )
)
_ANSWER_KIND = re.compile(
    r"\s*(?:(?:for|to|in|at|on|by|of|from) )?(?:which|what) (?:other )?"
    r"(events?|persons?|people|councillors?|members?|departments?|agenc(?:y|ies)|bod(?:y|ies)|offices?|dates?|days?"
    r"|months?|years?|places?|locations?|amounts?|sums?|numbers?|percentages?|shares?|reasons?|topics?|items?|matters?"
    r"|issues?|subjects?|measures?|steps?|kinds?|types?|concerns?|problems?|points?|arguments?)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each sign counts; `smooth` is the share taken from passages around, up to some `reach` away."""

    dense: float = 0.4
    lexical: float = 0.6
    item: float = 0.35
    speaker: float = 0.25
    decision: float = 0.8
    smooth: float = 0.75
    reach: float = 2.0


@dataclass(slots=True)
class Candidate:
    """A passage under judgement; every sign in 0..1."""

    passage: StoredPassage
    cosine: float | None = None
    bm25: float | None = None
    signs: dict[str, float] = field(default_factory=dict)
    score: float = 0.0


def retrieve(
    session: Session, question: Question, scope: Scope, weights: Weights = Weights()
) -> list[Candidate]:
    """The passages in scope that may answer the question, best first, ties by id."""
    query = question.topic or question.text
    lexical = lexical_leg(session, query, scope)
    dense = dense_leg(session, query, scope) if session.corpus.encoder.knows(question.language) else {}
    chosen = _top(lexical) | _top(dense)
    found = {i: Candidate(passage) for i, passage in session.load(sorted(chosen)).items()}
    for i, candidate in found.items():
        candidate.cosine, candidate.bm25 = dense.get(i), lexical.get(i)
    _complete_cosines(session, query, found, bool(dense))
    candidates = list(found.values())
    _judge(session, question, candidates)
    if question.intent in ASKS_FOR_REGISTER:  # a decision stands in one place; talk about it runs over many
        weights = replace(weights, smooth=weights.smooth / 4)
    _fuse(candidates, weights)
    return sorted(candidates, key=lambda c: (-c.score, c.passage.id))


def lexical_leg(session: Session, query: str, scope: Scope) -> dict[int, float]:
    """BM25 over words, added to BM25 over Chinese character pairs; passage id to score, the best `POOL` of each."""
    scores: dict[int, float] = {}
    legs = [("passage_words", topic_words(query))]
    if has_han(query):
        legs.append(("passage_grams", list(dict.fromkeys(bigrams(query)))))
    for table, terms in legs:
        for passage_id, score in _match(session, table, terms, scope):
            scores[passage_id] = scores.get(passage_id, 0.0) + score
    return scores


def _match(session: Session, table: str, terms: Sequence[str], scope: Scope) -> list[tuple[int, float]]:
    """Passages in scope with any of the terms. Terms are letters and digits only, quoted: never operators."""
    if not terms:
        return []
    query = " OR ".join(f'"{term}"' for term in terms[:64])
    fts = sa.table(table, sa.column("rowid"))
    rank = sa.literal_column(f"-bm25({table}, 1.0, {CONTEXT_WEIGHT})").label("score")
    statement = (
        sa.select(passages.c.id, rank)
        .select_from(active_passages().join(fts, fts.c.rowid == passages.c.id))
        .where(sa.text(f"{table} MATCH :query"), passage_in_scope(scope))
        .order_by(rank.desc(), passages.c.id)
        .limit(POOL)
    )
    return [(row.id, float(row.score)) for row in session.connection.execute(statement, {"query": query})]


def dense_leg(session: Session, query: str, scope: Scope) -> dict[int, float]:
    """Cosine of question and passage; passage id to score, the best `POOL` or, in a small scope, all."""
    corpus = session.corpus
    vector = session.query_vector(query)
    if not scope.narrow and corpus.dense is not None:
        return _from_chroma(session, vector, scope)
    ids = session.ids(scope)
    if len(ids) <= EXACT_LIMIT:
        stored = session.vectors_of(ids)
        if not stored:
            return {}
        keys, rows = np.fromiter(stored, np.int64, len(stored)), np.stack(list(stored.values()))
    else:
        matrix = corpus.matrix(session)
        inside = np.isin(matrix.ids, np.array(ids), assume_unique=True)
        keys, rows = matrix.ids[inside], matrix.rows[inside]
    cosines = rows @ vector
    best = np.lexsort((keys, -cosines))[:POOL]
    return {int(keys[i]): float(cosines[i]) for i in best}


def _from_chroma(session: Session, vector: np.ndarray, scope: Scope) -> dict[int, float]:
    """Chroma's nearest that are active and readable; asked for more until there are enough or no more."""
    dense, k = session.corpus.dense, POOL
    assert dense is not None
    while True:
        pairs = dense.query(vector, k)
        inside = session.among(scope, [passage_id for passage_id, _ in pairs])
        if len(inside) >= POOL or len(pairs) < k:
            return {i: cosine for i, cosine in pairs if i in inside}
        k *= 4


@dataclass(frozen=True, slots=True)
class Mention(Span):
    """The passage of a meeting that covers the topic best, with the share of the topic's words in it."""

    covered: float
    item: tuple[str, ...] = ()


def meetings_about(session: Session, question: Question, scope: Scope) -> dict[str, Mention]:
    """Every record in scope with a passage that covers most of the topic, by record id: none is left unjudged."""
    weights = word_weights(session, topic_words(question.topic))
    total = sum(weights.values()) or 1.0
    covered: dict[int, float] = {}
    for word, weight in weights.items():
        for passage_id in _holding(session, word, scope):
            covered[passage_id] = covered.get(passage_id, 0.0) + weight / total
    enough = {i: share for i, share in covered.items() if share >= LEAST_ABOUT}
    best: dict[str, Mention] = {}
    for i, passage in sorted(session.load(sorted(enough)).items()):
        if passage.record_id not in best or enough[i] > best[passage.record_id].covered:
            sentence = max(passage.sentences, key=lambda s: coverage(weights, _cut(passage, s)))
            best[passage.record_id] = Mention(*_stripped(passage, sentence), enough[i], passage.item)
    return best


def _holding(session: Session, word: str, scope: Scope) -> list[int]:
    fts = sa.table("passage_words", sa.column("rowid"))
    statement = (
        sa.select(passages.c.id)
        .select_from(active_passages().join(fts, fts.c.rowid == passages.c.id))
        .where(sa.text("passage_words MATCH :query"), passage_in_scope(scope))
    )
    return list(session.connection.scalars(statement, {"query": f'"{word}"'}))


def _cut(passage: StoredPassage, span: Span) -> str:
    return passage.text[span.start - passage.start : span.end - passage.start]


def _stripped(passage: StoredPassage, span: Span) -> tuple[int, int]:
    words = _cut(passage, span)
    return span.start + len(words) - len(words.lstrip()), span.start + len(words.rstrip())


def _top(scores: dict[int, float]) -> set[int]:
    return set(sorted(scores, key=lambda i: (-scores[i], i))[:POOL])


def _complete_cosines(session: Session, query: str, found: dict[int, Candidate], dense: bool) -> None:
    """Gives passages that only the lexical leg found their cosine too."""
    missing = [i for i, candidate in found.items() if candidate.cosine is None]
    if dense and missing:
        vector = session.query_vector(query)
        for i, stored in session.vectors_of(missing).items():
            found[i].cosine = float(stored @ vector)


def _judge(session: Session, question: Question, candidates: Sequence[Candidate]) -> None:
    """Sets every candidate's signs."""
    weights = topic_weights(session, question)
    best_bm25 = max((c.bm25 or 0.0 for c in candidates), default=0.0) or 1.0
    cosines = [c.cosine for c in candidates if c.cosine is not None]
    low, high = (min(cosines), max(cosines)) if cosines else (0.0, 1.0)
    register = session.decisions_of(sorted({c.passage.record_id for c in candidates}))
    kinds = WANTED_KINDS.get(question.intent)
    for c in candidates:
        c.signs["lexical"] = (c.bm25 or 0.0) / best_bm25
        c.signs["dense"] = 0.0 if c.cosine is None else (c.cosine - low) / ((high - low) or 1.0)
        c.signs["item"] = max((likeness(weights, title) for title in c.passage.item[-3:]), default=0.0)
        c.signs["speaker"] = _speaker_sign(c.passage, question.speakers)
        if kinds:
            found = _decision_sign(c.passage, register.get(c.passage.record_id, ()), kinds, weights)
            c.signs["decision"] = found if question.intent in ASKS_FOR_REGISTER else found / 2


def _speaker_sign(passage: StoredPassage, speakers: Sequence[str]) -> float:
    """1 where one of them talks, a little less where minutes only name them: "Councillor Fenn regretted that"."""
    if set(speakers) & set(passage.speakers):
        return 1.0
    return 0.8 * any(named_in(passage.text, speaker) for speaker in speakers)


def named_in(text: str, person: str) -> bool:
    """Whether a text names a person, by the whole name or, of a Latin one, by the last of it."""
    last = person.split("(")[0].split()[-1:] or [person]
    return person in text or (last[0].isascii() and re.search(rf"\b{re.escape(last[0])}\b", text) is not None)


def _decision_sign(
    passage: StoredPassage,
    register: Sequence[Decision],
    kinds: frozenset[DecisionKind],
    weights: dict[str, float],
) -> float:
    """How well the best decision of a wanted kind in the passage covers the topic, by its words or its item's."""
    best = 0.0
    for decision in register:
        if decision.kind in kinds and decision.start < passage.end and passage.start < decision.end:
            inside = slice(max(0, decision.start - passage.start), decision.end - passage.start)
            said = " ".join((passage.text[inside], decision.item or ""))
            best = max(best, 0.3 + 0.7 * coverage(weights, said) if weights else 1.0)
    return best


def _fuse(candidates: Sequence[Candidate], weights: Weights) -> None:
    """The weighted sum of the signs, then each passage takes a share from those around it in the same item.

    Evidence in talk runs over many turns, so a passage among good ones is rather an answer than a lone one. The
    share falls off with the distance as a Gaussian of `weights.reach` passages.
    """
    raw: dict[tuple[str, int], tuple[float, str]] = {}
    for c in candidates:
        total = sum(getattr(weights, name) * value for name, value in c.signs.items())
        raw[c.passage.record_id, c.passage.ordinal] = (total, _outermost(c.passage))
    steps = range(-3 * math.ceil(weights.reach), 3 * math.ceil(weights.reach) + 1)
    kernel = {step: math.exp(-step * step / (2 * weights.reach**2)) for step in steps}
    norm = sum(kernel.values())
    for c in candidates:
        record_id, ordinal = c.passage.record_id, c.passage.ordinal
        own, item = raw[record_id, ordinal]
        around = (
            share * near[0]
            for step, share in kernel.items()
            if (near := raw.get((record_id, ordinal + step))) and near[1] == item
        )
        c.score = (1 - weights.smooth) * own + weights.smooth * sum(around) / norm


def _outermost(passage: StoredPassage) -> str:
    return passage.item[0] if passage.item else ""


def word_weights(session: Session, wanted: Sequence[str]) -> dict[str, float]:
    """Each word with its inverse document frequency, ln(1 + (N - n + 0.5) / (n + 0.5)), Robertson 2009.

    A word that no passage holds weighs as much as one that a single passage holds: that it is missing counts.
    """
    total = session.passage_count
    holding = {word: max(1, session.frequency(word)) for word in wanted}
    return {word: math.log(1 + (total - n + 0.5) / (n + 0.5)) for word, n in holding.items()}


def topic_weights(session: Session, question: Question) -> dict[str, float]:
    """The words of the topic and how much each tells, without those that only say what kind of answer is wanted.

    That is the vocabulary of voting in a question for a vote, and the noun after "which" ("Which event was ...").
    Empty for a question about a meeting as a whole ("Summarize the meeting of 15 March").
    """
    wanted = topic_words(question.topic) if question.topic else []
    if question.intent is Intent.VOTE:
        wanted = [word for word in wanted if word not in VOTING_WORDS]
    if kind := _ANSWER_KIND.match(question.text):
        wanted = [word for word in wanted if word not in topic_words(kind[1])]
    return word_weights(session, [] if (META_WORDS | stop_words()).issuperset(wanted) else wanted)


def coverage(weights: dict[str, float], text: str) -> float:
    """The share of the wanted words, by weight, that stand in `text`; 0..1."""
    total = sum(weights.values())
    if not total:
        return 0.0
    said = set(words(text))
    return sum(weight for word, weight in weights.items() if word in said) / total


def likeness(weights: dict[str, float], title: str) -> float:
    """How alike topic and title are, 0..1: the harmonic mean of the topic covered and the title used up."""
    said = topic_words(title)
    if not said or not weights:
        return 0.0
    covered, used = coverage(weights, title), sum(word in weights for word in said) / len(said)
    return 2 * covered * used / (covered + used) if covered and used else 0.0
