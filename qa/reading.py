"""What reading a question in one language comes to, before it is put against the corpus."""

from dataclasses import dataclass, field

from qa.answers import Intent
from qa.meetings import Mention
from qa.people import People

Range = tuple[int, int]


@dataclass(slots=True)
class Reading:
    """A question in the making: topic as ranges of its text in order, what frames it, and who is meant."""

    intent: Intent = Intent.FACT
    topic: list[Range] = field(default_factory=list)
    frame: list[Mention] = field(default_factory=list)
    people: People = field(default_factory=People)
