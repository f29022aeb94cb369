"""Whether the files of a Chroma folder's vector segments agree with each other, read without Chroma.

Chroma's reader (hnswlib) does not look where a file ends: of one that was cut short it takes whatever the memory
held for lengths, and reserves gigabytes or none by chance. So what a process of its own found sound may still end
the one that opens it next; files that agree leave nothing to chance.

A segment is a folder with four files, little-endian: `header.bin` (sizes and counts), `length.bin`, `data_level0.bin`
(for each element its links on the lowest level, its vector and its label) and `link_lists.bin` (for each element a
size in bytes and so many bytes of links on the levels above).
"""

import struct
from pathlib import Path

import numpy as np

from ingest.readers.opening import why_no_file

_HEADER = struct.Struct("<i6QiI3QdQ")
_VERSION = (1).to_bytes(4, "little")
_HEADER_FILE = "header.bin"
_FILES = ("data_level0.bin", "length.bin", "link_lists.bin")
_SPARE = 1 << 16  # elements there may be room for beyond twice those that are there


def disagreement(folder: Path) -> str | None:
    """What is wrong with the segments in a folder of Chroma, as a sentence; None when nothing is, or none is there."""
    for file in sorted(file for name in (_HEADER_FILE, *_FILES) for file in folder.glob(f"*/{name}")):
        if reason := why_no_file(file):
            return f"{file} is no file of Chroma: {reason}."
    for header in sorted(folder.glob(f"*/{_HEADER_FILE}")):
        try:
            problem = _problem(header)
        except OSError as error:
            problem = f"cannot be read ({error.strerror})"
        if problem:
            return f"Chroma's segment {header.parent} {problem}."
    return None


def _problem(path: Path) -> str | None:
    header = path.read_bytes()
    if len(header) >= 4 and header[:4] != _VERSION:
        return None  # another format: it is Chroma's to read
    if len(header) < _HEADER.size:
        return "has a header that was cut short"
    _, offset, room, count, size, label, data, levels, entry, most, most_lowest, *_ = _HEADER.unpack_from(
        header
    )
    lowest, upper = 4 + 4 * most_lowest, 4 + 4 * most  # bytes of an element's links on a level
    if offset or not lowest == data < label or size != label + 8 or not count <= room <= 2 * count + _SPARE:
        return "has a header whose sizes do not fit together"
    missing = [name for name in _FILES if not (path.parent / name).exists()]
    if missing:
        return f"lacks {' and '.join(missing)}"
    if not count:
        return None
    if entry >= count:
        return "begins at an element it does not have"
    if (path.parent / "length.bin").stat().st_size < 4 * count:
        return "has a length.bin that was cut short"
    elements = path.parent / "data_level0.bin"
    if elements.stat().st_size < count * size:
        return "has a data_level0.bin that was cut short"
    links = np.memmap(elements, np.uint8, "r", shape=(count, size))[:, :lowest]
    if not _are_links(np.ascontiguousarray(links).view("<u4"), count):
        return "has links to elements that are not there"
    return _upper_problem((path.parent / "link_lists.bin").read_bytes(), count, upper, levels)


def _upper_problem(lists: bytes, count: int, upper: int, levels: int) -> str | None:
    at = 0
    for _ in range(count):
        if at + 4 > len(lists):
            return "has a link_lists.bin that was cut short"
        size = int.from_bytes(lists[at : at + 4], "little")
        at += 4
        if not size:
            continue
        if size % upper or size > levels * upper or at + size > len(lists):
            return "has a link_lists.bin whose sizes do not fit together"
        if not _are_links(np.frombuffer(lists, "<u4", size // 4, at).reshape(-1, upper // 4), count):
            return "has links to elements that are not there"
        at += size
    return None


def _are_links(rows: np.ndarray, count: int) -> bool:
    """Whether each row (a number of links in its low 16 bits, then ids) is sound."""
    numbers, ids = rows[:, 0] & 0xFFFF, rows[:, 1:]
    if not (numbers <= ids.shape[1]).all():
        return False
    used = np.arange(ids.shape[1]) < numbers[:, None]
    return bool((ids[used] < count).all())
