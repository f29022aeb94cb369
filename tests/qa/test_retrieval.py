"""Retrieval: filters before scores on both legs, exact matches first, neighbours and register as signs."""

from collections.abc import Iterator, Sequence

import pytest

from ingest.index import OwnedIndex
from ingest.pipeline import ingest
from ingest.vectors import DenseIndex
from qa.answers import Intent, Question
from qa.corpus import Corpus, StoredPassage
from qa.legs import dense_leg, lexical_leg
from qa.mentions import meetings_about
from qa.retrieval import APART, PEAKS, fitted, retrieve, spread
from qa.scope import Scope
from qa.signs import NAMES, Candidate
from tests.hash_encoder import HashEncoder

HOUSING = """# Minutes of the 12th Executive Meeting

15 March 2024

## Real estate

The meeting approved the housing plan and asked the bureau to publish it.

## Gas safety

The meeting stressed the inspection of gas pipes in old neighbourhoods.
"""
FLOODS = """---
access: flood-team
---
# Minutes of the 13th Executive Meeting

15 April 2024

## Flood control

The meeting approved the flood plan for the housing by the river.
"""
WASTE = """# 市政府第14次常务会议纪要

2024年5月20日

一、垃圾分类

会议审议通过了垃圾分类实施方案，同意安排专项资金。
"""


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Corpus]:
    folder = tmp_path_factory.mktemp("minutes")
    for name, text in (("12.md", HOUSING), ("13.md", FLOODS), ("14.md", WASTE)):
        (folder / name).write_text(text, encoding="utf-8")
    encoder = HashEncoder()
    with OwnedIndex.open(tmp_path_factory.mktemp("index"), encoder) as index:
        assert not ingest([folder], index).failed
        yield Corpus(index.catalog, encoder, index.dense)


def texts(corpus: Corpus, topic: str, scope: Scope, language: str = "en") -> list[str]:
    question = Question(topic, language=language, topic=topic)  # type: ignore[arg-type]
    with corpus.session() as session:
        return [candidate.passage.text for candidate in retrieve(session, question, scope)]


def test_the_passage_that_says_it_comes_first(corpus: Corpus) -> None:
    assert "gas pipes" in texts(corpus, "inspection of gas pipes", Scope())[0]


def test_what_words_and_what_likeness_give_a_passage_are_kept_apart(corpus: Corpus) -> None:
    with corpus.session() as session:
        found = retrieve(session, Question("gas pipes", topic="gas pipes"), Scope())
    best = next(one for one in found if "gas pipes" in one.passage.text)
    assert best.bm25 and best.bm25 > 0
    assert all(one.whole is None for one in found)  # the whole question says no more than its topic


def test_chinese_is_found_by_its_words(corpus: Corpus) -> None:
    assert "垃圾分类" in texts(corpus, "垃圾分类", Scope(), "zh")[0]


def test_an_empty_access_scope_gives_nothing(corpus: Corpus) -> None:
    assert texts(corpus, "housing plan", Scope(access=())) == []


@pytest.mark.parametrize(
    ("access", "seen"), [(("public",), False), (("flood-team",), True), (("public", "flood-team"), True)]
)
def test_a_record_is_found_only_by_those_who_may_read_it(
    corpus: Corpus, access: Sequence[str], seen: bool
) -> None:
    found = texts(corpus, "flood plan for the housing by the river", Scope(access=tuple(access)))
    assert any("flood plan" in text for text in found) is seen


def test_both_legs_stay_in_scope(corpus: Corpus) -> None:
    with corpus.session() as session:
        everything = {
            m.session: m.record_id for m in session.meetings(Scope(access=("public", "flood-team")))
        }
        scope = Scope(access=("public", "flood-team"), sessions=(13,))
        for leg in (lexical_leg, dense_leg):
            passages = session.load(list(leg(session, "housing plan", scope)))
            assert {passage.record_id for passage in passages.values()} == {everything[13]}


def test_chroma_and_the_exact_leg_agree(corpus: Corpus) -> None:
    exact = Corpus(corpus.catalog, corpus.encoder)
    with corpus.session() as session, exact.session() as exact_session:
        from_chroma = dense_leg(session, "gas pipes", Scope())
        from_catalog = dense_leg(exact_session, "gas pipes", Scope())
    assert from_chroma == pytest.approx(from_catalog, abs=1e-5)


def test_a_dense_hit_that_is_not_active_is_dropped(corpus: Corpus) -> None:
    assert isinstance(corpus.dense, DenseIndex)
    vector = corpus.encoder.encode_query("gas pipes")
    corpus.dense.upsert([777_777], vector[None])
    try:
        with corpus.session() as session:
            assert 777_777 not in dense_leg(session, "gas pipes", Scope())
    finally:
        corpus.dense.delete([777_777])


@pytest.mark.parametrize(
    "query", ['" OR NEAR(', "a AND NOT b*", "body : x", "'; DROP TABLE passages; --", "😀", "(((", "^*"]
)
def test_query_operators_are_taken_literally(corpus: Corpus, query: str) -> None:
    assert isinstance(texts(corpus, query, Scope()), list)


def test_every_meeting_is_judged_not_the_best_passages(corpus: Corpus) -> None:
    scope = Scope(access=("public", "flood-team"))
    with corpus.session() as session:
        about = meetings_about(session, Question("housing", topic="housing plan"), scope)
        sessions = {m.session for m in session.meetings(scope) if m.record_id in about}
    assert sessions == {12, 13}


def at(record_id: str, ordinal: int, score: float, size: int = 100, decision: float = 0.0) -> Candidate:
    place = ord(record_id) * 1000 + ordinal
    passage = StoredPassage(0, size, place, record_id, 1, ordinal, "x", (), "en", (), ())
    return Candidate(passage, signs={"decision": decision}, score=score)


def test_the_next_place_comes_before_the_neighbours_of_the_best() -> None:
    ranked = [at("a", 10, 0.9), at("a", 11, 0.8), at("a", 10 + APART + 1, 0.7), at("b", 11, 0.6)]
    spread_out = spread(Question("housing"), ranked)
    assert [(c.passage.record_id, c.passage.ordinal) for c in spread_out] == [
        ("a", 10), ("a", 10 + APART + 1), ("b", 11), ("a", 11)
    ]  # fmt: skip


def test_only_the_first_places_are_spread() -> None:
    ranked = [at("a", 10 * i, 1 - i / 100, size=PEAKS // 2) for i in range(2)]
    ranked += [at("a", 1, 0.2, size=PEAKS // 2), at("b", 1, 0.1, size=PEAKS // 2)]
    assert spread(Question("housing"), ranked) == ranked


def test_what_is_asked_of_the_register_stays_as_ranked() -> None:
    ranked = [at("a", 10, 0.9, decision=0.7), at("a", 11, 0.8), at("b", 11, 0.6)]
    assert spread(Question("housing", intent=Intent.DECISION), ranked) == ranked


def test_a_decision_that_no_register_holds_is_looked_for_in_the_talk() -> None:
    ranked = [at("a", 10, 0.9), at("a", 11, 0.8), at("b", 11, 0.6)]
    assert spread(Question("housing", intent=Intent.DECISION), ranked) != ranked


def test_the_weights_are_of_the_signs_there_are() -> None:
    assert set(fitted()) == {"talk", "register"}
    for weights in fitted().values():
        assert sum(getattr(weights, name) for name in NAMES) == pytest.approx(1.0, abs=0.02)


def test_passages_around_are_judged_too(corpus: Corpus) -> None:
    """A passage with no word of the question is found beside one that has them."""
    with corpus.session() as session:
        ids = list(lexical_leg(session, "gas pipes", Scope()))
        found = session.around(Scope(), ids, 4)
        assert set(ids) < set(found)
        records = {p.record_id for p in session.load(ids).values()}
        assert {p.record_id for p in session.load(found).values()} == records
