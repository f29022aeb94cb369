"""Words that mean the same in minutes, and words that say nothing; English and Chinese.

The lock takes a word for another only where this table says so: a likeness measured by a model would also
take a school for a library. Words of the left column stand for all of their row.
"""

import re

from ingest.words import stem

_SAME_ENGLISH = """
begin start commence beginning onset
complete finish completion
cost costs expense
price charge
money fund funding funds
pay payment payable paid
buy purchase acquire bought
help assist aid assistance
large big
year annual annually yearly
month monthly
week weekly
day daily
rise increase grow growth climb rising rose risen grew grown
fall decrease drop reduce cut reduction fell fallen
flat apartment
citizen inhabitant
person people persons
child children
woman women
man men
chair chairman chairwoman chairperson preside presided chaired
build construct construction built
repair fix mend
keep retain maintain kept
give provide gave given
get receive obtain got
use utilise utilize usage
send submit submission forward sent
publish release publication
create establish establishment found
include contain comprise
vote ballot
pupil student
plan scheme programme program
review evaluation evaluate assess assessment
extend extension prolong
appoint appointment
discuss discussion debate
consult consultation
allow permit permission
quick rapid fast
shop store
shopkeeper shopkeepers trader
worker employee staff
waste rubbish garbage trash refuse
allocate earmark appropriate allocation
office bureau_
opposite contrary
yuan rmb cny renminbi
dollar usd
euro eur
pound gbp sterling
inspect inspection
install installation
introduce introduction
operate operation
participate participation
replace replacement
survey surveying
develop development
invest investment
open opening
close closing closed
choose select selection chosen chose
recipient beneficiary
finding found_
lead led leading head
total altogether overall
each every per
all entire whole
also too
need needed
apply application
deliver delivery
produce production
manage management
supervise supervision
safe safety
hold held
leave left
make made
write wrote written
take took taken
speak spoke spoken speech
show showed shown
lose lost
become became
run ran
stand stood
bring brought
meet met
sell sold sale
teach taught
spend spent spending
say_ statement
"""
_SAME_CHINESE = """
完成 完工 竣工 建成
开工 动工 开始 启动 起
费用 经费 资金 款项
补贴 补助
老人 老年人
增加 提高 上升 增长 升至 增至 提升
减少 降低 下降 降至 减至
施行 实施 执行
提交 报送 上报 报
每年 全年
每天 每日
延长 延续
购买 收购 采购
召开 举行
主持 主持人
地点 位置
公布 公开 发布
市民 群众
批次 批
元 人民币
"""
_PHRASES = {
    "set aside": "allocate",
    "sets aside": "allocate",
    "set up": "create",
    "sets up": "create",
    "took place": "held",
    "take place": "held",
    "takes place": "held",
    "carried out": "conduct",
    "carry out": "conduct",
    "handed over": "deliver",
    "hand over": "deliver",
    "in force": "effect",
    "with effect": "effect",
    "takes effect": "effect",
    "take effect": "effect",
    "in the chair": "chair",
    "at once": "immediately",
}
"""Phrases that stand for one word."""

SIGNS = {"$": "dollar", "€": "euro", "£": "pound", "¥": "yuan", "￥": "yuan", "元": "元", "美元": "dollar"}
"""Currency signs as words."""

_SAYS_NOTHING = """
a an the of in on at to for with and or that which who whom whose this these those it its they their them he she
his her him is are was were be been being has have had having do does did as by from into onto about there then
further furthermore moreover additionally addition therefore thus hence so however while whereas when where what
how why upon via among amongst through throughout concerning regarding than such but if_ because since though although
itself themselves himself herself own both between during within across over_ per_ you_ we_ i_ our_ us_ my_ me_
meeting session item agenda matter issue record minute minutes topic subject regard respect relation result follow
following follows also namely accordingly finally specifically particular particularly respectively thereby therein
member members present amount sum figure case_ order_ mr mrs ms will_ body occasion point points as well
"""
_SAYS_NOTHING_CHINESE = """
的 了 和 是 就 都 而 及 与 着 或 在 有 也 还 又 对 把 被 让 给 从 到 向 于 以 为 因为 所以 但是 但 然后 就是
已 已经 将 其 之 等 并 并且 以及 关于 对于 进行 会议 议题 事项 方面 对此 此外 另外 同时 其中 有关 相关 作出
做出 情况 具体 分别 共 合计 该 此 这 这个 这些 那 那个 即 予以 经 由 按 按照 根据 通过_ 至 个 项 条 位 名
一个 一项 一些_ 里 中 上 下 来 去 所 地 得 则 且 时 会 会上 内容 一 此次 本次 本 用于 用 作为 各 再 更 能
工作 以便 年 月 日 号 次 届 人员_ 起_
"""


def _rows(table: str) -> dict[str, str]:
    return {word: row.split()[0] for row in table.strip().splitlines() for word in row.split()}


_ENGLISH = {stem(word): stem(first) for word, first in _rows(_SAME_ENGLISH).items() if not word.endswith("_")}
_IRREGULAR = {word: stem(first) for word, first in _rows(_SAME_ENGLISH).items()}
_CHINESE = _rows(_SAME_CHINESE)
_NOTHING = frozenset(word for word in _SAYS_NOTHING.split() if not word.endswith("_"))
_NOTHING_CHINESE = frozenset(word for word in _SAYS_NOTHING_CHINESE.split() if not word.endswith("_"))
PHRASES = re.compile(rf"\b(?:{'|'.join(_PHRASES)})\b", re.IGNORECASE)


def key(word: str) -> str:
    """What a word is compared by: the first of its row, else its stem; Chinese words as they are.

    >>> key("commenced") == key("started"), key("schools") == key("library")
    (True, False)
    """
    folded = _PHRASES.get(word.casefold(), word.casefold())
    if folded in _CHINESE:
        return _CHINESE[folded]
    return _IRREGULAR.get(folded) or _ENGLISH.get(stem(folded)) or stem(folded)


def says_nothing(word: str) -> bool:
    """Whether a claim may add or drop a word freely: articles, pronouns, "meeting", "item"."""
    return word.casefold() in _NOTHING or word in _NOTHING_CHINESE
