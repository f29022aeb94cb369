"""What Minutebook itself says of votes, in English and Chinese: each side, how somebody voted, that there is none."""

from collections.abc import Sequence
from typing import Literal

from ingest.records import Language

Side = Literal["in_favour", "against", "aside"]
_SIDES: dict[Side, tuple[str, str, str]] = {
    "in_favour": ("in favour", "votes in favour", "赞成"),
    "against": ("against", "votes against", "反对"),
    "aside": ("abstaining", "abstentions", "弃权"),
}


def side_of_vote(
    side: Side,
    count: int | None,
    names: Sequence[str],
    language: Language,
    *,
    asked: bool = False,
    who: bool = False,
) -> str:
    """How many, and who, stood on a side of a vote; '' where the record does not say, unless it is asked for.

    >>> side_of_vote("against", 2, ("Chen", "Ruiz"), "en"), side_of_vote("aside", 0, (), "zh")
    ('2 against (Chen, Ruiz)', '无弃权票')
    >>> side_of_vote("against", 2, (), "en", asked=True, who=True), side_of_vote("aside", None, (), "en", asked=True)
    ('2 against (their names are not recorded)', 'abstentions are not recorded')
    """
    english, noun, chinese = _SIDES[side]
    if count is None:
        if not asked:
            return ""
        return f"记录中没有写明{chinese}票" if language == "zh" else f"{noun} are not recorded"
    unnamed = asked and who and count and not names
    if language == "zh":
        listed = f"（{'、'.join(names)}）" if names else "（未记录姓名）" if unnamed else ""
        return f"{chinese}{count}票{listed}" if count else f"无{chinese}票"
    listed = f" ({', '.join(names)})" if names else " (their names are not recorded)" if unnamed else ""
    return f"{count or 'none'} {english}{listed}"


def away_from_vote(names: Sequence[str], language: Language) -> str:
    """Who was not there when a vote was taken, or that the record does not say."""
    if language == "zh":
        return f"缺席：{'、'.join(names)}" if names else "记录中没有写明谁缺席表决"
    return f"absent: {', '.join(names)}" if names else "who was absent is not recorded"


Stance = Literal["in_favour", "against", "aside", "absent", "apart", "unlisted"]
"""How somebody voted: on a side, not there, there but taking no part, or not told by the record."""

_STANCES: dict[Stance, tuple[str, str]] = {
    "in_favour": ("{} voted in favour.", "{}投了赞成票。"),
    "against": ("{} voted against.", "{}投了反对票。"),
    "aside": ("{} abstained.", "{}弃权。"),
    "absent": ("{} was absent.", "{}缺席。"),
    "apart": ("{} took no part in the vote.", "{}回避，未参加表决。"),
    "unlisted": ("The record does not say how {} voted.", "记录中没有写明{}如何投票。"),
}


def vote_of(name: str, stance: Stance, language: Language) -> str:
    """How somebody voted.

    >>> vote_of("Dana Ruiz", "against", "en"), vote_of("卓远", "absent", "zh")
    ('Dana Ruiz voted against.', '卓远缺席。')
    """
    return _STANCES[stance][language == "zh"].format(name)
