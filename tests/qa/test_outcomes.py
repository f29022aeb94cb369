"""Questions for all that came out one way: every entry of the register, counted, in whatever language it stands."""

import pytest

from qa import Minutebook
from qa.answers import Intent, Question
from qa.outcomes import of_outcome, outcome_asked
from qa.question import read_question
from tests.qa.calendars import city, shown, town


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("What was deferred?", "decision:"),
        ("Show me all rejected requests", "decision:"),
        ("Which proposals did the council reject in 2023?", "decision: | 2023-01-01..2023-12-31"),
        ("Which motions failed?", "decision:"),
        ("Was anything put off in March 2024?", "decision: | 2024-03-01..2024-03-31"),
        ("What was deferred on road works?", "decision: road works"),
        ("Tell me everything that has been deferred", "decision:"),
        ("what is still open?", "decision:"),
        ("Are there any open questions?", "decision:"),
        ("Which things were not decided?", "decision:"),
        ("Has anything been moved to a later date?", "decision:"),
        ("Was anything withdrawn?", "decision:"),
        ("Which requests were approved?", "decision:"),
        ("What did they agree on?", "decision:"),
        ("What was agreed about road works?", "decision: road works"),
        ("Why was the tram deferred?", "fact: tram deferred"),
    ],
)
def test_an_english_question_for_an_outcome_asks_for_every_matter(text: str, reading: str) -> None:
    assert shown(read_question(text, town())) == reading


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("哪些事情被推迟了？", "decision:"),
        ("2023年否决了哪些提案？", "decision: | 2023-01-01..2023-12-31"),
        ("哪些申请没有获得批准？", "decision:"),
        ("列出所有暂缓的议题", "decision:"),
        ("还有什么没定？", "decision:"),
        ("哪些问题悬而未决？", "decision:"),
        ("有没有什么被搁置？", "decision:"),
        ("哪些被撤回了？", "decision:"),
        ("通过了哪些方案？", "decision:"),
    ],
)
def test_a_chinese_question_for_an_outcome_asks_for_every_matter(text: str, reading: str) -> None:
    assert shown(read_question(text, city())) == reading


def test_who_voted_something_down_is_no_question_for_all_that_was() -> None:
    asked = Question("Who rejected the request?", topic="request", intent=Intent.VOTE)
    assert of_outcome(asked) == asked and outcome_asked(asked) is None


def test_every_rejection_is_listed_and_counted_in_both_languages(book: Minutebook) -> None:
    answer = book.ask("哪些申请没有获得批准？")
    entries = [entry.quote for entry in book.decisions(kind="rejected")]
    assert [citation.quote for citation in answer.citations] == entries
    assert answer.claims[0].text == f"共有{len(entries)}项未获同意：" and answer.claims[0].own
    assert {citation.record.language for citation in answer.citations} == {"en", "zh"}


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Tell me everything that has been deferred", ["deferred"]),
        ("anything postponed?", ["deferred"]),
        ("有哪些事项被推迟？", ["deferred"]),
        ("what is still open?", ["deferred", "undecided"]),
        ("还有什么没定？", ["deferred", "undecided"]),
        ("Which requests were refused?", ["rejected"]),
    ],
)
def test_every_wording_of_a_list_is_answered_with_the_same_entries_as_the_register(
    book: Minutebook, text: str, kinds: list[str]
) -> None:
    answer = book.ask(text)
    later = {claim.citations for claim in answer.claims if claim.note}
    listed = [claim.citations for claim in answer.claims if claim.citations and claim.citations not in later]
    quotes = {citation.number: citation.quote for citation in answer.citations}
    assert [quotes[number] for (number,) in listed] == [entry.quote for entry in book.decisions(kind=kinds)]


def test_an_opening_that_is_moved_to_a_later_day_is_put_off(book: Minutebook) -> None:
    put_off = [entry.quote for entry in book.decisions(kind="deferred")]
    assert any("from 20 December 2025 to 18 April 2026" in quote for quote in put_off)


def test_a_note_that_nothing_was_decided_is_neither_a_deferral_nor_a_decision(book: Minutebook) -> None:
    (entry,) = (one for one in book.decisions("bus lanes", kind="undecided"))
    assert entry.quote == "No decision was taken on bus lanes elsewhere in the city."
    answer = book.ask("What was decided on bus lanes elsewhere in the city?")
    assert answer.claims[0].text == entry.quote and answer.citations[0].quote == entry.quote
    event = next(
        event for event in book.timeline("bus lanes elsewhere").events if event.citation.quote == entry.quote
    )
    assert event.kind == "undecided" and not event.decided


def test_what_is_left_open_says_which_later_meeting_settled_it(book: Minutebook) -> None:
    answer = book.ask("what is still open?")
    settled = [claim.text for claim in answer.claims if claim.note and claim.text.startswith("Settled")]
    assert settled == ["Settled later, on 14 October 2025.", "Settled later, on 10 September 2024."]
    assert "later meetings settled 2 of them" in answer.claims[0].text


def test_a_list_without_an_entry_is_no_list_of_others(book: Minutebook) -> None:
    assert book.ask("What was withdrawn in 2024?").abstained


def test_what_is_listed_names_its_matter(book: Minutebook) -> None:
    said = [claim.text for claim in book.ask("What was deferred in 2024?").claims]
    assert said[0] == "5 matters were deferred:"
    assert (
        "ROOF OF THE CENTRAL LIBRARY: DECISION: Deferred until a second quotation in slate has been obtained."
        in said
    )
    assert all(text[:2] not in ("1.", "2.", "3.") for text in said)


def test_an_amendment_in_the_other_language_answers_within_its_year(book: Minutebook) -> None:
    answer = book.ask("2025年关于房地产有什么决定？")
    assert not answer.abstained and "raised from 420 to 560" in answer.claims[0].text
    assert answer.claims[1].note and answer.citations[1].record.language == "zh"
