"""Votes: how many, and who, stood for, against and aside."""

import re

from ingest.records import Tally

_WORDS = [
    "no",
    "none",
    "nil",
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
]
_COUNT_OF = {word: max(0, place - 3) for place, word in enumerate(_WORDS)}
_COUNT = rf"(?:\d{{1,3}}|{'|'.join(_WORDS)})"

# A side of a vote as a label: "Ayes: ...", "Votes against this action: ...", "反对：..." Words that also mean
# something else ("for", "no") count only at the start of a clause or after "votes", "voting".
_OBJECT = r"(?: (?:this|the) (?:action|motion|resolution|proposal|item|amendment|question))?(?: votes?)?"
_LABEL = re.compile(
    r"(?:(?P<pro>\b(?:ayes?|yeas?|affirmative)|赞成|同意)|(?P<con>\b(?:nays?|noes)|反对)"
    r"|(?P<aside>\b(?:abstain(?:ed|ing)?|abstentions?)|弃权|回避)"
    rf"|(?:\b(?:votes?|voting|voted|those|members|directors)\s+|(?:^|(?<=[.;,(\n])"
    rf"|(?<=[.;,(\n] ))\W{{0,3}})(?:voting )?"
    rf"(?:(?P<pro_>in favou?r(?: of)?|for|yes)|(?P<con_>no|against|opposed|dissenting|negative)"
    rf"|(?P<aside_>not voting|recused)))"
    rf"{_OBJECT}(?:票)?\s*(?:\(\d+\))?\s*(?:[:：]|(?<=s)\s?[–—=-](?=\s?\w)|(?<=票)(?=\d))\s*",
    re.IGNORECASE,
)
_CERTAIN = re.compile(
    r"\b(?:ayes?|yeas?|nays?|noes|vot(?:es?|ing|ed)|abstain\w*|abstentions?)\b|票", re.IGNORECASE
)
_OTHER_LABEL = re.compile(
    r"\b(?:absent|excused|present|not voting|result|motion|carried)\b\s*[:：-]", re.IGNORECASE
)

_NAME = (
    r"(?:(?!(?:Votes?|Voting|Voted|With|Absent|Present|Motion|It|The|Excused|Not|Carried|Result)\b)"
    r"(?:(?:Messrs|Mses|Mr|Ms|Mrs|Dr|Hon|Cllrs?|Jr|Sr|St|Rev|[A-Z])\.|[A-Z][\w'’-]*)(?: (?:de|van|von|der"
    r"|la|le|al|bin)(?= [A-Z]))?)"
)
_NAMES = re.compile(
    rf"(?:(?:{_NAME}|[（(]\w+[)）])(?:\s+{_NAME})*)(?:\s*(?:,? and |,|;|&|、|，"
    rf"|\n)\s*(?:{_NAME}(?:\s+{_NAME})*))*"
    r"|[\u4e00-\u9fff·]{2,12}(?:[、，,\s]+[\u4e00-\u9fff·]{2,12})*"
)
_TITLE_MANY = re.compile(
    r"^(?:Messrs|Mses|Mmes|Mesdames|Drs|Councillors|Councilmembers|Commissioners|Directors|Members|Cllrs"
    r"|Trustees|Aldermen|Selectmen|Supervisors|Ms|董事|委员|监事)\b(?!\. )\.?\s*"
)
_NOBODY = re.compile(r"(?:none|nil|no one|nobody|n/a|0\b|无)", re.IGNORECASE)

# Counts within a sentence.
_SCORE = re.compile(
    rf"\b(?:carried|passed|passes|approved|adopted|agreed|failed|defeated|rejected|lost|vote[ds]?|voting"
    rf"|tally|motion)\b"
    rf"[^.;\d]{{0,60}}?\b(?P<pro>\d{{1,3}}|{'|'.join(_WORDS[4:])})\s?(?:-|–|—| to "
    rf"| ?: ?)\s?(?P<con>{_COUNT})\b"
    rf"(?:\s?(?:-|–|—)\s?(?P<aside>\d{{1,3}})\b)?(?!\s?%|\.\d|/)",
    re.IGNORECASE,
)
_PRO = re.compile(
    rf"\b(?P<n>{_COUNT})\s*(?:\w+ ){{0,2}}?(?:votes? |voted |voting |members? |were )?(?:in favou?r|ayes?\b"
    rf"|yeas?\b|yes\b|(?<=votes )for\b|(?<=voted )for\b|(?<=voting )for\b"
    rf"|for(?=,? (?:and )?\w+ (?:votes? )?(?:against|opposed)))",
    re.IGNORECASE,
)
_CON = re.compile(
    rf"\b(?P<n>{_COUNT})\s*(?:\w+ ){{0,2}}?(?:votes? |voted |voting |members? |were )?(?:against|opposed"
    rf"|nays?\b|noes\b|dissenting|dissents?\b)",
    re.IGNORECASE,
)
_NEUTRAL = re.compile(
    rf"\b(?P<n>{_COUNT})\s*(?:\w+ ){{0,2}}?(?:abstentions?|abstain(?:ed|ing)|abstains)", re.IGNORECASE
)
_HAN_PRO = re.compile(
    r"(?P<n>\d{1,4})\s?(?:票|人|名)?(?:\w{0,4}?)(?:赞成|同意)|(?:赞成|同意)票?[:：]?\s?(?P<m>\d{1,4})\s?票"
)
_HAN_CON = re.compile(r"(?P<n>\d{1,4})\s?(?:票|人|名)(?:反对)|反对票?[:：]?\s?(?P<m>\d{1,4})\s?票")
_HAN_ASIDE = re.compile(r"(?P<n>\d{1,4})\s?(?:票|人|名)(?:弃权)|弃权票?[:：]?\s?(?P<m>\d{1,4})\s?票")
_UNANIMOUS = re.compile(
    r"\bunanimous(?:ly)?\b|\bnem\.? con|\ball (?:ayes|in favou?r|members voting (?:aye|yes))\b|一致(?:通过"
    r"|同意)|全票",
    re.I,
)

# Names within a sentence: "2 against (Chen, Ruiz)", "with Chen and Ruiz opposed", "Mr. Lee abstained".
_IN_BRACKETS = re.compile(
    r"(?:(?P<pro>in favou?r|for|ayes?|赞成|同意)|(?P<con>against|opposed|nays?|noes|dissenting|反对)"
    r"|(?P<aside>abstentions?|abstained|abstaining|弃权))"
    r"\s*[（(](?P<names>[^()（）]{2,200})[)）]",
    re.IGNORECASE,
)
_PERSON = rf"{_NAME}(?: {_NAME}){{0,4}}"
_ACTED = re.compile(
    rf"(?P<names>{_PERSON}(?:, {_PERSON})*(?:,? and {_PERSON})?) (?:was |were )?"
    r"(?:(?P<con>opposed|opposing|dissent(?:ed|ing)|vot(?:ed|ing) (?:no|nay|against)|in opposition)"
    r"|(?P<aside>abstain(?:ed|ing)|recused))\b"
)
_HAN_ACTED = re.compile(
    r"(?:董事|监事|委员|代表|理事"
    r"|成员)(?P<names>[\u4e00-\u9fff·]{2,4}?(?:、[\u4e00-\u9fff·]{2,4}?)*)(?:投了?|表示)?(?:(?P<con>反对)"
    r"|(?P<aside>弃权|回避))"
)


def tally(text: str) -> Tally | None:
    """The vote that `text` reports, None when it reports none; a unanimous vote has 0 against.

    >>> tally("Carried 5-2.")
    Tally(in_favour=5, against=2, abstained=None, names_in_favour=(), names_against=(), names_abstained=())
    """
    names = {"pro": (), "con": (), "aside": ()} | _labelled(text)[1] | _named(text)
    counts = _counted(text) | _labelled(text)[0]
    for side, people in names.items():
        if people:
            counts.setdefault(side, len(people))
    if not counts and not any(names.values()):
        return None
    return Tally(
        counts.get("pro"), counts.get("con"), counts.get("aside"), names["pro"], names["con"], names["aside"]
    )


def lists_votes(text: str) -> bool:
    """Whether the text gives a side of a vote as a labelled list or count: "Ayes: Chen, Ruiz"."""
    counts, _ = _labelled(text)
    if _HAN_PRO.search(text) and (_HAN_CON.search(text) or _HAN_ASIDE.search(text)):
        return True
    return len(counts) > 1 or (bool(counts) and bool(_CERTAIN.search(text)))


def _counted(text: str) -> dict[str, int]:
    counts: dict[str, int] = {}
    if score := _SCORE.search(text):
        counts = {side: _number(score[side]) for side in ("pro", "con", "aside") if score[side]}
    elif _UNANIMOUS.search(text):
        counts = {"con": 0}
    sides = {"pro": (_PRO, _HAN_PRO), "con": (_CON, _HAN_CON), "aside": (_NEUTRAL, _HAN_ASIDE)}
    for side, patterns in sides.items():
        for pattern in patterns:
            if match := pattern.search(text):
                groups = match.groupdict()
                counts[side] = _number(groups["n"] or groups.get("m") or "0")
    return counts


def _labelled(text: str) -> tuple[dict[str, int], dict[str, tuple[str, ...]]]:
    """Counts and names of sides given as labels with lists or counts after them."""
    counts: dict[str, int] = {}
    names: dict[str, tuple[str, ...]] = {}
    for label in _LABEL.finditer(text):
        side = (label.lastgroup or "").rstrip("_")
        if _NOBODY.match(text, label.end()):
            counts[side] = 0
        elif number := re.compile(r"\(?(\d{1,3})\b(?![:.]\d)").match(text, label.end()):
            counts[side] = int(number[1])
            if listed := re.compile(r"\s*[(（–—-]\s*").match(text, number.end()):
                names[side] = _people(text, listed.end())
        elif people := _people(text, label.end()):
            names[side], counts[side] = people, len(people)
    return counts, names


def _people(text: str, start: int) -> tuple[str, ...]:
    """The list of names that begins at `start`."""
    listed = _NAMES.match(text, start)
    if not listed:
        return ()
    end = listed.end()
    if other := _LABEL.search(text, start, end + 2) or _OTHER_LABEL.search(text, start, end + 2):
        end = other.start()
    return _split_names(text[start:end])


def _named(text: str) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for match in [*_IN_BRACKETS.finditer(text), *_ACTED.finditer(text), *_HAN_ACTED.finditer(text)]:
        side = next(side for side in ("pro", "con", "aside") if match.groupdict().get(side))
        found[side] = found.get(side) or _split_names(match["names"])
    return found


def _split_names(listed: str) -> tuple[str, ...]:
    pieces = re.split(r",? and |[,;&、，\n]", listed)
    cleaned = (_TITLE_MANY.sub("", piece.strip(" .。()（）")) for piece in pieces)
    return tuple(name for name in cleaned if name and not _NOBODY.fullmatch(name))


def _number(word: str) -> int:
    return int(word) if word.isdigit() else _COUNT_OF[word.lower()]
