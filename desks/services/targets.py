"""Targets of the host (national, provincial) and indicative ones that its K/L or perangkat daerah in charge fills, on screen or from Excel."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass

from accounts.actors import Actor, can
from accounts.models import Region
from core.errors import AmbiguousNumber, DomainError, InvalidInput, NotAllowed, StaleState
from core.fields import value_columns
from core.values import Value, format_value
from desks.chain import Writer, writing
from desks.choices import StageKind
from desks.models import Desk, DeskIndicator, Meja, Round
from desks.reading import read_target
from desks.scopes import scope_of
from desks.selectors.host_targets import Above, agreed_above
from desks.selectors.stages import require_stage
from desks.services.idempotency import KeyTaken, earlier_answer, fingerprint, remember
from desks.services.target_marks import Move, mark_moved
from desks.strands import form_at
from indicators.choices import FigureKind
from indicators.models import Figure, Indicator, IndicatorVersion

NATION = "00"
TARGET_STAGES = (StageKind.PREPARATION, StageKind.FILLING_KL)
SOURCE = {FigureKind.NATIONAL: "kl_nasional", FigureKind.INDICATIVE: "kl_indikatif"}
REGIONAL_SOURCE = {FigureKind.PROVINCIAL: "pd_provinsi", FigureKind.INDICATIVE: "pd_indikatif"}
SOURCES = frozenset({*SOURCE.values(), *REGIONAL_SOURCE.values()})
"""Targets set in a round; those of provincial and sector rounds by the host's perangkat daerah."""


def host_code(round_: Round) -> str:
    """The code of the region whose own target the host sets: the nation's, or that of the province."""
    return NATION if round_.national else round_.host.region.kode


@dataclass(frozen=True)
class TargetWrite:
    """One typed target: indicator code, region code ('00' for the nation), text, and the version seen (0 where there was none)."""

    indicator: str
    region: str
    text: str
    version: int = 0
    dot: str = "ask"


@dataclass
class TargetResult:
    """What became of one target: saved, same, conflict, refused or ask."""

    indicator: str
    region: str
    status: str
    version: int = 0
    shown: str = ""
    message: str = ""
    problem: str = ""

    @property
    def ok(self) -> bool:
        """Whether the target stands as wanted."""
        return self.status in ("saved", "same")


def save_targets(actor: Actor, desk: Desk, rows: Sequence[TargetWrite], *, key: str = "") -> list[TargetResult]:
    """Save targets of one desk, each accepted or refused by itself, in one transaction under one idempotency key."""
    if not can(actor, "desks.set_target", desk):
        raise NotAllowed(f"Target diisi oleh {form_at(desk).target_filler}.")
    require_stage(desk.round, actor, TARGET_STAGES)
    if len({(row.indicator, row.region) for row in rows}) != len(rows):
        raise InvalidInput("Satu target tercantum lebih dari sekali dalam kiriman ini.")
    request_hash = fingerprint(["targets", desk.pk, [asdict(row) for row in rows]])
    try:
        return _save(actor, desk, rows, key, request_hash)
    except KeyTaken:
        return [TargetResult(**row) for row in earlier_answer(actor.user, key, request_hash)]


def _save(actor: Actor, desk: Desk, rows: Sequence[TargetWrite], key: str, request_hash: str) -> list[TargetResult]:
    indicators = {
        row.indicator.code: row.indicator for row in DeskIndicator.objects.filter(desk=desk).select_related("indicator")
    }
    wanted = {row.region for row in rows}
    nation = Region.objects.get(kode=host_code(desk.round))
    whole = nation.kode in wanted
    # A target of the host's whole area may mark rows of every region of the desk.
    touched = Meja.objects.filter(desk=desk) if whole else Meja.objects.filter(desk=desk, region__kode__in=wanted)
    mejas = {meja.region.kode: meja for meja in touched.select_related("region")}
    worded = worded_in(desk.round.plan_year, indicators.values())
    moves: list[Move] = []
    with writing(actor, mejas=mejas.values(), rounds=[desk.round] if whole else []) as writer:
        figures = _figures(desk, indicators)
        above = agreed_above(desk.round, [each.pk for each in indicators.values()])
        results = [
            _attempt(writer, desk, row, indicators, mejas, nation, figures, worded, above, moves) for row in rows
        ]
        mark_moved(writer, desk, moves)
        remember(actor.user, key, request_hash, [asdict(result) for result in results])
    return results


def worded_in(year: int, indicators: Iterable[Indicator]) -> set[int]:
    """The indicators whose wording in force in a plan year takes words (WTP, Ada) instead of numbers."""
    wording = IndicatorVersion.objects.filter(year=year, indicator__in=indicators).order_by("no")
    last = dict(wording.values_list("indicator_id", "in_words"))
    return {indicator for indicator, in_words in last.items() if in_words}


def _figures(desk: Desk, indicators: dict[str, Indicator]) -> dict[tuple[str, str], Figure]:
    found = Figure.objects.filter(
        indicator__in=indicators.values(),
        year=desk.round.plan_year,
        source__in=SOURCES,
        line_key=desk.round.code,
    ).select_related("indicator", "region")
    return {(figure.indicator.code, figure.region.kode): figure for figure in found}


def _attempt(
    writer: Writer, desk: Desk, row: TargetWrite, indicators: dict[str, Indicator], mejas: dict[str, Meja], nation: Region,
    figures: dict[tuple[str, str], Figure], worded: set[int], above: dict[int, Above], moves: list[Move],
) -> TargetResult:  # fmt: skip
    try:
        indicator = indicators.get(row.indicator)
        if indicator is None or (row.region != nation.kode and row.region not in mejas):
            raise InvalidInput("Indikator atau daerah tidak ada pada desk ini.")
        if not scope_of(writer.actor).holds(desk.round.plan_year, indicator.bidang_id, indicator.pk):
            raise NotAllowed(f"Target indikator ini diisi oleh {form_at(desk).target_filler}.")
        meja = mejas.get(row.region)
        if meja is None and indicator.pk in above:
            raise NotAllowed(f"{above[indicator.pk].origin}; target provinsi ini tidak diisi di sini.")
        region = meja.region if meja else nation
        return _one(
            writer,
            desk,
            row,
            indicator,
            region,
            meja,
            figures.get((row.indicator, row.region)),
            indicator.pk in worded,
            moves,
        )
    except AmbiguousNumber as error:
        return TargetResult(row.indicator, row.region, "ask", row.version, "", error.message, error.code)
    except StaleState as error:
        return TargetResult(
            row.indicator,
            row.region,
            "conflict",
            error.details["version"],
            error.details["theirs"],
            error.message,
            error.code,
        )
    except DomainError as error:
        return TargetResult(row.indicator, row.region, "refused", row.version, "", error.message, error.code)


def _one(
    writer: Writer, desk: Desk, row: TargetWrite, indicator: Indicator, region: Region, meja: Meja | None, current: Figure | None,
    in_words: bool, moves: list[Move],
) -> TargetResult:  # fmt: skip
    value = read_target(row.text, unit=indicator.unit, decimals=indicator.decimals, dot=row.dot, in_words=in_words)
    old: Value | None = current.value if current else None
    if (old is None and value is None) or (old is not None and old.same_as(value)):
        return TargetResult(row.indicator, row.region, "same", current.version if current else 0, format_value(old))
    if (current.version if current else 0) != row.version:
        raise StaleState(theirs=format_value(old), version=current.version if current else 0)
    kind = FigureKind.INDICATIVE if meja else FigureKind.NATIONAL if desk.round.national else FigureKind.PROVINCIAL
    # Never a number used before: a target deleted and set again goes on where the events of its meja or round stand.
    version = max(current.version if current else 0, writer.version_of(meja or desk.round)) + 1
    version = _store(desk, indicator, region, kind, value, current, writer.actor, version)
    facts = {
        "indicator": indicator.code,
        "before": old.as_json() if old else None,
        "after": value.as_json() if value else None,
        "figure_version": version,
    }
    writer.record(meja or desk.round, f"set_{kind}", facts)
    if old is not None:
        moves.append(Move(indicator, meja, kind, old, value))
    return TargetResult(row.indicator, row.region, "saved", version, format_value(value))


def _store(
    desk: Desk, indicator: Indicator, region: Region, kind: FigureKind, value: Value | None, current: Figure | None, actor: Actor, version: int
) -> int:  # fmt: skip
    """Set, change or remove the figure; answers the version it now has, 0 where there is none."""
    if value is None:
        assert current is not None
        current.delete()
        return 0
    if current is not None:
        Figure.objects.filter(pk=current.pk).update(version=version, simulated=False, **value_columns("value", value))
        return version
    source = (SOURCE if desk.round.national else REGIONAL_SOURCE)[kind]
    figure = Figure(
        indicator=indicator, region=region, year=desk.round.plan_year, kind=kind, source=source, line_key=desk.round.code,
        origin=f"{actor.institution.short_name}, {desk.round.short_name}", version=version,
    )  # fmt: skip
    figure.value = value
    figure.save()
    return version
