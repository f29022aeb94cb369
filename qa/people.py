"""Who a question means: the words for a person, resolved against the people of the calendar.

Records write the same person in many ways: "Right Hon. Justin Trudeau (Prime Minister)", "JustinTrudeau",
"The Chair (Mr. Lee)", "Grad B", "AWB", "发言人2", "李军". A name is taken apart into titles, core and what
stands in brackets; a question may use the whole core, its surname, its initials, a first name only one
person has, a title with a surname ("Mr. Smith", "李市长"), or an office someone holds.
"""

import difflib
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from ingest.label_shapes import capacity_and_name
from ingest.label_words import SURNAMES
from qa.calendar import Calendar, Person

_TITLE_WORDS = frozenset((
    "mr", "mrs", "ms", "miss", "mx", "dr", "prof", "professor", "hon", "honourable", "honorable", "right",
    "rt", "sir", "dame", "lord", "lady", "rev", "reverend", "the", "councillor", "councilor", "cllr",
    "councilmember", "councilman", "councilwoman", "alderman", "ald", "senator", "sen", "rep",
    "representative", "delegate", "judge", "justice", "ambassador", "general", "gen", "colonel", "col",
    "captain", "capt", "trustee", "supervisor", "sister",
))  # fmt: skip
_SPEAKING_TITLES = ("mr", "mrs", "ms", "miss")
_OFFICE_WORDS = frozenset((
    "mayor", "deputy", "vice", "acting", "interim", "chair", "chairman", "chairwoman", "chairperson",
    "chairs", "president", "secretary", "treasurer", "clerk", "director", "minister", "prime", "premier",
    "governor", "manager", "superintendent", "commissioner", "officer", "chief", "executive", "speaker",
    "moderator", "convenor", "convener", "facilitator", "rapporteur", "attorney", "solicitor", "auditor",
    "controller", "comptroller", "engineer", "planner", "librarian", "principal", "dean", "rector",
    "provost", "ombudsman", "administrator", "coordinator", "counsel", "sheriff", "general", "assistant",
    "associate", "senior", "city", "town", "county", "village", "municipal", "parliamentary", "vice-chair",
    "vice-president", "vice-chairman", "co-chair", "finance", "police", "fire", "project", "managing",
    "financial", "operating", "technology", "marketing", "professor", "editor", "designer", "head", "of",
))  # fmt: skip
_PLACES = frozenset(("city", "town", "county", "village", "municipal"))
_MANY = frozenset((
    "public", "council", "board", "committee", "commission", "trust", "district", "school", "department", "staff",
    "community", "residents", "citizens", "parents", "members", "councillors", "trustees",
))  # fmt: skip
_OFFICE_HEADS = frozenset((
    "mayor", "chair", "chairman", "chairwoman", "chairperson", "president", "secretary", "treasurer",
    "clerk", "director", "minister", "premier", "governor", "manager", "superintendent", "commissioner",
    "officer", "executive", "speaker", "moderator", "convenor", "convener", "facilitator", "attorney",
    "solicitor", "auditor", "controller", "comptroller", "engineer", "planner", "librarian", "principal",
    "dean", "rector", "provost", "ombudsman", "administrator", "coordinator", "counsel", "sheriff", "chief",
    "professor", "editor", "vice-chair", "vice-president", "vice-chairman", "co-chair",
))  # fmt: skip
_ROLE_ENDINGS = frozenset((
    "expert", "designer", "manager", "specialist", "officer", "representative", "person", "guy", "lead",
    "leader", "team", "staff",
))  # fmt: skip
_CN_OFFICES = (
    "副市长|市长|副省长|省长|副县长|县长|副区长|区长|副镇长|镇长|副乡长|乡长|副书记|书记|副主任|主任|副局长|局长|副处长|处长"
    "|副部长|部长|副主席|主席|副会长|会长|副总理|总理|副总裁|总裁|副总经理|总经理|经理|副董事长|董事长|董事|监事|副校长|校长|副院长|院长"
    "|副秘书长|秘书长|秘书|委员长|委员|代表|主持人|教授|老师|博士|总工程师|工程师|总监|科长|所长|站长|村长|理事长|理事|组长|队长|律师|记者|嘉宾|发言人"
)
_CN_ADDRESS = "师傅|阿姨|医生|大夫|护士|大爷|大妈|大姐|大哥|伯伯|叔叔|先生|女士|同志|会计|法官"
_CN_OFFICE = re.compile(rf"(?:{_CN_OFFICES}|总|工)")
_HAN = re.compile(r"[\u3400-\u9fff]")
_SEVERAL = re.compile(  # 居民代表, 物业代表: people of a kind and nobody's name
    rf"(?![{''.join(sorted(SURNAMES))}][\u3400-\u9fff]{{0,2}}(?:代表|委员)$)[\u3400-\u9fff]{{2,10}}(?:代表|负责人|人员|单位|成员)(?:等|若干|\d+[人名])?"
)
_COMPOUND = frozenset((
    "欧阳", "司马", "上官", "诸葛", "东方", "皇甫", "尉迟", "公孙",
    "慕容", "令狐", "司徒", "夏侯", "端木", "南宫", "长孙",
))  # fmt: skip
_LINKS = frozenset(("the", "of", "and", "for"))
_SAME_CHAIR = frozenset((
    "chair", "chairman", "chairwoman", "chairperson", "chairs",
))  # fmt: skip


@dataclass(frozen=True, slots=True)
class People:
    """What words for people came to: speakers as the records name them, offices as the question does."""

    speakers: tuple[str, ...] = ()
    offices: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.speakers or self.offices)

    def __add__(self, other: "People") -> "People":
        return People(
            tuple(dict.fromkeys(self.speakers + other.speakers)),
            tuple(dict.fromkeys(self.offices + other.offices)),
        )


def who_is(words: str, calendar: Calendar) -> People:
    """The people that `words` name ("Mr. Smith and the mayor"); empty where they name nobody known."""
    names = calendar.kept("people", lambda: _Names(calendar.people))
    whole = _one(words, names)
    if whole:
        return whole
    parts = [
        part for part in re.split(r"\s*(?:,|&|\band\b|\bor\b|、|和|与|及|以及)\s*", words) if part.strip()
    ]
    people = [_one(part, names) for part in parts]
    if len(parts) < 2 or not all(people):
        return People()
    together = People()
    for one in people:
        together += one
    return together


def _one(words: str, names: "_Names") -> People:
    words = re.sub(r"(?:'s?|’s?)$", "", words.strip(" ,")).strip()
    if not words or len(words) > 80:
        return People()
    if _HAN.search(words):
        return _chinese(words, names)
    found = _english(words, names)
    return found or _misspelt(words, names)


# English -------------------------------------------------------------------------------------------


def _english(words: str, names: "_Names") -> People:
    bare = re.sub(r"^(?:the|our|their)\s+", "", words, flags=re.IGNORECASE)
    tokens = _tokens(bare)
    core = _core(tokens)
    if not core or len(core) > 6 or set(core) <= _PLACES or set(core) <= _MANY:
        return People()  # "the city" decides; it is not the City Librarian who is asked for
    squashed = "".join(core)
    exact = names.whole.get("".join(tokens)) or names.whole.get(squashed)
    if exact:
        return People(tuple(exact))
    if frozenset(core) - _LINKS in names.offices:
        return _by_office(bare, core, names)
    office, rest = _split_office(core)
    if office and not rest:
        return _by_office(bare, office, names)
    if bare.isupper() and bare.isalpha() and len(bare) <= 5 and bare.casefold() in names.initials:
        return People(tuple(names.initials[bare.casefold()]))
    if office and rest:
        found = _by_name(rest, tokens, names)
        title = () if len(rest[-1]) == 1 else (" ".join(office),)
        return People(tuple(found), title) if found else People()
    return People(tuple(_by_name(core, tokens, names) or _by_role(core, words, names)))


def _core(tokens: list[str]) -> list[str]:
    """A name without its titles; "Professor B" and "Grad B" keep the word before a lone letter."""
    core = [token for token in tokens if token not in _TITLE_WORDS]
    return core if core and (len(core) > 1 or len(core[0]) > 1) else [t for t in tokens if t != "the"]


def _split_office(core: list[str]) -> tuple[list[str], list[str]]:
    """The leading words that make an office ("vice mayor" of "vice mayor lee"), and the rest."""
    end = 0
    for i, token in enumerate(core):
        if token in _OFFICE_HEADS:
            end = i + 1
        elif token not in _OFFICE_WORDS:
            break
    return core[:end], core[end:]


def _by_office(words: str, office: list[str], names: "_Names") -> People:
    """ "the mayor": whoever holds an office of that name, or speaks under it."""
    wanted = set(office) - _LINKS
    chair = wanted & _SAME_CHAIR
    wanted = (wanted - _SAME_CHAIR) | ({"chair"} if chair else set())
    holders = names.offices.get(frozenset(wanted)) or names.wider_offices(wanted)
    holders = holders or _by_role(office, words, names)
    return People(tuple(holders), (" ".join(words.split()),))


def _by_name(core: list[str], tokens: list[str], names: "_Names") -> list[str]:
    """Surname, first name and surname, initials and surname, or a first name only one person has."""
    if len(core) == 1:
        word = core[0]
        found = names.surnames.get(word, [])
        if found:
            titled = [n for n in found if set(_tokens(n)) & set(tokens) & set(_SPEAKING_TITLES)]
            return titled or found
        first = names.first_names.get(word, [])
        return first if len({names.core_of[name] for name in first}) == 1 else []
    candidates = names.surnames.get(core[-1], [])
    return [name for name in candidates if _is_short_for(core[:-1], names.core_of[name][:-1])]


def _is_short_for(short: list[str], full: tuple[str, ...]) -> bool:
    """Whether given names may be short for others: "J." or "Jon" for "Jonathan", a middle name left out."""
    return bool(full) and _may_be(short[0], full[0]) and all(any(_may_be(s, f) for f in full) for s in short)


def _may_be(short: str, name: str) -> bool:
    return name.startswith(short) and (len(short) > 2 or len(short) == 1 or short == name)


def _by_role(core: list[str], words: str, names: "_Names") -> list[str]:
    """Speakers named by what they are: "the professor" of "Professor B", "the user expert" of "User"."""
    if core[-1] in _ROLE_ENDINGS and len(core) > 1:
        found = names.whole.get("".join(core[:-1]), [])
        if found:
            return found
    found = [
        name
        for name in names.by_first.get(core[0], []) + names.by_first.get(core[0] + "er", [])
        if _begins_alike(core, names.core_of[name])
    ]
    if not found:
        stems = [
            names.by_first.get(core[0][:cut], []) for cut in range(max(3, len(core[0]) - 2), len(core[0]))
        ]
        found = [name for names_ in stems for name in names_ if _begins_alike(core, names.core_of[name])]
    lower = words[:1].islower() or words.split()[0].lower() == "the"
    short_label = [name for name in found if len(names.core_of[name][-1]) == 1 or len(core) > 1]
    return short_label if lower or len(core) > 1 else []


def _begins_alike(core: list[str], label: tuple[str, ...]) -> bool:
    """Whether words are a label's beginning or the label theirs, endings like design/designer aside."""
    pairs = list(zip(core, label, strict=False))
    if len(core) > len(label) and not all(word in _ROLE_ENDINGS for word in core[len(label) :]):
        return False
    return all(_alike(a, b) for a, b in pairs)


def _alike(a: str, b: str) -> bool:
    short, long = sorted((a, b), key=len)
    return a == b or (len(short) >= 4 and long.startswith(short) and len(long) - len(short) <= 2)


def _misspelt(words: str, names: "_Names") -> People:
    """A full name with a slip in it ("Carol Dhillabeer"), where one person shares another part of it."""
    tokens = [token for token in _tokens(words) if token not in _TITLE_WORDS]
    if len(tokens) != 2 or len("".join(tokens)) < 9:
        return People()
    near = dict.fromkeys(names.first_names.get(tokens[0], []) + names.surnames.get(tokens[-1], []))
    found = [
        name
        for name in list(near)[:50]
        if difflib.SequenceMatcher(None, "".join(names.core_of[name]), "".join(tokens)).ratio() > 0.85
    ]
    return People(tuple(found)) if len({names.core_of[name] for name in found}) == 1 else People()


# Chinese -------------------------------------------------------------------------------------------


def _chinese(words: str, names: "_Names") -> People:
    words = re.sub(r"\s+", "", words)
    exact = names.whole.get(words.casefold())
    if exact:
        return People(tuple(exact), (words,) if re.fullmatch(_CN_OFFICES, words) else ())
    match = re.fullmatch(
        rf"(?P<name>[\u3400-\u9fff·]{{0,8}}?)(?P<office>{_CN_OFFICES}|{_CN_ADDRESS}|总|工)", words
    )
    office_first = re.fullmatch(rf"(?P<office>{_CN_OFFICES})(?P<name>[\u3400-\u9fff·]{{2,6}})", words)
    if familiar := re.fullmatch(r"[小老阿](?P<name>[\u3400-\u9fff])", words):
        known = {n.split("（")[0]: n for n in names.chinese_surnames.get(familiar["name"], [])}
        return People(tuple(names.chinese_surnames[familiar["name"]])) if len(known) == 1 else People()
    for found in (match, office_first):
        if not found:
            continue
        name, office = found["name"], found["office"]
        if not name or (len(name) > 1 and name[-1] in "省市县区局委院校"):
            return _chinese_office(name + office, office, names)
        same = names.whole.get(name) or names.chinese_surnames.get(name, [])
        holders = [n for n in same if any(office in held for held in names.held.get(n, ()))]
        if same:
            return People(tuple(holders or same), (office,) if holders else ())
    return People()


def _chinese_office(words: str, office: str, names: "_Names") -> People:
    holders = names.chinese_offices.get(words) or names.chinese_offices.get(office, [])
    return People(tuple(holders), (words,))


# The index -----------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Names:
    """The people of a calendar by all they may be called; values are names as the records write them."""

    people: tuple[Person, ...]
    whole: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    surnames: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    first_names: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    by_first: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    initials: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    offices: dict[frozenset[str], list[str]] = field(default_factory=lambda: defaultdict(list))
    chinese_surnames: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    chinese_offices: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    held: dict[str, tuple[str, ...]] = field(default_factory=dict)
    core_of: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for person in self.people:
            self._add(person)

    def _add(self, person: Person) -> None:
        name = person.name
        outer = re.sub(r"[(（].*", "", name).strip() or name
        if _SEVERAL.fullmatch(outer):
            return
        inner = re.findall(r"[(（]([^()（）]+)", name)[:1]
        self.core_of.setdefault(name, ())
        self._add_name(name, outer)
        offices = list(person.offices)
        for part in inner:
            if set(_tokens(part)) & _OFFICE_HEADS:
                offices.append(part)
            elif _split_office([t for t in _tokens(outer) if t != "the"])[0] or _CN_OFFICE.fullmatch(outer):
                self._add_name(name, part)  # "The Chair (Mr. Lee)"
                offices.append(outer)
        self._add_offices(name, offices)

    def _add_name(self, name: str, written: str) -> None:
        if _HAN.search(written):
            self._add_chinese(name, re.sub(r"\s+", "", written))
            return
        tokens = _tokens(re.sub(r"(?<=[a-z])(?=[A-Z])", " ", written))
        core = _core(tokens)
        if len(core) > 2 and written.split()[-1].rstrip(".").isupper() and len(core[-1]) in (2, 3, 4):
            core = core[:-1]  # letters after the name: "Lynne Neagle AM"
        if not core:
            return
        self.core_of[name] = self.core_of[name] or tuple(core)
        keys = {"".join(tokens), "".join(core)} if len(core) > 1 or len(tokens) == 1 else {"".join(tokens)}
        for key in keys:
            _put(self.whole, key, name)
        _put(self.by_first, core[0], name)
        if tokens[0] != core[0]:
            _put(self.by_first, tokens[0], name)
        if len(core) > 1:
            _put(self.surnames, core[-1], name)
            _put(self.first_names, core[0], name)
            if "-" in written:
                _put(self.surnames, core[-2] + core[-1], name)
            _put(self.initials, "".join(token[0] for token in core), name)
            if core[0] in _OFFICE_HEADS or len(core[-1]) == 1:
                self._add_offices(name, [core[0]])
        elif len(tokens) > 1 and tokens[0] in _TITLE_WORDS:
            _put(self.surnames, core[0], name)  # "Mr. Stern"
            self.core_of[name] = (core[0],)
        if set(core) <= _OFFICE_WORDS:
            self._add_offices(name, [" ".join(core)])

    def _add_chinese(self, name: str, written: str) -> None:
        self.core_of[name] = self.core_of[name] or (written,)
        capacity, own = capacity_and_name(written)
        if capacity:  # 物业经理钱伟: known by name, and by what they speak as
            _put(self.whole, own, name)
            self._add_offices(name, [capacity])
        _put(self.whole, written.casefold(), name)
        titled = re.fullmatch(rf"([\u3400-\u9fff]{{1,4}}?)({_CN_OFFICES})", written)
        bare = titled[1] if titled else written
        if titled:
            _put(self.whole, bare, name)
            self._add_offices(name, [titled[2]])
        surname = bare[:2] if bare[:2] in _COMPOUND else bare[:1]
        if len(bare) <= 4:
            _put(self.chinese_surnames, surname, name)

    def _add_offices(self, name: str, offices: Iterable[str]) -> None:
        for office in offices:
            if _HAN.search(office):
                self.held[name] = (*self.held.get(name, ()), office)
                _put(self.chinese_offices, office, name)
                for match in re.finditer(_CN_OFFICES, office):
                    _put(self.chinese_offices, match[0], name)
                continue
            words = {token for token in _tokens(office) if token not in _LINKS}
            if words & _SAME_CHAIR:
                words = (words - _SAME_CHAIR) | {"chair"}
            self.held[name] = (*self.held.get(name, ()), office)
            _put(self.offices, frozenset(words), name)

    def wider_offices(self, wanted: set[str]) -> list[str]:
        """Holders of an office with all these words and no other rank ("City Manager" for "the manager")."""
        ranks = {"vice", "deputy", "acting", "assistant", "associate", "former", "interim"} - wanted
        found: dict[str, None] = {}
        for words, holders in self.offices.items():
            if wanted <= words and not words & ranks:
                found |= dict.fromkeys(holders)
        return list(found)


def _put(
    index: dict[str, list[str]] | dict[frozenset[str], list[str]], key: str | frozenset[str], name: str
) -> None:
    names = index[key]  # type: ignore[index]
    if name not in names[-1:]:
        names.append(name)


def _tokens(text: str) -> list[str]:
    """Lower-case words; "J.-P." gives two; a full stop or apostrophe inside a word goes."""
    return re.findall(r"[^\W_]+", re.sub(r"(?<=\w)['’.](?=\w)", "", text).casefold().replace(".", " "))
