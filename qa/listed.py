"""Names from the lists of who was at a meeting, which carry labels, offices and departments with them."""

import re
from collections.abc import Iterator

_LABEL = re.compile(r"^[\w ]{2,24}:\**\s*")
_SMALL_WORDS = re.compile(r"\s+(?:and|from item \d+|with)$|^(?:and|from item \d+)(?:\s+|$)")
_HAN_NAME = re.compile(r"[\u3400-\u9fff·]{2,4}")
_OF_UNIT = re.compile(
    r"^[\u3400-\u9fff]{1,14}(?:局|委|办|厅|处|院|区|科|会|社|署|中心|公司|政府|办公室)(?P<name>[\u3400-\u9fff]{2,3})$"
)


def people_listed(entry: str) -> Iterator[str]:
    """The people an entry of such a list names.

    >>> list(people_listed("In attendance: Ruth Imray (Clerk)")), list(people_listed("贝松岩  暨文禾"))
    (['Ruth Imray (Clerk)'], ['贝松岩', '暨文禾'])
    >>> list(people_listed("市水务局廉江月"))
    ['廉江月']
    """
    name = _SMALL_WORDS.sub("", _LABEL.sub("", entry.strip())).strip(" *,")
    parts = name.split()
    if len(parts) > 1 and all(_HAN_NAME.fullmatch(part) for part in parts):
        yield from parts
    elif unit := _OF_UNIT.match(name):
        yield unit["name"]
    elif name:
        yield name
