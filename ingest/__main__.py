"""`python -m ingest PATH... [--index DIR]`: brings meeting records into an index, or says what that would do."""

import argparse
import io
import os
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from tqdm import tqdm

from ingest import catalog as store
from ingest.catalog import Catalog
from ingest.check import examine_all, findings
from ingest.encoder import SentenceTransformerEncoder
from ingest.errors import IngestError
from ingest.history import rollback
from ingest.index import OwnedIndex
from ingest.pipeline import Outcome, Report, Status, ingest, list_files, plan

DEFAULT_INDEX = "index"
_NEW = (Status.ADDED, Status.AMENDED)
_TOLD = (Status.MOVED, Status.MISSING, Status.REMOVED)


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code 0 when every file went in, 1 when some did not, 2 when the index cannot be used."""
    for stream in (sys.stdout, sys.stderr):  # a file name or a quote must never end the run
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    parser = _parser()
    options = parser.parse_args(arguments)
    if bool(options.paths) == (options.rollback is not None):
        parser.error("give the files or folders to ingest, or a record to --rollback")
    try:
        if options.check:
            return _check(options)
        if options.plan:
            return _plan(options)
        if options.rollback is not None:
            return _rollback(options)
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
    _print_report(report, options.verbose)
    _print_sum(report, seconds)
    return _exit_code(report)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("python -m ingest", description="Bring meeting records into an index.")
    parser.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="a file or a folder of records")
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
    parser.add_argument(
        "--plan", action="store_true", help="only say what would be added, changed, moved, missing or refused"
    )
    parser.add_argument(
        "--prune", action="store_true", help="remove the records whose files are gone from the folders"
    )
    parser.add_argument(
        "--force", action="store_true", help="let a draft take the place of an approved record"
    )
    parser.add_argument("--rollback", metavar="RECORD", help="go back to an older version of a record")
    parser.add_argument(
        "--to", type=int, metavar="VERSION", help="the version to go back to (default: the one before)"
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

        report = ingest(options.paths, index, advance, prune=options.prune, force=options.force)
        return report, time.monotonic() - started


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


def _plan(options: argparse.Namespace) -> int:
    """Prints what the same run without --plan would do."""
    with _catalog_to_plan(options.index) as catalog:
        files = list_files(options.paths)
        with tqdm(total=len(files), unit="file", disable=None, dynamic_ncols=True) as bar:
            report = plan(
                options.paths,
                catalog,
                lambda _: bar.update() and None,
                prune=options.prune,
                force=options.force,
            )
    _print_report(report, verbose=True)
    counts = ", ".join(f"{report.count(status)} {status}" for status in Status if report.count(status))
    print(f"{counts or 'No records found'}. Nothing was done; run it without --plan to do it.")
    return _exit_code(report)


@contextmanager
def _catalog_to_plan(index: Path) -> Iterator[Catalog]:
    """The catalog of an index; an empty one where there is none yet."""
    if (index / store.FILE_NAME).is_file():
        with store.open_existing(index) as catalog:
            yield catalog
    else:
        with TemporaryDirectory(prefix="minutebook-") as empty, store.create(Path(empty)) as catalog:
            yield catalog


def _rollback(options: argparse.Namespace) -> int:
    encoder = SentenceTransformerEncoder(options.encoder)
    with OwnedIndex.open(options.index, encoder, wait=options.wait) as index:
        outcome = rollback(index, options.rollback, options.to)
    print(f"{outcome.record_id}  {outcome.title}: {' '.join(outcome.notes)}")
    return 0


def _exit_code(report: Report) -> int:
    """0 only if every file went in."""
    return 1 if report.of(Status.FAILED, Status.REFUSED) or not report.outcomes else 0


def _print_report(report: Report, verbose: bool) -> None:
    for outcome in report.outcomes:
        bad = outcome.status in (Status.FAILED, Status.REFUSED)
        if bad or verbose or outcome.status in _TOLD or (outcome.notes and outcome.status in _NEW):
            words = outcome.notes if bad else (outcome.title, *outcome.notes)
            print(
                f"{outcome.status:<10} {outcome.path}: {' '.join(words)}",
                file=sys.stderr if bad else sys.stdout,
            )
            for item in outcome.items:
                print(f"{'':<10}   {item.kind}: {item.title or 'what stands before the first item'}")


def _print_sum(report: Report, seconds: float) -> None:
    if not report.outcomes:
        print("No records found: the paths hold no file of a kind that is read.", file=sys.stderr)
        return
    counts = ", ".join(f"{report.count(status)} {status}" for status in Status if report.count(status))
    encoded, passages = (sum(getattr(o, name) for o in report.outcomes) for name in ("encoded", "passages"))
    print(f"{counts}; {passages} passages, {encoded} of them encoded, in {seconds:.1f} s.")
    if report.count(Status.MISSING):
        print("Records whose files are gone were kept; --prune removes them.")


if __name__ == "__main__":
    sys.exit(main())
