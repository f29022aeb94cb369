"""Which record a file belongs to: when two texts are versions of one meeting's record, and which of them stands.

A meeting is known by its day, its session number and the body that held it; that two records report the same
meeting still takes texts that agree, for a body may meet twice on one day.
"""

import datetime
from dataclasses import dataclass

from ingest.likeness import NEAR
from ingest.records import Meeting, Record, Status
from ingest.same_meeting import report_one_meeting

_STANDING: dict[Status | None, int] = {"draft": 0, None: 1, "approved": 2, "corrected": 3}
_REWRITTEN = 0.5  # least resemblance of a draft and what was approved
_NUMBERED = 0.2  # the same where both carry the number of the session
_ANOTHER = 0.5  # resemblance under which a file with another day reports another meeting


@dataclass(frozen=True, slots=True)
class Facts:
    """What tells one meeting's record from another's."""

    date: datetime.date | None
    session: int | None
    series: str | None
    body: str | None
    status: Status | None

    @classmethod
    def of(cls, meeting: Meeting) -> "Facts":
        return cls(meeting.date, meeting.session, meeting.series, meeting.body, meeting.status)

    @property
    def key(self) -> str | None:
        """Only records with the same key can be of one meeting; None: nothing tells which meeting it is."""
        if self.date:
            return self.date.isoformat()
        held = self.series or self.body
        return f"{held.casefold()} {self.session}" if held and self.session else None


def may_agree(one: Facts, other: Facts) -> bool:
    """Whether what two records state of their meetings leaves room for it being one meeting."""
    if one.key is None or one.key != other.key:
        return False
    if one.session and other.session and one.session != other.session:
        return False
    return _agree(one.body, other.body) and _agree(one.series, other.series)


def are_versions(new: Record, known: Record, likeness: float, *, abandoned: bool) -> bool:
    """Whether a text from another file is a version of a known record, both of which may be of one meeting.

    likeness   resemblance of the two texts, 0..1
    abandoned  no file stands for the known record any more: the new one may be it, moved and amended

    Two files that state no status are two records as long as both are there: nothing says which would stand.
    """
    one, other = new.meeting, known.meeting
    if one.status == other.status:
        return likeness >= NEAR and (one.status is not None or abandoned)
    numbered = one.session is not None and one.session == other.session
    if likeness >= (_NUMBERED if numbered else _REWRITTEN):
        return True
    return one.body is not None and other.body is not None and report_one_meeting(new, known)


def amends(new: Facts, known: Facts, likeness: float) -> bool:
    """Whether a file that is handed in under the name of a known one is a version of its record."""
    return may_agree(new, known) or likeness >= _ANOTHER


def is_another(new: Facts, known: Facts, likeness: float) -> bool:
    """Whether a file that changed now reports another meeting than before ("latest.md" overwritten weekly)."""
    other_day = bool(new.date and known.date and new.date != known.date)
    other_session = bool(new.session and known.session and new.session != known.session)
    return (other_day or other_session) and likeness < _ANOTHER


def refusal(new: Status | None, active: Status | None, *, same_file: bool) -> str | None:
    """Why a version must not take the place of the active one without being forced to; None: it may."""
    lowered = _STANDING[new] < _STANDING[active]
    if same_file:  # whoever edits the file decides, but a draft never replaces what was approved
        lowered = lowered and new == "draft" and active in ("approved", "corrected")
    if not lowered:
        return None
    what = "a draft" if new == "draft" else f"{new}" if new else "without a status"
    stands = f"{active} record" if active else "record"
    return f"It is {what}, and the {stands} of the same meeting is in the index already."


def _agree(one: str | None, other: str | None) -> bool:
    if not one or not other:
        return True
    first, second = one.casefold(), other.casefold()
    return first in second or second in first
