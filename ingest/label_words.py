"""The words by which a label is known: offices, Chinese surnames, and the parts of a record.

These lists are of the language of meetings, not of any one body.
"""

import re

from ingest.han_scripts import both_scripts, traditional

_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖萧田董袁潘于蒋蔡余杜叶程苏魏吕"
    "丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付傅方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃"
    "武戴莫孔向汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯"
    "纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳欧阳上官司马诸葛"
    "洪赖賴谈談柏穆湛茅狄项項危柯郁宗杭钮鈕嵇荀芮储仲厉厲戎韶蒲卓蔺藺屠蒙池胥莘贡貢姬扶宰郦酈雍桑桂濮扈浦晏"
    "柴瞿阎閻茹戈阙闕沃蔚晁阚闞鞠蒯竺汲晋晉練"
    "祁邬闵褚卞岑臧屈娄窦奚郎甄邰鄂仇栾暨隗巩佟虞滕裘缪鲍荆燕冀郏匡寇邝晏粟冼邱佘丛仝饶巫敖"
)
SURNAMES = frozenset(_SURNAMES + traditional(_SURNAMES))
"""First characters of common Chinese family names."""

_SINGULAR_OFFICES = """
    市长 县长 区长 省长 镇长 乡长 村长 州长 部长 厅长 局长 处长 科长 司长 署长 主席 书记
    主任 会长 理事长 董事长 院长 校长 所长 馆长 行长 总经理 经理 总裁 总监 总工程师 委员长
    秘书长 组长 队长 社长 站长 班长 议长 监事长 首席
"""
_FORMS_OF_ADDRESS = """
    教授 老师 博士 先生 女士 委员 代表 议员 同志 律师 工程师 医生 同学
"""
HAN_OFFICE = both_scripts(
    f"(?:(?:常务)?副?(?:{'|'.join(_SINGULAR_OFFICES.split())})|[副总]|{'|'.join(_FORMS_OF_ADDRESS.split())})"
)
"""Pattern of an office or a form of address that follows a Chinese name: 市长, 副主任, 先生."""

_THINGS = """
    absent abstain abstained abstaining abstentions action actions adjourned adjournment after
    against agenda agreed agreement aim aims also alternative alternatives although amendment
    amendments annex announcement announcements answer answers aob apologies appendix approach
    approval approved argument arguments article attachment attachments attendance attendees
    audience aye ayes background bcc because before bill break budget but called carried case cases
    category cc chapter clause closed code coffee comment comments con concern concerns conclusion
    conclusions cons consensus consequence consequences contact context convened copies cost costs
    date dates day deadline decision decisions defeated deferred definition demo description detail
    details dial-in dinner discussion discussions dissent dissenting distribution document
    documentation documents due editorial eg email eta etc everything example examples exception
    exhibit explanation fact facts fallback faq fax feedback figure file filed finally findings
    first firstly fixme focus follow-up for fyi goal goals group guests heading hearing hearings history how however
    http https id idea ideas ids ie if impact implementation implications in information instead
    introduction invitees issue issues item items job key language last let limitation link links
    list location lost lot lunch majority matter matters meeting meetings message minority minutes
    minutes-taker mode motion motions moved multiple name names nay nays nb next no noes non-goals
    normative note notes notetaker notice notification number objection objections objective
    objectives observation observations observers ok okay one opened option options order outcome
    outcomes outline overview owner page paragraph part participants passcode passed patch pending
    phase phone place plan point points policy poll polls position postscript present presentation
    presentations presented presenter presenters previously principle priority pro problem problems
    procedure process progress proposal proposals propose proposed proposing pros ps purpose
    question questions quorum rationale re reason reasons recap recess recommendation
    recommendations recommended record recorded recorder reference references regarding regrets
    remarks reminder remote report reports request requests requirement requirements resolution
    resolutions resolved resource resources response responsible result results review reviewer
    reviewers risk risks room rule sample samples schedule scribe second seconded seconder secondly
    section see semantics session slide slides so solution solutions source specifically staff stage
    start statement status step steps straw subject submitted suggesting suggestion suggestions
    summary support survey syntax table tabled target task tasks tbc tbd teams telephone test then
    therefore third thirdly thus time timekeeper timeline title to todo tool topic topics total transcript
    transcripts type
    update updated updates url urls usage use various venue version via vote votes vs warning webex
    website what when where whereas which who why wip with www yes zoom
"""
THINGS = frozenset(_THINGS.split())
"""English words that, first or last in a label, name a part of the record and no speaker."""

_HAN_THINGS = """
    时间 地点 主持 主持人 出席 出席人 出席人员 出席者 参加 参加人 参加人员 参会 参会人员
    参加会议人员 与会人员 列席 列席人员 缺席 缺席人员 请假 请假人员 记录 记录人 议题 议程
    内容 主题 名称 标题 编号 文号 日期 备注 注 注意 附件 附 抄送 主送 报送 印发 签发
    发送 分送 通知 说明 结论 决定 决议 建议 意见 要求 目标 任务 问题 原因 背景 方案 措施
    情况 如下 表决 表决结果 投票结果 赞成 反对 弃权 责任单位 责任人 完成时限 牵头单位
    配合单位 联系人 电话 邮箱 地址 网址 来源 作者 编辑 摘要 关键词 例如 比如 比方说 包括
    其中 总之 首先 其次 最后
"""
HAN_THINGS = re.compile(
    both_scripts(rf"(?:会议)?(?:{'|'.join(_HAN_THINGS.split())}")
    + r"|第[一二三四五六七八九十\d]+|[一二三四五六七八九十]是|[一二三四五六七八九十\d]+)"
)
"""Chinese labels that name a part of the record and no speaker; to be matched in full."""
