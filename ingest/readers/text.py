"""Plain text: the file as it stands, whatever it is encoded in."""

from pathlib import Path

from ingest.readers.encodings import decode
from ingest.readers.signatures import refuse_other_formats
from ingest.records import Document


def read(data: bytes, path: Path) -> Document:
    """The decoded text; offsets are those of `Path.read_text` with the right encoding."""
    refuse_other_formats(data, path)
    text, notes = decode(data, path)
    return Document(text, notes=notes)
