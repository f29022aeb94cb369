"""Word files: the accepted text, all of it, in order; what stays out is noted."""

import io
from pathlib import Path

import docx as python_docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from making_files import paragraph, word_file, word_run, zip_file

from ingest.errors import NotText, ReadError
from ingest.readers.docx import read
from ingest.records import Document

PATH = Path("minutes.docx")
HEADINGS = """
<w:style w:styleId="T"><w:name w:val="Title"/></w:style>
<w:style w:styleId="1"><w:name w:val="heading 1"/></w:style>
<w:style w:styleId="mine"><w:name w:val="Agenda item"/><w:basedOn w:val="2"/></w:style>
<w:style w:styleId="2"><w:name w:val="heading 2"/></w:style>
<w:style w:styleId="out"><w:name w:val="x"/><w:pPr><w:outlineLvl w:val="2"/></w:pPr></w:style>
<w:style w:styleId="ghost"><w:name w:val="y"/><w:rPr><w:vanish/></w:rPr></w:style>
<w:style w:styleId="loop"><w:name w:val="z"/><w:basedOn w:val="loop"/></w:style>
<w:style w:styleId="toc"><w:name w:val="toc 1"/></w:style>
"""
NUMBERING = """
<w:abstractNum w:abstractNumId="7">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%1.%2)"/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="8">
<w:lvl w:ilvl="0"><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>
</w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="8"/></w:num>
"""


def text_of(body: str, **parts: str) -> str:
    return read(word_file(body, **parts), PATH).text


def listed(text: str, level: int = 0, number: int = 1) -> str:
    numbering = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    return paragraph(text, properties=numbering)


def table(*rows: list[str]) -> str:
    """A table; a cell is text or the XML of its paragraphs."""
    cells = (
        "".join(f"<w:tc>{cell if cell.startswith('<') else paragraph(cell)}</w:tc>" for cell in row)
        for row in rows
    )
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in cells) + "</w:tbl>"


def test_the_golden_minutes_with_every_trap() -> None:
    body = (
        paragraph("Minutes of the Council", style="T")
        + paragraph("Gas safety", style="1")
        + paragraph(
            "The motion was ",
            f'<w:ins w:author="A">{word_run("approved")}</w:ins>',
            f'<w:del w:author="A">{word_run("refused", tag="delText")}</w:del>',
            word_run(" secretly", "<w:vanish/>"),
            " by the of\ufb01ce",
            '<w:r><w:footnoteReference w:id="2"/></w:r>',
            ".",
            '<w:r><w:commentReference w:id="0"/></w:r>',
        )
        + table(["Name", "Vote"], ["Li Jun", "for"], ["Ann Lee", ""])
        + listed("First action")
        + listed("Detail", 1)
        + listed("Second action")
        + paragraph("The end", '<w:r><w:endnoteReference w:id="5"/></w:r>', ".")
    )
    document = read(
        word_file(
            body,
            styles=HEADINGS,
            numbering=NUMBERING,
            footnotes='<w:footnote w:type="separator" w:id="0"><w:p/></w:footnote><w:footnote w:id="2">'
            + paragraph("<w:r><w:footnoteRef/></w:r>", " See report 7.")
            + "</w:footnote>",
            endnotes='<w:endnote w:id="5">'
            + paragraph("<w:r><w:endnoteRef/></w:r>", " Closing note.")
            + "</w:endnote>",
            comments=f'<w:comment w:id="0">{paragraph("Is this right?")}</w:comment>',
            header1=paragraph("Draft"),
        ),
        PATH,
    )
    assert document.text == (
        "Minutes of the Council\n\n"
        "Gas safety\n\n"
        "The motion was approved by the of\ufb01ce[1].\n"
        "[1] See report 7.\n\n"
        "Name\tVote\nLi Jun\tfor\nAnn Lee\n\n"
        "1. First action\n1.a) Detail\n2. Second action\n\n"
        "The end[i].\n\n"
        "[i] Closing note."
    )
    assert [(heading.level, heading.of(document.text)) for heading in document.headings] == [
        (1, "Minutes of the Council"),
        (1, "Gas safety"),
    ]
    assert document.notes == (
        "It has tracked changes: 1 insertion read as accepted, 1 deletion left out.",
        "Hidden text was left out (1 place).",
        "1 comment left out.",
    )
    assert ("header", "Draft") in document.fields


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (paragraph(f"<w:hyperlink>{word_run('a link')}</w:hyperlink>"), "a link"),
        (paragraph(f"<w:sdt><w:sdtContent>{word_run('a control')}</w:sdtContent></w:sdt>"), "a control"),
        (f"<w:sdt><w:sdtPr/><w:sdtContent>{paragraph('a block')}</w:sdtContent></w:sdt>", "a block"),
        (paragraph(f"<w:smartTag>{word_run('a tag')}</w:smartTag>"), "a tag"),
        (paragraph(f"<w:fldSimple>{word_run('a field')}</w:fldSimple>"), "a field"),
        (paragraph("<w:r><w:instrText>PAGE</w:instrText></w:r>", "3"), "3"),
        (paragraph("a", "<w:r><w:tab/></w:r>", "b", "<w:r><w:br/></w:r>", "c"), "a\tb\nc"),
        (paragraph("well", "<w:r><w:noBreakHyphen/></w:r>", "known"), "well\u2011known"),
        (paragraph('<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>', " for"), "☑ for"),
        (paragraph(f"<w:moveTo>{word_run('here')}</w:moveTo>"), "here"),
        (paragraph("stays", f"<w:moveFrom>{word_run('there')}</w:moveFrom>"), "stays"),
        (paragraph("shown", word_run(" too", '<w:vanish w:val="0"/>'), style="ghost"), "too"),
        (paragraph("one", properties="<w:rPr><w:del/></w:rPr>") + paragraph(" line"), "one line"),
        (
            paragraph("a", f"<w:r><w:txbxContent>{paragraph('in the box')}</w:txbxContent></w:r>", "b"),
            "ab\n\nin the box",
        ),
        (
            paragraph(
                '<w:r><mc:AlternateContent xmlns:mc="x"><mc:Choice><w:t>once</w:t></mc:Choice>'
                "<mc:Fallback><w:t>twice</w:t></mc:Fallback></mc:AlternateContent></w:r>"
            ),
            "once",
        ),
        (table(["a", paragraph("b") + paragraph("c")]), "a\nb\nc"),
        (table(["a", table(["b", "c"]) + paragraph("")]), "a\tb\tc"),
        (listed("市政府") + listed("预算", number=1), "1. 市政府\n2. 预算"),
        (listed("审议", number=2) + listed("决定", number=2), "一、 审议\n二、 决定"),
        (paragraph("x", style="loop"), "x"),
        (paragraph("Opening 1", style="toc") + paragraph("Opening"), "Opening 1\n\nOpening"),
    ],
)
def test_everything_visible_is_read(body: str, text: str) -> None:
    assert text_of(body, styles=HEADINGS, numbering=NUMBERING) == text


HEADER = '<w:headerReference w:type="{}" r:id="{}"/>'
PAGE = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> PAGE </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
)


def under(header: str, body: str = "", *, more: str = "") -> str:
    """The text of a file whose first section has this header."""
    section = f"<w:sectPr>{HEADER.format('default', 'r0')}{more}</w:sectPr>"
    return text_of(paragraph("We sow rye.") + body + section, header1=header)


@pytest.mark.parametrize(
    ("header", "text"),
    [
        (paragraph("Sluice Board") + paragraph("3 May 2027"), "Sluice Board\n3 May 2027\n\nWe sow rye."),
        (paragraph("Draft"), "We sow rye."),
        (paragraph("We  sow rye."), "We sow rye."),
        (paragraph("2027-05-03"), "2027-05-03\n\nWe sow rye."),
        (paragraph("青河镇水务局例会"), "青河镇水务局例会\n\nWe sow rye."),
        (paragraph("Page ", PAGE, " of 9"), "We sow rye."),
        (paragraph("Sluice Board, 3 May 2027, p. ", PAGE), "Sluice Board, 3 May 2027, p.\n\nWe sow rye."),
        (paragraph('<w:fldSimple w:instr="PAGE"><w:r><w:t>1</w:t></w:r></w:fldSimple>'), "We sow rye."),
    ],
)
def test_what_the_header_alone_says_stands_at_the_top(header: str, text: str) -> None:
    assert under(header) == text


def test_the_header_of_the_first_page_and_section_is_read() -> None:
    sections = (
        f"<w:p><w:pPr><w:sectPr>{HEADER.format('default', 'r0')}{HEADER.format('first', 'r1')}<w:titlePg/></w:sectPr>"
        f"</w:pPr></w:p><w:sectPr>{HEADER.format('default', 'r2')}</w:sectPr>"
    )
    headers = {f"header{n}": paragraph(f"Head number {n}") for n in range(1, 4)}
    assert text_of(paragraph("We sow rye.") + sections, **headers).startswith("Head number 2\n\nWe sow rye.")


ANEW = (
    NUMBERING
    + """
<w:num w:numId="3"><w:abstractNumId w:val="7"/>
<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>
<w:num w:numId="4"><w:abstractNumId w:val="7"/></w:num>
<w:num w:numId="5"><w:abstractNumId w:val="7"/>
<w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride></w:num>
"""
)


@pytest.mark.parametrize(
    ("numbers", "labels"),
    [([1, 1, 3, 3], "1. 2. 1. 2."), ([1, 4], "1. 2."), ([1, 5, 5], "1. 7. 8."), ([1, 3, 1], "1. 1. 2.")],
)
def test_a_list_begins_anew_where_its_numbering_says_so(numbers: list[int], labels: str) -> None:
    body = "".join(listed("x", number=number) for number in numbers)
    assert text_of(body, numbering=ANEW).replace(" x", "").split() == labels.split()


def test_a_level_that_never_begins_anew_counts_on() -> None:
    level = '<w:lvl w:ilvl="1"><w:lvlRestart w:val="0"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%2)"/></w:lvl>'
    top = '<w:lvl w:ilvl="0"><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1."/></w:lvl>'
    numbering = (
        f'<w:abstractNum w:abstractNumId="1">{top}{level}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
    )
    body = listed("a") + listed("b", 1) + listed("c") + listed("d", 1)
    assert text_of(body, numbering=numbering) == "I. a\n1) b\nII. c\n2) d"


def test_a_list_whose_levels_are_those_of_a_style_is_numbered() -> None:
    numbering = (
        '<w:abstractNum w:abstractNumId="1"><w:numStyleLink w:val="S"/></w:abstractNum>'
        '<w:abstractNum w:abstractNumId="2"><w:styleLink w:val="S"/>'
        '<w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/><w:lvlText w:val="%1)"/></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
    )
    assert text_of(listed("a") + listed("b"), numbering=numbering) == "1) a\n2) b"


def test_cells_stand_in_their_columns_beside_merged_ones() -> None:
    def cell(text: str, properties: str = "") -> str:
        return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(text)}</w:tc>"

    rows = [
        cell("Item") + cell("Vote", '<w:gridSpan w:val="2"/>') + cell("Result"),
        cell("Rye", '<w:vMerge w:val="restart"/>') + cell("3") + cell("1") + cell("carried"),
        cell("", "<w:vMerge/>") + cell("0") + cell("4") + cell("lost"),
        '<w:trPr><w:gridBefore w:val="2"/></w:trPr>' + cell("5") + cell("lost"),
    ]
    text = text_of("<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>")
    assert text == "Item\tVote\t\tResult\nRye\t3\t1\tcarried\n\t0\t4\tlost\n\t\t5\tlost"


LOOKS = """
<w:style w:styleId="void"><w:name w:val="Void"/><w:rPr><w:strike/></w:rPr></w:style>
<w:style w:styleId="mark"><w:name w:val="Mark"/><w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>
"""


@pytest.mark.parametrize(
    "struck",
    [
        word_run("We pay 40.", "<w:strike/>"),
        word_run("We pay 40.", "<w:dstrike/>"),
        word_run("We pay 40.", '<w:rStyle w:val="void"/>'),
    ],
)
def test_struck_through_text_is_left_out_and_noted(struck: str) -> None:
    document = read(word_file(paragraph(struck, "We pay 45."), styles=LOOKS), PATH)
    assert document.text == "We pay 45."
    assert document.notes == ("Struck-through text was left out (1 place).",)
    assert ("hidden text", "We pay 40.") in document.unread


def test_a_style_that_strikes_is_lifted_by_the_run_itself() -> None:
    run = word_run("We pay 45.", '<w:rStyle w:val="void"/><w:strike w:val="0"/>')
    assert text_of(paragraph(run), styles=LOOKS) == "We pay 45."


@pytest.mark.parametrize(
    ("runs", "text"),
    [
        (["2,400", word_run("1", '<w:vertAlign w:val="superscript"/>'), " crowns"], "2,400[1] crowns"),
        (["2,400", word_run("7", '<w:rStyle w:val="mark"/>')], "2,400[7]"),
        (["2,400", word_run("7", '<w:position w:val="8"/>')], "2,400[7]"),
        (
            [
                "2,400",
                word_run("1", '<w:vertAlign w:val="superscript"/>'),
                word_run("2", '<w:vertAlign w:val="superscript"/>'),
            ],
            "2,400[12]",
        ),
        (["the 3", word_run("rd", '<w:vertAlign w:val="superscript"/>'), " item"], "the 3rd item"),
        (["60 m", word_run("2", '<w:vertAlign w:val="superscript"/>')], "60 m²"),
    ],
)
def test_a_raised_figure_never_becomes_the_end_of_a_number(runs: list[str], text: str) -> None:
    assert text_of(paragraph(*runs), styles=LOOKS) == text


@pytest.mark.parametrize(
    ("style", "level"),
    [("T", 1), ("1", 1), ("2", 2), ("mine", 2), ("out", 3), ("loop", None), ("none", None)],
)
def test_the_level_of_a_heading_comes_from_its_style(style: str, level: int | None) -> None:
    document = read(word_file(paragraph("x", style=style), styles=HEADINGS), PATH)
    assert [heading.level for heading in document.headings] == ([level] if level else [])


def test_a_table_of_contents_is_kept_but_not_indexed() -> None:
    document = read(
        word_file(paragraph("Opening 1", style="toc") + paragraph("Opening"), styles=HEADINGS), PATH
    )
    assert [span.of(document.text) for span in document.omitted] == ["Opening 1"]


def test_a_deleted_table_row_is_left_out_and_counted() -> None:
    row = f"<w:tr><w:trPr><w:del/></w:trPr><w:tc>{paragraph('gone')}</w:tc></w:tr>"
    document = read(word_file(f"<w:tbl>{row}<w:tr><w:tc>{paragraph('stays')}</w:tc></w:tr></w:tbl>"), PATH)
    assert document.text == "stays"
    assert document.notes == ("It has tracked changes: 0 insertions read as accepted, 1 deletion left out.",)


def test_footnotes_of_a_table_follow_the_table() -> None:
    reference = '<w:r><w:footnoteReference w:id="1"/></w:r>'
    note = f'<w:footnote w:id="1">{paragraph("the note")}</w:footnote>'
    body = table([paragraph("a", reference), "b"], ["c", "d"]) + paragraph("after")
    assert text_of(body, footnotes=note) == "a[1]\tb\nc\td\nthe note\n\nafter"


def with_document(xml: str) -> bytes:
    return zip_file({"word/document.xml": xml})


@pytest.mark.parametrize(
    ("data", "error", "sentence"),
    [
        (
            b"PK\x03\x04 and then nothing",
            ReadError,
            "it is damaged; open it in a word processor and save it anew",
        ),
        (zip_file({"a.txt": "x"}), NotText, "it is a zip archive without a Word document in it; unpack it"),
        (b"%PDF-1.4", NotText, "it looks like a PDF; rename it to end in .pdf"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 50,
            NotText,
            "an old Office document; rename it to end in .doc",
        ),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            ReadError,
            "it is protected with a password; save it without one",
        ),
        (with_document("<w:document"), ReadError, "it is damaged"),
        (with_document("<x/>"), ReadError, "its main part is no Word document"),
        (
            with_document('<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'),
            ReadError,
            "it declares a document type (DOCTYPE)",
        ),
        (word_file("<w:p>" * 3000 + "</w:p>" * 3000), ReadError, "its XML is nested too deeply"),
        (word_file(" " * 3_000_000), ReadError, "unpacks to far more than a document holds"),
        (
            word_file(paragraph("<w:r><w:drawing><a:blip xmlns:a='x'/></w:drawing></w:r>")),
            ReadError,
            "it holds pictures and no text; run OCR first",
        ),
    ],
)
def test_what_cannot_be_read_is_named(data: bytes, error: type[ReadError], sentence: str) -> None:
    with pytest.raises(error) as raised:
        read(data, PATH)
    assert type(raised.value) is error
    assert sentence in str(raised.value)


def test_a_document_type_in_another_encoding_is_refused_too() -> None:
    xml = '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'.encode("utf-16")
    with pytest.raises(ReadError, match="DOCTYPE"):
        read(zip_file({"word/document.xml": xml}), PATH)


def test_an_external_entity_is_not_fetched(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("password")
    xml = f'<!DOCTYPE x [<!ENTITY a SYSTEM "{secret.as_uri()}">]><x>&a;</x>'
    with pytest.raises(ReadError, match="DOCTYPE"):
        read(with_document(xml), PATH)


WORDS = st.text(st.characters(categories=["L", "N", "P", "S"]), min_size=1, max_size=12)
PARAGRAPHS = st.lists(st.lists(WORDS, min_size=1, max_size=8).map(" ".join), min_size=1, max_size=8)


def made(paragraphs: list[str], cells: list[str]) -> Document:
    file = python_docx.Document()
    for place, text in enumerate(paragraphs):
        if place % 3 == 0:
            file.add_heading(text, 1 + place % 4)
        else:
            file.add_paragraph(text)
    grid = file.add_table(rows=len(cells), cols=2)
    for row, text in enumerate(cells):
        grid.cell(row, 0).text = text
        grid.cell(row, 1).text = "cell"
    data = io.BytesIO()
    file.save(data)
    return read(data.getvalue(), PATH)


@settings(max_examples=25)
@given(PARAGRAPHS, PARAGRAPHS)
def test_every_word_comes_back_in_order(paragraphs: list[str], cells: list[str]) -> None:
    document = made(paragraphs, cells)
    expected = [*paragraphs, *(f"{text} cell" for text in cells)]
    assert document.text.split() == " ".join(expected).split()
    assert [heading.of(document.text) for heading in document.headings] == [
        text.strip() for text in paragraphs[::3]
    ]
