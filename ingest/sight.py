"""Who may see what: the one condition on records that their readers meet, and what follows for who hands files in."""

from collections.abc import Collection, Sequence

import sqlalchemy as sa

from ingest import seals
from ingest.records import PUBLIC
from ingest.tables import access, failures, passages, records, versions


def readable(groups: Sequence[str]) -> sa.ColumnElement[bool]:
    """The condition on `records` that one of the groups may read their active version, and none is held back."""
    return sa.and_(records.c.held == 0, granted(records.c.id, records.c.active, groups))


def granted(
    record_id: sa.ColumnElement[str], version: sa.ColumnElement[int], groups: Sequence[str]
) -> sa.ColumnElement[bool]:
    """The condition that one of the groups is among the readers of a version."""
    named = access.c.record_id == record_id, access.c.version == version
    return sa.exists(sa.select(access.c.record_id).where(*named, access.c.group_name.in_(groups)))


def readable_version(groups: Sequence[str]) -> sa.ColumnElement[bool]:
    """The condition on `records` joined with `versions` that the groups may read this version of this record.

    They must be among its readers and those of every later version up to the active one: redaction publishes no older
    version, and what was closed stays so when something of it is public again.
    """
    own = granted(versions.c.record_id, versions.c.version, groups)
    later = versions.alias()
    closed = sa.exists(
        sa.select(later.c.version)
        .where(
            later.c.record_id == versions.c.record_id,
            later.c.version > versions.c.version,
            later.c.version <= records.c.active,
            later.c.state != "staging",
            sa.not_(granted(later.c.record_id, later.c.version, groups)),
        )
        .correlate(records, versions)
    )
    return sa.and_(readable(groups), own, sa.not_(closed), versions.c.state != "staging")


def sees_all(connection: sa.Connection, groups: Sequence[str] | None) -> bool:
    """Whether the groups may read every record there is; None stands for who owns the folder, and reads anything.

    A file that is held back counts as a record that nobody reads.
    """
    if groups is None:
        return True
    if seals.find_unstanding(connection):  # of such a record it is not known who may read it
        return False
    return not connection.scalar(sa.select(something_unseen(groups)))


def something_unseen(groups: Sequence[str]) -> sa.ColumnElement[bool]:
    """The condition that there is a record that the groups may not read."""
    there = sa.or_(records.c.active.is_not(None), records.c.held == 1)
    unseen = sa.select(records.c.id).where(there, sa.not_(readable(groups)))
    held_back = sa.select(failures.c.path).where(failures.c.held == 1)
    return sa.or_(sa.exists(unseen), sa.exists(held_back))


def readable_counts(connection: sa.Connection, groups: Sequence[str]) -> tuple[int, int]:
    """How many records the groups may read, and how many passages those have."""
    its = sa.select(records.c.id).where(readable(groups))
    of_active = passages.join(
        records, sa.and_(passages.c.record_id == records.c.id, passages.c.version == records.c.active)
    )
    counted = sa.select(sa.func.count()).select_from(of_active).where(readable(groups))
    held = connection.scalar(sa.select(sa.func.count()).select_from(its.subquery()))
    return int(held or 0), int(connection.scalar(counted) or 0)


def added(stated: Collection[str], held: Collection[str]) -> set[str]:
    """The groups of which the first readers have members that the second need not have.

    >>> added(["public"], ["council"]), added(["council"], ["public"])
    ({'public'}, set())
    """
    return set() if PUBLIC in held else set(stated) - set(held)


def within(stated: Sequence[str], held: Sequence[str]) -> tuple[str, ...] | None:
    """Who may read a version where no reader may be added to those of its record; None: no group is left of the two.

    stated  who may read it by what its file says, everybody if it says nothing

    >>> within(["public"], ["council"]), within(["council", "staff"], ["council"]), within(["staff"], ["public"])
    (('council',), ('council',), ('staff',))
    """
    if PUBLIC in held:
        return tuple(stated)
    if PUBLIC in stated:
        return tuple(held)
    both = tuple(group for group in stated if group in held)
    return both if both or not stated else None
