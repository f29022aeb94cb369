"""Chinese in both scripts: patterns for what records call their parts, and texts made alike before they are compared.

`han_variants.txt` holds the characters that are written otherwise in simplified Chinese, and below them those; it is
made of TSCharacters, TWVariants and HKVariants of OpenCC (Apache License 2.0, see `han_variants.LICENSE`).
"""

import re
from functools import lru_cache
from pathlib import Path

_SIMPLIFIED = (
    "万与专业东两严个为举乔乡书于亿仪众会体党兰关内军冯决况刘别办务区医协单卢厅历县叁参发叶号后吕吨听吴员"
    "团园围国处备头娄孙学实审宾对导届巩师庄应庞开弃张录态总户扩报挥据无时机权条来杨构标栾梁楼欧毕汤沈注温"
    "点牵状电监礼称窦签类纪组织经结编缪网罗聂联苏荆萧蒋蓝见观订讨议记讲许论词译话语说请诸谈谢谭谷责贰贺贾"
    "赞赵辑过这邓邝邬邮邹郏郑钟钱银键镇长门闫问间闵队阳陆陈韦韩顾领题颜饶馆马骆鲁鲍黄齐龙龚宁"
)
_TRADITIONAL = (
    "萬與專業東兩嚴個為舉喬鄉書於億儀衆會體黨蘭關內軍馮決況劉別辦務區醫協單盧廳歷縣叄參發葉號後呂噸聽吳員"
    "團園圍國處備頭婁孫學實審賓對導屆鞏師莊應龐開棄張錄態總戶擴報揮據無時機權條來楊構標欒樑樓歐畢湯瀋註溫"
    "點牽狀電監禮稱竇籤類紀組織經結編繆網羅聶聯蘇荊蕭蔣藍見觀訂討議記講許論詞譯話語說請諸談謝譚穀責貳賀賈"
    "贊趙輯過這鄧鄺鄔郵鄒郟鄭鍾錢銀鍵鎮長門閆問間閔隊陽陸陳韋韓顧領題顏饒館馬駱魯鮑黃齊龍龔寧"
)
_TWINS = str.maketrans(_SIMPLIFIED, _TRADITIONAL)
_PIECE = re.compile(r"\\.|\[(?:\\.|[^\]\\])*\]|.", re.DOTALL)


def traditional(words: str) -> str:
    """Simplified words in traditional characters, one for one; only characters of the words for meetings are known.

    >>> traditional("会议时间"), traditional("出席")
    ('會議時間', '出席')
    """
    return words.translate(_TWINS)


def one_script(text: str) -> str:
    """A text with one character for all that are written otherwise in simplified or traditional Chinese.

    It is for comparing: what is one character in one script and several in the other becomes one.

    >>> one_script("會議於圖書館舉行") == one_script("会议于图书馆举行")
    True
    """
    return text if text.isascii() else text.translate(_variants())


@lru_cache(maxsize=1)
def _variants() -> dict[int, int]:
    written, one, *_ = (Path(__file__).parent / "han_variants.txt").read_text("utf-8").split("\n")
    return str.maketrans(written, one)


def both_scripts(pattern: str) -> str:
    """A pattern that matches what `pattern` does, in simplified, traditional and mixed characters.

    >>> both_scripts("会议[记录]")
    '[会會][议議][记录記錄]'
    """
    return "".join(_piece(match[0]) for match in _PIECE.finditer(pattern))


def _piece(piece: str) -> str:
    twin = traditional(piece)
    if twin == piece:
        return piece
    if piece[0] == "[":
        return f"{piece[:-1]}{''.join(t for c, t in zip(piece, twin, strict=True) if c != t)}]"
    return f"[{piece}{twin}]"
