"""Encodings: the right one is found, also for a few characters, and what is lost is counted."""

import codecs
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.errors import NotText
from ingest.readers.encodings import decode

PATH = Path("minutes.txt")
SIMPLIFIED = "市政府第32次常务会议审议并通过了《城市燃气安全管理办法》。"
TRADITIONAL = "市議會第三十二次會議審議並通過了預算案，王議員投反對票。"
GERMAN = "Der Bürgermeister grüßt die Räte; die Änderung der Größe wird genehmigt."


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (SIMPLIFIED, "gb18030"),
        (SIMPLIFIED, "utf-16-le"),
        (SIMPLIFIED, "utf-16-be"),
        (TRADITIONAL, "gb18030"),
        (TRADITIONAL, "big5"),
        (TRADITIONAL, "utf-16-le"),
        (GERMAN, "latin-1"),
        (GERMAN, "utf-16-be"),
        ("会议", "gb18030"),
        ("同意", "gb18030"),
        ("会议纪要", "gb18030"),
        ("1. 李军：同意。", "gb18030"),
        ("Minutes of 第32次常务会议: Mr Li said OK", "gb18030"),
        ("會議", "big5"),
        ("同意", "big5"),
        ("張三：反對", "big5"),
        ("café", "latin-1"),
        ("Über", "latin-1"),
        ("Größe", "latin-1"),
        ("Ä", "latin-1"),
        ("Señor Muñoz está aquí", "latin-1"),
        ("Ça va, à bientôt", "latin-1"),
        ("The Mayor’s report – “approved” – cost €100", "cp1252"),
        ("Minutes of the meeting\nItem 1\n", "utf-16-le"),
        ("Hi", "utf-16-be"),
        ("Протокол заседания совета депутатов города, решение принято", "cp1251"),
        ("議事録を承認した。会議は終了した。", "shift_jis"),
    ],
)
def test_text_without_a_mark_is_read_in_its_encoding(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding), PATH)[0] == text


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32", "gb18030"])
@pytest.mark.parametrize("text", ["会议", "Minutes", "Ä"])
def test_a_byte_order_mark_decides_and_is_no_text(text: str, encoding: str) -> None:
    mark = "\ufeff".encode("gb18030") if encoding == "gb18030" else b""
    assert decode(mark + text.encode(encoding), PATH)[0] == text


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_utf_8_is_read_as_the_text_mode_of_python_reads_it(text: str) -> None:
    data = text.encode()
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF8)) or b"\0" in data:
        return
    expected = text.replace("\r\n", "\n").replace("\r", "\n")
    controls = sum(
        char in "".join(map(chr, [*range(1, 9), *range(14, 27), *range(28, 32), 127, 0xFFFD]))
        for char in text
    )
    if controls < 3:
        assert decode(data, PATH)[0] == expected


def test_offsets_are_those_of_read_text(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes("一\r\n二\rc\x0bd\x0ce\x85f\u2028g\n\n".encode())
    assert decode(file.read_bytes(), file)[0] == file.read_text("utf-8")


def test_utf_8_with_a_few_bad_bytes_stays_utf_8_and_they_are_counted() -> None:
    data = "会议审议\n并通过了预算。".encode() + b"\xff\xfe" + "，同意。".encode()
    text, notes = decode(data, PATH)
    assert text == "会议审议\n并通过了预算。\ufffd\ufffd，同意。"
    assert notes == ("2 bytes could not be decoded as UTF-8 and stand as U+FFFD, the first on line 2.",)


def test_a_byte_no_western_text_has_is_marked_in_ascii_text() -> None:
    assert decode(b"The motion was \xff approved.", PATH)[0] == "The motion was \ufffd approved."


def test_utf_8_cut_off_within_a_character_keeps_the_rest() -> None:
    assert decode("会议审议并通过了预算".encode()[:-1], PATH)[0] == "会议审议并通过了预\ufffd"


def test_gb18030_cut_off_within_a_character_keeps_the_rest() -> None:
    text, notes = decode(SIMPLIFIED.encode("gb18030")[:-1], PATH)
    assert text == SIMPLIFIED[:-1] + "\ufffd"
    assert notes[-1].startswith("1 place could not be decoded as GB18030")


def test_the_encoding_of_a_large_file_is_judged_over_all_of_it() -> None:
    text = "ASCII only, line after line of it.\n" * 20_000 + GERMAN + "\n" + "More ASCII lines.\n" * 20_000
    assert decode(text.encode("latin-1"), PATH)[0] == text
    assert decode((text + SIMPLIFIED * 10_000).encode("gb18030"), PATH)[0] == text + SIMPLIFIED * 10_000


def test_a_tail_of_nuls_is_left_out_and_noted() -> None:
    assert decode(b"Minutes" + b"\0" * 500, PATH) == ("Minutes", ("500 NUL bytes at its end were left out.",))


@pytest.mark.parametrize(
    "data", [bytes(range(256)), b"\x01\x02\x03\x04" * 50, b"\0\x01\x02" * 99, b"a\0\0\0b\0\x01\x02\0" * 9]
)
def test_binary_data_is_no_text(data: bytes) -> None:
    with pytest.raises(NotText, match="looks like binary data"):
        decode(data, PATH)


@given(st.binary(max_size=400))
def test_any_bytes_give_text_that_utf_8_can_hold_or_not_text(data: bytes) -> None:
    try:
        text, _ = decode(data, PATH)
    except NotText:
        return
    text.encode()
    assert "\r" not in text


@given(
    st.lists(
        st.sampled_from(
            "会议 审议通过 预算报告 市政府 纪要 领导同志 强调 指出 工作情况 要求 落实 单位 决定 垃圾 ， 。".split()
        ),
        min_size=4,
    ).map("".join)
)
def test_chinese_in_gb18030_is_never_taken_for_anything_else(text: str) -> None:
    assert decode(text.encode("gb18030"), PATH)[0] == text
