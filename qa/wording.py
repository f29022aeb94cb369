"""The words of a question, cleaned for reading, with the way back to where they stand in it."""

import re
import unicodedata
from dataclasses import dataclass

from ingest.records import Span

_FOLDED = {"’": "'", "‘": "'", "ʼ": "'", "＇": "'", "`": "'", "‐": "-", "‑": "-", "−": "-"}
_QUOTED = re.compile(
    r'"[^"]{1,400}"|“[^”]{1,400}”|「[^」]{1,400}」|『[^』]{1,400}』|«[^»]{1,400}»|《[^》]{1,400}》'
    r"|(?<![\w])'[^']{2,400}'(?!\w)"
)


@dataclass(frozen=True, slots=True)
class Wording:
    """A question with single spaces, no control characters, full-width letters and digits folded.

    offsets  where each character of `clean` stands in `text`
    """

    text: str
    clean: str
    offsets: tuple[int, ...]

    def original(self, start: int, end: int) -> str:
        """What `clean[start:end]` is in the question as written, white space single."""
        span = self.span(start, end)
        return " ".join("".join(c if c.isprintable() else " " for c in span.of(self.text)).split())

    def span(self, start: int, end: int) -> Span:
        """Where `clean[start:end]` stands in the question."""
        if start >= end:
            return Span(0, 0)
        return Span(self.offsets[start], self.offsets[end - 1] + 1)


def clean(text: str) -> Wording:
    """The question ready for reading."""
    kept: list[str] = []
    offsets: list[int] = []
    for i, char in enumerate(text):
        folded = _fold(char)
        if folded == " " and (not kept or kept[-1] == " "):
            continue
        kept.append(folded)
        offsets.append(i)
    while kept and kept[-1] == " ":
        kept.pop()
        offsets.pop()
    return Wording(text, "".join(kept), tuple(offsets))


def _fold(char: str) -> str:
    if char.isascii():
        return char if char.isprintable() else " "
    if char in _FOLDED:
        return _FOLDED[char]
    if unicodedata.category(char) in ("Cc", "Cf", "Co", "Cs", "Zs", "Zl", "Zp"):
        return " "
    narrow = unicodedata.normalize("NFKC", char)
    return narrow if len(narrow) == 1 and char != narrow and narrow.isalnum() else char


def quotations(text: str) -> list[Span]:
    """What stands in quotation marks, marks included."""
    return [Span(match.start(), match.end()) for match in _QUOTED.finditer(text)]
