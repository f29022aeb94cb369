"""What a user would put together instead, over the same passages: LlamaIndex's retriever on Chroma, both by default.

Needs `pip install llama-index-vector-stores-chroma`, which Minutebook itself does not.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import chromadb
from chromadb.config import Settings
from llama_index.core import VectorStoreIndex
from llama_index.core.base.embeddings.base import BaseEmbedding
from llama_index.core.bridge.pydantic import PrivateAttr
from llama_index.core.schema import NodeWithScore, TextNode
from llama_index.core.vector_stores import MetadataFilter, MetadataFilters
from tqdm import tqdm

from ingest.catalog import open_existing
from ingest.encoder import Encoder
from qa.corpus import Corpus
from qa.scope import Scope

_BATCH = 2_000


class _SameEncoder(BaseEmbedding):
    """Minutebook's encoder behind LlamaIndex's interface, so that encoding a question costs both the same."""

    _encoder: Encoder = PrivateAttr()

    def __init__(self, encoder: Encoder) -> None:
        super().__init__(model_name=encoder.id)
        self._encoder = encoder

    def _get_query_embedding(self, query: str) -> list[float]:
        return self._encoder.encode_query(query).tolist()

    def _get_text_embedding(self, text: str) -> list[float]:
        return self._get_query_embedding(text)

    async def _aget_query_embedding(self, query: str) -> list[float]:
        return self._get_query_embedding(query)


def build_peer(index: Path, folder: Path, encoder: Encoder) -> None:
    """Fills a Chroma collection in `folder` with every passage of `index` that has a vector."""
    store = _store(folder)
    catalog = open_existing(index)
    corpus = Corpus(catalog, encoder)
    with corpus.session() as session:
        ids = session.ids(Scope())
        for start in tqdm(range(0, len(ids), _BATCH), desc="peer", disable=None):
            chosen = ids[start : start + _BATCH]
            vectors = session.vectors_of(chosen)
            passages = session.load(chosen)
            nodes = [
                TextNode(
                    id_=str(i),
                    text=passages[i].text,
                    embedding=vector.tolist(),
                    metadata={"record": passages[i].record_id},
                )
                for i, vector in vectors.items()
            ]
            if nodes:
                store.add(nodes)
    catalog.close()


def open_peer(folder: Path, encoder: Encoder) -> Callable[[str, Sequence[str] | None], list[NodeWithScore]]:
    """A function from a question and the records it is limited to, to the ten nearest passages."""
    index = VectorStoreIndex.from_vector_store(_store(folder), embed_model=_SameEncoder(encoder))

    def search(question: str, records: Sequence[str] | None) -> list[NodeWithScore]:
        chosen = [MetadataFilter(key="record", value=record) for record in records or ()]
        filters = MetadataFilters(filters=list(chosen)) if chosen else None
        return index.as_retriever(similarity_top_k=10, filters=filters).retrieve(question)

    return search


def _store(folder: Path) -> Any:
    from llama_index.vector_stores.chroma import ChromaVectorStore

    client = chromadb.PersistentClient(str(folder), settings=Settings(anonymized_telemetry=False))
    collection = client.get_or_create_collection("peer", metadata={"hnsw:space": "cosine"})
    return ChromaVectorStore(chroma_collection=collection)
