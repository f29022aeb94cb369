"""The words of the screen one asks on, beside those of the answer itself."""

from dataclasses import dataclass

from qa.interface import Interface


@dataclass(frozen=True, slots=True)
class AskWords:
    """Every phrase once; braces name what is filled in."""

    change: str
    take_away: str
    narrow: str
    ask_so: str
    never_mind: str
    topic: str
    kind: str
    any_kind: str
    since: str
    until: str
    session: str
    speaker: str
    body: str
    within: str
    find_meeting: str
    stop: str
    stopped: str
    stopped_early: str
    enough_waiting: str
    ask_again: str
    copy_link: str
    copied: str
    next_questions: str
    asking_within: str
    whole: str
    new: str
    by_words: str


WORDS: dict[Interface, AskWords] = {
    "en": AskWords(
        change="Change {piece}: {value}",
        take_away="Take away {piece}: {value}",
        narrow="Narrow or change",
        ask_so="Ask again so",
        never_mind="Leave it",
        topic="Topic",
        kind="Asks for",
        any_kind="anything",
        since="From",
        until="To",
        session="Session number",
        speaker="Speaker",
        body="Body",
        within="Only these meetings",
        find_meeting="Add a meeting: type its title or date",
        stop="Stop",
        stopped="Stopped before the answer was complete.",
        enough_waiting="{most} of your questions are waiting already. It is in the box; ask it once one is answered.",
        stopped_early="Stopped before there was an answer. The question is in the box.",
        ask_again="Ask again",
        copy_link="Copy link",
        copied="Copied",
        next_questions="The records also answer",
        asking_within="Asking within: {meeting}",
        whole="Ask all meetings",
        new="New conversation",
        by_words="The encoder of these records does not know every language; others are found by words alone.",
    ),
    "zh": AskWords(
        change="修改{piece}：{value}",
        take_away="去掉{piece}：{value}",
        narrow="缩小或修改范围",
        ask_so="按此再问",
        never_mind="不改了",
        topic="主题",
        kind="查找",
        any_kind="不限",
        since="从",
        until="到",
        session="届次",
        speaker="发言人",
        body="机构",
        within="只限这些会议",
        find_meeting="添加会议：输入标题或日期",
        stop="停止",
        stopped="回答尚未完成就停止了。",
        enough_waiting="您已有{most}个问题在排队。问题还在输入框里，请等其中一个答完再问。",
        stopped_early="还没有回答就停止了。问题在输入框里。",
        ask_again="再问一次",
        copy_link="复制链接",
        copied="已复制",
        next_questions="记录还能回答",
        asking_within="只问：{meeting}",
        whole="改问全部会议",
        new="新的对话",
        by_words="这些记录所用的编码器并不懂得每种语言；它不懂的语言只能按字词查找。",
    ),
}
