"""What Minutebook says of an answer itself, in English and Chinese: what a model did, what was left out."""

from collections.abc import Sequence

from ingest.records import Language

_NAMED = 3  # records that are named
_TROUBLES = {
    "late": ("it did not finish within {seconds:g} seconds", "未能在{seconds:g}秒内完成"),
    "unreachable": ("it cannot be reached", "无法连接"),
    "unknown": (
        "it cannot be reached, as its server knows no such model or address",
        "无法连接，其服务器没有该模型或地址",
    ),
    "refused": ("it refused the key", "密钥被拒绝"),
    "busy": ("its server takes no more questions now", "其服务器目前不再接受提问"),
    "long": ("it takes in less text than these passages have", "段落超出其可读取的长度"),
    "broken": ("its answer broke off or could not be read", "回答中断或无法读取"),
}


def model_failed(trouble: str, seconds: float, language: Language) -> str:
    """That the language model gave no answer and why; `trouble` is a `qa.model.clients.Trouble`."""
    english, chinese = _TROUBLES[trouble]
    if language == "zh":
        return f"语言模型没有作答（{chinese.format(seconds=seconds)}）；以下为记录原文。"
    return f"The language model did not answer: {english.format(seconds=seconds)}. These are the records' own words."


def model_declined(language: Language) -> str:
    """That the model found nothing to say, so that the records' words stand alone."""
    if language == "zh":
        return "语言模型没有给出回答；以下为记录原文。"
    return "The language model gave no answer. These are the records' own words."


def also_searched(words: str, language: Language) -> str:
    """The words that a model had the records searched for besides."""
    return (
        f"语言模型另行检索了：{words}。"
        if language == "zh"
        else f"The language model also searched for: {words}."
    )


def reading_unusable(language: Language) -> str:
    """That a model's reading of a question could not be used, so that the rules read it alone."""
    if language == "zh":
        return "语言模型对问题的理解无法采用，按规则理解。"
    return "The language model's reading of the question could not be used; the rules read it."


def nothing_held(language: Language) -> str:
    """That nothing the model wrote stood in the passages it cited."""
    if language == "zh":
        return "语言模型所写的内容均无法在记录中核实，已全部略去；以下为记录原文。"
    return "Nothing the language model wrote could be verified. These are the records' own words."


def sentences_left_out(count: int, language: Language) -> str:
    """How many of the model's sentences were left out."""
    if language == "zh":
        return f"语言模型所写的{count}句话无法在所引段落中核实，已略去。"
    some = "One sentence" if count == 1 else f"{count} sentences"
    return f"{some} of the language model {'was' if count == 1 else 'were'} left out: the passages cited do not say it."


def quoted_instead(count: int, language: Language) -> str:
    """In place of how many of the model's sentences the record is quoted."""
    if language == "zh":
        return f"有{count}句话与记录措辞出入较大，以记录原文代替。"
    some = (
        "One sentence of the language model is"
        if count == 1
        else f"{count} sentences of the language model are"
    )
    return f"{some} given in the record's own words: as worded {'it' if count == 1 else 'they'} could not be verified."


def not_checked(count: int, language: Language) -> str:
    """That sentences in another language than their records are not verified."""
    if language == "zh":
        return f"有{count}句话由语言模型译自其他语言的记录，未经核实，以所附原文为准。"
    some = "One sentence is" if count == 1 else f"{count} sentences are"
    return f"{some} the language model's own translation and not verified; the records' own words follow."


def rest_quoted(language: Language) -> str:
    """That what the model left out of a complete list is given in the records' words."""
    if language == "zh":
        return "语言模型未提及的其他决定以记录原文列出。"
    return "What the language model did not mention is given in the records' own words."


def withheld(language: Language) -> str:
    """That a record speaks to language models."""
    if language == "zh":
        return "有记录包含写给语言模型的文字，未提供给模型。"
    return "A record contains text addressed to language models; it was not shown to the model."


def damaged(names: Sequence[str], language: Language) -> str:
    """That records are left out, as what the index holds of them is not what was stored."""
    shown = names[:_NAMED]
    if language == "zh":
        more = f"等{len(names)}份" if len(names) > len(shown) else ""
        return f"以下记录在索引中已损坏，未予采用：{'、'.join(shown)}{more}。请恢复备份，或重新导入其文件。"
    more = f" and {len(names) - len(shown)} more" if len(names) > len(shown) else ""
    one = len(names) == 1
    return (
        f"{'A record is' if one else f'{len(names)} records are'} damaged in the index and left out: "
        f"{', '.join(shown)}{more}. Restore a backup, or ingest {'its file' if one else 'their files'} again."
    )


def degraded(language: Language) -> str:
    """That the dense index is being repaired."""
    if language == "zh":
        return "向量索引正在修复；其间回答仍然完整，但可能慢一些。"
    return "The index of vectors is being repaired; answers are complete but may take longer meanwhile."
