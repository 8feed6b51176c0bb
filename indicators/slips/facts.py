"""What the slip catcher is given and what it answers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Final

from core.values import Value, format_value
from indicators.choices import Direction


class Kind(StrEnum):
    """What may have gone wrong, weightiest first: a row shows only the first that fits."""

    UNIT = "unit"
    MONEY = "money"
    MAGNITUDE = "magnitude"
    PERCENT = "percent"
    DIRECTION = "direction"
    WORSE = "worse"
    BELOW = "below"

    @property
    def label(self) -> str:
        """The kind in a word or two."""
        return LABELS[self]


LABELS: Final = {
    Kind.UNIT: "satuan lain",
    Kind.MONEY: "ribuan rupiah",
    Kind.MAGNITUDE: "letak koma",
    Kind.PERCENT: "persentase di atas 100",
    Kind.DIRECTION: "arah terbalik",
    Kind.WORSE: "lebih buruk daripada capaian",
    Kind.BELOW: "di bawah target indikatif",
}


class Role(StrEnum):
    """What a known figure is to the row."""

    ACTUAL = "actual"
    AGREEMENT = "agreement"
    DOCUMENT = "document"
    INDICATIVE = "indicative"
    HOST = "host"


@dataclass(frozen=True, slots=True)
class Known:
    """A figure known for the row; `name` says what it is in words, with its source and year: `capaian BPS 2024`, `mark` what qualifies it."""

    role: Role
    value: Value
    year: int
    name: str
    mark: str = ""

    @property
    def number(self) -> Decimal:
        """The number to compare with; zero for words, which nothing is compared with."""
        return self.value.number or Decimal(0)

    @property
    def said(self) -> str:
        """The figure in a sentence: `capaian BPS 2024 (15,9)`."""
        return f"{self.name} ({format_value(self.value)}{', ' if self.mark else ''}{self.mark})"


@dataclass(frozen=True, slots=True)
class Peers:
    """The last published figures above zero of the same indicator in other regions: the lowest and highest of `count`, with source and years."""

    low: Decimal
    high: Decimal
    count: int
    name: str


@dataclass(frozen=True, slots=True)
class TypedRow:
    """A target as it stands, the indicator it is of, and what is known about it."""

    value: Value
    unit: str
    decimals: int
    direction: str | None
    plan_year: int
    known: tuple[Known, ...] = ()
    peers: Peers | None = None

    @property
    def number(self) -> Decimal | None:
        """The typed number: point, bound or middle of a range."""
        return self.value.number

    @property
    def sign(self) -> int:
        """1 where up is better, -1 where down is, 0 where nobody has said."""
        return {Direction.UP.value: 1, Direction.DOWN.value: -1}.get(self.direction or "", 0)

    def of(self, *roles: Role) -> Iterator[Known]:
        """The known numbers in these roles, newest first."""
        found = [each for each in self.known if each.role in roles and each.value.number is not None]
        return iter(sorted(found, key=lambda each: -each.year))


@dataclass(frozen=True, slots=True)
class SlipWarning:
    """One warning: its kind, a whole sentence, and the text to type instead where it is plain."""

    kind: Kind
    text: str
    suggestion: str = ""

    @property
    def label(self) -> str:
        """The kind in a word or two."""
        return self.kind.label
