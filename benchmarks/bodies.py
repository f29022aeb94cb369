"""Bodies with questions, for fitting and measuring: a folder of records, what is asked of them, and where it stands.

A body is a folder with `docs/` and `queries.jsonl`, a question a line with `question`, `gold` (`[{doc, quote}]`,
the quote verbatim but for white space, or `[{doc, start, end}]`), `unanswerable`, and where known `also` (as good as
gold), `scope` and `asked_on`, the day from which "last year" counts. Its index is one that `docs/` was ingested into.
"""

import datetime
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import sqlalchemy as sa

from ingest.catalog import open_existing
from ingest.tables import files
from qa.engine import Minutebook

Place = tuple[str, int, int]  # record id, start, end


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of a body.

    gold  for each piece of evidence every place it stands in; () where the records do not answer
    also  places that are as good
    scope  the record it is asked of; None: all
    """

    text: str
    answerable: bool
    gold: tuple[tuple[Place, ...], ...] = ()
    also: tuple[Place, ...] = ()
    scope: str | None = None

    def held_by(self, cites: Sequence[Place]) -> bool:
        """Whether citations agree with at least half of the gold, or with something as good."""
        held = sum(any(agree(cite, place) for cite in cites for place in places) for places in self.gold)
        return bool(self.gold) and (
            2 * held >= len(self.gold) or any(agree(cite, place) for cite in cites for place in self.also)
        )


@dataclass(frozen=True, slots=True)
class Body:
    """A body of records with its questions and its index."""

    name: str
    index: Path
    today: datetime.date | None
    asked: tuple[Asked, ...] = field(default=())


def agree(one: Place, other: Place) -> bool:
    """Whether two places share half of the shorter one."""
    shared = min(one[2], other[2]) - max(one[1], other[1])
    return one[0] == other[0] and 2 * shared >= min(one[2] - one[1], other[2] - other[1]) > 0


def read_body(pair: str) -> Body:
    """A body named as BODY=INDEX."""
    folder, _, index = pair.rpartition("=")
    lines = (Path(folder) / "queries.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines if line.strip()]
    day = next((row["asked_on"] for row in rows if row.get("asked_on")), None)
    ids = record_ids(Path(index), Path(folder) / "docs")
    with Minutebook.open(index) as book:
        texts = {i: record.text for i in set(ids.values()) if (record := book.record(i))}
    asked = tuple(_asked(row, ids, texts) for row in rows)
    return Body(Path(folder).name, Path(index), day and datetime.date.fromisoformat(day), asked)


def record_ids(index: Path, docs: Path) -> dict[str, str]:
    """The record of each file below `docs`, by its path in there."""
    with open_existing(index) as catalog, catalog.read() as connection:
        rows = connection.execute(sa.select(files.c.path, files.c.record_id)).all()
    root = docs.resolve()
    paths = ((Path(row.path).resolve(), row.record_id) for row in rows)
    return {path.relative_to(root).as_posix(): i for path, i in paths if path.is_relative_to(root)}


def _asked(row: Mapping[str, object], ids: Mapping[str, str], texts: Mapping[str, str]) -> Asked:
    also = (place for one in row.get("also") or () for place in _places(one, ids, texts))
    return Asked(
        text=row["question"],
        answerable=not row.get("unanswerable"),
        gold=tuple(tuple(_places(one, ids, texts)) for one in row["gold"]),
        also=tuple(also),
        scope=ids.get(row.get("scope") or ""),
    )


def _places(gold: Mapping[str, object], ids: Mapping[str, str], texts: Mapping[str, str]) -> Iterator[Place]:
    record_id = ids.get(str(gold["doc"]))
    if record_id is None or record_id not in texts:
        return
    if "quote" not in gold:
        yield record_id, int(gold["start"]), int(gold["end"])
        return
    letters = re.sub(r"\s+", "", str(gold["quote"]))
    pattern = r"\s*".join(map(re.escape, letters))
    for found in re.finditer(pattern, texts[record_id]):
        yield record_id, *found.span()
