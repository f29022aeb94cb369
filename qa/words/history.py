"""The words of what is kept: conversations, files that answers are saved as, what people say of answers."""

from dataclasses import dataclass

from qa.interface import Interface


@dataclass(frozen=True, slots=True)
class HistoryWords:
    """Every phrase once; braces name what is filled in."""

    title: str
    hint: str
    search: str
    find: str
    none: str
    none_found: str
    answers_one: str
    answers: str
    delete: str
    delete_named: str
    really: str
    delete_all: str
    not_kept_here: str
    not_kept: str
    withheld: str
    damaged: str
    lost: str
    corrected: str
    save: str
    this_answer: str
    whole: str
    word: str
    markdown: str
    helpful: str
    unhelpful: str
    wrong: str
    note: str
    send: str
    never_mind: str
    thanks: str
    feedback: str
    no_feedback: str
    as_csv: str
    shown: str
    conversation_file: str
    answer_file: str


EN = HistoryWords(
    title="History",
    hint="Your conversations are kept on this server, in the index. Opened again, an answer shows the records it cited "
    "as far as they may still be seen.",
    search="Search your conversations",
    find="Search",
    none="No conversation has been kept yet.",
    none_found="No conversation holds these words.",
    answers_one="1 answer",
    answers="{count} answers",
    delete="Delete",
    delete_named="Delete: {title}",
    really="Really delete?",
    delete_all="Delete all",
    not_kept_here="Another process owns the index ({owner}), so conversations are not kept here.",
    not_kept="This answer is not in your history: {reason}",
    withheld="This answer cannot be shown any more: a record it drew on was removed or may no longer be read. "
    "Ask again for an answer from the records as they are.",
    damaged="This answer is damaged: what is stored of it is not what was kept, so it is not shown. Ask again.",
    lost="An answer that stood here was not kept.",
    corrected="The record of citation {number} has been corrected since ({when}). Ask again for an answer from the "
    "version in use now.",
    save="Save",
    this_answer="This answer",
    whole="The whole conversation",
    word="Word",
    markdown="Markdown",
    helpful="Helpful",
    unhelpful="Not helpful",
    wrong="This is wrong",
    note="What is wrong? It is kept with the question, the answer and its evidence.",
    send="Send",
    never_mind="Leave it",
    thanks="Noted, with the answer and its evidence. Thank you.",
    feedback="What was said of answers",
    no_feedback="Nobody has said anything of an answer yet.",
    as_csv="Save as CSV",
    shown="The answer and the evidence that was shown",
    conversation_file="conversation",
    answer_file="answer",
)

ZH = HistoryWords(
    title="历史",
    hint="您的问答保存在本服务器的索引中。重新打开时，只显示目前仍可查看的记录。",
    search="搜索您的问答",
    find="搜索",
    none="还没有保存的问答。",
    none_found="没有包含这些词的问答。",
    answers_one="1条回答",
    answers="{count}条回答",
    delete="删除",
    delete_named="删除：{title}",
    really="确定删除？",
    delete_all="全部删除",
    not_kept_here="索引由另一进程（{owner}）占用，因此这里不保存问答。",
    not_kept="此回答未保存到历史：{reason}",
    withheld="此回答已无法显示：所引的记录已被移除或不再允许查看。请重新提问，以现有记录作答。",
    damaged="此回答已损坏：所存内容与当时保存的不一致，因此不予显示。请重新提问。",
    lost="此处原有的回答未能保存。",
    corrected="引文{number}的记录此后已更正（{when}）。请重新提问，以现行版本作答。",
    save="保存",
    this_answer="此回答",
    whole="全部问答",
    word="Word",
    markdown="Markdown",
    helpful="有帮助",
    unhelpful="没有帮助",
    wrong="此回答有误",
    note="哪里有误？将与问题、回答及其依据一并保存。",
    send="提交",
    never_mind="取消",
    thanks="已连同回答及其依据记录，谢谢。",
    feedback="对回答的意见",
    no_feedback="还没有人对回答提出意见。",
    as_csv="保存为 CSV",
    shown="当时显示的回答与依据",
    conversation_file="问答记录",
    answer_file="回答",
)

WORDS: dict[Interface, HistoryWords] = {"en": EN, "zh": ZH}
