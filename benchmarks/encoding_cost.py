"""What the adapter costs when passages are encoded: speed in alternating rounds, and peak memory of its own process.

    python -m benchmarks.encoding_cost FOLDER [--passages 512] [--rounds 5]

FOLDER holds records. Each round encodes the same passages with the bundled encoder as released and with the adapter.
"""

import argparse
import multiprocessing
import resource
import statistics
import time
from collections.abc import Sequence
from pathlib import Path

from ingest.adapters import MEETINGS, OFF
from ingest.encoder import SentenceTransformerEncoder, Snippet
from ingest.minutes import understand
from ingest.passages import snippet, split
from ingest.pipeline import list_files
from ingest.readers import read
from ingest.records import Record

ENCODERS = {"released": OFF, "adapter": MEETINGS}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--passages", type=int, default=512)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    snippets = first_snippets(options.folder, options.passages)
    seconds = alternating(snippets, options.rounds)
    print("| encoder | ms of processor time a passage (median of rounds) | peak memory, MB |\n|---|---|---|")
    for name in ENCODERS:
        each = statistics.median(seconds[name]) / len(snippets) * 1000
        print(f"| {name} | {each:.2f} | {peak_memory(name, snippets):.0f} |")


def first_snippets(folder: Path, most: int) -> list[Snippet]:
    """The first indexed passages of the records under a folder, as the encoder reads them."""
    out: list[Snippet] = []
    for path in list_files([folder]):
        document = read(path)
        understood = understand(document, path=path)
        record = Record(
            path.stem, 1, str(path), document.text, understood.meeting, understood.sections, understood.turns
        )
        out += [snippet(passage) for passage in split(record) if passage.indexed]
        if len(out) >= most:
            break
    return out[:most]


def alternating(snippets: Sequence[Snippet], rounds: int) -> dict[str, list[float]]:
    """Seconds of processor time each round took, by encoder; the order turns, and a first round is not counted."""
    encoders = {name: SentenceTransformerEncoder(adapter=adapter) for name, adapter in ENCODERS.items()}
    seconds: dict[str, list[float]] = {name: [] for name in encoders}
    for number in range(rounds + 1):
        for name, encoder in list(encoders.items())[:: -1 if number % 2 else 1]:
            started = time.process_time()
            encoder.encode(snippets)
            if number:
                seconds[name].append(time.process_time() - started)
    return seconds


def peak_memory(name: str, snippets: Sequence[Snippet]) -> float:
    """Peak resident memory in MB of a new process that encodes the passages once."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(_peak, (ENCODERS[name], list(snippets)))


def _peak(adapter: str | None, snippets: list[Snippet]) -> float:
    SentenceTransformerEncoder(adapter=adapter).encode(snippets)
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
