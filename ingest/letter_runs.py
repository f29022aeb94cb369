"""Digests of a text's runs of letters: enough to tell that another text says the same, not to read it.

Case, width, script, spaces, punctuation and where lines end are made alike first, so a copy in another format, in
traditional characters or cut otherwise into lines has the same runs. They begin at every letter, so that short texts
have enough of them too.
"""

import re
import unicodedata

import numpy as np

from ingest.han_scripts import one_script
from ingest.stopping import go_on

Runs = np.ndarray  # of uint64, sorted, each once

SAMPLE = 256  # smallest runs that are kept of a text

_ALPHABETIC, _HAN = 20, 6  # letters of a run: some four words
_AT_ONCE = 1_000_000  # letters hashed between two looks whether to go on
_NO_LETTER = re.compile(r"[\W_]+")
_FACTOR = 0x9E3779B97F4A7C15  # 2^64 / golden ratio, odd (Knuth, The Art of Computer Programming 3, 6.4)


def runs_of(text: str) -> Runs:
    """The digests of all runs of a text."""
    letters = _letters(text)
    found = []
    for begin in range(0, len(letters), _AT_ONCE):
        go_on()
        found.append(np.unique(_hashed(letters[begin : begin + _AT_ONCE + _ALPHABETIC - 1])))
    return np.unique(np.concatenate(found)) if found else np.empty(0, np.uint64)


def sample_of(text: str) -> Runs:
    """Those of a text that are kept: of its runs the smallest, so that those of two texts are the same ones."""
    return runs_of(text)[:SAMPLE]


def packed(runs: Runs) -> bytes:
    return runs.astype("<u8").tobytes()


def unpacked(stored: object) -> Runs:
    """Runs as they were packed; of what is damaged, those that are left."""
    data = stored if isinstance(stored, bytes) else b""
    return np.unique(np.frombuffer(data[: len(data) // 8 * 8], "<u8").astype(np.uint64))


def _letters(text: str) -> str:
    return _NO_LETTER.sub("", one_script(unicodedata.normalize("NFKC", text).casefold()))


def _hashed(letters: str) -> np.ndarray:
    """A digest for each place where a run begins, of as many letters as its script wants."""
    codes = np.frombuffer(letters.encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.uint64)
    two = _joined(codes, codes, 1)
    four = _joined(two, two, 2)
    eight = _joined(four, four, 4)
    long = _joined(_joined(eight, eight, 8), four, 16)
    short = _joined(four, two, 4)
    is_han = (
        ((codes >= 0x3040) & (codes <= 0x9FFF)) | ((codes >= 0xAC00) & (codes <= 0xD7A3)) | (codes >= 0x20000)
    )
    assert len(short) == max(0, len(codes) - _HAN + 1) and len(long) == max(0, len(codes) - _ALPHABETIC + 1)
    return np.concatenate((short[is_han[: len(short)]], long[~is_han[: len(long)]]))


def _joined(first: np.ndarray, second: np.ndarray, apart: int) -> np.ndarray:
    """Digests of runs made of two shorter ones, the second of which begins `apart` letters after the first."""
    there = min(len(first), max(0, len(second) - apart))
    mixed = first[:there] * np.uint64(_FACTOR) + second[apart : apart + there]
    mixed ^= mixed >> np.uint64(29)
    return mixed * np.uint64(0xBF58476D1CE4E5B9)
