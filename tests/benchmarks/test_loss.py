"""The loss by hand-worked numbers."""

import math

import pytest
import torch

from benchmarks.adapter.loss import _best_sentences, _merged, _ranking


def test_a_row_is_cross_entropy_of_its_own_answer() -> None:
    scores = torch.tensor([[2.0, 0.0, 1.0], [0.0, 3.0, 1.0]])
    everything = torch.ones(2, 3, dtype=torch.bool)
    first = math.log(math.exp(2) + 1 + math.e) - 2
    second = math.log(1 + math.exp(3) + math.e) - 3
    assert _ranking(scores, everything).item() == pytest.approx((first + second) / 2)


def test_what_may_answer_a_question_is_no_negative_of_it() -> None:
    scores = torch.tensor([[2.0, 9.0, 1.0], [0.0, 3.0, 1.0]])
    allowed = torch.tensor([[False, False, True], [True, False, False]])
    first = math.log(math.exp(2) + math.e) - 2
    second = math.log(1 + math.exp(3)) - 3
    assert _ranking(scores, allowed).item() == pytest.approx((first + second) / 2)


def test_the_best_sentence_is_the_one_whose_mean_token_is_nearest() -> None:
    tokens = torch.tensor([[[1.0, 0.0], [0.0, 1.0], [0.0, 3.0], [9.0, 9.0]]])
    sentences = torch.tensor([[0, 1, 1, -1]])  # the last token is in no sentence
    queries = torch.tensor([[0.6, 0.8], [-1.0, 0.0]])
    assert _best_sentences(queries, tokens, sentences).tolist() == [
        [pytest.approx(0.8)],
        [pytest.approx(0.0)],
    ]


def test_a_passage_without_sentences_scores_lowest() -> None:
    tokens = torch.ones(2, 2, 2)
    best = _best_sentences(torch.tensor([[1.0, 0.0]]), tokens, torch.tensor([[0, 0], [-1, -1]]))
    assert best[0, 1].item() == -1.0


def test_columns_are_padded_to_one_width() -> None:
    short = {
        "input_ids": torch.ones(1, 1, dtype=torch.long),
        "sentences": torch.zeros(1, 1, dtype=torch.long),
    }
    long = {"input_ids": torch.ones(1, 2, dtype=torch.long), "sentences": torch.zeros(1, 2, dtype=torch.long)}
    merged = _merged([short, long])
    assert merged["input_ids"].tolist() == [[1, 0], [1, 1]]
    assert merged["sentences"].tolist() == [[0, -1], [0, 0]]
