"""How tall a row must be and where a long text is cut: a sheet that is printed cannot ask Excel to fit rows later."""

from __future__ import annotations

import math
from typing import Final

LINE: Final = 12.9  # points a line of 10 pt text takes
MAX_LINES: Final = 20  # a taller row would leave half a page white before it
CHARS: Final = 1.1  # small letters of running text that fit into one unit of column width


def lines_needed(text: str, width: float, *, scale: float = 1.0) -> int:
    """How many lines `text` takes in a column (or merged columns) of `width` characters."""
    fit = max(1, int(width * CHARS / scale - 2.5))
    return sum(_wrapped(paragraph, fit) for paragraph in text.split("\n")) if text else 1


def _wrapped(paragraph: str, fit: int) -> int:
    lines, room = 1, fit
    for word in paragraph.split(" "):
        size = len(word) + sum(map(str.isupper, word)) * 2 // 5
        if size + (room < fit) > room:
            lines, room = lines + 1, fit
        else:
            room -= room < fit
        if size > fit:
            lines += math.ceil(size / fit) - 1
            size = size % fit or fit
        room -= size
    return lines


def height(texts_widths: list[tuple[str, float]], *, least: int = 1, scale: float = 1.0) -> float:
    """The height in points of a row whose cells hold these texts in these widths."""
    lines = max([least, *(lines_needed(text, width, scale=scale) for text, width in texts_widths)])
    return round(lines * LINE * scale + 3, 1)


def pieces(text: str, width: float, most: int = MAX_LINES) -> list[str]:
    """`text` in parts of at most `most` lines each, cut at a line end or space; joined they are the text again."""
    parts: list[str] = []
    rest = text
    while lines_needed(rest, width) > most:
        cut = _cut(rest, width, most)
        parts.append(rest[:cut])
        rest = rest[cut:]
    return [*parts, rest]


def _cut(text: str, width: float, most: int) -> int:
    low, high = 1, min(len(text), int(width * CHARS) * (most + 1) + 1)
    while low < high:
        middle = (low + high + 1) // 2
        if lines_needed(text[:middle], width) <= most:
            low = middle
        else:
            high = middle - 1
    near = max(text.rfind(" ", 0, low), text.rfind("\n", 0, low))
    return near + 1 if near > low // 2 else low
