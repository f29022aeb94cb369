"""Text in a record that speaks to a language model and not to people: it is content, and nobody's orders.

Such a paragraph is not shown to a model and is evidence for nothing a model writes; a comment is withheld alone. The
extractive answer may still quote it, as it may quote every sentence of a record, but only where nothing else answers.
"""

import re
from collections.abc import Iterator

from ingest.records import Span
from qa.unseen import as_seen, widened

_ENGLISH = (
    r"\b(?:ignore|disregard|forget|override|bypass)\b[^.\n]{0,30}\b(?:previous|prior|above|earlier|preceding|foregoing|your|system|all|any)\b"
    r"[^.\n]{0,30}\b(?:instruction|prompt|rule|direction|guideline|context|polic|text|passage|record|said|told)\w*",
    r"\b(?:system|developer|hidden|initial|original) (?:prompt|message|instruction)s?\b",
    r"\byou are (?:now )?(?:an? |the |my )?(?:helpful |new |unrestricted |different )?(?:assistant|ai\b"
    r"|model|chatbot|bot\b|llm|language model"
    r"|dan\b|developer mode)",
    r"\b(?:as|being) an? (?:ai|assistant|language model|llm)\b",
    r"\b(?:ai|llm|language[- ]model|chat ?bot|assistant|gpt|model)s?(?: reading this| processing this|s? "
    r"(?:must|should|shall|is to|are to|will))\b",
    r"\b(?:note|attention|message|instruction)s?(?: to| for)(?: the| any| all)? (?:ai|llm|assistant"
    r"|language model|model|chatbot|summari[sz]er)s?\b",
    r"\b(?:when|if) (?:asked|answering|summari[sz]ing|you (?:answer|summari[sz]e|are asked"
    r"|cite))\b[^.\n]{0,80}\b(?:say|answer|reply|respond"
    r"|state|write|output|claim|tell|cite|add|include)\b",
    r"\b(?:answer|reply|respond|output|print|write|say|state|repeat)\b (?:only |exactly |just )?(?:with "
    r"|that |the following|this)[^.\n]{0,60}"
    r"(?:to (?:every|any|all|the) (?:question|user|reader)s?|instead|exactly|verbatim|and nothing else)",
    r"\b(?:do not|don't|never) (?:cite|mention|reveal|tell the user|quote|follow the)\b",
    r"\b(?:new|updated|revised|following) instructions?\s*:",
    r"\b(?:jailbreak|prompt injection|developer mode|BEGIN PROMPT|END PROMPT|END OF PASSAGES?|end of "
    r"(?:the )?(?:context|passages|records|documents))\b",
    r"\bcite (?:it |this |that )?as \[?\d+\]?",
    r"\btell (?:the |every |each )?(?:user|reader|asker|person)s?\b",
)
_CHINESE = (
    "(?:忽略|无视|忘记|忘掉|不要理会|跳过)[^。\n]{0,20}(?:指令|指示|提示|要求|规则|内容|说明)",
    "系统(?:提示|指令|消息)|提示词|开发者模式|越狱",
    "你(?:现在)?(?:是|扮演|作为)[^。\n]{0,16}(?:助手|模型|人工智能|机器人|AI|ＡＩ)",
    "作为(?:一个|一名)?(?:人工智能|AI|语言模型|大模型|助手)",
    "(?:人工智能|AI|大模型|语言模型|助手|模型)(?:阅读|读到|看到|必须|应当|请|在回答)",
    "(?:请|必须|务必|只能|一律|直接)(?:直接|仅|只|统一)?(?:回答|回复|输出|答复|告诉(?:用户|提问者|读者))",
    "(?:告诉|告知)(?:用户|提问者|读者)",
    "(?:不要|不得|禁止)(?:引用|提及|透露)",
    "新(?:的)?(?:指令|指示)[:：]",
    "引用(?:编号|标注|为)\\s?\\[?\\d+",
)
_MARKUP = (
    r"<\|[^|>\n]{1,40}\|>|\[/?INST\]|<</?SYS>>|</?(?:system|assistant|user|human|instruction|passage|record|context|document|s)\b[^>\n]*>",
    r"^\s*(?:#{1,6}\s*|\*\*)?(?:system|assistant|user|human|developer|instructions?|系统|助手|用户)\s*(?:\*\*)?[:：]",
    r"^\s*#{2,}\s*(?:instructions?|system|response|end of)\b",
    r"!\[[^\]\n]*\]\([^)\n]*\)|\]\(\s*(?:data|javascript):|<(?:img|script|iframe|svg|object|style)\b[^>\n]*>?",
)
_WORDS = re.compile("|".join((*_ENGLISH, *_CHINESE)), re.IGNORECASE | re.MULTILINE)
_SPEAKS = re.compile("|".join((*_ENGLISH, *_CHINESE, *_MARKUP)), re.IGNORECASE | re.MULTILINE)
_COMMENT = re.compile(
    r"<!--(?!\s*-->).*?(?:-->|\Z)|<\|(?:im_start|system)\|?>.*?(?:<\|(?:im_end|end)\|?>|\n\s*\n|\Z)",
    re.DOTALL,
)
_PARAGRAPH = re.compile(r"\S.*?(?=\n[^\S\n]*\n|\Z)", re.DOTALL)


def speaks_to_models(text: str, start: int = 0, end: int | None = None) -> Iterator[Span]:
    """The paragraphs of `text[start:end]` with words meant for a language model, and markup that is no minutes'.

    What nobody sees between letters hides no word. A role tag or comment takes all it encloses. Some sentences that
    only talk of such things are found as well: they lose a model's help and no more.
    """
    seen, places = as_seen(text, start, len(text) if end is None else end)
    found = [match.span() for match in _COMMENT.finditer(seen)]
    for paragraph in _PARAGRAPH.finditer(seen):
        if _SPEAKS.search(paragraph[0]):
            found.append(paragraph.span())
    for first, last in sorted(found):
        yield widened(Span(first, last), places)


def instructs(text: str, start: int, end: int) -> bool:
    """Whether the words of a range, or of the line it is part of, are instructions to a language model."""
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", end)
    seen, _ = as_seen(text, first, len(text) if last < 0 else last)
    return _WORDS.search(seen) is not None
