"""Which characters stand for which others, in the form that the normaliser of SentencePiece models reads.

That form is a trie in one array (a double array, Aoe 1989; the layout is that of darts-clone) and the texts its
leaves point at. A step from the unit at `p` with a byte `c` leads to `p ^ offset ^ c`; the unit there carries `c`.
"""

import struct
from collections.abc import Mapping

_LEAF, _VALUE = 1 << 8, 1 << 31

_Node = dict[int, "int | _Node"]  # by byte; under 0 the place of the text


def charsmap(normal: Mapping[str, str]) -> bytes:
    """The map as bytes; no text of it may hold a zero."""
    root: _Node = {}
    texts = bytearray()
    for character in sorted(normal):
        node = root
        for byte in character.encode():
            node = node.setdefault(byte, {})  # type: ignore[assignment]
        node[0] = len(texts)
        texts += normal[character].encode() + b"\0"
    units = _units(root)
    return struct.pack(f"<I{len(units)}I", 4 * len(units), *units) + bytes(texts)


def _units(root: _Node) -> list[int]:
    """The array: each node has a base of its own, so that a step never lands on the unit of another."""
    units, taken, base = [0], {0}, 0
    waiting = [(root, 0)]
    while waiting:
        node, place = waiting.pop()
        base += 1
        while any(base ^ byte in taken for byte in node):
            base += 1
        taken.update(base ^ byte for byte in node)
        units.extend(
            [0] * ((base | 0xFF) + 1 - len(units))
        )  # readers look at any byte's place, and at no bounds
        units[place] |= (place ^ base) << 10 | (_LEAF if 0 in node else 0)
        for byte, below in node.items():
            if isinstance(below, int):
                units[base] = _VALUE | below
            else:
                units[base ^ byte] = byte
                waiting.append((below, base ^ byte))
    return units
