"""`python -m ingest PATH...`: brings meeting records into an index, says what that would do, or follows folders.

`python -m ingest doctor|status|aside|backup|restore|forget|purge` keep an index. An index that another process owns is
no obstacle: that process is asked, and does the work.
"""

import argparse
import io
import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tqdm import tqdm

from ingest import care, console, doctor, jobs
from ingest.arguments import add_encoder, add_index, path_argument
from ingest.catalog import FILE_NAME, Catalog, create_catalog, open_existing
from ingest.check import examine_all, findings
from ingest.encoder import SentenceTransformerEncoder
from ingest.errors import IndexBusy, IngestError
from ingest.failures import forget
from ingest.inbox import Inbox
from ingest.index import OwnedIndex
from ingest.outcomes import Outcome
from ingest.outdated import find_outdated
from ingest.pipeline import Report, Status, list_files, plan
from ingest.reading import passed_over
from ingest.reindex import reindex
from ingest.vectors import ChromaServer
from ingest.watch import watch
from ingest.watchers import announced


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code 0 when every file went in, 1 when some did not, 2 when the index cannot be used."""
    for stream in (sys.stdout, sys.stderr):  # a file name or a quote must never end the run
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    words = list(sys.argv[1:] if arguments is None else arguments)
    options = (_care_parser() if words and words[0] in _CARE else _parser()).parse_args(words)
    try:
        command: Callable[[argparse.Namespace], int] = options.command
        code = command(options)
        sys.stdout.flush()
        return code
    except BrokenPipeError:  # whoever reads, `head` for one, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141
    except IngestError as error:
        print(error, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print(
            "Interrupted. What was finished is kept; run the same command again for the rest.",
            file=sys.stderr,
        )
        return 130


# What can be said on the command line -------------------------------------------------------------------------


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        "python -m ingest",
        description="Bring meeting records into an index.",
        epilog=f"Keeping an index: python -m ingest {'|'.join(_CARE)} --help. A folder of such a name: ./status.",
    )
    parser.add_argument(
        "paths", nargs="*", type=path_argument, metavar="PATH", help="a file or a folder of records"
    )
    does = parser.add_mutually_exclusive_group()
    does.add_argument(
        "--check", action="store_true", help="only say what the files would become, and what is odd"
    )
    does.add_argument(
        "--plan", action="store_true", help="only say what would be added, changed, moved, missing or refused"
    )
    does.add_argument("--watch", action="store_true", help="go on: ingest what changes in the folders")
    does.add_argument("--rollback", metavar="RECORD", help="go back to an older version of a record")
    does.add_argument(
        "--reindex", action="store_true", help="encode everything anew, with another --encoder than before"
    )
    parser.add_argument(
        "--to", type=int, metavar="VERSION", help="with --rollback: the version to go back to"
    )
    parser.add_argument(
        "--prune", action="store_true", help="remove the records whose files are gone from the folders"
    )
    parser.add_argument(
        "--force",
        action="store_true",
        help="let a draft take the place of an approved record, and a file that states no readers have more than its"
        " record; with --prune also empty folders that hold nothing now;"
        " with --rollback let more people read the record than before",
    )
    parser.add_argument(
        "-v", "--verbose", action="store_true", help="a line for every file, not only for failed ones"
    )
    add_index(parser, os.environ)
    _add_owned(parser)
    parser.set_defaults(command=_default, parser=parser)
    return parser


def _care_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("python -m ingest", description="Keep an index.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for name, (what, command) in _CARE.items():
        added = commands.add_parser(name, help=what, description=what.capitalize() + ".")
        added.set_defaults(command=command)
        add_index(added, os.environ)
        if name in ("doctor", "purge", "aside"):
            _add_owned(added)
        if name in ("backup", "restore"):
            added.add_argument("file", type=path_argument, metavar="FILE")
        if name == "forget":
            added.add_argument("path", type=path_argument, metavar="PATH")
        if name == "purge":
            added.add_argument(
                "record", metavar="RECORD", help="its id, the beginning of it, or one of its files"
            )
        if name == "aside":
            does = added.add_mutually_exclusive_group()
            does.add_argument("--take-in", action="store_true", help="take in all that was put aside")
            does.add_argument("--discard", action="store_true", help="remove all that was put aside")
            added.add_argument(
                "--lower",
                action="store_true",
                help="let a version have readers that its record has not, as where the public edition was handed in",
            )
        if name == "status":
            added.add_argument("--records", action="store_true", help="list the records too")
    return parser


def _add_owned(parser: argparse.ArgumentParser) -> None:
    """What opening an index for writing takes."""
    add_encoder(parser, os.environ)
    parser.add_argument(
        "--chroma-url",
        default=os.environ.get("MINUTEBOOK_CHROMA_URL"),
        metavar="URL",
        help="a Chroma server for the dense index (default: $MINUTEBOOK_CHROMA_URL, or in the index folder)",
    )
    parser.add_argument(
        "--wait",
        type=_seconds,
        metavar="SECONDS",
        help="wait that long for the owner of an index in use (default: on)",
    )


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = -1.0
    if not seconds >= 0:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of seconds; give 0 or more")
    return seconds


# Ingesting ----------------------------------------------------------------------------------------------------


def _default(options: argparse.Namespace) -> int:
    if bool(options.paths) == (options.rollback is not None or options.reindex):
        options.parser.error(
            "give the files or folders to ingest, or a record to --rollback, or --reindex alone"
        )
    goes_with = (
        ("--to", options.to is not None, "--rollback", options.rollback is not None),
        ("--prune", options.prune, "an ingest, --plan or --watch", not (options.check or not options.paths)),
        (
            "--force",
            options.force,
            "an ingest, --plan, --watch or --rollback",
            options.rollback is not None or not (options.check or not options.paths),
        ),
    )
    for flag, given, with_what, fits in goes_with:
        if given and not fits:
            options.parser.error(f"{flag} goes with {with_what}")
    if options.reindex:
        return _reindex(options)
    if options.check:
        return _check(options)
    if options.plan:
        return _plan(options)
    if options.rollback is not None:
        return _rollback(options)
    return _watch(options) if options.watch else _ingest(options)


def _ingest(options: argparse.Namespace) -> int:
    started = time.monotonic()
    report = _run(options, _doer(options), options.paths)
    console.print_report(report, verbose=options.verbose)
    console.print_passed_over(_passed_over(options))
    console.print_sum(report, time.monotonic() - started)
    return _exit_code(report)


def _passed_over(options: argparse.Namespace) -> dict[str, list[Path]]:
    """What lies in the folders and is not read, the index itself left out."""
    index = Path(os.path.abspath(options.index))
    found = {
        reason: [p for p in paths if index not in p.parents]
        for reason, paths in passed_over(options.paths).items()
    }
    return {reason: paths for reason, paths in found.items() if paths}


def _watch(options: argparse.Namespace) -> int:
    """Ends with Ctrl-C, which is how one ends it: exit code 0."""
    if astray := next((path for path in options.paths if not path.exists()), None):
        raise IngestError(f"Cannot watch {astray}: there is no such file or folder; check its name.")
    do = _doer(options)
    print("Watching; stop it with Ctrl-C.", file=sys.stderr)
    try:
        with announced(options.index, options.paths):
            for report in watch(options.paths, lambda paths: _run_apart(options, do, paths)):
                console.print_report(report, verbose=options.verbose)
                if said := console.counted(report):
                    print(f"{time.strftime('%H:%M:%S')}  {said}.", flush=True)
    except KeyboardInterrupt:
        print("Stopped watching.", file=sys.stderr)
    return 0


def _rollback(options: argparse.Namespace) -> int:
    arguments = {"record": options.rollback, "to": options.to, "widen": options.force}
    outcome = Outcome.from_json(_doer(options)("rollback", arguments, lambda _: None))
    console.say(f"{outcome.record_id}  {outcome.title}: {' '.join(outcome.notes)}")
    return 0


def _reindex(options: argparse.Namespace) -> int:
    """Owns the index itself: one that another process answers from has that one's encoder."""
    open_existing(options.index).close()
    encoder = SentenceTransformerEncoder(options.encoder or None, adapter=options.adapter)
    chroma = chroma_server(options.chroma_url, os.environ.get("MINUTEBOOK_CHROMA_TOKEN"))
    opened = OwnedIndex.open(options.index, encoder, wait=options.wait or 0.0, chroma=chroma, reencode=True)
    with opened as index, tqdm(unit="passage", disable=None, dynamic_ncols=True) as bar:

        def advance(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        encoded = reindex(index, advance)
    print(f"{options.index} is one of the encoder {encoder.id} now; {encoded} passages were encoded.")
    return 0


_Do = Callable[[str, dict[str, Any], jobs.Told], Any]


def _doer(options: argparse.Namespace) -> _Do:
    """Does a job on the index, here or through its owner, who is named once."""
    encoder = SentenceTransformerEncoder(options.encoder or None, adapter=options.adapter)
    chroma = chroma_server(options.chroma_url, os.environ.get("MINUTEBOOK_CHROMA_TOKEN"))

    def opened() -> OwnedIndex:
        return OwnedIndex.open(options.index, encoder, chroma=chroma)

    def do(kind: str, arguments: dict[str, Any], told: jobs.Told) -> Any:
        return jobs.do(
            options.index,
            opened,
            kind,
            arguments,
            told=told,
            busy=lambda problem: print(
                f"{options.index} is owned by {problem.owner}, which is asked to do this.", file=sys.stderr
            ),
            wait=options.wait,
        )

    return do


def chroma_server(url: str | None, token: str | None) -> ChromaServer | None:
    return ChromaServer(url, token or None) if url else None


def _run(options: argparse.Namespace, do: _Do, paths: Sequence[Path]) -> Report:
    absolute = [os.path.abspath(path) for path in paths]
    arguments = {"paths": absolute, "prune": options.prune, "force": options.force}
    with tqdm(unit="file", disable=None, dynamic_ncols=True) as bar:

        def advance(how_far: jobs.Advance) -> None:
            if getattr(bar, "unit", how_far.unit) != how_far.unit:  # a bar that is switched off has none
                bar.unit = how_far.unit
                bar.reset()
            bar.total = how_far.total
            bar.update(how_far.done - bar.n)
            left = f"{how_far.left:.0f} s left" if how_far.left is not None else ""
            bar.set_postfix_str(f"{how_far.rate:,.0f} characters/s {left} {how_far.file[:40]}", refresh=False)

        return Report.from_json(do("ingest", arguments, advance))


def _run_apart(options: argparse.Namespace, do: _Do, paths: Sequence[Path]) -> Report:
    """`_run`; where that is set aside as a whole, each file by itself, and the one that ends its owner is refused."""
    try:
        return _run(options, do, paths)
    except jobs.JobSetAside as problem:
        files = list_files(paths)
        if len(files) == 1:
            return Report((Outcome(files[0], Status.REFUSED, notes=(str(problem),)),))
        return Report(tuple(o for file in files for o in _run_apart(options, do, [file]).outcomes))


def _plan(options: argparse.Namespace) -> int:
    """Prints what the same run without --plan would do."""
    with (
        _catalog_to_plan(options.index) as catalog,
        tqdm(total=len(list_files(options.paths)), unit="file", disable=None, dynamic_ncols=True) as bar,
    ):
        force, prune = options.force, options.prune
        report = plan(options.paths, catalog, lambda _: bar.update() and None, prune=prune, force=force)
    console.print_passed_over(_passed_over(options))
    console.print_plan(report)
    return _exit_code(report)


@contextmanager
def _catalog_to_plan(index: Path) -> Iterator[Catalog]:
    """The catalog of an index; an empty one where there is none yet."""
    if (index / FILE_NAME).exists():
        with open_existing(index) as catalog:
            yield catalog
    else:
        with TemporaryDirectory(prefix="minutebook-") as empty, create_catalog(Path(empty)) as catalog:
            yield catalog


def _exit_code(report: Report) -> int:
    """0 only if every file went in, and all that was to be removed was."""
    kept = any(outcome.notes for outcome in report.of(Status.MISSING))
    return 1 if report.of(Status.FAILED, Status.HELD, Status.REFUSED) or kept or not report.outcomes else 0


def _check(options: argparse.Namespace) -> int:
    """Prints a row per file and what to look at; exit code 1 when a file would be refused or held back."""
    files = list_files(options.paths)
    with tqdm(total=len(files), unit="file", disable=None, dynamic_ncols=True) as bar:
        examined = examine_all(files, bar.update)
    print("date        session  items  turns  decisions  title")
    for one in examined:
        if meeting := one.meeting:
            numbers = f"{meeting.session or '-':>7}  {one.sections:>5}  {one.turns:>5}  {one.decisions:>9}"
            console.say(f"{meeting.date or '-'!s:<10}  {numbers}  {meeting.title}  ({one.path.name})")
        else:
            console.say(f"{'held' if one.held else 'refused':<10}  {'':>33}  {one.path.name}")
    console.print_passed_over(_passed_over(options))
    if found := findings(examined):
        print("\nTo look at:")
        for finding in found:
            console.say(f"- {finding}")
    return 1 if any(one.refused for one in examined) or not examined else 0


# Keeping an index ---------------------------------------------------------------------------------------------


def _doctor(options: argparse.Namespace) -> int:
    chroma = chroma_server(options.chroma_url, os.environ.get("MINUTEBOOK_CHROMA_TOKEN"))
    try:
        diagnosis = doctor.examine(options.index, chroma)
    except IndexBusy:
        diagnosis = doctor.Diagnosis.from_json(_doer(options)("doctor", {}, lambda _: None))
    console.print_diagnosis(diagnosis)
    return 0 if diagnosis.sound else 1


def _status(options: argparse.Namespace) -> int:
    with open_existing(options.index) as catalog:
        console.print_status(care.status_of(catalog, options.index), find_outdated(catalog))
        if options.records:
            console.print_records(care.held_records(catalog))
    return 0


def _aside(options: argparse.Namespace) -> int:
    """Exit code 1 when something would stay, or stays, aside."""
    inbox, do, code = Inbox(options.index), _doer(options), 0
    if not (batches := inbox.aside()):
        print("Nothing was put aside.")
    for batch, names in batches:
        if options.discard:
            inbox.discard(batch)
            console.say(f"Removed: {', '.join(names)}.")
        elif options.take_in:
            by_owner = {"batch": batch, "names": names, "access": None, "may_lower": options.lower}
            report = Report.from_json(do("inbox", by_owner, lambda _: None))
            inbox.withdraw(batch)
            console.print_report(report, verbose=True)
            code = max(code, _exit_code(report))
        else:
            arrivals = inbox.arrivals(batch)
            with open_existing(options.index) as catalog:
                report = plan(arrivals, catalog, arrivals=arrivals, may_lower=options.lower)
            console.print_report(report, verbose=True)
            code = max(code, _exit_code(report))
    if batches and not (options.discard or options.take_in):
        print("Nothing was done; --take-in takes it in, --discard removes it.")
    return code


def _backup(options: argparse.Namespace) -> int:
    for sentence in care.backup(options.index, options.file):
        print(sentence, file=sys.stderr)
    print(f"{options.file} holds the index {options.index}; `python -m ingest restore` brings it back.")
    return 0


def _restore(options: argparse.Namespace) -> int:
    care.restore(options.file, options.index)
    print(
        f"{options.index} is as {options.file} holds it; the dense index is rebuilt when it is next opened."
    )
    return 0


def _forget(options: argparse.Namespace) -> int:
    forgotten = forget(options.index, options.path)
    for path in forgotten:
        console.say(f"{path} is no longer listed as failed.")
    if not forgotten:
        print(
            f"No file at {options.path} is listed as failed; `python -m ingest status` lists them. What is held "
            "back is taken off when it is mended.",
            file=sys.stderr,
        )
    return 0 if forgotten else 1


def _purge(options: argparse.Namespace) -> int:
    outcome = Outcome.from_json(_doer(options)("purge", {"record": options.record}, lambda _: None))
    console.say(f"{outcome.record_id}  {outcome.title}: {' '.join(outcome.notes)}")
    return 0


_CARE: dict[str, tuple[str, Callable[[argparse.Namespace], int]]] = {
    "doctor": ("say whether the index is sound; exit code 1 when it is not", _doctor),
    "status": ("say what the index holds, who owns it, what is being done and what failed", _status),
    "aside": ("say what taking in what was handed in and put aside would do, or take it in", _aside),
    "backup": ("write a copy of the index into one file", _backup),
    "restore": ("make the index what a backup holds", _restore),
    "forget": ("take a file, or all files of a folder, off the list of those that failed", _forget),
    "purge": ("remove a record so that nothing of it is left on disk", _purge),
}


if __name__ == "__main__":
    sys.exit(main())
