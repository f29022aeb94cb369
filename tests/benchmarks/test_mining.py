"""What stands against what: nothing that may answer a question is ever shown as wrong."""

import random

import numpy as np
import pytest

from benchmarks.adapter.examples import Example, Piece, Track
from benchmarks.adapter.mining import QUESTIONS, Sheet, hits, judge, nearest, sheets, without
from ingest.encoder import Snippet
from ingest.records import Span


def piece(start: int, end: int) -> Piece:
    return Piece(start, end, Snippet(f"passage {start}", (Span(0, 7),)), (Span(start, end),))


@pytest.fixture
def track() -> Track:
    """Two records of five passages of 100 characters; the answer to `gas` lies at 90..210 of one."""
    pieces = tuple(piece(start, start + 100) for start in range(0, 500, 100))
    gas = Example("a", "What was said of gas?", "gas", ("one.txt",), {"one.txt": (Span(90, 210),)})
    tax = Example("b", "What was said of tax?", "tax", ("two.txt",), {"two.txt": (Span(400, 500),)})
    rent = Example("c", "What was said of rent?", "rent", ("two.txt",), {"two.txt": (Span(0, 200),)})
    return Track("t", {"one.txt": pieces, "two.txt": pieces}, (gas, tax, rent))


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
    assert judged.answers == {("one.txt", 1)}
    assert judged.wrong == {("one.txt", 3), ("one.txt", 4)}  # 0 and 2 share ten characters each


def draw(track: Track, passages: int = 5, full_text: float = 0.0, seed: int = 3) -> list[Sheet]:
    chance = random.Random(seed)
    judged = [judge(track, one) for one in track.examples]
    return sheets(track, judged, passages=passages, full_text=full_text, chance=chance)


def test_the_questions_of_one_meeting_stand_on_one_sheet(track: Track) -> None:
    asked = {frozenset(one.example.topic for one in sheet.judged) for sheet in draw(track)}
    assert asked == {frozenset({"gas"}), frozenset({"tax", "rent"})}


@pytest.mark.parametrize("passages", [3, 5, 40])
def test_a_sheet_shows_passages_of_its_meeting_once_and_no_more_than_asked(
    track: Track, passages: int
) -> None:
    for sheet in draw(track, passages):
        assert len(sheet.places) == min(passages, 5)
        assert list(sheet.places) == sorted(set(sheet.places))
        assert {path for path, _ in sheet.places} == set(sheet.judged[0].example.within)


def test_answers_come_before_what_is_drawn_by_chance(track: Track) -> None:
    for seed in range(10):
        for sheet in draw(track, passages=4, seed=seed):
            assert all(one.answers & set(sheet.places) for one in sheet.judged)
            assert any(one.wrong & set(sheet.places) for one in sheet.judged)


def test_the_same_seed_draws_the_same_sheets(track: Track) -> None:
    assert draw(track, 3) == draw(track, 3)
    assert any(draw(track, 3) != draw(track, 3, seed=seed) for seed in range(4, 9))


@pytest.mark.parametrize(("share", "queries"), [(0.0, {"gas", "tax", "rent"}), (1.0, None)])
def test_questions_are_asked_by_topic_or_in_full(
    track: Track, share: float, queries: set[str] | None
) -> None:
    asked = {query for sheet in draw(track, full_text=share) for query in sheet.queries}
    assert asked == (queries or {example.text for example in track.examples})


def test_a_question_that_everything_answers_teaches_nothing(track: Track) -> None:
    whole = Example("d", "What was said?", "said", ("one.txt",), {"one.txt": (Span(0, 500),)})
    chance = random.Random(1)
    assert sheets(track, [judge(track, whole)], passages=5, full_text=0.0, chance=chance) == []


@pytest.fixture
def body() -> Track:
    """Thirty records of two passages; a question asked of all of them for each, answered by its first passage."""
    paths = tuple(f"{number:02}.txt" for number in range(30))
    pieces = {path: (piece(0, 100), piece(100, 200)) for path in paths}
    asked = tuple(Example(path, f"What of {path}?", path, paths, {path: (Span(0, 100),)}) for path in paths)
    return Track("b", pieces, asked)


def test_questions_asked_of_all_records_are_each_shown_once_a_pass(body: Track) -> None:
    judged = [judge(body, one) for one in body.examples]
    drawn = sheets(body, judged, passages=12, full_text=0.0, chance=random.Random(3))
    assert sorted(query for sheet in drawn for query in sheet.queries) == sorted(body.pieces)
    assert max(len(sheet.judged) for sheet in drawn) == QUESTIONS


def test_half_of_what_is_shown_beside_answers_is_near_the_questions(body: Track) -> None:
    judged = [judge(body, one) for one in body.examples]
    near = {one.example.id: [("29.txt", 1), ("28.txt", 1)] for one in judged if one.example.id < "25"}
    drawn = sheets(body, judged[:10], passages=14, full_text=0.0, chance=random.Random(3), near=near)
    (sheet,) = drawn
    assert {("29.txt", 1), ("28.txt", 1)} < set(sheet.places)
    assert all((one.example.id, 0) in sheet.places for one in sheet.judged)


def test_the_nearest_wrong_passages_come_first() -> None:
    pieces = {"one.txt": tuple(piece(start, start + 100) for start in range(0, 300, 100))}
    asked = Example("a", "?", "?", ("one.txt",), {"one.txt": (Span(0, 100),)})
    vectors = {("one.txt", i): np.array(of) for i, of in enumerate([[1.0, 0.0], [0.0, 1.0], [0.6, 0.8]])}
    judged = judge(Track("t", pieces, (asked,)), asked)
    assert nearest([judged], vectors, {"a": np.array([1.0, 0.0])}) == {"a": (("one.txt", 2), ("one.txt", 1))}


def test_what_is_left_out_is_neither_asked_nor_shown(body: Track) -> None:
    gone = {"03.txt", "07.txt"}
    rest = without(body, gone)
    judged = [judge(rest, one) for one in rest.examples]
    drawn = sheets(rest, judged, passages=40, full_text=0.0, chance=random.Random(3))
    assert gone.isdisjoint(path for sheet in drawn for path, _ in sheet.places)
    assert gone.isdisjoint(query for sheet in drawn for query in sheet.queries)
    assert all(gone.isdisjoint(one.within) for one in rest.examples)
