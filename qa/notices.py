"""What Minutebook says of an answer itself, in English and Chinese: what a model did, what was not searched."""

from collections.abc import Sequence

from ingest.records import Language
from qa.answers import MeetingRef
from qa.phrases import meeting_day

_NAMED = 3  # records that are named
_TROUBLES = {
    "late": ("it did not finish within {seconds:g} seconds", "未能在{seconds:g}秒内完成"),
    "unreachable": ("it cannot be reached", "无法连接"),
    "refused": ("it refused the key", "密钥被拒绝"),
    "broken": ("its answer broke off or could not be read", "回答中断或无法读取"),
    "silent": ("it wrote nothing", "没有给出内容"),
}


def model_failed(trouble: str, seconds: float, language: Language) -> str:
    """That the language model gave no answer and why; `trouble` is a `qa.models.Trouble`."""
    english, chinese = _TROUBLES[trouble]
    if language == "zh":
        return f"语言模型没有作答（{chinese.format(seconds=seconds)}）；以下为记录原文。"
    return f"The language model did not answer: {english.format(seconds=seconds)}. These are the records' own words."


def model_declined(language: Language) -> str:
    """That the model found nothing to say, so that the records' words stand alone."""
    if language == "zh":
        return "语言模型没有给出回答；以下为记录原文。"
    return "The language model gave no answer. These are the records' own words."


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


def searched_in(translation: str, language: Language) -> str:
    """That the records were searched with a translation of the question as well."""
    if language == "zh":
        return f"另以译文检索：{translation}"
    return f"The records were searched in translation as well: {translation}"


def not_translated(language: Language) -> str:
    """That the question could not be translated for records in another language."""
    if language == "zh":
        return "部分记录为其他语言，语言模型未能翻译此问题。"
    return "Some records are in another language and the language model could not translate the question."


def in_another_language(
    count: int, total: int, latest: MeetingRef | None, terms: Sequence[tuple[str, str]], question: Language
) -> str:
    """That some of the records are in the other language, and so were only searched for the question's own words.

    terms  of the glossary, by which they were searched too
    """
    as_terms = (
        "".join(other for _, other in terms) if question == "en" else " ".join(other for _, other in terms)
    )
    if question == "zh":
        newest = f"，最近一次为{meeting_day(latest, question)}" if latest else ""
        how = f"只按术语表以“{as_terms}”查找过" if terms else "只能按问题中的原词查找"
        return f"其中{count}次会议的记录为英文{newest}，{how}；如需查阅，请用英文提问。"
    some = f"{count} of these {total} meetings' records are" if count < total else "These records are"
    newest = f" (the latest of {meeting_day(latest, question)})" if latest else ""
    how = f"{as_terms}, as a glossary has it, only" if terms else "the question's own words only"
    return f"{some} in Chinese{newest} and were searched for {how}; ask in Chinese to search them."


def found_by_glossary(terms: Sequence[tuple[str, str]], count: int, question: Language) -> str:
    """That sentences in the other language were found by terms of the glossary, and which ones."""
    if question == "zh":
        pairs = "，".join(f"{own}—{other}" for own, other in terms)
        return f"有{count}次会议的英文记录是按术语表查到的（{pairs}）；如需全面查阅，请用英文提问。"
    pairs = ", ".join(f"{own} – {other}" for own, other in terms)
    some = (
        "The Chinese record of one meeting was"
        if count == 1
        else f"The Chinese records of {count} meetings were"
    )
    return f"{some} found by a glossary ({pairs}); ask in Chinese to search them fully."


def decided_there_too(
    meetings: Sequence[MeetingRef], terms: Sequence[tuple[str, str]], question: Language
) -> str:
    """That records in the other language, earlier than what is shown, decided on the matter too, and how to ask."""
    days = [meeting_day(meeting, question) for meeting in meetings]
    if question == "zh":
        asked = " ".join(other for _, other in terms)
        return f"{'、'.join(days)}的会议另有英文记录涉及此事；如需查阅，请用英文提问（如 {asked}）。"
    asked = "".join(other for _, other in terms)
    return f"Chinese records of {', '.join(days)} settled something on this too; ask in Chinese ({asked}) to see it."


def degraded(language: Language) -> str:
    """That the dense index is being repaired."""
    if language == "zh":
        return "向量索引正在修复；其间回答仍然完整，但可能慢一些。"
    return "The index of vectors is being repaired; answers are complete but may take longer meanwhile."
