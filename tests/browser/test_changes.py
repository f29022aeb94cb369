"""What happens to the index while a page is open: records being taken in, a repair, a correction, a purge."""

import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest

from ingest.encoder import Encoded, Snippet
from ingest.pipeline import ingest
from ingest.purge import purge
from ingest.vectors import VectorStoreError
from qa import Minutebook
from qa.interface import words_in
from qa.notices import degraded
from qa.words.history import WORDS as HISTORY
from qa.words.record import WORDS as RECORD
from tests.hash_encoder import HashEncoder

from .conftest import ANSWERING, WAYS, Visit

Open = Callable[..., Visit]
QUESTION = "What was decided about the harbour crane?"
MINUTES = """\
# Minutes of the Quay Board

12 January 2026

## 1. Harbour crane

The board approved the harbour crane for EUR {sum}.

## 2. Mooring fees

The board decided that the mooring fees stay as they are until the summer.
"""


class HeldEncoder(HashEncoder):
    """Encodes while `goes` is set, and otherwise waits: as one that is still being loaded."""

    def __init__(self) -> None:
        super().__init__()
        self.goes = threading.Event()
        self.goes.set()

    def encode(
        self, snippets: Sequence[Snippet], progress: Callable[[int], None] | None = None
    ) -> list[Encoded]:
        self.goes.wait()
        return super().encode(snippets, progress)

    def encode_query(self, text: str) -> np.ndarray:
        self.goes.wait()
        return super().encode_query(text)


@pytest.fixture
def encoder() -> Iterator[HeldEncoder]:
    held = HeldEncoder()
    yield held
    held.goes.set()


@pytest.fixture
def book(tmp_path: Path, chromium: object, encoder: HeldEncoder) -> Iterator[Minutebook]:
    with Minutebook.open(tmp_path / "index", encoder=encoder, own=True) as opened:
        yield opened


@pytest.fixture
def minutes(book: Minutebook, tmp_path: Path) -> Callable[[str], Path]:
    """Takes minutes that name a sum into the index."""

    def take_in(amount: str) -> Path:
        path = tmp_path / "quay board.md"
        path.write_text(MINUTES.format(sum=amount), "utf-8")
        assert book._owned is not None
        assert not ingest([path], book._owned).failed
        return path

    return take_in


@WAYS
def test_while_the_first_records_are_taken_in_the_page_says_so_and_then_takes_questions(
    visit: Open,
    served: str,
    encoder: HeldEncoder,
    tmp_path: Path,
    size: tuple[int, int],
    locale: str,
    language: str,
) -> None:
    (tmp_path / "quay.md").write_text(MINUTES.format(sum="300,000"), "utf-8")
    clerk = visit(served, size, locale).page
    clerk.locator('[data-screen="intake"]').click()
    clerk.locator(".mb-drop input").set_input_files(str(tmp_path / "quay.md"))
    encoder.goes.clear()
    clerk.locator('[data-intake="confirm"]').click(timeout=ANSWERING)
    clerk.locator("#mb-plan [aria-busy]").wait_for()

    page = (seen := visit(served, size, locale)).page
    page.locator(".mb-no-records").wait_for()
    said = page.locator("#mb-state .mb-state")
    said.wait_for()
    words = words_in(language)
    assert said.inner_text() in (words.preparing, words.taking_in.format(done=0, total=1))
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    encoder.goes.set()
    said.wait_for(state="detached", timeout=ANSWERING)
    page.locator("#mb-question textarea").wait_for()
    seen.ask(QUESTION)
    assert "300,000" in page.locator("#t1 .mb-answer").inner_text()


@WAYS
def test_records_that_come_in_from_elsewhere_show_themselves_on_a_page_that_is_open(
    visit: Open,
    served: str,
    minutes: Callable[[str], Path],
    book: Minutebook,
    tmp_path: Path,
    size: tuple[int, int],
    locale: str,
    language: str,
) -> None:
    page = (seen := visit(served, size, locale)).page
    page.locator(".mb-no-records").wait_for()
    minutes("300,000")
    page.locator(".mb-no-records").wait_for(state="detached", timeout=ANSWERING)
    holdings = page.locator(".mb-holdings")
    assert "1" in holdings.inner_text()
    seen.ask(QUESTION)
    page.locator("#mb-question textarea").fill("half a question")
    (tmp_path / "other.md").write_text(MINUTES.format(sum="9").replace("12 January", "9 March"), "utf-8")
    ingest([tmp_path / "other.md"], book._owned)
    page.evaluate(
        "document.dispatchEvent(new Event('visibilitychange'))"
    )  # as when one comes back to the page
    page.wait_for_function(
        "before => document.querySelector('.mb-holdings').innerText !== before", arg=holdings.inner_text()
    )
    assert page.locator("#t1 .mb-answer").is_visible()
    assert page.locator("#mb-question textarea").input_value() == "half a question"


@WAYS
def test_while_the_encoder_is_loaded_a_question_waits_and_the_records_can_be_leafed_through(
    visit: Open,
    served: str,
    encoder: HeldEncoder,
    minutes: Callable[[str], Path],
    size: tuple[int, int],
    locale: str,
    language: str,
) -> None:
    minutes("300,000")
    encoder.goes.clear()
    page = visit(served, size, locale).page
    page.locator("#mb-question textarea").fill(QUESTION)
    page.locator("#mb-question textarea").press("Enter")
    page.locator("#t1[aria-busy] .mb-reading", has_text=words_in(language).reading).wait_for()
    page.locator('[data-screen="meetings"]').click()
    page.locator(".mb-meetings .mb-title a").first.wait_for()
    page.locator('[data-screen="ask"]').click()
    encoder.goes.set()
    page.locator("#t1:not([aria-busy])").wait_for(timeout=ANSWERING)
    assert "300,000" in page.locator("#t1 .mb-answer").inner_text()


@WAYS
def test_while_the_dense_index_is_repaired_the_page_and_its_answers_say_so(
    visit: Open,
    served: str,
    book: Minutebook,
    minutes: Callable[[str], Path],
    monkeypatch: pytest.MonkeyPatch,
    size: tuple[int, int],
    locale: str,
    language: str,
) -> None:
    minutes("300,000")
    owned, dense = book._owned, book._corpus.dense
    assert owned and dense and dense.wait(20)  # type: ignore[union-attr]

    def full_disk() -> None:
        raise VectorStoreError("no space left on device")

    assert owned.open_dense
    owned.open_dense._collection = None  # every call fails from now on
    with monkeypatch.context() as broken:
        broken.setattr(owned, "_open_dense", full_disk)
        seen = visit(served, size, locale)
        seen.ask(QUESTION)
        assert "300,000" in seen.page.locator("#t1 .mb-answer").inner_text()
        page = (seen := visit(served, size, locale)).page
        said = page.locator("#mb-state .mb-state", has_text=degraded(language))
        said.wait_for()
        seen.ask(QUESTION)
        assert degraded("en") in page.locator("#t1 .mb-notice").all_inner_texts()
    said.wait_for(state="detached", timeout=ANSWERING)
    seen.ask(QUESTION)
    assert page.locator("#t2 .mb-notice").count() == 0


@WAYS
def test_a_version_that_was_corrected_since_says_so_and_leads_to_the_one_in_use(
    visit: Open,
    served: str,
    minutes: Callable[[str], Path],
    size: tuple[int, int],
    locale: str,
    language: str,
) -> None:
    words = RECORD[language]
    minutes("300,000")
    page = (seen := visit(served, size, locale)).page
    seen.ask(QUESTION)
    minutes("450,000")
    page.locator("#t1 .mb-mark").first.click()
    panel = page.locator(".mb-record")
    panel.locator("mark.mb-current").first.wait_for()
    assert "300,000" in "".join(panel.locator("mark.mb-current").all_inner_texts())
    corrected = panel.locator(".mb-corrected")
    assert corrected.inner_text().startswith(words.corrected_since.split("{")[0])
    assert panel.locator(".mb-versions summary").inner_text() == words.versions.format(version=1, count=2)
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]

    corrected.get_by_role("button", name=words.show_current).click()
    page.locator('.mb-record[data-version="2"]').wait_for()
    assert corrected.count() == 0
    assert "450,000" in panel.locator(".mb-pages").inner_text()
    panel.locator(".mb-versions summary").click()
    assert words.in_use in panel.locator(".mb-versions li").first.inner_text()
    panel.locator(".mb-versions button").click()
    page.locator('.mb-record[data-version="1"]').wait_for()
    assert "300,000" in panel.locator(".mb-pages").inner_text()


@WAYS
def test_of_a_purged_record_nothing_is_shown_or_saved_after_the_next_thing_that_is_done(
    visit: Open,
    served: str,
    book: Minutebook,
    minutes: Callable[[str], Path],
    size: tuple[int, int],
    locale: str,
    language: str,
) -> None:
    path = minutes("300,000")
    page = (seen := visit(served, size, locale)).page
    seen.ask(QUESTION)
    page.locator("#t1 .mb-mark").first.click()
    page.locator(".mb-record mark.mb-current").first.wait_for()
    assert book._owned
    purge(book._owned, str(path))
    with page.expect_download() as saved:
        page.evaluate("""() => document.querySelector('#t1 [data-file=".md"]').click()""")
    assert "300,000" not in saved.value.path().read_text("utf-8")
    page.keyboard.press("Shift")
    page.get_by_text(HISTORY[language].withheld).wait_for()
    page.locator(".mb-record", has_text=RECORD[language].gone).wait_for(state="attached")
    assert "300,000" not in page.content()
    page.keyboard.press("Escape")
    seen.ask("and the mooring fees?")
    assert "300,000" not in page.content() and page.locator(".mb-turn").count() == 2
