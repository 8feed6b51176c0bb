"""Usulan of the desks of kewilayahan: locations with their figures, readiness with evidence, what became of last year's."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from accounts.actors import Actor
from core.numbers import parse_number
from desks.choices import ReasonCode
from desks.models import Item, Round, Usulan
from desks.selectors.bahan.table import Column, Content, Line, State, Table, joined, place_of
from desks.selectors.usulan.page import Fate, PlaceLine, UsulanShown, fate_of, shown_usulan

NOWHERE: Final = PlaceLine("", "", "", "", "")
_PLACES: Final = (
    Column("Kode usulan", 13, "code", printed=False), Column("Usulan", 34), Column("Lokasi", 22), Column("Satuan", 10),
    Column("Volume tersedia", 11, "number"), Column("Volume usulan", 11, "number"), Column("Volume di meja", 11, "number"),
    Column("Volume kesepakatan", 12, "number"), Column("Satuan alokasi", 9), Column("Alokasi tersedia", 15, "number"),
    Column("Alokasi usulan", 15, "number"), Column("Alokasi di meja", 15, "number"), Column("Alokasi kesepakatan", 15, "number"),
    Column("Putusan lokasi", 16), Column("Status", 16), Column("Kesiapan", 12), Column("Kesimpulan", 40, printed=False),
    Column("Tahun lalu", 24),
)  # fmt: skip
_READY: Final = (
    Column("Kode usulan", 13, "code", printed=False), Column("Usulan", 44), Column("Kriteria kesiapan", 32), Column("Status", 18),
    Column("Berkas bukti", 36), Column("Tautan bukti", 46),
)  # fmt: skip


def usulan_tables(actor: Actor, round_: Round, items: list[Item]) -> list[Table]:
    """One line for each location of an usulan, and one for each readiness criterion."""
    found = shown_usulan(actor, Usulan.objects.filter(item__in=[item.pk for item in items]))
    rows = {row.item.pk: row for row in found}
    fates = _fates(items)
    columns = (*_PLACES[:2], Column(round_.words.aim.name, 30), *_PLACES[2:])
    places = Table("Usulan", "Usulan menurut lokasi", columns)
    ready = Table("Kesiapan", "Kesiapan dan bukti", _READY)
    for item in items:
        row = rows[item.pk]
        item.usulan.title = row.title  # in memory: what was handed in, where the region is typing
        fate = fates.get(item.carried_from_id or 0)
        for line in row.places or [NOWHERE]:
            places.lines.append(Line(place_of(item), _cells(item, row, line, fate)))
        for each in row.readiness:
            state = State(each.words, each.tone)
            ready.lines.append(Line(place_of(item), (row.code, row.title, each.name, state, each.file_name, each.link)))
    return [places, ready]


def _fates(items: list[Item]) -> dict[int, Fate]:
    sources = {item.carried_from_id for item in items if item.carried_from_id}
    rows = Item.objects.filter(pk__in=sources).select_related("round", "usulan")
    return {row.pk: fate_of(row) for row in rows}


def _cells(item: Item, row: UsulanShown, place: PlaceLine, fate: Fate | None) -> tuple[Content, ...]:
    ro = (
        joined((str(row.ro["kl"] or ""), f"{row.ro['code'] or ''} {row.ro['name'] or ''}".strip()), " · ")
        if row.ro
        else ""
    )
    volumes = (place.available_volume, place.volume, place.newest_volume, place.agreed_volume)
    amounts = (place.available_amount, place.amount, place.newest_amount, place.agreed_amount)
    verdict = joined((place.label, place.reason, place.note))
    reason = ReasonCode(item.reason).label if item.reason else ""
    return (
        row.code, row.title, ro, joined((place.name, place.detail), ", "), row.unit, *map(_number, volumes),
        row.money_label, *map(_number, amounts), State(verdict, place.tone) if place.verdict else "",
        State(joined((row.state, reason), ": "), row.tone), row.readiness_words, item.conclusion, _said(fate),
    )  # fmt: skip


def _number(text: str) -> Decimal | None:
    return parse_number(text, decimals=4, dot="thousands") if text else None


def _said(fate: Fate | None) -> str:
    """What became of the usulan in the forum it comes from."""
    if fate is None:
        return ""
    forum = f"dilanjutkan ke {fate.forum}" if fate.forum else ""
    return joined((f"{fate.round}: {fate.label}", fate.reason, fate.conclusion, forum))
