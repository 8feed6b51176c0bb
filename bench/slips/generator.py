"""Makes slips of honest cells, as people make them. It knows nothing of the catcher: a test holds it to that."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from random import Random
from typing import Final

from bench.slips.series import Honest
from core.numbers import format_number

FOREIGN: Final = {
    "%": ("orang", "poin", "unit"), "indeks": ("%", "orang"), "tahun": ("%", "bulan"), "Rp juta": ("%", "USD"),
    "Rp/orang/tahun": ("%", "USD"),
}  # fmt: skip
VISIBLE: Final = Decimal("0.01")
"""A target that goes the wrong way by less than this part of the baseline is no slip that anybody could point at."""
PLACES: Final = Decimal("0.0001")


@dataclass(frozen=True)
class Slip:
    """What was typed instead: the text, its kind, the cell it was made of, and an indicative target where the slip is against one."""

    kind: str
    text: str
    cell: Honest
    indicative: Decimal | None = None


def _typed(low: Decimal, high: Decimal) -> str | None:
    """The text of a number or range; None where it needs more digits than a target can hold."""
    ends = [low, high] if low != high else [low]
    if any(end != end.quantize(PLACES) or abs(end) >= Decimal(10) ** 11 for end in ends):
        return None
    return "–".join(format_number(end, max(-int(end.normalize().as_tuple().exponent), 0)) for end in ends)


def _times(factor: Decimal) -> Callable[[Honest, Random], str | None]:
    def make(cell: Honest, random: Random) -> str | None:
        return _typed(cell.low * factor, cell.high * factor) if cell.low > 0 else None

    return make


def _over_hundred(cell: Honest, random: Random) -> str | None:
    """A percentage typed as an index of the year before (100 + growth), or counted on another base."""
    if cell.unit != "%":
        return None
    number = random.choice([100 + cell.high, Decimal(random.randint(1010, 2400)) / 10])
    return _typed(number, number) if number > 100 else None


def _thousands(cell: Honest, random: Random) -> str | None:
    """Money in another unit of rupiah: full rupiah as thousands, millions as thousands or as full rupiah."""
    if not cell.unit.startswith("Rp"):
        return None
    factor = random.choice([Decimal(1000), Decimal(10) ** 6]) if "juta" in cell.unit else Decimal(1) / 1000
    low, high = ((end * factor).quantize(Decimal(1)) for end in (cell.low, cell.high))
    return _typed(low, high)


def _unit(cell: Honest, random: Random) -> str | None:
    text = _typed(cell.low, cell.high)
    return f"{text} {random.choice(FOREIGN[cell.unit])}" if text else None


def _bound(cell: Honest, random: Random) -> str | None:
    text = _typed(cell.low, cell.low)
    signs = "<≤" if cell.direction == "up" else ">≥"
    return f"{random.choice(signs)}{text}" if text else None


def _wrong_way(cell: Honest, random: Random) -> str | None:
    """Someone takes the direction wrong: from the last figure the planned step is taken to the other side."""
    before = [each for each in cell.known if each.year < cell.year]
    if not cell.planned or not before:
        return None
    last = max(before, key=lambda each: (each.role == "actual", each.year))
    base, aim, sign = (last.low + last.high) / 2, (cell.low + cell.high) / 2, 1 if cell.direction == "up" else -1
    step = aim - base
    if step * sign <= abs(base) * VISIBLE or (base - step) * base <= 0:
        return None
    number = (base - step).quantize(Decimal(1).scaleb(-cell.decimals))
    return _typed(number, number)


KINDS: Final[dict[str, Callable[[Honest, Random], str | None]]] = {
    "×10": _times(Decimal(10)),
    "×100": _times(Decimal(100)),
    "×1000": _times(Decimal(1000)),
    "÷10": _times(Decimal("0.1")),
    "÷100": _times(Decimal("0.01")),
    "÷1000": _times(Decimal("0.001")),
    "persen>100": _over_hundred,
    "ribu rupiah": _thousands,
    "satuan lain": _unit,
    "arah batas": _bound,
    "lebih buruk": _wrong_way,
}


def slips(kind: str, cells: list[Honest], random: Random, most: int) -> list[Slip]:
    """Up to `most` slips of one kind, made of cells drawn without repetition."""
    make, found = KINDS[kind], []
    for cell in random.sample(cells, len(cells)):
        text = make(cell, random)
        if text is not None:
            found.append(Slip(kind, text, cell))
        if len(found) == most:
            break
    return found


def below_indicative(cells: list[Honest], random: Random, most: int) -> list[Slip]:
    """The K/L indicated what the RPJMN says; typed is 1 to 25 % less good."""
    planned = [cell for cell in cells if cell.planned and cell.low > 0]
    found = []
    for cell in random.sample(planned, min(most, len(planned))):
        worse = 1 + (Decimal(random.randint(10, 250)) / 1000) * (-1 if cell.direction == "up" else 1)
        aim = cell.low if cell.direction == "up" else cell.high
        number = (aim * worse).quantize(PLACES)
        if number != aim and (text := _typed(number, number)):
            found.append(Slip("di bawah indikatif", text, cell, aim))
    return found
