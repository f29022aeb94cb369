"""What is kept of a conversation: saved as a file, found again in another visit, and what is said of it."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest

from qa.words.history import WORDS

from .conftest import NARROW, WIDE, Visit

Open = Callable[..., Visit]
REAL_ESTATE = "What did the meeting decide on real estate?"


@pytest.mark.parametrize(
    ("size", "locale", "language"),
    [(WIDE, "en-GB", "en"), (NARROW, "zh-CN", "zh")],
    ids=["wide, English", "narrow, Chinese"],
)
def test_an_answer_is_saved_found_again_said_to_be_wrong_and_deleted(
    visit: Open, address: str, size: tuple[int, int], locale: str, language: str
) -> None:
    words, page = WORDS[language], (seen := visit(address, size, locale)).page
    seen.ask(REAL_ESTATE)
    seen.ask("and gas safety?")
    answer = page.locator("#t1 .mb-answer").inner_text()
    content = saved(seen, "#t1", ".docx", words.answer_file)
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        notes = package.read("word/footnotes.xml").decode()
    assert notes.count("<w:footnoteRef/>") == page.locator("#t1 .mb-card").count()
    assert any(p.text == REAL_ESTATE for p in docx.Document(io.BytesIO(content)).paragraphs)
    text = saved(seen, "#t2", ".md", words.conversation_file, whole=True).decode()
    assert f"## {REAL_ESTATE}" in text and "## and gas safety?" in text and "[^1]: " in text

    page.locator("#t1 .mb-verdicts [data-wrong]").click()
    page.locator("#t1 .mb-wrong textarea").fill("The sum is another. <script>window.hacked = 1</script>")
    page.locator("#t1 .mb-wrong .mb-primary").click()
    page.get_by_text(words.thanks).wait_for()

    page = (again := visit(address, size, locale)).page
    page.locator('[data-screen="history"]').click()
    page.locator(".mb-search input[name=q]").fill("real estate gas")
    page.locator(".mb-search input[name=q]").press("Enter")
    page.locator(".mb-open", has_text=REAL_ESTATE).first.wait_for()
    said = page.locator(".mb-complaints > li").first
    assert "The sum is another. <script>" in said.inner_text() and REAL_ESTATE in said.inner_text()
    said.locator("summary").click()
    assert said.locator(".mb-card mark").first.is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    assert page.evaluate("window.hacked") is None
    page.locator(".mb-open", has_text=REAL_ESTATE).first.click()
    page.locator("#t2").wait_for()
    assert page.locator("#t1 .mb-answer").inner_text() == answer
    again.ask("What was said about the museum?")
    assert page.locator(".mb-turn").count() == 3

    page.locator('[data-screen="history"]').click()
    row = page.locator(".mb-kept li", has_text=REAL_ESTATE).first
    row.wait_for()
    conversation = row.locator("[data-forget]").get_attribute("data-forget")
    delete = page.locator(f'[data-forget="{conversation}"]')
    delete.click()
    delete.get_by_text(words.really).wait_for()
    delete.click()
    delete.wait_for(state="detached")


def saved(seen: Visit, turn: str, form: str, name: str, *, whole: bool = False) -> bytes:
    """What the browser saves when a form is chosen from the menu of a turn."""
    seen.page.locator(f"{turn} .mb-save summary").click()
    chosen = f'{turn} [data-file="{form}"][data-whole="{"1" if whole else ""}"]'
    with seen.page.expect_download() as download:
        seen.page.locator(chosen).click()
    assert download.value.suggested_filename == f"{name}{form}"
    return Path(download.value.path()).read_bytes()
