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
    RELEASE = "release"  # whether it goes out; most of what is said of that is no word on readers


_FORMS = {
    Kind.GROUPS: "access|readers|visible to|可见范围|权限",
    Kind.RANGE: (
        "visibility|visible for|access level|access group|access groups|access rights|access control|accessible to"
        "|access list|access policy|acl|viewers|viewable by|readable by|audience|circulation|仅限"
        "|permission|permissions|restricted to|confidential to|阅读权限|访问权限|查看权限"
        "|record access|document access|access allowed|access limited to|access restricted to|allowed readers"
        "|readership|reader|viewer|visible|shared with|accessible by|acceso|zugang"
        "|读者|可见|阅读对象|发放范围|分发范围|印发范围|传达范围|发送范围|范围|公开范围|阅读范围|知悉范围|发布范围|传阅范围|可见性|公开方式|公开属性|公开类别|公开形式"
    ),
    Kind.MARK: (
        "confidential|confidentiality|confidentiality level|classification|security classification|classified"
        "|restricted|restriction|restrictions|access restriction|access restrictions|sensitivity|protective marking"
        "|private|secret|secrecy|internal|non public|nonpublic|not public|embargo|embargoed|hidden|unlisted"
        "|exempt|foi exempt|tlp|protected|security|eyes only|in camera|closed session"
        "|vertraulich|confidentiel|riservato"
        "|不公开|密级|保密|保密级别|保密等级|涉密|涉密等级|是否涉密|是否保密|机密|秘密|绝密"
        "|内部|内部文件|内部资料"
    ),
    Kind.OPENNESS: "public|公开|是否公开|信息公开|信息公开选项|对外公开",
    Kind.RELEASE: (
        "public access|publish|published|publication|publication status|release|public release|release status|open"
        "|open to public|open to the public|distribution|distribution list|foi|发布"
    ),
}
FORMS = {form: kind for kind, forms in _FORMS.items() for form in forms.split("|")}
"""The kind of each key, in lower case with single spaces."""
_JOINED = {form.replace(" ", ""): kind for form, kind in FORMS.items()}

GROUP_KEYS = _FORMS[Kind.GROUPS]
"""The keys that are read, for `stated`."""

_OPEN = "public|open|all|global|everyone|everybody|anyone|unrestricted|公开|主动公开|全文公开|全体|所有人|公众|社会公开"
_NOT = (
    "no|false|off|0|none|nil|n/a|nobody|never|withheld|denied|unclassified|not confidential|not restricted"
    "|否|无|不涉密|非涉密|非密|不保密"
)
_YES = "yes|true|on|1|是"
_OPEN_VALUES = {
    Kind.GROUPS: _OPEN,
    Kind.RANGE: _OPEN,
    Kind.MARK: f"{_OPEN}|{_NOT}",
    Kind.OPENNESS: f"{_OPEN}|{_YES}",
    Kind.RELEASE: f"{_OPEN}|{_YES}",
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
_OF_READERS = frozenset(
    "reader readers readership viewer viewers audience groups role roles share shared sharing allow allowed permit "
    "permitted visible scope users".split()
)  # where a key was written for this program they can be meant for nothing else
_OF_A_RECORD = frozenset(
    "record records document minutes file paper papers public is are to of for this these the limited restricted "
    "allowed given granted level levels rights group groups list open by only status".split()
)  # what a short label may have beside one of `_TOKENS`
CIRCLES = frozenset(
    "the a and or of for to council councils councillors councilors board boards committee committees members member "
    "staff officers officer trustees directors cabinet management team clerk administration executive only internal "
    "leadership commissioners secretariat 和 及".split()
)  # words of which the names of most groups are made
_HAN_CIRCLE = re.compile(
    r"(?:市|县|区|省|各)?(?:政府|委员会|理事会|董事会|常委会?"
    r"|党组|领导|成员|党员|干部|委员|理事|董事|议员|内部|人员|班子|、)+"
)
_HAN_TOKENS = ("权限", "密级", "保密", "涉密", "可见范围", "公开范围", "知悉范围", "阅读范围")
_ADJECTIVES = frozenset(  # in a line of the text they may say that of other things
    "private secret internal classified restriction restrictions hidden unlisted exempt protected security "
    "内部 秘密 不公开".split()
)
_OF_OTHER_THINGS = frozenset(
    "readers|viewers|audience|circulation|reader|viewer|readership|visible|distribution|distribution list|读者"
    "|发送范围|发放范围|印发范围|分发范围|传达范围|可见|范围".split("|")
)  # in a line of the text, where a group or a word of restriction has to follow

_PARTS = frozenset(
    ["closed session", "in camera"]
)  # in a line of the text, what is dealt with in them follows

_WAYS_IN = re.compile(  # what "access" means where one comes into a building or a meeting
    r"\b(?:ramps?|lifts?|elevators?|stairs?|steps?|step-free|entrances?|doors?|gates?|parking|car park|wheelchairs?"
    r"|building|streets?|roads?|toilets?|hearing loop|lobby|reception|bus|station|train|zoom|teams|webex|dial|link"
    r"|online|passcode|footpaths?|disabled)\b|入口|电梯|坡道|门口|大门|停车|无障碍"
)
_RESTRICTS = re.compile(
    r"\b(?:only|confidential|restricted|secret|private|internal|closed|withheld|exempt)\b|\bnot (?:for |to be )?publi"
    r"|仅|只限|限于|不得|不公开|不予公开|保密|机密|秘密|绝密|内部"
)
_NO_READERS = re.compile(r"://|^\W*\d{4}[-/.年]\d{1,2}|^\W*\d{2,}\W*$")  # an address, a day, a number
_SENTENCE = (
    5  # words above which a value with a full stop is a sentence, and names no groups; twice as many without
)
_HAN_SENTENCE = 14  # the same in Chinese characters

_MARK_WORDS = CIRCLES | frozenset(
    "strictly private and confidential restricted secret top internal use only for in confidence not publication "
    "public release official sensitive exempt members council committee board staff document minutes copy distribution "
    "draft embargoed privileged the of to do distribute circulate publish published be must may is are non camera "
    "closed session meeting eyes share forward disclose copy legally attorney client tlp red amber strict part item "
    "information ii b schedule until january february march april may june july august september october november "
    "december under record notes vertraulich confidentiel confidencial riservato nicht offentlich offentliche sitzung "
    "from by virtue paragraph s p c 12a stamp".split()
)
_STRONG = frozenset(
    "confidential restricted secret confidence only embargoed vertraulich confidentiel confidencial riservato".split()
)
_WEAK = frozenset("internal private sensitive privileged exempt".split())  # beside two other words at most
_PHRASES = re.compile(  # in a line that has other words of marks at most
    r"\b(?:not (?:for |to be )?(?:public|publication|published|release|distribution)|non public|internal use"
    r"|in camera|do not (?:publish|distribute|circulate|share|forward|disclose|copy)|tlp (?:red|amber)"
    r"|exempt (?:information|from)"
    r"|nicht offentlich\w*|p c)\b|^(?:(?:closed|private) (?:session|meeting)|executive session)"
    r"(?: minutes| notes)?$"
)
_HAN_MARK = re.compile(
    r"(?:(?:绝密|机密|秘密)级?|(?:密级)?(?:绝密|机密|秘密|内部)|内部(?:资料|文件|使用|材料|传阅|参考)?|保密(?:文件|资料)?"
    r"|(?:[此本](?:件|纪要|文件|记录))?(?:不公开|不予公开|依申请公开|严禁公开)|(?:禁止|不得|严禁|请勿|切勿)(?:外传|转发|传播|复制|公开|外泄|转载)"
    r"|仅[供限](?:[\u4e00-\u9fff]{1,10}(?:使用|传阅|参考|参阅|阅读)|内部|与会人员)|注意保[存密]|会后收回|(?:工作|商业|党内)秘密|[対社]外秘"
    r"|[★☆]\s*(?:\d+\s*[年月]|长期|特急|急件)?)[\s·,，;；、!！。]*"
)
_SPELT = re.compile(r"(?<![^\W_])(?:[^\W\d_][ .·\-–]){4,}[^\W\d_](?![^\W_])")  # C O N F I D E N T I A L
_ABOUT = re.compile(  # a sentence of which the record itself is the subject, and that says who may not have it
    r"^\W*(?:(?:this|these|the (?:following|above|attached|present))(?: (?:[\w]+ ){0,2}?"
    r"(?:minutes|record|recording|document|notes|transcript|paper|file|report|copy))?"
    r"|access(?: to (?:this|these) [\w]+)?)"
    r" (?:is|are|was|were|may|must|should|shall|can|has|have|contains?)\b[^.]{0,40}?"
    r"\b(?:(?:strictly |private and )?confidential|not (?:be )?(?:for |to be )?(?:public|publication"
    r"|published|shared|distributed|circulated|disclosed|copied|released)|(?:restricted|limited) to (?:[\w]+ ){0,3}?"
    r"(?:members|council|councillors|board|committee|staff|officers|trustees|directors|team)\b"
    r"|exempt from|embargoed|internal use|secret"
    r"|for (?:the )?(?:[\w]+ ){1,3}only)\b"
    r"|^\W*only (?:the )?(?:[\w]+ ){1,3}(?:may|can|should) (?:read|see|have) (?:this|these|it)\b"
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


_LOOK_ALIKE = str.maketrans("асеоріѕухАСЕОРІЅУХ", "aceopisyxACEOPISYX")  # Cyrillic, in keys
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
    joined = "".join(words[1:] if words[:1] == ["is"] else words)
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


def is_of_readers(key: str) -> bool:
    """Whether a key that was written for this program, and is none it knows, can be meant to say who reads."""
    return bool(_OF_READERS & set(_words_of(key)))


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
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", unicodedata.normalize("NFKC", key)).translate(_LOOK_ALIKE)
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
        if kind := _kind_of_label(label):
            yield label, kind, _BESIDE.split(part[match.end() :].strip(_AROUND))[0].strip(_AROUND)


def _kind_of_label(label: str) -> Kind | None:
    """What the label of a line says of access, where its other words are those of a record: "Record access"."""
    if label in FORMS:
        return FORMS[label]
    words = set(label.split())
    token = words & _TOKENS
    if token and words - token <= _OF_A_RECORD and len(label.split()) <= _MOST_OF_A_LABEL:
        return Kind.RELEASE if "public" in words else FORMS.get(*token) if len(token) == 1 else Kind.RANGE
    meant = misspelt(label)
    return FORMS[meant] if meant else None


_MOST_OF_A_LABEL = 5  # words


def is_circle(value: str) -> bool:
    """Whether a value is nothing but words of which the names of groups are made: "council members".

    >>> is_circle("Council members"), is_circle("Ann Lee"), is_circle("the")
    (True, False, False)
    """
    words = re.findall(r"[^\W_]+", plain(value))
    naming = set(words) - {"the", "a", "and", "or", "of", "for", "to"}
    return bool(naming) and (set(words) <= CIRCLES or bool(_HAN_CIRCLE.fullmatch("".join(words))))


def begun_by_label(line: str) -> tuple[str, Kind, str] | None:
    """The label a line begins with, though nothing stands between it and the groups it names: "Access council"."""
    words = re.findall(r"[^\W_]+", plain(line[:_LONGEST]))
    for length in range(min(_MOST_WORDS, len(words) - 1), 0, -1):
        label, value = " ".join(words[:length]), " ".join(words[length:])
        if label in FORMS and is_circle(value):
            return label, FORMS[label], value
    return None


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
    value = " ".join(value.split()).rstrip(".!。")
    closing = bool(_RESTRICTS.search(value))
    if kind is Kind.RELEASE or label in _OF_OTHER_THINGS:
        short = len(value.split()) <= _SENTENCE
        no = kind is Kind.RELEASE and value in _NOT.split("|")
        return short and (no or closing or (label not in _OPENINGS and is_circle(value)))
    if kind is Kind.OPENNESS:
        return value in _NOT.split("|") or (closing and not is_open(kind, value))
    if is_open(kind, value):
        return False
    if label.startswith("embargo"):
        return not _is_sentence(value)
    if label in _PARTS:
        return value in _YES.split("|")
    if label in _ADJECTIVES:
        return value in _YES.split("|") or (closing and len(value.split()) <= _SENTENCE)
    if closing:
        return True
    if not value:
        return kind is Kind.GROUPS
    return not _WAYS_IN.search(value) and not _NO_READERS.search(value) and not _is_sentence(value)


_OPENINGS = frozenset({"open", "open to public", "open to the public", "release", "publish", "published"})


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
    if kind is Kind.RELEASE:
        return value not in _NOT.split("|") and not _RESTRICTS.search(value) and not is_circle(value)
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
    line = _UNTICKED.sub("\t", _SPELT.sub(lambda spelt: re.sub(r"\W", "", spelt[0]), line))
    shown = " ".join(plain(line).split())
    sentences = re.split(r"(?<=[.!。])\s*", shown)
    if _CALLED.search(shown) or any(map(_ABOUT.match, sentences)):
        return True
    short = [part for part in sentences if len(shown) <= _LONGEST_MARK and " " in part]
    return any(is_mark(part, whole=part is line) for part in (line, *_APART.split(line), *short))


_UNTICKED = re.compile("☐[^☐☑☒]*")
_APART = re.compile(r"[☑☒]|\s[-–—]+\s|[:：|()（）\[\]【】{}\t]|<!--|-->|\s{2,}|\u3000")
_CALLED = re.compile(
    r"\b(?:confidential|restricted|secret) (?:draft |board |council |meeting |session ){0,2}"
    r"(?:minutes|notes|record|transcript)\b"
    r"|\b(?:minutes|notes|record|transcript)\W+(?:of (?:the |a )?)?(?:(?:confidential|private|closed|in camera) "
    r"(?:session|meeting)|executive session)\b|\bconfidential (?:appendix|annex|extract|part)\b"
)


def is_mark(line: str, *, whole: bool = True) -> bool:
    """Whether a line, or a part of one, is a mark of secrecy and nothing else.

    >>> is_mark("STRICTLY CONFIDENTIAL"), is_mark("机密★1年"), is_mark("Confidential items"), is_mark("内部审计")
    (True, True, False, False)
    """
    words = " ".join(plain(line).split()).strip("*_#()[]（）【】<>·-–—=:.!? \t\u3000")
    if not words or len(words) > _LONGEST_MARK:
        return False
    if re.fullmatch(r"[a-z0-9 &/,.:'’\-–—]+", words):
        tokens = [word for word in re.findall(r"[a-z0-9]+", words) if not re.fullmatch(r"\d{1,4}", word)]
        phrase = _PHRASES.search(" ".join(tokens))
        session = phrase is not None and phrase[0].endswith(_OF_A_SESSION)
        marked = (
            _STRONG & set(tokens)
            or (len(tokens) <= 3 and _WEAK & set(tokens))
            or (phrase and (whole or not session))
        )
        return bool(marked) and len(tokens) <= 16 and set(tokens) <= _MARK_WORDS
    return bool(re.fullmatch(f"(?:{_HAN_MARK.pattern})+", words.replace(" ", ""))) and not re.fullmatch(
        r"[★☆\s]+|注意保存", words
    )


_LONGEST_MARK = 90
_OF_A_SESSION = ("session", "meeting")  # such a part of a line is the heading of what was said there


def named_mark(name: str, *, folder: bool = False) -> bool:
    """Whether the name of a file, without its suffix, or of a folder is a mark of secrecy or has one at an end.

    >>> named_mark("minutes-CONFIDENTIAL"), named_mark("2024 (restricted)"), named_mark("confidential", folder=True)
    (True, True, True)
    >>> named_mark("internal-audit"), named_mark("private", folder=True), named_mark("保密委员会纪要")
    (False, False, False)
    """
    shown = " ".join(re.sub(r"[_\-.]+", " ", plain(name)).split())
    words = re.findall(r"[^\W\d_]+", shown)
    if folder and not (_STRONG & set(words) or _PHRASES.search(shown) or re.search("[\u4e00-\u9fff]", shown)):
        return False
    parts = [part for part in re.split(r"[()（）\[\]【】]|\d{2,}", shown) if part.strip()]
    han = [word for word in words if re.match("[\u4e00-\u9fff]", word)]
    at_an_end = not folder and "confidential" in (*words[:1], *words[-1:])
    return at_an_end or bool(_CALLED.search(shown)) or any(map(is_mark, (shown, *parts, *han)))
