"""The first line answers: what came of a matter, or the newest value; what gives no such fact only comes near."""

import pytest

from qa import Minutebook
from qa.answers import AnswerState, Intent, Question
from qa.asked_facts import fact_asked
from qa.phrases import comes_nearest
from qa.verdicts import verdict_asked

FACTS = [
    ("Who pays for the pier?", "The district pays for the pier.", True),
    ("Who pays for the pier?", "The Council funds the pier.", True),
    ("Who pays for the pier?", "Councillor Bell praised the pier.", False),
    ("When does the pier open?", "It opens on 3 May.", True),
    ("When does the pier open?", "It opens soon.", False),
    ("How much does the pier cost?", "The pier costs 2 million yuan.", True),
    ("How much does the pier cost?", "The pier has 12 benches.", False),
    ("How long is the pier?", "The pier is 240 metres.", True),
    ("How many benches has the pier?", "Another 12 new benches were ordered.", True),
    ("How many benches has the pier?", "The benches are green.", False),
    ("谁承担改造费用？", "企业承担60%。", True),
    ("谁承担改造费用？", "改造明年开始。", False),
    ("门票多少钱？", "门票每张30元。", True),
    ("门票多少钱？", "门票另行公布。", False),
]


@pytest.mark.parametrize(("text", "words", "expected"), FACTS)
def test_words_give_a_fact_by_their_form(text: str, words: str, expected: bool) -> None:
    intent = Intent.WHO if text.startswith("Who") else Intent.WHEN if text.startswith("When") else Intent.FACT
    fact = fact_asked(Question(text, intent=intent))
    assert fact is not None and fact.gives(words) is expected


@pytest.mark.parametrize(
    "text", ["Who pays for the book boat?", "Has the tide gate been finished?", "老年助餐补贴取消了吗？"]
)
def test_what_gives_no_fact_of_the_kind_asked_for_only_comes_near(book: Minutebook, text: str) -> None:
    answer = book.ask(text)
    assert answer.state is AnswerState.NEAREST and answer.citations
    assert [claim.text for claim in answer.claims if claim.own] == [comes_nearest(answer.question.language)]


@pytest.mark.parametrize(
    "text",
    [
        "Who pays for shore power?",
        "When is the water supply interrupted?",
        "旧门街燃气管改造延期到什么时候？",
    ],
)
def test_what_a_record_states_has_no_such_line(book: Minutebook, text: str) -> None:
    assert not any(
        "state" in claim.text or "没有写明" in claim.text for claim in book.ask(text).claims if claim.own
    )


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("燃气管网改造延期了吗", "期限延至2025年3月31日"),
        ("Was the opening of the museum delayed?", "from 20 December 2025 to 18 April 2026"),
        ("Was the book boat approved?", "is rejected"),
        ("Is the second trunk main finished?", "5.1 of 29.2 kilometres"),
        ("老旧小区改造完成了吗？", "第一批31个小区已完工27个"),
    ],
)
def test_a_question_for_yes_or_no_starts_with_what_is_recorded_of_the_outcome(
    book: Minutebook, text: str, first: str
) -> None:
    answer = book.ask(text)
    newest = answer.groups[0]
    assert newest.meeting is not None and any(first in claim.text for claim in newest.claims)


@pytest.mark.parametrize(
    ("text", "now", "before"),
    [
        ("How long is the second trunk main?", "29.2 kilometres", "27.4 kilometres"),
        ("加装电梯每台补助多少钱？", "调整为18万元", "每台补助20万元"),
    ],
)
def test_the_newest_value_comes_before_what_it_was(
    book: Minutebook, text: str, now: str, before: str
) -> None:
    said = [claim.text for claim in book.ask(text).claims]
    assert now in said[0] and ("Before that:" in said or "此前的记载：" in said)
    assert any(before in words for words in said[1:])


def test_the_matter_is_what_is_left_without_the_outcome() -> None:
    for text, topic, matter in (
        ("Has the roof been finished yet?", "roof been finished yet", "roof"),
        ("农贸市场改造完成了没有？", "农贸市场改造完成了", "农贸市场改造"),
    ):
        verdict = verdict_asked(Question(text, topic=topic))
        assert verdict is not None and verdict.about.topic == matter
    assert (
        verdict_asked(Question("When was the roof finished?", topic="roof finished", intent=Intent.WHEN))
        is None
    )


def test_a_citation_is_a_whole_sentence(book: Minutebook) -> None:
    answer = book.ask("What did Councillor Sandbach say about berths five to seven?")
    assert answer.citations[0].quote.startswith("Councillor Sandbach: ") or answer.citations[
        0
    ].before.endswith(". ")
    assert answer.citations[0].quote.endswith(".")
