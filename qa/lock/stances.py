"""Words that decide whether a sentence is true: not, rejected, deferred, proposed, said, only, if; English and Chinese.

Each is a stance. A claim must have every stance its evidence has where it speaks of the same thing, and no stance
its evidence lacks. A stance in a record bears out the ones it offers: who approved also decided.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from ingest.records import Span


class Stance(StrEnum):
    """What a word does to the sentence around it."""

    NOT = "not"
    APPROVE = "approve"
    AGREE = "agree"
    DECIDE = "decide"
    REJECT = "reject"
    DEFER = "defer"
    END = "end"
    NOTE = "note"
    SUPPORT = "support"
    OPPOSE = "oppose"
    ABSTAIN = "abstain"
    PROPOSE = "propose"
    ASK = "ask"
    SAY = "say"
    STRESS = "stress"
    DOUBT = "doubt"
    MAY = "may"
    SHOULD = "should"
    OBLIGE = "oblige"
    IF = "if"
    PART = "part"
    ONLY = "only"
    EXCEPT = "except"
    RESERVE = "reserve"
    MODIFY = "modify"


S = Stance
OUTCOMES = frozenset({S.APPROVE, S.AGREE, S.DECIDE, S.REJECT, S.DEFER, S.END, S.NOTE, S.SUPPORT, S.OPPOSE})
"""Verbs of settling; they may stand before or after what they settle."""

HERE = frozenset({S.NOT, S.REJECT, S.DEFER, S.END, S.OPPOSE, S.PART, S.ONLY, S.EXCEPT, S.RESERVE, S.MODIFY})
"""Must be kept by a claim that speaks of the same clause."""
ONWARD = frozenset({S.SAY, S.STRESS, S.PROPOSE, S.ASK, S.DOUBT, S.MAY, S.SHOULD, S.OBLIGE})
"""Must be kept by a claim on anything that follows in the sentence: what was said, proposed or is yet to be done."""
THROUGHOUT = frozenset({S.IF})
"""Must be kept by a claim on any part of the sentence."""


@dataclass(frozen=True, slots=True)
class Mark(Span):
    """A stance where it stands in a text; `offers` are the stances it bears out in a claim, its own included."""

    stance: Stance
    offers: frozenset[Stance]


_OFFERS: dict[Stance, frozenset[Stance]] = {
    S.APPROVE: frozenset({S.APPROVE, S.AGREE, S.DECIDE}),
    S.AGREE: frozenset({S.AGREE, S.APPROVE, S.DECIDE}),
    S.DECIDE: frozenset({S.DECIDE, S.AGREE}),
    S.REJECT: frozenset({S.REJECT, S.DECIDE}),
    S.DEFER: frozenset({S.DEFER, S.DECIDE}),
    S.END: frozenset({S.END, S.DECIDE}),
    S.NOTE: frozenset({S.NOTE, S.SAY}),
    S.STRESS: frozenset({S.STRESS, S.SAY}),
    S.DOUBT: frozenset({S.DOUBT, S.SAY}),
    S.OBLIGE: frozenset({S.OBLIGE, S.SHOULD}),
}

# Earlier rows take their words first; "|" parts of a row are alternatives.
_ENGLISH: tuple[tuple[Stance, str], ...] = (
    (
        S.REJECT,
        r"turn(?:s|ed|ing)? down|vot(?:e|ed) down|(?:was|were) lost|not (?:approved|agreed|accepted|adopted"
        r"|carried|granted|passed)|reject\w*|refus\w*|declin(?:e|ed|es|ing)|den(?:y|ies|ied)|defeat\w*|dismiss\w*|veto\w*"
        r"|overturn\w*|disapprov\w*|failed(?! to)|fails(?! to)",
    ),
    (S.EXCEPT, r"except\w*|apart from|other than|exclud\w*|but not|save for"),
    (
        S.NOT,
        r"not|\w+n['’]t|never|no longer|no one|no|none|nobody|nothing|neither|nor|without|cannot|unable "
        r"to|fail(?:s|ed)? to"
        r"|lacks?|lacked|refrain\w*|forbid\w*|forbade|prohibit\w*|bann?(?:s|ed)?|stop(?:s|ped)?",
    ),
    (S.RESERVE, r"in principle|provisional\w*|tentativ\w*|interim|temporar\w*|preliminar\w*|pending"),
    (
        S.DEFER,
        r"defer\w*|postpon\w*|tabled|adjourn\w*|delay\w*|put off|h[eo]ld over|held over|laid over|remand\w*|suspend\w*",
    ),
    (
        S.END,
        r"abolish\w*|abolition|repeal\w*|rescind\w*|revok\w*|cancel\w*|withdr[ae]w\w*|abandon\w*"
        r"|terminat\w*|written off"
        r"|write off|scrap(?:s|ped)?",
    ),
    (S.ABSTAIN, r"abstain\w*|abstention\w*"),
    (
        S.SUPPORT,
        r"in favou?r(?: of)?|for(?=\s*:)|(?<=\d )for(?=[,;.]| and \d)|vot(?:e|es|ed|ing) for|support\w*"
        r"|favou?r(?:s|ed)?|welcom\w*",
    ),
    (S.OPPOSE, r"vot(?:e|es|ed|ing) against|oppos\w*|against|object(?:s|ed|ion|ions)(?: to)?|dissent\w*"),
    (
        S.OBLIGE,
        r"(?:is|are|was|were) (?:now |also |then )?to(?= (?!the\b|a\b|an\b|\d)[a-z])|must|shall|will"
        r"|(?:has|have|had) to|require[sd]?"
        r"|requirement\w*|instruct\w*|directed|tasked|mandat\w*|oblig\w*|need(?:s|ed)? to|action(?=\s*:)"
        r"|responsible|due|undert(?:ook|ake|akes)"
        r"|commit(?:s|ted)?|assigned",
    ),
    (S.SHOULD, r"should|ought to"),
    (S.MAY, r"would|could|might|may|can|possibly|perhaps|potential\w*|probabl[ye]|likely"),
    (
        S.IF,
        r"if|unless|provided(?: that)?|on condition(?: that)?|condition(?:al|ally|s)?(?= that| is)"
        r"|conditional\w*|subject to|until"
        r"|once|depend\w*|in case|so long as|as long as",
    ),
    (
        S.APPROVE,
        r"approv\w*|adopt(?:s|ed|ion)?|endors\w*|ratif\w*|accept(?:s|ed|ance)?|carried|passed|authori[sz]\w*|grant(?:s|ed)"
        r"|confirm(?:s|ed)?",
    ),
    (S.AGREE, r"agree[sd]?|agreement"),
    (
        S.DECIDE,
        r"decid\w*|resolv(?:ed|es?)|determin(?:ed|es)|conclu(?:ded|des)|(?:decision|resolution|conclusion)s?(?=[*_]*\s*:)",
    ),
    (
        S.NOTE,
        r"noted(?! that)|notes(?! that)|took note(?: of)?|take note(?: of)?|received|acknowledg\w*|heard",
    ),
    (
        S.PROPOSE,
        r"propos\w*|suggest\w*|recommend\w*|moved|moves|motion|petition\w*|seek|sought|want(?:s|ed)?|wish(?:es|ed)?"
        r"|prefer\w*|plan(?:s|ned) to|intend\w*|consider(?:s|ed|ing)?",
    ),
    (
        S.ASK,
        r"ask(?:s|ed|ing)?|request\w*|inquir\w*|enquir\w*|call(?:s|ed)? (?:for|on)|demand(?:s|ed)"
        r"|urg(?:e|es|ed)|appeal\w*"
        r"|invit(?:e|es|ed)|question(?:s|ed)|wonder\w*",
    ),
    (
        S.STRESS,
        r"stress(?:es|ed)?|emphasi[sz]\w*|underlin\w*|highlight\w*|underscor\w*|reiterat\w*|insist\w*",
    ),
    (
        S.DOUBT,
        r"doubt\w*|uneasy|worr(?:y|ies|ied)|fear(?:s|ed)?|warn(?:s|ed|ing)?|concerned|regret\w*|critici\w*|hesita\w*|complain\w*",
    ),
    (
        S.SAY,
        r"note[ds] that|sa(?:y|ys|id)|stat(?:ed|es|ing)|explain\w*|answer(?:s|ed)?|replied|replies(?= "
        r"that)|report(?:ed|s)|argu(?:e|es|ed)"
        r"|observ(?:e|es|ed)|remark\w*|tells?|told|think(?:s)?|thought|believ\w*|comment\w*|mention\w*"
        r"|point(?:s|ed) out|according to"
        r"|describ\w*|recall\w*|admit\w*|claim(?:s|ed)?|announc\w*|inform(?:s|ed)|declar\w*|in (?:his"
        r"|her|their) view|feels?|felt"
        r"|estimat\w*|expect(?:s|ed)?|presented|supposed\w*|alleged\w*",
    ),
    (S.ONLY, r"only|alone|solely|merely"),
    (
        S.PART,
        r"some|several|a few|few|part(?:ly|ially)? of|partly|partially|most(?:ly)?|many|majority of"
        r"|mainly|almost|nearly|elsewhere"
        r"|remaining|rest of|others?",
    ),
    (S.MODIFY, r"deputy|vice|acting|former|assistant|draft|planned|estimated"),
)
_CHINESE: tuple[tuple[Stance, str], ...] = (
    (S.REJECT, "不予(?:同意|批准|通过|支持)?|不同意|未(?:获)?通过|未予|否决|驳回|拒绝|不批准|不通过|不接受"),
    (S.EXCEPT, "除外|除了|除[^，。]{1,12}外|不含|不包括|其余|剩余|余下"),
    (
        S.NOT,
        "不得|不(?!断|少|仅|同|足|超过|过|动产|锈|久|便|一|锈钢|管|只|光|高于|低于|少于|多于|怕|但)|未(?!来)|没有|没|无(?!障碍|锡|偿|论|线|人机)|勿|禁止|严禁|并非|非(?!常|洲|机动)|停止|停用",
    ),
    (S.RESERVE, "原则(?:上)?(?=通过|同意|批准)|原则上|暂时|临时|试行|试点|初步"),
    (S.DEFER, "暂缓|延期|推迟|搁置|再议|延至|延后|缓议|顺延|另行研究|暂不"),
    (S.END, "废止|取消|撤销|终止|废除|撤回"),
    (S.ABSTAIN, "弃权"),
    (S.OPPOSE, "反对|不赞成"),
    (S.SUPPORT, "赞成|支持|拥护"),
    (S.OBLIGE, "必须|须|应当|要求|负责|牵头|务必|责成|由(?=[^，。；]{2,20}(?:负责|牵头|提出|实施))"),
    (S.SHOULD, "应该|应|要(?!求|点|闻|素|素|么)"),
    (S.MAY, "可能|或许|也许|可以|可(?=[^以能靠控])|有望|预计|拟(?!定)|能否|是否"),
    (S.IF, "如果|如(?=[^何下期实])|若|除非|待(?=[^遇])|视情|经[^，。]{1,14}后(?=再)|的话|前提"),
    (S.APPROVE, "批准|通过(?!率)|核准|审定|采纳|准予"),
    (S.AGREE, "同意|一致认为|赞同"),
    (S.DECIDE, "决定|议定|决议|确定|明确"),
    (S.NOTE, "知悉|听取|收到|备悉|审阅"),
    (S.PROPOSE, "建议|提议|提出|申请|主张|提请|希望|倾向|打算|拟定|草案|征求意见稿"),
    (S.ASK, "请求|请(?!假)|询问|问|呼吁"),
    (S.STRESS, "强调|指出|重申"),
    (S.DOUBT, "担心|担忧|怀疑|质疑|忧虑|警告|遗憾"),
    (S.SAY, "认为|表示|(?<!的)(?:汇报|说明|介绍|报告)|说(?!明)|称|回答|答复|解释|反映|据(?=[^此])|补充"),
    (S.ONLY, "仅(?!次)|只(?!好)|唯一|独"),
    (S.PART, "部分|一些|多数|少数|主要|大多|几乎|个别|若干|有的"),
    (S.MODIFY, "副|代理|原(?=[^则方])|前(?=任)|草案|常务(?=副)"),
)


def _pattern(table: tuple[tuple[Stance, str], ...], *, words: bool) -> re.Pattern[str]:
    edge = (r"(?<![\w])", r"(?![\w])") if words else ("", "")
    parts = (f"(?P<{stance.name}>{edge[0]}(?:{forms}){edge[1]})" for stance, forms in table)
    return re.compile("|".join(parts), re.IGNORECASE)


_PATTERNS = (_pattern(_ENGLISH, words=True), _pattern(_CHINESE, words=False))


def stances(text: str, taken: bytearray) -> Iterator[Mark]:
    """The stances of a text outside its `taken` characters (quantities, quotes), in the order of each language.

    "will", "may" and "mark" as names do not count: a capital inside a sentence makes a name.
    """
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            if taken.find(1, match.start(), match.end()) >= 0 or _is_name(text, match):
                continue
            stance = Stance[match.lastgroup or ""]
            yield Mark(*match.span(), stance, _OFFERS.get(stance, frozenset({stance})))


def _is_name(text: str, match: re.Match[str]) -> bool:
    if match.lastgroup not in ("OBLIGE", "MAY", "SUPPORT", "APPROVE", "REJECT", "PART", "END"):
        return False
    before = text[: match.start()].rstrip(" *_\"“'‘")
    return match[0][0].isupper() and bool(before) and before[-1] not in ".!?:;\n-•" and not match[0].isupper()
