"""How long questions wait in a large index, and how much memory answering takes.

    python -m benchmarks.latency [FOLDER] [--index DIR] [--passages N] [--recall INDEX ...]

FOLDER holds records with questions: a `queries.jsonl` or `questions.jsonl` beside a folder `docs` or `minutes`, or
several such folders; the sample records when left out. Their records are ingested again and again by the real
pipeline, with other years and names each time, until there are N passages. The passages of the originals are
encoded, or recalled from indexes that hold them (--recall); those of the copies get the vectors of their originals,
moved a little: only the building is shortened by that, nothing of the asking. With --index the index is kept and
used again.

Then a few hundred of the questions are searched and asked, each once, in a process of its own: by Minutebook as a
reader, by Minutebook as the owner of the index (as in the chat), and by the simple peer, LlamaIndex retrieving from the
same vectors in Chroma with the same encoder. Questions are encoded for real in all of them. Printed are p50 and p95 of
the wall time and of the processor time in milliseconds, the seconds from the start of the process to its first answer,
and the memory of the process at the end and at its highest.
"""

import argparse
import itertools
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from tqdm import tqdm

from benchmarks.altered_copies import Alteration, RecallingEncoder, alteration, words_of
from ingest.encoder import Encoder, SentenceTransformerEncoder
from ingest.index import OwnedIndex
from ingest.pipeline import Report, ingest, list_files
from ingest.readers import PLAIN
from qa.corpus import Corpus
from qa.engine import Minutebook
from qa.evaluate import Asked, document_names, read_questions
from qa.filters import Filters
from qa.scope import Scope

ROOT = Path(__file__).parents[1]
LAYOUTS = (("docs", "queries.jsonl"), ("minutes", "questions.jsonl"))
STEPS = {"reader": ("search", "ask"), "owner": ("search", "ask"), "peer": ("search",)}
MOST_COPIES = 2_000


@dataclass(frozen=True, slots=True)
class Track:
    """A folder of records and the questions about them."""

    docs: Path
    questions: tuple[Asked, ...]


@dataclass(frozen=True, slots=True)
class Query:
    """A question to time, with the record it is limited to."""

    question: str
    records: tuple[str, ...] | None


def main() -> None:
    options = _parser().parse_args()
    if options.measure:
        print(json.dumps(measure(options.measure, options.step, options.index, options.started)))
        return
    with tempfile.TemporaryDirectory() as scratch:
        home = options.index or Path(scratch)
        if not (home / "queries.json").is_file():
            build(home, tracks(options.folder), options.passages, options.questions, options.recall)
        if "peer" in options.systems and not (home / "peer").is_dir():
            from benchmarks.simple_peer import build_peer

            build_peer(home / "index", home / "peer", SentenceTransformerEncoder())
        print((home / "made.txt").read_text(encoding="utf-8"))
        print(f"load average before: {os.getloadavg()[0]:.2f} on {os.cpu_count()} cores")
        results = {system: _measured_apart(system, home) for system in options.systems}
        print(f"load average after: {os.getloadavg()[0]:.2f}\n")
    print(table(results))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path, nargs="?", default=ROOT / "data")
    parser.add_argument("--index", type=Path, help="where the index is kept for the next time")
    parser.add_argument("--passages", type=int, default=100_000, help="at least so many (default: 100,000)")
    parser.add_argument("--questions", type=int, default=400, help="of all tracks together (default: 400)")
    parser.add_argument(
        "--recall", type=Path, nargs="*", default=[], help="indexes that hold the originals' vectors"
    )
    parser.add_argument(
        "--systems", nargs="*", choices=STEPS, default=list(STEPS), help="what is timed (default: all)"
    )
    parser.add_argument("--measure", choices=STEPS, help=argparse.SUPPRESS)
    parser.add_argument("--step", help=argparse.SUPPRESS)
    parser.add_argument("--started", type=float, help=argparse.SUPPRESS)
    return parser


# Building ------------------------------------------------------------------------------------------


def tracks(folder: Path) -> list[Track]:
    """The folder itself, or the folders in it, that hold records with questions."""
    found = [
        Track(place / docs, tuple(read_questions(place / questions)))
        for place in (folder, *sorted(folder.iterdir()))
        for docs, questions in LAYOUTS
        if (place / docs).is_dir() and (place / questions).is_file()
    ]
    if not found:
        raise SystemExit(f"{folder} holds no records with questions.")
    return found


def build(
    home: Path,
    found: Sequence[Track],
    wanted: int,
    questions: int,
    recall: Sequence[Path],
    encoder: Encoder | None = None,
) -> None:
    """Makes `home/index` of at least `wanted` passages, `home/records` of the copies, and `home/queries.json`."""
    started = time.perf_counter()
    index, pool = home / "index", _sampled(found, questions)
    recalling = RecallingEncoder(encoder or SentenceTransformerEncoder(), recall)
    queries: list[Query] = []
    with OwnedIndex.open(index, recalling) as owned:
        for track, asked in zip(found, pool, strict=True):
            queries += _ingested(track.docs, owned, Alteration(0), asked)
        originals = _count(owned)
        recalling = owned.encoder = RecallingEncoder(recalling.encoder, [*recall, index])
        names, vocabulary = _names_in(owned), _vocabulary(found)
        for number, place in itertools.product(range(1, MOST_COPIES), range(len(found))):
            if _count(owned) >= wanted:
                break
            recalling.alteration = alteration(number, names, vocabulary)
            folder = home / "records" / str(number) / str(place)
            _write_copy(found[place], recalling.alteration, folder)
            queries += _ingested(folder, owned, recalling.alteration, pool[place])
        passages = _count(owned)
    chosen = random.Random(0).sample(queries, min(questions, len(queries)))
    made = (
        f"{passages:,} passages: {originals:,} of the originals, the others of altered copies. Vectors of copies: "
        f"{recalling.recalled:,} recalled and moved, {recalling.encoded:,} encoded, the others those of originals "
        f"with the same words. Built in {time.perf_counter() - started:.0f} s; {len(chosen)} questions."
    )
    (home / "made.txt").write_text(made, encoding="utf-8")
    rows = [{"question": query.question, "records": query.records} for query in chosen]
    (home / "queries.json").write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")


def _sampled(found: Sequence[Track], questions: int) -> list[tuple[Asked, ...]]:
    """Of each track its share of the questions, drawn once."""
    draw, share = random.Random(0), -(-questions // len(found))
    return [tuple(draw.sample(track.questions, min(share, len(track.questions)))) for track in found]


def _ingested(folder: Path, owned: OwnedIndex, change: Alteration, asked: Sequence[Asked]) -> list[Query]:
    """Ingests one copy of a track; the questions about it."""
    with tqdm(
        total=len(list_files([folder])), desc=f"copy {change.number}", unit="file", disable=None
    ) as bar:
        report = ingest([folder], owned, lambda _: bar.update() and None)
    for outcome in report.failed:
        print(f"failed {outcome.path}: {' '.join(outcome.notes)}", file=sys.stderr)
    return list(_asked_of(report, folder, change, asked))


def _count(owned: OwnedIndex) -> int:
    with Corpus(owned.catalog, owned.encoder).session() as session:
        return session.count(Scope())


def _asked_of(report: Report, folder: Path, change: Alteration, asked: Sequence[Asked]) -> Iterator[Query]:
    """The questions about a copy, with its years and names."""
    ids = {name: record_id for record_id, name in document_names(report, folder).items()}
    for one in asked:
        scope = None if one.scope is None else change.apply(one.scope)
        if scope is None or scope in ids:
            yield Query(change.apply(one.question), None if scope is None else (ids[scope],))


def _write_copy(track: Track, change: Alteration, folder: Path) -> None:
    """The altered text files of a track; other formats are left out."""
    root = os.path.abspath(track.docs)
    for path in list_files([track.docs]):
        if path.suffix.lower() in PLAIN:
            copy = folder / change.apply(os.path.relpath(path, root))
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_text(change.apply(path.read_text(encoding="utf-8")), encoding="utf-8")


def _names_in(owned: OwnedIndex) -> list[str]:
    """Everybody the originals name as speaking, presiding or attending."""
    with Corpus(owned.catalog, owned.encoder).session() as session:
        return [name for name, _ in session.people(Scope())]


def _vocabulary(found: Sequence[Track]) -> frozenset[str]:
    words: set[str] = set()
    for track in found:
        for path in list_files([track.docs]):
            if path.suffix.lower() in PLAIN:
                words |= words_of(path.read_text(encoding="utf-8"))
    return frozenset(words)


# Measuring -----------------------------------------------------------------------------------------


def _measured_apart(system: str, home: Path) -> dict[str, Any]:
    """What `measure` gives, each step in a process of its own: nothing is warm that asking did not warm."""
    result: dict[str, Any] = {}
    for step in STEPS[system]:
        command = [
            sys.executable,
            "-m",
            "benchmarks.latency",
            "--measure",
            system,
            "--step",
            step,
            "--index",
            str(home.absolute()),
        ]
        done = subprocess.run(
            [*command, "--started", repr(time.time())],
            check=True,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )
        result[step] = json.loads(done.stdout.splitlines()[-1])
    return result


def measure(system: str, step: str, home: Path, started: float) -> dict[str, Any]:
    """Of each question the wall and processor time in milliseconds; seconds to the first answer; memory in MB."""
    rows = json.loads((home / "queries.json").read_text(encoding="utf-8"))
    queries = [Query(row["question"], row["records"] and tuple(row["records"])) for row in rows]
    run = _opened(system, step, home)
    run(queries[0])
    first = time.time() - started
    wall, processor = [], []
    for query in queries[1:]:
        begun, used = time.perf_counter(), time.process_time()
        run(query)
        wall.append(1000 * (time.perf_counter() - begun))
        processor.append(1000 * (time.process_time() - used))
    return {"first": first, "wall": wall, "processor": processor} | _memory()


def _opened(system: str, step: str, home: Path) -> Callable[[Query], object]:
    """What answers a question, ready to."""
    if system == "peer":
        from benchmarks.simple_peer import open_peer

        search = open_peer(home / "peer", SentenceTransformerEncoder())
        return lambda query: search(query.question, query.records)
    book = Minutebook.open(home / "index", own=system == "owner")
    book.warm()
    ask = book.ask if step == "ask" else book.search
    return lambda query: ask(query.question, **_filters(query))


def _filters(query: Query) -> Filters:
    return {"records": query.records}


def _memory() -> dict[str, float]:
    """Resident memory of this process now and at its highest, in MB (Linux)."""
    lines = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
    return {name: int(lines[key].split()[0]) / 1000 for name, key in (("rss", "VmRSS"), ("peak", "VmHWM"))}


# Showing -------------------------------------------------------------------------------------------


def table(results: dict[str, dict[str, Any]]) -> str:
    """A row per system and step: wall time, processor time, first answer, memory."""
    lines = [
        f"{'':15} {'ms p50':>8} {'p95':>6} {'processor p50':>14} {'p95':>6} {'first s':>8} {'RSS MB':>7} {'peak':>6}"
    ]
    for system, steps in results.items():
        for step, found in steps.items():
            wall, processor = (np.percentile(found[kind], (50, 95)) for kind in ("wall", "processor"))
            lines.append(
                f"{system:8}{step:7} {wall[0]:8.0f} {wall[1]:6.0f} {processor[0]:14.0f} {processor[1]:6.0f} "
                f"{found['first']:8.1f} {found['rss']:7.0f} {found['peak']:6.0f}"
            )
    return "\n".join(lines)


if __name__ == "__main__":
    main()
