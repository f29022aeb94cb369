"""Questions are offered only when the records answer them with something new."""

from pathlib import Path

import pytest

from ingest.encoder import SentenceTransformerEncoder
from qa import Minutebook
from qa.model.clients import model_from
from qa.suggestions import MOST, suggest
from tests.qa.openai_server import OpenAIServer, Raw

REAL_ESTATE = "What did the meeting decide on real estate?"


@pytest.mark.parametrize("question", [REAL_ESTATE, "第15次常务会议对房地产作出了哪些决定？"])
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


@pytest.mark.parametrize("wanted", [0, 1])
def test_nothing_more_is_tried_or_offered_once_it_is_no_longer_wanted(book: Minutebook, wanted: int) -> None:
    times = 0

    def still() -> bool:
        nonlocal times
        times += 1
        return times <= wanted

    assert suggest(book, book.ask(REAL_ESTATE), still) == []
    assert times == wanted + 1


def test_a_language_model_is_not_asked_for_them(
    sample_index: Path, encoder: SentenceTransformerEncoder, book: Minutebook
) -> None:
    pytest.importorskip("llama_index.llms.openai_like", reason="the language model extra is not installed")
    answer = book.ask(REAL_ESTATE)
    with OpenAIServer(lambda _: Raw(b"{}", status=503)) as server:
        model = model_from(f"openai-like:test@{server.url}", key=None, seconds=5)
        with Minutebook.open(sample_index, encoder=encoder, llm=model) as worded:
            assert suggest(worded, answer)
        assert not server.asked
