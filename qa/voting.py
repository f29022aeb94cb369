"""What of a vote a question asks for: who stood on which side, who was not there, who moved and who seconded.

However it is put ("who was against", "which members opposed", "name those who said no", 「哪些人不赞成」), it is read
as one question: the part of the vote, and the matter as its topic.
"""

import re
from dataclasses import dataclass, replace
from typing import Literal

from qa.answers import Intent, Question

Part = Literal["in_favour", "against", "aside", "absent", "moved", "seconded"]
SIDES: tuple[Part, ...] = ("in_favour", "against", "aside")
ROLES: tuple[Part, ...] = ("moved", "seconded")

_NOT = r"(?:did not|didn[’']?t|do not|don[’']?t|does not|doesn[’']?t|not|was not|wasn[’']?t|were not|weren[’']?t)"
_ENGLISH: dict[Part, str] = {
    "aside": r"abstain(?:ed|ing|s|ers?)?|abstentions?|recused? (?:him|her|them)sel(?:f|ves)|sat out"
    rf"|{_NOT} vote(?! (?:for|against|yes|no|in))|no vote cast",
    "absent": r"(?:absent|away|missing|not (?:there|present)|excused)(?= (?:from|for|at|during|when) (?:the "
    "|this |that )?"
    r"(?:vote|ballot|roll|division))|missed (?:the|this|that) (?:vote|ballot)",
    "against": rf"{_NOT} (?:vote (?:for|yes|in favou?r of)|support|back|in favou?r(?: of)?|for|agree (?:with"
    "|to)|approve(?: of)?)"
    r"|against|oppos(?:ed|es?|ing)|in opposition|opponents?|object(?:ed|s|ing|ors?)?|dissent(?:ed|s|ing|ers?)?"
    r"|disagreed|resisted|(?:vot(?:ed?|ing)|said|say(?:ing)?) (?:no|nay)|nays?|noes|no votes?|objections?|unhappy with",
    "in_favour": r"in favou?r|support(?:ed|s|ing|ers?)?|backed|backing|endorsed"
    r"|(?:vot(?:ed?|ing)|said|say(?:ing)?) (?:yes|aye|for)|ayes?|yeas?|yes votes?|(?:was|were|is|are|stood"
    r"|who[’']s) (?:all )?for",
    "seconded": r"second(?:ed|s|ing)|seconders?",
    "moved": r"(?:moved|proposed|tabled|introduced|brought forward|put forward|made|submitted)(?= (?:the |this "
    "|that |a |an )?"
    r"(?:\w+ ){0,2}(?:motion|amendment|resolution|proposal)\b)|moved(?! (?:to (?:the|an?)|into|from|out|away"
    r"|in)\b)|movers?|proposers?|proposed",
}
_CHINESE: dict[Part, str] = {
    "aside": r"弃权|回避表决|(?:没有?|未)(?:参加)?(?:投票|表决)(?!赞成|同意|支持)",
    "absent": r"缺席(?=[^，。？]{0,20}(?:表决|投票))",
    "against": r"反对|不(?:赞成|同意|支持)|投(?:了)?(?:否决|反对)|没有?(?:投票)?(?:赞成|同意|支持)|持异议|有异议",
    "in_favour": r"赞成|赞同|支持|同意",
    "seconded": r"附议",
    "moved": r"(?<=谁)提出?的?(?=$|[^，。]{0,16}(?:动议|提案|议案))|动议人|提议|提案人",
}
_WORDS = {
    part: re.compile(rf"\b(?:{_ENGLISH[part]})(?!\w)|{_CHINESE[part]}", re.IGNORECASE) for part in _ENGLISH
}

# Who is asked for, before the part and after it.
_PERSONS = (
    r"(?:councill?ors?|council members?|councilmembers?|commissioners?|directors?|trustees?|members?|governors?|people"
    r"|persons?|delegates?|aldermen|supervisors?|parties|part(?:y|ies)|cllrs?|mps?|ones|of them|of the \w+"
    r"|\w+ members?)"
)
_ASKS_WHO = re.compile(
    rf"\b(?:who(?:m|se)?(?!\w)|who[’']s|which (?:of (?:the|its|our) )?{_PERSONS}|what {_PERSONS}|names?"
    rf"|any ?(?:one|body)|some(?:one|body)"
    rf"|any (?:of the )?{_PERSONS}|how many(?: of the)?(?: {_PERSONS})?|(?:list|show|give|tell|name)(?: me"
    rf"| us)?(?: all| the| those)* {_PERSONS}"
    rf"|those|everyone|everybody|there any|those {_PERSONS})(?=\W|$)|谁|哪[些几一]?[个位名]?(?:人|委员|议员"
    rf"|董事|代表|成员)|哪[几一]?[位名]|有人|几[个位人名票]|多少[人位名票]",
    re.IGNORECASE,
)
_WANTS_NAMES = re.compile(r"\bwho|\bwhich\b|\bwhat \w+s\b|\bnames?\b|\blist\b|谁|哪|名单|名字", re.IGNORECASE)
_ASKING = (
    rf"(?:\b(?:who(?:m|se)?|who[’']s|which|what|{_PERSONS}|names?|name|list|show|give|tell|me|us|how many"
    rf"|any ?(?:one|body)|some(?:one|body)"
    r"|any|all|the|those|these|that|of|there|did|do|does|was|were|is|are|has|have|had|been|be|also|actually|it|people"
    r"|everyone|everybody|vot(?:e[ds]?|ing)|ballots?|cast|stood|spoke|came out|come out|went)\b[\s,]*+)*+"
)
_LINK = (
    r"(?:[\s,]*\b(?:to|of|on|for|from|about|regarding|the (?:motion|proposal|resolution|vote)s?"
    r"(?: (?:on|to|of|for|about|that|regarding)\b)?|the (?:idea|question|amendment|plan)s? (?:on|to|of|for"
    r"|about|that)|vot(?:e[ds]?|ing)(?: on| for)?|when|in|with|that|at|during|it|them"
    r"|this)\b)*(?:[\s,]*\b(?:the|a|an)\b)?[\s,]*"
)
_BEFORE = re.compile(rf"(?:^|(?<=[\s,])){_ASKING}$", re.IGNORECASE)
_AFTER = re.compile(rf"(?:[\s,]*\b(?:and|or) (?:{'|'.join(_ENGLISH.values())})(?!\w))*{_LINK}", re.IGNORECASE)
_BARE_MOTION = re.compile(r"(?<=\w)[\s,]+(?:motion|amendment|resolution|proposal|vote)s?$", re.IGNORECASE)
_LEFT_OF_CHINESE = re.compile(
    r"有没有人|是否有人|有没有|谁|哪[些几一]?[个位名]?(?:人|委员|议员|董事|代表|成员)|哪[几一]?[位名]|有人|多少[人位名票]|几[个位人名票]"
    r"|投了?|表示|票(?![价据务房面选])|缺席了?|的?(?:动议|提案|议案|表决|投票)|谁|^(?:对|就|在|关于|了|过)|[了过的是]$|吗$"
)
_TALKED = frozenset(
    {Intent.MEETINGS, Intent.COUNT, Intent.WHEN, Intent.ACTION, Intent.OPINION, Intent.SUMMARY}
)


@dataclass(frozen=True, slots=True)
class Asked:
    """The parts of a vote that a question asks for, the first one named first, and whether it wants names."""

    parts: tuple[Part, ...] = ()
    names: bool = False

    @property
    def sides(self) -> tuple[Part, ...]:
        return tuple(part for part in self.parts if part in SIDES)

    @property
    def roles(self) -> tuple[Part, ...]:
        return tuple(part for part in self.parts if part in ROLES)


def asked_of_vote(text: str) -> Asked:
    """What of a vote the words of a question ask for.

    >>> asked_of_vote("Which councillors were against the tram?")
    Asked(parts=('against',), names=True)
    """
    found: list[tuple[int, Part]] = []
    left = text
    for part, words in _WORDS.items():
        if match := words.search(left):
            found.append((match.start(), part))
            left = words.sub(lambda m: "\0" * len(m[0]), left)  # "not in favour" is no "in favour"
    return Asked(tuple(part for _, part in sorted(found)), bool(_WANTS_NAMES.search(text)))


def of_vote(question: Question) -> Question:
    """The question as one for a vote, where it asks who stood where; else as it is.

    >>> read = of_vote(Question("Who was against the tram?", topic="against the tram", intent=Intent.WHO))
    >>> read.intent.value, read.topic
    ('vote', 'tram')
    """
    asked = asked_of_vote(question.text)
    if not asked.parts or question.intent in _TALKED or not _ASKS_WHO.search(question.text):
        return question
    matter = _matter(question, asked.parts[0])
    intent = Intent.WHO if asked.parts[0] in ROLES else Intent.VOTE
    return replace(question, intent=intent, topic=matter or question.topic)


def _matter(question: Question, part: Part) -> str:
    """What of the topic is the matter: without who is asked for, and on which side."""
    topic = question.topic
    if question.language == "zh":
        for words in _WORDS.values():
            topic = words.sub("", topic)
        return _LEFT_OF_CHINESE.sub("", _LEFT_OF_CHINESE.sub("", topic)) or question.topic
    side = _WORDS[part].search(topic)
    before = _BEFORE.sub("", topic[: side.start()], count=1) if side else ""
    before = re.sub(r"^(?:the|an?) ", "", before, flags=re.IGNORECASE)
    after = topic[side.end() :] if side else topic
    if link := _AFTER.match(after):
        after = after[link.end() :]
    after = _BARE_MOTION.sub("", after)
    return ", ".join(piece for piece in (before.strip(" ,"), after.strip(" ,")) if piece)
