"""Text for searching: words whole."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.readers.hyphens import searchable


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("the deci-\nsion", "the decision"),
        ("the deci- \n  sion", "the decision"),
        ("the deci\u2010\nsion", "the decision"),
        ("of\xadfice, of\xad\nfice", "office, office"),
        (
            "o\ufb00ice \ufb01nance \ufb02oor e\ufb03cient a\ufb04ict",
            "office finance floor efficient afflict",
        ),
        ("a well-\nknown and a well-known matter", "a well-known and a well-known matter"),
        ("thirty-\nfive self-\nmade beds", "thirty-five self-made beds"),
        ("Anglo-\nSaxon", "Anglo-Saxon"),
        ("2023-\n24", "2023-\n24"),
        ("- item\n- item", "- item\n- item"),
        ("Bürger-\nmeister", "Bürgermeister"),
        (
            "要求各部门认真落实会议精神，切实抓好燃气安\n全工作",
            "要求各部门认真落实会议精神，切实抓好燃气安全工作",
        ),
        ("出席：张三\n列席：李四", "出席：张三\n列席：李四"),
        ("plain words\nin two lines", "plain words\nin two lines"),
    ],
)
def test_words_are_joined_and_nothing_else(text: str, found: str) -> None:
    assert searchable(text) == found


@given(st.lists(st.text("abcdefgh", min_size=2, max_size=9), min_size=1), st.data())
def test_words_split_anywhere_are_found_whole(words: list[str], data: st.DataObject) -> None:
    split = []
    for word in words:
        place = data.draw(st.integers(1, len(word) - 1))
        split.append(f"{word[:place]}-\n{word[place:]}")
    assert searchable(" ".join(split)) == " ".join(words)


@pytest.mark.parametrize(
    "text", ["a" * 300_000, "a-" * 150_000, "-\n" * 150_000, "中\n" * 150_000, "\xad " * 150_000]
)
def test_odd_text_is_done_soon(text: str) -> None:
    assert len(searchable(text)) <= len(text)
