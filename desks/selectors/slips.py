"""What the slip catcher says of targets as they stand: the figures of the Isian put before it, accepted warnings left out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from django.core.cache import cache
from django.db.models import Count, Exists, Max, Min, OuterRef, Q

from accounts.choices import RegionLevel
from core.numbers import format_number
from core.values import Value, format_value
from desks.choices import UNSUBMITTED, Applicability, ItemState
from desks.models import Item, Round
from desks.selectors.columns import figures_for
from desks.selectors.figures import LAST_YEARS, Beside, Shown
from desks.selectors.slips_accepted import accepted_values
from indicators.choices import FigureKind
from indicators.models import Figure
from indicators.slips import Known, Peers, Role, SlipWarning, TypedRow, slip_of
from indicators.slips.size import HUNDRED, OWN

PEERS_KEPT: Final = 600
"""Seconds for which the range of the other regions is kept: published series move once a year."""
DOCUMENTS: Final = ("rpjmn", "rpjmd", "rkpd")
Warned = dict[str, str]
"""A warning as pages and API show it: kind, text, suggestion, shown, subject."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A target that the catcher is asked about; `key` is the row's."""

    key: int
    indicator: int
    value: Value
    unit: str
    decimals: int
    direction: str | None


def warnings_of(items: Iterable[Item]) -> dict[int, list[Warned]]:
    """The open warnings about the targets of rows, by key: a fixed number of queries for each form and region among them."""
    groups: dict[tuple[int, str, int], list[Item]] = defaultdict(list)
    for item in items:
        if item.indicator_id and item.value_proposed is not None and open_for_warning(item.state, item.applicability):
            groups[item.round_id, item.strand, item.region_id].append(item)
    found: dict[int, list[Warned]] = {}
    for (_, strand, region), rows in groups.items():
        book = figures_for(rows[0].round, strand, region, [row.indicator_id for row in rows if row.indicator_id])
        found |= warnings_beside(rows[0].round, [asked_of(row) for row in rows], book)
    return found


def open_for_warning(state: str, applicability: str) -> bool:
    """Whether a target is still the region's to mend; what was handed in is weighed at the desk."""
    return applicability == Applicability.APPLIES and state in (*UNSUBMITTED, ItemState.REPAIR)


def asked_of(item: Item) -> Asked:
    """The target of a row with what its wording says of it."""
    indicator, version = item.indicator, item.indicator_version
    assert indicator is not None and item.value_proposed is not None
    unit = version.unit if version else indicator.unit
    return Asked(item.pk, indicator.pk, item.value_proposed, unit, indicator.decimals, indicator.direction)


def warnings_beside(round_: Round, rows: Iterable[Asked], book: Mapping[int, Beside]) -> dict[int, list[Warned]]:
    """The same where the figures beside the rows are read already: at most two more queries, none where nothing strikes."""
    asked = list(rows)
    known = {row.key: known_figures(round_, book.get(row.indicator, {})) for row in asked}
    alone = {row.indicator for row in asked if _needs_peers(row, known[row.key])}
    peers = peers_of(round_, alone) if alone else {}
    struck: dict[int, tuple[Asked, SlipWarning]] = {}
    for row in asked:
        typed = TypedRow(
            row.value, row.unit, row.decimals, row.direction, round_.plan_year, known[row.key], peers.get(row.indicator)
        )
        if (warning := slip_of(typed)) is not None:
            struck[row.key] = row, warning
    silent = accepted_values(struck) if struck else {}
    return {
        key: [shown_warning(warning, format_value(row.value))]
        for key, (row, warning) in struck.items()
        if ("", format_value(row.value)) not in silent.get(key, ())
    }


def shown_warning(warning: SlipWarning, shown: str, subject: str = "") -> Warned:
    """A warning with the value it was raised for."""
    return {
        "kind": warning.kind.value, "text": warning.text, "suggestion": warning.suggestion, "shown": shown, "subject": subject,
    }  # fmt: skip


def _needs_peers(row: Asked, known: tuple[Known, ...]) -> bool:
    own = any(each.role in OWN and each.number for each in known)
    return not own or any(end is not None and end > HUNDRED for end in (row.value.min, row.value.max))


def known_figures(round_: Round, beside: Beside) -> tuple[Known, ...]:
    """The figures beside a row as the catcher knows them, each with its name in a sentence."""
    found = (_known(round_, key, shown) for key, shown in beside.items() if shown.value is not None)
    return tuple(each for each in found if each is not None)


def _known(round_: Round, key: str, shown: Shown) -> Known | None:
    assert shown.value is not None
    role, words = _role(round_, key, shown)
    if role is None:
        return None
    return Known(role, shown.value, shown.year, f"{words} {shown.year}", "simulasi" if shown.simulated else "")


def _role(round_: Round, key: str, shown: Shown) -> tuple[Role | None, str]:
    if key.isdecimal():
        return Role.ACTUAL, "capaian BPS" if shown.source == "bps" else "capaian"
    if key in DOCUMENTS:
        return Role.DOCUMENT, f"target {key.upper()}"
    if key == "previous" and shown.source in DOCUMENTS:
        return Role.DOCUMENT, f"target {shown.source.upper()}"
    words = round_.words
    named: dict[str, tuple[Role, str]] = {
        "agreement": (Role.AGREEMENT, "kesepakatan"),
        "indicative": (Role.INDICATIVE, _lower(words.indicative)),
        "national": (Role.HOST, _lower(words.host_target)),
    }
    return named.get(key, (None, ""))


def _lower(words: str) -> str:
    return words[0].lower() + words[1:]


def peers_of(round_: Round, indicators: Collection[int]) -> dict[int, Peers]:
    """The range of the last published achievements of all regions of the round's level, per indicator; one query for those not kept."""
    level = RegionLevel.PROVINCE if round_.national else RegionLevel.KABKOTA
    keys = {indicator: f"slip-peers:{indicator}:{level}:{round_.plan_year}" for indicator in indicators}
    kept: dict[str, Peers] = cache.get_many(keys.values())
    missing = [indicator for indicator, key in keys.items() if key not in kept]
    if missing:
        read = {keys[indicator]: peers for indicator, peers in _read_peers(round_, level, missing).items()}
        cache.set_many(read, PEERS_KEPT)
        kept |= read
    return {indicator: kept[key] for indicator, key in keys.items() if kept[key].count}


def _read_peers(round_: Round, level: str, indicators: list[int]) -> dict[int, Peers]:
    newer = Figure.objects.filter(
        region_id=OuterRef("region_id"), indicator_id=OuterRef("indicator_id"), kind=FigureKind.ACTUAL,
        year__gt=OuterRef("year"), year__lt=round_.plan_year,
    )  # fmt: skip
    rows = (
        Figure.objects.filter(
            ~Exists(newer), indicator_id__in=indicators, kind=FigureKind.ACTUAL, region__level=level, value_min__gt=0, value_max__gt=0,
            year__gte=round_.plan_year - 1 - LAST_YEARS, year__lt=round_.plan_year,
        )
        .order_by().values_list("indicator_id")
        .annotate(
            low=Min("value_min"), high=Max("value_max"), regions=Count("region_id", distinct=True),
            first=Min("year"), last=Max("year"), one=Min("source"), other=Max("source"), simulated=Count("pk", filter=Q(simulated=True)),
        )
    )  # fmt: skip
    found = dict.fromkeys(indicators, Peers(Decimal(0), Decimal(0), 0, ""))
    for indicator, low, high, regions, first, last, one, other, simulated in rows:
        years = str(last) if first == last else f"{first}–{last}"
        source = "capaian BPS" if one == other == "bps" else "capaian"
        mark = " (simulasi)" if simulated else ""
        found[indicator] = Peers(low, high, regions, f"{source} {years}{mark} di {format_number(regions)} daerah")
    return found
