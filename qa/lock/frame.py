"""What a claim says of the meeting itself: its date, its number, who holds which title; checked against the record."""

import re

from ingest.dates import find_dates
from ingest.numerals import chinese_number, english_number
from ingest.records import Record
from qa.lock.reading import Reading, Token
from qa.lock.speakers import TITLES

_MEETING = r"(?:meeting|session|hearing|sitting)"
_AT_MEETING = re.compile(
    rf"^\s*(?:(?:at|in|during)\s+(?:the|its|their)\s+(?P<kind>[\w\s'’-]{{0,80}}?){_MEETING}\s*(?:of|on"
    rf"|held on|held in|in)?\s*|on\s+|in\s+)"
    r"(?P<date>[^,;]{4,40}?),\s+",
    re.IGNORECASE,
)
_HAN_AT_MEETING = re.compile(
    r"^\s*(?:在)?(?P<date>[^，。；]{4,30}?)(?:召开的|举行的)?(?P<kind>[^，。；]{0,40}?(?:会议|座谈会|听证会))?(?:上|中)?[，,]\s*"
)
_NUMBERED = re.compile(
    rf"\b(?P<number>\d{{1,4}}(?:st|nd|rd|th)|[a-z]+(?:-[a-z]+)?)(?P<kind>(?:\s+(?:executive|regular|ordinary|plenary|annual|board|council"
    rf"|committee)){{0,3}})\s+{_MEETING}\b",
    re.IGNORECASE,
)
_HAN_NUMBERED = re.compile(r"第(?P<number>[\d一二三四五六七八九十百零〇]+)次[^，。；]{0,12}?会议")


def meeting_frame(sentence: str, record: Record) -> str | None:
    """The sentence without its leading date and without the meeting's number, or None when either is not the record's.

    "On 15 March 2024, the 12th Executive Meeting approved ..." becomes "the Executive Meeting approved ..." for the
    12th meeting, held on 15 March 2024.
    """
    sentence = _without_date(sentence, record)
    for pattern, read in ((_NUMBERED, english_number), (_HAN_NUMBERED, chinese_number)):
        match = pattern.search(sentence)
        number = read(match["number"]) if match else None
        if match and number is not None:
            if record.session is None or number != record.session:
                return sentence  # then the number must stand in the evidence like any other
            sentence = sentence[: match.start("number")] + sentence[match.end("number") :]
            sentence = sentence.replace("第次", "")
    return sentence


def _without_date(sentence: str, record: Record) -> str:
    """The sentence without "On <the meeting's date>, " at its start; other dates stay, to be found in the evidence."""
    held = record.date
    if held is None:
        return sentence
    for pattern in (_AT_MEETING, _HAN_AT_MEETING):
        match = pattern.match(sentence)
        dates = find_dates(match["date"]) if match else []
        if match and len(dates) == 1 and dates[0].first <= held <= dates[0].last:
            told = dates[0].text
            rest = match["date"].replace(told, "").strip(" ,的")
            if len(rest) <= 3:
                return (
                    (match["kind"] or "") + " " + sentence[match.end() :]
                    if _says_kind(match)
                    else sentence[match.end() :]
                )
    return sentence


def _says_kind(match: re.Match[str]) -> bool:
    return bool(match["kind"] and match["kind"].strip())


def titles_hold(token: Token, claim: Reading, record: Record, people: frozenset[str]) -> bool:
    """Whether a title or given name before a name is the one the record gives that person elsewhere.

    A title that the record never sets before that name stays a word of the claim, to be found in its evidence.
    """
    if token.kind != "name":
        return False
    after = re.match(r"\.?\s+((?:[A-Z][\w'’-]+\s+)?[A-Z][\w'’-]+)", claim.text[token.end :])
    if after is None:
        return False
    last = after[1].split()[-1]
    names = rf"(?:{re.escape(after[1])}|(?:[A-Z][\w'’-]+ )?{re.escape(last)})"
    word = token.text.rstrip("s") if token.key in TITLES else token.text
    if token.key in TITLES:
        listed = rf"\b{re.escape(word)}s\b[^\n]*\b{re.escape(last)}\b"
        given = rf"(?<!Deputy )(?<!Vice )\b{re.escape(word)}\.?\s+{names}\b"
        return bool(re.search(given, record.text) or re.search(listed, record.text))
    if token.key not in people or last.casefold() not in people:
        return False
    return bool(re.search(rf"\b{re.escape(token.text)} {re.escape(after[1].split()[0])}\b", record.text))
