"""What bytes look like, whatever the name of the file says: for the sentence that tells why it is refused."""

import json
import re
import struct
from pathlib import Path

from ingest.errors import NotText

_MAGIC = (
    (b"%PDF-", "a PDF", "rename it to end in .pdf"),
    (b"\x89PNG\r\n\x1a\n", "a PNG image", "run OCR on it and save the result as PDF or text"),
    (b"\xff\xd8\xff", "a JPEG image", "run OCR on it and save the result as PDF or text"),
    (b"GIF87a", "a GIF image", "run OCR on it and save the result as PDF or text"),
    (b"GIF89a", "a GIF image", "run OCR on it and save the result as PDF or text"),
    (b"II*\0", "a TIFF image", "run OCR on it and save the result as PDF or text"),
    (b"MM\0*", "a TIFF image", "run OCR on it and save the result as PDF or text"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document", "rename it to end in .doc"),
    (b"{\\rtf", "an RTF document", "rename it to end in .rtf"),
    (b"\x1f\x8b", "gzip-compressed data", "unpack it first"),
    (b"BZh", "bzip2-compressed data", "unpack it first"),
    (b"\xfd7zXZ\0", "xz-compressed data", "unpack it first"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", "unpack it first"),
    (b"Rar!\x1a\x07", "a RAR archive", "unpack it first"),
    (b"\x7fELF", "a program", "remove it from the folder"),
    (b"MZ\x90\0", "a program", "remove it from the folder"),
    (b"SQLite format 3\0", "a database", "remove it from the folder"),
    (b"ID3", "an MP3 recording", "ingest a transcript of it"),
    (b"OggS", "an Ogg recording", "ingest a transcript of it"),
    (b"fLaC", "a FLAC recording", "ingest a transcript of it"),
    (b"RIFF", "a recording or an image (RIFF)", "ingest a transcript of it"),
)

_AKOMA_NTOSO = re.compile(rb"<(?:[\w.-]+:)?akomaNtoso\b")
_HEAD_OF_XML = 4096  # bytes in which the root is looked for
_HTML = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]{0,200}\?>\s*)?<(?:!doctype\s+html|html[\s>])", re.I)


def looks_like(data: bytes) -> str | None:
    """What the first bytes are the mark of, as "a PNG image; run OCR ...", or None where they say nothing.

    >>> looks_like(b"%PDF-1.7 ...")
    'it looks like a PDF; rename it to end in .pdf'
    """
    if _is_json(data):
        return "it looks like JSON data, as transcription programs write it; export it from there as VTT, SRT or text"
    if data.startswith(b"PK\x03\x04"):
        return _archive(data)
    if _HTML.match(data[:1024]):
        return "it looks like an HTML page; rename it to end in .html"
    for magic, kind, advice in _MAGIC:
        if data.startswith(magic) and not _is_prose(data, magic):
            return f"it looks like {kind}; {advice}"
    if data[4:8] == b"ftyp":
        return "it looks like a video or audio recording; ingest a transcript of it"
    return None


def is_akoma_ntoso(data: bytes) -> bool:
    """Whether data, or its first bytes, are an Akoma Ntoso document.

    >>> is_akoma_ntoso(b'<?xml version="1.0"?><akomaNtoso>'), is_akoma_ntoso(b"<rss>")
    (True, False)
    """
    head = data[:_HEAD_OF_XML]
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        head = head.decode("utf-16", "ignore").encode()
    return _AKOMA_NTOSO.search(head) is not None


def refuse_other_formats(data: bytes, path: Path) -> None:
    """Raises NotText where the file is not the plain text its name promises."""
    disguise = looks_like(data)
    if disguise:
        raise NotText(path, disguise)


def _is_prose(data: bytes, magic: bytes) -> bool:
    """Text may begin with "RIFF", "ID3" or "BZh" by chance: then no control characters follow."""
    return magic.isalnum() and not re.search(rb"[\0-\x08\x0e-\x1a]", data[:256])


def _archive(data: bytes) -> str:
    """A zip by the name of its first members: Word, OpenDocument, another Office file or an archive."""
    head = data[:4096]
    if b"word/" in head or b"word/" in data[-65536:]:
        return "it looks like a Word document; rename it to end in .docx"
    if b"opendocument.text" in head:
        return "it looks like an OpenDocument text; rename it to end in .odt"
    if b"[Content_Types].xml" in head:
        return "it looks like a spreadsheet or slides; save it as PDF"
    return "it looks like a zip archive; unpack it and ingest the files in it"


def _is_json(data: bytes) -> bool:
    """Whether the whole is one JSON object or array: prose may begin with a bracket too."""
    bare = data.removeprefix(b"\xef\xbb\xbf").strip()
    if bare[:1] + bare[-1:] not in (b"{}", b"[]") or len(bare) < 3:
        return False
    try:
        json.loads(bare)
    except (ValueError, RecursionError):
        return False
    return b'"' in bare


def is_zip(data: bytes) -> bool:
    """Whether the data begins like a zip archive with at least one member."""
    return data.startswith(b"PK\x03\x04") and len(data) >= struct.calcsize("<4s5H3L2H")
