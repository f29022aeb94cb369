"""Search words in memory: the counts are those of the words indexed, and BM25 is FTS5's own."""

import sqlite3
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.words import words
from qa import Minutebook
from qa.corpus import Session
from qa.lexicon import Lexicon, _integers
from qa.scope import Scope

TABLES = ("passage_words", "passage_grams")
QUERIES = [
    ("passage_words", ["real", "estat"]),
    ("passage_words", ["meet"]),
    ("passage_words", ["the", "of", "council", "tram", "nowher"]),
    ("passage_words", ["垃圾", "分类", "会议"]),
    ("passage_grams", ["垃圾", "圾分", "会议"]),
]


def fts5(session: Session, table: str, query: list[str], context_weight: float) -> dict[int, float]:
    """What FTS5 itself says."""
    match = " OR ".join(f'"{word}"' for word in query)
    statement = sa.text(
        f"SELECT rowid, -bm25({table}, 1.0, {context_weight}) FROM {table} WHERE {table} MATCH :m"
    )
    return {i: score for i, score in session.connection.execute(statement, {"m": match})}


@pytest.mark.parametrize(("table", "query"), QUERIES)
@pytest.mark.parametrize("context_weight", [0.6, 0.0, 2.0])
def test_scores_are_those_of_fts5(
    book: Minutebook, table: str, query: list[str], context_weight: float
) -> None:
    with book._corpus.session() as session:
        ids = session.holdings.ids
        scores = session.holdings.lexicon.bm25(session.connection, table, query, context_weight, session.seen)
        expected = fts5(session, table, query, context_weight)
        assert expected
        assert {int(ids[i]): scores[i] for i in np.flatnonzero(scores)} == pytest.approx(
            {i: score for i, score in expected.items() if score}, rel=1e-12
        )


@pytest.mark.parametrize("table", TABLES)
def test_counts_and_lengths_are_those_of_the_indexed_words(book: Minutebook, table: str) -> None:
    with book._corpus.session() as session:
        rows = session.connection.execute(sa.text(f"SELECT rowid, body, context FROM {table}")).all()
        said = {i: (Counter(body.split()), Counter(context.split())) for i, body, context in rows}
        often = Counter(word for body, context in said.values() for word in body | context)
        query = [word for word, _ in often.most_common(20)] + list(often)[:20] + ["nowher"]
        ids = sorted(said)
        counts, lengths = session.counts(table, query, 0.5, ids)
        expected = [[said[i][0][word] + 0.5 * said[i][1][word] for word in query] for i in ids]
        assert counts.tolist() == expected
        assert lengths.tolist() == [sum(map(sum, (c.values() for c in said[i]))) for i in ids]
        for word in query:
            assert session.frequency(word, table) == sum(word in body for body, _ in said.values())


def test_the_best_are_those_in_scope_and_ties_go_by_id(book: Minutebook) -> None:
    with book._corpus.session() as session:
        scope = Scope(sessions=(32, 18))
        inside = set(session.ids(scope))
        every = sorted(
            fts5(session, "passage_words", ["meet", "hous"], 0.6).items(), key=lambda p: (-p[1], p[0])
        )
        expected = [pair for pair in every if pair[0] in inside]
        assert 3 < len(expected) < len(every)
        for most in (1, 3, 1_000):
            ranked = session.ranked("passage_words", ["meet", "hous"], 0.6, scope, most)
            assert ranked == [(i, pytest.approx(score, rel=1e-12)) for i, score in expected[:most]]


def lexicon_of(texts: list[str]) -> tuple[Lexicon, sa.Connection]:
    engine = sa.create_engine("sqlite://")
    connection = engine.connect()
    connection.exec_driver_sql(
        "CREATE VIRTUAL TABLE passage_words USING fts5(body, context, tokenize='unicode61')"
    )
    for i, text in enumerate(texts, 1):
        connection.exec_driver_sql(
            "INSERT INTO passage_words (rowid, body, context) VALUES (?, ?, '')", (i, " ".join(words(text)))
        )
    return Lexicon(np.arange(1, len(texts) + 1)), connection


@pytest.mark.parametrize(
    "word", ["ஔவை", "Zürich", "Ωmega", "ﬁnance", "ʼn", "½", "İstanbul", "ß", "会议", "١٢"]
)
def test_a_word_of_any_script_is_found_where_it_stands(word: str) -> None:
    lexicon, connection = lexicon_of([word, "something else"])
    for cut in words(word):
        assert lexicon.counts(connection, "passage_words", cut).places.tolist() == [0]


@settings(max_examples=60)
@given(st.text(min_size=1, max_size=30))
def test_every_word_of_any_text_is_found(text: str) -> None:
    lexicon, connection = lexicon_of([text])
    for word in set(words(text)):
        found = lexicon.counts(connection, "passage_words", word)
        assert found.among(np.array([True]), in_text=True) == 1


def test_words_asked_longest_ago_are_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qa.lexicon.MOST_COUNTS", 4)
    lexicon, connection = lexicon_of(["tram bus", "tram", "bus bridge"])
    first = lexicon.counts(connection, "passage_words", "tram")
    assert lexicon.counts(connection, "passage_words", "tram") is first
    lexicon.counts(connection, "passage_words", "bus")
    lexicon.counts(connection, "passage_words", "bridg")
    assert lexicon.counts(connection, "passage_words", "tram") is not first


@given(st.lists(st.integers(0, 2**40)))
def test_integers_are_read_as_sqlite_writes_them(values: list[int]) -> None:
    def varint(value: int) -> bytes:
        out = [value & 127]
        while value := value >> 7:
            out.append(value & 127 | 128)
        return bytes(reversed(out))

    assert _integers(b"".join(map(varint, values))).tolist() == values


def test_long_passages_have_their_length(tmp_path: Path) -> None:
    lexicon, connection = lexicon_of(["tram " * 300, "bus"])
    assert lexicon.lengths(connection, "passage_words").tolist() == [300, 1]
    assert sqlite3.sqlite_version_info >= (3, 38)  # ->> and fts5vocab
