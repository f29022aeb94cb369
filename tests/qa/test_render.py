"""Answers as text, Markdown and HTML: what is shown, and that nothing of a record becomes markup."""

from dataclasses import replace
from datetime import date
from html import escape
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.answers import Answer, AnswerState, Citation, Claim, Group, Hit, MeetingRef, Question, Searched
from qa.render import (
    answer_html,
    answer_markdown,
    answer_text,
    answer_with_citations,
    evidence_html,
    quotation,
    source,
    tidy,
)
from tests.payloads import PAYLOADS

COUNCIL = MeetingRef(
    "r1", "Minutes of the Harbour Council", date(2024, 3, 15), None, 12, "Harbour Council", "Harbour Council"
)
STANDING = MeetingRef(
    "r2", "市政府第15次常务会议纪要", date(2024, 5, 16), None, 15, "常务会议", "市政府", "zh"
)
TEXT = "## 3. Housing\n\n- **Resolved**: that the register opens on 1 June\n  2024.\n\nThe chair thanked all."

TAGS = {
    *("div", "section", "article", "aside", "p", "h3", "h4", "span", "a", "mark", "br", "blockquote"),
    *("ol", "ul", "li", "button"),
}


class Parsed(HTMLParser):
    """Tags, attributes and text of a piece of HTML, and the text inside each `mark`."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.text = ""
        self.marked: list[str] = []
        self._inside = False
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]
        if tag == "mark":
            self._inside = True
            self.marked.append("")

    def handle_endtag(self, tag: str) -> None:
        self._inside = self._inside and tag != "mark"

    def handle_data(self, data: str) -> None:
        self.text += data
        if self._inside:
            self.marked[-1] += data


def cited(
    quote: str = "- **Resolved**: that the register opens on 1 June\n  2024.", **changes: object
) -> Citation:
    start = TEXT.index(quote) if quote in TEXT else 0
    before, after = TEXT[:start], TEXT[start + len(quote) :]
    made = Citation(
        start, start + len(quote), 1, COUNCIL, 1, quote, before, after, ("Housing",), "Li Jun", 3, 75.0
    )
    return replace(made, **changes)


def answered(citation: Citation, claim: str | None = None, **changes: object) -> Answer:
    group = Group(
        citation.record, "15 March 2024, 12th Harbour Council", (Claim(claim or citation.quote, (1,)),)
    )
    searched = Searched(18, date(2024, 1, 2), date(2025, 12, 1))
    made = Answer(Question("What of the register?"), (group,), (citation,), searched=searched)
    return replace(made, **changes)


def test_text_has_the_heading_on_its_own_line_and_numbers_after_the_sentence() -> None:
    text = answer_text(answered(cited()))
    assert (
        text == "15 March 2024, 12th Harbour Council\nResolved: that the register opens on 1 June 2024. [1]"
    )


def test_printing_an_answer_gives_the_citations_with_their_source_and_exact_quote() -> None:
    citation = cited()
    printed = answer_with_citations(answered(citation))
    line = (
        "[1] Minutes of the Harbour Council, 15 March 2024, 12th Harbour Council, Housing, Li Jun, p. 3, 1:15"
    )
    assert line in printed
    assert f"“{citation.quote}”" in printed


def test_a_chinese_answer_is_printed_with_chinese_dates_and_punctuation() -> None:
    citation = cited(
        "会议决定下调首付比例。", record=STANDING, item=("房地产",), speaker=None, page=None, seconds=None
    )
    printed = answer_with_citations(answered(citation, question=Question("什么决定？", language="zh")))
    assert "[1] 市政府第15次常务会议纪要，2024年5月16日，房地产\n" in printed


def test_markdown_cites_with_footnotes_that_name_the_record() -> None:
    markdown = answer_markdown(answered(cited()))
    assert "1 June 2024.[^1]" in markdown
    assert "\n[^1]: Minutes of the Harbour Council, 15 March 2024" in markdown


@pytest.mark.parametrize("payload", PAYLOADS)
def test_markdown_leaves_no_sign_of_a_record_unescaped(payload: str) -> None:
    markdown = answer_markdown(answered(cited(payload), payload))
    for sign in "<>[]`":
        unescaped = markdown.replace(f"\\{sign}", "").replace("[^1]", "")
        assert sign not in unescaped


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("- **Approved** the plan", "Approved the plan"),
        ("## Housing\nThe plan", "Housing The plan"),
        ("> - quoted item", "quoted item"),
        ("会议决定，\n自六月起实施。", "会议决定，自六月起实施。"),
        ("5 - 3 = 2 and a*b*c", "5 - 3 = 2 and a*b*c"),
        ("-5 degrees", "-5 degrees"),
        ("**unclosed", "**unclosed"),
        ("*Agreed:* ***to mow*** the _lawn_", "Agreed: to mow the lawn"),
        ("**Agreed: to mow the lawn.", "Agreed: to mow the lawn."),
        ("to mow the lawn by `ten` o'clock.**", "to mow the lawn by ten o'clock."),
        (
            'ask [the warden](https://example.org/w_1 "by mail") and ![a map](m.png)',
            "ask the warden and a map",
        ),
        (
            "rate 2**3 ** 4, snake_case_name, 7* [see] (below)",
            "rate 2**3 ** 4, snake_case_name, 7* [see] (below)",
        ),
        (
            "to sow twenty-\nthree beds be-\nfore the self-\nimposed day",
            "to sow twenty-three beds before the self-imposed day",
        ),
        ("", ""),
    ],
)
def test_claims_are_shown_without_the_signs_of_markdown(written: str, shown: str) -> None:
    assert tidy(written) == shown


@pytest.mark.parametrize(
    ("language", "parts"),
    [
        ("en", ("15 March 2024", "12th Harbour Council", "Housing", "Li Jun", "p. 3", "1:15")),
        ("zh", ("2024年3月15日", "第12次", "Housing", "Li Jun", "第3页", "1:15")),
    ],
)
def test_a_card_names_record_date_session_item_speaker_page_and_time(
    language: str, parts: tuple[str, ...]
) -> None:
    card = Parsed(evidence_html(answered(cited()), language))
    for part in ("Minutes of the Harbour Council", *parts):
        assert part in card.text


def test_the_session_is_not_said_again_where_the_title_says_it() -> None:
    citation = cited("会议决定下调首付比例。", record=STANDING)
    assert source(citation, "zh").count("15次") == 1


def test_the_card_marks_the_exact_quote_in_its_surroundings() -> None:
    citation = cited()
    card = Parsed(evidence_html(answered(citation)))
    assert card.marked == [citation.quote]
    assert citation.before + citation.quote + citation.after in card.text


@given(st.text(st.characters(codec="utf-8", exclude_characters="\r\0"), min_size=1))
def test_every_character_of_a_quote_is_in_its_mark(quote: str) -> None:
    assert Parsed(evidence_html(answered(cited(quote)))).marked == [quote]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("one\n\ntwo", '<span class="mb-gap">'),
        ("Item one.\nItem two.", "<br>"),
        ("a sentence that runs on past its line for reasons of width\nonly, as here", None),
    ],
)
def test_a_line_of_the_record_ends_only_where_it_ends_for_a_reason(text: str, kept: str | None) -> None:
    card = evidence_html(answered(cited(text, before="", after="")))
    assert ("<br>" in card or "mb-gap" in card) == (kept is not None)
    assert kept is None or kept in card


def test_a_citation_number_links_to_the_card_of_its_turn() -> None:
    answer = answered(cited())
    mark, card = answer_html(answer, "en", turn=7), evidence_html(answer, "en", turn=7)
    assert 'href="#t7-c1"' in mark and 'aria-label="Show citation 1: Minutes of the Harbour Council' in mark
    assert 'id="t7-c1"' in card


@pytest.mark.parametrize("payload", PAYLOADS)
def test_nothing_in_a_record_or_a_question_becomes_markup(payload: str) -> None:
    meeting = replace(COUNCIL, title=payload, body=payload, series=payload)
    hit = Hit(0, 5, 1, meeting, 1, payload, 0.5, item=(payload,), speakers=(payload,))
    citation = cited(payload, record=meeting, before=payload, after=payload, item=(payload,), speaker=payload)
    answer = answered(citation, payload, question=Question(payload, nearest=(meeting,)), notices=(payload,))
    near = replace(answer, citations=(), groups=(), nearest=(hit,), state=AnswerState.NOTHING)
    html = "".join(
        (
            answer_html(answer),
            evidence_html(answer),
            answer_html(near),
            evidence_html(near),
        )
    )
    parsed = Parsed(html)
    assert set(parsed.tags) <= TAGS
    names = {name for name, _ in parsed.attributes}
    assert not {name for name in names if name.startswith("on") or name in ("src", "style", "srcdoc")}
    assert all(value.startswith(("#t1", "?meeting=")) for name, value in parsed.attributes if name == "href")
    assert payload in parsed.text


def test_a_sentence_without_evidence_is_marked_as_not_from_the_records() -> None:
    group = Group(COUNCIL, "heading", (Claim("A sentence of the model."),))
    html = answer_html(answered(cited(), groups=(group,), composer="some model"))
    assert "not from the records" in html


def test_what_minutebook_says_of_its_own_search_is_not_marked() -> None:
    group = Group(None, "", (Claim("7 of 48 meetings discuss this.", own=True),))
    html = answer_html(answered(cited(), groups=(group,)))
    assert "7 of 48" in html and "not from the records" not in html


def test_an_abstaining_answer_offers_the_nearest_passages() -> None:
    hit = Hit(0, 5, 1, COUNCIL, 1, "The chair thanked all.", 0.5, item=("Closing",))
    group = Group(None, "", (Claim("The records do not answer this."),))
    answer = Answer(
        Question("School buses?"), (group,), nearest=(hit,), searched=Searched(18), state=AnswerState.NOTHING
    )
    near = Parsed(evidence_html(answer)).text
    assert "The chair thanked all." in near and "Closing" in near and "15 March 2024" in near


def test_a_near_passage_is_cut_at_a_word() -> None:
    hit = Hit(0, 900, 1, COUNCIL, 1, "responsibility " * 60, 0.5)
    shown = Parsed(evidence_html(Answer(Question("?"), nearest=(hit,)))).text
    assert shown.endswith("responsibility …") and len(shown) < 450


def test_a_question_about_a_meeting_that_never_was_offers_the_nearest_meetings() -> None:
    question = Question("In 1999?", missing=True, nearest=(COUNCIL, STANDING))
    group = Group(None, "", (Claim("No such meeting."),))
    text = Parsed(
        answer_html(Answer(question, (group,), searched=Searched(18), state=AnswerState.NOTHING))
    ).text
    assert "Minutes of the Harbour Council, 12th Harbour Council, 15 March 2024" in text
    assert "市政府第15次常务会议纪要, 16 May 2024" in text


def test_what_was_searched_stands_under_the_answer() -> None:
    assert "Searched 18 meetings, January 2024 to December 2025" in answer_html(answered(cited()), "en")
    assert "查阅了2024年1月至2025年12月的18次会议" in answer_html(answered(cited()), "zh")


def test_a_quotation_names_record_date_session_item_and_page() -> None:
    citation = cited()
    said = quotation(citation, "en")
    assert said.startswith(f"“{citation.quote.strip()}” (Minutes of the Harbour Council, 15 March 2024, ")
    assert "Housing" in said and said.endswith("1:15)") and "p. 3" in said
    assert escape(said) in evidence_html(answered(citation))
