"""What stands against what: nothing that may answer a question is ever shown as wrong."""

import numpy as np
import pytest

from benchmarks.adapter.examples import Example, Piece, Track
from benchmarks.adapter.mining import Judged, hardest, hits, judge, rows
from ingest.encoder import Snippet
from ingest.records import Span


def piece(start: int, end: int) -> Piece:
    return Piece(start, end, Snippet(f"passage {start}", (Span(0, 7),)), (Span(start, end),))


@pytest.fixture
def track() -> Track:
    """Two records of five passages of 100 characters; the answer to `a` lies at 90..210 of one."""
    pieces = tuple(piece(start, start + 100) for start in range(0, 500, 100))
    example = Example("a", "What was said of gas?", "gas", ("one.txt",), {"one.txt": (Span(90, 210),)})
    other = Example("b", "What was said of tax?", "tax", ("two.txt",), {"two.txt": (Span(400, 500),)})
    return Track("t", {"one.txt": pieces, "two.txt": pieces}, (example, other))


@pytest.mark.parametrize(
    ("span", "expected"),
    [
        (Span(0, 100), True),  # half of the gold lies in it
        (Span(40, 400), True),  # all of the gold lies in it
        (Span(0, 70), False),  # shares 20 of 70, and of 60
        (Span(110, 140), False),  # begins where the gold ends
    ],
)
def test_a_passage_answers_when_it_shares_half_of_itself_or_of_the_gold(span: Span, expected: bool) -> None:
    assert hits(span, [Span(50, 110)]) is expected


def test_a_passage_that_shares_a_little_with_gold_is_neither_answer_nor_wrong(track: Track) -> None:
    judged = judge(track, track.examples[0])
    assert judged.answers == (("one.txt", 1),)
    assert judged.wrong == (("one.txt", 3), ("one.txt", 4))  # 0 and 2 share ten characters each


def test_the_hardest_are_the_wrong_ones_that_the_encoder_likes_best(track: Track) -> None:
    judged = judge(track, track.examples[0])
    vectors = {"one.txt": np.array([[1, 0], [1, 0], [1, 0], [0.6, 0.8], [0.8, 0.6]])}
    assert hardest(judged, np.array([1.0, 0.0]), vectors, 5) == (("one.txt", 4), ("one.txt", 3))
    assert hardest(judged, np.array([1.0, 0.0]), vectors, 1) == (("one.txt", 4),)


def judged(track: Track) -> list[Judged]:
    return [judge(track, example) for example in track.examples]


def draw(track: Track, seed: int = 3, full_text: float = 0.0) -> list:
    pools = {one.example.id: one.wrong for one in judged(track)}
    return rows(judged(track), pools, repeats=4, negatives=2, full_text=full_text, meetings=1, seed=seed)


def test_rows_show_an_answer_and_wrong_passages_of_the_question_itself(track: Track) -> None:
    drawn = draw(track)
    assert len(drawn) == 8
    for row in drawn:
        assert row.answer in row.judged.answers
        assert len(set(row.negatives)) == 2
        assert set(row.negatives) <= set(row.judged.wrong)


def test_the_same_seed_draws_the_same_rows(track: Track) -> None:
    assert draw(track) == draw(track)
    assert draw(track) != draw(track, seed=4)


@pytest.mark.parametrize(
    ("share", "queries"), [(0.0, {"gas", "tax"}), (1.0, {"What was said of gas?", "What was said of tax?"})]
)
def test_questions_are_asked_by_topic_or_in_full(track: Track, share: float, queries: set[str]) -> None:
    assert {row.query for row in draw(track, full_text=share)} == queries


def test_a_question_without_enough_wrong_passages_is_left_out(track: Track) -> None:
    pools = {"a": judged(track)[0].wrong[:1], "b": judged(track)[1].wrong}
    drawn = rows(judged(track), pools, repeats=1, negatives=2, full_text=0.0, meetings=1, seed=1)
    assert [row.judged.example.id for row in drawn] == ["b"]
