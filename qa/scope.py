"""What may be searched: one value, applied to both legs before any ranking."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from ingest.records import PUBLIC
from ingest.sight import readable as readable  # both are asked for beside a scope
from ingest.sight import readable_version as readable_version
from ingest.tables import records, versions
from qa.answers import MeetingRef


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

    def holds(self, meeting: MeetingRef) -> bool:
        """Whether a meeting lies in the scope, for one who may read it; speakers and access are not looked at."""
        return (
            (self.records is None or meeting.record_id in self.records)
            and (not self.periods or any(_touches(meeting, first, last) for first, last in self.periods))
            and (not self.sessions or meeting.session in self.sessions)
            and (not self.bodies or _is_of(meeting, self.bodies))
        )


def every_version() -> sa.FromClause:
    """Records joined to all their versions; what of it may be read, `readable_version` says."""
    return records.join(versions, versions.c.record_id == records.c.id)


def _touches(meeting: MeetingRef, first: datetime.date | None, last: datetime.date | None) -> bool:
    if meeting.date is None:
        return False
    end = meeting.end_date or meeting.date
    return (first is None or end >= first) and (last is None or meeting.date <= last)


def _is_of(meeting: MeetingRef, bodies: Sequence[str]) -> bool:
    title = meeting.title.casefold()
    return (
        meeting.body in bodies or meeting.series in bodies or any(body.casefold() in title for body in bodies)
    )
