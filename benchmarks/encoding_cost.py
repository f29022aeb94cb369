"""What the bundled encoders and their adapters cost: passages in alternating rounds, questions, and peak memory.

    python -m benchmarks.encoding_cost FOLDER [--passages 512] [--rounds 5]

FOLDER holds records. Each round encodes the same passages with each encoder as released and with the adapter that ships
for it. Memory is that of a process that does nothing else.
"""

import argparse
import multiprocessing
import resource
import statistics
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from ingest.adapters import MEETINGS, OFF
from ingest.bundled import BUNDLED
from ingest.encoder import SentenceTransformerEncoder, Snippet
from ingest.minutes import understand
from ingest.passages import snippet, split
from ingest.pipeline import list_files
from ingest.readers import read
from ingest.records import Record

ENCODERS = {
    bundled.name + (f" + {adapter}" if adapter == MEETINGS else ""): (bundled.name, adapter)
    for bundled in BUNDLED
    if bundled.find()
    for adapter in (OFF, MEETINGS)
    if adapter == OFF or bundled.adapter
}
QUESTIONS = (
    "What was decided about the budget?",
    "Who voted against it, and why?",
    "会议对预算作出了什么决定？",
)
ASKED = 50  # times each


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--passages", type=int, default=512)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    snippets = first_snippets(options.folder, options.passages)
    peaks = {
        name: peak_memory(name, snippets) for name in ENCODERS
    }  # first: a process inherits its parent's peak
    encoders = {name: SentenceTransformerEncoder(*_arguments(name)) for name in ENCODERS}
    seconds = alternating(encoders, snippets, options.rounds)
    print(
        "| encoder | ms of processor time a passage (median of rounds) | ms a question, p50 | peak memory, MB |"
    )
    print("|---|---|---|---|")
    for name, encoder in encoders.items():
        each = statistics.median(seconds[name]) / len(snippets) * 1000
        print(f"| {name} | {each:.2f} | {question_ms(encoder):.1f} | {peaks[name]:.0f} |")


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


def _arguments(name: str) -> tuple[str, None, str]:
    model, adapter = ENCODERS[name]
    return model, None, adapter


def alternating(
    encoders: Mapping[str, SentenceTransformerEncoder], snippets: Sequence[Snippet], rounds: int
) -> dict[str, list[float]]:
    """Seconds of processor time each round took, by encoder; the order turns, and a first round is not counted."""
    seconds: dict[str, list[float]] = {name: [] for name in encoders}
    for number in range(rounds + 1):
        for name, encoder in list(encoders.items())[:: -1 if number % 2 else 1]:
            started = time.process_time()
            encoder.encode(snippets)
            if number:
                seconds[name].append(time.process_time() - started)
    return seconds


def question_ms(encoder: SentenceTransformerEncoder) -> float:
    """The median time on the clock that one question takes."""
    took = []
    for question in QUESTIONS * ASKED:
        started = time.perf_counter()
        encoder.encode_query(question)
        took.append(time.perf_counter() - started)
    return statistics.median(took) * 1000


def peak_memory(name: str, snippets: Sequence[Snippet]) -> float:
    """Peak resident memory in MB of a new process that encodes the passages once."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(_peak, (name, list(snippets)))


def _peak(name: str, snippets: list[Snippet]) -> float:
    SentenceTransformerEncoder(*_arguments(name)).encode(snippets)
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
