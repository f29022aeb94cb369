import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.numerals import CHINESE_NUMERALS, ENGLISH_ORDINAL, chinese_number, english_number

UNITS = [(1000, "千"), (100, "百"), (10, "十")]


def written_out(number: int) -> str:
    """The usual way to write a number below 10,000 in Chinese, digit by digit."""
    digits, out, gap = "零一二三四五六七八九", "", False
    for unit, name in UNITS:
        digit, number = divmod(number, unit)
        if digit:
            out += ("零" if gap else "") + digits[digit] + name
            gap = False
        elif out:
            gap = True
    if number:
        out += ("零" if gap else "") + digits[number]
    return out or "零"


@given(st.integers(0, 9999))
def test_every_number_below_ten_thousand_written_out_in_chinese_is_read(number):
    assert chinese_number(written_out(number)) == number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("十", 10),
        ("十二", 12),
        ("三十二", 32),
        ("第三十二", 32),
        ("廿三", 23),
        ("卅", 30),
        ("两千零二十三", 2023),
        ("二〇二三", 2023),
        ("二○○七", 2007),
        ("一万二千", 12000),
        ("壹佰", 100),
        ("32", 32),
        ("３２", 32),
    ],
)
def test_chinese_numerals_are_read(text, number):
    assert chinese_number(text) == number


@pytest.mark.parametrize("text", ["", "会", "三十十", "十百", "万", "三2", "thirty", "第", " "])
def test_what_is_no_chinese_numeral_reads_as_none(text):
    assert chinese_number(text) is None


@given(st.text(alphabet=CHINESE_NUMERALS + "第 1x", max_size=25))
def test_no_run_of_numerals_is_an_error(text):
    assert chinese_number(text) is None or chinese_number(text) >= 0


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("32nd", 32),
        ("1 st", 1),
        ("14", 14),
        ("thirty-second", 32),
        ("Thirty Second", 32),
        ("Ninth", 9),
        ("twelve", 12),
        ("twentieth", 20),
        ("hundredth", 100),
        ("one hundred and twenty-third", 123),
        ("ninety-nine", 99),
    ],
)
def test_english_numbers_are_read(text, number):
    assert english_number(text) == number


@pytest.mark.parametrize(
    "text", ["", "meeting", "thirty-twelfth", "second third", "twenty of", "ten hundred"]
)
def test_what_is_no_english_number_reads_as_none(text):
    assert english_number(text) is None


@pytest.mark.parametrize("text", ["32nd", "thirty-second", "Ninth", "one hundred and first", "twenty first"])
def test_the_pattern_of_ordinals_finds_what_is_read(text):
    found = re.search(ENGLISH_ORDINAL, f"the {text} meeting", re.IGNORECASE)
    assert found and english_number(found[0]) == english_number(text)
