"""Readers: a file becomes a `Document`, its text and what its format says about that text.

One module per format, each with `read(data: bytes, path: Path) -> Document`; `path` is only for messages,
the bytes were taken once, here, from a regular file. A reader gives a `Document` or raises a `ReadError`,
whatever the bytes are. Call `ingest.parsing.parse` instead of `read` for files nobody vouches for.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from importlib import import_module
from pathlib import Path

from ingest.errors import EmptyFile, Unsupported
from ingest.readers.opening import MiB, Taken, beginning_of, taken
from ingest.readers.signatures import is_akoma_ntoso
from ingest.records import Document

# suffix -> (module of this package, most bytes a file of this kind may have)
_READERS = {
    ".txt": ("text", 64 * MiB),
    ".text": ("text", 64 * MiB),
    ".rst": ("text", 64 * MiB),
    ".md": ("markdown", 64 * MiB),
    ".markdown": ("markdown", 64 * MiB),
    ".html": ("html", 32 * MiB),
    ".htm": ("html", 32 * MiB),
    ".xhtml": ("html", 32 * MiB),
    ".docx": ("docx", 128 * MiB),
    ".docm": ("docx", 128 * MiB),
    ".pdf": ("pdf", 256 * MiB),
    ".akn": ("akomantoso", 64 * MiB),
    ".xml": ("akomantoso", 64 * MiB),
    ".vtt": ("captions", 64 * MiB),
    ".srt": ("captions", 64 * MiB),
    ".doc": ("office", 128 * MiB),
    ".odt": ("office", 128 * MiB),
    ".rtf": ("office", 128 * MiB),
}

SUFFIXES = frozenset(_READERS)  # the suffixes that are read, lower case
PLAIN = frozenset({".txt", ".text", ".rst", ".md", ".markdown"})  # read without any foreign parser

_HOW_TO_CONVERT = {  # what is said of files of other kinds, and their suffixes
    "it is an archive; unpack it and ingest the files in it": "zip 7z rar tar tgz",
    "it is compressed; unpack it and ingest the files in it": "gz bz2 xz zst",
    "spreadsheets are not read; save the sheet as PDF or text": "xlsx xls xlsm xlsb ods numbers et",
    "tables are not read; save it as text": "csv tsv",
    "slides are not read; save them as PDF": "pptx ppt odp key dps",
    "mail is not read; save the minutes in it as text or PDF": "eml msg mbox",
    "saved web pages of this kind are not read; save the page as HTML or PDF": "mht mhtml webarchive",
    "Pages files are not read; export it as DOCX or PDF": "pages",
    "WordPerfect files are not read; save it as DOCX or PDF": "wpd",
    "WPS files are not read; save it as DOCX or PDF": "wps",
    "OFD files are not read; save it as PDF": "ofd",
    "documents of this kind are not read; save it as PDF or text": "epub ps xps djvu caj one pub tex",
    "it only points at a document elsewhere; download that and put the file here": (
        "gdoc gsheet url webloc lnk desktop"
    ),
    "transcripts of this kind are not read; export it as VTT, SRT or text": "json sbv smi ttml dfxp ass",
    "recordings are not read; ingest a transcript (VTT, SRT or text)": (
        "mp3 mp4 wav m4a ogg flac aac wma mov avi mkv webm m4v"
    ),
    "images are not read; run OCR first and save the result as PDF or text": (
        "png jpg jpeg tif tiff gif bmp webp heic"
    ),
    "it is text by another name; rename it to end in .txt": "adoc org log",
}
_OTHER_XML = "of XML only Akoma Ntoso documents are read; save it as HTML, PDF or text"
_ADVICE = {f".{suffix}": advice for advice, kinds in _HOW_TO_CONVERT.items() for suffix in kinds.split()}


def read(path: Path) -> Document:
    """The file as a document.

    Raises `Unsupported`, `EmptyFile`, `NotText` or plain `ReadError`; nothing else, for any file.
    """
    return document_of(take(path))


def take(path: Path) -> Taken:
    """What a file of a kind that is read holds, and no more than its kind may have. Raises ReadError."""
    return taken(path, most=most_bytes(path))


def document_of(file: Taken) -> Document:
    """A file that was taken, as a document. Raises as `read`."""
    path = file.path
    module, _ = _reader_for(path)
    if not file.data:
        raise EmptyFile(path, "it is empty (0 bytes); delete it or save the minutes in it")
    document = _sound(_read_function(module)(file.data, path))
    if not document.text.strip():
        if document.notes:
            raise EmptyFile(path, f"nothing in it is read: {' '.join(document.notes)}")
        raise EmptyFile(path, "it holds no words, only white space; delete it or save the minutes in it")
    return document


def most_bytes(path: Path) -> int:
    """How many bytes a file of this kind may have. Raises Unsupported for a kind that is not read."""
    return _reader_for(path)[1]


def is_ignored(path: Path) -> bool:
    """Whether a file is passed over in silence: hidden files, lock and litter files of other programs.

    >>> is_ignored(Path("minutes/~$march.docx")), is_ignored(Path(".DS_Store")), is_ignored(Path("a.txt"))
    (True, True, False)
    """
    name = path.name.lower()
    return (
        name.startswith((".", "~$", "~wrl"))
        or name.endswith(("~", ".tmp", ".part", ".partial", ".crdownload", ".download"))
        or name in {"thumbs.db", "desktop.ini", "icon\r"}
    )


def why_not_read(path: Path) -> str | None:
    """Why files of this kind are not read, and what to do; None for a kind that is.

    >>> why_not_read(Path("votes.xlsx")), why_not_read(Path("minutes.md"))
    ('spreadsheets are not read; save the sheet as PDF or text', None)
    """
    suffix = path.suffix.lower()
    if suffix == ".xml" and (beginning := beginning_of(path)) and not is_akoma_ntoso(beginning):
        return _OTHER_XML
    if suffix in _READERS:
        return None
    if known := _ADVICE.get(suffix):
        return known
    kind = f"{suffix} files are not read" if suffix else "its name has no suffix that says what it is"
    return f"{kind}; save it as one of {', '.join(sorted(SUFFIXES))}"


def _reader_for(path: Path) -> tuple[str, int]:
    if reason := why_not_read(path):
        raise Unsupported(path, reason)
    return _READERS[path.suffix.lower()]


def _read_function(module: str) -> Callable[[bytes, Path], Document]:
    """Readers are imported when first needed: some bring a slow library."""
    return import_module(f"ingest.readers.{module}").read


_NEVER_IN_TEXT = re.compile("[\0\ud800-\udfff]")  # SQLite stops at NUL, UTF-8 has no lone surrogates


def _sound(document: Document) -> Document:
    """The document with U+FFFD for each character no store can hold; one for one, so that offsets stay."""
    text, count = _NEVER_IN_TEXT.subn("\N{REPLACEMENT CHARACTER}", document.text)
    fields, unread = map(_sound_pairs, (document.fields, document.unread))
    document = replace(document, fields=fields, unread=unread)
    if not count:
        return document
    which = "1 character" if count == 1 else f"{count} characters"
    stands = "stands" if count == 1 else "stand"
    note = f"{which} that no text may hold (NUL, half of a character pair) {stands} as U+FFFD."
    return replace(document, text=text, notes=(*document.notes, note))


def _sound_pairs(pairs: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    sub = _NEVER_IN_TEXT.sub
    return tuple((sub("\N{REPLACEMENT CHARACTER}", a), sub("\N{REPLACEMENT CHARACTER}", b)) for a, b in pairs)
