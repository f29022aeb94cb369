"""The benchmark of the page runs from the start of the server to the first words of an answer."""

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from benchmarks import page

if TYPE_CHECKING:
    from playwright.sync_api import Browser


def test_it_prints_when_the_box_takes_words_and_when_answers_begin(
    chromium: "Browser", index: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page.measure(chromium, index, "What was decided on gas safety?", ["What was decided on real estate?"])
    box, first, others = capsys.readouterr().out.splitlines()
    assert re.fullmatch(r"  box takes words after +\d+\.\d s \(\d+\.\d s\)", box)
    assert re.fullmatch(r"  first words of first answer +\d+\.\d s", first)
    assert re.fullmatch(r"  of 1 others, p50 and p95 +(\d+) ms \(\d+ ms\) +\1 ms", others)
