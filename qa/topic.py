"""What a question asks about, as search words and how much each of them tells."""

import math
import re
from collections.abc import Sequence

from ingest.words import WordSet, bigrams, has_han, stop_words, topic_words, words
from qa.answers import Intent, Question
from qa.corpus import Session

VOTING_WORDS = WordSet(
    "vote votes voted voting ballot dissent dissented dissenting dissenter against favour favor oppose opposed "
    "opposition abstain abstained abstention unanimous unanimously action motion proposal result tally count "
    "member members anyone anybody 表决 投票 票 反对 赞成 弃权 反对票 赞成票 弃权票 一致 通过 结果 多少 委员"
)
META_WORDS = WordSet(  # words about records and answers, which say nothing of a matter
    "summary summarize overview outline recap meeting meetings minutes record records recorded session sessions "
    "content contents main key point points matter matters topic topics item items agenda discussion discussed "
    "decision decisions decided held hold take took place total all file result results outcome outcomes "
    "会议 内容 主要内容 主要 概括 总结 概要 纪要 记录 要点 议题 议程 事项 情况 讨论 决定 结果 召开 举行 时候"
)
ASPECTS = WordSet(  # words for the side of a matter that is asked for, which an answer shows rather than says
    "reason reasons purpose aim way ways method approach view views opinion opinions attitude idea ideas thought "
    "thoughts role importance significance advantage advantages disadvantage disadvantages benefit benefits "
    "impact effect effects influence challenge challenges concern concerns suggestion suggestions solution "
    "solutions measures progress status background situation experience feature features aspect aspects "
    "介绍 理解 看法 分享 方式 方法 经验 建议 原因 意义 作用 认识 背景 展望 现状 目标 问题 措施 探讨 可能 "
    "可能性 流程 解决方案 解决 方案 对策 形式 阶段 关系 观点 考量 思考 价值 影响 特点 优势 挑战 难点 方向 定位 "
    "维度 理念 表现 体现"
)
ASPECT = 0.5  # of the weight such a word would have beside words that name the matter itself
_ANSWER_KIND = re.compile(
    r"\s*(?:(?:for|to|in|at|on|by|of|from) )?(?:which|what) (?:other )?"
    r"(events?|persons?|people|councillors?|members?|departments?|agenc(?:y|ies)|bod(?:y|ies)|offices?|dates?|days?"
    r"|months?|years?|places?|locations?|amounts?|sums?|numbers?|percentages?|shares?|reasons?|topics?|items?|matters?"
    r"|issues?|subjects?|measures?|steps?|kinds?|types?|concerns?|problems?|points?|arguments?)\b",
    re.IGNORECASE,
)


def word_weights(session: Session, wanted: Sequence[str], table: str = "passage_words") -> dict[str, float]:
    """Each word with its inverse document frequency, ln(1 + (N - n + 0.5) / (n + 0.5)), Robertson 2009.

    A word that no passage holds weighs as much as one that a single passage holds: that it is missing counts. A word
    for the side of the matter that is asked for ("reasons", 「看法」) weighs half of that beside other words.
    """
    total = session.passage_count
    holding = {word: max(1, session.frequency(word, table)) for word in wanted}
    found = {word: math.log(1 + (total - n + 0.5) / (n + 0.5)) for word, n in holding.items()}
    if set(wanted) <= ASPECTS:
        return found
    return {word: weight * (ASPECT if word in ASPECTS else 1.0) for word, weight in found.items()}


def topic_weights(session: Session, question: Question) -> dict[str, float]:
    """The words of the topic and how much each tells, without those that only say what kind of answer is wanted.

    That is the vocabulary of voting in a question for a vote, and the noun after "which" ("Which event was ...").
    Empty for a question about a meeting as a whole ("Summarize the meeting of 15 March").
    """
    wanted = topic_words(question.topic) if question.topic else []
    if question.intent is Intent.VOTE:
        wanted = [word for word in wanted if word not in VOTING_WORDS]
    if kind := _ANSWER_KIND.match(question.text):
        wanted = [word for word in wanted if word not in topic_words(kind[1])]
    return word_weights(session, [] if META_WORDS | stop_words() >= set(wanted) else wanted)


def coverage(weights: dict[str, float], text: str) -> float:
    """The share of the wanted words, by weight, that stand in `text`; 0..1."""
    total = sum(weights.values())
    if not total:
        return 0.0
    said = set(words(text))
    return sum(weight for word, weight in weights.items() if word in said) / total


def share_of_topic(weights: dict[str, float], topic: str, text: str) -> float:
    """`coverage`, or of a Chinese topic the share of its character pairs in `text` where that is more.

    A dictionary cuts 「燃气管网」 one way in the topic and another way in the text.
    """
    share = coverage(weights, text)
    pairs = set(bigrams(topic)) if has_han(topic) else set()
    return max(share, len(pairs.intersection(bigrams(text))) / len(pairs)) if pairs else share


def likeness(weights: dict[str, float], title: str) -> float:
    """How alike topic and title are, 0..1: the harmonic mean of the topic covered and the title used up."""
    said = topic_words(title)
    if not said or not weights:
        return 0.0
    covered, used = coverage(weights, title), sum(word in weights for word in said) / len(said)
    return 2 * covered * used / (covered + used) if covered and used else 0.0
