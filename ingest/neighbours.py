"""Which known records a new one is compared with, and what they are compared by.

Those are the records of its day or number. On a day of very many, as of statements that were handed in, comparing each
with every other would take hours; there it is those that can be of its meeting or say nearly the same.
"""

from collections import Counter, OrderedDict, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ingest.identity import Facts, may_agree
from ingest.likeness import Sketch
from ingest.records import Record
from ingest.same_meeting import Profile

_KEPT = 64  # profiles that are kept at hand
_MANY = 20  # records of a day from which a new one is compared with the likest only
_MARKS = 8  # of a sketch; two texts that say nearly the same share half of them


@dataclass(frozen=True, slots=True)
class KnownRecord:
    """A record as a run sees it; `fresh` when the run decided on its newest version, `rules` as in `Record`."""

    id: str
    title: str
    facts: Facts
    source: str
    digest: str
    rules: int
    fresh: bool = False


class Neighbours:
    """The profiles of the records of a run, those used last at hand; `read` gives the content of one."""

    def __init__(self, read: Callable[[KnownRecord], Record | None]) -> None:
        self._read = read
        self._profiles: OrderedDict[str, Profile] = OrderedDict()
        self._marked: dict[str | None, dict[int, set[str]]] = {}

    def near(self, new: Profile, known: Sequence[KnownRecord]) -> list[KnownRecord]:
        """Which of the records of its day or number a new one is compared with."""
        if len(known) <= _MANY:
            return list(known)
        facts = Facts.of(new.meeting)
        agreeing = {one.id for one in known if may_agree(facts, one.facts)}
        near = self._likest(new, facts.key, known)
        near |= {one.id for one in known if facts.session and one.facts.session == facts.session}
        near |= agreeing if len(agreeing) <= _MANY else set()
        return [one for one in known if one.id in near]

    def profile_of(self, record: KnownRecord) -> Profile | None:
        """What a record is compared by; None when its file vanished before it was stored."""
        if record.id not in self._profiles:
            if not (content := self._read(record)):
                return None
            self._remember(record.id, Profile(content))
        self._profiles.move_to_end(record.id)
        return self._profiles[record.id]

    def put(self, record_id: str, key: str | None, profile: Profile) -> None:
        """Notes a new version of a record; `key` is that of its facts."""
        self._remember(record_id, profile)
        if key in self._marked:
            self._mark(key, record_id, profile)

    def _remember(self, record_id: str, profile: Profile) -> None:
        self._profiles[record_id] = profile
        self._profiles.move_to_end(record_id)
        if len(self._profiles) > _KEPT:
            self._profiles.popitem(last=False)

    def _likest(self, new: Profile, key: str | None, known: Sequence[KnownRecord]) -> set[str]:
        """Those that share at least half of its marks, the most of them first, ties by id."""
        if key not in self._marked:
            self._marked[key] = defaultdict(set)
            for one in known:
                if profile := self.profile_of(one):
                    self._mark(key, one.id, profile)
        shared = Counter(i for mark in _marks(new.sketch) for i in self._marked[key].get(mark, ()))
        enough = sorted((-count, i) for i, count in shared.items() if 2 * count >= _MARKS)
        return {i for _, i in enough[:_MANY]}

    def _mark(self, key: str | None, record_id: str, profile: Profile) -> None:
        for mark in _marks(profile.sketch):
            self._marked[key][mark].add(record_id)


def _marks(sketch: Sketch) -> list[int]:
    """The smallest hashes of a sketch: two texts share one of them the likelier, the more they have in common."""
    return sorted(sketch)[:_MARKS]
