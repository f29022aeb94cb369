"""Whatever the bytes are: a document or a ReadError, soon, and nothing else."""

import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from making_files import paragraph, pdf_file, word_file, word_run, zip_file

from ingest.errors import ReadError
from ingest.parsing import parse
from ingest.readers import read
from ingest.records import Document

FOOTNOTE = '<w:r><w:footnoteReference w:id="1"/></w:r>'
NUMBERED = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
WORD_BODY = (
    paragraph("Minutes", style="1")
    + paragraph(
        "The motion was ", f"<w:ins>{word_run('approved')}</w:ins>", FOOTNOTE, word_run("x", "<w:vanish/>")
    )
    + f"<w:tbl><w:tr><w:tc>{paragraph('a')}</w:tc><w:tc>{paragraph('b')}</w:tc></w:tr></w:tbl>"
    + paragraph("item", properties=NUMBERED)
)
WORD_PARTS = {
    "styles": '<w:style w:styleId="1"><w:name w:val="heading 1"/><w:basedOn w:val="1"/></w:style>',
    "numbering": '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
    '<w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>',
    "footnotes": f'<w:footnote w:id="1">{paragraph("note")}</w:footnote>',
}
SEEDS = {
    ".txt": "Minutes of 第32次会议\r\nÄ motion\n".encode() * 3,
    ".md": b"---\ndate: 2024-03-12\naccess: [a, b]\n---\n# Minutes\n\nItem\n---\n```\n# no\n```\n"
    b"~~out~~ &eacute; <s>x</s>\n",
    ".html": b"<!doctype html><meta charset=utf-8><style>.a{display:none}</style><nav>n</nav><h1>M</h1>"
    b"<ol start=2><li>x<table><tr><td>a<td rowspan=2 colspan=2><p>b</table></ol>9<sup>1</sup><s>s</s>"
    b"<p class=a>h</p><del>d</del><pre>p\n</pre>",
    ".vtt": b"WEBVTT\n\nNOTE x\n\n1\n00:00:01.000 --> 00:00:02.000\n<v Li Jun>Yes &amp; <i>no</i>\n\n"
    b"00:03.000 --> 00:04.000\nAnn: So\n",
    ".akn": b'<akomaNtoso><meta><references><TLCPerson eId="a" showAs="Ann"/></references><FRBRdate date="2024-03-12"/>'
    b'</meta><debateBody><num>1</num><heading>H</heading><speech by="#a"><from>A:</from><p>x<sup>1</sup><eol/>y'
    b"<authorialNote>n</authorialNote></p></speech><table><tr><td>a</td><td>b</td></tr></table></debateBody></akomaNtoso>",
    ".docx": word_file(WORD_BODY, **WORD_PARTS),
    ".pdf": pdf_file([["Minutes", "the deci-", "sion"], ["Item one"]], header="Head", footer="Page {page}"),
    ".rtf": b"{\\rtf1 Minutes}",
    ".doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 90,
}


@st.composite
def edited(draw: st.DrawFn, seed: bytes) -> bytes:
    """`seed` cut off, with pieces lost, doubled, moved in from elsewhere or overwritten."""
    data = seed
    for _ in range(draw(st.integers(1, 6))):
        start = draw(st.integers(0, len(data)))
        end = min(len(data), start + draw(st.integers(0, 40)))
        kind = draw(st.sampled_from(["cut", "lose", "double", "overwrite", "insert"]))
        if kind == "cut":
            data = data[: max(start, 1)]
        elif kind == "lose":
            data = data[:start] + data[end:]
        elif kind == "double":
            data = data[:end] + data[start:end] * draw(st.integers(1, 20)) + data[end:]
        else:
            piece = draw(
                st.binary(max_size=8)
                | st.sampled_from([b"<", b">", b"&#xd800;", b"</", b"\xff", b"\0", b"-1"])
            )
            data = data[:start] + piece + data[end if kind == "overwrite" else start :]
    return data


@st.composite
def edited_word_file(draw: st.DrawFn) -> bytes:
    """A Word file whose archive is sound and whose XML is not."""
    with zipfile.ZipFile(BytesIO(SEEDS[".docx"])) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    name = draw(st.sampled_from(sorted(members)))
    return zip_file({**members, name: draw(edited(members[name]))})


def check(reader: Callable[[Path], Document], path: Path, data: bytes) -> None:
    path.write_bytes(data)
    try:
        document = reader(path)
    except ReadError as error:
        assert error.path == path and error.reason
        return
    document.text.encode()
    assert document.text.strip() and "\0" not in document.text and "\r" not in document.text
    for spans in (document.headings, document.pages, document.voices, document.omitted):
        ends = [0, *(span.end for span in spans)]
        assert all(start <= span.start for start, span in zip(ends, spans, strict=False))
        assert ends[-1] <= len(document.text)


def bytes_of(suffix: str) -> st.SearchStrategy[bytes]:
    sources = [edited(SEEDS[suffix]), st.binary(max_size=300)]
    return st.one_of(*sources, edited_word_file()) if suffix == ".docx" else st.one_of(*sources)


def fuzz(suffix: str, folder: Path, examples: int) -> None:
    reader = parse if suffix == ".pdf" else read  # pdfium may crash or hang: never here

    @settings(max_examples=examples, suppress_health_check=list(HealthCheck), database=None)
    @given(bytes_of(suffix))
    def any_bytes_give_a_document_or_a_read_error(data: bytes) -> None:
        check(reader, folder / f"a{suffix}", data)

    any_bytes_give_a_document_or_a_read_error()


@pytest.fixture
def without_programs(monkeypatch: pytest.MonkeyPatch) -> None:
    """No LibreOffice: starting it takes seconds, and it is not ours to fuzz."""
    monkeypatch.setenv("PATH", "")


@pytest.mark.parametrize("suffix", SEEDS)
def test_any_bytes_give_a_document_or_a_read_error(
    suffix: str, tmp_path: Path, without_programs: None
) -> None:
    fuzz(suffix, tmp_path, 50)


@pytest.mark.slow
@pytest.mark.parametrize("suffix", SEEDS)
def test_any_of_many_bytes_give_a_document_or_a_read_error(
    suffix: str, tmp_path: Path, without_programs: None
) -> None:
    fuzz(suffix, tmp_path, 5000)
