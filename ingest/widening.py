"""Readers widen only by a statement: what would let more people read a text than may read it now waits for one.

A file that is renamed, moved, converted or has lost its front matter says nothing of its readers any more, and would be
for everybody. So what is for anybody beyond the readers of the record it is a version of, or of a version that says the
same, goes in only where the file, or its own table in `meetings.toml`, states who may read it. `public` states that
too; what is stated of a whole folder does not.
"""

from collections.abc import Sequence

from ingest.access import FOLDER_ORIGIN
from ingest.identity import Facts, may_be_one
from ingest.ledger import Closed, Ledger
from ingest.likeness import NEAR
from ingest.neighbours import KnownRecord
from ingest.records import PUBLIC, Meeting
from ingest.same_meeting import Profile
from ingest.sight import added


def why_it_waits(new: Profile, target: KnownRecord | None, ledger: Ledger) -> str | None:
    """The sentence that says why a text waits until it is stated who may read it; None: it need not.

    target  the record it is a version of
    """
    if _states_readers(new.meeting):
        return None
    if target and added(new.meeting.access, target.access):
        return _waiting("the record it is a version of", target.access)
    for closed in ledger.closed_to(new.meeting.access, new.marks):
        held = ledger.closed_profile(closed)
        if (
            held
            and may_be_one(Facts.of(new.meeting), Facts.of(held.meeting))
            and _say_the_same(new, held, closed)
        ):
            return _waiting("a record that says the same", closed.access)
    return None


def readers_told(before: Sequence[str], now: Sequence[str]) -> tuple[str, ...]:
    """What to say where a version is for others than the one before it."""
    if set(before) == set(now):
        return ()
    return (f"It was for {_named(before)} before, and is for {_named(now)} now.",)


def _states_readers(meeting: Meeting) -> bool:
    """Whether a file states itself who may read it."""
    return dict(meeting.origins).get("access", FOLDER_ORIGIN) != FOLDER_ORIGIN


def _say_the_same(new: Profile, held: Profile, closed: Closed) -> bool:
    """Whether two texts say the same, or nearly the same; a redacted one nearly says what an older version does."""
    return new.said == held.said or (closed.version is None and new.likeness(held) >= NEAR)


def _waiting(what: str, readers: Sequence[str]) -> str:
    stated = ", ".join(readers) or "GROUP"
    return (
        f"It does not state who may read it, and {what} is for {_named(readers)} only; that stays as it is, and this "
        f"waits until the file states access: {stated}, or access: public where everybody may read it."
    )


def _named(groups: Sequence[str]) -> str:
    return "everybody" if PUBLIC in groups else ", ".join(groups) or "nobody"
