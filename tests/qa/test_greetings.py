"""Greetings, thanks and "what can you do?" are answered with questions that work, and with nothing of the records."""

import pytest

from qa import Minutebook
from qa.answers import AnswerState
from qa.greetings import MOST


@pytest.mark.parametrize(
    ("said", "language"),
    [
        ("hello", "en"),
        ("Hi there!", "en"),
        ("Good morning.", "en"),
        ("thanks", "en"),
        ("OK, thank you very much!", "en"),
        ("what can you do?", "en"),
        ("What can I ask?", "en"),
        ("你好", "zh"),
        ("您好！", "zh"),
        ("谢谢", "zh"),
        ("好的，谢谢你", "zh"),
        ("你能做什么？", "zh"),
        ("怎么使用？", "zh"),
    ],
)
def test_a_greeting_gets_questions_that_the_records_answer_and_states_nothing(
    book: Minutebook, said: str, language: str
) -> None:
    answer = book.ask(said)
    assert answer.question.language == language and answer.state is AnswerState.NOTHING
    assert not answer.citations and all(claim.own for claim in answer.claims)
    offered = [claim.text for claim in answer.claims][2:]
    assert len(offered) == MOST
    for question in offered:
        given = book.ask(question)
        assert given.citations and not given.abstained and given.question.language == language


@pytest.mark.parametrize(
    "said", ["Who thanked the staff?", "Thanks, what was decided on real estate?", "谢谢，房地产有什么决定？"]
)
def test_a_question_with_a_greeting_in_it_is_answered(book: Minutebook, said: str) -> None:
    assert book.ask(said).question.topic


def test_what_follows_thanks_goes_on_from_the_question_before(book: Minutebook) -> None:
    chat = book.conversation()
    first = chat.ask("What did the meeting decide on real estate?")
    assert not chat.ask("thanks").citations
    assert chat.ask("and who is responsible for it?").question.topic.startswith(first.question.topic)


def test_a_greeting_is_still_searched_for_where_search_is_asked(book: Minutebook) -> None:
    assert book.search("help")
