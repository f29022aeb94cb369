"""Records in the other language: found by a glossary where the topic can be put into it whole, else told unsearched."""

import pytest

from qa import Minutebook
from qa.glossary import _pairs, rendered, terms_sharing


def held(word: str) -> int:
    """In how many passages a word stands, of an index that speaks of nights and budgets so."""
    return 9 if word in ("夜间", "预算") else 1


@pytest.mark.parametrize(
    ("topic", "there"),
    [
        ("gas safety", "燃气安全"),
        ("noise at night", "噪声夜间"),
        ("the budget for 2025", "预算2025"),
        ("drones", None),
        ("parking near Ferry Road", None),
        ("waste sorting by robots", None),
    ],
)
def test_an_english_topic_is_rendered_whole_or_not_at_all(topic: str, there: str | None) -> None:
    found = rendered(topic, "zh", held)
    assert (found and found.topic) == there


@pytest.mark.parametrize(
    ("topic", "there"),
    [
        ("夜间噪声", "night noise"),
        ("公交专用道", "bus lane"),
        ("2025年预算", "2025 budget"),
        ("无人机", None),
        ("灯浦燃气", None),
    ],
)
def test_a_chinese_topic_is_rendered_whole_or_not_at_all(topic: str, there: str | None) -> None:
    found = rendered(topic, "en", held)
    assert (found and found.topic) == there


def test_of_terms_that_mean_the_same_the_one_that_the_records_use_is_taken() -> None:
    found = rendered("博物馆选址", "en", lambda word: 3 if word in ("site", "museum") else 0)
    assert found is not None and found.topic == "museum site"


def test_every_line_of_the_glossary_is_a_pair_and_stands_once() -> None:
    pairs = _pairs()
    assert len(set(pairs)) == len(pairs) > 300
    assert all(
        english.isascii() and not chinese.isascii() and english and chinese for english, chinese in pairs
    )


def test_a_decision_may_call_the_matter_otherwise() -> None:
    assert terms_sharing("夜间噪声", "会议决定，夜间作业限制办法另行提出。", "zh") == ["夜间作业"]
    assert terms_sharing("night noise", "The rules on night work were approved.", "en") == ["night work"]


FOUND = [
    ("夜间噪声的问题最后怎么定的？", "Rules on Night Work at the West Quay"),
    ("谁反对了博物馆选址？", "Against: Sandbach"),
    ("博物馆什么时候开馆？", "18 April 2026"),
    ("有轨电车的投票结果如何？", "6 in favour, 5 against"),
    ("图书馆罚款取消了吗？", "Late fines are abolished"),
    ("对保交楼作出了什么决定？", "task force for the delivery of pre-sold homes is dissolved"),
    ("What was decided on meals for the elderly?", "老年助餐服务实施办法"),
    ("What was decided on lifts in old neighbourhoods?", "加装电梯"),
    ("What was decided on bus lanes?", "再设两条公交专用道"),
]


@pytest.mark.parametrize(("text", "words"), FOUND)
def test_what_only_the_other_language_records_is_found_and_said_to_be(
    book: Minutebook, text: str, words: str
) -> None:
    answer = book.ask(text)
    assert any(words in citation.quote for citation in answer.citations)
    assert any("术语表" in notice or "glossary" in notice for notice in answer.notices)
    languages = {citation.record.language for citation in answer.citations}
    assert answer.question.language == "en" or "en" in languages
    numbers = [citation.number for citation in answer.citations]
    assert numbers == list(range(1, len(numbers) + 1))
    assert {n for claim in answer.claims for n in claim.citations} == set(numbers)


def test_a_vote_found_so_is_told_in_the_language_of_the_question(book: Minutebook) -> None:
    assert (
        book.ask("谁反对了博物馆选址？").claims[0].text == "反对1票（Sandbach）；赞成9票；弃权1票（Pell）。"
    )


@pytest.mark.parametrize("text", ["What did the council decide about drones?", "对无人机有什么决定？"])
def test_what_no_record_says_stays_unanswered_and_what_was_not_searched_is_told(
    book: Minutebook, text: str
) -> None:
    answer = book.ask(text)
    assert answer.abstained and (
        "只能按问题中的原词查找" in answer.notices[-1] or "own words only" in answer.notices[-1]
    )


@pytest.mark.parametrize(
    "text", ["养老院的费用是多少？", "医院扩建怎么定的？", "What was decided on vaccines?"]
)
def test_words_that_only_stand_by_chance_in_the_other_language_answer_nothing(
    book: Minutebook, text: str
) -> None:
    answer = book.ask(text)
    assert answer.abstained and (
        "术语表" in answer.notices[-1] or "as a glossary has it" in answer.notices[-1]
    )


def test_a_list_is_of_both_languages(book: Minutebook) -> None:
    answer = book.ask("How many meetings dealt with gas safety?")
    assert answer.claims[0].text == "5 of 21 meetings discuss this."
    assert {citation.record.language for citation in answer.citations} == {"en", "zh"}


def test_earlier_decisions_in_the_other_language_are_named_and_not_told(book: Minutebook) -> None:
    answer = book.ask("公交专用道最后怎么定的？")
    assert {citation.record.language for citation in answer.citations} == {"zh"}
    assert "2024年9月10日" in answer.notices[-1] and "bus lane" in answer.notices[-1]


def test_a_decision_that_records_which_were_not_searched_may_have_overtaken_says_so(book: Minutebook) -> None:
    answer = book.ask("旧门街燃气管道改造有什么决定？")
    assert not answer.abstained and "只能按问题中的原词查找" in answer.notices[-1]
