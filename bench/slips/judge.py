"""Asks the catcher about honest cells and slips, and counts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from random import Random
from typing import Final

from bench.slips.generator import KINDS, Slip, below_indicative, slips
from bench.slips.series import TUNED, Ceiling, Honest, ceilings, honest_cells
from core.errors import InvalidInput
from core.values import Value, parse_value
from indicators.slips import Kind, Known, MoneyRow, Peers, Role, SlipWarning, TypedRow, money_slip, slip_of

TUNING_SEEDS: Final = (1, 2, 3, 4, 5)
REPORT_SEEDS: Final = (6, 7, 8, 9, 10)
RIGHT: Final = {
    "persen>100": (Kind.PERCENT,), "ribu rupiah": (Kind.MONEY,), "satuan lain": (Kind.UNIT,), "arah batas": (Kind.DIRECTION,),
    "lebih buruk": (Kind.WORSE,), "di bawah indikatif": (Kind.BELOW,),
}  # fmt: skip


@dataclass
class Tally:
    """How many were asked about, how many drew a warning, how many one of the right kind."""

    asked: int = 0
    warned: int = 0
    right: int = 0
    missed: list[str] = field(default_factory=list, repr=False)

    @property
    def rate(self) -> float:
        """The part that drew a warning."""
        return self.warned / self.asked if self.asked else 0.0


def row_of(cell: Honest, value: Value, indicative: Decimal | None = None) -> TypedRow:
    """The cell as the catcher is asked about it."""
    known = [
        Known(
            Role.ACTUAL if each.role == "actual" else Role.DOCUMENT,
            _value(each.low, each.high, cell), each.year,
            f"capaian BPS {each.year}" if each.role == "actual" else f"target RPJMN {each.year}",
        )
        for each in cell.known
    ]  # fmt: skip
    if indicative is not None:
        known.append(Known(Role.INDICATIVE, Value.point(indicative), cell.year, f"target indikatif K/L {cell.year}"))
    others = [number for number in cell.others if number > 0]
    peers = Peers(min(others), max(others), len(others), "capaian provinsi lain") if others else None
    return TypedRow(value, cell.unit, cell.decimals, cell.direction, cell.year, tuple(known), peers)


def read(text: str, cell: Honest) -> Value | None:
    """The typed text as a value; a foreign unit, which the Isian refuses at once, comes to the catcher by other ways."""
    try:
        return parse_value(text, unit=cell.unit, decimals=cell.decimals, dot="thousands")
    except InvalidInput:
        return parse_value(text, decimals=cell.decimals, dot="thousands")


def honest_value(cell: Honest) -> Value:
    """The published figure as typed."""
    return _value(cell.low, cell.high, cell)


def _value(low: Decimal, high: Decimal, cell: Honest) -> Value:
    if low == high:
        return Value.point(low, unit=cell.unit, decimals=cell.decimals)
    return Value.range(low, high, unit=cell.unit, decimals=cell.decimals)


def half(cells: Iterable[Honest], *, tuned: bool) -> list[Honest]:
    """The cells of the indicators the thresholds were set on, or those of the others."""
    return [cell for cell in cells if (cell.code in TUNED) == tuned]


def judge_honest(cells: Iterable[Honest]) -> dict[str, Tally]:
    """Warnings on honest cells, in all (`semua`) and per kind of warning."""
    found: dict[str, Tally] = defaultdict(Tally)
    for cell in cells:
        _count(found["semua"], slip_of(row_of(cell, honest_value(cell))), cell, found)
    return found


def _count(tally: Tally, warning: SlipWarning | None, cell: Honest | Ceiling, found: dict[str, Tally]) -> None:
    tally.asked += 1
    if warning is not None:
        tally.warned += 1
        found[warning.kind].warned += 1
        tally.missed.append(f"{cell.code} {getattr(cell, 'year', '')} {warning.kind}")


def judge_slips(cells: list[Honest], seeds: Iterable[int], most: int) -> dict[str, Tally]:
    """Slips of every kind made of the cells with each seed, and which of them drew a warning."""
    found: dict[str, Tally] = {kind: Tally() for kind in (*KINDS, "di bawah indikatif")}
    for seed in seeds:
        made: list[Slip] = []
        for kind in KINDS:
            made += slips(kind, cells, Random(f"{kind}{seed}"), most)  # noqa: S311 - a repeatable sample, no secret
        made += below_indicative(cells, Random(seed), most)  # noqa: S311 - a repeatable sample, no secret
        for slip in made:
            _judge(found[slip.kind], slip)
    return found


def _judge(tally: Tally, slip: Slip) -> None:
    value = read(slip.text, slip.cell)
    assert value is not None
    warning = slip_of(row_of(slip.cell, value, slip.indicative))
    tally.asked += 1
    tally.warned += warning is not None
    tally.right += warning is not None and warning.kind in RIGHT.get(slip.kind, (Kind.MAGNITUDE, Kind.MONEY))
    if warning is None:
        tally.missed.append(f"{slip.cell.code} {slip.cell.region} {slip.cell.year} {slip.text}")


def judge_pagu(*, tuned: bool) -> dict[str, Tally]:
    """Published pagu as they are, in thousands, and a thousand times too large; every second region belongs to the tuning half."""
    found = {name: Tally() for name in ("pagu jujur", "pagu ribu", "pagu ×1000")}
    for place, row in enumerate(ceilings()):
        if (place % 2 == 0) != tuned:
            continue
        for name, amount in (
            ("pagu jujur", row.rupiah),
            ("pagu ribu", row.rupiah // 1000),
            ("pagu ×1000", row.rupiah * 1000),
        ):
            asked = MoneyRow(amount, sorted(row.others), "pagu RKPD 2021 daerah lain")
            warning, tally = money_slip(asked), found[name]
            tally.asked += 1
            tally.warned += warning is not None
            tally.right += warning is not None
            if (warning is None) == (name != "pagu jujur"):
                tally.missed.append(f"{row.code} {amount}")
    return found


def report(*, tuned: bool, seeds: Iterable[int], most: int = 400) -> tuple[dict[str, Tally], dict[str, Tally]]:
    """Warnings on honest cells, and slips found per kind, of one half."""
    cells = half(honest_cells(), tuned=tuned)
    pagu = judge_pagu(tuned=tuned)
    honest = judge_honest(cells)
    honest["pagu"] = pagu.pop("pagu jujur")
    honest["semua"].asked += honest["pagu"].asked
    honest["semua"].warned += honest["pagu"].warned
    return honest, judge_slips(cells, seeds, most) | pagu
