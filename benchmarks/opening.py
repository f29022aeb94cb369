"""How soon an index answers after a start, and how long a dense index takes to be rebuilt.

    python -m benchmarks.opening [--passages 100000] [--index DIR]

Makes an index of made-up minutes with random vectors of 384 components in DIR (kept, and used again, when it is
given), then prints: seconds from the start of a process to its first hits, imports included; seconds for a second
opening in a process that is up; until the dense index was probed and ready; and what a rebuilding takes.
"""

import argparse
import hashlib
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from ingest.encoder import Encoded, Snippet
from ingest.index import OwnedIndex
from ingest.nearest import Nearest
from ingest.pipeline import ingest
from ingest.records import Language
from qa import Minutebook

ITEMS = 250  # to a record, about two passages each
QUERY = "repairs of the quay in the harbour quarter"
OPEN = "import sys; from benchmarks.opening import first_hits; first_hits(sys.argv[1])"


class RandomEncoder:
    """A fixed random unit vector for each text."""

    id = "random@384"
    dimensions = 384

    def knows(self, language: Language) -> bool:
        return True

    def encode_query(self, text: str) -> np.ndarray:
        seed = int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest())
        vector = np.random.default_rng(seed).standard_normal(self.dimensions).astype(np.float32)
        return vector / np.linalg.norm(vector)

    def encode(
        self, snippets: Sequence[Snippet], progress: Callable[[int], None] | None = None
    ) -> list[Encoded]:
        empty = np.zeros((0, self.dimensions), np.float32)
        return [Encoded(self.encode_query(snippet.text), empty) for snippet in snippets]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--passages", type=int, default=100_000)
    parser.add_argument("--index", type=Path)
    options = parser.parse_args()
    with place_of(options.index) as place:
        fill(place, options.passages)
        for start in ("first", "second"):
            begun = time.perf_counter()
            subprocess.run(
                [sys.executable, "-c", OPEN, str(place)], check=True, cwd=Path(__file__).parents[1]
            )
            print(f"{start} process, start to end        {time.perf_counter() - begun:6.1f} s")
        first_hits(place)
        with OwnedIndex.open(place, RandomEncoder()) as index:
            begun = time.perf_counter()
            index.rebuild()
            print(f"dense index rebuilt              {time.perf_counter() - begun:6.1f} s")


def first_hits(place: str | Path) -> None:
    """Opens an index as its owner and searches it; says when there were hits, and when Chroma was ready."""
    begun = time.perf_counter()
    with Minutebook.open(place, encoder=RandomEncoder(), own=True) as book:
        hits = book.search(QUERY)
        print(f"  opened and first {len(hits)} hits        {time.perf_counter() - begun:6.1f} s", flush=True)
        dense = book._corpus.dense
        ready = isinstance(dense, Nearest) and dense.wait(600)
        print(
            f"  dense index {'ready' if ready else 'not ready'}              {time.perf_counter() - begun:6.1f} s"
        )


@contextmanager
def place_of(index: Path | None) -> Iterator[Path]:
    if index is not None:
        yield index
    else:
        with tempfile.TemporaryDirectory() as place:
            yield Path(place) / "index"


def fill(place: Path, passages: int) -> None:
    """Ingests made-up minutes until there are so many passages."""
    rng = np.random.default_rng(7)
    words = "quay harbour repair plan budget school bridge tram library tree gas water night market survey".split()
    with tempfile.TemporaryDirectory() as folder, OwnedIndex.open(place, RandomEncoder()) as index:
        number = 0
        while (held := len(index.expected_ids())) < passages:
            paths = []
            for _ in range(8):
                number += 1
                said = (
                    f"Board {number} heard of the {' '.join(rng.choice(words, 60))}." for _ in range(ITEMS)
                )
                items = "\n\n".join(f"## Item {n}\n\n{text}" for n, text in enumerate(said))
                paths.append(Path(folder, f"{number:05}.md"))
                paths[-1].write_text(
                    f"# Minutes of board {number}\n\n3 May 2024\n\n{items}\n", encoding="utf-8"
                )
            ingest(paths, index)
            print(f"{held} passages", end="\r", flush=True)
        print(f"{len(index.expected_ids())} passages")


if __name__ == "__main__":
    main()
