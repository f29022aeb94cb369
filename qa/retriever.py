"""Minutebook as a LlamaIndex retriever: the hits of `Minutebook.search` as nodes that say where they stand.

A query engine, agent or evaluation made with LlamaIndex can take it in place of its own. Nothing global is read
or set: the language model of a query engine is that engine's to name.
"""

import asyncio
from collections.abc import Callable, Sequence
from typing import Any

from llama_index.core.base.base_retriever import BaseRetriever
from llama_index.core.schema import (
    MetadataMode,
    NodeRelationship,
    NodeWithScore,
    QueryBundle,
    RelatedNodeInfo,
    TextNode,
)

from qa.answers import Hit

# What programs want to know and neither a language model nor an encoder has a use for.
POSITION = ("record_id", "version", "start", "end")


class MinutebookRetriever(BaseRetriever):
    """Retrieves the passages that `find` gives for a question; made by `Minutebook.as_retriever`.

    A query's text is read like any question: dates, sessions, speakers and bodies in it narrow the search. An
    embedding that comes with it is not used. Raises QuestionError for a query that cannot be asked.
    """

    def __init__(self, find: Callable[[str], Sequence[Hit]]) -> None:
        super().__init__()
        self._find = find

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        return [node_of(hit) for hit in self._find(query_bundle.query_str)]

    async def _aretrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        """The same in a thread, so that an event loop goes on while the search runs."""
        return await asyncio.to_thread(self._retrieve, query_bundle)


def node_of(hit: Hit) -> NodeWithScore:
    """A hit as a node: `node.text` is the passage, word for word, at `start_char_idx` to `end_char_idx` of its record.

    The id names record, version and range, so it is the same in every run. Metadata are plain strings and numbers:
    date is ISO 8601, item the agenda titles joined by " > ", speakers joined by "; "; what is not known is "".
    A prompt shows title, date, item and speakers, and of those what is known.
    """
    metadata: dict[str, Any] = {
        "record_id": hit.meeting.record_id,
        "version": hit.version,
        "start": hit.start,
        "end": hit.end,
        "title": hit.meeting.title,
        "date": hit.meeting.date.isoformat() if hit.meeting.date else "",
        "item": " > ".join(hit.item),
        "speakers": "; ".join(hit.speakers),
    }
    hidden = [*POSITION, *(key for key, value in metadata.items() if value == "")]
    node = TextNode(
        id_=f"{hit.meeting.record_id}:{hit.version}:{hit.start}-{hit.end}",
        text=hit.text,
        start_char_idx=hit.start,
        end_char_idx=hit.end,
        metadata=metadata,
        excluded_llm_metadata_keys=hidden,
        excluded_embed_metadata_keys=hidden,
    )
    source = RelatedNodeInfo(node_id=hit.meeting.record_id, metadata={"version": hit.version})
    node.relationships[NodeRelationship.SOURCE] = source
    assert node.get_content(MetadataMode.NONE) == hit.text, "LlamaIndex keeps the words of a passage"
    return NodeWithScore(node=node, score=hit.score)
