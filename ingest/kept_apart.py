"""Records of one day that are kept as two meetings, though they may be of one.

Nothing but a person can tell whether they are, so it is said: when the second is taken in, and by `doctor`.
"""

from collections.abc import Iterator

from ingest.catalog import Catalog
from ingest.identity import Facts, may_agree
from ingest.ledger import Ledger
from ingest.likeness import NEAR
from ingest.same_meeting import Profile, plainly_apart, report_one_meeting

_ALIKE = 0.5  # resemblance from which what two bodies report on one day may be one meeting


def doubt_on(one: Profile, other: Profile) -> str | None:
    """What leaves open whether two records of one day that are kept apart are of one meeting; None: nothing does."""
    if plainly_apart(one, other) or _told_apart(one, other):
        return None
    likeness = one.likeness(other)
    if not may_agree(Facts.of(one.meeting), Facts.of(other.meeting)):
        return "says nearly the same under the name of another body" if likeness >= _ALIKE else None
    if likeness >= NEAR:
        return "says nearly the same"
    business = report_one_meeting(one, other)
    said = "speaks of the same business" if business else "says other things"
    drafted = one.meeting.status != other.meeting.status and one.meeting.status and other.meeting.status
    return said if business or (drafted and one.meeting.body and other.meeting.body) else None


def _told_apart(first: Profile, second: Profile) -> bool:
    """Whether the two carry the numbers of two sessions, or are in two languages."""
    one, other = first.meeting, second.meeting
    numbered = bool(one.session and other.session and one.session != other.session)
    return numbered or one.language != other.language


def note_on_second(place: str, facts: Facts, doubt: str) -> str:
    """What to say of a record that is taken in beside one that lies at `place`."""
    status = f" ({facts.status})" if facts.status else ""
    return (
        f"{place}{status} is of the same day and {doubt}, and both are kept as two meetings; if it was one, save the "
        "later file over the earlier."
    )


def find_kept_apart(catalog: Catalog) -> Iterator[str]:
    """A sentence for each such pair of an index."""
    ledger = Ledger.load(catalog)
    for one, first in ledger.of_busy_days():
        for other in ledger.near(first):
            later = other.id > one.id and ledger.profile_of(other)
            if later and (doubt := doubt_on(first, later)):
                yield (
                    f"{_named(one.source, one.facts)} and {_named(other.source, other.facts)} are of the same day and "
                    f"kept as two meetings, though one {doubt}; if it was one, save the later file over the earlier, "
                    "ingest it, and purge the record of the other."
                )


def _named(source: str, facts: Facts) -> str:
    return f"{source} ({facts.status})" if facts.status else source
