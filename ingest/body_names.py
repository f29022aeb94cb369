"""The names of bodies in English text: "Board of Trustees of Oak County", "Riverton City Council".

A name is read as far as its words are capitalised; dates and the words of the meeting itself ("Regular
Meeting Minutes") are not of it.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from ingest.date_forms import MONTHS
from ingest.numerals import english_number
from ingest.words import has_han

_BODY_NOUNS = """
    committee council commission board assembly senate parliament authority panel government cabinet
    bureau force group forum society association agency department ministry court congress chamber
    directors trustees governors selectmen selectboard supervisors aldermen commissioners team
    foundation federation union institute university council-at-large subcommittee secretariat
    tribunal synod vestry faculty legislature house conference caucus taskforce presbytery
"""
BODY_NOUN = re.compile(rf"\b(?:{'|'.join(_BODY_NOUNS.split())})\b", re.IGNORECASE)
BODY_NEXT = re.compile(
    rf"(?:special|general|public|annual|joint)\s(?:\w+\s)?{BODY_NOUN.pattern}", re.IGNORECASE
)
_GOES_ON = re.compile(  # "Children, Young People and Education Committee"
    rf",\s(?:[A-Z][\w'’-]*(?:,\s|\s(?:(?:and|&|of|the|for)\s){{0,2}})){{1,8}}(?i:{BODY_NOUN.pattern})"
)
_LISTS = re.compile(r",\s(?:[A-Z][\w'’-]+,\s){0,4}[A-Z][\w'’-]+,?\s(?:and|&)\s[A-Z]")
_WORD = re.compile(r"[^\s,;:|()\[\]]+")
_NUMBER_WITHIN = re.compile(
    rf"\d{{1,3}}\s(?:[A-Z][\w'’-]*\s){{0,3}}(?i:{BODY_NOUN.pattern})"
)  # "Ward 5 Forum"
_SMALL = {"of", "the", "for", "on", "and", "de", "in", "to", "a", "an", "at", "by", "with"}
_PARTICLES = {"of", "the", "for", "on", "and", "de", "&", "in", "to", "du", "des", "la"}
_MEETING_WORDS = """
    meeting meetings minutes session sitting held agenda notes transcript date time place present
    via by at was were is met will has have – — -
"""
# These may also begin the name of a body: Special Committee, General Assembly.
_KINDS_OF_MEETING = """
    Special Committee General Assembly regular special ordinary extraordinary annual monthly weekly
    quarterly draft approved virtual remote public hearing work study emergency report record
    proceedings summary workshop no no. hybrid open closed general plenary virtually online
    unapproved unconfirmed corrected amended revised final hearings retreat briefing budget
"""
_WEEKDAY = re.compile(r"(?:mon|tues|wednes|thurs|fri|satur|sun)day\b", re.IGNORECASE)
_MEETING = frozenset(_MEETING_WORDS.split())
_KINDS = frozenset(_KINDS_OF_MEETING.split())
_NOT_OF_A_NAME = _MEETING | _KINDS


def proper_name(text: str, start: int) -> str | None:
    """The proper name that begins at `start`: capitalised words and the particles between them."""
    words: list[str] = []
    end = place = start
    for match in _WORD.finditer(text, start, start + 160):
        if match.start() > place + 1 and not (words and _goes_on(text, place, words)):
            break
        word = match[0]
        plain = word.strip(".'’\"*_“”").lower()
        ordinal_first = not words and word[0].isdigit() and not plain.isdigit() and english_number(plain)
        named = _begins_name(word) and (not _ends_name(plain, words) or BODY_NEXT.match(text, match.start()))
        district = bool(words) and bool(_NUMBER_WITHIN.match(text, match.start()))
        if not (named or ordinal_first or district or (words and plain in _PARTICLES)):
            break
        place = match.end()
        words.append(plain)
        if named or ordinal_first:
            end = match.end()
        if word[-1] in ".!?" and len(word) > 3:
            break
    name = " ".join(text[start:end].split()).strip(" .*_\"'“”").removesuffix(" No")
    name = _TRAILING.sub("", name)
    name = _KIND_BEFORE.sub("", name)
    return cased(name) if len(name) >= 3 and not name.isdigit() else None


_KIND_BEFORE = re.compile(  # of the meeting and not of the body: "Special Council Meeting"
    r"^(?:special|regular|emergency|ordinary)\s(?=(?:\w+\s)?(?:council|board|commission)\b)", re.IGNORECASE
)
_TRAILING = re.compile(r"(?:\s(?:of|the|for|on|and|in|to|&))+$", re.IGNORECASE)


def _goes_on(text: str, place: int, words: Sequence[str]) -> bool:
    """Whether a name goes on after a comma: towards its noun, or through the list of what it is for."""
    return bool(
        _GOES_ON.match(text, place) or ({"on", "for", "of"} & set(words) and _LISTS.match(text, place))
    )


def _ends_name(word: str, words: Sequence[str]) -> bool:
    """Whether a word belongs to the meeting and no longer to the name of the body."""
    named = any(BODY_NOUN.fullmatch(before) for before in words) and words[-1] not in _PARTICLES
    return word in _MEETING or _is_date_word(word) or (named and word in _KINDS)


def _begins_name(word: str) -> bool:
    first = word.lstrip("*_\"'“‘(")[:1]
    return first.isupper()


def _is_date_word(word: str) -> bool:
    return (
        word in MONTHS or bool(_WEEKDAY.match(word)) or bool(re.fullmatch(r"\d{1,4}(?:st|nd|rd|th)?", word))
    )


def cased(name: str) -> str:
    """A name in capitals in title case; others, and what may be an abbreviation, as they are.

    >>> cased("NORTHFIELD-ON-SEA BOARD OF TRUSTEES"), cased("GAVI")
    ('Northfield-on-Sea Board of Trustees', 'GAVI')
    """
    if not name.isupper() or len(name) <= 6:
        return name
    words = (word.lower() if word.lower() in _SMALL else word.capitalize() for word in _PIECES.findall(name))
    return name[:1] + "".join(words)[1:]


_PIECES = re.compile(r"[^\s-]+|[\s-]+")


def body_before(text: str, end: int) -> str | None:
    """The body named right before the words for its meeting: "Riverton City Council Regular Meeting"."""
    words: list[str] = []
    for word in reversed(re.sub(r"\([^()]*\)", " ", text[max(0, end - 120) : end]).split()):
        plain = word.strip("*_#:,.–—-").lower()
        if not words and (plain in _NOT_OF_A_NAME or not plain or _is_date_word(plain)):
            continue
        if not words and not BODY_NOUN.fullmatch(plain):
            return None
        if word.endswith((",", ":", ".", ";")) and words:
            break
        if not (_begins_name(word) or plain in _PARTICLES) or _is_date_word(plain) or plain in _MEETING:
            break
        words.insert(0, word.strip("*_#:"))
    while words and words[0].lower() in _PARTICLES:
        words.pop(0)
    return cased(_KIND_BEFORE.sub("", " ".join(words))) if words else None


_BEFORE_MEETING = re.compile(
    r"\b(?:meeting|minutes|session|agenda|transcript|notes|workshop|hearing)\b", re.IGNORECASE
)


def body_of_title(title: str) -> str | None:
    """The body a title names before the words "meeting" or "minutes"; a Chinese one is not looked for."""
    if has_han(title):
        return None
    return next(
        (body for m in _BEFORE_MEETING.finditer(title) if (body := body_before(title, m.start()))), None
    )


_MET = re.compile(r"\bThe\s(?=[A-Z])")


def body_that_met(opening: str) -> str | None:
    """ "The Planning Commission met on ..." """
    for match in _MET.finditer(opening):
        name = proper_name(opening, match.end())
        if name and BODY_NOUN.search(name):
            after = opening[match.end() + len(name) : match.end() + len(name) + 40]
            if re.match(r"[^.]{0,20}\b(?:met|held|convened|conducted|meeting)\b", after):
                return name
    return None


def body_after(text: str, start: int) -> str | None:
    """The name that begins at `start`, unless it is a kind of meeting ("Annual General Meeting", "Spring Meeting")."""
    name = proper_name(text, start)
    own = [word for word in (name or "").lower().split() if word not in _KINDS | _PARTICLES]
    return name if name and own and (len(own) > 1 or BODY_NOUN.search(name)) else None


def begins_meeting_words(title: str) -> bool:
    """Whether a title begins with words for the meeting: "Regular Meeting Minutes"."""
    first = title.split(maxsplit=1)[0].strip(",").lower() if title.strip() else ""
    return first in _NOT_OF_A_NAME


# One body under two names -----------------------------------------------------------------------------------

_ORGANS = {"selectboard": "board", "subcommittee": "committee", "taskforce": "force", "selectmen": "board"}
_NAMELESS = frozenset(
    "board council full governing directors trustees governors education school members body".split()
)


@lru_cache(maxsize=4_096)
def same_body(one: str, other: str) -> bool:
    """Whether two names may be of one body: in full and in short, by organ and by organisation, turned round.

    >>> same_body("Town Council of Oak", "Oak Town Council"), same_body("县政府", "青岚县人民政府")
    (True, True)
    >>> same_body("Oak Town Council", "Oak Town Council Planning Committee"), same_body("县政府", "县政府党组")
    (False, False)
    """
    if has_han(one) or has_han(other):
        shorter, longer = sorted((one, other), key=len)
        return shorter[-1:] == longer[-1:] and _is_within(shorter, longer)
    organs = {organ for name in (one, other) if (organ := _organ_of(name))}
    first, second = _name_words(one), _name_words(other)
    if len(organs) > 1:
        return False
    return first <= second or second <= first or first <= _NAMELESS or second <= _NAMELESS


def _is_within(shorter: str, longer: str) -> bool:
    """Whether all characters of the one stand in the other, in their order."""
    rest = iter(longer)
    return all(character in rest for character in shorter)


def _organ_of(name: str) -> str | None:
    """The noun a name is built on: "committee" for "Planning Committee of the Town Council"."""
    head = re.split(r"\s(?:of|for|on)\s", name, maxsplit=1)[0]
    nouns = [noun.lower() for noun in _ORGAN.findall(head)]
    return _ORGANS.get(nouns[-1], nouns[-1]) if nouns else None


_ORGAN = re.compile(
    r"\b(?:committee|council|commission|board|assembly|senate|panel|cabinet|forum|caucus|subcommittee|taskforce"
    r"|selectboard|selectmen)\b",
    re.IGNORECASE,
)


def _name_words(name: str) -> frozenset[str]:
    plain = re.sub(r"['’]s?\b|[.,]", "", name.casefold())
    return frozenset(word for word in re.findall(r"[^\W_]+", plain) if word not in _PARTICLES)
