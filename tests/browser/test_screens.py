"""The journeys of an official and of a reader, links that are shared, and every screen checked for accessibility."""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from tests.payloads import PAYLOADS

from .conftest import ANSWERING, NARROW, ROOT, WIDE, Visit

if TYPE_CHECKING:
    from playwright.sync_api import Page

AXE = ROOT / "build" / "axe" / "node_modules" / "axe-core" / "axe.min.js"
TOPIC = {"en": "real estate", "zh": "老旧小区改造"}
QUESTION = {"en": "What did the meeting decide on real estate?", "zh": "会议对老旧小区改造作出了哪些决定？"}
FOLLOW_UP = {"en": "Who has to act on it?", "zh": "由谁负责？"}
LOCALES = {"en": "en-GB", "zh": "zh-CN"}
EVERYWHERE = pytest.mark.parametrize(
    ("language", "size"),
    [("en", WIDE), ("en", NARROW), ("zh", WIDE), ("zh", NARROW)],
    ids=["en-1280", "en-390", "zh-1280", "zh-390"],
)
SCREENS = {
    "first sight": "",
    "answer": f"?q={quote(QUESTION['en'])}",
    "nothing found": f"?q={quote('What was decided about landing rights for airships?')}",
    "meetings": "?view=meetings",
    "no such meeting": "?meeting=none",
    "decisions": "?view=decisions",
    "timeline": "?view=timeline&topic=gas+safety",
    "history": "?view=history",
    "hand in": "?view=intake",
}
Open = Callable[..., Visit]


@EVERYWHERE
def test_an_official_asks_checks_narrows_follows_up_and_saves(
    visit: Open, address: str, language: str, size: tuple[int, int]
) -> None:
    page = (seen := visit(address, size, LOCALES[language])).page
    seen.ask(QUESTION[language])
    for number in ("1", "2"):
        page.locator(f'#t1 .mb-mark[data-citation="{number}"]').first.click()
        page.locator(".mb-record .mb-here .mb-number").get_by_text(number, exact=True).wait_for()
        cited = page.locator(".mb-record mark.mb-current")
        assert "".join(cited.all_text_contents()) == page.locator(f"#t1-c{number} mark").text_content()
        page.keyboard.press("Escape")

    before = page.locator("#t1 .mb-group").count()
    page.locator("#t1 .mb-narrow").click()
    form = page.locator("#t1 .mb-correct")
    form.locator('[name="since"]').fill("2025-01-01")
    form.locator('[name="until"]').fill("2025-12-31")
    form.locator('[type="submit"]').click()
    chip = page.locator("#t1 [data-edit]", has_text="2025")
    chip.wait_for(timeout=ANSWERING)
    page.locator("#t1:not([aria-busy])").wait_for(timeout=ANSWERING)
    assert page.locator(".mb-turn").count() == 1
    assert 0 < page.locator("#t1 .mb-group").count() < before
    assert all("2025" in when for when in page.locator("#t1 .mb-when").all_inner_texts())

    seen.ask(FOLLOW_UP[language])
    assert page.locator("#t2 .mb-mark").count() > 0
    with page.expect_download() as saved:
        page.locator("#t2 .mb-save summary").click()
        page.locator('#t2 [data-file=".md"]').first.click()
    assert saved.value.suggested_filename.endswith(".md")
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]


@EVERYWHERE
def test_a_reader_browses_decisions_opens_a_timeline_and_a_shared_link(
    visit: Open, address: str, language: str, size: tuple[int, int]
) -> None:
    page = visit(f"{address}?view=decisions", size, LOCALES[language]).page
    rows = page.locator(".mb-register tbody tr")
    rows.first.wait_for()
    all_of_them = rows.count()
    topic = TOPIC[language]
    page.locator('.mb-filters [name="topic"]').fill(topic)
    page.locator('.mb-filters [type="submit"]').click()
    page.wait_for_url(re.compile("topic="))
    page.wait_for_function(f"document.querySelectorAll('.mb-register tbody tr').length < {all_of_them}")
    assert rows.count() > 0
    with page.expect_download() as saved:
        page.locator('[data-table="csv"]').click()
    table = saved.value.path().read_text("utf-8-sig").splitlines()
    assert table[0].startswith("date,body,") and len(table) > rows.count()

    decided = rows.first.locator(".mb-title a").inner_text()
    rows.first.locator(".mb-title a").click()
    page.locator(".mb-quoted").wait_for()
    if size == WIDE:
        page.locator(".mb-record mark").first.wait_for()
        assert page.title().startswith(decided[:20])
    shared = page.url
    page.locator('.mb-screens [data-screen="timeline"]').click()
    page.locator('.mb-filters [name="topic"]').fill(topic)
    page.locator('.mb-filters [type="submit"]').click()
    events = page.locator(".mb-events > li")
    events.first.wait_for()
    assert page.locator(".mb-plot svg:visible circle").count() == events.count() > 1
    drawn = page.locator(".mb-plot svg:visible").bounding_box()
    assert drawn and drawn["x"] >= 0 and drawn["x"] + drawn["width"] <= size[0]
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]

    opened = visit(shared, size, LOCALES[language]).page
    opened.locator(".mb-quoted").wait_for()
    if size == NARROW:
        opened.locator(".mb-sheet .mb-primary").click()
    marked = opened.locator(".mb-record mark")
    marked.first.wait_for()
    assert squeezed("".join(marked.all_text_contents()))[:40] in squeezed(
        opened.locator(".mb-quoted").inner_text()
    )
    assert squeezed(decided)[-20:] in squeezed(opened.locator(".mb-quoted").inner_text())


@pytest.mark.parametrize(
    ("language", "said"), [("en", "decided · since 1 February 2024"), ("zh", "决定 · 2024年2月1日以来")]
)
def test_filters_are_folded_on_a_narrow_page_and_say_in_words_what_is_set(
    visit: Open, address: str, language: str, said: str
) -> None:
    page = visit(f"{address}?view=decisions", NARROW, LOCALES[language]).page
    page.locator(".mb-register tbody tr").first.wait_for()
    first = page.locator(".mb-register tbody tr").first.bounding_box()
    assert first and first["y"] < NARROW[1] / 2
    kind, since = page.locator('.mb-filters [name="kind"]'), page.locator('.mb-filters [name="since"]')
    assert not kind.is_visible()
    page.locator('.mb-filters [name="topic"]').focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    kind.select_option("decided")
    page.wait_for_url(re.compile("kind=decided"))
    since.fill("2024-02-01")
    assert since.locator("xpath=..").locator("output").inner_text() in said
    page.wait_for_url(re.compile("since=2024-02-01"))
    page.locator(".mb-set", has_text=said).wait_for()
    assert since.is_visible()
    page.locator('.mb-filters [type="submit"]').click()
    kind.wait_for(state="hidden")
    assert page.locator(".mb-set").inner_text() == said


def test_a_list_shows_what_its_address_says_however_slowly_answers_come(visit: Open, address: str) -> None:
    page = visit(f"{address}?view=decisions", NARROW).page
    page.locator(".mb-register tbody tr").first.wait_for()
    page.evaluate("""() => {
        const real = window.fetch, pauses = [1200, 100];
        window.fetch = async (...asked) => {
            const pause = String(asked[1]?.body).includes("view=decisions") ? pauses.shift() ?? 0 : 0;
            await new Promise((done) => setTimeout(done, pause));
            return real(...asked);
        };
    }""")
    page.locator(".mb-fold").click()
    page.locator('.mb-filters [name="kind"]').select_option("decided")
    page.locator('.mb-filters [name="since"]').fill("2024-02-01")
    page.wait_for_timeout(1500)  # the answer to the first change comes after that to the second
    page.locator(".mb-set", has_text="decided · since 1 February 2024").wait_for()


def test_an_item_of_an_agenda_is_brought_into_view_each_time(visit: Open, address: str) -> None:
    page = visit(f"{address}?view=meetings&text=bottled+gas").page
    page.locator(".mb-meetings .mb-title a").first.click()
    items, pages = page.locator(".mb-agenda button"), page.locator(".mb-record .mb-pages")
    pages.wait_for()
    page.locator(".mb-record .mb-find input").fill("the")
    page.locator(".mb-record output", has_text="1").wait_for()
    for item in (items.last, items.first, items.last):
        item.click()
        heading = pages.locator("[data-start]", has_text=item.inner_text()[-12:]).first
        page.wait_for_function(
            "([inside, box]) => { const a = inside.getBoundingClientRect(), b = box.getBoundingClientRect();"
            " return a.top >= b.top && a.bottom <= b.bottom }",
            arg=[heading.element_handle(), pages.element_handle()],
        )


def test_a_link_to_an_answer_asks_it_as_it_was_understood(visit: Open, address: str) -> None:
    page = (seen := visit(address)).page
    seen.ask("What was decided on real estate in 2023?")
    page.locator("#t1 .mb-away").first.click()
    page.wait_for_function("document.querySelectorAll('#t1 .mb-away').length === 2", timeout=ANSWERING)
    page.locator("#t1:not([aria-busy])").wait_for(timeout=ANSWERING)
    page.wait_for_url(re.compile(r"exact=1"))
    chips, text = page.locator("#t1 .mb-chip").all_inner_texts(), page.locator("#t1 .mb-answer").inner_text()
    again = visit(page.url).page
    again.locator("#t1:not([aria-busy])").wait_for(timeout=ANSWERING)
    assert again.locator("#t1 .mb-chip").all_inner_texts() == chips
    assert again.locator("#t1 .mb-answer").inner_text() == text


def test_a_meeting_is_asked_about_alone_from_its_page(visit: Open, address: str) -> None:
    page = (seen := visit(f"{address}?view=meetings&text=bottled+gas")).page
    page.locator(".mb-meetings .mb-title a").first.click()
    page.get_by_role("link", name="Ask about this meeting").click()
    title = page.locator(".mb-scope").inner_text()
    assert title.startswith("Asking within: ") and "Ask all meetings" in title
    seen.ask("What was decided about gas safety?")
    assert "Searched 1 meeting," in page.locator("#t1 .mb-answer").inner_text()
    assert "1 chosen meeting" in page.locator("#t1 .mb-chips").inner_text()


def test_further_questions_are_offered_and_answered(visit: Open, address: str) -> None:
    page = (seen := visit(address)).page
    seen.ask(QUESTION["en"])
    offered = page.locator(".mb-further button")
    offered.first.wait_for(timeout=ANSWERING)
    question = offered.first.inner_text()
    offered.first.click()
    page.locator("#t2:not([aria-busy])").wait_for(timeout=ANSWERING)
    assert page.locator("#t2 .mb-question").inner_text() == question
    assert page.locator("#t2 .mb-mark").count() > 0


def test_the_language_is_switched_on_the_page_and_stays(visit: Open, address: str) -> None:
    page = (seen := visit(address)).page
    seen.ask(QUESTION["en"])
    page.locator("#mb-question textarea").fill("half a question")
    page.get_by_role("button", name="中文").click()
    page.get_by_role("textbox", name="您的问题").wait_for()
    page.locator('#t1[lang="zh"]').wait_for()
    assert page.locator("html").get_attribute("lang") == "zh"
    assert page.locator("#mb-question textarea").input_value() == "half a question"
    page.reload()
    page.get_by_role("link", name="决定", exact=True).click()
    page.get_by_role("heading", name="决定").wait_for()
    page.get_by_role("button", name="English").click()
    page.get_by_role("heading", name="Decisions").wait_for()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_serious_on_any_screen(visit: Open, address: str, theme: str) -> None:
    if not AXE.exists():
        pytest.skip("axe-core is not installed; npm install --no-save --prefix build/axe axe-core")
    found = []
    for name, query in SCREENS.items():
        page = visit(address + query, WIDE, theme=theme).page
        settle(page, name)
        found += violations(page, name)
        if name == "answer":
            page.locator("#t1 .mb-narrow").click()
            page.locator(".mb-mark").first.click()
            page.locator(".mb-record mark.mb-current").first.wait_for()
            found += violations(page, "open record")
        page.set_viewport_size({"width": NARROW[0], "height": NARROW[1]})
        found += violations(page, f"{name}, narrow")
        page.close()
    assert found == []


def test_forty_payloads_in_a_record_are_text_on_every_screen(visit: Open, address: str) -> None:
    page = (seen := visit(address)).page
    assert len(PAYLOADS) == 40
    seen.ask("What was resolved about the payload shelf?")
    page.locator(".mb-mark").last.click()
    page.locator(".mb-record mark.mb-current").first.wait_for()
    shown = squeezed(page.locator(".mb-pages").text_content())
    assert [payload for payload in PAYLOADS if squeezed(payload) not in shown] == []
    page.locator(".mb-record .mb-foot a").click()
    page.locator(".mb-entries li").first.wait_for()
    page.goto(f"{address}?view=decisions&topic=payload+shelf")
    page.locator(".mb-register tbody tr").first.wait_for()
    page.goto(f"{address}?view=timeline&topic=payload+shelf")
    page.locator(".mb-events li").first.wait_for()
    assert page.evaluate("window.hacked") is None
    assert (
        page.locator(
            ":is(.mb-sheet, .mb-turn, .mb-record) :is(script, img, iframe, object, embed, style)"
        ).count()
        == 0
    )


def settle(page: "Page", name: str) -> None:
    """Waits until a screen shows what it is opened for."""
    ready = {
        "first sight": ".mb-welcome h2",
        "answer": "#t1:not([aria-busy])",
        "nothing found": "#t1:not([aria-busy])",
    }
    page.locator(ready.get(name, ".mb-sheet h2, .mb-sheet .mb-trouble")).first.wait_for(timeout=ANSWERING)


def violations(page: "Page", name: str) -> list[str]:
    """What axe-core finds on a page, by screen, rule and place: what is serious or critical."""
    page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate("axe.run({ resultTypes: ['violations'] })")
    return [
        f"{name}: {violation['id']}: {node['target']} {node['failureSummary']}"
        for violation in found["violations"]
        if violation["impact"] in ("serious", "critical")
        for node in violation["nodes"]
    ]


def squeezed(text: str) -> str:
    return re.sub(r"\W+", "", text)
