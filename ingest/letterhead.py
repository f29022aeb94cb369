"""The body that the head of a record names: its first lines read together, as a letterhead is.

    OAKFIELD SCHOOL DISTRICT            an organisation
    BOARD OF EDUCATION                  the body that met
    Regular Meeting of the Board        its name in short

The last body named is the one that met, as letterheads go from the whole to its parts; an organisation counts where
no body is named, and a short form stands for the longer name it ends.
"""

import re
from collections.abc import Sequence

from ingest.body_names import BODY_NEXT, BODY_NOUN, begins_meeting_words, proper_name
from ingest.lines import bare
from ingest.words import has_han

_SEGMENT = re.compile(r"\s*[:：|•·\t]\s*|\s+[-–—/]\s+|\s*\([^()]*\)\s*")
_AFTER = re.compile(r"\W*(?:$|,|\d|(?:held|on|of|for|at|met)\b)", re.IGNORECASE)
_ORGANISATIONS = """
    society association agency department ministry foundation federation union institute university
    government authority district trust school college hospital company corporation co-operative
    cooperative partnership network coalition consortium club town city village township county borough municipality
"""
_ORGANISATION = re.compile(rf"\b(?:{'|'.join(_ORGANISATIONS.split())})\b", re.IGNORECASE)
_HEAD = r"(?=$|,|\s(?:of|on|for|to|and|in|against|with)\b)"  # what follows the noun that a name is built on
_ORGAN = re.compile(rf"{BODY_NOUN.pattern}{_HEAD}", re.IGNORECASE)
_WHOLE = re.compile(rf"{_ORGANISATION.pattern}{_HEAD}", re.IGNORECASE)
_PLACE = re.compile(
    r"\b(?:chambers?|rooms?|house|hall|offices?|building|cent(?:re|er)|street|road|avenue)$", re.IGNORECASE
)
_NOT_FIRST = re.compile(r"(?:report|members?|clerk|secretary|chair\w*|director|office)\b", re.IGNORECASE)
_SHORT = re.compile(
    r"(?:the\s)?(?:full\s|governing\s)?(?:council|board|committee|commission|panel|group|forum|assembly)",
    re.IGNORECASE,
)


def body_in_head(titles: Sequence[str]) -> str | None:
    """The body that title lines name by themselves; None where they name none."""
    named = names_in_head(titles)
    organs = [name for name in named if _is_organ(name)]
    return next(iter([*organs[::-1], *named[::-1]]), None) or _above_meeting_words(titles)


def fuller(body: str, others: Sequence[str]) -> str:
    """The longest of the other names that `body` ends; for "Board" alone, which ends none, the last organisation.

    >>> fuller("Parish Council", ["Stoke Priory Parish Council"]), fuller("Full Council", ["Bramley Town Council"])
    ('Stoke Priory Parish Council', 'Bramley Town Council')
    """
    ending = " " + body.casefold()
    if longer := [name for name in others if name.casefold().endswith(ending)]:
        return max(longer, key=len)
    if not _SHORT.fullmatch(body):
        return body
    own = body.split()[-1].casefold()
    same = [name for name in others if own in name.casefold().split() and not _SHORT.fullmatch(name)]
    wholes = [name for name in others if not _is_organ(name)]
    return (same or wholes or [body])[-1]


def names_in_head(titles: Sequence[str]) -> list[str]:
    """Every body and organisation that title lines name by themselves, in order."""
    pieces = (piece.strip(" *_.") for title in titles for piece in _SEGMENT.split(_plain(title)))
    return [name for piece in pieces if not has_han(piece) and (name := _name_of(piece))]


def _plain(title: str) -> str:
    """A line without its Markdown."""
    begin, end = bare(title)
    return title[begin:end].strip("# ")


def _name_of(segment: str) -> str | None:
    """The body a piece of a line is the name of, with no more after it than words for the meeting, a place or a day."""
    if begins_meeting_words(segment) and not BODY_NEXT.match(segment):
        return None
    if _NOT_FIRST.match(segment) or not segment[:1].isupper():
        return None
    name = proper_name(segment, 0)
    if not name or _PLACE.search(name) or not (_ORGAN.search(name) or _WHOLE.search(name)):
        return None
    rest = segment[len(name) :].strip()
    if rest and not (_AFTER.match(rest) or begins_meeting_words(rest)):
        return None
    return name if len(name.split()) >= 2 or name == segment else None


def _is_organ(name: str) -> bool:
    return bool(_ORGAN.search(name)) and not _WHOLE.search(name)


def _above_meeting_words(titles: Sequence[str]) -> str | None:
    """A first line of capitalised words that stands right above "General Meeting Minutes", whatever it calls itself."""
    first, second = (*map(_plain, titles[:2]), "", "")[:2]
    if not begins_meeting_words(second) or begins_meeting_words(first) or has_han(first):
        return None
    name = proper_name(first, 0)
    return name if name and len(name) == len(first) and len(name.split()) >= 2 else None
