"""Reading a target: the one parser of core, bounded by what the columns of a value can hold."""

from __future__ import annotations

from typing import Final

from core.errors import InvalidInput
from core.values import Kind, Value, parse_value

MAX_TEXT: Final = 200
"""Characters that the column of a written value has room for; PostgreSQL refuses more."""

QUOTED: Final = 40
"""So much of what was typed is repeated in a refusal."""


def read_target(text: str, *, unit: str, decimals: int, dot: str = "ask", in_words: bool = False) -> Value | None:
    """The value written in `text` for an indicator of this unit; None where nothing stands. InvalidInput, AmbiguousNumber as the parser.

    `in_words` as the version of the indicator says it: only then may the value be words.
    """
    value = parse_value(text, unit=unit, decimals=decimals, dot=dot)  # type: ignore[arg-type]
    if value is not None and value.kind == Kind.TEXT and not in_words:
        raise InvalidInput(_wants_number(value.text, unit), code="not_a_number", field="value")
    if value is not None and len(value.text) > MAX_TEXT:
        raise InvalidInput(
            f"Target paling panjang {MAX_TEXT} karakter; sekarang {len(value.text)}. Uraikan di penjelasan."
        )
    return value


def _wants_number(text: str, unit: str) -> str:
    said = text if len(text) <= QUOTED else f"{text[:QUOTED]}…"
    measured = f" Indikator ini bersatuan {unit}." if unit else ""
    return f"“{said}” bukan angka.{measured} Tulis angka, misalnya 85,5, rentang 5,3–5,7, atau batas <5; uraian ditulis di penjelasan."
