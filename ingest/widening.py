"""Readers widen only by a statement: what would let more people read a text than may read it now waits for one.

A file that is renamed, moved, converted or has lost its front matter says nothing of its readers any more, and would be
for everybody. So what is for anybody beyond the readers of the record it is a version of, or of a text whose words it
has, goes in only where the file, or its own table in `meetings.toml`, states who may read it. `public` states that
too; what is stated of a whole folder does not.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

from ingest.catalog import Catalog
from ingest.closed_texts import ClosedText
from ingest.ledger import Ledger
from ingest.neighbours import KnownRecord
from ingest.records import PUBLIC
from ingest.same_meeting import Profile
from ingest.sight import added


def why_it_waits(home: Path, new: Profile, target: KnownRecord | None, ledger: Ledger) -> str | None:
    """The sentence that says why a text waits until it is stated who may read it; None: it need not.

    home    where its file stays
    target  the record it is a version of
    """
    if new.meeting.states_readers:
        return None
    if target and added(new.meeting.access, target.access):
        return _waiting("the record it is a version of", target.access)
    known = ledger.file(home)
    own = {known.record_id} if known and known.digest else set()
    for closed in ledger.closed.said_in(new.record.text, new.meeting.access):
        of_itself = closed.held and (str(home) in closed.held or closed.record_id in own)
        if not of_itself and ledger.still_closed(closed, new.meeting.access):
            return _said(closed, home, ledger)
    return None


def said_elsewhere(ledger: Ledger, *, new: bool) -> Iterator[tuple[KnownRecord, str]]:
    """The records that say what is closed, and may be read by more, each with the sentence why it waits.

    new  of what is closed since the run began only
    """
    told = set[str]()
    for record_id, closed in ledger.closed.said_elsewhere(new=new):
        record = ledger.record(record_id)
        if record and record_id not in told and ledger.still_closed(closed, record.access):
            told.add(record_id)
            yield record, _said(closed, Path(record.source), ledger)


def find_said_elsewhere(catalog: Catalog) -> Iterator[str]:
    """A sentence for each record of an index that says what is closed, and may be read by more."""
    for record, reason in said_elsewhere(Ledger.load(catalog), new=False):
        yield f"{record.source}: {reason}"


def readers_told(before: Sequence[str], now: Sequence[str]) -> tuple[str, ...]:
    """What to say where a version is for others than the one before it."""
    if set(before) == set(now):
        return ()
    return (f"It was for {_named(before)} before, and is for {_named(now)} now.",)


def _said(closed: ClosedText, home: Path, ledger: Ledger) -> str:
    place = ledger.named(closed.place, home)
    if closed.held:
        return (
            f"It says what {place} says, which is held back, and does not state who may read it; mend that file, or "
            "state in this one access: GROUP, or access: public where everybody may read it."
        )
    return _waiting("a record that says the same", closed.access, f" ({place})")


def _waiting(what: str, readers: Sequence[str], place: str = "") -> str:
    stated = ", ".join(readers) or "GROUP"
    return (
        f"It does not state who may read it, and {what} is for {_named(readers)} only{place}; that stays as it is, and "
        f"this waits until the file states access: {stated}, or access: public where everybody may read it."
    )


def _named(groups: Sequence[str]) -> str:
    return "everybody" if PUBLIC in groups else ", ".join(groups) or "nobody"
