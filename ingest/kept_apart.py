"""Records of one body and day, the one a draft and the other approved, that are kept as two meetings.

Nothing but a person can tell whether they are, so it is said: when the second is taken in, and by `doctor`.
"""

from collections.abc import Iterator
from itertools import combinations

from ingest.catalog import Catalog
from ingest.identity import Facts, may_agree
from ingest.ledger import Ledger


def may_be_versions(one: Facts, other: Facts) -> bool:
    """Whether the one may be a draft and the other what was approved of it, going by what they state."""
    stated = one.status is not None and other.status is not None and one.status != other.status
    return stated and one.body is not None and other.body is not None and may_agree(one, other)


def note_on_second(place: str, facts: Facts) -> str:
    """What to say of a record that is taken in beside one that lies at `place`."""
    return (
        f"{place} is of the same body and day and {facts.status}, and says other things, so both are kept as two "
        "meetings; if it was one, save the later file over the earlier."
    )


def find_kept_apart(catalog: Catalog) -> Iterator[str]:
    """A sentence for each such pair of an index."""
    for known in Ledger.load(catalog).of_one_day():
        for one, other in combinations(known, 2):
            if may_be_versions(one.facts, other.facts):
                yield (
                    f"{one.source} ({one.facts.status}) and {other.source} ({other.facts.status}) are of the same body "
                    "and day and kept as two meetings; if it was one, save the later file over the earlier, ingest it, "
                    "and purge the record of the other."
                )
