"""What an indicator is, for the help at its field: definition, formula, source, unit, direction, the last value, an example of what to type."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from core.numbers import format_number
from core.values import Value, format_value
from desks.models import Item
from desks.selectors.figures import Beside, Shown
from indicators.choices import Direction

ABOUT_COLUMNS: Final = (
    "indicator__decimals", "indicator_version__definition", "indicator_version__formula", "indicator_version__source",
    "indicator_version__in_words",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class About:
    """The help at one field; '' where nobody has said it."""

    decimals: int
    definition: str
    formula: str
    source: str
    unit: str
    way: str | None
    last: str
    example: str

    @property
    def direction(self) -> str:
        """Which way is better, in words."""
        return Direction(self.way).label if self.way else ""

    @property
    def facts(self) -> list[tuple[str, str]]:
        """Name and text of each piece; what nobody has said says so."""
        unknown = "belum dicantumkan; tanyakan kepada pengampu indikator"
        return [
            ("Definisi", self.definition or unknown),
            ("Rumus", self.formula or unknown),
            ("Sumber", self.source or unknown),
            ("Satuan", self.unit or "tanpa satuan"),
            ("Arah", self.direction or "belum ditetapkan"),
            ("Nilai terakhir", self.last or "belum ada capaian yang dipublikasikan"),
            ("Contoh isian", self.example),
        ]


def about_of(facts: tuple[Any, ...], unit: str, direction: str | None, beside: Beside) -> About:
    """The help from the columns of `ABOUT_COLUMNS` and the figures beside the row."""
    decimals, definition, formula, source, in_words = facts
    years = sorted((key for key in beside if key.isdecimal()), reverse=True)
    last = beside[years[0]] if years else beside.get("actual")
    return About(
        decimals if decimals is not None else 2, definition or "", formula or "", source or "", unit, direction,
        _last(last, unit), _example(last or _other(beside), 2 if decimals is None else decimals, direction, bool(in_words)),
    )  # fmt: skip


def about_item(item: Item, beside: Beside) -> About | None:
    """The help of one row; None where it measures no indicator."""
    indicator, version = item.indicator, item.indicator_version
    if indicator is None:
        return None
    facts = (version.definition, version.formula, version.source, version.in_words) if version else ("", "", "", False)
    return about_of(
        (indicator.decimals, *facts), version.unit if version else indicator.unit, indicator.direction, beside
    )


def _other(beside: Beside) -> Shown | None:
    """Where nothing was achieved yet: a figure that somebody aims for."""
    return next(
        (beside[key] for key in ("agreement", "previous", "rpjmd", "indicative", "rpjmn") if key in beside), None
    )


def _last(shown: Shown | None, unit: str) -> str:
    if shown is None or not shown.text:
        return ""
    where = shown.origin.partition(";")[0] if shown.source == "bps" else shown.origin
    marks = [word for word in (f"tahun {shown.year}", where, "simulasi" if shown.simulated else "") if word]
    return f"{shown.text} {unit}".strip() + f" ({', '.join(marks)})"


def _example(known: Shown | None, decimals: int, direction: str | None, in_words: bool) -> str:
    """What may be typed: a number near the last one, a range, a bound on the side of the direction."""
    last: Value | None = known.value if known else None
    if in_words:
        return f"{format_value(last) or 'WTP'} (predikat atau kata)"
    number = last.number if last is not None and last.number is not None else Decimal(75)
    step = max(abs(number) / 20, Decimal(1).scaleb(-min(decimals, 1))).quantize(Decimal(1).scaleb(-min(decimals, 2)))
    aim = number + (step if direction != Direction.DOWN else -step)
    low, high, point = sorted((aim, aim + step))[0], max(aim, aim + step), aim
    sign = "≤" if direction == Direction.DOWN else "≥"
    texts = [format_number(each, decimals) for each in (point, low, high)]
    return f"{texts[0]} · rentang {texts[1]}–{texts[2]} · batas {sign}{texts[0]}"
