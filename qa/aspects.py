"""Words that make no topic of their own: nouns always of something ("the cost", 「投资」), verbs of holding a meeting.

A follow-up that says nothing else asks it of what was spoken of before.
"""

from ingest.words import WordSet
from qa.answers import Intent

# Nouns that are always of something: alone they ask it of what was spoken of before.
ASPECTS: dict[Intent, WordSet] = {
    intent: WordSet(words)
    for intent, words in (
        (Intent.VOTE, "vote votes voting tally ballot 表决 投票 票数 表决结果 投票结果 反对票"),
        (Intent.DECISION, "decision decisions outcome outcomes conclusion conclusions resolution verdict "
            "result results "
         "决定 结论 决议 结果 处理结果 审议结果"),
        (Intent.ACTION, "deadline deadlines due tasks responsibility responsible owner steps follow-up "
         "期限 时限 截止 截止日期 负责人 责任人 责任单位 牵头 牵头单位 负责 任务 完成时间"),
        (Intent.SUMMARY, "discussion discussions debate details detail background context 讨论 讨论情况 "
            "细节 详情 背景 经过 来龙去脉"),
        (Intent.OPINION, "objections objection concerns concern opinion opinions view views reaction "
            "reactions comments "
         "arguments criticism feedback 意见 看法 观点 异议 顾虑 争议 反应 态度"),
        (Intent.WHEN, "date time when 日期 时间"),
        (Intent.FACT, "cost costs price prices amount amounts sum budgeted spending reason reasons purpose "
            "aim size length area "
         "number total status progress schedule timeline timetable risk risks impact impacts effect effects benefit "
         "benefits funding money expense expenses rate value location place site route condition "
         "conditions exception "
         "exceptions alternative alternatives option options figure figures percentage share scope phase "
         "phases stage "
         "contractor supplier funder source sources rationale requirement requirements start end cost much "
         "many long pay paid work construction "
         "投资 总投资 费用 造价 金额 资金 经费 价格 面积 数量 地点 位置 原因 依据 情况 进展 进度 目标 标准 "
         "范围 意义 影响 规模 比例 "
         "人数 效果 来源 资金来源 资金来源 条件 钱 多少 总额 步骤 风险 好处 选址 工期 周期 目的 现状 状态 "
         "理由 具体 预计 一共 总共 需要 花 要求"),
    )
}  # fmt: skip
ASPECT_WORDS = WordSet("", *ASPECTS.values())
HOLDING = WordSet(
    "chair chaired chairing attend attended attending attendance present absent preside presided held "
    "hold take took "
    "place convened adjourned started ended opened closed apologies quorum participants minutes meeting "
    "主持 主持人 参加 出席 列席 缺席 召开 举行 参会 记录人 会议 请假 开会"
)
STANCE = WordSet("agree disagree support supports back favour concur 同意 不同意 支持 赞成 反对 赞同 认同")
FUNCTION = frozenset(
    "由是为在的了于对就而请还又都也被给让把将有没吗呢啊过得会要能谁看说想讲谈提问到这那些么样才算即从出定"
)
