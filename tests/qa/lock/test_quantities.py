"""A quantity is the same however it is written, and another however alike it looks."""

import datetime

import pytest

from qa.lock.quantities import agree, quantities

HELD = datetime.date(2023, 8, 26)

SAME = [
    ("二〇二三年", "2023"),
    ("3亿元", "300,000,000元"),
    ("300 million yuan", "3亿元"),
    ("three-quarters of a percent", "3/4 percent"),
    ("three-quarters of a percent", "0.75 per cent"),
    ("75 basis points", "3/4 percentage point"),
    ("5-1/4 percent", "5.25 per cent"),
    ("twelve", "12"),
    ("十二", "12"),
    ("sixty-four", "64"),
    ("two hundred and fourteen", "214"),
    ("一万一千", "11,000"),
    ("三百三", "330"),
    ("两千六", "2,600"),
    ("1.74亿元", "174 million yuan"),
    ("4600万元", "4,600万元"),
    ("百分之十九", "19%"),
    ("a fifth", "1/5"),
    ("half", "a half"),
    ("seven out of ten", "7/10"),
    ("one and a half million", "1.5 million"),
    ("the 32nd", "第三十二"),
    ("Thirty-second", "第32"),
    ("25 August 2023", "2023-08-25"),
    ("25 August 2023", "2023年8月25日"),
    ("二〇二三年八月二十五日", "2023-08-25"),
    ("25 August 2023", "8月25日"),
    ("25 August", "2023年8月25日"),
    ("in August 2023", "on 25 August 2023"),
    ("6.30 p.m.", "18:30"),
    ("下午2:30", "2.30 p.m."),
    ("up to 600 yuan", "at most 600 yuan"),
    ("不超过2.68亿元", "not more than 268 million yuan"),
    ("$5bn", "5 billion dollars"),
    ("by 30 June 2024", "2024年6月30日前"),
    ("from 1 July 2025", "2025年7月1日起"),
    ("Resolution A-113", "a-113"),
]
OTHER = [
    ("300 million yuan", "3万元"),
    ("300 million yuan", "300 million dollars"),
    ("three-quarters of a percent", "3/4"),
    ("25 basis points", "25 per cent"),
    ("12", "第12"),
    ("up to 600 yuan", "600 yuan"),
    ("600 yuan", "up to 600 yuan"),
    ("at least 30", "at most 30"),
    ("25 August 2022", "8月25日"),
    ("25 August 2023", "26 August 2023"),
    ("25 August 2023", "August 2023"),
    ("by 30 June 2024", "from 30 June 2024"),
    ("on 30 June 2024", "by 30 June 2024"),
    ("until 30 June 2024", "by 30 June 2024"),
    ("6.30 a.m.", "6.30 p.m."),
    ("2024-15", "2024-16"),
    ("in 2023", "in August"),
    ("14 February 2023", "14 February"),
]


@pytest.mark.parametrize(("claimed", "recorded"), SAME)
def test_the_same_quantity_in_other_words_agrees(claimed: str, recorded: str) -> None:
    assert [agree(one, quantities(recorded)[0], HELD) for one in quantities(claimed)] == [True]


@pytest.mark.parametrize(("claimed", "recorded"), OTHER)
def test_another_quantity_does_not_agree(claimed: str, recorded: str) -> None:
    assert not agree(quantities(claimed)[0], quantities(recorded)[0], HELD)


def test_the_ends_of_a_change_are_told_apart() -> None:
    low, high = quantities("由41%升至78%")
    assert (low.role, high.role) == ("from", "to")
    assert not agree(quantities("升至41%")[0], low, HELD)
    assert agree(quantities("risen to 78 per cent")[0], high, HELD)


def test_a_currency_said_once_holds_for_the_sums_before_and_after_it() -> None:
    assert {q.unit for q in quantities("from 1.9 to 2.15 billion yuan")} == {"yuan"}
    assert {
        q.unit
        for q in quantities("86 million yuan to convert, the net loft 71 million, the hall 140 million")
    } == {"yuan"}


def test_words_with_numerals_in_them_are_no_quantities() -> None:
    assert quantities("会议一致认为要统一标准，进一步千方百计，十分重要，一律不得") == []
