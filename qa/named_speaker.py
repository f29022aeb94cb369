"""Questions for the words of somebody whom no list of people holds: "What did Ann Bell say about the dogs?".

Members of the public are named where they speak and nowhere else. Whether a record holds words of theirs only it can
say; here is read whom a question names, and what about.
"""

import re
from dataclasses import dataclass

from ingest.label_words import SURNAMES
from qa.verbs import REPORTED

_NAME = (
    r"(?P<name>(?-i:(?:(?:Mr|Mrs|Ms|Miss|Dr|Prof|Rev|Sir|Dame)\.? )?(?:[A-Z][\w'’.-]+ ){0,3}[A-Z][\w'’-]+))"
)
_SAY = (
    r"(?:say|complain|think|ask|suggest|propose|want|offer|argue|mention|object|oppose|support|raise|report|request"
    r"|demand|speak|claim|warn|explain|tell)"
)
_OF = r"(?:\s+(?:to|about|of|on|for|against|regarding|concerning|with)\b)*"
_VIEW = r"(?:view|opinion|concern|complaint|question|objection|point)s?"
_ENGLISH = tuple(
    re.compile(rf"^\W*{pattern}\b{_OF}(?P<topic>.*)", re.IGNORECASE)
    for pattern in (
        rf"(?:what|why|how|which \w+) did {_NAME} {_SAY}",
        rf"did {_NAME} {_SAY}",
        rf"what (?:has|had) {_NAME} {REPORTED}",
        rf"what (?:was|were|is|are) {_NAME}['’]s? {_VIEW}",
    )
)
_HAN_NAME = rf"(?P<name>[{''.join(sorted(SURNAMES))}][\u3400-\u9fff]{{1,2}}?)"
_CHINESE = (
    re.compile(
        rf"^{_HAN_NAME}(?:在会上|会上|都|主要)?(?:对于?|就|关于)(?P<topic>.+?)"
        r"(?:说|提|反映|发表|有|怎么看|怎么说|持)"
    ),
    re.compile(
        rf"^{_HAN_NAME}(?:在会上|会上|都|主要)?"
        r"(?:说|讲|谈|提|提出|反映|建议)(?:到|出)?(?:了|过)?(?:什么|哪些|啥)(?P<topic>)"
    ),
)


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody by name, and what they are asked about; '' for all they said."""

    name: str
    topic: str


def named_speaker(text: str) -> Named | None:
    """Whose words a question wants, by a name in it; None where it names nobody so.

    >>> named_speaker("What did Ann Bell complain about?"), named_speaker("马玉珍说了什么?")
    (Named(name='Ann Bell', topic=''), Named(name='马玉珍', topic=''))
    """
    for pattern in (*_ENGLISH, *_CHINESE):
        if found := pattern.search(text):
            return Named(found["name"], found["topic"].strip(" ?？!.。,"))
    return None
