"""The two ways to passages: by words (FTS5) and by vectors; both search only what is in scope."""

import logging

import numpy as np

from ingest.vectors import VectorStoreError
from ingest.words import bigrams, has_han, topic_words
from qa.corpus import Session
from qa.scope import Scope

log = logging.getLogger(__name__)

POOL = 80  # passages each leg brings
CONTEXT_WEIGHT = 0.6  # of a word in title, item or speaker against one in the text (BM25 column weight)


def lexical_leg(session: Session, query: str, scope: Scope) -> dict[int, float]:
    """BM25 over words, added to BM25 over Chinese character pairs; passage id to score, the best `POOL` of each."""
    scores: dict[int, float] = {}
    legs = [("passage_words", topic_words(query))]
    if has_han(query):
        legs.append(("passage_grams", list(dict.fromkeys(bigrams(query)))))
    for table, terms in legs:
        for passage_id, score in session.ranked(table, terms[:64], CONTEXT_WEIGHT, scope, POOL):
            scores[passage_id] = scores.get(passage_id, 0.0) + score
    return scores


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
    return dict(session.nearest(vector, scope, POOL))


def _from_chroma(session: Session, vector: np.ndarray, scope: Scope) -> dict[int, float]:
    """Chroma's nearest `POOL` that are active and readable; asked for more until there are enough or no more."""
    dense, k = session.corpus.dense, POOL
    assert dense is not None
    while True:
        pairs = dense.query(vector, k)
        inside = session.among(scope, [passage_id for passage_id, _ in pairs])
        if len(inside) >= POOL or len(pairs) < k:
            return dict([pair for pair in pairs if pair[0] in inside][:POOL])
        k *= 4
