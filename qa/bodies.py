"""Names of bodies in a question: "the Library Board", "FOMC", "市政府", against the bodies of the calendar.

A body is known by its full name, by the name without its place ("Library Board" of "Springfield Library
Board", "市政府" of "杭州市人民政府"), by what stands in brackets after it, and by its initials in capitals; where no
body is called so, also in short (`qa.short_names`). "The committee" or "会议" alone names no body.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.records import Span
from qa.calendar import Calendar
from qa.short_names import by_place_and_kind, parted

_GENERIC = frozenset((
    "the", "a", "an", "of", "for", "and", "on", "in", "to", "committee", "council", "board", "commission",
    "authority", "group", "team", "assembly", "meeting", "meetings", "panel", "body", "office",
    "department", "government", "society", "association", "trust", "cabinet", "club", "union", "court",
    "senate", "house", "parliament", "session", "sessions", "minutes", "notes", "record", "regular",
    "special", "annual", "general", "executive", "joint", "public",
))  # fmt: skip
_BODY_NOUN = re.compile(
    r"(?:committee|council|board|commission|authority|group|team|assembly|panel|office|department|association"
    r"|trust|cabinet|society|court|senate|parliament|forum|union|trustees|directors|governors|supervisors"
    r"|commissioners|selectmen|bureau|agency|corporation|foundation|district)$",
    re.IGNORECASE,
)
_SMALL_WORDS = frozenset((
    "of", "the", "and", "for", "on", "in", "to", "a", "an", "&",
))  # fmt: skip
_HAN = re.compile(r"[\u3400-\u9fff]")
_SHORTER = (("人民政府", "政府"), ("人民代表大会", "人大"), ("常务委员会", "常委会"), ("委员会", "委"))
_PLACE = re.compile(r"^[\u3400-\u9fff]{1,7}?(?=[省市县区州镇乡])")
_NO_BODY = frozenset((
    "政府", "委员会", "会议", "例会", "办公室", "委", "人大", "省", "市", "县", "区",
))  # fmt: skip


@dataclass(frozen=True, slots=True)
class BodyWords(Span):
    """Words that name one body, or several alike; `bodies` as the records write them."""

    bodies: tuple[str, ...] = ()


def find_bodies(text: str, calendar: Calendar) -> list[BodyWords]:
    """Every name of a body in `text`, the longest where they overlap, in order."""
    names = calendar.kept("bodies", lambda: _names(calendar))
    folded = text.casefold() if len(text.casefold()) == len(text) else text.lower()
    found: list[BodyWords] = []
    i = 0
    while i < len(text):
        match = None if _inside_word(text, i) else _longest_at(names, text, folded, i)
        if match:
            found.append(match)
            i = match.end
        else:
            i += 1
    return found


def _longest_at(
    names: dict[str, list[tuple[str, bool, tuple[str, ...]]]], text: str, folded: str, i: int
) -> BodyWords | None:
    for name, capitals, bodies in names.get(folded[i : i + 2], ()):
        end = i + len(name)
        written = text if capitals else folded
        if written.startswith(name, i) and not _inside_word(text, end):
            return BodyWords(i, end, bodies)
    return None


def _inside_word(text: str, i: int) -> bool:
    """Whether a Latin word runs across offset `i`."""
    if not 0 < i < len(text):
        return False
    return all(c.isalnum() and not _HAN.match(c) for c in text[i - 1 : i + 1])


def _names(calendar: Calendar) -> dict[str, list[tuple[str, bool, tuple[str, ...]]]]:
    """Names by their first two characters, the longest first: (name, whether in capitals only, bodies)."""
    bodies: dict[tuple[str, bool], dict[str, None]] = defaultdict(dict)
    for body in calendar.bodies:
        for name, capitals in _ways_to_name(body):
            bodies[name if capitals else name.casefold(), capitals][body] = None
    for name, named in _short_names(calendar.bodies).items():
        bodies.setdefault(name, dict.fromkeys(named))
    by_start: dict[str, list[tuple[str, bool, tuple[str, ...]]]] = defaultdict(list)
    for (name, capitals), named in sorted(bodies.items(), key=lambda entry: -len(entry[0][0])):
        by_start[name[:2].casefold()].append((name, capitals, tuple(named)))
    return by_start


def _short_names(bodies: Sequence[str]) -> dict[tuple[str, bool], list[str]]:
    """Bodies by place and kind, in any case of letters, and by a place of one body alone, as it is written."""
    found: dict[tuple[str, bool], list[str]] = defaultdict(list)
    of_place: dict[str, dict[str, str]] = defaultdict(dict)
    for body in bodies:
        for name in by_place_and_kind(body):
            found[name.casefold(), False].append(body)
        if parts := parted(body):
            for place in parts.places:
                of_place[place][body] = parts.kind
    for place, kinds in of_place.items():
        if len(set(kinds.values())) == 1:
            found[place, True] = list(kinds)
    return found


def _ways_to_name(body: str) -> Iterator[tuple[str, bool]]:
    full = " ".join(body.split())
    plain = re.sub(r"\s*[(（][^()（）]*[)）]", "", full).strip()
    for name in {full, plain}:
        if len(name) > 1 and name not in _NO_BODY:
            yield name, False
    for inner in re.findall(r"[(（]([^()（）]{2,40})[)）]", full):
        yield inner, inner.isupper()
    if _HAN.search(plain):
        yield from ((name, False) for name in _chinese_forms(plain))
    else:
        yield from _english_forms(plain)


def names_of(bodies: Sequence[str]) -> list[tuple[str, list[str]]]:
    """Bodies grouped by a name that means all of a group, as records write one body in several ways.

    >>> names_of(["汐澜市人民政府", "市政府", "Library Board"])
    [('市政府', ['汐澜市人民政府', '市政府']), ('Library Board', ['Library Board'])]
    """
    groups: list[tuple[dict[str, str], list[str]]] = []
    for body in bodies:
        ways = {body.casefold(): body} | {name.casefold(): name for name, _ in _ways_to_name(body)}
        for shared, alike in groups:
            if shared.keys() & ways.keys():
                alike.append(body)
                for way in shared.keys() - ways.keys():
                    del shared[way]
                break
        else:
            groups.append((ways, [body]))
    return [
        (alike[0] if len(alike) == 1 else max(shared.values(), key=len), alike) for shared, alike in groups
    ]


def _english_forms(name: str) -> Iterator[tuple[str, bool]]:
    words = [word for word in name.split() if word.lower() != "the" or word[0].isupper()]
    if words and words[0].lower() == "the":
        words = words[1:]
        yield " ".join(words), False
    head = re.split(r"\s(?:of|for|,)\s", " ".join(words))[0]
    for form in (words, head.split()):
        if not form or not _BODY_NOUN.search(form[-1]):
            continue
        for start in range(len(form) - 1):
            short = form[start:]
            if short[0].lower() not in _SMALL_WORDS and not all(w.lower() in _GENERIC for w in short):
                yield " ".join(short), False
    about = re.fullmatch(r"(\w+) (?:of|on|for) (?:the )?(\w[\w ]{1,40})", " ".join(words))
    if about:  # "Committee on Finance" is also the Finance Committee
        yield f"{about[2]} {about[1]}", False
    for kept in (words, [word for word in words if word.lower() not in _SMALL_WORDS]):
        initials = "".join(word[0] for word in kept if word[0].isalnum()).upper()
        if len(initials) >= 3:
            yield initials, True


def _chinese_forms(name: str) -> Iterator[str]:
    forms = {name}
    for long, short in _SHORTER:
        forms |= {form.replace(long, short) for form in forms}
    for form in tuple(forms):
        forms.add(re.sub(r"第[一二三四五六七八九十百\d]+届", "", form))
    for form in tuple(forms):
        without_place = _PLACE.sub("", form)
        forms |= {without_place, re.sub(r"^[省市县区州镇乡]", "", without_place)}
    for form in forms:
        if len(form) >= 3 and form not in _NO_BODY and form != name:
            yield form
