"""The words in which a file says who may read it: keys, labels and marks, English and Chinese, each once.

What is said with them is read in `access`; `stated` takes from here the keys whose value names groups.
"""

import re
import unicodedata
from collections.abc import Iterator
from enum import StrEnum


class Kind(StrEnum):
    """What the value of a key says."""

    GROUPS = "groups"  # who may read it, by name
    RANGE = "range"  # how far it may go
    MARK = "mark"  # that it is not for everybody
    OPENNESS = "openness"  # that it is for everybody


_FORMS = {
    Kind.GROUPS: "access|readers|visible to|可见范围|权限",
    Kind.RANGE: (
        "visibility|visible for|access level|access group|access groups|access rights|access control|accessible to"
        "|access list|access policy|acl|viewers|viewable by|readable by|audience|circulation|仅限"
        "|permission|permissions|restricted to|confidential to|阅读权限|访问权限|查看权限"
        "|公开范围|阅读范围|知悉范围|发布范围|传阅范围|可见性|公开方式|公开属性|公开类别|公开形式"
    ),
    Kind.MARK: (
        "confidential|confidentiality|confidentiality level|classification|security classification|classified"
        "|restricted|restriction|restrictions|access restriction|access restrictions|sensitivity|protective marking"
        "|private|secret|secrecy|internal|non public|nonpublic|not public|embargo|embargoed|hidden|unlisted"
        "|exempt|不公开|密级|保密|保密级别|保密等级|涉密|涉密等级|是否涉密|是否保密|机密|秘密|绝密"
        "|内部|内部文件|内部资料"
    ),
    Kind.OPENNESS: "public|公开|是否公开|信息公开|信息公开选项",
}
FORMS = {form: kind for kind, forms in _FORMS.items() for form in forms.split("|")}
"""The kind of each key, in lower case with single spaces."""
_JOINED = {form.replace(" ", ""): kind for form, kind in FORMS.items()}

GROUP_KEYS = _FORMS[Kind.GROUPS]
"""The keys that are read, for `stated`."""

_OPEN = "public|open|all|global|everyone|everybody|anyone|unrestricted|公开|主动公开|全文公开|全体|所有人|公众|社会公开"
_NOT = (
    "no|false|off|0|none|nil|n/a|unclassified|not confidential|not restricted|否|无|不涉密|非涉密|非密|不保密"
)
_YES = "yes|true|on|1|是"
_OPEN_VALUES = {
    Kind.GROUPS: _OPEN,
    Kind.RANGE: _OPEN,
    Kind.MARK: f"{_OPEN}|{_NOT}",
    Kind.OPENNESS: f"{_OPEN}|{_YES}",
}
OPEN_VALUES = {kind: frozenset(values.split("|")) for kind, values in _OPEN_VALUES.items()}
"""Values of each kind of key that keep the record from nobody."""

NO_GROUPS = frozenset(
    "deny|none|null|nil|~|-|?|n/a|na|no|false|yes|true|on|off|0|1|tbd|todo|[]|{}|[ ]|{ }|nobody|无|待定".split(
        "|"
    )
)
"""Values that stand where groups are named and name none."""

_TOKENS = frozenset(
    "access acl confidential confidentiality classification classified restricted restriction restrictions visibility "
    "permission permissions".split()
)  # a longer key in which one of these stands, "access_level", speaks of access too
_MISSPELT = ("access", "confidential", "classification", "restricted", "visibility")
_HAN_TOKENS = ("权限", "密级", "保密", "涉密", "可见范围", "公开范围", "知悉范围", "阅读范围")
_ADJECTIVES = frozenset(  # in a line of the text they may say that of other things
    "private secret internal classified restriction restrictions embargo hidden unlisted exempt "
    "内部 秘密 不公开".split()
)
_OF_OTHER_THINGS = frozenset({"readers", "viewers", "audience", "circulation"})  # in a line of the text

_WAYS_IN = re.compile(  # what "access" means where one comes into a building or a meeting
    r"\b(?:ramps?|lifts?|elevators?|stairs?|steps?|step-free|entrances?|doors?|gates?|parking|car park|wheelchairs?"
    r"|building|streets?|roads?|toilets?|hearing loop|lobby|reception|bus|station|train|zoom|teams|webex|dial|link"
    r"|online|passcode|footpaths?|disabled)\b|入口|电梯|坡道|门口|大门|停车|无障碍"
)
_RESTRICTS = re.compile(
    r"\b(?:only|confidential|restricted|secret|private|internal|closed)\b|\bnot (?:for |to be )?publi"
    r"|仅|只限|限于|不得|不公开|不予公开|保密|机密|秘密|绝密|内部"
)
_NO_READERS = re.compile(r"://|^\W*\d{4}[-/.年]\d{1,2}|^\W*\d{2,}\W*$")  # an address, a day, a number
_SENTENCE = (
    5  # words above which a value with a full stop is a sentence, and names no groups; twice as many without
)
_HAN_SENTENCE = 14  # the same in Chinese characters

_MARK_WORDS = frozenset(
    "strictly private and confidential restricted secret top internal use only for in confidence not publication "
    "public release official sensitive exempt members council committee board staff document minutes copy distribution "
    "draft embargoed privileged the of to do distribute circulate".split()
)
_STRONG = frozenset("confidential restricted secret confidence only embargoed".split())
_WEAK = frozenset("internal private sensitive privileged".split())  # beside one other word at most
_HAN_MARK = re.compile(
    r"(?:绝密|机密|秘密|内部(?:资料|文件|使用|材料|传阅)?|保密(?:文件|资料)?|(?:[此本]件)?不公开|不予公开|禁止外传|不得外传|仅限内部(?:使用|传阅)?"
    r"|注意保[存密]|请勿外传|[★☆]\s*(?:\d+\s*[年月]|长期|特急|急件)?)[\s·,，;；、!！]*"
)

_SEPARATOR = r"(?:[:=\u2236\ufe55\ua789|\t→>]|=>|->|[ ]{2,})"  # NFKC has made ： and ＝ ordinary
_KEY = r"[^\W_](?:[^\W_]|[ _.\-/]){0,38}?"
_STATED = re.compile(rf"({_KEY})\s?[\"'`*_)\]]*\s*{_SEPARATOR}")
_LINE = re.compile(rf"[\W_]*?({_KEY})\s?[\"'`*_)\]]*[ \u3000]*{_SEPARATOR}")
_BESIDE = re.compile(r"\s{2,}|[|;；\t\u3000]|[{,]\s*(?=[\"'])|\s(?=[\u4e00-\u9fff]{2,8}\s?[:：])")


def plain(text: str) -> str:
    """`text` as words are compared: full-width forms, case, accents, scripts and what is not shown made one."""
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    kept = (c for c in folded if unicodedata.category(c) not in ("Cf", "Mn"))
    return _SPACED.sub(lambda spaced: "".join(spaced[0].split()), "".join(kept).translate(_SIMPLIFIED))


_SIMPLIFIED = str.maketrans("權級閱讀訪問圍範見開機內絕傳資檔黨", "权级阅读访问围范见开机内绝传资档党")
_SPACED = re.compile(
    r"(?<![\u4e00-\u9fff])(?:[\u4e00-\u9fff] +){1,5}[\u4e00-\u9fff](?=\s?[:=])"
)  # 密　级：机密


def kind_of(key: str) -> Kind | None:
    """What a key of front matter, a tag or a property says of access; None where it speaks of something else.

    A longer key with one of the words in it, and one that is misspelt, is of the kind of that word.

    >>> kind_of("Access"), kind_of("acces"), kind_of("accessLevel"), kind_of("title"), kind_of("secretary")
    (<Kind.GROUPS: 'groups'>, <Kind.GROUPS: 'groups'>, <Kind.RANGE: 'range'>, None, None)
    """
    words = _words_of(key)
    joined = "".join(words)
    if joined in _JOINED:
        return _JOINED[joined]
    for word in words:
        if word in _TOKENS:
            return FORMS[word]
        if meant := misspelt(word):
            return FORMS[meant]
    if any(han in joined for han in _HAN_TOKENS):
        return Kind.RANGE
    return FORMS[meant] if (meant := misspelt(joined)) else None


def is_form(key: str) -> bool:
    """Whether a key is, letter for letter but for case and space, one that is known."""
    return " ".join(plain(key).replace("_", " ").split()) in FORMS


def is_group_key(key: str) -> bool:
    """Whether a key is, letter for letter but for case and space, one whose value names the groups."""
    return FORMS.get(" ".join(plain(key).replace("_", " ").split())) is Kind.GROUPS


def misspelt(word: str) -> str | None:
    """The word that is meant by one that is a letter off.

    >>> misspelt("acess"), misspelt("accesss"), misspelt("excess"), misspelt("access")
    ('access', 'access', None, None)
    """
    return next((meant for meant in _MISSPELT if word != meant and _one_off(word, meant)), None)


def _one_off(word: str, meant: str) -> bool:
    """Whether one letter is missing, too many, another, or two have changed places."""
    if abs(len(word) - len(meant)) > 1:
        return False
    same = 0
    while same < min(len(word), len(meant)) and word[same] == meant[same]:
        same += 1
    rest, wanted = word[same:], meant[same:]
    swapped = rest[:2] == wanted[1::-1] and rest[2:] == wanted[2:] and len(rest) > 1
    return swapped or wanted in (rest[1:],) or rest == wanted[1:] or rest[1:] == wanted[1:]


def _words_of(key: str) -> list[str]:
    """The words of a key, "accessLevel" and "access_level" alike."""
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", unicodedata.normalize("NFKC", key))
    return re.findall(r"[^\W_]+", plain(spaced))


def spoken_in(line: str) -> str | None:
    """The key with which a line that stands where fields stand, but is none, speaks of access: at its beginning, or
    before a colon in it.

    >>> spoken_in("access：council"), spoken_in("access council"), spoken_in("title: Access to the park: a review")
    ('access', 'access', None)
    """
    keys = [match[1] for match in _STATED.finditer(plain(line)) if len(match[1].split()) <= _MOST_WORDS]
    if not keys and len(words := _words_of(line[:_LONGEST])) <= _MOST_WORDS:
        keys = words[:1]
    return next((key for key in keys if kind_of(key)), None)


_MOST_WORDS = 3  # of a key, and of a line that may be one without its colon


def labels_in(line: str) -> Iterator[tuple[str, Kind, str]]:
    """The labels of a line that speak of access, each with its kind and its value.

    >>> [*labels_in("**Access:** council"), *labels_in("密级：机密 编号：3")]
    [('access', <Kind.GROUPS: 'groups'>, 'council'), ('密级', <Kind.MARK: 'mark'>, '机密')]
    >>> [*labels_in("Access to the building was discussed: it is poor.")]
    []
    """
    for part in _parts(plain(line[:_LONGEST])):
        if not (match := _LINE.match(part)):
            continue
        label = " ".join(re.sub(r"[_\-]", " ", match[1]).split())
        meant = label if label in FORMS else misspelt(label)
        if meant and label not in _OF_OTHER_THINGS:
            yield label, FORMS[meant], _BESIDE.split(part[match.end() :].strip(_AROUND))[0].strip(_AROUND)


_AROUND = "\"'`*_ \t,;|()[]{}<>-#/\u3000"  # what stands around a value
_LONGEST = 400  # characters of a line in which labels are sought


def _parts(line: str) -> Iterator[str]:
    """The line, and what in it may be a field beside others."""
    yield line
    yield from (part for part in _BESIDE.split(line)[1:] if part.strip())


def restricts(label: str, kind: Kind, value: str) -> bool:
    """Whether a labelled line of the text may be meant to say who reads the record; prose that has the word is not.

    >>> restricts("access", Kind.GROUPS, "council"), restricts("access", Kind.GROUPS, "ramp at the side entrance")
    (True, False)
    """
    value = " ".join(value.split())
    closing = bool(_RESTRICTS.search(value))
    if kind is Kind.OPENNESS:
        return value in _NOT.split("|") or (closing and not is_open(kind, value))
    if is_open(kind, value):
        return False
    if label in _ADJECTIVES:
        return value in _YES.split("|") or (closing and len(value.split()) <= _SENTENCE)
    if closing:
        return True
    if not value:
        return kind is Kind.GROUPS
    return not _WAYS_IN.search(value) and not _NO_READERS.search(value) and not _is_sentence(value)


def _is_sentence(value: str) -> bool:
    han = sum("\u4e00" <= c <= "\u9fff" for c in value)
    words = len(value.split())
    return words > 2 * _SENTENCE or han > _HAN_SENTENCE or (words > _SENTENCE and value[-1] in ".!?")


def is_open(kind: Kind, value: str) -> bool:
    """Whether the value of a key of this kind keeps the record from nobody."""
    return " ".join(plain(value).split()).strip("\"'.。") in OPEN_VALUES[kind]


def says_nothing(kind: Kind, value: str) -> bool:
    """Whether a value can be no word on readers: an address, a day, a way into a building."""
    value = plain(value)
    return kind in (Kind.GROUPS, Kind.RANGE) and bool(
        _NO_READERS.search(value) or (_WAYS_IN.search(value) and not _RESTRICTS.search(value))
    )


def has_mark(line: str) -> bool:
    """Whether a line is a mark of secrecy, has one apart from its other words, or calls itself confidential minutes.

    >>> has_mark("Minutes of the Board (CONFIDENTIAL)"), has_mark("Confidential minutes of the Board")
    (True, True)
    >>> has_mark("Confidential items were deferred"), has_mark("内部审计")
    (False, False)
    """
    if len(line) > _LONGEST:
        return False
    return bool(_CALLED.search(plain(line))) or any(map(is_mark, (line, *_APART.split(line))))


_APART = re.compile(r"\s[-–—]+\s|[:：|()（）\[\]【】{}\t]|<!--|-->|\s{2,}|\u3000")
_CALLED = re.compile(
    r"\b(?:confidential|restricted|secret) (?:draft |board |council |meeting |session ){0,2}"
    r"(?:minutes|notes|record|transcript)\b"
)


def is_mark(line: str) -> bool:
    """Whether a line is a mark of secrecy and nothing else.

    >>> is_mark("STRICTLY CONFIDENTIAL"), is_mark("机密★1年"), is_mark("Confidential items"), is_mark("内部审计")
    (True, True, False, False)
    """
    words = plain(line).strip("*_#()[]【】<>·-–—=:.! \t\u3000")
    if not words or len(words) > 60:
        return False
    if re.fullmatch(r"[a-z &/,.\-–—]+", words):
        tokens = re.findall(r"[a-z]+", words)
        marked = (
            _STRONG & set(tokens) or "not for public" in words or (len(tokens) <= 2 and _WEAK & set(tokens))
        )
        return bool(marked) and len(tokens) <= 8 and set(tokens) <= _MARK_WORDS
    return bool(re.fullmatch(f"(?:{_HAN_MARK.pattern})+", words)) and not re.fullmatch(
        r"[★☆\s]+|注意保存", words
    )
