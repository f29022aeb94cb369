"""Records that older rules read: which the next ingest over their folders reads anew, and which stay as they are."""

import os
import shlex
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from ingest import store
from ingest.catalog import Catalog
from ingest.reading import READING_VERSION, is_gone
from ingest.tables import files, records, versions

_NAMED = 3  # folders or records that are named


@dataclass(frozen=True, slots=True)
class Outdated:
    """What answers use of records that older rules than today's read.

    anew     how many are read anew when what lies in `folders` is ingested
    folders  where the files of those lie, without folders that lie in others of them
    kept     the files of those that stay as they are: they are gone, or another version came from what they hold
    """

    anew: int
    folders: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()


def find_outdated(catalog: Catalog) -> Outdated:
    """The records that older rules read, with what is on disk of them now."""
    active = sa.and_(versions.c.record_id == records.c.id, versions.c.version == records.c.active)
    held = sa.and_(files.c.record_id == records.c.id, files.c.digest == versions.c.digest)
    found = (
        sa.select(records.c.id, records.c.source, files.c.path)
        .join_from(records, versions, active)
        .outerjoin(files, held)
        .where(store.rules_of(versions) < READING_VERSION)
        .order_by(records.c.source)
    )
    with catalog.read() as connection:
        rows = connection.execute(found).all()
    there = {row.id: os.path.dirname(row.path) for row in rows if row.path and not is_gone(row.path)}
    kept = dict.fromkeys(row.source for row in rows if row.id not in there)
    return Outdated(len(there), _outermost(there.values()), tuple(kept))


def sentences(outdated: Outdated) -> list[str]:
    """What to say of them, and what to run; nothing where there is none."""
    said = []
    if outdated.anew:
        folders = " ".join(map(shlex.quote, outdated.folders[:_NAMED]))
        more = f" ... ({len(outdated.folders)} folders)" if len(outdated.folders) > _NAMED else ""
        said.append(
            f"{_counted(outdated.anew)} read by older rules; python -m ingest {folders}{more} "
            f"reads {'it' if outdated.anew == 1 else 'them'} anew."
        )
    if outdated.kept:
        one = len(outdated.kept) == 1
        more = f" and {len(outdated.kept) - _NAMED} more" if len(outdated.kept) > _NAMED else ""
        said.append(
            f"{_counted(len(outdated.kept))} read by older rules and {'stays' if one else 'stay'} so, as the file is "
            f"gone or has another version: {', '.join(outdated.kept[:_NAMED])}{more}."
        )
    return said


def _outermost(folders: Iterable[str]) -> tuple[str, ...]:
    found: list[str] = []
    for folder in sorted(set(folders), key=lambda name: Path(name).parts):
        if not (found and Path(folder).is_relative_to(found[-1])):
            found.append(folder)
    return tuple(found)


def _counted(count: int) -> str:
    return "1 record was" if count == 1 else f"{count} records were"
