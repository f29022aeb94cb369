"""What may be searched: one value, turned into one SQL condition, applied to both legs before any ranking."""

import datetime
from dataclasses import dataclass

import sqlalchemy as sa

from ingest.records import PUBLIC
from ingest.tables import access, passage_speakers, passages, records, versions


@dataclass(frozen=True, slots=True)
class Scope:
    """The part of the records that a question is about and its asker may read.

    access    the asker's groups; empty gives nothing
    records   record ids; None: all
    periods   (first, last) days, either None for open; a meeting that touches one of them is in; (): all
    sessions, speakers, bodies   one of them must match; (): all. A record of which no body is known is in when its
              title names one: missing metadata must not hide a record
    """

    access: tuple[str, ...] = (PUBLIC,)
    records: tuple[str, ...] | None = None
    periods: tuple[tuple[datetime.date | None, datetime.date | None], ...] = ()
    sessions: tuple[int, ...] = ()
    speakers: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()

    @property
    def narrow(self) -> bool:
        """Whether it leaves out anything but what the asker may not read."""
        return self.records is not None or bool(self.periods or self.sessions or self.speakers or self.bodies)


def in_scope(scope: Scope) -> sa.ColumnElement[bool]:
    """The condition on `records` joined to their active `versions` that a meeting lies in the scope."""
    allowed = sa.select(access.c.record_id).where(access.c.group_name.in_(scope.access))
    conditions: list[sa.ColumnElement[bool]] = [records.c.id.in_(allowed)]
    if scope.records is not None:
        conditions.append(records.c.id.in_(scope.records))
    if scope.periods:
        conditions.append(sa.or_(*(_touches(first, last) for first, last in scope.periods)))
    if scope.sessions:
        conditions.append(versions.c.session.in_(scope.sessions))
    if scope.bodies:
        titled = (versions.c.title.icontains(body, autoescape=True) for body in scope.bodies)
        named = (versions.c.body.in_(scope.bodies), versions.c.series.in_(scope.bodies))
        conditions.append(sa.or_(*named, *titled))
    return sa.and_(*conditions)


def passage_in_scope(scope: Scope) -> sa.ColumnElement[bool]:
    """The condition that a passage lies in scope: of a meeting in scope, indexed, and one of the speakers talks."""
    conditions = [passages.c.indexed == 1, in_scope(scope)]
    if scope.speakers:
        spoken = sa.select(passage_speakers.c.passage_id).where(
            passage_speakers.c.speaker.in_(scope.speakers)
        )
        conditions.append(passages.c.id.in_(spoken))
    return sa.and_(*conditions)


def active_passages() -> sa.FromClause:
    """Passages joined to the record and version that readers see."""
    seen = sa.and_(records.c.id == passages.c.record_id, records.c.active == passages.c.version)
    return passages.join(records, seen).join(
        versions, sa.and_(versions.c.record_id == records.c.id, versions.c.version == records.c.active)
    )


def active_records() -> sa.FromClause:
    """Records joined to the version that readers see."""
    return records.join(
        versions, sa.and_(versions.c.record_id == records.c.id, versions.c.version == records.c.active)
    )


def _touches(first: datetime.date | None, last: datetime.date | None) -> sa.ColumnElement[bool]:
    ends = sa.func.coalesce(versions.c.end_date, versions.c.date)
    conditions = [versions.c.date.is_not(None)]
    if first is not None:
        conditions.append(ends >= first.isoformat())
    if last is not None:
        conditions.append(versions.c.date <= last.isoformat())
    return sa.and_(*conditions)
