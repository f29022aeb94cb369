"""Captions: every word, who says it and when."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.errors import NotText
from ingest.readers.captions import read
from ingest.records import Document

PATH = Path("meeting.vtt")


def voices(document: Document) -> list[tuple[str | None, float | None, str]]:
    return [(voice.speaker, voice.seconds, voice.of(document.text)) for voice in document.voices]


def test_voice_tags_name_speakers_and_cues_of_one_speaker_are_one_voice() -> None:
    source = """WEBVTT - council

NOTE not
read

STYLE
::cue { color: red }

1
00:00:01.000 --> 00:00:03.000 align:start
<v Li Jun>We should <i>approve</i> it.</v>

00:00:03.500 --> 00:00:04.500
<v Li Jun>Really &amp; truly.

cue-3
01:00:05.250 --> 01:00:06.000
<v.loud Ann Lee>I <00:00:05.300>disagree.</v> <v Bo>So do I: yes

00:10.000 --> 00:12.000
No tag here
"""
    document = read(source.encode(), PATH)
    assert document.text == (
        "Li Jun: We should approve it.\nReally & truly.\nAnn Lee: I disagree.\nBo: So do I: yes\nNo tag here"
    )
    assert voices(document) == [
        ("Li Jun", 1.0, "Li Jun: We should approve it.\nReally & truly."),
        ("Ann Lee", 3605.25, "Ann Lee: I disagree."),
        ("Bo", 3605.25, "Bo: So do I: yes"),
        (None, 10.0, "No tag here"),
    ]


def test_labels_in_the_words_name_speakers_until_the_next_label() -> None:
    source = """1
00:00:01,000 --> 00:00:03,000
CHAIR SMITH: Good morning.

2
00:00:03,000 --> 00:00:05,000
Let us begin: item one.

3
00:00:06,000 --> 00:00:07,000
李军：同意。
4
00:00:08,000 --> 00:00:09,000
Ms. O'Neil (Housing): {\\an8}I move
the motion.
"""
    assert voices(read(source.encode(), Path("a.srt"))) == [
        ("CHAIR SMITH", 1.0, "CHAIR SMITH: Good morning.\nLet us begin: item one."),
        ("李军", 6.0, "李军: 同意。"),
        ("Ms. O'Neil (Housing)", 8.0, "Ms. O'Neil (Housing): I move the motion."),
    ]


def test_a_colon_now_and_then_is_no_label() -> None:
    cues = "".join(f"00:0{n}.000 --> 00:0{n}.900\nwords {n}\n\n" for n in range(9))
    document = read(f"WEBVTT\n\n{cues}00:10.000 --> 00:11.000\nResult: carried\n".encode(), PATH)
    assert {voice.speaker for voice in document.voices} == {None}
    assert document.text.endswith("Result: carried")


@pytest.mark.parametrize(
    ("timing", "seconds"),
    [
        ("00:01.500 --> 00:02.000", 1.5),
        ("01:02:03,250 --> 01:02:04,000", 3723.25),
        ("100:00:00.000 --> 100:00:01.000", 360000),
    ],
)
def test_times_are_seconds_from_the_start(timing: str, seconds: float) -> None:
    assert read(f"WEBVTT\n\n{timing}\nwords".encode(), PATH).voices[0].seconds == seconds


def test_windows_line_ends_and_a_byte_order_mark_are_read() -> None:
    assert read(b"\xef\xbb\xbfWEBVTT\r\n\r\n00:01.000 --> 00:02.000\r\na\r\nb\r\n", PATH).text == "a b"


def test_a_transcript_without_times_is_named() -> None:
    with pytest.raises(NotText, match=r"no caption with a time in it .* rename it to end in .txt"):
        read(b"WEBVTT\n\nLi Jun: hello\n", PATH)


def test_a_label_without_end_is_read_soon() -> None:
    assert read(b"WEBVTT\n\n00:01.000 --> 00:02.000\n" + b"Aa " * 100_000, PATH).text.startswith("Aa")


WORDS = st.text(st.characters(categories=["Lu", "Ll", "Lo", "N"]), min_size=1, max_size=9).filter(
    lambda w: not w.isdecimal()
)
CUES = st.lists(
    st.tuples(st.sampled_from([None, "Li Jun", "Ann Lee"]), st.lists(WORDS, min_size=1, max_size=6)),
    min_size=1,
)


@settings(max_examples=40)
@given(CUES, st.booleans())
def test_every_word_comes_back_in_order(cues: list[tuple[str | None, list[str]]], srt: bool) -> None:
    source = "" if srt else "WEBVTT\n\n"
    for number, (speaker, words) in enumerate(cues):
        label = "" if speaker is None else f"<v {speaker}>"
        source += f"{number}\n00:{number:02}:00.000 --> 00:{number:02}:01.000\n{label}{' '.join(words)}\n\n"
    document = read(source.encode(), PATH)
    said = [
        (voice.speaker, voice.of(document.text).removeprefix(f"{voice.speaker}: ").split())
        for voice in document.voices
    ]
    assert [word for _, words in said for word in words] == [word for _, words in cues for word in words]
    assert [speaker for speaker, words in said for _ in words] == [
        speaker for speaker, words in cues for _ in words
    ]


def test_lines_that_roll_up_are_read_once() -> None:
    source = """WEBVTT

00:00:01.000 --> 00:00:03.000
the council will now

00:00:03.000 --> 00:00:05.000
the council will now
vote on the pier

00:00:05.000 --> 00:00:07.000
vote on the pier
and it is carried
"""
    document = read(source.encode(), PATH)
    assert document.text == "the council will now\nvote on the pier\nand it is carried"
    assert (
        read(b"WEBVTT\n\n00:01.000 --> 00:02.000\nYes.\n\n00:03.000 --> 00:04.000\nYes.\n", PATH).text
        == "Yes.\nYes."
    )


def captions(*cues: str) -> str:
    """The text of captions of these cues, three seconds each."""
    timed = (f"00:00:{3 * n:02}.000 --> 00:00:{3 * n + 3:02}.000\n{cue}\n" for n, cue in enumerate(cues))
    return read(("WEBVTT\n\n" + "\n".join(timed)).encode(), PATH).text


@pytest.mark.parametrize(
    ("cues", "text"),
    [
        (  # line by line, with a cue between that shows the line alone, as automatic captions do
            [
                " \nthe<c> ferry</c><c> now</c>",
                "the ferry now\n ",
                "the ferry now\nleaves<c> at</c><c> six</c>",
                "leaves at six\n ",
                "leaves at six\nevery day &amp; night",
            ],
            "the ferry now\nleaves at six\nevery day & night",
        ),
        (  # filling up
            ["we mend", "we mend the old", "we mend the old pier", "we mend the old pier in May"],
            "we mend\nthe old\npier\nin May",
        ),
        (  # moving on by a few words, across the ends of lines
            ["one two three\nfour", "three four five\nsix", "four five six seven", "five six seven eight"],
            "one two three four\nfive six\nseven\neight",
        ),
        (
            ["今天讨论水费", "今天讨论水费\n每吨涨价", "每吨涨价\n大家同意"],
            "今天讨论水费\n每吨涨价\n大家同意",
        ),
        (["no no no", "no no no", "no no no no", "no no no"], "no no no\nno no no\nno no no no\nno no no"),
        (
            ["item one is carried", "item two is carried", "next"],
            "item one is carried\nitem two is carried\nnext",
        ),
    ],
)
def test_what_rolling_captions_show_again_was_said_once(cues: list[str], text: str) -> None:
    assert captions(*cues) == text


def test_rolling_captions_keep_their_voices() -> None:
    source = "\n".join(
        f"00:0{n}.000 --> 00:0{n + 1}.000\n<v Bo>{words}\n"
        for n, words in enumerate(["we mend it", "we mend it in May", "it in May and June"])
    )
    document = read(f"WEBVTT\n\n{source}".encode(), PATH)
    assert document.text == "Bo: we mend it\nin May\nand June"


def test_a_line_of_white_space_does_not_end_a_cue() -> None:
    assert captions(" \nthe last words", "are said") == "the last words\nare said"


def test_a_change_of_speaker_begins_a_voice_of_nobody_known() -> None:
    document = read(b"WEBVTT\n\n00:01.000 --> 00:04.000\nit costs 9. >> Each? >> No.\n", PATH)
    assert document.text == "it costs 9.\n>> Each?\n>> No."
    assert voices(document) == [(None, 1.0, "it costs 9."), (None, 1.0, ">> Each?"), (None, 1.0, ">> No.")]


def test_names_with_character_references_are_read() -> None:
    document = read(b"WEBVTT\n\n00:01.000 --> 00:04.000\n<v Ren&eacute; O&#39;Dea>We agree.\n", PATH)
    assert [voice.speaker for voice in document.voices] == ["René O'Dea"]
