"""Reading a target: the one parser of core, bounded by what the columns of a value can hold."""

from __future__ import annotations

from typing import Final

from core.errors import InvalidInput
from core.values import Value, parse_value

MAX_TEXT: Final = 200
"""Characters that the column of a written value has room for; PostgreSQL refuses more."""


def read_target(text: str, *, unit: str, decimals: int, dot: str = "ask") -> Value | None:
    """The value written in `text` for an indicator of this unit; None where nothing stands. InvalidInput, AmbiguousNumber as the parser."""
    value = parse_value(text, unit=unit, decimals=decimals, dot=dot)  # type: ignore[arg-type]
    if value is not None and len(value.text) > MAX_TEXT:
        raise InvalidInput(
            f"Target paling panjang {MAX_TEXT} karakter; sekarang {len(value.text)}. Uraikan di penjelasan."
        )
    return value
