"""Records of one day that are kept as two meetings, though they may be of one.

Nothing but a person can tell whether they are, so it is said: when the second is taken in, and by `doctor`.
"""

from collections.abc import Iterator
from itertools import combinations

from ingest.catalog import Catalog
from ingest.identity import Facts, may_agree
from ingest.ledger import Ledger
from ingest.likeness import NEAR, resemblance, sketch
from ingest.meeting_kind import plainly_apart
from ingest.records import Record
from ingest.same_meeting import report_one_meeting

_ALIKE = 0.5  # resemblance from which what two bodies report on one day may be one meeting


def doubt_on(one: Record, other: Record) -> str | None:
    """What leaves open whether two records of one day that are kept apart are of one meeting; None: nothing does."""
    if plainly_apart(one, other) or _told_apart(one, other):
        return None
    likeness = resemblance(sketch(one.text), sketch(other.text))
    if not may_agree(Facts.of(one.meeting), Facts.of(other.meeting)):
        return "says nearly the same under the name of another body" if likeness >= _ALIKE else None
    if likeness >= NEAR:
        return "says nearly the same"
    business = report_one_meeting(one, other)
    said = "speaks of the same business" if business else "says other things"
    statuses = {one.meeting.status, other.meeting.status}
    drafted = None not in statuses and len(statuses) == 2 and one.body is not None and other.body is not None
    return said if drafted or business else None


def _told_apart(one: Record, other: Record) -> bool:
    """Whether the two carry the numbers of two sessions, or are in two languages."""
    numbered = bool(one.session and other.session and one.session != other.session)
    return numbered or one.meeting.language != other.meeting.language


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
    for known in ledger.of_one_day():
        read = [(record, content) for record in known if (content := ledger.content_of(record))]
        for (one, first), (other, second) in combinations(read, 2):
            if doubt := doubt_on(first, second):
                yield (
                    f"{_named(one.source, one.facts)} and {_named(other.source, other.facts)} are of the same day and "
                    f"kept as two meetings, though one {doubt}; if it was one, save the later file over the earlier, "
                    "ingest it, and purge the record of the other."
                )


def _named(source: str, facts: Facts) -> str:
    return f"{source} ({facts.status})" if facts.status else source
