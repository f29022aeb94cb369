"""The two ways to passages: by words (FTS5) and by vectors; both search only what is in scope."""

import logging
from collections.abc import Sequence

import numpy as np
import sqlalchemy as sa

from ingest.tables import passages
from ingest.vectors import VectorStoreError
from ingest.words import bigrams, has_han, topic_words
from qa.corpus import EXACT_LIMIT, Session
from qa.scope import Scope, active_passages, passage_in_scope

log = logging.getLogger(__name__)

POOL = 80  # passages each leg brings
CONTEXT_WEIGHT = (
    0.6  # of a word in title, agenda item or speaker, against one in the text (BM25 column weight)
)


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
    if not scope.narrow and corpus.dense is not None and corpus.dense.ready:
        try:
            found = _from_chroma(session, vector, scope)
        except VectorStoreError as error:
            log.warning("answering from the catalog's vectors: %s", error)
        else:
            if corpus.catalog.generation == session.generation:
                return found  # else Chroma may lack passages that this session still sees
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
