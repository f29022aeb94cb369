"""What one state of an index holds, kept in memory between questions so that it is not read for each of them.

Meetings, passages and, beside them, their vectors (`qa.matrix`) and search words (`qa.lexicon`). All of it is derived
from the catalog and left behind when the catalog changes; what a change does not touch is taken over, not read
again. Access is not in it: who may see a record is asked of the catalog for every question.
"""

import threading
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import sqlalchemy as sa

from ingest.seals import Damage, find_damage, find_unstanding
from qa.answers import MeetingRef
from qa.lexicon import Lexicon
from qa.matrix import Matrix, read_matrix
from qa.passages import Edition, Held, active_passages
from qa.sqlite import rows_of


@dataclass(frozen=True, slots=True)
class State:
    """Names a state of the catalog: while it is the same, so are the passages, their words and their vectors.

    The generation counts what readers see. A version that is being staged or swept changes how frequent words are
    before or after that; then `last` (the highest passage id ever given) or `passages` (how many are stored) differs.
    """

    generation: int
    last: int
    passages: int
    encoder: str


def state_of(connection: sa.Connection) -> State:
    """The state a read transaction sees."""
    statement = (
        "SELECT (SELECT CAST(value AS INTEGER) FROM meta WHERE key = 'generation'),"
        " (SELECT seq FROM sqlite_sequence WHERE name = 'passages'), (SELECT count(*) FROM passages),"
        " (SELECT value FROM meta WHERE key = 'encoder')"
    )
    generation, last, passages, encoder = next(rows_of(connection, statement))
    return State(generation or 0, last or 0, passages, encoder or "")


class Holdings:
    """What is held in one state; safe to share between threads that read that state.

    meetings  newest first, those without a date last
    editions  what readers see of each record, by its id
    damaged   by record id, what is not what was stored; nothing of such a record is held
    passages  the active ones that are indexed, by id ascending; `ids` and `ordinals` are theirs
    records   for each passage the place of its record in `meetings`
    with_vector   for each passage whether it has a vector
    lexicon   how often search words stand in them
    """

    def __init__(self, connection: sa.Connection, before: "Holdings | None" = None) -> None:
        self.state = state_of(connection)
        self._looked_at, self.damaged = _looked_at(connection, before)
        self.meetings, self.editions = _meetings(connection, self.damaged)
        self.passages: tuple[Held, ...] = active_passages(
            connection, self.editions, before.passages if before else ()
        )
        places = {meeting.record_id: place for place, meeting in enumerate(self.meetings)}
        self.ids = np.array([passage.id for passage in self.passages], np.int64)
        self.ordinals = np.array([passage.ordinal for passage in self.passages], np.int64)
        self.records = np.array([places[passage.edition.record_id] for passage in self.passages], np.int64)
        self.with_vector = np.array([passage.with_vector for passage in self.passages], bool)
        self.lexicon = Lexicon(self.ids)
        self._before = before._matrix if before and before.state.encoder == self.state.encoder else None
        self._matrix: Matrix | None = None
        self._lock = threading.Lock()

    def leave_out(self, damage: Damage) -> bool:
        """Notes that a record was damaged since it was looked at; False where that is known, or is not what is held."""
        edition = self.editions.get(damage.record_id)
        if damage.record_id in self.damaged or edition is None or edition.version != damage.version:
            return False
        self.damaged[damage.record_id] = damage
        self._looked_at[edition] = damage
        return True

    def places_of(self, ids: Iterable[int]) -> np.ndarray:
        """Where those of `ids` that are held lie in `passages`, in their order."""
        wanted = np.fromiter(ids, np.int64)
        if not len(self.ids):
            return np.zeros(0, np.int64)
        places = np.minimum(np.searchsorted(self.ids, wanted), len(self.ids) - 1)
        return places[self.ids[places] == wanted]

    def around(self, places: np.ndarray, reach: int) -> np.ndarray:
        """`places` and those of passages of the same records up to `reach` ordinals from them, ascending."""
        steps = np.arange(-reach, reach + 1)
        near = places[:, None] + steps
        near = np.clip(near, 0, max(0, len(self.ids) - 1))
        same = self.records[near] == self.records[places][:, None]
        within = np.abs(self.ordinals[near] - self.ordinals[places][:, None]) <= reach
        return np.unique(near[same & within])

    @property
    def has_matrix(self) -> bool:
        """Whether the vectors have been read already."""
        return self._matrix is not None

    def matrix(self, connection: sa.Connection, dimensions: int) -> Matrix:
        """The vectors of the passages that have one."""
        with self._lock:
            if self._matrix is None:
                self._matrix = read_matrix(connection, self.ids[self.with_vector], dimensions, self._before)
                self._before = None
            return self._matrix


def _looked_at(
    connection: sa.Connection, before: "Holdings | None"
) -> tuple[dict[Edition, Damage | None], dict[str, Damage]]:
    """What was found of each edition, each being looked at once; and the damaged ones by record id."""
    editions = [Edition(*row) for row in rows_of(connection, _EDITIONS)]
    known = before._looked_at if before else {}
    unknown = [edition for edition in editions if edition not in known]
    found = {one.record_id: one for one in find_damage(connection, [edition[:2] for edition in unknown])}
    looked_at = {edition: known[edition] for edition in editions if edition in known}
    looked_at |= {edition: found.get(edition.record_id) for edition in unknown}
    damaged = {edition.record_id: damage for edition, damage in looked_at.items() if damage}
    return looked_at, find_unstanding(connection) | damaged


def _meetings(
    connection: sa.Connection, damaged: Container[str]
) -> tuple[tuple[MeetingRef, ...], dict[str, Edition]]:
    rows = [row for row in rows_of(connection, _MEETINGS) if row[0] not in damaged]
    editions = (Edition(*row[:3]) for row in rows)
    return tuple(_meeting(row) for row in rows), {edition.record_id: edition for edition in editions}


def _meeting(row: Sequence[Any]) -> MeetingRef:
    record_id, version, _, title, first, last, session, series, body, language, held = row
    return MeetingRef(
        record_id=record_id,
        title=title,
        date=first and date.fromisoformat(first),
        end_date=last and date.fromisoformat(last),
        session=session,
        series=series,
        body=body,
        language=language,
        version=version,
        held=bool(held),
    )


_EDITION = (
    "SELECT r.id, r.active, coalesce((SELECT min(p.id) FROM passages p WHERE p.record_id = r.id"
    " AND p.version = r.active), 0)"
)
_ACTIVE = "FROM records r JOIN versions v ON v.record_id = r.id AND v.version = r.active"
_EDITIONS = f"{_EDITION} {_ACTIVE}"
_MEETINGS = (
    f"{_EDITION}, v.title, v.date, v.end_date, v.session, v.series, v.body, v.language, "
    "CASE WHEN json_valid(v.details) THEN json_extract(v.details, '$.held') END IS NOT 0 "
    f"{_ACTIVE} ORDER BY v.date DESC NULLS LAST, r.id"
)
