"""What files would become, without an index: a row per file, and what a clerk would want to look at.

Gaps in session numbers, records without a date or with contradictory ones, files that say nearly the same.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import combinations, pairwise
from pathlib import Path

from ingest.errors import AccessUnclear, IngestError, ReadError
from ingest.likeness import NEAR, Sketch, resemblance, sketch
from ingest.overrides import FILE_NAME as OVERRIDES
from ingest.overrides import names_without_files, overrides_for
from ingest.parsing import parse
from ingest.records import Meeting
from ingest.understanding import read_document


@dataclass(frozen=True, slots=True)
class Examined:
    """What a file would become; `refused` says why it would become nothing, `held` whether nobody could tell who may
    read it.
    """

    path: Path
    meeting: Meeting | None = None
    sections: int = 0
    turns: int = 0
    decisions: int = 0
    notes: tuple[str, ...] = ()
    refused: str | None = None
    held: bool = False
    sketch: Sketch = frozenset()


def examine(path: Path) -> Examined:
    """Reads and understands one file; never raises for what is wrong with it."""
    try:
        document = parse(path)
        reading = read_document(document, path, overrides_for(path))
    except IngestError as error:
        reason = error.reason if isinstance(error, ReadError) else str(error)
        return Examined(path, refused=reason, held=isinstance(error, AccessUnclear))
    understood = reading.understood
    if understood.held:
        return Examined(path, refused=understood.held, held=True)
    return Examined(
        path=path,
        meeting=understood.meeting,
        sections=len(understood.sections),
        turns=len(understood.turns),
        decisions=len(reading.decisions),
        notes=tuple(dict.fromkeys((*document.notes, *understood.notes, *understood.meeting.notes))),
        sketch=sketch(document.text),
    )


def examine_all(paths: Sequence[Path], progress: Callable[[], object] | None = None) -> list[Examined]:
    """Every file in order."""
    found = []
    for path in paths:
        found.append(examine(path))
        if progress:
            progress()
    return found


def findings(examined: Sequence[Examined]) -> list[str]:
    """Sentences about the whole: refused files, gaps in sessions, files that say nearly the same, then notes."""
    return [*_refused(examined), *_astray(examined), *_gaps(examined), *_alike(examined), *_noted(examined)]


def _refused(examined: Sequence[Examined]) -> Iterator[str]:
    for one in examined:
        if one.refused:
            yield f"{one.path}: {one.refused}"


def _astray(examined: Sequence[Examined]) -> Iterator[str]:
    """What is stated of files that are not there."""
    for folder in sorted({one.path.parent for one in examined}):
        with suppress(ReadError):  # told of each file there
            for name in names_without_files(folder):
                yield f"{folder / OVERRIDES} names {name}, which is not there; correct the name."


def _gaps(examined: Sequence[Examined]) -> Iterator[str]:
    """Session numbers of a series that are left out between its first and its last."""
    series: dict[str, dict[int, Path]] = defaultdict(dict)
    for one in examined:
        if one.meeting and one.meeting.session is not None:
            series[one.meeting.series or one.meeting.body or "meetings"][one.meeting.session] = one.path
    for name, sessions in sorted(series.items()):
        for before, after in pairwise(sorted(sessions)):
            if after - before > 1:
                one = after - before == 2
                missing = f"session {before + 1} is" if one else f"sessions {before + 1} to {after - 1} are"
                between = f"{sessions[before].name} and {sessions[after].name}"
                yield f"{name}: {missing} missing between {between}."


def _alike(examined: Sequence[Examined]) -> Iterator[str]:
    """Pairs of files whose shingles are nearly the same; only files that share a small hash are compared."""
    holders: dict[int, list[int]] = defaultdict(list)
    for place, one in enumerate(examined):
        for value in sorted(one.sketch)[:16]:
            holders[value].append(place)
    pairs = {pair for places in holders.values() if len(places) <= 50 for pair in combinations(places, 2)}
    for first, second in sorted(pairs):
        share = resemblance(examined[first].sketch, examined[second].sketch)
        if share >= NEAR:
            kind = "say the same" if share == 1 else f"say nearly the same ({share:.0%})"
            yield f"{examined[first].path} and {examined[second].path} {kind}."


def _noted(examined: Sequence[Examined]) -> Iterator[str]:
    for one in examined:
        for note in one.notes:
            yield f"{one.path}: {note}"
