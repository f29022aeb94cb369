"""Old Word, OpenDocument and RTF files, through a program that stands in for LibreOffice."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from making_files import paragraph, word_file

from ingest.errors import NotText, ReadError, Unsupported
from ingest.parsing import parse
from ingest.readers import office
from ingest.readers.office import read

RTF = rb"{\rtf1 Minutes}"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


@pytest.fixture
def soffice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A `soffice` that writes the DOCX laid beside it where it is told to, or fails where there is none."""
    program = tmp_path / "bin" / "soffice"
    program.parent.mkdir()
    program.write_text(
        f"#!{sys.executable}\n"
        "import pathlib, sys\n"
        "here = pathlib.Path(__file__).parent\n"
        "assert '--headless' in sys.argv\n"
        "assert any(argument.startswith('-env:UserInstallation=file://') for argument in sys.argv)\n"
        "out = pathlib.Path(sys.argv[sys.argv.index('--outdir') + 1])\n"
        "out.mkdir()\n"
        "(out / 'source.docx').write_bytes((here / 'result.docx').read_bytes())\n"
    )
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(program.parent))
    return program


@pytest.mark.parametrize(
    ("name", "data"), [("a.rtf", RTF), ("a.doc", OLE), ("a.odt", b"PK\x03\x04" + b"\0" * 60)]
)
def test_a_file_is_read_as_libreoffice_converts_it(soffice: Path, name: str, data: bytes) -> None:
    soffice.with_name("result.docx").write_bytes(word_file(paragraph("Minutes")))
    document = read(data, Path(name))
    assert document.text == "Minutes"
    assert document.notes == ("It was converted with LibreOffice.",)


def test_a_conversion_that_fails_is_named(soffice: Path) -> None:
    with pytest.raises(ReadError, match="LibreOffice could not convert it"):
        read(RTF, Path("a.rtf"))


def test_a_conversion_without_end_is_stopped(soffice: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    soffice.write_text(f"#!{sys.executable}\nimport time\ntime.sleep(60)\n")
    monkeypatch.setattr(office, "_SECONDS", 0.5)
    with pytest.raises(ReadError, match="did not convert it in"):
        read(RTF, Path("a.rtf"))


def test_without_libreoffice_the_user_is_told_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(Unsupported) as raised:
        read(RTF, Path("a.rtf"))
    assert raised.value.reason == (
        ".rtf files are read with LibreOffice, which is not installed; "
        "open it in a word processor and save it as DOCX or PDF, or install LibreOffice and ingest again."
    )


def test_a_docx_named_doc_is_read_without_libreoffice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    document = read(word_file(paragraph("Minutes")), Path("a.doc"))
    assert document.text == "Minutes"
    assert document.notes == ("It is a DOCX file though its name ends in .doc.",)


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("a.doc", RTF, "it looks like an RTF document; rename it to end in .rtf."),
        ("a.rtf", b"plain words", "it is no .rtf file; save the minutes in it as DOCX or PDF."),
        ("a.odt", b"<html><p>x", "it looks like an HTML page; rename it to end in .html."),
    ],
)
def test_another_format_is_named(name: str, data: bytes, sentence: str) -> None:
    with pytest.raises(NotText) as raised:
        read(data, Path(name))
    assert raised.value.reason == sentence


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("suffix", ["rtf", "doc", "odt"])
def test_the_real_libreoffice_converts_what_it_wrote(tmp_path: Path, suffix: str) -> None:
    source = tmp_path / "source.rtf"
    source.write_bytes(rb"{\rtf1\ansi {\b Minutes}\par The motion was approved by the B\'fcrgermeister.\par}")
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [
        "soffice",
        profile,
        "--headless",
        "--convert-to",
        suffix,
        "--outdir",
        str(tmp_path / "out"),
        str(source),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    document = parse(tmp_path / "out" / f"source.{suffix}")
    assert document.text == "Minutes\n\nThe motion was approved by the Bürgermeister."
