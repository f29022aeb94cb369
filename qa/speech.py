"""What somebody said, for reading: a transcript's noise and the speaker's stumbles left out, nothing put in.

Only what says nothing goes: marks of sounds, "um" and "uh", what is begun and begun again, words doubled by mistake.
Content words, names, numbers, negations and modal verbs stay as they are, in their order. `qa.lock.shortens` checks
that of every sentence before it is shown.
"""

import re

from ingest.words import ENGLISH_STOP_WORDS

LEAST_AFTER_OPENER = 4  # words that must follow an "Okay, so" that is left out

_BREAK = "\x00"  # where the transcript marks that the speaker broke off
_BROKEN_OFF = re.compile(r"\{(?:disfmarker|disfluency|cutoff)\}|(?<=[\w\s])--+(?=\s|$)")
SOUND = re.compile(
    r"\{[a-z_ ]{2,30}\}"
    r"|[\[(<](?:inaudible|unintelligible|indistinct|crosstalk|laughter|laugh(?:s|ing)?|applause|cough(?:s|ing)?|sighs?"
    r"|pause|(?:background )?noise|music|silence|听不清|笑声?|掌声|咳嗽|停顿)[\])>]",
    re.IGNORECASE,
)
_SPELLED = re.compile(r"\b(?:[A-Z]_)+(?:[A-Z]\b)?")  # "L_C_D_"
_SPLIT_OFF = re.compile(r"(?<=\w)\s+(?=(?:['’](?:s|re|ve|ll|d|m)|n['’]t)\b)", re.IGNORECASE)  # "it 's"
_FILLER = re.compile(
    r"(?:,\s*)?(?<![\w'’-])(?:(?:u+m+|u+h+|uhm+|er+m+|er|e+h|m{2,}|h+m+)(?![\w'’-])[\s\x00]*)+(?P<after>,)?",
    re.IGNORECASE,
)
_ASIDE = re.compile(r"(?<=[,\x00])\s*(?:you know|I mean)\s*(?:,|(?=\x00))", re.IGNORECASE)
_AGAIN = re.compile(
    r"(?<![\w'’-])(?P<said>(?:[^\W_]+(?:['’]\w+)* ){0,3}?[^\W_]+(?:['’]\w+)*)(?P<gap>[\s,\x00]+)"
    r"(?=(?P=said)(?![\w'’-]))",
    re.IGNORECASE,
)
_STUMP = re.compile(r"(?<![\w'’-])(?:[b-hj-z]|[bcdfghjklmnpqrstvwxz]{2,3}|[a-z]{2,3}(?=\s*\x00))[\s\x00]+")
_ABANDONED = re.compile(
    r"(?:(?<=^)|(?<=[.,;:?!\x00]))\s*(?P<said>(?:[^\W_]+(?:['’]\w+)* ){0,3}[^\W_]+(?:['’]\w+)*)\s*\x00"
)
_OPENER = re.compile(
    r"\s*(?:(?:okay|ok|'kay|well|alright|(?:and )?so(?! (?:forth|on|far|many|much|that|few|long)\b)"
    r"|right(?=\s*,)|yeah(?=\s*,))\b[\s,\x00]*)+",
    re.IGNORECASE,
)
_HAN_FILLER = re.compile(r"(?:^|(?<=[，。、；：！？\s]))[呃额唔]+(?:[，、]|(?=[\u3400-\u9fff]))")
_HAN_AGAIN = re.compile(r"(这个|那个|然后|就是|我们|他们|所以|因为|但是)(?:[，、]?\1)+")
_TOKENISED = re.compile(r"\w [,.?](?:\s|$)")
_BROKEN = re.compile(r"\s*(?:\x00\s*)+")
_HYPHEN = re.compile(r"(?<=\w) - (?=\w)")
_BEFORE_SIGN = re.compile(r"\s+(?=[,.;:?!%)\]])")
_COMMAS = re.compile(r"(?:,\s*)+(?=[,.;:?!])|^[\s,;.–]+|(?<=–)\s*,")

_COUNTS = frozenset(
    "zero one two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty sixty seventy "
    "eighty ninety hundred thousand million no not very".split()
)
_SAYS_NOTHING = ENGLISH_STOP_WORDS - frozenset(
    "no not nor can might should may could would will shall must cannot have has had if one only few some "
    "most all any each every".split()
)


def spoken(text: str) -> str:
    """Words of a transcript without its noise, on one line; as they are where nothing would be left.

    >>> spoken("Um , it 's the {disfmarker} the cheapest one , uh , with an L_C_D_ .")
    "It's the cheapest one with an LCD."
    """
    marked = SOUND.sub(" ", _BROKEN_OFF.sub(_BREAK, text))
    marked = _SPLIT_OFF.sub("", _SPELLED.sub(lambda found: found[0].replace("_", ""), marked))
    marked = _HAN_AGAIN.sub(r"\1", _HAN_FILLER.sub("", marked))
    marked = _ASIDE.sub("", " ".join(_FILLER.sub(_without_filler, marked).split()))
    marked = _STUMP.sub(_without_stump, marked)
    for _ in range(2):  # what is left out may bring equal words together
        marked = _ABANDONED.sub(_without_start, _AGAIN.sub(_without_first, marked))
    marked = _BROKEN.sub(" – ", marked)
    words = _well_set(marked, tokenised=_TOKENISED.search(text) is not None)
    return words if re.search(r"\w", words) else printed(text)


def printed(text: str) -> str:
    """Words of a transcript with nothing but its marks of sounds left out, signs set as in print.

    >>> printed("Mm - hmm , {vocalsound} yes .")
    'Mm-hmm, yes.'
    """
    marked = SOUND.sub(" ", _BROKEN_OFF.sub(" – ", text))
    marked = _SPLIT_OFF.sub("", _SPELLED.sub(lambda found: found[0].replace("_", ""), marked))
    plain = _BEFORE_SIGN.sub("", " ".join(marked.split()))
    return _HYPHEN.sub("-", plain) if _TOKENISED.search(text) else plain


def without_openers(text: str) -> str:
    """A sentence without what opens a turn ("Okay, so"), without asides ("you know") and marks of sounds."""
    marked = _FILLER.sub(_without_filler, SOUND.sub(" ", _BROKEN_OFF.sub(_BREAK, text)))
    marked = " ".join(_ASIDE.sub("", " ".join(marked.split())).replace(_BREAK, " ").split()).lstrip(" ,.–")
    opener = _OPENER.match(marked)
    return marked[opener.end() :] if opener else marked


def _without_filler(found: re.Match[str]) -> str:
    """A filler goes, with the commas on both of its sides; a comma that stands before it alone stays."""
    kept = "," if found[0].startswith(",") and not found["after"] else ""
    return f"{kept}{_BREAK if _BREAK in found[0] else ' '}"


def _without_stump(found: re.Match[str]) -> str:
    """Nothing for the beginning of the word that follows whole: "br brain"."""
    stump = re.sub(r"[\s\x00]", "", found[0])
    follows = found.string[found.end() : found.end() + len(stump) + 1]
    begun = follows[:-1].casefold() == stump and follows[-1:].isalpha()
    return "" if begun and stump not in ENGLISH_STOP_WORDS else found[0]


def _without_first(found: re.Match[str]) -> str:
    """Nothing for words that are said again at once, unless they count or are said twice on purpose."""
    said = found["said"].casefold().split()
    counted = any(word in _COUNTS or word[0].isdigit() for word in said)
    stumbled = len(said) > 1 or _BREAK in found["gap"] or said[0] in ENGLISH_STOP_WORDS
    return "" if stumbled and not counted else found[0]


def _without_start(found: re.Match[str]) -> str:
    """Nothing for a few words without content that the speaker broke off: "It's -- the point is"."""
    said = found["said"].casefold().split()
    empty = all(word in _SAYS_NOTHING or _contracted(word) for word in said)
    return " " if empty else found[0]


def _contracted(word: str) -> bool:
    """Whether a word is a pronoun and a form of "to be" or "to have" in one: "it's", not "I'll" or "don't"."""
    first, sign, last = word.replace("’", "'").partition("'")
    return bool(sign) and first in _SAYS_NOTHING and last in ("s", "re", "m", "ve")


def _well_set(text: str, *, tokenised: bool) -> str:
    """Signs set as in print, one space between words, what opens the turn left out; a capital at the start.

    tokenised  the transcript puts spaces around every sign, hyphens too
    """
    plain = _COMMAS.sub("", _BEFORE_SIGN.sub("", " ".join(text.split())))
    plain = _HYPHEN.sub("-", plain) if tokenised else plain
    opener = _OPENER.match(plain)
    if opener and len(plain[opener.end() :].split()) >= LEAST_AFTER_OPENER:
        plain = plain[opener.end() :]
    plain = _COMMAS.sub("", plain).strip().rstrip(",").removesuffix(" –").rstrip(" ,")
    return plain[:1].upper() + plain[1:]
