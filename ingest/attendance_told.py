"""Who was there where sentences say so and no label does.

    Board members present were supervisors Ann Bell and Bo Chen.     a label, a verb, names
    Cy Diaz and Di Evans were absent.                                names, a verb, a role
    副市长王平、李明，秘书长方圆出席会议，丁山因病请假。               names before each word for a role

The words are those that label lists (`attendance_labels`); a sentence says it of somebody only where what stands
beside them is a run of names.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.attendance import is_office, names_in, without_office
from ingest.attendance_labels import Role, role_of
from ingest.han_scripts import both_scripts
from ingest.label_words import SURNAMES
from ingest.lang import vocabulary
from ingest.lines import Line
from ingest.persons import persons_in
from ingest.sentences import sentences
from ingest.words import has_han

_REACH = 6_000  # characters from the beginning


@dataclass(frozen=True, slots=True)
class Told:
    """People a sentence gives one role."""

    role: Role
    names: tuple[str, ...]


def told(lines: Sequence[Line]) -> list[Told]:
    """What the sentences near the beginning say of who was there, in order."""
    begin = lines[0].start if lines else 0
    near = [line for line in lines if line.start < begin + _REACH]
    return [
        found
        for text in _paragraphs(near)
        for found in (_told_in_chinese(text) if has_han(text) else _told_in_words(text))
    ]


_FULL = 60  # characters of a line that goes on below


def _paragraphs(lines: Sequence[Line]) -> Iterator[str]:
    """The lines, those of one paragraph together where it was broken into lines."""
    held = last = ""
    for line in lines:
        goes_on = held and not line.after_blank and len(last) >= _FULL and line.text[:1].isalnum()
        if held and not goes_on:
            yield held
        held = f"{held} {line.text}" if goes_on else line.text
        last = line.text
    if held:
        yield held


# Words set apart by spaces ----------------------------------------------------------------------------------

_VERB = re.compile(
    r"\s(?:were|was|included|includes|include|are|is|son|fueron|waren|sind)(?:\s(?:as\s)?(?:follow\w*|the\sfollowing))?[:,]?\s"
)
_MOST_LABEL = 80


def _told_in_words(text: str) -> Iterator[Told]:
    if not _VERB.search(text):
        return
    for span in sentences(text):
        sentence = span.of(text).strip()
        verb = _VERB.search(sentence)
        if not verb:
            continue
        before, after = sentence[: verb.start()], sentence[verb.end() :]
        role = role_of(before, of_a_body=True) if len(before) <= _MOST_LABEL else None
        said = after if role else before
        role = role or role_of(re.split("[.,;]| (?:at|from|for|by|via|in) ", after, maxsplit=1)[0])
        if role in (None, Role.CHAIR):
            continue
        if names := _run_of_names(said):
            yield Told(Role.PRESENT if role is Role.MAYBE else role, names)


def _run_of_names(said: str) -> tuple[str, ...]:
    """The names of a list in a sentence, without the offices before them; empty where it is no list of names."""
    pieces = names_in(said.rstrip(". "))
    named = [name for piece in pieces if (name := _without_office_before(piece))]
    people = [person.name for name in named for person in persons_in(name)]
    sound = [name for name in people if len(name.split()) >= 2 or len(people) > 1]
    return tuple(sound) if sound and len(sound) * 3 >= len(pieces) * 2 else ()


def _without_office_before(piece: str) -> str:
    """ "guests Bill Taft", "treasurer Ray Barnes": the name; empty where nothing but offices is left."""
    words = piece.split()
    while words and (words[0][:1].islower() or (len(words) > 2 and is_office(words[0]))):
        if not (is_office(words[0]) or is_office(words[0].removesuffix("s")) or role_of(words[0])):
            return ""
        words.pop(0)
    return " ".join(words)


# Chinese ----------------------------------------------------------------------------------------------------


def _han_roles() -> re.Pattern[str]:
    lists = vocabulary("attendance")
    roles = {Role.ABSENT: lists["absent"], Role.GUESTS: lists["guests"], Role.PRESENT: lists["present"]}
    words = (
        f"(?P<{role.name}>{'|'.join(sorted(filter(has_han, phrases), key=len, reverse=True))})"
        for role, phrases in roles.items()
    )
    chair = "(?P<CHAIR>主持)"
    return re.compile(rf"(?:{'|'.join(words)}|{chair})(?![人者的单單名])")


_HAN_ROLES = _han_roles()
_HAN_STOP = re.compile(r"[。；;！？\n：:]")
_HAN_COMMA = re.compile(both_scripts("[、，,]|(?<=[\u4e00-\u9fff]{2})(?:和|及|以及)(?=[\u4e00-\u9fff]{2})"))
_MOST_CLAUSE = 300


def _told_in_chinese(text: str) -> Iterator[Told]:
    begin = 0
    for word in _HAN_ROLES.finditer(text):
        stops = [stop.end() for stop in _HAN_STOP.finditer(text, begin, word.start())]
        clause = text[max(stops[-1] if stops else begin, word.start() - _MOST_CLAUSE) : word.start()]
        names = tuple(_names_at_end(clause))
        begin = word.end() if names else begin
        role = Role[word.lastgroup or ""]
        if names:
            yield Told(Role.PRESENT if role is Role.CHAIR else role, names)


def _names_at_end(clause: str) -> list[str]:
    """The people a clause ends with: 副市长王平、李明，秘书长方圆; what stands before them ends the list."""
    found: list[str] = []
    offices = 0
    for piece in reversed(_HAN_COMMA.split(_without_adverb(clause.strip()))):
        name = _han_name(piece.strip())
        if name:
            found.insert(0, name)
            offices = 0
        elif found and offices < 2 and len(piece) <= 20 and _ENDS_IN_OFFICE.search(piece):
            offices += 1  # 市委副书记、市长王平: one person's other office
        else:
            break
    return found


_ENDS_IN_OFFICE = re.compile(
    both_scripts("(?:书记|主任|市长|县长|区长|委员|主席|组长|秘书长|局长|部长|成员)$")
)


def _without_adverb(clause: str) -> str:
    words = sorted(vocabulary("attendance")["said_before"], key=len, reverse=True)
    ending = next((word for word in words if clause.endswith(word)), "")
    return _without_adverb(clause.removesuffix(ending)) if ending else clause


def _han_name(piece: str) -> str | None:
    """The name a piece is, without the office before or after it."""
    offices = [office for office in vocabulary("attendance")["office"] if has_han(office)]
    office = max((office for office in offices if office in piece), key=len, default="")
    rest = without_office(piece.rpartition(office)[2] if office else piece)
    sound = 2 <= len(rest) <= 4 and has_han(rest) and (rest[0] in SURNAMES or "·" in rest)
    return rest if sound and (len(rest) <= 3 or "·" in rest or rest[:2] in _DOUBLE) else None


_DOUBLE = frozenset("欧阳 歐陽 上官 司马 司馬 诸葛 諸葛 闻人 聞人".split())
