"""National and indicative targets of a desk as the K/L in charge sees them: what is set, what is known beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from accounts.actors import Actor, can
from accounts.models import Region
from core.errors import DomainError, NotFound
from desks.models import Desk, DeskIndicator
from desks.scopes import scope_of
from desks.selectors.board import regions_seen
from desks.selectors.figures import NATION, Book, Shown, figures_of_desk
from desks.selectors.host_targets import AGREED_ABOVE
from desks.selectors.stages import require_stage
from desks.services.targets import REGIONAL_SOURCE, SOURCE, TARGET_STAGES, host_code
from indicators.choices import Direction, FigureKind
from indicators.models import Indicator, IndicatorVersion
from indicators.selectors.priorities import indicators_under

ACTUAL_YEARS: Final = 3
HOST_SOURCES: Final = (SOURCE[FigureKind.NATIONAL], REGIONAL_SOURCE[FigureKind.PROVINCIAL], AGREED_ABOVE)


@dataclass(frozen=True, slots=True)
class TargetCell:
    """One target: of an indicator, for a region or for the host's whole area ('00', the province), with what stands beside it; `refusal`: why not here."""

    indicator: str
    name: str
    unit: str
    decimals: int
    direction: str
    region: str
    region_name: str
    current: Shown | None
    actuals: tuple[Shown | None, ...]
    rpjmn: Shown | None
    agreement: Shown | None
    editable: bool
    in_words: bool = False
    refusal: str = ""

    @property
    def key(self) -> str:
        """How forms name the cell."""
        return f"{self.indicator}|{self.region}"

    @property
    def version(self) -> int:
        """The version a writer must have seen, 0 where nothing was set."""
        return self.current.version if self.current else 0

    @property
    def text(self) -> str:
        """The target as printed."""
        return self.current.text if self.current else ""


@dataclass(frozen=True, slots=True)
class TargetIndicator:
    """An indicator of the desk with its national cell and how many regions have an indicative target."""

    code: str
    name: str
    nation: TargetCell
    filled: int
    regions: int


class TargetBook:
    """All targets of a desk, read in a fixed number of queries."""

    def __init__(self, actor: Actor, desk: Desk, only: str = "", node: str = "") -> None:
        self.desk = desk
        self.round = desk.round
        held = self.round.held_year
        self.years = list(range(held - ACTUAL_YEARS, held))
        rows = DeskIndicator.objects.filter(desk=desk).select_related("indicator").order_by("order", "indicator__code")
        if node:
            rows = rows.filter(indicator__in=indicators_under(node))
        self.indicators = [row.indicator for row in rows if not only or row.indicator.code == only]
        if only and not self.indicators:
            raise NotFound("Indikator ini tidak ada pada desk.")
        names = IndicatorVersion.objects.filter(year=self.round.plan_year, indicator__in=self.indicators).order_by("no")
        wording = {row[0]: row for row in names.values_list("indicator_id", "name", "in_words")}
        self.names = {indicator: name for indicator, name, _ in wording.values()}
        self.in_words = {indicator for indicator, _, words in wording.values() if words}
        regions = Region.objects.filter(mejas__desk=desk).order_by("kode")
        seen = regions_seen(actor, desk)
        self.regions = [region for region in regions if seen is None or region.pk in seen]
        self.book: Book = figures_of_desk(
            self.round, [row.pk for row in self.indicators], [region.pk for region in self.regions], years=True
        )
        self.closed = closed_reason(actor, desk)
        self.may = can(actor, "desks.set_target", desk)
        self._scope = scope_of(actor)
        self.host = host_code(self.round)
        self._refusal = f"Target indikator ini diisi oleh {self.round.words.holder_long}nya."

    def editable(self, indicator: Indicator) -> bool:
        """Whether the actor may type here now."""
        if not self.may or self.closed:
            return False
        return self._scope.holds(self.round.plan_year, indicator.bidang_id, indicator.pk)

    def nation(self, indicator: Indicator) -> TargetCell:
        """The national target of an indicator."""
        return self._cell(indicator, None)

    def provinces(self, indicator: Indicator) -> list[TargetCell]:
        """The indicative targets of an indicator, region by region."""
        return [self._cell(indicator, region) for region in self.regions]

    def cells(self) -> list[TargetCell]:
        """Every cell of the desk: per indicator the nation, then the regions."""
        return [cell for row in self.indicators for cell in (self.nation(row), *self.provinces(row))]

    def overview(self) -> list[TargetIndicator]:
        """Per indicator the national cell and how far the regions are filled."""
        found = []
        for row in self.indicators:
            filled = sum("indicative" in self.book.get((row.pk, region.pk), {}) for region in self.regions)
            found.append(TargetIndicator(row.code, self.name(row), self.nation(row), filled, len(self.regions)))
        return found

    def name(self, indicator: Indicator) -> str:
        """The wording of the indicator in the plan year."""
        return self.names.get(indicator.pk, indicator.code)

    def _cell(self, indicator: Indicator, region: Region | None) -> TargetCell:
        figures = self.book.get((indicator.pk, region.pk if region else NATION), {})
        current = figures.get("indicative" if region else "national")
        if current and not region and current.source not in HOST_SOURCES:
            current = None
        above = current is not None and current.source == AGREED_ABOVE
        return TargetCell(
            indicator=indicator.code, name=self.name(indicator), unit=indicator.unit, decimals=indicator.decimals,
            direction=Direction(indicator.direction).label if indicator.direction else "",
            region=region.kode if region else self.host, region_name=region.short_name if region else self.round.words.area.capitalize(),
            current=current,
            actuals=tuple(figures.get(str(year)) for year in self.years), rpjmn=figures.get("rpjmn"), agreement=figures.get("agreement"),
            editable=self.editable(indicator) and not above, in_words=indicator.pk in self.in_words,
            refusal=f"{current.origin}; tidak diisi di sini." if above and current else self._refusal,
        )  # fmt: skip


def closed_reason(actor: Actor, desk: Desk) -> str:
    """Why targets cannot be set now, with hour and zone; '' when they can."""
    try:
        require_stage(desk.round, actor, TARGET_STAGES)
    except DomainError as error:
        return error.message
    return ""
