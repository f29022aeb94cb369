"""The LlamaIndex retriever: exact passages with their place, in a query engine, with nothing global touched."""

import asyncio
from typing import Any

import pytest
from llama_index.core import PromptTemplate, Settings
from llama_index.core.base.base_retriever import BaseRetriever
from llama_index.core.llms import MockLLM
from llama_index.core.query_engine import RetrieverQueryEngine
from llama_index.core.response_synthesizers import ResponseMode
from llama_index.core.schema import MetadataMode, NodeRelationship

from qa import Minutebook
from qa.errors import QuestionError
from tests.alone import run_alone

QUESTION = "What did the meeting decide on real estate?"


def test_nodes_are_the_hits_of_a_search_in_its_order(book: Minutebook) -> None:
    nodes, hits = book.as_retriever(k=5).retrieve(QUESTION), book.search(QUESTION, 5)
    assert len(hits) == 5
    assert [(found.text, found.score) for found in nodes] == [(hit.text, hit.score) for hit in hits]
    for found, hit in zip(nodes, hits, strict=True):
        meeting = hit.meeting
        assert found.node.metadata == {
            "record_id": meeting.record_id,
            "version": hit.version,
            "start": hit.start,
            "end": hit.end,
            "title": meeting.title,
            "date": meeting.date.isoformat() if meeting.date else "",
            "item": " > ".join(hit.item),
            "speakers": "; ".join(hit.speakers),
        }


def test_a_node_is_its_range_of_the_record_word_for_word(book: Minutebook) -> None:
    for found in book.as_retriever(k=20).retrieve("gas safety"):
        node = found.node
        source = node.relationships[NodeRelationship.SOURCE]
        record = book.record(source.node_id, source.metadata["version"])
        assert record is not None
        assert record.text[node.start_char_idx : node.end_char_idx] == node.get_content(MetadataMode.NONE)
        assert (node.start_char_idx, node.end_char_idx) == (node.metadata["start"], node.metadata["end"])


def test_node_ids_are_distinct_and_the_same_in_every_run(book: Minutebook) -> None:
    first, again = ([n.node_id for n in book.as_retriever(k=30).retrieve(QUESTION)] for _ in range(2))
    assert first == again
    assert len(set(first)) == 30


def test_filters_hold_and_a_question_about_no_meeting_finds_nothing(book: Minutebook) -> None:
    nodes = book.as_retriever(k=50, since="2025", until="2025-12-31").retrieve("budget")
    assert nodes
    assert {found.node.metadata["date"][:4] for found in nodes} == {"2025"}
    assert book.as_retriever().retrieve("What was decided in May 1803?") == []
    assert book.as_retriever(records=()).retrieve("budget") == []


def test_a_language_model_reads_the_meeting_and_no_offsets(book: Minutebook) -> None:
    node = book.as_retriever(k=1).retrieve(QUESTION)[0].node
    shown = node.get_content(MetadataMode.LLM)
    assert f"title: {node.metadata['title']}" in shown
    assert f"date: {node.metadata['date']}" in shown
    assert shown.endswith(node.get_content(MetadataMode.NONE).strip())
    for hidden in ("record_id", "version", "start:", "end:"):
        assert hidden not in shown
    assert all(node.metadata[line.split(": ", 1)[0]] for line in shown.split("\n\n", 1)[0].splitlines())


def plain(text: str) -> str:
    return " ".join(text.split())


def engine(book: Minutebook, **options: Any) -> RetrieverQueryEngine:
    return RetrieverQueryEngine.from_args(
        book.as_retriever(k=3),
        llm=MockLLM(),  # answers with the prompt it was given
        response_mode=ResponseMode.COMPACT,
        text_qa_template=PromptTemplate("{context_str}\n===\n{query_str}"),
        **options,
    )


def test_it_works_in_a_query_engine_and_leaves_the_global_settings_alone(
    book: Minutebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Settings, "_llm", None)
    monkeypatch.setattr(Settings, "_embed_model", None)
    response = engine(book).query(QUESTION)
    assert [n.text for n in response.source_nodes] == [hit.text for hit in book.search(QUESTION, 3)]
    for found in response.source_nodes:
        assert plain(found.text) in plain(str(response))
    assert str(response).endswith(QUESTION)
    assert Settings._llm is None and Settings._embed_model is None


def test_asynchronously_it_gives_the_same(book: Minutebook) -> None:
    retriever = book.as_retriever(k=3)
    assert run_alone(retriever.aretrieve(QUESTION)) == retriever.retrieve(QUESTION)
    response = run_alone(engine(book).aquery(QUESTION))
    assert [n.node_id for n in response.source_nodes] == [n.node_id for n in retriever.retrieve(QUESTION)]


def test_an_event_loop_goes_on_while_it_searches(book: Minutebook) -> None:
    async def run() -> list[str]:
        order: list[str] = []

        async def search() -> None:
            await book.as_retriever().aretrieve(QUESTION)
            order.append("found")

        async def other() -> None:
            await asyncio.sleep(0)
            order.append("other")

        await asyncio.gather(search(), other())
        return order

    assert run_alone(run()) == ["other", "found"]


def test_what_cannot_be_meant_is_refused_when_the_retriever_is_made(book: Minutebook) -> None:
    with pytest.raises(QuestionError, match="k is 0"):
        book.as_retriever(k=0)
    with pytest.raises(QuestionError, match="is no date"):
        book.as_retriever(since="soon")
    with pytest.raises(TypeError, match="no filter 'speaker'"):
        book.as_retriever(speaker="Li Jun")  # type: ignore[call-arg]
    assert isinstance(book.as_retriever(), BaseRetriever)
