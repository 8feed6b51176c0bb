"""Text that a workbook can hold and that never becomes a formula."""

from __future__ import annotations

import re
from typing import Final

MAX_TEXT: Final = 32_767
"""Characters one cell can hold; Excel itself counts UTF-16 units."""

_UNWRITABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_RISKY_START: Final = tuple("=+-@'\t\r0123456789")


def clean_text(text: str) -> str:
    """`text` without the control characters that no workbook can store; line ends become \\n."""
    return _UNWRITABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def split_text(text: str, limit: int = MAX_TEXT) -> list[str]:
    """`text` in pieces that fit one cell each, broken at a space or line end where one is near; never empty."""
    pieces = []
    rest = clean_text(text)
    while _units(rest) > limit:
        cut = limit
        while _units(rest[:cut]) > limit:
            cut -= _units(rest[:cut]) - limit
        near = max(rest.rfind(" ", cut - 200, cut), rest.rfind("\n", cut - 200, cut))
        cut = near + 1 if near > 0 else cut
        pieces.append(rest[:cut])
        rest = rest[cut:]
    return [*pieces, rest]


def fits(text: str) -> bool:
    """Whether one cell can hold `text`."""
    return len(text) <= MAX_TEXT // 2 or _units(text) <= MAX_TEXT


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def needs_quote(text: str) -> bool:
    """Whether Excel would take `text` for a formula or a number once somebody edits the cell."""
    return text.startswith(_RISKY_START)
