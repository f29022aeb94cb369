"""How often each search word stands in each passage, taken from the full-text tables word by word when first asked.

BM25 from these counts is that of FTS5's own `bm25`; kept in memory, a word is read once and not for every question.
"""

import math
import threading
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import sqlalchemy as sa

from qa.sqlite import rows_of

MOST_COUNTS = 5_000_000  # counts that are kept, 8 bytes each; the words asked for longest ago go first
K1, B = 1.2, 0.75  # of BM25, as FTS5 has them (Robertson 2009)
COLUMNS = 2  # of the full-text tables: the text and its context
LEAST_WEIGHT = 1e-6  # of a word that stands in most passages, as FTS5 has it
_INSTANCES = (
    "SELECT doc, min(sum(col = 'body'), 65535), min(sum(col = 'context'), 65535) FROM {instances} "
    "WHERE term = ? GROUP BY doc"
)
# FTS5 cuts at a few letters of rarer scripts that are letters to Python (Tamil AU, New Tai Lue); such a word is a
# phrase to it, and counts once in a passage.
_PHRASES = (
    "SELECT id, max(text), max(context) FROM ("
    """SELECT rowid AS id, 1 AS text, 0 AS context FROM {table} WHERE {table} MATCH 'body : "' || ? || '"' """
    """UNION ALL SELECT rowid, 0, 1 FROM {table} WHERE {table} MATCH 'context : "' || ? || '"') GROUP BY id"""
)
_COUNT = np.dtype([("id", np.int64), ("text", np.uint16), ("context", np.uint16)])


@dataclass(frozen=True, slots=True)
class WordCounts:
    """Where a word stands: `text[i]` times in the words of the passage at `places[i]`, `context[i]` in its context.

    Whose passages they are is not asked here: `among` counts what somebody may see.
    """

    places: np.ndarray
    text: np.ndarray
    context: np.ndarray

    def among(self, seen: np.ndarray, *, in_text: bool = False) -> int:
        """In how many of the passages that `seen` marks it stands, or stands in their text."""
        here = seen[self.places]
        return int(np.count_nonzero(here & (self.text > 0) if in_text else here))


@dataclass(frozen=True, slots=True)
class _Lengths:
    """How many words each passage has with its context, and for which the table has a row."""

    words: np.ndarray
    present: np.ndarray


class Lexicon:
    """The search words of passages with these ids, which ascend; safe to share between threads.

    Tables are "passage_words" and "passage_grams" (pairs of Chinese characters). A word in the context of a passage
    (title, agenda item, speaker) counts `context_weight` of one in its text.
    """

    def __init__(self, ids: np.ndarray) -> None:
        self._ids = ids
        self._lengths: dict[str, _Lengths] = {}
        self._counts: OrderedDict[tuple[str, str], WordCounts] = OrderedDict()
        self._kept = 0
        self._lock = threading.Lock()

    def counts(self, connection: sa.Connection, table: str, word: str) -> WordCounts:
        """Where a word stands."""
        key = (table, word)
        with self._lock:
            if key in self._counts:
                self._counts.move_to_end(key)
                return self._counts[key]
            found = self._counts[key] = self._read_counts(connection, table, word)
            self._kept += len(found.places)
            while self._kept > MOST_COUNTS and len(self._counts) > 1:
                self._kept -= len(self._counts.popitem(last=False)[1].places)
            return found

    def lengths(self, connection: sa.Connection, table: str) -> np.ndarray:
        """The number of words of each passage, with its context; 0 for one that the table does not hold."""
        return self._all_lengths(connection, table).words

    def bm25(
        self,
        connection: sa.Connection,
        table: str,
        words: Sequence[str],
        context_weight: float,
        seen: np.ndarray,
    ) -> np.ndarray:
        """For each passage the score for any of the words that FTS5 would give it, were there only those that `seen`
        marks: how rare a word is and how long a passage must tell nobody what stands where he may not read.
        """
        lengths = self._all_lengths(connection, table)
        counted = lengths.words[lengths.present & seen]
        mean = float(counted.mean()) if counted.any() else 1.0
        total = np.zeros(len(self._ids))
        for word in words:
            found = self.counts(connection, table, word)
            holding = found.among(seen)
            if not holding:
                continue
            rarity = math.log((max(len(counted) - holding, 0) + 0.5) / (holding + 0.5))
            often = found.text + context_weight * found.context
            norm = K1 * (1 - B + B * lengths.words[found.places] / mean)
            total[found.places] += (rarity if rarity > 0 else LEAST_WEIGHT) * (
                often * (K1 + 1) / (often + norm)
            )
        return total

    def _read_counts(self, connection: sa.Connection, table: str, word: str) -> WordCounts:
        instances = f"temp.{table}_instances"
        connection.exec_driver_sql(
            f"CREATE VIRTUAL TABLE IF NOT EXISTS {instances} USING fts5vocab('main', '{table}', 'instance')"
        )
        found = np.fromiter(rows_of(connection, _INSTANCES.format(instances=instances), word), _COUNT)
        if not len(found) and not word.isascii():
            found = np.fromiter(rows_of(connection, _PHRASES.format(table=table), word, word), _COUNT)
        places, held = self._places_of(found["id"])
        return WordCounts(places, found["text"][held], found["context"][held])

    def _all_lengths(self, connection: sa.Connection, table: str) -> _Lengths:
        with self._lock:
            if table not in self._lengths:
                self._lengths[table] = self._read_lengths(connection, table)
            return self._lengths[table]

    def _read_lengths(self, connection: sa.Connection, table: str) -> _Lengths:
        """FTS5 keeps the words of each row and column in `<table>_docsize`, as SQLite's variable-length integers."""
        rows = list(rows_of(connection, f"SELECT id, sz FROM {table}_docsize ORDER BY id"))
        rows = [(row, size if _is_sized(size) else bytes(COLUMNS)) for row, size in rows]  # damaged: no words
        sizes = _integers(b"".join(size for _, size in rows)).reshape(len(rows), COLUMNS).sum(axis=1)
        places, held = self._places_of(np.array([row[0] for row in rows], np.int64))
        words = np.zeros(len(self._ids), np.int64)
        words[places] = sizes[held]
        present = np.zeros(len(self._ids), bool)
        present[places] = True
        return _Lengths(words, present)

    def _places_of(self, ids: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Where those of `ids` that are held lie, and which those are."""
        if not len(self._ids):
            return np.zeros(0, np.int32), np.zeros(len(ids), bool)
        places = np.minimum(np.searchsorted(self._ids, ids), len(self._ids) - 1)
        held = self._ids[places] == ids
        return places[held].astype(np.int32), held


def _is_sized(blob: object) -> bool:
    """Whether a row of the table of sizes holds a number for each column."""
    return isinstance(blob, bytes) and blob[-1:] < b"\x80" and sum(byte < 128 for byte in blob) == COLUMNS


def _integers(blob: bytes) -> np.ndarray:
    """The integers of a run of SQLite varints of up to eight bytes: seven bits a byte, the last one below 128.

    >>> _integers(bytes([5, 0x81, 0, 127])).tolist()
    [5, 128, 127]
    """
    data = np.frombuffer(blob, np.uint8)
    last = np.flatnonzero(data < 128)
    first = np.concatenate(([0], last[:-1] + 1)) if len(last) else last
    behind = np.repeat(last, last - first + 1) - np.arange(len(data))
    values: np.ndarray = np.add.reduceat((data & 127).astype(np.int64) << (7 * behind), first)
    return values if len(last) else np.zeros(0, np.int64)
