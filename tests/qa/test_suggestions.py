"""Questions are offered only when the records answer them with something new."""

import pytest

from qa import Minutebook
from qa.suggestions import MOST, suggest


@pytest.mark.parametrize(
    "question", ["What did the meeting decide on real estate?", "第15次常务会议对房地产作出了哪些决定？"]
)
def test_what_is_offered_is_answered_and_cites_what_was_not_cited(book: Minutebook, question: str) -> None:
    answer = book.ask(question)
    cited = {(c.record.record_id, c.start) for c in answer.citations}
    offered = suggest(book, answer)
    assert 1 <= len(offered) <= MOST and len(set(offered)) == len(offered)
    for other in offered:
        given = book.ask(other)
        assert not given.abstained and {(c.record.record_id, c.start) for c in given.citations} - cited
        assert given.question.language == answer.question.language


def test_nothing_is_offered_after_an_answer_without_evidence(book: Minutebook) -> None:
    assert suggest(book, book.ask("What was decided about landing rights for airships?")) == []
