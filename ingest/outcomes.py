"""What a plan or an ingest says of each file."""

from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, Literal


class Status(StrEnum):
    """What became, or would become, of a file."""

    ADDED = "added"
    AMENDED = "changed"
    REREAD = "reread"  # the file is as it was, and newer rules read otherwise what it says
    MOVED = "moved"
    UNCHANGED = "unchanged"
    MISSING = "missing"  # its file is gone, the record is kept
    REMOVED = "removed"  # its file is gone, and so is the record, as asked
    REFUSED = "refused"
    HELD = "held"  # nobody sees it, nor what is stored of it unless it only waits: it is not clear who may
    FAILED = "failed"
    ASIDE = "aside"  # handed in by who may not see it or every other record, and kept for who may


@dataclass(frozen=True, slots=True)
class ItemChange:
    """An agenda item that a new version changes; the title is empty for what stands before the first item."""

    kind: Literal["added", "changed", "removed"]
    title: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file.

    passages    how many it was split into; `encoded` how many of them had to be encoded (0 in a plan)
    characters  of the record's text; 0 for a file that was not read
    items       the agenda items that changed, for a changed record
    by_words    how many passages are in a language the encoder does not know, and so found by their words alone
    notes       what the person who ingests should know; for a failed, held or refused file the reason comes first
    """

    path: Path
    status: Status
    record_id: str | None = None
    title: str = ""
    passages: int = 0
    encoded: int = 0
    characters: int = 0
    items: tuple[ItemChange, ...] = ()
    notes: tuple[str, ...] = ()
    by_words: int = 0

    def to_json(self) -> dict[str, Any]:
        """The outcome as values JSON knows; `from_json` is the way back."""
        return asdict(self) | {"path": str(self.path)}

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> "Outcome":
        parts = {
            "path": Path(stored["path"]),
            "status": Status(stored["status"]),
            "items": tuple(ItemChange(**item) for item in stored["items"]),
            "notes": tuple(stored["notes"]),
        }
        return cls(**(stored | parts))


@dataclass(frozen=True, slots=True)
class Report:
    """What an ingest did, in the order of the files; then the files that are gone."""

    outcomes: tuple[Outcome, ...]

    def count(self, status: Status) -> int:
        return sum(outcome.status is status for outcome in self.outcomes)

    def of(self, *statuses: Status) -> tuple[Outcome, ...]:
        """The outcomes of these kinds."""
        return tuple(outcome for outcome in self.outcomes if outcome.status in statuses)

    def to_json(self) -> list[dict[str, Any]]:
        return [outcome.to_json() for outcome in self.outcomes]

    @classmethod
    def from_json(cls, stored: list[dict[str, Any]]) -> "Report":
        return cls(tuple(map(Outcome.from_json, stored)))

    @property
    def failed(self) -> tuple[Outcome, ...]:
        return self.of(Status.FAILED)

    @property
    def held(self) -> tuple[Outcome, ...]:
        return self.of(Status.HELD)
