"""The journey of somebody who asks: question, cited answer, evidence; at two sizes and in two languages."""

import json
import re
from collections.abc import Callable
from urllib.error import HTTPError
from urllib.request import ProxyHandler, Request, build_opener

import pytest

from .conftest import ANSWERING, NARROW, ROOT, WIDE, Visit

REAL_ESTATE = "What did the meeting decide on real estate?"
SIZES = pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
Open = Callable[..., Visit]


@SIZES
def test_a_question_gets_a_cited_answer_and_a_click_opens_the_record_at_the_quote(
    visit: Open, address: str, size: tuple[int, int]
) -> None:
    page = (seen := visit(address, size)).page
    seen.ask(REAL_ESTATE)
    answer = page.locator(".mb-answer")
    assert "real estate" in answer.inner_text().lower()
    assert "Searched" in answer.inner_text()
    mark = page.locator(".mb-mark").nth(2)
    number = mark.inner_text()
    quote = page.locator(f"#t1-c{number} mark").text_content()
    mark.click()
    cited = page.locator(".mb-record mark.mb-current")
    cited.first.wait_for()
    assert "".join(cited.all_text_contents()) == quote
    assert is_in_view(seen, ".mb-record mark.mb-current")
    assert page.locator(".mb-record .mb-here .mb-number").inner_text() == number
    assert re.search(r"20\d\d", page.locator(".mb-record-head .mb-facts").first.inner_text())


def test_pointing_at_a_number_shows_the_quote(visit: Open, address: str) -> None:
    page = (seen := visit(address)).page
    seen.ask(REAL_ESTATE)
    mark = page.locator(".mb-mark").first
    mark.hover()
    peek = page.get_by_role("tooltip")
    assert peek.locator("blockquote").text_content() == page.locator("#t1-c1 mark").text_content()
    page.mouse.move(5, 5)
    assert peek.is_hidden()
    mark.focus()
    assert peek.is_visible() and mark.get_attribute("aria-describedby") == peek.get_attribute("id")


def test_the_meeting_of_the_example_is_named_with_its_session_and_date(visit: Open, address: str) -> None:
    seen = visit(address)
    seen.ask(REAL_ESTATE)
    text = seen.page.locator(".mb-answer").inner_text()
    assert "32nd Executive Meeting" in text
    assert "25 August 2023" in text


def test_citations_are_reached_and_left_with_the_keyboard(visit: Open, address: str) -> None:
    page = (seen := visit(address)).page
    seen.ask(REAL_ESTATE)
    number = page.locator(".mb-record .mb-here .mb-number")
    page.locator(".mb-mark").first.focus()
    page.keyboard.press("Enter")
    number.get_by_text("1", exact=True).wait_for()
    page.keyboard.press("n")
    number.get_by_text("2", exact=True).wait_for()
    page.keyboard.press("p")
    number.get_by_text("1", exact=True).wait_for()
    page.keyboard.press("Escape")
    assert page.locator(".mb-record").is_hidden()
    assert page.evaluate("document.activeElement.dataset.citation") == "1"
    page.keyboard.press(" ")
    page.locator(".mb-record").wait_for()
    page.locator("#mb-question textarea").focus()
    page.keyboard.type("n p")
    assert number.inner_text() == "1"


def test_a_record_is_searched_and_its_quote_copied(visit: Open, address: str) -> None:
    page = (seen := visit(address)).page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    seen.ask(REAL_ESTATE)
    page.locator(".mb-mark").first.click()
    page.locator(".mb-record mark.mb-current").first.wait_for()
    page.get_by_role("button", name="Copy as quotation").click()
    page.get_by_role("button", name="Copied").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert page.locator("#t1-c1 mark").text_content().strip() in copied and "25 September 2025" in copied
    field = page.get_by_role("searchbox", name="Search in this record")
    field.fill("housing bureau")
    found = page.locator(".mb-find output")
    count = int(re.fullmatch(r"1 of (\d+)", found.inner_text())[1])
    assert count > 1
    field.press("Enter")
    assert found.inner_text() == f"2 of {count}"
    field.fill("zeppelin")
    assert found.inner_text() == "not found"


def test_on_a_narrow_screen_the_record_fills_it_and_closes(visit: Open, address: str) -> None:
    page = (seen := visit(address, NARROW)).page
    seen.ask(REAL_ESTATE)
    assert page.locator(".mb-record").count() == 0
    page.locator(".mb-mark").first.click()
    page.locator(".mb-record").wait_for()
    page.get_by_role("button", name="Close the record").click()
    assert page.locator(".mb-record").is_hidden()
    page.locator(".mb-mark").first.click()
    page.locator(".mb-record").wait_for()
    page.go_back()
    page.locator(".mb-record").wait_for(state="hidden")


def test_earlier_answers_stay_on_the_page_with_their_own_evidence(visit: Open, address: str) -> None:
    page = (seen := visit(address)).page
    seen.ask(REAL_ESTATE)
    seen.ask("What was said about gas safety?")
    assert page.locator(".mb-turn").count() == 2
    assert page.locator(".mb-question").all_inner_texts() == [REAL_ESTATE, "What was said about gas safety?"]
    assert page.locator("#t2 .mb-evidence").is_visible()
    page.locator("#t1 .mb-mark").first.click()
    page.locator('.mb-record[data-turn="1"]').wait_for()
    assert page.locator("#t2 .mb-evidence").is_hidden()
    seen.ask("Who presided over the 32nd Executive Meeting?")
    assert page.locator("#t3 .mb-evidence").is_visible()
    assert page.locator(".mb-record").is_hidden()


def test_what_the_records_do_not_say_is_said_calmly_with_what_was_searched(visit: Open, address: str) -> None:
    page = (seen := visit(address)).page
    seen.ask("What was decided about airships?")
    assert page.locator(".mb-abstained").is_visible()
    assert "meetings" in page.locator(".mb-answer").inner_text()
    assert page.locator(".mb-mark").count() == 0
    assert page.locator(".mb-trouble").count() == 0


@pytest.mark.parametrize(
    ("question", "says"), [("   ", "empty"), ("tram " * 1000, "4,000")], ids=["blank", "5000 characters"]
)
def test_a_question_that_cannot_be_asked_gets_a_sentence_and_stays_in_the_box(
    visit: Open, address: str, question: str, says: str
) -> None:
    page = visit(address).page
    box = page.locator("#mb-question textarea")
    box.fill(question)
    box.press("Enter")
    page.locator(".mb-trouble").wait_for()
    assert says in page.locator(".mb-trouble").inner_text()
    assert box.input_value() == question
    assert page.locator(".mb-turn").count() == 0


@pytest.mark.parametrize(
    ("locale", "language", "label", "meetings"),
    [("en-GB", "en", "Your question", "Meetings"), ("zh-CN", "zh", "您的问题", "会议")],
)
def test_the_interface_speaks_the_language_of_the_browser(
    visit: Open, address: str, locale: str, language: str, label: str, meetings: str
) -> None:
    page = visit(address, locale=locale).page
    example = json.loads((ROOT / "data" / "examples.json").read_text("utf-8"))[language][0]
    assert page.locator("html").get_attribute("lang") == language
    page.get_by_role("textbox", name=label).wait_for(state="visible")  # the page may still be drawn
    page.get_by_role("link", name=meetings).wait_for(state="visible")
    page.get_by_role("button", name=example).wait_for(state="visible")
    assert page.get_by_role("textbox", name=label).is_visible()


def test_an_example_is_asked_with_one_click_and_answered_in_chinese(visit: Open, address: str) -> None:
    page = visit(address, locale="zh-CN").page
    example = page.locator(".mb-asks button").first
    question = example.inner_text()
    example.click()
    page.locator("#t1:not([aria-busy])").wait_for(timeout=ANSWERING)
    assert page.locator(".mb-question").inner_text() == question
    assert "查阅了" in page.locator(".mb-searched").inner_text()
    page.locator(".mb-mark").first.click()
    page.locator(".mb-record").wait_for()
    assert re.search(r"20\d\d年\d+月\d+日", page.locator(".mb-record-head").inner_text())


@SIZES
def test_the_meetings_held_are_listed(visit: Open, address: str, size: tuple[int, int]) -> None:
    page = visit(address, size).page
    page.get_by_role("link", name="Meetings", exact=True).click()
    listed = page.locator(".mb-meetings")
    listed.wait_for()
    assert (
        page.locator(".mb-meetings .mb-title").count() == len(list((ROOT / "data" / "minutes").iterdir())) + 1
    )
    assert "25 August 2023" in listed.inner_text()


@SIZES
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_page_fits_its_width_and_reads_in_light_and_dark(
    visit: Open, address: str, size: tuple[int, int], theme: str
) -> None:
    page = (seen := visit(f"{address}?__theme={theme}", size)).page
    seen.ask(REAL_ESTATE)
    page.locator(".mb-mark").first.click()
    page.locator(".mb-record mark.mb-current").first.wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    for selector in (".mb-claim", ".mb-question", ".mb-mark", ".mb-current", ".mb-facts li", ".mb-around"):
        assert contrast(seen, selector) >= 4.5, selector


def test_what_a_record_contains_is_shown_and_never_run(visit: Open, address: str) -> None:
    page = (seen := visit(address)).page
    seen.ask("What was resolved about the bicycle shed roof?")
    text = page.locator(".mb-answer").inner_text()
    assert "EUR 900" in text
    page.locator(".mb-mark", has_text=re.compile(r"^\d+$")).first.click()
    page.locator(".mb-record mark.mb-current").first.wait_for()
    evidence = page.locator(".mb-pages").inner_text()
    assert "<script>" in evidence and "{{window.hacked}}" in evidence
    page.get_by_role("link", name="Meetings").click()
    page.locator(".mb-meetings").wait_for()
    assert "<script>" in page.locator(".mb-meetings").inner_text()
    assert page.evaluate("window.hacked") is None
    assert (
        page.locator(".mb-turn :is(script, img, svg, iframe), .mb-meetings :is(script, img, svg)").count()
        == 0
    )


def test_a_question_is_shown_as_text_too(visit: Open, address: str) -> None:
    page = (seen := visit(address)).page
    seen.ask("Is <img src=x onerror=\"window.hacked='question'\"> real estate?")
    assert "<img src=x" in page.locator(".mb-question").inner_text()
    assert page.evaluate("window.hacked") is None


def test_without_records_the_page_says_what_to_do(visit: Open, bare: str) -> None:
    page = visit(bare).page
    assert "python -m ingest" in page.locator(".mb-welcome").inner_text()
    assert page.locator("#mb-question").is_hidden()


def test_the_server_answers_to_its_own_name_only_and_forbids_loading_from_elsewhere(address: str) -> None:
    opener = build_opener(ProxyHandler({}))
    with opener.open(address) as page:
        assert "default-src 'self'" in page.headers["Content-Security-Policy"]
    with pytest.raises(HTTPError, match="400"):
        opener.open(Request(address, headers={"Host": "rebound.example"}))


def is_in_view(seen: Visit, selector: str) -> bool:
    """Whether the middle of an element is what the eye meets there, once scrolling has come to rest."""
    seen.page.wait_for_timeout(600)
    return seen.page.evaluate(
        """selector => {
            const element = document.querySelector(selector);
            const box = element.getClientRects()[0];
            const met = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
            return element === met || element.contains(met);
        }""",
        selector,
    )


def contrast(seen: Visit, selector: str) -> float:
    """The contrast of an element's text with the colour behind it, as WCAG 2 counts it."""
    return seen.page.locator(selector).first.evaluate(
        """element => {
            const channels = (colour) => colour.match(/[\\d.]+/g).map(Number);
            const luminance = ([r, g, b]) => [r, g, b]
                .map((c) => c / 255)
                .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
                .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
            let behind = element;
            const filled = (e) => (channels(getComputedStyle(e).backgroundColor)[3] ?? 1) === 1;
            while (behind.parentElement && !filled(behind)) behind = behind.parentElement;
            const one = luminance(channels(getComputedStyle(element).color));
            const other = luminance(channels(getComputedStyle(behind).backgroundColor));
            return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
        }"""
    )
