"""A target or achievement as the field writes it: a number, a range, a bound, or words. One parser, one formatter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Final

from django.db.models import TextChoices

from core.errors import InvalidInput
from core.numbers import format_number, plain


class Kind(TextChoices):
    """The form of a value; decides which of min, max and text are set."""

    POINT = "point", "angka"
    RANGE = "range", "rentang"
    LT = "lt", "kurang dari"
    LE = "le", "paling banyak"
    GT = "gt", "lebih dari"
    GE = "ge", "paling sedikit"
    TEXT = "text", "uraian"


UPPER_BOUNDS: Final = frozenset({Kind.LT, Kind.LE})
LOWER_BOUNDS: Final = frozenset({Kind.GT, Kind.GE})
_SIGNS: Final = {Kind.LT: "<", Kind.LE: "≤", Kind.GT: ">", Kind.GE: "≥"}


@dataclass(frozen=True, slots=True)
class Value:
    """One value with its unit.

    `min` and `max` by kind: point both and equal, range both (min ≤ max), lt/le only max, gt/ge only min, text none.
    `text` is what was written (for kind text: the value itself), `decimals` how many the unit normally shows.
    """

    kind: Kind
    min: Decimal | None
    max: Decimal | None
    text: str = ""
    unit: str = ""
    decimals: int = 2

    def __post_init__(self) -> None:
        if not self._well_formed():
            raise InvalidInput("Batas bawah, batas atas, dan bentuk nilai tidak cocok.")

    def _well_formed(self) -> bool:
        low, high = self.min, self.max
        if self.kind == Kind.POINT:
            return low is not None and low == high
        if self.kind == Kind.RANGE:
            return low is not None and high is not None and low <= high
        if self.kind in UPPER_BOUNDS:
            return low is None and high is not None
        if self.kind in LOWER_BOUNDS:
            return low is not None and high is None
        return low is None and high is None and bool(self.text)

    @classmethod
    def point(cls, number: Decimal | int, *, text: str = "", unit: str = "", decimals: int = 2) -> Value:
        """One number."""
        exact = Decimal(number)
        return cls(Kind.POINT, exact, exact, text, unit, decimals)

    @classmethod
    def range(
        cls, low: Decimal | int, high: Decimal | int, *, text: str = "", unit: str = "", decimals: int = 2
    ) -> Value:
        """From `low` to `high`, both included."""
        if low > high:
            raise InvalidInput(
                f"Rentang {format_number(low)}–{format_number(high)} terbalik. Tulis nilai yang lebih kecil dahulu."
            )
        return cls(Kind.RANGE, Decimal(low), Decimal(high), text, unit, decimals)

    @classmethod
    def bound(cls, kind: Kind, number: Decimal | int, *, text: str = "", unit: str = "", decimals: int = 2) -> Value:
        """A one-sided value: `kind` is lt, le, gt or ge."""
        exact = Decimal(number)
        low, high = (exact, None) if kind in LOWER_BOUNDS else (None, exact)
        return cls(kind, low, high, text, unit, decimals)

    @classmethod
    def words(cls, text: str, *, unit: str = "", decimals: int = 2) -> Value:
        """A value in words, such as WTP."""
        return cls(Kind.TEXT, None, None, text, unit, decimals)

    @property
    def number(self) -> Decimal | None:
        """The number to reckon with: the point, the bound, the middle of a range; None for words."""
        if self.min is None:
            return self.max
        if self.max is None:
            return self.min
        return self.min if self.min == self.max else (self.min + self.max) / 2

    def same_as(self, other: Value | None) -> bool:
        """Whether both say the same, however written: trailing zeros, spaces and capitals do not matter."""
        if other is None or self.kind != other.kind:
            return False
        if self.unit and other.unit and self.unit.casefold() != other.unit.casefold():
            return False
        if self.kind == Kind.TEXT:
            return " ".join(self.text.split()).casefold() == " ".join(other.text.split()).casefold()
        return self.min == other.min and self.max == other.max

    def as_json(self) -> dict[str, str]:
        """The value as strings for payloads and canonical forms; numbers without trailing zeros, '' where absent."""
        return {
            "kind": str(self.kind),
            "min": "" if self.min is None else plain(self.min),
            "max": "" if self.max is None else plain(self.max),
            "text": self.text,
            "unit": self.unit,
            "decimals": str(self.decimals),
        }

    @classmethod
    def from_json(cls, data: Mapping[str, str]) -> Value:
        """The value that `as_json` wrote."""
        return cls(
            Kind(data["kind"]),
            Decimal(data["min"]) if data["min"] else None,
            Decimal(data["max"]) if data["max"] else None,
            data.get("text", ""),
            data.get("unit", ""),
            int(data.get("decimals", "2")),
        )


def format_value(value: Value | None) -> str:
    """The value as printed, without unit: `5,3–5,7`, `<5`, `≥90`, `WTP`; nothing for None.

    Shows at least the unit's decimals and never drops a digit that counts.
    """
    if value is None:
        return ""
    if value.kind == Kind.TEXT:
        return value.text
    if value.kind == Kind.RANGE:
        return f"{_shown(value.min, value.decimals)}–{_shown(value.max, value.decimals)}"
    number = value.max if value.min is None else value.min
    return _SIGNS.get(value.kind, "") + _shown(number, value.decimals)


@lru_cache(maxsize=16_384)
def _shown(number: Decimal | None, decimals: int) -> str:
    if number is None:
        return ""
    fraction = plain(number).partition(".")[2]
    return format_number(number, max(decimals, len(fraction)))
