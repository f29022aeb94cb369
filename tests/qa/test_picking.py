"""Which sentences make an answer: the best within the words there are, each saying something new."""

from collections.abc import Sequence

import numpy as np
import pytest

from qa.picking import FILLED, choose, fitted_weights, words_of
from qa.sentence_signs import NAMES


def never(one: int, other: int) -> bool:
    return False


def chosen(scores: Sequence[float], sizes: Sequence[float], **changed: float) -> list[int]:
    limits = {"share": 0.5, "budget": 100, "most": 6} | changed
    return choose(
        scores, sizes, never, share=limits["share"], budget=int(limits["budget"]), most=int(limits["most"])
    )


@pytest.mark.parametrize(
    ("scores", "sizes", "expected"),
    [
        ([0.9, 0.8, 0.7], [30, 30, 30], [0, 1, 2]),
        ([0.9, 0.8, 0.7], [30, 60, 30], [0, 1]),  # full enough
        ([0.9, 0.8, 0.7], [60, 60, 30], [0, 2]),  # the second is too long for what is left
        ([0.9, 0.4, 0.3], [30, 30, 30], [0]),  # the others are far below the best
        ([0.9, 0.8], [300, 20], [0]),  # the best is taken whatever its size
        ([], [], []),
    ],
)
def test_an_answer_is_the_best_sentences_within_its_words(
    scores: Sequence[float], sizes: Sequence[float], expected: list[int]
) -> None:
    assert FILLED == 0.8
    assert chosen(scores, sizes) == expected


def test_what_a_better_sentence_says_is_not_said_again() -> None:
    found = choose(
        [0.9, 0.8, 0.7],
        [10, 10, 10],
        lambda one, other: {one, other} == {0, 1},
        share=0.5,
        budget=100,
        most=6,
    )
    assert found == [0, 2]


def test_no_more_sentences_than_asked() -> None:
    assert chosen([0.9] * 9, [1] * 9, most=4) == [0, 1, 2, 3]


def test_words_are_counted_in_both_languages() -> None:
    assert words_of("The fee is 3 yuan.") == 5
    assert words_of("会议同意该方案") == pytest.approx(7 * 0.6)


def test_every_sign_of_a_sentence_has_a_weight_and_no_other_thing_has_one() -> None:
    weights = fitted_weights()
    assert weights.shape == (len(NAMES),)
    assert np.abs(weights).sum() == pytest.approx(1, abs=0.02)
