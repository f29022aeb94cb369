"""People as lists of attendance write them: what is a name there, what stands beside it, and who was absent after all.

(常務理事) 許瑞榮(請假)             許瑞榮, who was absent
- [@bell](https://...), Host        @bell
Ann Bell - Mill Trust (AB)          Ann Bell (Mill Trust) (AB)
市住建局于立春                       于立春（市住建局）
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ingest.attendance import is_office, names_in, without_office
from ingest.attendance_labels import Role, role_of
from ingest.han_scripts import both_scripts
from ingest.label_words import HAN_THINGS, SURNAMES
from ingest.lang import vocabulary
from ingest.words import has_han


@dataclass(frozen=True, slots=True)
class Listed:
    """One person of a list, with what stands in brackets beside the name; `absent` where a mark says so."""

    name: str
    absent: bool = False


def persons_in(value: str) -> list[Listed]:
    """The people of a list in the order they stand, each once; what is no person is left out."""
    plain = _without_markup(value)
    pieces = _beside_slashes(plain) or _set_apart_by_spaces(plain) or names_in(plain)
    handles = _are_handles(pieces)
    return _each_once(_person(piece, handles) for piece in pieces)


def persons_in_lines(values: Sequence[str]) -> list[Listed]:
    """The people of a list of several lines; of "Ann Bell, Mill Trust" in most lines the rest is beside the name."""
    pairs = [
        value
        for value in values
        if len(_COMMA.split(value)) == 2 and len(_COMMA.split(value)[0].split()) >= 2
    ]
    paired = len(values) >= 3 and len(pairs) * 3 >= len(values) * 2
    set_apart = (_COMMA.sub(" - ", value) if paired and value in pairs else value for value in values)
    return _each_once(person for value in set_apart for person in persons_in(value))


_COMMA = re.compile(r",\s+(?=\S)")


def _each_once(found: Iterable[Listed | None]) -> list[Listed]:
    return list({one.name: one for one in found if one}.values())


_LINK = re.compile(r"!?\[(?P<said>[^\[\]]*)\]\([^()\s]*\)")
_MARKUP = re.compile(r"<[^<>]{1,200}>|\{=[^{}]*\}|`+|^\s*\[[ xX]\]|[☐☑☒✓✔✗✘]")


def _without_markup(value: str) -> str:
    """A list without links, tags, code marks and boxes."""
    return _MARKUP.sub(" ", _LINK.sub(lambda link: link["said"], value))


def _beside_slashes(value: str) -> Sequence[str]:
    """The names of a Chinese list that sets office and name apart by slashes, in either order: 科長/王平 李明/技士."""
    if not re.search(r"[\u4e00-\u9fff]/[\u4e00-\u9fff]", value):
        return ()
    words = re.split(r"[\s/()（）、，；]+", value)
    return [word for word in words if _is_han_name(word) and without_office(word) == word]


def _set_apart_by_spaces(value: str) -> Sequence[str]:
    """The names of a Chinese list that has no other marks: 王平 李明 方圆; empty where it has some."""
    words = value.split()
    if len(words) < 3 or re.search("[、，,；;。()（）]", value):
        return ()
    return [word for word in words if _is_han_name(word)]


# One piece of a list ----------------------------------------------------------------------------------------


_BRACKETS = re.compile(r"\s*[(（]([^()（）]*)[)）]\s*")
_LEADING = re.compile(r"^\s*[(（\[【][^()（）\[\]【】]*[)）\]】]\s*(?=\S)")
_DASHED = re.compile(r"\s+\\?[-–—]\s+")
_NUMBERED = re.compile(r"^\(?\d{1,3}[.)、]\s*(?=\D)")
_PARTICLES = frozenset(
    "de del der den di da do dos du van von vom la le el al bin ibn ben y e ter ten zu".split()
)
_MOST_WORDS = 7


def _person(piece: str, handles: bool) -> Listed | None:
    """The person a piece names; None where it names none."""
    piece = unicodedata.normalize("NFKC", piece) if not has_han(piece) else piece
    piece = _NUMBERED.sub("", _LEADING.sub("", piece) if has_han(piece) else piece.strip())
    base, *beside = _DASHED.split(piece)
    asides = [aside for aside in (*_BRACKETS.findall(base), *_asides(beside)) if aside.strip()]
    bare = " ".join(_BRACKETS.sub(" ", base).split()) if _DASHED.search(piece) or has_han(base) else base
    name = _han_person(bare) if has_han(bare) else _latin_person(bare, handles)
    if not name:
        return None
    if any(aside.casefold() in vocabulary("attendance")["vote_mark"] for aside in asides):
        return None
    absent = any(_says_absent(aside) for aside in asides)
    if not has_han(name) and " " in name and (mark := role_of(name.rsplit(" ", 1)[1])):  # "Ann Bell Absent"
        name, absent = name.rsplit(" ", 1)[0], mark is Role.ABSENT
    if not beside and bare == base and not has_han(bare):  # brackets stand where they were written
        return Listed(_without_marks_of_absence(name), absent)
    kept = [aside for aside in asides if not _says_absent(aside)]
    return Listed(name + "".join(_in_brackets(aside.strip(), name) for aside in kept), absent)


def _asides(pieces: Sequence[str]) -> Iterator[str]:
    """What stands after a dash, and in brackets after that."""
    for piece in pieces:
        yield _BRACKETS.sub("", piece)
        yield from _BRACKETS.findall(piece)


def _in_brackets(aside: str, name: str) -> str:
    return f"（{aside}）" if has_han(name) else f" ({aside})"


def _says_absent(aside: str) -> bool:
    marks = vocabulary("attendance").get("absent_mark", frozenset())
    parts = re.split("[，,、;；]", aside)
    return any(role_of(part) is Role.ABSENT or part.strip() in marks for part in parts)


def _without_marks_of_absence(name: str) -> str:
    return _BRACKETS.sub(lambda mark: " " if _says_absent(mark[1]) else mark[0], name).strip()


def _latin_person(written: str, handles: bool) -> str | None:
    """A name, an office with or without one, or a handle; None for a sentence and for words of the list itself."""
    written = written.strip(" .:*_\\>+")
    bare = _BRACKETS.sub(" ", written).strip()
    label, _, labelled = bare.partition(": ")
    if labelled and is_office(label):  # "Secretary: Ann Bell"
        return f"{labelled} ({label})"
    words = bare.split()
    if not words or len(words) > _MOST_WORDS or not any(letter.isalpha() for letter in bare):
        return None
    if role_of(bare) or is_office(bare) or (len(words) > 1 and bare[-1] in "!?"):
        return None
    if len(words) == 1 and (handles or bare[0] == "@"):
        return written
    small = [word for word in words if word[:1].islower() and not re.match(r"[a-zà-ÿ]['’]?[A-Z]", word)]
    strange = [word for word in small if word not in _PARTICLES and not is_office(word)]
    named = any(word[:1].isupper() or word[:1] in "@\"“'" for word in words)
    return written if named and not strange else None


def _are_handles(pieces: Sequence[str]) -> bool:
    """Whether a list is one of handles: "brson, graydon, tjc"."""
    single = [piece for piece in pieces if re.fullmatch(r"[a-z][\w.-]{1,30}", piece.strip())]
    return len(single) >= 2 and len(single) * 2 >= len(pieces)


_HAN_SPACED = re.compile(r"(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff](?:\s|$))")
_HAN_NOBODY = re.compile(both_scripts("(?:同志|负责人|领导|单位|部门|代表|等|人员|名单|干部|师生|群众)$"))
_HAN_OF = both_scripts(
    "(?:局|委|中心|集团|公司|部|处|院|办|厅|大学|学院|所|会|区|室|领导|银行|街道|社区|中学|小学|医院|组)"
)
_HAN_AT = re.compile(rf"(?P<of>[\u4e00-\u9fffA-Za-z]{{1,30}}?{_HAN_OF})(?P<name>[\u4e00-\u9fff]{{2,3}})$")


def _han_person(written: str) -> str | None:
    """A Chinese name; one that an office or an affiliation stands before keeps it in brackets."""
    written = written.strip(" .:：*_、")
    bare = _HAN_SPACED.sub("", written)
    spaced = bare != written and _is_han_name(bare)
    bare = bare.split()[-1] if " " in bare and _is_han_name(bare.split()[-1]) else bare
    if not bare or HAN_THINGS.fullmatch(bare) or role_of(bare) or _HAN_NOBODY.search(bare):
        return None
    name = without_office(bare)
    if 2 <= len(name) <= 4 or "·" in name:
        return written if spaced else bare
    at = _HAN_AT.search(name)
    return f"{at['name']}（{at['of']}）" if at and at["name"][0] in SURNAMES else None


def _is_han_name(word: str) -> bool:
    return 2 <= len(word) <= 4 and has_han(word) and word[0] in SURNAMES and not HAN_THINGS.fullmatch(word)
