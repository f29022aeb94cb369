"""Makes the pictures of the README anew: `python -m pytest tests/browser/test_pictures.py --pictures`."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from .conftest import ROOT, Visit

if TYPE_CHECKING:
    from playwright.sync_api import Page

DOCS = ROOT / "docs"
QUESTION = "What did the meeting decide on real estate?"
Open = Callable[..., Visit]


def answer(page: "Page") -> None:
    page.locator(".mb-mark").nth(2).click()
    page.locator(".mb-record mark.mb-current").first.wait_for()


def nothing(page: "Page") -> None:
    page.locator("#mb-leaf h2").wait_for()


PICTURES = {
    "answer": ("", QUESTION, (1280, 800), "en-GB", "light", answer),
    "decisions": ("?view=decisions&topic=tram", "", (1280, 800), "en-GB", "light", nothing),
    "timeline": ("?view=timeline&topic=老旧小区改造", "", (1280, 800), "zh-CN", "light", nothing),
    "narrow": ("", QUESTION, (390, 844), "en-GB", "dark", lambda page: page.wait_for_timeout(100)),
}


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_is_made(visit: Open, address: str, name: str, request: pytest.FixtureRequest) -> None:
    if not request.config.getoption("--pictures"):
        pytest.skip("makes the pictures of docs/; run with --pictures")
    query, question, size, locale, theme, ready = PICTURES[name]
    page = (seen := visit(address + query, size, locale, theme)).page
    if question:
        seen.ask(question)
    ready(page)
    page.mouse.move(2, 2)
    page.evaluate("document.activeElement.blur()")
    page.wait_for_timeout(1500)
    path = DOCS / f"{name}.png"
    save(page.screenshot(), path)
    assert path.stat().st_size < 200_000


def save(picture: bytes, path: Path) -> None:
    """Stores a picture of text in few colours, which is a third of its size."""
    Image.open(BytesIO(picture)).convert("RGB").quantize(96, dither=Image.Dither.NONE).save(
        path, optimize=True
    )
