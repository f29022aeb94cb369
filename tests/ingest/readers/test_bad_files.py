"""Bad input: each file ends in the sentence its user is promised, and no other file is the worse for it."""

from pathlib import Path

import pytest
from bad_files import CASES, BadFile, write

from ingest import parsing
from ingest.errors import ReadError
from ingest.parsing import parse
from ingest.readers import read


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name[:40])
def test_the_user_gets_the_sentence(tmp_path: Path, case: BadFile) -> None:
    path = tmp_path / case.name
    path.write_bytes(case.data)
    if case.sentence and case.sentence.startswith("Cannot read"):
        with pytest.raises(ReadError) as raised:
            read(path)
        assert str(raised.value) == case.sentence.format(path=path)
        return
    document = read(path)
    assert document.notes[-1:] == ((case.sentence,) if case.sentence else ())
    assert case.text and case.text in document.text


def test_a_folder_of_bad_files_is_read_through(tmp_path: Path) -> None:
    write(tmp_path)
    (tmp_path / "good.vtt").write_text("WEBVTT\n\n00:01.000 --> 00:02.000\nMinutes\n")
    refused = set()
    for path in sorted(tmp_path.iterdir()):
        try:
            parse(path)
        except ReadError:
            refused.add(path.name)
    expected = {case.name for case in CASES if case.sentence and case.sentence.startswith("Cannot read")}
    assert refused == expected
    parsing.close()


@pytest.mark.slow
def test_a_pdf_that_unpacks_without_end_is_stopped(tmp_path: Path) -> None:
    import zlib

    squeezer = zlib.compressobj(9)
    stream = b"".join(squeezer.compress(b" " * (1 << 20)) for _ in range(3000)) + squeezer.flush()
    (tmp_path / "bomb.pdf").write_bytes(
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>endobj\n"
        + f"4 0 obj<</Filter/FlateDecode/Length {len(stream)}>>stream\n".encode()
        + stream
        + b"\nendstream endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
    )
    with pytest.raises(ReadError):
        parse(tmp_path / "bomb.pdf")
