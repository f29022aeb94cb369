"""A body named in short: by its place and its kind ("Elmford Council" for the Town Council there), or by its place.

The place is what stands before a word for what the body is of ("Elmford | School Board", 「榆溪市|人民政府」) or after
"of". Such a name counts only where no body bears it in full, and a place alone only where one body has it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.words import has_han

_AREAS = ("town", "city", "county", "borough", "district", "parish", "village", "township")
_OF_WHAT = frozenset((
    *_AREAS, "municipal", "metropolitan", "community", "school", "schools", "college", "university", "hospital",
    "library", "museum", "health", "housing", "planning", "harbour", "harbor", "port", "airport", "transit",
    "transport", "water", "fire", "police", "park", "parks", "public", "finance", "zoning", "education",
))  # fmt: skip
_NO_PLACE = _OF_WHAT | frozenset((
    "central", "national", "federal", "state", "local", "regional", "royal", "international", "north", "south", "east",
    "west", "northern", "southern", "eastern", "western", "upper", "lower", "inner", "outer", "greater", "old", "new",
    "main", "first", "second", "high", "executive", "joint", "general", "annual", "special", "standing", "advisory",
    "committee", "council", "board", "commission", "the", "association", "society", "office", "department", "house",
))  # fmt: skip
_MEETING_OF = re.compile(r"^.*\b(?:meetings?|sessions?|sittings?)\s+of\s+(?:the\s+)?", re.IGNORECASE)
_AREA_OF = re.compile(rf"^(?:the\s+)?(?:{'|'.join(_AREAS)})\s+of\s+", re.IGNORECASE)
_KIND_OF_PLACE = re.compile(  # "Town Council of Elmford", "Council of the Town of Elmford"
    r"^(?P<kind>(?:[A-Z]\w+ )*(?:Council|Board|Commission|Committee|Assembly|Government|Authority))"
    rf" of (?:the )?(?:(?P<area>(?i:{'|'.join(_AREAS)})) of )?(?P<place>[A-Z][\w'-]+(?: [A-Z][\w'-]+)*)$"
)
_HAN_MEETING = re.compile(r"(?:常务|全体|专题|办公|党组)?(?:扩大)?(?:会议|例会|全会|办公会)$")
_HAN_AREA = r"(?:[省市县州镇乡]|(?<![社小园校])区)"
_HAN_PLACE = re.compile(
    rf"^(?:中共)?(?P<within>(?:[\u3400-\u9fff]{{1,7}}?{_HAN_AREA}){{0,3}})(?P<place>(?P<name>[\u3400-\u9fff]{{2,6}}?){_HAN_AREA})"
    r"(?P<kind>[\u3400-\u9fff]{2,})$"
)


@dataclass(frozen=True, slots=True)
class Parted:
    """The name of a body in two: the ways to write its place, and its kind ("Town Council", 「人民政府」)."""

    places: tuple[str, ...]
    kind: str


def parted(body: str) -> Parted | None:
    """Place and kind in the name of a body, or of a series of its meetings; None where it names no place.

    >>> parted("Ordinary Meeting of the Elmford Town Council")
    Parted(places=('Elmford',), kind='Town Council')
    >>> parted("榆溪市人民政府常务会议"), parted("Finance Committee")
    (Parted(places=('榆溪市', '榆溪'), kind='政府'), None)
    """
    name = " ".join(body.split())
    return _parted_chinese(name) if has_han(name) else _parted_english(_MEETING_OF.sub("", name))


def by_place_and_kind(body: str) -> Iterator[str]:
    """The names of a body that leave out of what it is: "Elmford Council", "council of Elmford", 「榆溪政府」."""
    parts = parted(body)
    if parts is None:
        return
    for place in parts.places:
        if has_han(place):
            yield f"{place}{parts.kind}"
            continue
        words = parts.kind.split()
        for kind in (" ".join(words[first:]) for first in range(len(words))):
            yield from (f"{place} {kind}", f"{place}'s {kind}", f"{kind} of {place}")


def _parted_chinese(name: str) -> Parted | None:
    found = _HAN_PLACE.match(_HAN_MEETING.sub("", name))
    if found is None:
        return None
    places = (f"{found['within']}{found['place']}", found["place"], found["name"])
    return Parted(tuple(dict.fromkeys(places)), found["kind"].replace("人民政府", "政府"))


def _parted_english(name: str) -> Parted | None:
    found = _KIND_OF_PLACE.match(name)
    if found and (found["area"] or found["kind"].split()[0].lower() in _AREAS):
        return Parted((found["place"],), found["kind"])
    words = _AREA_OF.sub("", name).split()
    before = next((i for i, word in enumerate(words) if word.lower() in _NO_PLACE), 0)
    rest = words[before:]
    if not before or len(rest) < 2 or rest[0].lower() not in _OF_WHAT:
        return None
    return Parted((" ".join(words[:before]),), " ".join(rest))
