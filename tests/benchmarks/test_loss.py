"""The loss by hand-worked numbers."""

import math

import pytest
import torch

from benchmarks.adapter.examples import Example, Piece, Track
from benchmarks.adapter.loss import best_sentences, masks, ranking, sentences_of, text_vectors
from benchmarks.adapter.mining import Judged, Sheet
from ingest.encoder import Snippet
from ingest.records import Span


def mask(*rows: str) -> torch.Tensor:
    """Rows of 1 and 0."""
    return torch.tensor([[sign == "1" for sign in row] for row in rows])


def test_each_answer_stands_alone_against_the_wrong_ones() -> None:
    scores = torch.tensor([[2.0, 3.0, 1.0, 0.0]])
    first = math.log(math.exp(2) + math.e + 1) - 2
    second = math.log(math.exp(3) + math.e + 1) - 3
    found = ranking(scores, mask("1100"), mask("0011"))
    assert found.item() == pytest.approx((first + second) / 2, rel=1e-5)


def test_a_doubtful_passage_counts_neither_way() -> None:
    scores = torch.tensor([[2.0, 9.0, 1.0]])
    expected = math.log(math.exp(2) + math.e) - 2
    assert ranking(scores, mask("100"), mask("001")).item() == pytest.approx(expected, rel=1e-5)


def test_questions_count_alike_however_many_answers_they_have() -> None:
    scores = torch.tensor([[1.0, 1.0, 1.0], [1.0, 1.0, 0.0]])
    found = ranking(scores, mask("110", "100"), mask("001", "001"))
    one, other = math.log(2), math.log(math.e + 1) - 1
    assert found.item() == pytest.approx((one + other) / 2, rel=1e-5)


@pytest.mark.parametrize(("answers", "wrong"), [("00", "11"), ("11", "00")])
def test_a_question_without_answer_or_wrong_passage_teaches_nothing(answers: str, wrong: str) -> None:
    scores = torch.tensor([[1.0, 2.0]], requires_grad=True)
    loss = ranking(scores, mask(answers), mask(wrong))
    loss.backward()
    assert loss.item() == 0.0
    assert scores.grad is not None
    assert not scores.grad.any()


def test_masks_say_what_answers_each_question_and_what_is_wrong() -> None:
    pieces = tuple(Piece(i, i + 1, Snippet(str(i)), ()) for i in range(3))
    asked = Example("a", "What of gas?", "gas", ("one",), {})
    judged = Judged(asked, frozenset({("one", 2)}), frozenset({("one", 0)}))
    sheet = Sheet(Track("t", {"one": pieces}, ()), (judged,), ("gas",), (("one", 0), ("one", 1), ("one", 2)))
    answers, wrong = masks(sheet)
    assert answers.tolist() == [[False, False, True]]
    assert wrong.tolist() == [[True, False, False]]


def test_a_token_belongs_to_the_sentence_it_begins_in() -> None:
    starts = [-1, 0, 3, 6, -1]  # special tokens at both ends
    assert sentences_of(starts, [Span(0, 5), Span(5, 9)]).tolist() == [-1, 0, 0, 1, -1]


def test_the_best_sentence_is_the_one_whose_mean_token_is_nearest() -> None:
    tokens = torch.tensor([[1.0, 0.0], [0.0, 1.0], [0.0, 3.0], [9.0, 9.0]])
    sentences = torch.tensor([0, 1, 1, -1])  # the last token is in no sentence
    queries = torch.tensor([[0.6, 0.8], [-1.0, 0.0]])
    assert best_sentences(queries, tokens, [sentences], [2]).tolist() == [
        [pytest.approx(0.8)],
        [pytest.approx(0.0)],
    ]


def test_each_passage_has_its_own_best_sentence() -> None:
    tokens = torch.tensor([[1.0, 0.0], [0.0, 1.0], [0.6, 0.8]])
    sentences = [torch.tensor([0, 1]), torch.tensor([0])]
    best = best_sentences(torch.tensor([[1.0, 0.0]]), tokens, sentences, [2, 1])
    assert best.tolist() == [[pytest.approx(1.0), pytest.approx(0.6)]]


def test_a_passage_without_sentences_scores_lowest() -> None:
    sentences = [torch.tensor([0, 0]), torch.tensor([-1, -1])]
    best = best_sentences(torch.tensor([[1.0, 0.0]]), torch.ones(4, 2), sentences, [1, 0])
    assert best[0, 1].item() == -1.0
    unread = best_sentences(torch.tensor([[1.0, 0.0]]), torch.ones(4, 2), sentences, [1, 1])
    assert unread[0, 1].item() == -1.0


def test_the_vector_of_a_text_is_the_mean_of_its_own_tokens() -> None:
    tokens = torch.tensor([[1.0, 0.0], [0.0, 1.0], [0.0, 2.0]])
    assert text_vectors(tokens, [2, 1]).tolist() == [pytest.approx([0.5**0.5, 0.5**0.5]), [0.0, 1.0]]
