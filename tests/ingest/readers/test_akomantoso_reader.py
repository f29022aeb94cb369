"""Akoma Ntoso: sections, speeches and notes of a sitting, and what the metadata states of it."""

from pathlib import Path

import pytest

from ingest.errors import NotText, ReadError, Unsupported
from ingest.minutes import understand
from ingest.readers import read as read_file
from ingest.readers import why_not_read
from ingest.readers.akomantoso import read
from ingest.records import Document

PATH = Path("sitting.xml")
META = """<meta><identification source="#s"><FRBRWork><FRBRalias name="title" value="Sitting on reeds"/>
<FRBRdate date="2031-02-05" name="sitting"/><FRBRauthor href="#board"/></FRBRWork></identification>
<references source="#s"><TLCOrganization eId="board" href="/o" showAs="Reed Board"/>
<TLCPerson eId="hol" href="/p/hol" showAs="Asta Holm"/><TLCPerson eId="val" href="/p/val" showAs="Bryn Vale"/>
</references></meta>"""


def sitting(body: str, *, meta: str = META) -> Document:
    source = (
        f'<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"><debate name="d">{meta}{body}'
    )
    return read(f"{source}</debate></akomaNtoso>".encode(), PATH)


DEBATE = """<preface><p>Reed Board</p><p>Sitting of <docDate date="2031-02-04">4 February 2031</docDate></p></preface>
<debateBody><debateSection name="item"><num>1.</num><heading>Cutting of reeds</heading>
  <speech by="#hol"><from>The Chair (A. Holm):</from><p>We cut   the reeds in
 May.</p><p>Any words?</p></speech>
  <speech by="#val"><from>B. Vale</from><p>It costs 2,400<sup>1</sup> crowns<authorialNote marker="2">
  <p>Net.</p></authorialNote>.</p></speech>
  <scene><p>(Murmurs.)</p></scene>
  <debateSection name="vote"><heading>Vote</heading><p>The motion was <del>lost</del> carried.</p>
  <table><tr><th><p>For</p></th><th>Against</th></tr><tr><td>5</td><td>2</td></tr></table></debateSection>
</debateSection></debateBody>"""


def test_a_sitting_is_read_with_headings_voices_and_notes() -> None:
    document = sitting(DEBATE)
    assert document.text.split("\n\n") == [
        "Reed Board",
        "Sitting of 4 February 2031",
        "1. Cutting of reeds",
        "The Chair (A. Holm): We cut the reeds in May.",
        "Any words?",
        "B. Vale: It costs 2,400[1] crowns[2].\n[2] Net.",
        "(Murmurs.)",
        "Vote",
        "The motion was carried.",
        "For\tAgainst",
        "5\t2",
    ]
    assert [(heading.level, heading.of(document.text)) for heading in document.headings] == [
        (1, "1. Cutting of reeds"),
        (2, "Vote"),
    ]
    assert [(voice.speaker, voice.of(document.text)) for voice in document.voices] == [
        ("Asta Holm", "The Chair (A. Holm): We cut the reeds in May.\n\nAny words?"),
        ("Bryn Vale", "B. Vale: It costs 2,400[1] crowns[2]."),
    ]
    assert document.notes == ("Deleted text was left out (1 place).",)


def test_what_the_metadata_states_is_understood() -> None:
    meeting = understand(sitting(DEBATE)).meeting
    assert (str(meeting.date), meeting.body) == ("2031-02-04", "Reed Board")


def test_the_day_of_the_work_stands_in_for_that_of_the_preface() -> None:
    assert ("date", "2031-02-05") in sitting("<debateBody><p>We met.</p></debateBody>").fields


def test_a_speech_of_somebody_the_references_do_not_show_is_from_whom_it_names() -> None:
    named = '<speech by="#x"><from>Cleo Marsh:</from><p>Aye.</p></speech>'
    document = sitting(f'<debateBody>{named}<speech by="#y"><p>No.</p></speech></debateBody>', meta="")
    assert document.text == "Cleo Marsh: Aye.\n\nNo."
    assert [voice.speaker for voice in document.voices] == ["Cleo Marsh"]


@pytest.mark.parametrize("words", ["CONFIDENTIAL", "Access: council"])
def test_marks_in_the_metadata_are_seen(words: str) -> None:
    meta = f'<meta><classification source="#s"><keyword showAs="{words}" value="x"/></classification></meta>'
    assert ("properties", words) in sitting("<p>We met.</p>", meta=meta).unread


@pytest.mark.parametrize(
    ("data", "error", "reason"),
    [
        (b"<rss><title>Minutes</title></rss>", NotText, "XML of another kind"),
        (b"<akomaNtoso><debate>", ReadError, "damaged XML"),
        (b'<!DOCTYPE x [<!ENTITY a "b">]><akomaNtoso>&a;</akomaNtoso>', ReadError, "DOCTYPE"),
    ],
)
def test_what_cannot_be_read_is_named(data: bytes, error: type[ReadError], reason: str) -> None:
    with pytest.raises(error, match=reason):
        read(data, PATH)


def test_xml_of_another_kind_in_a_folder_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "feed.xml").write_text("<rss/>")
    assert "only Akoma Ntoso" in (why_not_read(tmp_path / "feed.xml") or "")
    with pytest.raises(Unsupported):
        read_file(tmp_path / "feed.xml")
    for name in ("a.xml", "b.akn"):
        (tmp_path / name).write_text("<akomaNtoso><debate><p>We met.</p></debate></akomaNtoso>")
        assert why_not_read(tmp_path / name) is None
        assert read_file(tmp_path / name).text == "We met."


def test_elements_within_elements_without_end_are_read() -> None:
    deep = "<hcontainer>" * 230 + "<p>deep</p>" + "</hcontainer>" * 230
    assert sitting(deep).text == "deep"
