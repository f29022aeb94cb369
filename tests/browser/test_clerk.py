"""The journey of a clerk: hand records in, see what would change, have it done, and find answers changed."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import ProxyHandler, Request, build_opener

import pytest

from ingest.encoder import SentenceTransformerEncoder
from qa import Minutebook
from qa.chat import build, launch
from qa.words.intake import WORDS
from qa.words.reasons import reason

from .conftest import WAYS, Visit, free_port

Open = Callable[..., Visit]
QUESTION = "What was decided about the harbour crane?"
MINUTES = """\
# Minutes of the Quay Board

12 January 2026

## 1. Harbour crane

The board approved the harbour crane for EUR {sum}.

## 2. Mooring fees

The mooring fees stay as they are until the summer.
"""


@pytest.fixture(scope="module")
def encoder() -> SentenceTransformerEncoder:
    return SentenceTransformerEncoder()


@pytest.fixture
def book(tmp_path: Path, chromium: object, encoder: SentenceTransformerEncoder) -> Iterator[Minutebook]:
    """A book without any records."""
    with Minutebook.open(tmp_path / "index", encoder=encoder, own=True) as opened:
        yield opened


def hand_in(seen: Visit, *files: Path) -> None:
    """Goes to the screen and chooses files there; the plan is shown afterwards."""
    if not seen.page.locator(".mb-drop").is_visible():
        seen.page.locator('[data-screen="intake"]').click()
    seen.page.locator(".mb-drop input").set_input_files([str(file) for file in files])
    seen.page.locator('[data-intake="withdraw"]').wait_for(timeout=60_000)


def take_in(seen: Visit) -> None:
    seen.page.locator('[data-intake="confirm"]').click()
    seen.page.locator('[data-intake="more"]').wait_for(timeout=60_000)


@WAYS
def test_an_amended_record_is_planned_taken_in_and_changes_the_answer(
    visit: Open, served: str, tmp_path: Path, size: tuple[int, int], locale: str, language: str
) -> None:
    words = WORDS[language]
    page = (seen := visit(served, size, locale)).page
    minutes = tmp_path / "quay board.md"
    minutes.write_text(MINUTES.format(sum="300,000"), "utf-8")
    hand_in(seen, minutes)
    assert words.added in page.locator(".mb-outcome").inner_text()
    take_in(seen)
    page.locator('[data-screen="ask"]').click()
    seen.ask(QUESTION)
    assert "300,000" in page.locator("#t1 .mb-answer").inner_text()

    minutes.write_text(MINUTES.format(sum="450,000"), "utf-8")
    hand_in(seen, minutes)
    said = page.locator(".mb-outcome").inner_text()
    assert words.changed in said
    assert words.item_changed.format(item="Harbour crane") in said
    assert "Mooring fees" not in said
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    take_in(seen)
    page.locator('[data-screen="ask"]').click()
    seen.ask(QUESTION)
    answer = page.locator("#t2 .mb-answer").inner_text()
    assert "450,000" in answer and "300,000" not in answer

    page.locator('[data-screen="history"]').click()
    page.locator(".mb-open").first.click()
    page.locator("#t1 .mb-notice").wait_for()  # what the first answer cited has been corrected since
    assert "300,000" in page.locator("#t1 .mb-answer").inner_text()
    assert page.locator("#t2 .mb-notice").count() == 0


@WAYS
def test_what_is_no_record_is_refused_with_its_sentence_and_withdrawing_leaves_nothing(
    visit: Open,
    served: str,
    book: Minutebook,
    tmp_path: Path,
    size: tuple[int, int],
    locale: str,
    language: str,
) -> None:
    page = (seen := visit(served, size, locale)).page
    (tmp_path / "sums.xlsx").write_bytes(b"PK")
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.4 and nothing else")
    (tmp_path / "<img src=x onerror=window.hacked=1>.md").write_text(MINUTES.format(sum="1"), "utf-8")
    hand_in(seen, *sorted(tmp_path.glob("*.*")))
    refused = page.locator(".mb-is-refused, .mb-is-failed")
    assert refused.count() == 2
    text = "\n".join(refused.all_inner_texts())
    for name, why in (
        ("sums.xlsx", "spreadsheets are not read; save the sheet as PDF or text."),
        ("broken.pdf", "it is damaged or cut off; get it anew from where it came from."),
    ):
        assert name in text and reason(why, language)[0] in text
    assert "<img src=x" in page.locator(".mb-is-added").inner_text()
    page.locator('[data-intake="withdraw"]').click()
    page.get_by_text(WORDS[language].withdrawn).wait_for()
    assert page.evaluate("window.hacked") is None
    assert book.desk
    assert not [path for path in book.desk.inbox.folder.rglob("*") if path.is_file()]
    assert book.meetings() == []


def test_files_come_in_by_the_checked_route_alone_and_from_its_own_page_alone(served: str) -> None:
    opener = build_opener(ProxyHandler({}))

    def send(path: str, method: str, body: bytes = b"", **headers: str) -> int:
        request = Request(served + path, body, {"Content-Type": "text/plain", **headers}, method=method)
        try:
            with opener.open(request) as reply:
                return int(reply.status)
        except HTTPError as problem:
            return problem.code

    with opener.open(Request(f"{served}arrivals", method="POST")) as reply:
        batch = json.load(reply)["batch"]
    assert send(f"arrivals/{batch}?name=a.md", "PUT", b"x") == 200
    assert send(f"arrivals/{batch}?name=b.exe", "PUT", b"x") == 422
    assert send(f"arrivals/{'f' * 32}?name=a.md", "PUT", b"x") == 422
    assert send(f"arrivals/{batch}?name=c.md", "PUT", b"x", Origin="http://elsewhere.example") == 403
    assert send("arrivals", "POST", **{"Sec-Fetch-Site": "cross-site"}) == 403
    assert send("gradio_api/upload", "POST", b"x") == 404


def test_without_the_index_in_its_hands_the_page_takes_nothing_in_and_says_that_it_keeps_nothing(
    visit: Open, book: Minutebook, tmp_path: Path, encoder: SentenceTransformerEncoder
) -> None:
    with Minutebook.open(tmp_path / "index", encoder=encoder) as reader:
        page = build(reader, index=str(tmp_path / "index"))
        address = launch(page, "127.0.0.1", free_port(), desk=reader.desk)
        seen = visit(address)
        assert seen.page.locator('[data-screen="intake"]').count() == 0
        seen.page.locator('[data-screen="history"]').click()
        seen.page.locator(".mb-history .mb-trouble").wait_for()
        assert "Another process owns the index" in seen.page.locator(".mb-trouble").first.inner_text()
        page.close(verbose=False)
