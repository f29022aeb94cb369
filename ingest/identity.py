"""Which record a file belongs to: when two texts are versions of one meeting's record, and which of them stands.

A meeting is known by its day, its session number and the body that held it; that two records report the same
meeting still takes texts that agree, for a body may meet twice on one day.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from ingest.body_names import same_body
from ingest.likeness import NEAR
from ingest.records import Meeting, Status
from ingest.same_meeting import Profile, kinds_agree, report_one_meeting, shared_business, sits_apart
from ingest.standing import status_of_name

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


def drafts_first(files: Iterable[Path]) -> list[Path]:
    """The files in their order, but what their names call drafts before the rest and what is corrected after it.

    So a draft that lies beside what was approved of it goes in as the older version, however the two are called.
    """
    return sorted(files, key=lambda path: _STANDING[status_of_name(path)])


def may_agree(one: Facts, other: Facts) -> bool:
    """Whether what two records state of their meetings leaves room for it being one meeting."""
    if one.key is None or one.key != other.key:
        return False
    if one.session and other.session and one.session != other.session:
        return False
    return _agree(one.body, other.body) and _agree(one.series, other.series)


def may_be_one(one: Facts, other: Facts) -> bool:
    """Whether nothing that two records state of their meetings tells these apart."""
    return (
        not (one.date and other.date and one.date != other.date)
        and not (one.session and other.session and one.session != other.session)
        and _agree(one.body, other.body)
        and _agree(one.series, other.series)
    )


def are_versions(new: Profile, known: Profile, likeness: float, *, abandoned: bool) -> bool:
    """Whether a text from another file is a version of a known record, both of which may be of one meeting.

    likeness   resemblance of the two texts, 0..1
    abandoned  no file stands for the known record any more: the new one may be it, moved and amended

    Two files that state no status are two records as long as both are there: nothing says which would stand. Of two
    drafts that say otherwise, or two approved texts, it is told by the editions they say they are.
    """
    if not kinds_agree(new, known):
        return False
    one, other = new.meeting, known.meeting
    if one.status == other.status:
        if likeness >= NEAR:
            return one.status is not None or abandoned
        return new.edition != known.edition and report_one_meeting(new, known)
    numbered = one.session is not None and one.session == other.session
    return likeness >= (_NUMBERED if numbered else _REWRITTEN) or report_one_meeting(new, known)


def amends(new: Profile, known: Profile, likeness: float) -> bool:
    """Whether a file that is handed in under the name of a known one is a version of its record."""
    if likeness >= _ANOTHER:
        return True
    return may_agree(Facts.of(new.meeting), Facts.of(known.meeting)) and not sits_apart(new, known)


def is_another(new: Profile, known: Profile, likeness: float, *, elsewhere: bool) -> bool:
    """Whether a file that changed now reports another meeting than before ("latest.md" overwritten weekly).

    elsewhere  what it held before lies in another file now, so that a meeting of another day is another
    """
    one, other = new.meeting, known.meeting
    other_day = bool(one.date and other.date and one.date != other.date)
    other_session = bool(one.session and other.session and one.session != other.session)
    if other_day or other_session:
        return elsewhere or likeness < _ANOTHER
    if likeness >= _ANOTHER:
        return False
    undated = not (one.date and other.date)
    return sits_apart(new, known) or (undated and shared_business(new, known) == 0.0)


def refusal(
    new: Profile, active: Profile | None, status: Status | None, place: str, *, same_file: bool
) -> str | None:
    """Why a version must not take the place of the active one without being forced to; None: it may.

    active  what answers use, as far as it can be read still; `status` that of it, `place` where it came from
    """
    one, other = new.meeting.status, status
    lowered = _STANDING[one] < _STANDING[other]
    if same_file:  # whoever edits the file decides, but a draft never replaces what was approved
        lowered = lowered and one == "draft" and other in ("approved", "corrected")
    elif one == other and active and _is_older(new, active):
        return f"It is an earlier edition than the record of the same meeting that is in the index already, {place}."
    if not lowered:
        return None
    what = "a draft" if one == "draft" else f"{one}" if one else "without a status"
    stands = f"{other} record" if other else "record"
    return f"It is {what}, and the {stands} of the same meeting is in the index already, {place}."


def _is_older(one: Profile, other: Profile) -> bool:
    first, second = one.edition, other.edition
    return first is not None and second is not None and first < second


def _agree(one: str | None, other: str | None) -> bool:
    return not one or not other or same_body(one, other)
