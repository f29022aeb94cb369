"""The signs, by hand-worked numbers: neighbours by nearness, BM25, the last word on a topic."""

import math

import numpy as np
import pytest

from ingest.records import Decision, DecisionKind
from qa.passages import StoredPassage
from qa.signs import REACH, Candidate, _bm25, _dense, _entries, _last_word, _Neighbourhood


def passage(record_id: str, ordinal: int, item: str = "", text: str = "x") -> StoredPassage:
    start = ordinal * 100
    end = start + len(text)
    borders = f"[[{start}, {end}]]"
    return StoredPassage(
        start, end, ordinal, record_id, 1, ordinal, (item,), (), "en", borders, " " * start + text
    )


def test_neighbours_count_by_nearness_and_stop_at_the_record_and_the_item() -> None:
    passages = [passage("a", 0), passage("a", 1), passage("a", 2, "next item"), passage("b", 1)]
    near = math.exp(-1 / (2 * REACH**2))
    sums = _Neighbourhood(passages).sum(np.array([1.0, 10.0, 100.0, 1000.0]))
    assert sums == pytest.approx([1 + 10 * near, 10 + near, 100, 1000])


def test_a_gap_of_passages_that_were_not_found_keeps_its_distance() -> None:
    passages = [passage("a", 0), passage("a", 3)]
    far = math.exp(-9 / (2 * REACH**2))
    assert _Neighbourhood(passages).sum(np.array([1.0, 1.0])) == pytest.approx([1 + far, 1 + far])


def test_bm25_by_hand() -> None:
    counts, lengths, idf = np.array([[2.0], [0.0]]), np.array([30.0, 10.0]), np.array([1.5])
    norm = 1.2 * (1 - 0.75 + 0.75 * 30 / 20)
    assert _bm25(counts, lengths, idf) == pytest.approx([1.5 * 2 * 2.2 / (2 + norm), 0.0])


def test_likeness_is_that_to_the_topic_and_to_the_whole_question() -> None:
    found = [
        Candidate(passage("a", 0), 0.2, 0.6),
        Candidate(passage("a", 9), 0.8),
        Candidate(passage("a", 18)),
    ]
    found.append(Candidate(passage("b", 0), 0.5, 0.7))
    dense, meaning = _dense(found, _Neighbourhood([one.passage for one in found]))
    assert dense == pytest.approx([0.0, 1.0, 0.0, 0.5])
    assert meaning == pytest.approx(dense)  # nobody stands near another


def entry(start: int, end: int, item: str | None = None) -> Decision:
    return Decision(start, end, kind=DecisionKind.DECIDED, rule="en.test", item=item)


def test_the_last_word_is_the_last_entry_that_concerns_the_topic_as_much() -> None:
    texts = ["raise the fee to five", "raise the fee to four", "adjourn until Monday"]
    group = [(i, Candidate(passage("a", i, text=text))) for i, text in enumerate(texts)]
    wanted = [entry(i * 100, i * 100 + len(text)) for i, text in enumerate(texts)]
    last = _last_word(_entries(wanted, group, {"rais": 1.0, "fee": 2.0}, {}))
    assert last is not None and last.decision.start == 100


def test_an_entry_is_shared_by_the_passages_it_runs_over() -> None:
    group = [(0, Candidate(passage("a", 0, text="y" * 100))), (1, Candidate(passage("a", 1, text="z" * 100)))]
    (found,) = _entries([entry(75, 175)], group, {}, {})
    assert found.shares == pytest.approx({0: 0.25, 1: 0.75})
