"""Addresses within the page: a link to an answer, a meeting, a decision, a list as it is filtered.

?q=QUESTION                  asks it; with topic, kind, since, until, session, speaker, body, within as in
                             `qa.corrections`; with exact=1 nothing else is read from the question's own words
?meeting=RECORD              a meeting; ?decision=RECORD@VERSION:START-END a decision
?view=meetings|decisions|timeline&...   a screen with its filters
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qs, urlencode

from qa.answers import Question
from qa.corrections import PIECES, Typed, as_typed
from qa.errors import QuestionError

_FIELDS = 1_000
_LONGEST = 50_000  # characters; a question of the greatest length takes nine for each of its own
_PLACE = re.compile(r"(?P<record>[^@]+)@(?P<version>\d{1,9}):(?P<start>\d{1,12})-(?P<end>\d{1,12})")


@dataclass(frozen=True, slots=True)
class Place:
    """A range of one version of a record."""

    record_id: str
    version: int
    start: int
    end: int

    def __str__(self) -> str:
        return f"{self.record_id}@{self.version}:{self.start}-{self.end}"

    @classmethod
    def read(cls, text: str) -> "Place | None":
        """The place that was written so, or None."""
        found = _PLACE.fullmatch(text)
        if not found or int(found["start"]) > int(found["end"]):
            return None
        return cls(found["record"], int(found["version"]), int(found["start"]), int(found["end"]))


def to_answer(question: Question) -> str:
    """The address that asks a question as it was understood."""
    typed = {piece: values for piece, values in as_typed(question).items() if any(values)}
    return to({"q": [question.text], **typed, "exact": ["1"]})


def to(query: Mapping[str, Sequence[str]]) -> str:
    """The address with a query."""
    return "?" + urlencode(query, doseq=True)


def read(query: str) -> dict[str, list[str]]:
    """What a query says, with and without the question mark. Raises QuestionError for one that is too long."""
    if len(query) > _LONGEST or query.count("&") >= _FIELDS:
        raise QuestionError("The address is too long. Please shorten what is asked for.")
    return parse_qs(query.removeprefix("?"), keep_blank_values=True, max_num_fields=_FIELDS)


def typed_in(query: Mapping[str, Sequence[str]]) -> Typed:
    """The pieces of a question that a query gives."""
    given = {piece: list(query[piece]) for piece in PIECES if piece in query}
    return {piece: [""] for piece in PIECES} | given if query.get("exact") == ["1"] else given
