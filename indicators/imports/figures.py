"""What every loader of published figures shares: the row of a figure and its key."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any, Final

from core.errors import InvalidInput
from core.fields import value_columns
from core.values import Value
from indicators.choices import FigureKind
from indicators.models import Indicator

KEY: Final = ("indicator_id", "region_id", "year", "period", "source", "line_key")


def figure_row(
    indicator: Indicator,
    region: int,
    year: int,
    kind: FigureKind,
    source: str,
    value: Value,
    *,
    period: str = "",
    origin: str = "",
    line: tuple[str, int] | None = None,
    needs_check: bool = False,
) -> dict[str, Any]:
    """The columns of one figure; `line` is key and row of the document line it stands in."""
    return {
        "indicator_id": indicator.pk,
        "region_id": region,
        "year": year,
        "period": period,
        "kind": kind.value,
        "source": source,
        "line_key": line[0] if line else "",
        "line_id": line[1] if line else None,
        "origin": origin[:300],
        "simulated": False,
        "needs_check": needs_check,
        **value_columns("value", value),
    }


def decimal_of(text: str, name: str) -> Decimal:
    """A number of a file of facts (decimal point), at most four decimals. Raises InvalidInput."""
    try:
        number = Decimal(text)
    except InvalidOperation as error:
        raise InvalidInput(f"“{text}” pada kolom {name} bukan angka.") from error
    if not number.is_finite() or number != number.quantize(Decimal("0.0001")):
        raise InvalidInput(f"“{text}” pada kolom {name} tidak dapat disimpan.")
    return number


def year_of(text: str, name: str = "tahun") -> int:
    """A year of four digits. Raises InvalidInput."""
    if not (text.isascii() and text.isdigit() and len(text) == 4):
        raise InvalidInput(f"“{text}” pada kolom {name} bukan tahun.")
    return int(text)
