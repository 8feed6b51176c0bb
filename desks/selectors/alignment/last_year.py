"""What was agreed in the round of the year before and does not stand in this one."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from django.db.models import QuerySet

from accounts.actors import Actor
from core.values import format_value
from desks.alignment_choices import FindingKind
from desks.choices import AGREED_STATES, Applicability, ItemState, SupportVerdict
from desks.models import Item, Meja, Round, Support
from desks.scopes import OWNER_ROLES
from desks.selectors.alignment.cells import shown
from desks.selectors.alignment.found import Finding, Place, Source, finding
from desks.selectors.alignment.rows import Rows
from indicators.choices import Strand

AGREED_SUPPORT = (SupportVerdict.AGREED, SupportVerdict.AGREED_NOTED)
ABSENT = "tidak tercantum tahun ini"


def round_before(round_: Round) -> Round | None:
    """The last round of the same host for the year before."""
    found = Round.objects.filter(plan_year=round_.plan_year - 1, level=round_.level, host_id=round_.host_id)
    return found.order_by("-no").first()


def absent_rows(actor: Actor, round_: Round, mejas: Collection[Meja], rows: Rows) -> Iterator[Finding]:
    """Targets and sub kegiatan agreed last year that are gone; six queries. What hangs on no row of this year is told to the region alone."""
    before = round_before(round_)
    if before is None or not mejas:
        return
    places = {(meja.region_id, meja.desk.code): meja for meja in mejas}
    regions = {meja.region_id for meja in mejas}
    agreed = Item.objects.visible_to(actor).filter(
        round=before, region__in=regions, state__in=AGREED_STATES, strand__in=[Strand.URUSAN, Strand.MAKRO], indicator__isnull=False,
        meja__desk__code__in={code for _, code in places},
    )  # fmt: skip
    source = Source(f"Kesepakatan {before.short_name}", "KESEPAKATAN")
    own = actor.role in OWNER_ROLES
    old = list(
        agreed.select_related("meja__desk", "indicator", "indicator_version", "round").order_by("meja__desk__order", "order", "pk")
    )  # fmt: skip
    now = {(item.region_id, item.indicator_id): item for item in rows.items}
    yield from _targets(old, now, places, source, _standing(round_, regions), own)
    yield from _supports(agreed, now, places, source, _linked(round_, regions, rows), own)


def _standing(round_: Round, regions: Collection[int]) -> dict[tuple[int, int | None], str]:
    """The state of every row of this year by region and indicator, seen or not: what is there is not absent."""
    found = Item.objects.filter(round=round_, region__in=regions, indicator__isnull=False).order_by()
    return {
        (region, indicator): state
        for region, indicator, state in found.values_list("region_id", "indicator_id", "state")
    }


def _targets(
    old: list[Item], now: dict[tuple[int, int | None], Item], places: dict[tuple[int, str], Meja], source: Source,
    standing: dict[tuple[int, int | None], str], own: bool,
) -> Iterator[Finding]:  # fmt: skip
    for item in old:
        key = (item.region_id, item.indicator_id)
        meja = places.get((item.region_id, item.meja.desk.code))
        current = now.get(key)
        here = ABSENT
        if current is not None:
            if current.applicability == Applicability.APPLIES:
                continue
            here = f"dinyatakan {current.get_applicability_display().lower()}: {current.applicability_reason}"
        elif not own or standing.get(key, ItemState.WITHDRAWN) != ItemState.WITHDRAWN:
            continue
        elif key in standing:
            here = "ditarik"
        if meja is not None:
            assert item.indicator is not None
            place = Place(current.meja if current else meja, current, item.indicator.code, item.subject)
            agreed = shown(item.value_agreed, item.subject_unit) or format_value(item.value_agreed)
            yield finding(FindingKind.LAST_YEAR, place, source, here, agreed or "disepakati tanpa angka")


def _linked(round_: Round, regions: Collection[int], rows: Rows) -> set[tuple[int, str]]:
    """(region, kode) of this year's sub kegiatan under this or the former code: of these rows as they may be read, of others as they stand."""
    found = set()
    for item, row in rows.all_supports:
        found |= {(item.region_id, row.nomenclature.kode), (item.region_id, row.nomenclature.predecessor)}
    others = Support.objects.filter(item__round=round_, item__region__in=regions).exclude(
        item__state=ItemState.WITHDRAWN
    )
    seen = {item.pk for item in rows.items}
    columns = ("item_id", "item__region_id", "nomenclature__kode", "nomenclature__predecessor")
    for pk, region, kode, predecessor in others.order_by().values_list(*columns):
        if pk not in seen:
            found |= {(region, kode), (region, predecessor)}
    return found


def _supports(
    agreed: QuerySet[Item], now: dict[tuple[int, int | None], Item], places: dict[tuple[int, str], Meja], source: Source,
    linked: set[tuple[int, str]], own: bool,
) -> Iterator[Finding]:  # fmt: skip
    rows = Support.objects.filter(item__in=agreed, verdict__in=AGREED_SUPPORT).select_related(
        "nomenclature", "opd", "item__meja__desk"
    )
    told: set[tuple[int, str, int]] = set()
    for row in rows.order_by("item__meja__desk__order", "nomenclature__kode", "pk"):
        old, kode = row.item, row.nomenclature.kode
        current = now.get((old.region_id, old.indicator_id))
        meja = current.meja if current else places.get((old.region_id, old.meja.desk.code))
        key = (old.region_id, kode, row.opd_id)
        if meja is None or key in told or (old.region_id, kode) in linked or not (own or current):
            continue
        told.add(key)
        place = Place(meja, current, kode, row.nomenclature.name, row.opd.short_name, row.opd.code)
        there = shown(row.volume, row.volume_unit) or "disepakati tanpa volume"
        yield finding(FindingKind.LAST_YEAR, place, source, ABSENT, there)
