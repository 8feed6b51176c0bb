"""The gap to the host's own target: what the regions agreed and still discuss, put together by the rule of each indicator, against the national
target, in a provincial round against the figure that the province itself agreed above.

Always reckoned from the rows as they stand, never stored: the first agreement that changes them changes the gap.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import F, OuterRef, Q, Subquery

from core.fields import value_from, value_names
from core.values import Kind, Value, format_value
from desks.choices import AGREED_STATES, Applicability, ItemState
from desks.disclosure import BEING_TYPED
from desks.models import Position
from desks.scopes import scope_of
from desks.selectors.figures import NATION, figures_of_desk
from desks.selectors.overview.rows import Book, Rows
from indicators.aggregation import Aggregate, Part, aggregate
from indicators.choices import Aggregation, Direction, FigureKind
from indicators.models import Figure, Indicator

STILL_OPEN = (ItemState.SUBMITTED, ItemState.REPAIR, ItemState.DISCUSSED)


@dataclass(frozen=True)
class GapRow:
    """One indicator: the target of the host, what is agreed, and agreed with what is still open, each with how many regions it stands on.

    `settled` regions have agreed and `held` ones have no figure yet, whether their figures can be put together or not.
    """

    code: str
    name: str
    unit: str
    desk: str
    direction: str
    rule: str
    target: Value | None
    simulated: bool
    agreed: Aggregate
    expected: Aggregate
    settled: int
    held: int
    difference: Decimal | None
    verdict: str

    @property
    def target_text(self) -> str:
        """The target as printed."""
        return format_value(self.target)

    @property
    def remark(self) -> str:
        """Why there is no total, or which regions it leaves out."""
        lost = ((self.expected.in_words, "menulis kata"), (self.expected.unweighted, "tanpa penimbang"))
        parts = [self.expected.why_not, *(f"{n} {what}" for n, what in lost if n and self.expected.value)]
        return "; ".join(part.rstrip(".") for part in parts if part)

    @property
    def difference_text(self) -> str:
        """The signed difference as printed, '' where there is none to tell."""
        if self.difference is None:
            return ""
        places = self.expected.value.decimals if self.expected.value else 2
        sign = "+" if self.difference > 0 else "−" if self.difference < 0 else ""
        return sign + format_value(Value.point(abs(self.difference), decimals=places))


def totals_seen(book: Book) -> Rows:
    """The rows whose unfinished totals the actor may know (design 5): those of the seats that cover all regions."""
    condition = Q(pk__in=[])
    for seat in scope_of(book.actor).seats:
        if seat.round_id == book.round.pk and seat.region_id is None:
            here = Q(round_id=seat.round_id)
            here &= Q(meja__desk_id=seat.desk_id) if seat.desk_id is not None else Q()
            condition |= here & (Q(strand=seat.strand) if seat.strand else Q())
    # A total over some regions would be no national one: the filters of region do not narrow it.
    return book.rows(without=("daerah", "kelompok", "kelas", "putusan", "opd")).filter(
        condition, indicator__isnull=False
    )


def gap_rows(book: Book) -> list[GapRow]:
    """The indicators of the round against the host's targets, in the order of the desks. Five queries."""
    parts = _parts(totals_seen(book))
    indicators = {each.pk: each for each in Indicator.objects.filter(pk__in=parts)}
    weights = _weights(book, indicators)
    targets = figures_of_desk(book.round, list(parts), [])
    return [_row(indicators[pk], rows, weights, targets.get((pk, NATION), {})) for pk, rows in parts.items()]


@dataclass(frozen=True, slots=True)
class _Regional:
    region: int
    state: str
    agreed: Value | None
    offered: Value | None
    name: str
    desk: str


def _parts(rows: Rows) -> dict[int, list[_Regional]]:
    """By indicator the rows to which it applies."""
    newest = Position.objects.filter(item=OuterRef("pk")).order_by("-seq")
    offered = {f"offered_{name}": Subquery(newest.values(name)[:1]) for name in value_names("value")}
    not_relevant = ~Q(applicability=Applicability.APPLIES) & ~Q(state__in=BEING_TYPED)
    found: dict[int, list[_Regional]] = defaultdict(list)
    listed = (
        rows.exclude(not_relevant).annotate(**offered, wording=F("indicator_version__name"))
        .order_by("meja__desk__order", "meja__desk__code", "order", "indicator__code", "region__kode")
        .values_list("indicator_id", "region_id", "state", "wording", "meja__desk__code", *value_names("value_agreed"), *offered)
    )  # fmt: skip
    for row in listed:
        agreed = value_from(*row[5:11]) if row[2] in AGREED_STATES else None
        open_ = value_from(*row[11:17]) if row[2] in STILL_OPEN and row[11] else None
        found[row[0]].append(_Regional(row[1], row[2], agreed, open_, row[3] or "", row[4]))
    return dict(found)


def _weights(book: Book, indicators: Mapping[int, Indicator]) -> dict[tuple[int, int], Decimal]:
    """The newest published figure of each weighing indicator by (indicator, region)."""
    weighing = [each for each in indicators.values() if each.aggregation == Aggregation.WEIGHTED]
    weighers = [each.weigher_id for each in weighing if each.weigher_id is not None]
    figures = Figure.objects.filter(
        indicator_id__in=weighers, kind=FigureKind.ACTUAL, year__lt=book.round.plan_year, value_kind=Kind.POINT
    ).order_by("year", "period", "pk")
    numbers = figures.values_list("indicator_id", "region_id", "value_min")
    return {(weigher, region): number for weigher, region, number in numbers if number is not None}


def _row(
    indicator: Indicator, rows: list[_Regional], weights: Mapping[tuple[int, int], Decimal], beside: Mapping[str, Any]
) -> GapRow:
    weight = {row.region: weights.get((indicator.weigher_id or 0, row.region)) for row in rows}
    told = {"unit": indicator.unit, "decimals": indicator.decimals}
    agreed = aggregate(indicator.aggregation, [Part(row.agreed, weight[row.region]) for row in rows], **told)  # type: ignore[arg-type]
    both = [Part(row.agreed or row.offered, weight[row.region]) for row in rows]
    expected = aggregate(indicator.aggregation, both, **told)  # type: ignore[arg-type]
    shown = beside.get("national")
    target = shown.value if shown else None
    difference = difference_to(expected.value, target)
    # A sum without some regions says nothing yet about reaching the target of all.
    unfinished = indicator.aggregation == Aggregation.SUM and not expected.complete and difference is not None
    verdict = "belum lengkap" if unfinished else verdict_of(difference, indicator.direction)
    return GapRow(
        indicator.code, rows[0].name or indicator.code, indicator.unit, rows[0].desk, indicator.direction or "",
        Aggregation(indicator.aggregation).label, target, bool(shown and shown.simulated), agreed, expected,
        sum(row.agreed is not None for row in rows), sum(row.agreed is None and row.offered is None for row in rows), difference, verdict,
    )  # fmt: skip


def difference_to(value: Value | None, target: Value | None) -> Decimal | None:
    """How far a total lies outside the target: zero within a range or bound, signed beyond it; None where either is no number."""
    if value is None or target is None or value.number is None or target.number is None:
        return None
    number = value.number
    if target.min is not None and number < target.min:
        return number - target.min
    if target.max is not None and number > target.max:
        return number - target.max
    return Decimal(0)


def verdict_of(difference: Decimal | None, direction: str | None) -> str:
    """The difference in words: inside the target, better or worse; for an indicator without direction only above or below."""
    if difference is None:
        return ""
    if not difference:
        return "sesuai sasaran"
    if not direction:
        return "di atas sasaran" if difference > 0 else "di bawah sasaran"
    better = (difference > 0) == (direction == Direction.UP)
    return "lebih baik" if better else "lebih buruk"
