"""Search words: stemmed English, cut Chinese, and the language a text is in."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.words import bigrams, language_of, stem, topic_words, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Decisions, decided; deciding", ["decis", "decid", "decid"]),
        ("Zürich", ["zurich"]),
        ("the council's plan", ["the", "council", "plan"]),
        ("It 's the group 's design", ["it", "the", "group", "design"]),
        ("５０万元", ["50", "万元"]),
        ('" OR NEAR(', ["or", "near"]),
        ("flatMap 3-1/4", ["flatmap", "3", "1", "4"]),
        ("", []),
    ],
)
def test_words(text: str, expected: list[str]) -> None:
    assert words(text) == expected


def test_chinese_is_cut_into_words() -> None:
    assert {"垃圾", "分类"} <= set(words("会议对垃圾分类作出了部署"))


def test_topic_words_leave_out_what_every_text_holds() -> None:
    assert topic_words("What about the gas safety of the city?") == ["gas", "safeti", "citi"]
    assert topic_words("关于燃气安全的部署") == ["燃气", "安全", "部署"]


def test_topic_words_of_nothing_but_stop_words_are_kept() -> None:
    assert topic_words("who was it") == ["who", "was", "it"]


def test_bigrams_do_not_cross_what_is_not_chinese() -> None:
    assert bigrams("安全，部署A区") == ["安全", "部署", "区"]


@given(st.text())
def test_words_are_letters_and_digits_only(text: str) -> None:
    assert all(word.isalnum() or not word.isascii() for word in words(text))
    assert not any(char in word for word in words(text) for char in "\"'*():^-+ \n")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The council met and approved the budget.", "en"),
        ("会议研究了燃气安全工作。", "zh"),
        ("会议讨论了 TypeScript 与 React 的使用", "zh"),
        (
            "Der Gemeinderat hat in seiner Sitzung am Dienstag beschlossen, die neue Brücke über den Fluss zu bauen "
            "und die Kosten dafür aus dem Haushalt des nächsten Jahres zu nehmen, wie der Bürgermeister sagte.",
            "other",
        ),
        ("Городской совет утвердил бюджет.", "other"),
        ("2023-08-25", "en"),
        ("", "en"),
    ],
)
def test_language(text: str, language: str) -> None:
    assert language_of(text) == language


def test_threads_that_stem_at_once_do_not_spoil_each_others_words() -> None:
    endings = ("ations", "ness", "ingly", "ities", "fulness", "ed", "ously", "izers")
    said = [
        f"{begin}{middle}{end}"
        for begin in "bcdfglmnprst"
        for middle in ("arb", "ilt", "und")
        for end in endings
    ]
    alone = [stem.__wrapped__(word) for word in said]
    with ThreadPoolExecutor(8) as threads:
        rounds = list(threads.map(lambda _: [stem.__wrapped__(word) for word in said], range(64)))
    assert all(one == alone for one in rounds)
