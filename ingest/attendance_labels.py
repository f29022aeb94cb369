"""What a label says of the people listed after it: that they were present, absent, guests, or in the chair.

A label is read word by word: it is one of attendance where each of its words is of the vocabulary of some language
(`ingest.lang`) and one of them names a role. No list of whole labels is kept, so "Trustees present in person" and
出席單位及人員 need no entry of their own.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from enum import StrEnum
from functools import cache, lru_cache

from ingest.lang import vocabulary
from ingest.words import has_han


class Role(StrEnum):
    """How somebody took part. MAYBE is "in attendance": present, and beside a list of those present a guest."""

    PRESENT = "present"
    MAYBE = "maybe"
    ABSENT = "absent"
    GUESTS = "guests"
    CHAIR = "chair"


_MOST = 90  # characters of a label
_ASIDE = re.compile(r"[(\[（【][^)\]）】]*[)\]）】]?|[\d.,:;*_#>|/!?–—-]+(?=\s|$)|^[\W\d_]+|[’']s\b")
_BEFORE = 3  # words that name a body before its list: "TSC Members present"


@lru_cache(maxsize=4_096)
def role_of(label: str, *, of_a_body: bool = False) -> Role | None:
    """The role a label gives to those it lists; None where it labels no such list.

    of_a_body  whether up to three capitalised words that nobody knows may come first, as the name of whose list it is

    >>> role_of("Members not present"), role_of("出席人員姓名"), role_of("Chair's report")
    (<Role.ABSENT: 'absent'>, <Role.PRESENT: 'present'>, None)
    """
    if len(label) > _MOST:
        return None
    plain = " ".join(_ASIDE.sub(" ", unicodedata.normalize("NFKC", label)).split())
    han = has_han(plain)
    names = _han_words(plain) if han else _latin_words(plain, of_a_body)
    role = _role(names) if names and not (han and names <= {"members", "around"}) else None
    return None if role is Role.CHAIR and "unknown" in names else role  # the chair of a part


def _role(names: frozenset[str]) -> Role | None:
    """The strongest role among the lists the words of a label stand in."""
    people = "members" in names
    if "absent" in names:
        return Role.ABSENT
    if "guests" in names or ("outsiders" in names and names & {"members", "present", "maybe"}):
        return Role.GUESTS
    if "maybe" in names:
        return Role.PRESENT if people else Role.MAYBE
    if "present" in names or (people and names <= {"members", "of_whom"}):
        return Role.PRESENT
    return Role.CHAIR if "chair" in names and not people else None


@cache
def _lists() -> Mapping[tuple[str, ...], tuple[str, ...]]:
    """The lists each phrase of spaced languages stands in, by its words."""
    out: dict[tuple[str, ...], list[str]] = {}
    for name, phrases in vocabulary("attendance").items():
        for phrase in phrases:
            if name not in ("office", "absent_mark") and not has_han(phrase):
                out.setdefault(tuple(phrase.split()), []).append(name)
    return {words: tuple(names) for words, names in out.items()}


_TELLING = {"present", "maybe", "absent", "guests", "members"}
_LONGEST = 4  # words of a phrase


def _latin_words(plain: str, of_a_body: bool) -> frozenset[str]:
    """The lists all words of a label stand in; empty where one stands in none."""
    written = plain.split()
    words = [word.strip(".,:;*_'\"“”").casefold() for word in written]
    found, place, unknown = set[str](), 0, 0
    while place < len(words):
        size, names = next(_longest(words, place), (0, ()))
        if not size:
            unknown += 1
            known = found - {"of_whom", "unknown"}
            if not of_a_body or unknown > _BEFORE or known or not written[place][:1].isupper():
                return frozenset()
        if "unknown" in found and "joining" in names and not found & _TELLING:
            return frozenset()  # "Number of attendees": what is before is no body
        found.update(names or ("unknown",))
        place += size or 1
    return frozenset(found)


def _longest(words: list[str], place: int) -> Iterator[tuple[int, tuple[str, ...]]]:
    for size in range(min(_LONGEST, len(words) - place), 0, -1):
        if names := _lists().get(tuple(words[place : place + size])):
            yield size, names


@cache
def _han_label() -> re.Pattern[str]:
    """Any run of the Chinese words, each role a group of its name, longer words first."""
    roles = ("absent", "guests", "present", "chair", "members", "around")
    lists = vocabulary("attendance")
    parts = (f"(?P<{role}>{'|'.join(_han_phrases(lists[role]))})" for role in roles)
    return re.compile("|".join(parts))


def _han_phrases(phrases: frozenset[str]) -> list[str]:
    return [re.escape(p) for p in sorted(phrases, key=lambda p: (-len(p), p)) if has_han(p)]


def _han_words(plain: str) -> frozenset[str]:
    squeezed, place, found = plain.replace(" ", ""), 0, set[str]()
    while place < len(squeezed):
        match = _han_label().match(squeezed, place)
        if not match:
            return frozenset()
        found.add(match.lastgroup or "")
        place = match.end()
    return frozenset(found)
