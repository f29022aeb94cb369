"""What is to be done with each file: the decisions behind a plan and behind an ingest, made in one place.

Nothing here writes to the index. Decisions depend on the files, the catalog, and the decisions before them.
"""

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from ingest.ahead import Read, read_here
from ingest.errors import AccessUnclear, IngestError, ReadError
from ingest.identity import Facts, amends, are_versions, is_another, may_agree, refusal
from ingest.kept_apart import doubt_on, note_on_second
from ingest.ledger import KnownFile, Ledger
from ingest.letter_runs import Runs, sample_of
from ingest.neighbours import KnownRecord
from ingest.outcomes import ItemChange, Outcome, Status
from ingest.readers import Taken, take
from ingest.reading import digest_of, is_gone, read_record, require_text, state_of, within
from ingest.records import Meeting, Record, Section
from ingest.same_meeting import Profile
from ingest.sentence_head import RULE
from ingest.sight import within as within_readers
from ingest.stopping import go_on
from ingest.widening import readers_told, said_elsewhere, why_it_waits


@dataclass(frozen=True, slots=True)
class Decision:
    """What is to be done with one file.

    record    a version to be stored, not numbered yet; None when there is nothing to store
    file      what to remember of the file; None for one that did not go in
    gone      paths the record had before it moved, to forget
    outcome   what to say once it is done
    confirms  the record that today's rules were found to read as older ones did; None where that was not asked
    profile   what `record` was compared by; None with it
    narrowed  whether `record` has fewer readers than its file says, as it was handed in by who may add none
    mends     whether `record` takes the place of a version that is damaged
    held      the path of a file that is held back; None for one that is not
    hides     whether all that is stored of the record of such a file is held back with it
    runs      of what such a file says, to tell copies of it; None where it only waits, or cannot be read
    """

    outcome: Outcome
    record: Record | None = None
    file: KnownFile | None = None
    gone: tuple[str, ...] = ()
    confirms: str | None = None
    profile: Profile | None = None
    narrowed: bool = False
    mends: bool = False
    held: str | None = None
    hides: bool = True
    runs: Runs | None = field(default=None, compare=False)


def decide_each(
    files: Sequence[Path], ledger: Ledger, *, force: bool = False, read: Read = read_here
) -> Iterator[Decision]:
    """A decision for every file, in order; the ledger is kept up to date. `read` gives the record of a file."""
    for path in files:
        go_on()
        try:
            decision = _decide(path, ledger, force, read, files)
        except AccessUnclear as error:
            decision = _held(path, error, ledger)
        except IngestError as error:
            reason = error.reason if isinstance(error, ReadError) else str(error)
            yield Decision(Outcome(ledger.home(path), Status.FAILED, notes=(reason,)))
            continue
        if decision is None:
            continue
        for gone in decision.gone:
            ledger.drop_file(gone)
        if decision.file:
            ledger.put_file(decision.file, held=decision.held == decision.file.path)
        if decision.held and decision.hides:
            ledger.hold(Path(decision.held), decision.outcome.record_id, decision.runs)
        if decision.record and decision.profile:
            digest = decision.file.digest if decision.file else ""
            ledger.put_record(decision.record, digest, decision.profile)
        elif decision.outcome.status is Status.MOVED and decision.file:
            ledger.move_record(decision.file.record_id, ledger.home(path), decision.gone)
        if decision.confirms:
            ledger.confirm(decision.confirms)
        yield decision
    if not force:
        yield from _of_copies(ledger)


def _of_copies(ledger: Ledger) -> Iterator[Decision]:
    """The records that say what was closed in this run, held back until it is stated who may read them.

    They may have been taken in before it was.
    """
    for record, reason in said_elsewhere(ledger, new=True):
        for file in ledger.files_of(record.id):
            home = Path(file.path)
            if file.digest == record.digest and not ledger.arrives(home):
                ledger.hold(home, record.id, None)
                outcome = Outcome(home, Status.HELD, record.id, record.title, notes=(reason,))
                yield Decision(outcome, file=file, held=file.path)


def _decide(path: Path, ledger: Ledger, force: bool, read: Read, files: Sequence[Path]) -> Decision | None:
    require_text(path)
    home = ledger.home(path)
    known = ledger.file(home)
    if known and is_gone(path):
        return None  # what is gone is told at the end of the run
    state = state_of(path, home)
    record = ledger.record(known.record_id) if known else None
    outdated = known is not None and (ledger.is_outdated(known) or ledger.is_damaged(known.record_id))
    held = ledger.is_held(home)
    if known and record and known.state == state and not outdated and not held:
        return Decision(Outcome(home, Status.UNCHANGED, record.id, record.title))
    stated = ledger.stated(home)
    file = take(path)
    digest = digest_of(file, stated)
    if known and record and known.digest == digest and not outdated:
        if held:  # it is so no more only if it can be read, and says nothing that is closed
            again = Profile(read_record(file, stated, home=home))
            if waiting := _waiting(home, again, record, ledger, force):
                return replace(waiting, hides=True)
        same = KnownFile(str(home), record.id, digest, state)
        return Decision(Outcome(home, Status.UNCHANGED, record.id, record.title), file=same)
    if not known and (twin := ledger.same_file(digest, path)):
        note = f"It is the same file as {ledger.named(twin.path, home)}."
        title = standing.title if (standing := ledger.record(twin.record_id)) else ""
        return Decision(Outcome(home, Status.UNCHANGED, twin.record_id, title, notes=(note,)))
    if held_back := ledger.held_with(digest, home):
        return _copy_of_held(home, held_back, ledger)
    moved = ledger.moved_here(digest, home)
    if moved:
        record = ledger.record(moved.record_id)
    new = Profile(read(file, stated, digest) if home == path else read_record(file, stated, home=home))
    if record is None and ledger.arrives(home):
        record = _namesake_of(new, home, ledger)
    same_file = record is not None
    if (
        record
        and not moved
        and record.digest != digest
        and _reports_another(new, record, known, ledger, files)
    ):
        record = None
    target = record or _target_of(new, ledger, arriving=ledger.arrives(home))
    if target is None:
        copied = ledger.holds(digest, home)
        first = (
            *((_ANOTHER,) if same_file else ()),
            *(
                (f"It says what {ledger.named(copied.source, home)} says, and is a second record.",)
                if copied
                else ()
            ),
            *_beside(new, home, ledger, copied),
        )
        if ledger.is_for_others(home, new.meeting.access):
            return Decision(Outcome(home, Status.ASIDE, title=new.record.title, notes=(WAITS,)))
        if waiting := _waiting(home, new, None, ledger, force):
            return waiting
        return _added(home, new, KnownFile(str(home), ledger.new_id(home), digest, state), first)
    here = KnownFile(str(home), target.id, digest, state)
    if not ledger.arrives(home) and not ledger.is_damaged(target.id):
        if moved and (target.digest != digest or _says_the_same(file, stated, new, moved, target)):
            came = f"It was at {moved.path}."
            outcome = Outcome(home, Status.MOVED, target.id, target.title, notes=(came,))
            return Decision(outcome, file=here, gone=(moved.path,))
        if not force and target.digest != digest and (other := ledger.twin_of(target.id, digest, home)):
            note = f"It says what {other.path} says, and another version of that record stands."
            return Decision(
                Outcome(home, Status.UNCHANGED, target.id, target.title, notes=(note,)), file=here
            )
    return _amended(home, new, target, here, ledger, same_file, moved, force)


def _says_the_same(
    file: Taken, stated: Mapping[str, str], new: Profile, moved: KnownFile, target: KnownRecord
) -> bool:
    """Whether a file tells at its new place what it told where it was, as today's rules read it.

    So what answers use of it stays, be it an older reading that somebody went back to.
    """
    if target.rules < new.record.rules:
        return False
    return _same(read_record(file, stated, home=Path(moved.path)), new.record)


def _held(path: Path, unclear: AccessUnclear, ledger: Ledger) -> Decision:
    """A file of which it is not clear who may read it: nobody reads it, nor the record it is a version of, or was to
    become one of.

    One that was handed in hides nothing: who hands it in is told, and it is not taken in.
    """
    home = ledger.home(path)
    known = ledger.file(home)
    if ledger.arrives(home):
        return Decision(Outcome(home, Status.HELD, notes=(unclear.reason,)))
    said = _profile_of_held(path, unclear)
    runs = sample_of(said.said) if said else None
    if known is None and unclear.record and said and (target := _target_of(said, ledger)):
        known = _unsettled(home, target)
        outcome = Outcome(home, Status.HELD, target.id, notes=(unclear.reason,))
        return Decision(outcome, file=known, held=str(home), runs=runs)
    outcome = Outcome(home, Status.HELD, known and known.record_id, notes=(unclear.reason,))
    return Decision(outcome, held=str(home), runs=runs)


def _profile_of_held(path: Path, unclear: AccessUnclear) -> Profile | None:
    """What a file says that is held back; None where it cannot be read either."""
    if unclear.record:
        return Profile(unclear.record)
    try:  # what is stated beside it is what is not understood
        return Profile(read_record(take(path), {}))
    except AccessUnclear as also:
        return also.record and Profile(also.record)
    except ReadError:
        return None


def _copy_of_held(home: Path, held_back: KnownRecord, ledger: Ledger) -> Decision:
    """A file that says what a record said before a file of it was held back: it waits with it, and releases nothing."""
    reason = (
        f"It says what {ledger.named(held_back.source, home)} said before that was held back; mend that file, "
        "or state in this one who may read it."
    )
    outcome = Outcome(home, Status.HELD, title=held_back.title, notes=(reason,))
    return Decision(outcome) if ledger.arrives(home) else Decision(outcome, held=str(home), hides=False)


def _waiting(
    home: Path, new: Profile, target: KnownRecord | None, ledger: Ledger, force: bool
) -> Decision | None:
    """A file that is held back until it states who may read it; the record it would be a version of stays as it is."""
    if force or ledger.may_add_readers(home) or not (reason := why_it_waits(home, new, target, ledger)):
        return None
    outcome = Outcome(home, Status.HELD, target and target.id, new.record.title, notes=(reason,))
    if ledger.arrives(home):
        return Decision(outcome)
    known = ledger.file(home)
    joins = target is not None and (known is None or known.record_id != target.id)
    file = _unsettled(home, target) if target and joins else None
    return Decision(outcome, file=file, held=str(home), hides=False)


def _unsettled(home: Path, target: KnownRecord) -> KnownFile:
    """A file of a record that is not known as it is, so that it is read again each time."""
    return KnownFile(str(home), target.id, "", (None, None))


def _beside(new: Profile, path: Path, ledger: Ledger, told: KnownRecord | None) -> Iterator[str]:
    """What to say of the records that may after all be of the meeting that a new one reports, but for one told of."""
    for known in ledger.near(new):
        if known is told:
            continue
        if (old := ledger.profile_of(known)) and (doubt := doubt_on(new, old)):
            yield note_on_second(ledger.named(known.source, path), known.facts, doubt)


_ANOTHER = "It reports another meeting than before; the record of that one is kept."


def _added(path: Path, profile: Profile, file: KnownFile, first: Sequence[str]) -> Decision:
    new = profile.record
    outcome = Outcome(path, Status.ADDED, file.record_id, new.title, characters=len(new.text))
    return Decision(_noted(outcome, new, first), _with_id(new, file.record_id), file, profile=profile)


def _amended(
    path: Path,
    profile: Profile,
    target: KnownRecord,
    file: KnownFile,
    ledger: Ledger,
    same_file: bool,
    moved: KnownFile | None,
    force: bool,
) -> Decision:
    """The file holds a version of a known record: the one that is there, as it was read or read anew, a new one, or one
    that is refused.

    moved  the known file that lies here now, with the content it had
    """
    known_as, here = ledger.profile_of(target), ledger.file(path)
    readers = within_readers(profile.meeting.access, target.access)
    narrowed = ledger.keeps_readers(path) and readers != profile.meeting.access
    if narrowed:
        if readers is None:
            return Decision(
                Outcome(path, Status.REFUSED, target.id, profile.record.title, notes=(_NO_READER,))
            )
        profile = _read_by(profile, readers)
    new = profile.record
    if ledger.is_for_others(path, new.meeting.access):
        return Decision(Outcome(path, Status.ASIDE, title=new.title, notes=(WAITS,)))
    old = known_as.record if known_as else None
    mends = ledger.is_damaged(target.id) and (
        target.digest == file.digest or _is_as_taken_in(path, file, ledger)
    )  # what the file and its table state is what they stated then
    widens = not mends and not (old and _same(old, new))
    if widens and (waiting := _waiting(path, profile, target, ledger, force)):
        return waiting
    if mends:
        outcome = Outcome(path, Status.REREAD, target.id, new.title, characters=len(new.text))
        mended = _noted(outcome, new, (_MENDED,))
        return Decision(
            mended, _with_id(new, target.id), file, profile=profile, narrowed=narrowed, mends=True
        )
    told = readers_told(target.access, new.meeting.access)
    anew = target.rules < new.rules and target.digest == file.digest
    others = [known for known in ledger.files_of(target.id) if known.path != str(path)]
    gone = (moved.path,) if moved else tuple(known.path for known in others if not ledger.stands(known))
    moves = bool(moved) or (len(gone) == len(others) and (here is None or here.record_id != target.id))
    left = gone if moves else ()
    came = tuple(f"It was at {ledger.named(place, path)}." for place in left[:1])
    if old and _same(old, new):
        status = Status.MOVED if moves else Status.UNCHANGED
        same_as = ledger.named(target.source, path)
        twin = (f"It is the same record as {same_as}.",) if others and not moves else ()
        outcome = Outcome(path, status, target.id, target.title, notes=came or twin)
        known = None if status is Status.UNCHANGED and ledger.arrives(path) else file  # it is not needed
        return Decision(outcome, file=known, gone=left, confirms=target.id if anew else None)
    if old and anew:
        outcome = Outcome(path, Status.REREAD, target.id, new.title, characters=len(new.text))
        first = (*came, *told, _read_otherwise(old, new))
        return Decision(
            _noted(outcome, new, first),
            _with_id(new, target.id),
            file,
            left,
            profile=profile,
            narrowed=narrowed,
        )
    place = ledger.named(target.source, path)
    reason = refusal(profile, known_as, target.facts.status, place, same_file=same_file or moves)
    if reason and not force:
        return Decision(Outcome(path, Status.REFUSED, target.id, new.title, notes=(reason,)))
    items = changed_items(old, new) if old else ()
    outcome = Outcome(path, Status.AMENDED, target.id, new.title, characters=len(new.text), items=items)
    if not came and target.source != str(path):
        came = (f"It takes the place of {place} in the record of one meeting.",)
    first = (*came, *told, *((_kept_from(new.meeting.access),) if narrowed else ()))
    return Decision(
        _noted(outcome, new, first), _with_id(new, target.id), file, left, profile=profile, narrowed=narrowed
    )


WAITS = "It waits for somebody who may see every record there is to take it in."
_NO_READER = (
    "It is for other readers than the record of the same meeting, and who hands it in may add none; have it taken in "
    "by who may."
)


def _kept_from(readers: Sequence[str]) -> str:
    return (
        f"As the record before it, it is for {', '.join(readers) or 'nobody'} only, whatever the file says."
    )


def _read_by(profile: Profile, readers: tuple[str, ...]) -> Profile:
    """The same record for other readers."""
    record = profile.record
    return Profile(replace(record, meeting=replace(record.meeting, access=readers)))


_MENDED = "What the index held of it was damaged; it is read anew and takes the place of that."


def _is_as_taken_in(path: Path, file: KnownFile, ledger: Ledger) -> bool:
    """Whether a file holds what it held when its record was stored."""
    return (known := ledger.file(path)) is not None and known.digest == file.digest


def _reports_another(
    new: Profile, record: KnownRecord, known: KnownFile | None, ledger: Ledger, files: Sequence[Path]
) -> bool:
    old = ledger.profile_of(record)
    if old is None or not is_another(new, old, 0.0, elsewhere=True):
        return False
    likeness = new.likeness(old)
    if is_another(new, old, likeness, elsewhere=False):
        return True
    moved = known is not None and any(ledger.lies_at(known, path) for path in files)
    return moved and is_another(new, old, likeness, elsewhere=True)


def _namesake_of(new: Profile, home: Path, ledger: Ledger) -> KnownRecord | None:
    """The record that a file handed in under the name of one of its files amends; the likest, ties by id."""
    found = []
    for known in ledger.namesakes(home):
        if not (old := ledger.profile_of(known)):
            continue
        likeness = new.likeness(old)
        if amends(new, old, likeness):
            found.append((-likeness, known.id, known))
    return min(found)[-1] if found else None


def _target_of(new: Profile, ledger: Ledger, *, arriving: bool = False) -> KnownRecord | None:
    """The record that `new` is a version of, by its meeting or, where all files of one are gone, by its words alone."""
    return _record_of(new, ledger, arriving=arriving) or ledger.left_behind(new)


def _record_of(new: Profile, ledger: Ledger, *, arriving: bool = False) -> KnownRecord | None:
    """The record of the same meeting that `new` is a version of; the likest, ties by id.

    arriving  it was handed in to take the place of what there is, so that one of two that are alike stands
    """
    facts = Facts.of(new.meeting)
    likely = [known for known in ledger.near(new) if may_agree(facts, known.facts)]
    found = []
    for known in likely:
        if not (old := ledger.profile_of(known)):
            continue
        likeness = new.likeness(old)
        if are_versions(new, old, likeness, abandoned=arriving or ledger.abandoned(known.id)):
            found.append((-likeness, known.id, known))
    return min(found)[-1] if found else None


_PARTS = ("text", "meeting", "sections", "turns", "decisions", "pages", "omitted")


def _same(old: Record, new: Record) -> bool:
    """Whether two versions read the same: words, meeting and structure."""
    return all(_part(old, part) == _part(new, part) for part in _PARTS)


def _part(record: Record, part: str) -> object:
    """A part of a record as it is read from its file; what the head of the encoder finds is added when it is stored."""
    if part == "decisions":
        return tuple(entry for entry in record.decisions if not entry.rule.startswith(RULE))
    return getattr(record, part)


def _read_otherwise(old: Record, new: Record) -> str:
    """What newer rules read otherwise in the same file."""
    named = {"turns": "speakers", "omitted": "running headers"}
    differing = (named.get(part, part) for part in _PARTS if _part(old, part) != _part(new, part))
    return f"Newer rules read otherwise its {', '.join(differing)}."


def _with_id(record: Record, record_id: str) -> Record:
    return replace(record, id=record_id)


def _noted(outcome: Outcome, record: Record, first: Sequence[str]) -> Outcome:
    return replace(outcome, notes=(*first, *record.notes, *record.meeting.notes))


# What is gone ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Gone:
    """Known paths that hold no file any more, and the record of which none is left, if it is so.

    never_in  whether it is a file that never went in, and others stand for the record that it would have been one of
    emptied  the folder they were in, if it is one that was named and that holds nothing at all now
    """

    paths: tuple[str, ...]
    record: KnownRecord | None
    emptied: Path | None = None
    never_in: bool = False


def find_gone(roots: Sequence[Path], ledger: Ledger) -> list[Gone]:
    """What is known to have been at or under `roots` and is not there now; asked after all files are decided.

    A root that is not there at all says nothing about what was under it: it may be a disk that is not mounted. So may
    one that is empty, though several records lay in it.
    """
    missing: dict[str, list[str]] = {}
    for known in ledger.beneath(roots):
        if is_gone(known.path) or os.path.isdir(known.path):
            missing.setdefault(known.record_id, []).append(known.path)
    empty = [root for root in roots if _is_empty(root)] if len(missing) > 1 else []
    return [_gone(record_id, paths, empty, ledger) for record_id, paths in missing.items()]


def _gone(record_id: str, paths: Sequence[str], empty: Sequence[Path], ledger: Ledger) -> Gone:
    known = ledger.files_of(record_id)
    never_in = all(not file.digest for file in known if file.path in paths)
    record = ledger.record(record_id) if len(known) == len(paths) else None
    return Gone(
        tuple(paths),
        record,
        next((root for root in empty if within(paths, [root])), None),
        never_in and not record,
    )


def _is_empty(root: Path) -> bool:
    """Whether a folder holds nothing, not even a hidden file, as where a disk should be that is not there."""
    try:
        return not os.listdir(root)
    except OSError:
        return False


# What changed ------------------------------------------------------------------------------------------------


def changed_items(old: Record, new: Record) -> tuple[ItemChange, ...]:
    """The agenda items whose own words differ, in the order of the new version; then those that are gone."""
    before, after = _items(old), _items(new)
    changes = [
        ItemChange("changed" if place in before else "added", place[0])
        for place, words in after.items()
        if before.get(place) != words
    ]
    changes += [ItemChange("removed", place[0]) for place in before if place not in after]
    if not changes and _stated(old.meeting) != _stated(new.meeting):
        changes.append(ItemChange("changed", ""))
    return tuple(changes)


def _items(record: Record) -> Mapping[tuple[str, int], str]:
    """Each section's own words, up to the next section, by its title and how often that title came before."""
    starts: list[Section | None] = [None, *record.sections]
    found: dict[tuple[str, int], str] = {}
    times: dict[str, int] = {}
    for place, section in enumerate(starts):
        begin = section.start if section else 0
        following = starts[place + 1] if place + 1 < len(starts) else None
        end = following.start if following else len(record.text)
        title = section.title if section else ""
        words = " ".join(record.text[begin:end].split())
        if section is None and not words:
            continue
        found[title, times.get(title, 0)] = words
        times[title] = times.get(title, 0) + 1
    return found


def _stated(meeting: Meeting) -> tuple[object, ...]:
    return tuple(getattr(meeting, name) for name in meeting.__slots__ if name not in ("origins", "notes"))
