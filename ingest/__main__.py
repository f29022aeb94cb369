"""`python -m ingest PATH... [--index DIR]`: brings meeting records into an index."""

import argparse
import io
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from tqdm import tqdm

from ingest.check import examine_all, findings
from ingest.encoder import SentenceTransformerEncoder
from ingest.errors import IngestError
from ingest.index import OwnedIndex
from ingest.pipeline import Outcome, Report, Status, ingest, list_files

DEFAULT_INDEX = "index"


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code 0 when every file went in, 1 when some did not, 2 when the index cannot be used."""
    for stream in (sys.stdout, sys.stderr):  # a file name or a quote must never end the run
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    options = _parser().parse_args(arguments)
    try:
        if options.check:
            return _check(options)
        report, seconds = _run(options)
    except IngestError as error:
        print(error, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print(
            "Interrupted. What was finished is kept; run the same command again for the rest.",
            file=sys.stderr,
        )
        return 130
    _print_report(report, seconds, options.verbose)
    return 1 if report.failed or not report.outcomes else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("python -m ingest", description="Bring meeting records into an index.")
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="a file or a folder of records")
    parser.add_argument(
        "--index",
        type=Path,
        default=Path(os.environ.get("MINUTEBOOK_INDEX", DEFAULT_INDEX)),
        help="the index folder (default: $MINUTEBOOK_INDEX or ./index)",
    )
    parser.add_argument(
        "--encoder",
        default=os.environ.get("MINUTEBOOK_ENCODER"),
        help="folder of another sentence-transformers model (default: $MINUTEBOOK_ENCODER or the bundled one)",
    )
    parser.add_argument(
        "--check", action="store_true", help="only say what the files would become, and what is odd"
    )
    parser.add_argument("--wait", type=float, default=0, metavar="SECONDS", help="wait for an index in use")
    parser.add_argument(
        "-v", "--verbose", action="store_true", help="a line for every file, not only for failed ones"
    )
    return parser


def _run(options: argparse.Namespace) -> tuple[Report, float]:
    started = time.monotonic()
    files = list_files(options.paths)
    encoder = SentenceTransformerEncoder(options.encoder)
    with (
        OwnedIndex.open(options.index, encoder, wait=options.wait) as index,
        tqdm(total=len(files), unit="file", disable=None, dynamic_ncols=True) as bar,
    ):

        def advance(outcome: Outcome) -> None:
            bar.update()
            bar.set_postfix_str(outcome.path.name[:40], refresh=False)

        return ingest(files, index, advance), time.monotonic() - started


def _check(options: argparse.Namespace) -> int:
    """Prints a row per file and what to look at; exit code 1 when a file would be refused."""
    files = list_files(options.paths)
    with tqdm(total=len(files), unit="file", disable=None, dynamic_ncols=True) as bar:
        examined = examine_all(files, bar.update)
    print("date        session  items  turns  decisions  title")
    for one in examined:
        if meeting := one.meeting:
            numbers = f"{meeting.session or '-':>7}  {one.sections:>5}  {one.turns:>5}  {one.decisions:>9}"
            print(f"{meeting.date or '-'!s:<10}  {numbers}  {meeting.title}  ({one.path.name})")
        else:
            print(f"{'refused':<10}  {'':>33}  {one.path.name}")
    if found := findings(examined):
        print("\nTo look at:", *found, sep="\n- ")
    return 1 if any(one.refused for one in examined) or not examined else 0


def _print_report(report: Report, seconds: float, verbose: bool) -> None:
    for outcome in report.outcomes:
        if outcome.status is Status.FAILED:
            print(f"failed     {outcome.path}: {' '.join(outcome.notes)}", file=sys.stderr)
        elif verbose or (outcome.notes and outcome.status is not Status.UNCHANGED):
            print(f"{outcome.status:<10} {outcome.path}: {' '.join((outcome.title, *outcome.notes))}")
    if not report.outcomes:
        print("No records found: the paths hold no file of a kind that is read.", file=sys.stderr)
        return
    counts = ", ".join(f"{report.count(status)} {status}" for status in Status if report.count(status))
    encoded, passages = (sum(getattr(o, name) for o in report.outcomes) for name in ("encoded", "passages"))
    print(f"{counts}; {passages} passages, {encoded} of them encoded, in {seconds:.1f} s.")


if __name__ == "__main__":
    sys.exit(main())
