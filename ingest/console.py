"""What `python -m ingest` prints: reports, plans, the state of an index."""

import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from ingest.care import HeldRecord, IndexStatus
from ingest.doctor import Diagnosis
from ingest.outcomes import Report, Status
from ingest.outdated import Outdated, sentences

_NEW = (Status.ADDED, Status.AMENDED)
_TOLD = (Status.MOVED, Status.MISSING, Status.REMOVED)
_CONTROLS = {code: f"\\x{code:02x}" for code in (*range(32), *range(127, 160))}
_NAMED = 3  # files of a kind that are named
_ALIKE = 10  # files that failed for one reason, above which it is said once
_BAD = (Status.FAILED, Status.HELD, Status.REFUSED)


def say(line: str, *, error: bool = False) -> None:
    """Prints a line; control characters, as of a file's name, are written out and so command no terminal."""
    print(line.translate(_CONTROLS), file=sys.stderr if error else sys.stdout)


def print_report(report: Report, *, verbose: bool = False) -> None:
    """A line for each file that something is to be said of, and what changed in it; one for many that failed alike."""
    out = (*report.failed, *report.held)
    failed = Counter((outcome.status, outcome.notes) for outcome in out)
    alike = [same for same, count in failed.items() if count > _ALIKE]
    for outcome in report.outcomes:
        bad = outcome.status in _BAD
        if (outcome.status, outcome.notes) in alike:
            continue
        if bad or verbose or outcome.status in _TOLD or (outcome.notes and outcome.status in _NEW):
            words = outcome.notes if bad else (_sentence(outcome.title), *outcome.notes)
            if outcome.status is Status.REFUSED:
                words = (*words, "--force takes it in all the same.")
            line = f"{outcome.status:<10} {outcome.path}: {' '.join(words)}"
            say(line, error=bad)
            for item in outcome.items:
                say(f"{'':<10}   {item.kind}: {item.title or 'what stands before the first item'}")
    for status, notes in alike:
        say(f"{status:<10} {failed[status, notes]} files: {' '.join(notes)}", error=True)
        for path in (outcome.path for outcome in out if (outcome.status, outcome.notes) == (status, notes)):
            say(f"{'':<10}   {path}", error=True)


def _sentence(title: str) -> str:
    return title if title.endswith((".", "。", "!", "?")) else f"{title}."


def print_sum(report: Report, seconds: float) -> None:
    """The whole in a line."""
    if not report.outcomes:
        say("No records found: the paths hold no file of a kind that is read.", error=True)
        return
    say(f"{counted(report)}{_passages(report)}, in {seconds:.1f} s.")
    if any(not outcome.notes for outcome in report.of(Status.MISSING)):
        say("Records whose files are gone were kept; --prune removes them.")


def _passages(report: Report) -> str:
    """How the passages of what went in can be found."""
    names = ("passages", "encoded", "by_words")
    passages, encoded, by_words = (sum(getattr(o, name) for o in report.outcomes) for name in names)
    if not passages:
        return ""
    known = passages - encoded - by_words
    parts = (
        f"{encoded} encoded",
        f"{by_words} found by their words alone as the encoder does not know their language" * (by_words > 0),
        f"{known} that needed no encoding" * (known > 0),
    )
    return f"; {passages} passages: {', '.join(filter(None, parts))}"


def print_passed_over(found: Mapping[str, Sequence[Path]]) -> None:
    """What lies in the folders and is not read, a line for each reason."""
    for reason, paths in found.items():
        named = ", ".join(path.name for path in paths[:_NAMED])
        more = f" and {len(paths) - _NAMED} more" if len(paths) > _NAMED else ""
        count = "1 file was" if len(paths) == 1 else f"{len(paths)} files were"
        say(f"{count} passed over ({named}{more}): {reason}.", error=True)


def print_plan(report: Report) -> None:
    print_report(report, verbose=True)
    say(f"{counted(report) or 'No records found'}. Nothing was done; run it without --plan to do it.")


def counted(report: Report) -> str:
    """How many files became what: "2 added, 1 moved"."""
    return ", ".join(f"{report.count(status)} {status}" for status in Status if report.count(status))


def print_status(status: IndexStatus, outdated: Outdated) -> None:
    say(f"records     {status.records}")
    say(f"passages    {status.passages}")
    say(f"encoder     {status.encoder}")
    if status.offered:
        say(f"            python -m ingest --reindex makes it one of {status.offered}")
    for sentence in sentences(outdated):
        say(f"rules       {sentence}")
    say(f"generation  {status.generation}")
    say(f"owner       {status.owner or 'nobody'}")
    for job in status.jobs:
        progress = f": {job.progress}" if job.progress and job.state == "running" else ""
        failed = f": {job.result}" if job.state == "failed" or job.damaged else ""
        say(
            f"job {job.id:<7} {job.kind} asked by process {job.asker} at {job.asked}, {job.state}{progress}{failed}"
        )
    for sentence in status.aside:
        say(f"put aside   {sentence}")
    for sentence in status.damaged:
        say(f"damaged     {sentence}")
    for path, reason, when in status.failures:
        say(f"failed      {path}: {reason} ({when})")
    for path, reason, when in status.held:
        say(f"held        {path}: {reason} ({when})")
    if status.failures:
        say("            python -m ingest forget PATH takes a file, or a folder of them, off this list")


def print_records(records: list[HeldRecord]) -> None:
    for record in records:
        of = f"version {record.version} of {record.versions}"
        held = "  held back: nobody sees it" if record.held else ""
        say(f"{record.id}  {record.date or '----------'}  {of}  {record.title}  ({record.source}){held}")


def print_diagnosis(diagnosis: Diagnosis) -> None:
    for name, value in diagnosis.figures.items():
        say(f"{name.replace('_', ' '):<26} {value}")
    for sentence in diagnosis.advice:
        say(sentence)
    for finding in diagnosis.findings:
        say(finding, error=True)
    if diagnosis.sound:
        say("The index is sound.")
