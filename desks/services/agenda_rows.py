"""Rows of the agenda for the regions of an open desk: made when an indicator comes, taken away while nobody has written in them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from accounts.actors import Actor, can
from accounts.models import Notice
from core.errors import InvalidInput, NotAllowed
from desks.chain import Writer, writing
from desks.choices import UNSUBMITTED
from desks.models import Desk, DeskIndicator, Event, Item, Meja
from desks.selectors.owners import owners_of
from desks.services.definitions import FILLED
from indicators.models import Indicator, IndicatorVersion

KIND = "desks.agenda"
NAMED = 3
"""Indicators that a notice calls by name."""

TOUCHED = FILLED | Q(Exists(Event.objects.filter(item=OuterRef("pk"))))
"""Somebody has written in the row, or something was said of it: it stays."""


def make_rows(writer: Writer, mejas: Sequence[Meja], agenda: Sequence[DeskIndicator], action: str) -> list[Item]:
    """A draft row for each indicator in each of these mejas, recorded there; inside `writing`. The caller knows that none is there."""
    wording = IndicatorVersion.objects.filter(
        indicator__in=[row.indicator_id for row in agenda], year=mejas[0].desk.round.plan_year if mejas else 0
    ).order_by("no")
    versions = {version.indicator_id: version for version in wording}
    made: list[Item] = []
    for meja in mejas:
        items = Item.objects.bulk_create(
            Item(
                meja=meja, round=meja.desk.round, region=meja.region, strand=meja.desk.strand, indicator=row.indicator,
                indicator_version=versions.get(row.indicator_id), order=row.order,
            )
            for row in agenda
        )  # fmt: skip
        facts = [{"item": item.code, "indicator": row.indicator.code} for item, row in zip(items, agenda, strict=True)]
        writer.record(meja, action, {"desk": meja.desk.code, "region": meja.region.kode, "items": facts})
        made += items
    return made


def extend_agenda(actor: Actor, desk: Desk) -> int:
    """Make the rows that the regions of an open desk lack, since its agenda has grown, and tell their owners; answers how many."""
    if not can(actor, "desks.manage_round", desk.round):
        raise NotAllowed()
    mejas = list(Meja.objects.filter(desk=desk).select_related("desk__round", "region").order_by("pk"))
    agenda = list(
        DeskIndicator.objects.filter(desk=desk).select_related("indicator").order_by("order", "indicator__code")
    )
    with writing(actor, mejas=mejas) as writer:
        have = set(Item.objects.filter(meja__in=mejas).values_list("meja_id", "indicator_id"))
        lacking: dict[tuple[int, ...], list[Meja]] = defaultdict(list)
        for meja in mejas:
            missing = tuple(row.pk for row in agenda if (meja.pk, row.indicator_id) not in have)
            if missing:
                lacking[missing].append(meja)
        made = [
            item
            for missing, group in lacking.items()
            for item in make_rows(writer, group, [row for row in agenda if row.pk in missing], "add_rows")
        ]
        _tell(desk, made)
    return len(made)


def _tell(desk: Desk, made: Sequence[Item]) -> None:
    """One notice a person and region, however many rows came."""
    owners = owners_of(made)
    rows: dict[tuple[int, int], list[Item]] = defaultdict(list)
    for item in made:
        for user in owners[item.pk]:
            rows[user, item.meja_id].append(item)
    Notice.objects.bulk_create(
        [
            Notice(
                user_id=user, kind=KIND, object_code=items[0].meja.code, url=reverse("desks:isian", args=[items[0].meja.code]),
                text=f"{len(items)} indikator ditambahkan pada desk {desk.name} ({_named(items)}). Isi targetnya."[:300],
            )
            for (user, _), items in rows.items()
        ],
        batch_size=500,
    )  # fmt: skip


def _named(items: Sequence[Item]) -> str:
    codes = [item.indicator.code for item in items[:NAMED] if item.indicator]
    return ", ".join(codes) + (" dan lainnya" if len(items) > NAMED else "")


def written_rows(desk: Desk, indicators: Iterable[Indicator]) -> list[Item]:
    """The rows of these indicators in which somebody has written, by region."""
    rows = Item.objects.filter(TOUCHED, meja__desk=desk, indicator__in=list(indicators))
    return list(rows.select_related("region").order_by("region__kode"))


def refuse_written(desk: Desk, indicator: Indicator) -> None:
    """InvalidInput naming the regions that have written in the rows of this indicator."""
    written = written_rows(desk, [indicator])
    if not written:
        return
    # What a region types is its own until it is submitted: of drafts the name alone.
    said = "; ".join(
        f"{item.region.short_name} ({'belum diajukan' if item.state in UNSUBMITTED else item.get_state_display().lower()})"
        for item in written
    )
    raise InvalidInput(
        f"Indikator {indicator.code} sudah terisi atau tercatat pada {len(written)} daerah, jadi tidak dapat dihapus dari agenda: {said}."
    )


def drop_rows(actor: Actor, desk: Desk, indicator: Indicator) -> int:
    """Take the empty rows of an indicator away with its place on the agenda; refused with the list where one is not empty."""
    if not can(actor, "desks.manage_round", desk.round):
        raise NotAllowed()
    mejas = list(Meja.objects.filter(desk=desk, items__indicator=indicator).select_related("desk", "region").distinct())
    with writing(actor, mejas=mejas) as writer:
        refuse_written(desk, indicator)
        rows = Item.objects.filter(meja__desk=desk, indicator=indicator)
        codes: dict[int, list[str]] = defaultdict(list)
        for pk, code in rows.values_list("meja_id", "code"):
            codes[pk].append(code)
        for meja in mejas:
            facts = {
                "desk": desk.code,
                "region": meja.region.kode,
                "indicator": indicator.code,
                "items": codes[meja.pk],
            }
            writer.record(meja, "drop_rows", facts)
        count = sum(map(len, codes.values()))
        rows.delete()
    return count
