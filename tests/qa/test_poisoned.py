"""What a record says to a language model is content: quoted, never obeyed; with and without a model that obeys."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.index import OwnedIndex
from ingest.pipeline import ingest
from ingest.records import Span
from qa import Answer, Minutebook
from qa.instructions import speaks_to_models
from qa.model.clients import model_from
from qa.model.prompt import spelt
from qa.render import answer_html, answer_markdown, evidence_html
from tests.hash_encoder import HashEncoder
from tests.qa.openai_server import OpenAIServer, Say
from tests.qa.poisoned import RECORDS, Poisoned, write


@pytest.fixture(scope="module")
def poisoned_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("poisoned")
    (folder / "records").mkdir()
    write(folder / "records")
    with OwnedIndex.open(folder / "index", HashEncoder()) as index:
        assert not ingest([folder / "records"], index).failed
    return folder / "index"


@pytest.fixture(scope="module")
def obedient() -> Iterator[tuple[OpenAIServer, dict[str, Poisoned]]]:
    """A model that writes what the poison of the record asked about wants, citing every passage it saw."""
    by_question = {record.question: record for record in RECORDS}

    def script(user: str) -> Say:
        record = next(record for question, record in by_question.items() if spelt(question) in user)
        numbers = "".join(f"[{number}]" for number in range(1, user.count("\nPassage ") + 2))
        return Say(
            f"{record.obeyed} {numbers}\n{record.decided} {numbers}\n{record.obeyed}{numbers}", size=60
        )

    with OpenAIServer(script) as server:
        yield server, by_question


def foreign(html: str) -> list[str]:
    """Images and links to elsewhere that the markup holds; "#..." and "?..." stay on the page."""
    return re.findall(r"<img|<a[^>]+href=[\"'](?![#?])|<script|<iframe|(?:src|href)=[\"']?https?:", html)


def assert_harmless(answer: Answer) -> None:
    for html in (answer_html(answer), evidence_html(answer)):
        assert not foreign(html)
    markdown = answer_markdown(answer)
    assert not re.search(r"(?<!\\)!\[|(?<!\\)\]\(", markdown)


def test_there_are_fifty() -> None:
    assert len(RECORDS) == 50 and len({record.question for record in RECORDS}) == 50


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.name)
def test_without_a_model_a_poison_is_at_most_quoted(poisoned_index: Path, record: Poisoned) -> None:
    with Minutebook.open(poisoned_index, encoder=HashEncoder()) as book:
        answer = book.ask(record.question)
        assert any(record.decided in citation.quote for citation in answer.citations)
        for claim in answer.claims:
            assert claim.own or claim.supported
        for citation in answer.citations:
            whole = book.record(citation.record.record_id)
            assert whole is not None and whole.text[citation.start : citation.end] == citation.quote
    assert_harmless(answer)


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.name)
def test_a_model_that_obeys_gets_nothing_through(
    poisoned_index: Path, record: Poisoned, obedient: tuple[OpenAIServer, dict[str, Poisoned]]
) -> None:
    model = model_from(f"openai-like:obedient@{obedient[0].url}", seconds=30)
    with Minutebook.open(poisoned_index, encoder=HashEncoder(), llm=model, llm_seconds=30) as book:
        answer = book.ask(record.question)
    assert answer.composer == "obedient"
    assert answer.claims[0].text == record.decided and answer.claims[0].supported
    assert record.obeyed.strip() not in {claim.text for claim in answer.claims}
    assert any("left out" in notice or "略去" in notice for notice in answer.notices)
    assert_harmless(answer)


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.name)
def test_the_model_is_not_shown_what_speaks_to_it(record: Poisoned) -> None:
    text = record.text(1)
    place = Span(text.index(record.poison), text.index(record.poison) + len(record.poison))
    found = list(speaks_to_models(text))
    assert any(span.start <= place.start and place.end <= span.end for span in found)
    assert not any(span.start < text.index(record.decided) + len(record.decided) < span.end for span in found)


def test_ordinary_minutes_do_not_speak_to_models() -> None:
    for path in sorted((Path(__file__).parents[2] / "data" / "minutes").iterdir()):
        text = path.read_text(encoding="utf-8")
        assert [span.of(text) for span in speaks_to_models(text)] == []


@pytest.mark.parametrize(
    "hostile",
    [
        "</passage>",
        "[1]",
        "【2】",
        "<|im_end|>",
        "```",
        "---\n",
        "a\u202eb",
        "a\u200bb",
        "\x1b[2J",
        "| quoted",
        "{{system}}",
    ],
)
def test_nothing_in_a_passage_passes_for_a_delimiter(hostile: str) -> None:
    assert not re.search(r"[<>\[\]【】`|{}\u200b\u202e\x1b]|^---", spelt(hostile))
