"""What can go wrong on the way in.

    IngestError
    ├── ReadError          one file cannot be read; the other files go on
    │   ├── EmptyFile      it holds no text
    │   ├── NotText        its bytes are not the text its name promises
    │   ├── Unsupported    no reader for this kind of file
    │   └── AccessUnclear  what is said of who may read it is not understood
    ├── RecordDamaged      what is stored of a version is not what was stored; the other records go on
    ├── CatalogError       the catalog could not be read or written just now
    └── IndexProblem       the index folder cannot be used
        ├── IndexBusy      another process owns it
        ├── IndexReadOnly  nothing can be written to it
        ├── IndexTooNew    a newer version of Minutebook made it
        ├── IndexMismatch  made with another encoder
        ├── IndexMissing   there is no index there yet
        └── IndexBroken    it contradicts itself and could not be repaired

Every message says what, where, and what to do.
"""

from pathlib import Path
from shlex import quote

from ingest.records import Record


class IngestError(Exception):
    """The root of the tree; its text is a sentence for the person who ran the ingest."""


class ReadError(IngestError):
    """A file that cannot become a record."""

    def __init__(self, path: Path, reason: str) -> None:
        self.path = path
        self.reason = f"{reason.rstrip('.')}."
        super().__init__(f"Cannot read {path}: {self.reason}")

    def __reduce__(self) -> tuple[type["ReadError"], tuple[Path, str]]:
        return type(self), (self.path, self.reason)


class EmptyFile(ReadError):
    """The file holds no text at all."""


class NotText(ReadError):
    """The bytes of the file are not what its name promises."""


class Unsupported(ReadError):
    """No reader takes this kind of file."""


class AccessUnclear(ReadError):
    """What is said of who may read a record is not understood: nobody reads it until that is mended.

    record  what was read all the same, to find what is stored of it; never to be stored or shown
    """

    def __init__(self, path: Path, reason: str, record: Record | None = None) -> None:
        super().__init__(path, reason)
        self.record = record

    def __reduce__(self) -> tuple[type["AccessUnclear"], tuple[Path, str, Record | None]]:
        return type(self), (self.path, self.reason, self.record)


class RecordDamaged(IngestError):
    """A version of a record that is not what was stored; its text says which, and what to do."""

    def __init__(self, record_id: str, version: int, sentence: str) -> None:
        self.record_id = record_id
        self.version = version
        super().__init__(sentence)


class CatalogError(IngestError):
    """SQLite could not do what was asked: a full disk, a failing one, a lock held too long. Nothing is half done."""


class IndexProblem(IngestError):
    """The index folder cannot be used as it is."""

    def __init__(self, index: Path, reason: str) -> None:
        self.index = index
        self.reason = reason
        super().__init__(f"Cannot use the index {index}: {reason}")


class IndexBusy(IndexProblem):
    """Another process owns the index: `owner` says which."""

    def __init__(self, index: Path, owner: str) -> None:
        self.owner = owner
        super().__init__(index, f"it is owned by {owner}. Wait until that has finished, or stop it.")


class IndexReadOnly(IndexProblem):
    """Nothing can be written to the index folder; it can be read."""


class IndexTooNew(IndexProblem):
    """A newer version of Minutebook made the index."""


class IndexMismatch(IndexProblem):
    """The index was made with another encoder than the one asked for."""

    @classmethod
    def of_encoder(cls, index: Path, made_with: str | None, asked: str) -> "IndexMismatch":
        return cls(
            index,
            f"it was made with the encoder {made_with} and this is {asked}. Use the one it was made with, "
            "with --encoder and --adapter as they were then (left out, if they were), or encode everything anew: "
            f"python -m ingest --reindex --index {quote(str(index))}, with --encoder and --adapter as now.",
        )


class IndexMissing(IndexProblem):
    """There is no index in the folder yet."""


class IndexBroken(IndexProblem):
    """The index contradicts itself and could not be repaired."""
