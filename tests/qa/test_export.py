"""Answers as files: footnotes that name record, date, session and item, in Markdown and in Word."""

import io
import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path, PurePosixPath
from posixpath import normpath

import docx
import pytest
from lxml import etree
from markdown_it import MarkdownIt

from ingest.parsing import parse
from qa import Minutebook
from qa.__main__ import main
from qa.answers import Answer, Claim, Group
from qa.errors import ExportError
from qa.export import exported, to_markdown, write

ENGLISH = "What did the meeting decide on real estate?"
CHINESE = "第15次常务会议对房地产作出了哪些决定？"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture(scope="module")
def answers(book: Minutebook) -> list[Answer]:
    chat = book.conversation()
    return [
        chat.ask(ENGLISH),
        chat.ask("and gas safety?"),
        book.ask(CHINESE),
        book.ask("airship landing rights?"),
    ]


def part(content: bytes, name: str) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return etree.fromstring(package.read(name))


def footnotes(content: bytes) -> dict[int, str]:
    """The text of each footnote by its id, without the separators."""
    notes = part(content, "word/footnotes.xml")
    return {
        int(note.get(f"{W}id")): "".join(note.itertext()).strip()
        for note in notes.iter(f"{W}footnote")
        if note.get(f"{W}type") is None
    }


def test_markdown_has_a_footnote_for_every_citation(answers: list[Answer]) -> None:
    text = answers[0].to_markdown()
    assert text.startswith(f"# {ENGLISH}\n")
    for citation in answers[0].citations:
        (note,) = re.findall(rf"^\[\^{citation.number}\]: (.*)$", text, re.MULTILINE)
        assert "32nd Executive Meeting" in note or citation.record.title in note
        assert str(citation.record.date.year) in note if citation.record.date else True
        assert all(title in note.replace("\\", "") for title in citation.item)


def test_the_footnotes_of_a_conversation_are_numbered_through(answers: list[Answer]) -> None:
    text = to_markdown(answers)
    total = sum(len(answer.citations) for answer in answers)
    assert re.findall(r"^\[\^(\d+)\]:", text, re.MULTILINE) == [str(n) for n in range(1, total + 1)]
    assert re.findall(r"^## (.*)$", text, re.MULTILINE)[0] == ENGLISH
    assert set(re.findall(r"\[\^(\d+)\](?!:)", text)) == {str(n) for n in range(1, total + 1)}


def test_word_has_real_footnotes_that_name_the_source(answers: list[Answer]) -> None:
    content = answers[0].to_docx()
    notes, body = footnotes(content), part(content, "word/document.xml")
    referred = [int(one.get(f"{W}id")) for one in body.iter(f"{W}footnoteReference")]
    assert referred == sorted(notes) == list(range(1, len(answers[0].citations) + 1))
    cited = {citation.number: citation for claim in answers[0].claims for citation in answers[0].citations}
    for citation in cited.values():
        day = f"{citation.record.date:%-d %B %Y}" if citation.record.date else ""
        note = next(text for text in notes.values() if " ".join(citation.quote.split())[:40] in text)
        assert citation.record.title in note and day in note
        assert all(title in note for title in citation.item)


def test_word_opens_again_with_what_was_answered(answers: list[Answer]) -> None:
    document = docx.Document(io.BytesIO(exported(answers, ".docx")))
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    styles = {paragraph.text: paragraph.style.name for paragraph in document.paragraphs}
    assert styles[ENGLISH] == styles[CHINESE] == "Heading 2"
    assert "15" in text and "房地产" in text and "The records do not answer this" in text
    assert document.core_properties.author == "Minutebook"


def test_the_parts_of_a_word_document_fit_together(answers: list[Answer]) -> None:
    """What an office program needs to open it: every part typed, every relation kept, every style and note there."""
    content = exported(answers, ".docx")
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        assert package.testzip() is None
        names = package.namelist()
        assert names[0] == "[Content_Types].xml" and len(names) == len(set(names))
        trees = {
            name: etree.fromstring(package.read(name)) for name in names if name.endswith((".xml", ".rels"))
        }
    types = trees["[Content_Types].xml"]
    typed = {one.get("PartName", "").lstrip("/") for one in types} | {
        one.get("Extension", "") for one in types
    }
    assert [name for name in names[1:] if name not in typed and name.rsplit(".", 1)[-1] not in typed] == []
    for name, relations in trees.items():
        if not name.endswith(".rels"):
            continue
        home = PurePosixPath(name).parent.parent
        for one in relations:
            assert one.get("TargetMode") != "External"
            target = one.get("Target")
            assert (target.lstrip("/") if target.startswith("/") else normpath(home / target)) in names
        assert len({one.get("Id") for one in relations}) == len(relations)

    known = {style.get(f"{W}styleId") for style in trees["word/styles.xml"].iter(f"{W}style")}
    for name in ("word/document.xml", "word/footnotes.xml"):
        used = {one.get(f"{W}val") for kind in ("pStyle", "rStyle") for one in trees[name].iter(f"{W}{kind}")}
        assert used <= known
    notes = {
        one.get(f"{W}id"): one.get(f"{W}type") for one in trees["word/footnotes.xml"].iter(f"{W}footnote")
    }
    assert {"separator", "continuationSeparator"} <= set(notes.values())
    special = {one.get(f"{W}id") for one in trees["word/settings.xml"].iter(f"{W}footnote")}
    assert all(notes[number] for number in special)
    referred = [one.get(f"{W}id") for one in trees["word/document.xml"].iter(f"{W}footnoteReference")]
    assert sorted(referred) == sorted(number for number, kind in notes.items() if kind is None)


def test_a_note_that_is_referred_to_again_is_a_cross_reference(answers: list[Answer]) -> None:
    answer = answers[0]
    twice = Claim(answer.claims[0].text, answer.claims[0].citations[:1])
    doubled = replace(answer, groups=(*answer.groups, Group(None, "", (twice,))))
    body = part(doubled.to_docx(), "word/document.xml")
    assert len(list(body.iter(f"{W}footnoteReference"))) == len(answer.citations)
    (field,) = (f for f in body.iter(f"{W}fldSimple") if "NOTEREF" in f.get(f"{W}instr"))
    marks = {mark.get(f"{W}name") for mark in body.iter(f"{W}bookmarkStart")}
    assert field.get(f"{W}instr").split()[1] in marks


def test_what_a_record_says_is_text_in_both_forms(answers: list[Answer]) -> None:
    payload = "<w:br/> & \x0b\x00 [x](http://outside.example) <script>alert(1)</script>"
    answer = answers[0]
    cited = replace(
        answer.citations[0], quote=payload, record=replace(answer.citations[0].record, title=payload)
    )
    group = Group(None, payload, (Claim(payload, (cited.number,)), Claim("From nowhere.")))
    hostile = replace(answer, groups=(group,), citations=(cited,))
    content = hostile.to_docx()
    assert "<script>alert(1)</script>" in footnotes(content)[1]
    shown = [paragraph.text for paragraph in docx.Document(io.BytesIO(content)).paragraphs]
    assert any("<w:br/> &" in text for text in shown)
    assert any("From nowhere. (not from the records)" in text for text in shown)
    html = MarkdownIt("commonmark").render(hostile.to_markdown())
    assert "<script>" not in html and "<a " not in html


def test_the_project_reads_its_own_document(answers: list[Answer], tmp_path: Path) -> None:
    write(answers[:1], tmp_path / "answer.docx")
    text = parse(tmp_path / "answer.docx").text
    assert ENGLISH in text and answers[0].citations[0].record.title in text


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_shows_the_footnotes(answers: list[Answer], tmp_path: Path) -> None:
    write(answers, tmp_path / "answers.docx")
    command = [
        "soffice",
        "--headless",
        f"-env:UserInstallation=file://{tmp_path}/profile",
        "--convert-to",
        "txt",
    ]
    subprocess.run([*command, "answers.docx"], cwd=tmp_path, check=True, timeout=120, capture_output=True)
    text = (tmp_path / "answers.txt").read_text("utf-8-sig")
    for answer in answers:
        for citation in answer.citations:
            assert citation.record.title in text


def test_another_form_and_a_place_that_cannot_be_written_are_refused(
    answers: list[Answer], tmp_path: Path
) -> None:
    for name, said in (("answer.pdf", ".pdf files"), ("answer", "without a suffix")):
        with pytest.raises(ExportError, match=said):
            write(answers, tmp_path / name)
    with pytest.raises(ExportError, match="No such file"):
        write(answers, tmp_path / "nowhere" / "answer.md")


def test_the_command_writes_what_it_prints(
    sample_index: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ["ask", ENGLISH, "--index", str(sample_index), "--export"]
    assert main([*asked, str(tmp_path / "answer.md")]) == 0
    assert main([*asked, str(tmp_path / "answer.docx")]) == 0
    assert (tmp_path / "answer.md").read_text("utf-8").startswith(f"# {ENGLISH}")
    assert footnotes((tmp_path / "answer.docx").read_bytes())
    capsys.readouterr()
    assert main([*asked, str(tmp_path / "answer.pdf")]) == 2
    said = capsys.readouterr()
    assert ".pdf files" in said.err and not said.out
