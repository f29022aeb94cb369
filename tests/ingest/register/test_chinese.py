import pytest

from ingest.register import chinese

WRITTEN = {
    "zh.rejected": ["会议未通过该议案。", "表决后，该方案被否决。", "会议不同意延长租期。"],
    "zh.deferred": [
        "会议决定暂缓审议该方案。",
        "该议题推迟到下次会议再议。",
        "待资金落实后再提交审议。",
        "会议将开工时间推迟。",
    ],
    "zh.put-to-later-day": ["会议同意将开馆时间由2025年12月20日推至2026年4月18日。"],
    "zh.withdrawn": ["住建局撤回了商业街改造申请。", "该议案已由提案人撤回。"],
    "zh.undecided": [
        "停车场收费标准尚未确定，需进一步研究。",
        "双方未能达成一致意见。",
        "此事悬而未决。",
        "会议未作决定，待下次会议再议。",
    ],
    "zh.unanimous": ["会议一致通过了年度预算。", "与会董事一致同意选举王明为董事长。"],
    "zh.vote-passed": ["以12票赞成、1票反对、2票弃权获得通过。", "经表决，12票同意，该议案获得通过。"],
    "zh.approved": [
        "会议审议通过了《城市供水管理办法》。",
        "会议审议并原则通过《2024年工作要点》。",
        "通过了《章程修正案》。",
        "会议批准了关于修建学校的方案。",
    ],
    "zh.agreed": [
        "会议原则同意该规划。",
        "会议同意由财政局拨付资金。",
        "双方就价格达成一致。",
        "同意聘请法律顾问。",
    ],
    "zh.decided": [
        "会议决定，成立专项工作组。",
        "会议明确了各部门职责。",
        "会议议定以下事项。",
        "会议研究决定将校庆定于五月举行。",
    ],
    "zh.deployed": [
        "会议部署了冬季防火工作。",
        "会议研究部署下一阶段的安全生产工作。",
        "会议对防汛工作作出安排。",
    ],
    "zh.concluded": ["会议认为，今年经济运行总体平稳。"],
    "zh.assigned": [
        "由住建局牵头，于6月底前完成排查。",
        "请办公室尽快跟进。",
        "责成城管局负责整改。",
        "各单位于5月20日前报送材料。",
    ],
    "zh.noted": ["会议听取了财政局关于预算执行情况的汇报。", "会议传达学习了上级文件精神。"],
    "zh.leader-emphasised": ["王建国强调，要抓紧落实。", "李军市长要求：各部门加强协调。"],
    "zh.emphasised-within": ["会议分析了形势，要求各部门抓好落实。"],
    "zh.emphasised": [
        "会议强调，要确保安全。",
        "会议指出，房地产市场总体稳定。",
        "会议要求各部门抓好落实。",
        "会议还强调，要加强监督。",
    ],
}

NOTHING = [
    "是否同意该方案？",
    "会议讨论了预算问题。",
    "如果会议通过该方案，将于明年实施。",
    "提请会议审议通过。",
    "上次会议已经通过的方案正在实施。",
    "经会议同意后实施。",
    "拟请会议批准该项目。",
    "我觉得这个办法不错。",
    "请大家就座。",
    "童书不同意，认为租金太高。",
    "会议开始前，主持人介绍了来宾。",
    "开馆时间由2025年12月20日改为2025年11月1日。",
]

SPOKEN = {
    "zh.spoken-passed": ["我宣布，该议案通过。", "好，一致通过。"],
    "zh.spoken-decided": ["那我们决定下周开始。", "那就这么定了。", "最后的决定是推迟发布。"],
    "zh.spoken-agreed": ["我们已经达成共识了。"],
    "zh.spoken-action": ["这个事就由小王来负责。"],
}

CHATTER = [
    "我同意你的看法。",
    "对，可以。",
    "我们是否决定买这个？",
    "决定性的因素是价格。",
    "请大家一起来看。",
]


@pytest.mark.parametrize(("rule", "sentence"), [(rule, s) for rule, cases in WRITTEN.items() for s in cases])
def test_minutes_record_outcomes(rule: str, sentence: str) -> None:
    finding = chinese.find(sentence)
    assert finding is not None and finding.rule == rule


@pytest.mark.parametrize("sentence", NOTHING)
def test_plans_questions_and_earlier_decisions_are_none_of_this_meeting(sentence: str) -> None:
    assert chinese.find(sentence) is None


@pytest.mark.parametrize(("rule", "sentence"), [(rule, s) for rule, cases in SPOKEN.items() for s in cases])
def test_speech_records_outcomes_that_the_meeting_states(rule: str, sentence: str) -> None:
    finding = chinese.find(sentence, spoken=True)
    assert finding is not None and finding.rule == rule


@pytest.mark.parametrize("sentence", CHATTER)
def test_casual_agreement_in_speech_decides_nothing(sentence: str) -> None:
    assert chinese.find(sentence, spoken=True) is None


def test_every_rule_has_its_cases() -> None:
    assert {
        rule.name for rule in (*chinese.STRESSED, *chinese.NEGATED, *chinese.OUTCOMES, *chinese.EMPHASES)
    } == set(WRITTEN)
    assert {rule.name for rule in chinese.SPOKEN} == set(SPOKEN)
