"""Texts that not everybody may read, and which other texts say what they say.

A copy need not look like one: it may be an export in another format, in another folder, in traditional characters, or
stand in a compilation among others. So it is asked how much of what the closed text says stands in the other, by runs
of letters, and of that only what is not said in public anyway: the frame of a body's minutes stands in all of them, and
what a public edition says is no secret.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from ingest.letter_runs import Runs, runs_of
from ingest.records import PUBLIC
from ingest.sight import added

SAYS = 0.65
"""Share of a closed text from which another says it. Each of 386 public records of 12 bodies taken for closed, the most
that another meeting's record has of it is .63, and .13 of what is not said elsewhere; of a copy it is .85 and more."""
_COPY = 0.85  # share from which what both say tells nothing of what is common to others
_COMMON = 2  # public records that say something from which it is common
_LEAST = 8  # runs of a text below which there is nothing to tell it by
_LOOKS = 4  # times all that may be read is looked through while files are decided


@dataclass(frozen=True, slots=True, eq=False)
class ClosedText:
    """A text that not everybody may read.

    place      the file it is of, as it is named
    record_id  the record it is a version of; None where nothing is stored of it
    access     who may read it; nobody where it is held back
    held       the files for which it is held back; none where it is not
    runs       a sample of its runs
    """

    place: str
    record_id: str | None
    access: tuple[str, ...]
    runs: Runs
    held: tuple[str, ...] = ()

    def is_said_by(self, text: str) -> bool:
        """Whether a text has most of its words, whoever else says them."""
        return bool(len(self.runs) and np.isin(self.runs, runs_of(text)).mean() >= SAYS)


@dataclass(frozen=True, slots=True)
class ReadableText:
    """A text as it is asked what closed ones it says, of a record that is stored or will be.

    stated  whether its file states itself who may read it, which releases what it says
    """

    record_id: str
    access: tuple[str, ...]
    stated: bool
    text: Callable[[], str]


@dataclass(slots=True)
class _Weighed:
    """What is known of the runs of a closed text: in how many public records each stands, and which were released.

    copies  the records that may say what it says, each with the runs it has
    """

    times: np.ndarray
    released: np.ndarray
    copies: dict[str, np.ndarray]


class ClosedTexts:
    """The closed texts of a run; `readable` gives the texts that others may read, when they are needed."""

    def __init__(self, texts: Iterable[ClosedText], readable: Callable[[], Iterable[ReadableText]]) -> None:
        self._texts: list[ClosedText] = []
        self._having: dict[int, list[int]] = defaultdict(list)  # which texts have a run
        self._weighed: dict[int, _Weighed] = {}
        self._readable = readable
        self._added: set[tuple[str | None, tuple[str, ...], bytes]] = set()
        self._looks = 0
        for text in texts:
            self.add(text)
        self._known = len(self._texts)

    def add(self, text: ClosedText) -> None:
        """Notes a text that is closed from now on, if it is not known yet."""
        named = text.record_id or text.place, text.access, text.runs.tobytes()
        if len(text.runs) < _LEAST or named in self._added:
            return
        self._added.add(named)
        self._texts.append(text)
        for run in text.runs.tolist():
            self._having[run].append(len(self._texts) - 1)

    def said_in(self, text: str, groups: Sequence[str]) -> Iterator[ClosedText]:
        """The texts that not all of these groups may read, and that another text says, those it says most of first."""
        if not any(added(groups, access) for access in {closed.access for closed in self._texts}):
            return
        runs = runs_of(text)
        counts = Counter(place for run in runs.tolist() for place in self._having.get(run, ()))
        for place, count in counts.most_common():
            closed = self._texts[place]
            if count < SAYS * len(closed.runs):
                return
            if added(groups, closed.access) and self._says(place, np.isin(closed.runs, runs)):
                yield closed

    def said_elsewhere(self, *, new: bool) -> Iterator[tuple[str, ClosedText]]:
        """The records for more readers that say a closed text and do not state themselves who may read them.

        new  only of texts that were added since the beginning
        """
        asked = range(self._known if new else 0, len(self._texts))
        self._weigh(asked)
        for place in asked:
            for record_id, there in self._weighed[place].copies.items():
                if self._says(place, there):
                    yield record_id, self._texts[place]

    def _says(self, place: int, there: np.ndarray) -> bool:
        """Whether who says these runs of a closed text says it, going by those that nobody else says."""
        if place not in self._weighed:
            if self._looks == _LOOKS:  # who waits for nothing is looked at again in the next run
                return True
            self._looks += 1
            self._weigh(range(len(self._texts)))
        weighed = self._weighed[place]
        own = ~weighed.released & (weighed.times < _COMMON)
        return bool(own.sum() >= _LEAST and there[own].mean() >= SAYS)

    def _weigh(self, places: Iterable[int]) -> None:
        """Looks once through all that may be read for what these texts say."""
        asked = [place for place in places if place not in self._weighed]
        if not asked:
            return
        for place in asked:
            size = len(self._texts[place].runs)
            self._weighed[place] = _Weighed(np.zeros(size, int), np.zeros(size, bool), {})
        wanted = np.unique(np.concatenate([self._texts[place].runs for place in asked]))
        for readable in self._readable():
            there = wanted[np.isin(wanted, runs_of(readable.text()))]
            having = (self._having[run] for run in there.tolist())
            for place in {place for places in having for place in places}.intersection(asked):
                self._count(place, readable, np.isin(self._texts[place].runs, there))

    def _count(self, place: int, readable: ReadableText, there: np.ndarray) -> None:
        closed, weighed = self._texts[place], self._weighed[place]
        widens = bool(added(readable.access, closed.access))
        if widens and (readable.stated or readable.record_id == closed.record_id):
            weighed.released |= there
        elif widens:
            share = there.mean()
            if PUBLIC in readable.access and share < _COPY:
                weighed.times += there
            if share >= SAYS:
                weighed.copies[readable.record_id] = there
