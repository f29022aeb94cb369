"""How far the records answer: what comes nearest is shown and cited as that, and never called an answer."""

import pytest

from qa.answers import AnswerState
from qa.engine import Minutebook
from qa.render import answer_html, answer_text

NEAR = [
    "Which painter designed the gas safety poster of 1970?",
    "What colour are the uniforms of the drivers on bus lanes?",
    "老旧小区的路灯用哪个牌子？",
]


@pytest.mark.parametrize("text", NEAR)
def test_what_comes_nearest_is_cited_and_called_that(book: Minutebook, text: str) -> None:
    answer = book.ask(text)
    assert (answer.state, answer.abstained) == (AnswerState.NEAREST, True)
    assert 1 <= len(answer.citations) <= 3 and not answer.nearest
    lead, *pieces = answer.claims
    assert lead.own and ("nearest" in lead.text or "最接近" in lead.text)
    assert all(claim.citations for claim in pieces)
    for citation in answer.citations:
        record = book.record(citation.record.record_id, citation.version)
        assert record is not None and record.text[citation.start : citation.end] == citation.quote
    assert lead.text in answer_text(answer) and "mb-abstained" in answer_html(answer)


def test_nothing_is_near_a_topic_of_which_no_word_is_recorded(book: Minutebook) -> None:
    answer = book.ask("What was said on xylophone zeppelins?")
    assert (answer.state, answer.citations) == (AnswerState.NOTHING, ())


def test_an_answer_is_in_no_doubt(book: Minutebook) -> None:
    answer = book.ask("Who presided over the 32nd Executive Meeting?")
    assert answer.state is AnswerState.ANSWERED and not answer.abstained
