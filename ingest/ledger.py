"""What is known of files and records, in memory for one run: the catalog's rows, and what the run decided since.

A plan and an ingest decide file by file against a ledger that is kept the same way, so that both come to the
same decisions, whether anything is stored in between or not.
"""

import hashlib
import json
import os
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from ingest import seals, store
from ingest.catalog import Catalog
from ingest.closed_texts import ClosedText, ClosedTexts, ReadableText
from ingest.errors import AccessUnclear, IngestError, ReadError, RecordDamaged
from ingest.failures import is_path
from ingest.identity import Facts, may_be_one
from ingest.letter_runs import Runs, sample_of, unpacked
from ingest.likeness import Marks
from ingest.neighbours import KnownRecord, Neighbours
from ingest.overrides import overrides_for
from ingest.readers import take
from ingest.readers.opening import status_of
from ingest.reading import READING_VERSION, FileState, digest_of, is_gone, read_record, state_of, within
from ingest.records import PUBLIC, Record, states_readers
from ingest.same_meeting import Profile
from ingest.sight import added, granted, readable, readable_version, sees_all
from ingest.tables import access as readers
from ingest.tables import failures, files, held_texts, records, versions


@dataclass(frozen=True, slots=True)
class KnownFile:
    """A file as it was when it was last taken in, and the record it is a version of."""

    path: str
    record_id: str
    digest: str
    state: FileState


@dataclass(frozen=True, slots=True)
class OlderVersion:
    """A version that is not active, and not for everybody."""

    record_id: str
    version: int
    access: tuple[str, ...]


class Ledger:
    """The files and records of an index during one run."""

    def __init__(
        self,
        catalog: Catalog,
        files: Iterable[KnownFile],
        records: Iterable[KnownRecord],
        taken: set[str],
        arrivals: Mapping[Path, Path],
        access: Sequence[str] | None = None,
        limited: bool = False,
        may_lower: bool = False,
        damaged: Set[str] = frozenset(),
        held: Iterable[str] = (),
        older: Iterable[OlderVersion] = (),
        held_texts: Iterable[tuple[str, Runs]] = (),
    ) -> None:
        self._catalog = catalog
        self._access = access
        self._limited = limited
        self._may_lower = may_lower
        self._homes = arrivals
        self._held = set(held)
        self._closed: ClosedTexts | None = None  # worked out when it is first needed
        self._older, self._held_texts = tuple(older), tuple(held_texts)
        self._looked_at: dict[Path, Record | None] = {}
        self._left: list[str] | None = None
        self._waiting = {str(home): path for path, home in arrivals.items()}
        self._files = {file.path: file for file in files}
        self._records = {record.id: record for record in records}
        self._taken = taken
        self._damaged = set(damaged)
        self._neighbours = Neighbours(self.content_of)
        self._by_record: dict[str, dict[str, None]] = defaultdict(dict)
        self._by_digest: dict[str, dict[str, None]] = defaultdict(dict)
        self._by_key: dict[str | None, dict[str, None]] = defaultdict(dict)
        for file in self._files.values():
            self._by_record[file.record_id][file.path] = None
            self._by_digest[file.digest][file.record_id] = None
        for record in self._records.values():
            self._by_key[record.facts.key][record.id] = None

    @classmethod
    def load(
        cls,
        catalog: Catalog,
        arrivals: Mapping[Path, Path] | None = None,
        *,
        access: Sequence[str] | None = None,
        may_lower: bool = False,
        whole: bool = False,
    ) -> "Ledger":
        """The ledger of a catalog as it stands.

        arrivals   files that were handed in and will stay elsewhere: where each lies, and where it will
        access     the groups of who hands them in; of records they may not read nothing is in the ledger, so nothing
                   that is decided with it depends on them. None: of who owns the folder, and everything is
        may_lower  whether what is handed in may have readers that its record has not
        whole      for an ingest, which what the ledger leaves out could be lost to: IngestError where it would
        """
        seen = sa.and_(versions.c.record_id == records.c.id, versions.c.version == records.c.active)
        status = store.stated(versions, "status").label("status")
        rules = store.rules_of(versions).label("rules")
        facts = (versions.c[name] for name in ("title", "date", "session", "series", "body", "digest"))
        marks = store.marks_of(versions).label("marks")
        origins = store.stated(versions, "origins").label("origins")
        known = sa.select(
            records.c.id,
            records.c.source,
            records.c.active,
            *facts,
            status,
            rules,
            marks,
            origins,
            _groups_of(records.c.id, records.c.active).label("access"),
        ).join_from(records, versions, seen)
        its = sa.true() if access is None else readable(access)
        with catalog.read() as connection:
            limited = not sees_all(connection, access)
            if limited and whole:
                raise IngestError(
                    "What is handed in by who may not read every record is put aside, not taken in."
                )
            if not limited:  # what is being stored at the moment has an id too
                its = sa.true()
            taken = set(connection.scalars(sa.select(records.c.id).where(its)))
            named = is_path(files.c.path)
            read = connection.execute(sa.select(files).join(records).where(its, named)).all()
            rows = connection.execute(known.where(its)).all()
            places = [(row.id, row.active) for row in rows]
            broken = seals.find_unstanding(connection)
            damaged = {one.record_id for one in seals.find_damage(connection, places)} | broken.keys()
            held = connection.scalars(sa.select(failures.c.path).where(failures.c.held == 1)).all()
            older = connection.execute(_older_and_closed(access)).all()
            kept = () if limited else connection.execute(sa.select(held_texts)).all()
        return cls(
            catalog,
            [KnownFile(f.path, f.record_id, f.digest, (f.modified_ns, f.size)) for f in read],
            [
                _unread(row.id, row.source, row.digest, () if row.id in broken else json.loads(row.access))
                if row.id in damaged
                else KnownRecord(
                    row.id,
                    row.title,
                    Facts(
                        row.date and date.fromisoformat(row.date),
                        row.session,
                        row.series,
                        row.body,
                        row.status,
                    ),
                    row.source,
                    row.digest,
                    row.rules,
                    _marks_in(row.marks),
                    access=tuple(json.loads(row.access)),
                    states=states_readers(json.loads(row.origins or "[]")),
                )
                for row in rows
            ]
            + [
                _unread(one.record_id, one.source, "", ())
                for one in broken.values()
                if one.record_id in taken - {row.id for row in rows}
            ],
            taken,
            arrivals or {},
            access,
            limited,
            may_lower,
            damaged,
            held,
            [OlderVersion(one.record_id, one.version, tuple(json.loads(one.access))) for one in older],
            [(one.path, unpacked(one.runs)) for one in kept],
        )

    def home(self, path: Path) -> Path:
        """Where a file stays, by which it is known: where it lies, unless it was handed in."""
        return self._homes.get(path, path)

    def arrives(self, home: Path) -> bool:
        """Whether the file that will stay there was handed in."""
        return str(home) in self._waiting

    def stated(self, home: Path) -> dict[str, str]:
        """What the clerk states beside a file. Who does not see every record is not told what is stated for a name of
        which they know no file: it may be that of a record they may not see. Raises ReadError.
        """
        return {} if self._limited and self.file(home) is None else overrides_for(home)

    def keeps_readers(self, home: Path) -> bool:
        """Whether a file may add no reader to those of the record it is a version of."""
        return self.arrives(home) and not self._may_lower

    def may_add_readers(self, home: Path) -> bool:
        """Whether who hands a file in said that it may have readers that its record has not."""
        return self.arrives(home) and self._may_lower

    @property
    def closed(self) -> ClosedTexts:
        """What not everybody may read: versions, and files that are held back."""
        if self._closed is None:
            self._closed = ClosedTexts(self._closed_texts(), self._readable_texts)
        return self._closed

    def _closed_texts(self) -> Iterator[ClosedText]:
        for record in self._records.values():
            held = tuple(file.path for file in self.files_of(record.id) if file.path in self._held)
            if (held or PUBLIC not in record.access) and (old := self.profile_of(record)):
                readers = () if held else record.access
                yield ClosedText(record.source, record.id, readers, sample_of(old.said), held)
        for one in self._older:
            if not isinstance(one.version, int):  # damaged; `doctor` names it
                continue
            with suppress(RecordDamaged), self._catalog.read() as connection:
                if record := store.stored_record(connection, one.record_id, one.version):
                    runs = sample_of(Profile(record).said)
                    yield ClosedText(record.source, one.record_id, one.access, runs)
        for path, runs in self._held_texts:
            yield ClosedText(path, None, (), runs, (path,))

    def _readable_texts(self) -> Iterator[ReadableText]:
        """The texts of the records that answers may use, as they are asked for."""
        for record in self._records.values():
            if not self.is_damaged(record.id) and not self._is_held_back(record.id):
                yield ReadableText(record.id, record.access, record.states, partial(self._text_of, record))

    def _text_of(self, record: KnownRecord) -> str:
        if record.fresh:
            return content.text if (content := self.content_of(record)) else ""
        with self._catalog.read() as connection:
            return str(store.active_text(connection, record.id) or "")

    def _is_held_back(self, record_id: str) -> bool:
        return any(file.path in self._held for file in self.files_of(record_id))

    def hold(self, home: Path, record_id: str | None, runs: Runs | None) -> None:
        """Notes that a file is held back, with what is stored of its record; `runs` are those of what it says now."""
        if runs is not None:
            self.closed.add(ClosedText(str(home), None, (), runs, (str(home),)))
        record = self._records.get(record_id or "")
        if record and (old := self.profile_of(record)):
            self.closed.add(ClosedText(record.source, record.id, (), sample_of(old.said), (str(home),)))
        self._held.add(str(home))

    def still_closed(self, closed: ClosedText, groups: Sequence[str]) -> bool:
        """Whether a text is closed to some of these groups as its files are now, where they held it back."""
        return not closed.held or any(self._holds_back(Path(place), closed, groups) for place in closed.held)

    def _holds_back(self, home: Path, closed: ClosedText, groups: Sequence[str]) -> bool:
        """Whether a file that was held back is so, or is gone, or says by now something else."""
        if home not in self._looked_at:
            self._looked_at[home] = None
            with suppress(ReadError):  # of which one is that it is held back
                path = self._lies(home)
                self._looked_at[home] = read_record(take(path), self.stated(home), home=home)
        record = self._looked_at[home]
        if record is None:
            return True
        return bool(added(groups, record.meeting.access)) or not closed.is_said_by(record.text)

    def left_behind(self, new: Profile) -> KnownRecord | None:
        """A record that says the very same of which every file is gone, whatever either states beside its text."""
        if self._left is None:
            self._left = sorted(record_id for record_id in self._records if self._is_left(record_id))
        own, facts = set(new.marks), Facts.of(new.meeting)
        for record in (self._records[i] for i in self._left if i in self._records):
            alike = _may_say(own, record.marks) and may_be_one(facts, record.facts)
            if (
                alike
                and self._is_left(record.id)
                and (old := self.profile_of(record))
                and old.said == new.said
            ):
                return record
        return None

    def _is_left(self, record_id: str) -> bool:
        return all(is_gone(self._lies(Path(file.path))) for file in self.files_of(record_id))

    def is_for_others(self, home: Path, readers: Sequence[str]) -> bool:
        """Whether a file was handed in by somebody who is none of its readers."""
        return self.arrives(home) and self._access is not None and not set(readers) & set(self._access)

    def has_readers_to_keep(self) -> bool:
        """Whether there is a record that not everybody may read."""
        return any(PUBLIC not in record.access for record in self._records.values())

    def named(self, place: str, home: Path) -> str:
        """What to call a place when speaking of a file: who hands one in is not told of the server's folders."""
        return Path(place).name if self.arrives(home) else place

    def file(self, path: Path) -> KnownFile | None:
        return self._files.get(str(path))

    def is_held(self, path: Path) -> bool:
        """Whether a file was held back when it was last looked at."""
        return str(path) in self._held

    def record(self, record_id: str) -> KnownRecord | None:
        return self._records.get(record_id)

    def files_of(self, record_id: str) -> list[KnownFile]:
        """The files that versions of a record came from."""
        return [self._files[path] for path in self._by_record[record_id]]

    def beneath(self, roots: Iterable[Path]) -> Iterator[KnownFile]:
        """The known files that are among `roots` or under those of them that are folders, in order."""
        return (self._files[path] for path in within(self._files, roots))

    def stands(self, file: KnownFile) -> bool:
        """Whether a file still holds what was last read from it."""
        home = Path(file.path)
        path = self._lies(home)
        try:
            return state_of(path, home) == file.state or self._digest(path) == file.digest
        except AccessUnclear:  # it is there, and may not be passed by
            return True
        except ReadError:
            return False

    def abandoned(self, record_id: str) -> bool:
        """Whether no file stands for a record any more."""
        return not any(self.stands(file) for file in self.files_of(record_id))

    def is_outdated(self, file: KnownFile) -> bool:
        """Whether the version that answers use is what older rules than today's read of what the file held.

        It is not for a file that another version came from: an older one, or one that was gone back from.
        """
        record = self._records.get(file.record_id)
        return record is not None and record.rules < READING_VERSION and record.digest == file.digest

    def is_damaged(self, record_id: str) -> bool:
        """Whether what the catalog holds of a record is not what was stored; its file is to be read anew."""
        return record_id in self._damaged

    def held_with(self, digest: str, path: Path) -> KnownRecord | None:
        """A record that held this content when a file of it was held back, which another file does not release."""
        for record_id in self._by_digest.get(digest, ()):
            others = (file.path for file in self.files_of(record_id) if file.path != str(path))
            if (record := self._records.get(record_id)) and not self._held.isdisjoint(others):
                return record
        return None

    def moved_here(self, digest: str, path: Path) -> KnownFile | None:
        """A known file with this content that does not stand where it was any more: the same file at a new place."""
        for record_id in self._by_digest.get(digest, ()):
            known = self.files_of(record_id)
            if record_id not in self._records or any(file.path == str(path) for file in known):
                continue
            for file in known:
                if file.digest == digest and not self.stands(file):
                    return file
        return None

    def twin_of(self, record_id: str, digest: str, path: Path) -> KnownFile | None:
        """A file of a record that holds this very content, where the one at `path` is not a file of it."""
        known = self.files_of(record_id)
        if any(file.path == str(path) for file in known):
            return None
        return next((file for file in known if file.digest == digest), None)

    def same_file(self, digest: str, path: Path) -> KnownFile | None:
        """A known file that is this one by another path, as where a folder is reached through a link."""
        for record_id in self._by_digest.get(digest, ()):
            for file in self.files_of(record_id):
                with suppress(OSError):
                    if file.path != str(path) and os.path.samefile(file.path, path):
                        return file
        return None

    def holds(self, digest: str, path: Path) -> KnownRecord | None:
        """A record with this very content that another file stands for."""
        for record_id in self._by_digest.get(digest, ()):
            others = (file for file in self.files_of(record_id) if file.path != str(path))
            known = (file for file in others if file.digest == digest)
            if (record := self._records.get(record_id)) and any(map(self.stands, known)):
                return record
        return None

    def lies_at(self, file: KnownFile, path: Path) -> bool:
        """Whether a path that is not known yet holds what was last read from a file."""
        home = self.home(path)
        if self.file(home):
            return False
        with suppress(ReadError):
            return status_of(path).st_size == file.state[1] and self._digest(path) == file.digest
        return False

    def with_key(self, facts: Facts) -> list[KnownRecord]:
        """The records that may be of the same meeting, going by its day or number."""
        return [] if facts.key is None else [self._records[i] for i in self._by_key[facts.key]]

    def near(self, new: Profile) -> list[KnownRecord]:
        """The records a new one is to be compared with: those of the same day or number, of very many the likest."""
        return self._neighbours.near(new, self.with_key(Facts.of(new.meeting)))

    def profile_of(self, record: KnownRecord) -> Profile | None:
        """What a record is compared by; None when its file vanished before it was stored."""
        return self._neighbours.profile_of(record)

    def of_busy_days(self) -> Iterator[tuple[KnownRecord, Profile]]:
        """The records that others may be of the same meeting with, by day and id."""
        busy = sorted((key, sorted(ids)) for key, ids in self._by_key.items() if key and len(ids) > 1)
        for _, ids in busy:
            for one in (self._records[record_id] for record_id in ids):
                if profile := self.profile_of(one):
                    yield one, profile

    def content_of(self, record: KnownRecord) -> Record | None:
        """The record as its newest version reads; None when it is damaged or its file, not stored yet, is another."""
        if self.is_damaged(record.id):
            return None
        if not record.fresh:
            with self._catalog.read() as connection:
                return store.stored_record(connection, record.id)
        home = Path(record.source)
        try:
            file, stated = take(self._lies(home)), self.stated(home)
            if digest_of(file, stated) != record.digest:
                return None
            return read_record(file, stated, record.id, home=home)
        except ReadError:
            return None

    def namesakes(self, home: Path) -> list[KnownRecord]:
        """The records of which a file has this name, wherever it lies."""
        named = (file for file in self._files.values() if Path(file.path).name == home.name)
        found = dict.fromkeys(file.record_id for file in named)
        return [record for record_id in found if (record := self._records.get(record_id))]

    def _lies(self, home: Path) -> Path:
        """Where the content of a file is to be read: where it waits, if it was handed in in this run."""
        path = self._waiting.get(str(home), home)
        return path if os.path.lexists(path) else home

    def _digest(self, path: Path) -> str:
        """The digest of a file where it lies, as that of a known one is. Raises ReadError."""
        return digest_of(take(path), self.stated(self.home(path)))

    def new_id(self, path: Path) -> str:
        """A short id from the path where the record was first seen, salted when an older record has it."""
        for salt in range(1_000):
            record_id = hashlib.sha256(f"{salt or ''}{path}".encode()).hexdigest()[:12]
            if record_id not in self._taken:
                self._taken.add(record_id)
                return record_id
        raise ReadError(path, "no free record id; this cannot happen by chance, please report it.")

    def put_file(self, file: KnownFile, *, held: bool = False) -> None:
        """Notes what a file holds now."""
        self.drop_file(file.path)
        if not held:
            self._held.discard(file.path)
        self._files[file.path] = file
        self._by_record[file.record_id][file.path] = None
        self._by_digest[file.digest][file.record_id] = None

    def drop_file(self, path: str) -> None:
        if old := self._files.pop(path, None):
            self._by_record[old.record_id].pop(path, None)

    def put_record(self, record: Record, digest: str, profile: Profile) -> None:
        """Notes a new version, before it is stored; `profile` is what it was compared by."""
        facts = Facts.of(record.meeting)
        if PUBLIC not in record.meeting.access:
            _ = self.closed  # what was closed before is known by then
        self._damaged.discard(record.id)
        self._neighbours.put(record.id, profile)
        if old := self._records.get(record.id):
            self._by_key[old.facts.key].pop(record.id, None)
        self._by_key[facts.key][record.id] = None
        self._records[record.id] = KnownRecord(
            record.id,
            record.title,
            facts,
            record.source,
            digest,
            record.rules,
            profile.marks,
            fresh=True,
            access=record.meeting.access,
            states=record.meeting.states_readers,
        )
        if PUBLIC not in record.meeting.access:
            readers, runs = record.meeting.access, sample_of(profile.said)
            self.closed.add(ClosedText(record.source, record.id, readers, runs))

    def confirm(self, record_id: str) -> None:
        """Notes that today's rules read a record as it is."""
        self._records[record_id] = replace(self._records[record_id], rules=READING_VERSION)

    def move_record(self, record_id: str, path: Path, gone: Sequence[str]) -> None:
        """Notes that a file of a record lies here now; `gone` as in `store.move_record`."""
        record = self._records[record_id]
        if not gone or record.source in gone:
            self._records[record_id] = replace(record, source=str(path))

    def drop_record(self, record_id: str) -> None:
        if old := self._records.pop(record_id, None):
            self._by_key[old.facts.key].pop(record_id, None)
        for file in self.files_of(record_id):
            self.drop_file(file.path)


def _groups_of(record_id: sa.ColumnElement[str], version: sa.ColumnElement[Any]) -> sa.ScalarSelect[str]:
    """The readers of a version, as a JSON list."""
    its = readers.c.record_id == record_id, readers.c.version == version
    return sa.select(sa.func.json_group_array(readers.c.group_name)).where(*its).scalar_subquery()


def _older_and_closed(access: Sequence[str] | None) -> sa.Select[Any]:
    """The versions that are not active, and not for everybody, of which one with these groups may be told."""
    this = versions.c.record_id, versions.c.version
    seen = versions.c.state != "staging" if access is None else readable_version(access)
    return (
        sa.select(*this, _groups_of(*this).label("access"))
        .join_from(records, versions, versions.c.record_id == records.c.id)
        .where(versions.c.version != records.c.active, sa.not_(granted(*this, [PUBLIC])), seen)
    )


def _marks_in(stored: str | None) -> Marks:
    return tuple(json.loads(stored or "[]"))


def _may_say(own: Set[int], marks: Marks) -> bool:
    """Whether a text with some marks may say what one with others says, but for what stands before it."""
    return bool(marks) and 2 * len(own.intersection(marks)) >= min(len(own), len(marks))


def _unread(record_id: str, source: object, digest: object, access: Sequence[str]) -> KnownRecord:
    """A damaged record: nothing that is stored of its meeting can be trusted, so no other is compared with it.

    Where its standing is damaged no reader is known, so what is handed in brings none.
    """
    facts, named = Facts(None, None, None, None, None), Path(str(source)).name
    return KnownRecord(
        record_id, named, facts, str(source), str(digest), READING_VERSION, access=tuple(access)
    )
