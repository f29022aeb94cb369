"""Meetings that go by what they were and were about: "at the noise hearing", 「老年助餐座谈会上」.

They have no number and no name of a body; the words around the noun stand in the title or at the head of the record.
"""

import re
from collections.abc import Callable, Mapping

from ingest.words import topic_words
from qa.answers import MeetingRef

MOST = 3  # records that one such name may mean; what more have in their titles names none

_KIND = (
    r"(?:hearing|forum|workshop|symposium|briefing|seminar|assembly|inquiry|round ?table"
    r"|conference|meeting|session|town hall"
    r"|consultation|panel|convention|gathering)"
)
_ENGLISH = re.compile(
    rf"(?:^|\s)(?:at|in|during|from) (?:the|this|that|its|their|our) (?P<name>(?:[\w'-]+ ){{0,6}}?{_KIND})s?(?: (?:on"
    r"|about)"
    rf" (?P<about>(?:the )?[\w' -]{{2,60}}))?(?=[?.!, ]|$)",
    re.IGNORECASE,
)
_CHINESE = re.compile(
    r"(?:在|于)?(?P<name>(?:(?![在于])[\u3400-\u9fff]){0,14}?(?:座谈会|听证会|论证会|恳谈会"
    r"|协调会|现场会|通气会|发布会|研讨会|说明会|议事会))(?:上|中|里|期间)?"
)


def gathering_named(
    text: str, meetings: Mapping[str, MeetingRef], head: Callable[[str], str]
) -> tuple[tuple[str, ...], str]:
    """The records of the gathering a text names, and the text without its name; none, and the text, without one.

    head  the first words of a record by id, which are looked at where no title has the words
    """
    found = _ENGLISH.search(text) or _CHINESE.search(text)
    if found is None:
        return (), text
    wanted = set(
        topic_words(" ".join(part for part in (found["name"], found.groupdict().get("about")) if part))
    )
    fits = [i for i, meeting in meetings.items() if wanted <= set(topic_words(meeting.title))]
    fits = fits or [i for i in meetings if wanted <= set(topic_words(head(i)))]
    gap = "" if found.re is _CHINESE else " "
    rest = f"{text[: found.start()]}{gap}{text[found.end() :]}".strip(" ,，")
    return (tuple(fits), rest) if wanted and 0 < len(fits) <= MOST else ((), text)
