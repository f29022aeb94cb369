"""Many records out of few, for benchmarks of size: copies with other years and names, and their vectors.

A copy keeps every length, so it is understood and split like its original; years move by a multiple of 28, which
keeps days of the week, and the vowels of people's names rotate. Both can be undone, so that the vector of a copied
passage can be recalled from its original instead of being encoded anew; it is moved a little, as other words would.
"""

import hashlib
import re
import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from ingest.catalog import FILE_NAME
from ingest.connecting import read_only_address
from ingest.encoder import Encoded, Encoder, Snippet
from ingest.passages import key_of
from ingest.records import Language
from ingest.store import unpack_sentences, unpack_vector

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?=\d{4}(?!\d)|(?!\d))")  # alone, or before month and day: 20070918
_WORD = re.compile(r"[A-Za-z]+")
_NAME = re.compile(r"\b[A-Z][a-z]{3,}\b")
_VOWELS = "aeiou"
_MOVED = 0.1  # length of what is added to a recalled unit vector: its cosine with the original is 0.995


@dataclass(frozen=True, slots=True)
class Alteration:
    """How copy `number` differs from the originals; number 0 is the originals themselves.

    renamed  name to new name; no new name is a word of the originals, so that `undo` is exact
    """

    number: int
    renamed: Mapping[str, str] = field(default_factory=dict)
    _original: Mapping[str, str] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_original", {new: name for name, new in self.renamed.items()})

    def apply(self, text: str) -> str:
        """The text of the copy; as long as the original."""
        return _changed(text, -28 * self.number, self.renamed)

    def undo(self, text: str) -> str:
        """The original of a text that `apply` gave."""
        return _changed(text, 28 * self.number, self._original)


def alteration(number: int, names: Iterable[str], vocabulary: frozenset[str]) -> Alteration:
    """Copy `number` of records in which these people speak.

    names       as the records write them; only words that look like names and never stand in small letters change
    vocabulary  every word of the originals, as written
    """
    words = {word for name in names for word in _NAME.findall(name) if word.lower() not in vocabulary}
    turned = {word: _rotated(word, number) for word in sorted(words)}
    renamed = {word: new for word, new in turned.items() if new != word and new not in vocabulary}
    return Alteration(number, renamed)


def words_of(text: str) -> set[str]:
    """The Latin words of a text, as written."""
    return set(_WORD.findall(text))


class RecallingEncoder:
    """An encoder that looks up what it can: a passage of a copy gets the vector of its original, moved a little.

    What no index holds goes through `encoder`; `recalled` and `encoded` count. Set `alteration` to the copy that is
    being ingested.

    indexes  folders of indexes that this encoder made and that may hold the originals
    """

    def __init__(self, encoder: Encoder, indexes: Sequence[Path]) -> None:
        self.encoder = encoder
        self.id = encoder.id
        self.alteration = Alteration(0)
        self.recalled = self.encoded = 0
        self._catalogs = [_opened(index / FILE_NAME, encoder.id) for index in indexes]

    @property
    def dimensions(self) -> int:
        return self.encoder.dimensions

    def knows(self, language: Language) -> bool:
        return self.encoder.knows(language)

    def encode_query(self, text: str) -> np.ndarray:
        return self.encoder.encode_query(text)

    def encode(
        self, snippets: Sequence[Snippet], progress: Callable[[int], None] | None = None
    ) -> list[Encoded]:
        found = [self._recall(snippet) for snippet in snippets]
        missing = [snippet for snippet, known in zip(snippets, found, strict=True) if known is None]
        encoded = iter(self.encoder.encode(missing, progress) if missing else ())
        self.encoded += len(missing)
        self.recalled += len(snippets) - len(missing)
        return [known or next(encoded) for known in found]

    def _recall(self, snippet: Snippet) -> Encoded | None:
        key = key_of(Snippet(self.alteration.undo(snippet.text), snippet.sentences))
        for catalog in self._catalogs:
            row = catalog.execute("SELECT vector, sentences FROM vectors WHERE key = ?", (key,)).fetchone()
            if row:
                vector = unpack_vector(row[0], len(row[0]) // 4)
                sentences = unpack_sentences(row[1], len(vector))
                return Encoded(self._moved(vector, snippet.text), sentences)
        return None

    def _moved(self, vector: np.ndarray, text: str) -> np.ndarray:
        if not self.alteration.number:
            return vector
        seed = int.from_bytes(hashlib.sha256(text.encode()).digest()[:8])
        step = np.random.default_rng(seed).standard_normal(len(vector))
        moved = vector + _MOVED * step / np.linalg.norm(step)
        return (moved / np.linalg.norm(moved)).astype(np.float32)


def _changed(text: str, years: int, names: Mapping[str, str]) -> str:
    text = _YEAR.sub(lambda found: str(1900 + (int(found[0]) - 1900 + years) % 200), text)
    return _NAME.sub(lambda found: names.get(found[0], found[0]), text) if names else text


def _rotated(name: str, steps: int) -> str:
    """The name with each small vowel replaced by the one `steps` after it."""
    places = {vowel: _VOWELS[(i + steps) % len(_VOWELS)] for i, vowel in enumerate(_VOWELS)}
    return "".join(places.get(letter, letter) for letter in name)


def _opened(catalog: Path, encoder: str) -> sqlite3.Connection:
    connection = sqlite3.connect(read_only_address(catalog), uri=True)
    made_with = connection.execute("SELECT value FROM meta WHERE key = 'encoder'").fetchone()
    if made_with != (encoder,):
        raise SystemExit(f"{catalog} was made with the encoder {made_with and made_with[0]}, not {encoder}.")
    return connection
