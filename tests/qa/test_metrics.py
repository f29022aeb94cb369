"""Metrics, checked by numbers worked by hand."""

import pytest

from qa.metrics import (
    Asked,
    DocSpan,
    Result,
    citation_scores,
    cover,
    evaluate,
    extractive_oracle,
    hit,
    merged,
    reciprocal_rank,
    rouge_1,
    rouge_l,
    tokens,
)

GOLD = (DocSpan("a", 100, 200),)


@pytest.mark.parametrize(
    ("passage", "expected"),
    [
        (DocSpan("a", 100, 200), True),
        (DocSpan("a", 150, 400), True),  # half of the gold
        (DocSpan("a", 151, 400), False),  # a character less
        (DocSpan("a", 90, 110), True),  # half of itself
        (DocSpan("a", 89, 110), False),
        (DocSpan("a", 80, 109), False),
        (DocSpan("a", 200, 300), False),  # it only touches
        (DocSpan("b", 100, 200), False),
    ],
)
def test_a_passage_hits_with_half_of_itself_or_of_the_gold(passage: DocSpan, expected: bool) -> None:
    assert hit(passage, GOLD) is expected


def test_reciprocal_rank() -> None:
    assert reciprocal_rank([False, False, True, True]) == pytest.approx(1 / 3)
    assert reciprocal_rank([False]) == 0


def test_cover_counts_gold_read_within_the_budget() -> None:
    passages = [DocSpan("b", 0, 50), DocSpan("a", 100, 160), DocSpan("a", 150, 200)]
    assert cover(passages, GOLD, budget=1_000) == 1.0
    assert cover(passages, GOLD, budget=90) == pytest.approx(40 / 90)  # 50 of b, then 40 of a


def test_citation_scores() -> None:
    precision, recall = citation_scores([DocSpan("a", 150, 250), DocSpan("a", 180, 250)], GOLD)
    assert precision == pytest.approx(50 / 100)
    assert recall == pytest.approx(50 / 100)
    assert citation_scores([], GOLD) == (0.0, 0.0)


def test_merged_spans_neither_touch_nor_overlap() -> None:
    spans = [DocSpan("a", 5, 9), DocSpan("a", 0, 5), DocSpan("b", 1, 2), DocSpan("a", 7, 8)]
    assert merged(spans) == [DocSpan("a", 0, 9), DocSpan("b", 1, 2)]


def test_tokens_are_words_and_single_chinese_characters() -> None:
    assert tokens("The Budget: 3.5% 会议") == ["the", "budget", "3", "5", "会", "议"]


def test_rouge() -> None:
    said, reference = ["a", "b", "c", "d"], ["b", "d", "x", "a"]
    assert rouge_1(said, reference) == pytest.approx(3 / 4)  # a, b, d of 4 and 4
    assert rouge_l(said, reference) == pytest.approx(2 / 4)  # b, d
    assert rouge_1([], reference) == 0


def test_evaluate_takes_each_metric_over_the_questions_it_applies_to() -> None:
    asked = [
        Asked("1", "?", gold=GOLD, answer="the budget", must_contain=("1/4 percent",)),
        Asked("2", "?", gold=GOLD),
        Asked("3", "?", unanswerable=True),
    ]
    results = [
        Result("1", GOLD, "the budget, 1/4percent", GOLD, False, 0.1),
        Result("2", (DocSpan("b", 0, 1),), "", (), True, 0.3),
        Result("3", (), "", (), True, 0.2),
    ]
    scores = evaluate(asked, results)
    assert scores["hit@1"] == 0.5
    assert scores["abstain"] == 1.0
    assert scores["wrongly"] == 0.5
    assert scores["fact"] == 1.0
    assert scores["cite_p"] == 0.5
    assert scores["ms"] == pytest.approx(200)
    assert scores["n"] == 3


def test_an_unanswered_question_counts_as_a_miss() -> None:
    assert evaluate([Asked("1", "?", gold=GOLD)], [])["hit@1"] == 0.0


def test_the_extractive_oracle_takes_what_brings_it_nearest_and_keeps_to_its_budget() -> None:
    sentences = ["The pool closes on Mondays.", "It rained all day.", "The fee for the pool is 3 yuan."]
    reference = "the pool closes on mondays and its fee is 3 yuan"
    both = extractive_oracle(sentences, reference, 20)
    assert both == (sentences[0], sentences[2])
    assert extractive_oracle(sentences, reference, 8) == (
        sentences[2],
    )  # rouge-1 12/19 against 10/16 of the first
    assert extractive_oracle(sentences, reference, 4) == ()
    assert extractive_oracle(["It rained."], "nothing of that", 20) == ()
