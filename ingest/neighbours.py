"""Which known records a new one is compared with, and what they are compared by.

Those are the records of its day or number. On a day of very many, as of statements that were handed in, comparing each
with every other would take hours; there it is those that can be of its meeting or say nearly the same.
"""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ingest.identity import Facts, may_agree
from ingest.likeness import Marks
from ingest.records import Record
from ingest.same_meeting import Profile
from ingest.stopping import go_on

_KEPT = 64  # profiles that are kept at hand
_MANY = 20  # records of a day from which a new one is compared with the likest only
_SHARED = 3  # marks from which on two texts may say nearly the same


@dataclass(frozen=True, slots=True)
class KnownRecord:
    """A record as a run sees it; `fresh` when the run decided on its newest version, `rules` as in `Record`.

    marks  of its text; none where an older Minutebook stored it
    access  the groups that may read the version answers use
    states  whether its file states that itself
    """

    id: str
    title: str
    facts: Facts
    source: str
    digest: str
    rules: int
    marks: Marks = ()
    fresh: bool = False
    access: tuple[str, ...] = ()
    states: bool = False


class Neighbours:
    """The profiles of the records of a run, those used last at hand; `read` gives the content of one."""

    def __init__(self, read: Callable[[KnownRecord], Record | None]) -> None:
        self._read = read
        self._profiles: OrderedDict[str, Profile] = OrderedDict()

    def near(self, new: Profile, known: Sequence[KnownRecord]) -> list[KnownRecord]:
        """Which of the records of its day or number a new one is compared with."""
        if len(known) <= _MANY:
            return list(known)
        facts = Facts.of(new.meeting)
        agreeing = {one.id for one in known if may_agree(facts, one.facts)}
        near = _likest(new, known)
        near |= {one.id for one in known if facts.session and one.facts.session == facts.session}
        near |= agreeing if len(agreeing) <= _MANY else set()
        return [one for one in known if one.id in near]

    def profile_of(self, record: KnownRecord) -> Profile | None:
        """What a record is compared by; None when its file vanished before it was stored."""
        go_on()
        if record.id not in self._profiles:
            if not (content := self._read(record)):
                return None
            self.put(record.id, Profile(content))
        self._profiles.move_to_end(record.id)
        return self._profiles[record.id]

    def put(self, record_id: str, profile: Profile) -> None:
        """Notes a new version of a record."""
        self._profiles[record_id] = profile
        self._profiles.move_to_end(record_id)
        if len(self._profiles) > _KEPT:
            self._profiles.popitem(last=False)


def _likest(new: Profile, known: Sequence[KnownRecord]) -> set[str]:
    """Those that share the most marks with it, ties by id."""
    own = set(new.marks)
    shared = ((len(own.intersection(one.marks)), one.id) for one in known)
    enough = sorted((-count, record_id) for count, record_id in shared if count >= _SHARED)
    return {record_id for _, record_id in enough[:_MANY]}
