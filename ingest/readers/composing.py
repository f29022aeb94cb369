"""Text put together block by block, with the spans of what was put in."""

from ingest.records import Heading, Span


class Composition:
    """A text that grows; spans given back stay true, since only its end changes."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._length = 0
        self.headings: list[Heading] = []
        self.omitted: list[Span] = []

    def add(self, text: str, *, gap: str = "\n\n", level: int | None = None, omitted: bool = False) -> Span:
        """Append a block after `gap`; blank text is not added and gives an empty span at the end."""
        text = text.strip("\n ")
        if not text.strip():
            return Span(self._length, self._length)
        if self._length:
            self._append(gap)
        start = self._length
        self._append(text)
        if level is not None:
            self.headings.append(Heading(start, self._length, level))
        if omitted:
            self.omitted.append(Span(start, self._length))
        return Span(start, self._length)

    @property
    def text(self) -> str:
        return "".join(self._pieces)

    def __len__(self) -> int:
        return self._length

    def _append(self, text: str) -> None:
        self._pieces.append(text)
        self._length += len(text)
