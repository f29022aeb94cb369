"""Two questions in one sentence, 「投资多少，由谁负责？」: each is answered, the second of the matter of the first.

The first one names the matter; the second may only point to it ("and who got it?") or leave it out. One that names a
matter of its own is asked of that.
"""

import re
from dataclasses import replace

from ingest.words import WordSet, topic_words
from qa import phrases
from qa.answering.table import answer as answer_one
from qa.answers import Answer, Claim, Group, Question
from qa.asked_facts import fact_asked
from qa.aspects import ASPECT_WORDS, FUNCTION
from qa.calendar import Calendar
from qa.corpus import Session
from qa.evidence import Evidence
from qa.merging import appended
from qa.question import read_question
from qa.retrieval import retrieve
from qa.topic import META_WORDS, VOTING_WORDS

_ASKS = r"(?:who(?:m|se)?|when|where|why|how (?:much|many|long|big|far|often)|what|which)\b"
_ENGLISH = re.compile(
    rf"^(?P<first>\W*(?:(?:by|for|at|from|in) )?(?:{_ASKS}|how|did|does|do|is|are|was|were|has|have|will)\b.{{6,200}}?)"
    r"(?:\s*[?？]\s*(?:and )?|,?\s+and\s+(?:also )?|;\s*)"
    rf"(?P<second>(?:(?:by|for|at|from|until|with|to|in) )?{_ASKS}(?!\s*$).{{3,120}})$",
    re.IGNORECASE,
)
_HAN_ASKS = r"(?:谁|什么|哪|多少|几|怎么|如何|何时|为何|吗|是否|有没有)"
_CHINESE = re.compile(
    rf"^(?P<first>[^，,；;？?]*{_HAN_ASKS}[^，,；;？?]*)[，,；;？?]\s*(?:那么?|还有|以及|并且|又|和)?"
    rf"(?P<second>[^，,；;？?]*{_HAN_ASKS}[^，,；;？?]*)[？?。！\s]*$"
)
_POINTS = re.compile(
    r"\b(?:it|this|that|they|them|those|these)\b(?! (?:there|year|month|week))", re.IGNORECASE
)
_OF_A_MATTER = (
    ASPECT_WORDS
    | META_WORDS
    | VOTING_WORDS
    | WordSet(
        "budget contract work works job project tender money price plan scheme lead charge responsible sign signed "
        "start started starts finish finished done does bill supplier builder company firm "
        "费用 合同 工程 项目 预算 负责 牵头 承建 承办 施工 中标 完成 完工 开始 结束 反对 赞成 支持 实施 花"
    )
)


def answered(session: Session, empty: Answer, evidence: Evidence, calendar: Calendar) -> Answer:
    """The answer of `qa.answering.table`, to both questions where the sentence asks two."""
    question = evidence.asked or empty.question
    both = None if question.missing else two_asked(question, calendar)
    if both is None:
        return answer_one(session, empty, evidence)
    first, second = (
        answer_one(
            session, empty, replace(evidence, asked=one, candidates=retrieve(session, one, evidence.scope))
        )
        for one in both
    )
    return _told_together(first, second, both)


def two_asked(question: Question, calendar: Calendar) -> tuple[Question, Question] | None:
    """Both questions of a sentence that asks two; None where it asks one, or was changed since it was read."""
    found = (_CHINESE if question.language == "zh" else _ENGLISH).match(question.text.strip(" ?？"))
    if found is None or read_question(question.text, calendar).topic != question.topic:
        return None
    first = read_question(found["first"], calendar)
    matter = _matter(first)
    if not matter:
        return None
    second = _second(found["second"], matter, calendar)
    asked = {"when": question.when, "sessions": question.sessions, "bodies": question.bodies}
    return replace(first, **asked, missing=False), replace(second, **asked, missing=False)


def _second(text: str, matter: str, calendar: Calendar) -> Question:
    """The second question, of the matter of the first where it names none of its own; `text` is as it was asked."""
    alone = read_question(text, calendar)
    own = [word for word in _own_words(alone) if word not in _OF_A_MATTER]
    if own and not _POINTS.search(text):
        return alone
    if alone.language == "zh":
        return replace(read_question(f"{matter}{text}", calendar), text=text)
    full = _POINTS.sub(f"the {matter}", text, count=1) if _POINTS.search(text) else f"{text} of the {matter}"
    return replace(read_question(full, calendar), text=text)


def _matter(first: Question) -> str:
    """What the first question is about, without the side of it that is asked for; '' where it names none."""
    if not set(_own_words(first)) - set(_OF_A_MATTER):
        return ""
    if first.language == "zh":
        topic = first.topic
        for size in (4, 3, 2):
            if len(topic) - size >= 2 and topic_words(topic[-size:]) and topic[-size:] in ASPECT_WORDS:
                return topic[:-size]
        return topic
    fact = fact_asked(first)
    verbs = fact.verbs if fact else frozenset()
    kept = [word for word in first.topic.split() if not set(topic_words(word)) & verbs]
    return " ".join(kept)


def _own_words(question: Question) -> list[str]:
    """The words of a topic that name a matter, without the verb of a question for who did something."""
    fact = fact_asked(question)
    said = [word for word in topic_words(question.topic) if word not in FUNCTION]
    return [word for word in said if fact is None or word not in fact.verbs]


def _told_together(first: Answer, second: Answer, asked: tuple[Question, Question]) -> Answer:
    """Both answers as one, nothing told twice; of a question that has none it is said."""
    if first.abstained and second.abstained:
        return first
    if first.abstained:
        return replace(second, groups=(*_unanswered(asked[0], second), *second.groups))
    if second.abstained:
        return replace(first, groups=(*first.groups, *_unanswered(asked[1], first)))
    return first if _gives_both(asked[1], first, second) else appended(first, second)


def _gives_both(asked: Question, first: Answer, second: Answer) -> bool:
    """Whether a sentence told to the first question answers the second one too."""
    fact, told = fact_asked(asked), {claim.text for claim in first.claims}
    return fact is not None and any(c.text in told and fact.gives(c.text) for c in second.claims)


def _unanswered(asked: Question, answer: Answer) -> tuple[Group, ...]:
    """That one of the questions has no answer, where what is told to the other does not give one by the way."""
    fact = fact_asked(asked)
    if fact is None or fact.kind not in ("who", "how_much") or any(fact.gives(c.text) for c in answer.claims):
        return ()
    said = phrases.unanswered(asked.text, answer.question.language)
    return (Group(None, "", (Claim(said, own=True),)),)
