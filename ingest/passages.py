"""Records to passages: pieces that tile the text, cut at sections, turns and sentences.

A passage is what is embedded and found; about a hundred words, so that the encoder reads all of it.
Its context (agenda item) enriches what is embedded and indexed, never what is quoted.
"""

import hashlib
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, pairwise

from ingest.encoder import Snippet
from ingest.records import Passage, Record, Section, Span, Turn
from ingest.sentences import sentences
from ingest.stopping import go_on
from ingest.words import language_of

SPLITTER_VERSION = 3  # raise it when the same text would be cut otherwise; an index remembers it
TARGET = 650  # characters of Latin text a passage aims for
LIMIT = 900  # and never passes, but for one sentence that is longer by itself
HAN_WEIGHT = 2.5  # a Chinese character says about as much as this many Latin letters
CONTEXT = 120  # characters of agenda titles that go before the text when it is embedded


def split(record: Record) -> list[Passage]:
    """The passages of a record: `"".join(p.text for p in split(r)) == r.text`, in order, none empty."""
    language = record.meeting.language
    cuts = _borders(record)
    turn_starts = [turn.start for turn in record.turns]
    entries = [Span(entry.start, entry.end) for entry in record.decisions]
    around = _Around(record)
    out: list[Passage] = []
    for start, end in pairwise(cuts):
        go_on()
        if around.omits(start, end):
            out.append(_passage(record, around, [Span(start, end)], language, False))
            continue
        pieces = list(_whole(sentences(record.text, start, end), entries, record.text))
        for group in _pack(record.text, pieces, turn_starts):
            own = (
                language if language != "other" else language_of(record.text[group[0].start : group[-1].end])
            )
            out.append(_passage(record, around, group, own, True))
    return out


def snippet(passage: Passage) -> Snippet:
    """What the encoder reads of a passage: its agenda item, then its text, with the sentences marked."""
    context = " · ".join(passage.item)[-CONTEXT:]
    lead = f"{context}\n" if context and not passage.text.lstrip("# ").startswith(passage.item[-1]) else ""
    shift = len(lead) - passage.start
    inside = tuple(Span(s.start + shift, s.end + shift) for s in passage.sentences)
    return Snippet(lead + passage.text, inside)


def key_of(snippet: Snippet) -> str:
    """Names what was encoded, so that the same words under the same item are never encoded twice."""
    borders = ",".join(str(span.end) for span in snippet.sentences)
    return hashlib.sha256(f"1\0{borders}\0{snippet.text}".encode()).hexdigest()[:32]


def _borders(record: Record) -> list[int]:
    """Where a passage must end: the text's ends, omitted ranges, and sections that have words of their own.

    A heading with nothing but white space before the next heading stays with that next one.
    """
    size = len(record.text)
    cuts = {0, size}
    for span in record.omitted:
        cuts |= {span.start, span.end}
    bare_until = -1
    for section in sorted(record.sections, key=lambda s: (s.start, s.level)):
        if section.start > bare_until:
            cuts.add(section.start)
        bare_until = _first_word(record.text, section.title_span.end)
    ordered = sorted(cut for cut in cuts if cut <= size)
    return _absorb_blank(record.text, ordered)


def _first_word(text: str, start: int) -> int:
    """The next place at or after `start` that is no white space."""
    while start < len(text) and text[start].isspace():
        start += 1
    return start


def _absorb_blank(text: str, cuts: list[int]) -> list[int]:
    """Drops a cut that would leave a piece of white space alone."""
    kept = cuts[:1]
    for cut, following in pairwise(cuts[1:]):
        if text[kept[-1] : cut].strip() and text[cut:following].strip():
            kept.append(cut)
    return kept + cuts[-1:] if len(cuts) > 1 else kept


def _whole(pieces: Iterable[Span], entries: Sequence[Span], text: str) -> Iterator[list[Span]]:
    """Sentences in order, those of one entry of the register together where a passage can hold them: who voted
    against belongs to who voted for."""
    starts = [entry.start for entry in entries]
    together: list[Span] = []
    until = -1
    for piece in pieces:
        if together and (piece.start >= until or sum(_weight(text, s) for s in (*together, piece)) > LIMIT):
            yield together
            together = []
        together.append(piece)
        place = bisect_left(starts, piece.end) - 1
        until = max(until, entries[place].end if place >= 0 else -1)
    if together:
        yield together


def _pack(text: str, pieces: Sequence[list[Span]], turn_starts: Sequence[int]) -> Iterator[list[Span]]:
    """Groups neighbouring sentences to passages of about TARGET, ending rather where a turn or paragraph ends."""
    group: list[Span] = []
    size = 0.0
    for piece in pieces:
        weight, start = sum(_weight(text, sentence) for sentence in piece), piece[0].start
        natural = bool(group) and (_starts_turn(piece[0], turn_starts) or text.endswith("\n\n", 0, start))
        full = size + weight > LIMIT or size >= TARGET or (natural and size >= TARGET * 0.75)
        if group and full:
            yield group
            group, size = [], 0.0
        group += piece
        size += weight
    if group:
        yield group


def _starts_turn(piece: Span, turn_starts: Sequence[int]) -> bool:
    place = bisect_left(turn_starts, piece.start)
    return place < len(turn_starts) and turn_starts[place] < piece.end and turn_starts[place] == piece.start


def _weight(text: str, span: Span) -> float:
    words = text[span.start : span.end]
    han = sum("\u3400" <= char <= "\u9fff" for char in words) if not words.isascii() else 0
    return len(words) + han * (HAN_WEIGHT - 1)


def _passage(
    record: Record, around: "_Around", group: Sequence[Span], language: str, indexed: bool
) -> Passage:
    start, end = group[0].start, group[-1].end
    return Passage(
        start=start,
        end=end,
        text=record.text[start:end],
        item=around.titles(end),
        speakers=_speakers(record.turns, start, end),
        sentences=tuple(group),
        language=language,  # type: ignore[arg-type]
        indexed=indexed,
    )


class _Around:
    """What lies around the passages of a record, asked for in order, so that each section is looked at once."""

    def __init__(self, record: Record) -> None:
        self._title = record.title
        self._following = sorted(record.sections, key=lambda s: s.start, reverse=True)
        self._open: list[Section] = []
        omitted = sorted(record.omitted, key=lambda span: span.start)
        self._omitted = [span.start for span in omitted]
        self._until = list(accumulate((span.end for span in omitted), max))

    def omits(self, start: int, end: int) -> bool:
        """Whether a range lies in one that is not indexed."""
        place = bisect_right(self._omitted, start) - 1
        return place >= 0 and end <= self._until[place]

    def titles(self, end: int) -> tuple[str, ...]:
        """Titles of the sections around the last words before `end`, outermost first; the record's own is none."""
        while self._following and self._following[-1].start < end:
            self._open.append(self._following.pop())
        self._open = [section for section in self._open if end <= section.end]
        named = (s for s in self._open if s.title and s.title != self._title)
        return tuple(section.title for section in sorted(named, key=lambda s: (s.level, s.start)))


def _speakers(turns: Sequence[Turn], start: int, end: int) -> tuple[str, ...]:
    first = max(0, bisect_right(turns, start, key=lambda turn: turn.start) - 1)
    names: dict[str, None] = {}
    for turn in turns[first:]:
        if turn.start >= end:
            break
        if turn.end > start:
            names.setdefault(turn.speaker)
    return tuple(names)
