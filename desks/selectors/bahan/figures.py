"""Rows that are measured by an indicator (urusan and makro): figures, gaps, who said what, sub kegiatan, strategies."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Final

from django.db.models import F

from accounts.actors import Actor
from accounts.choices import InstitutionKind
from core.fields import value_from, value_names
from core.numbers import format_number
from core.values import Value, format_value
from desks.choices import AGREED_STATES, STATE_TONES, ActionSide, Applicability
from desks.disclosure import show_handed_in
from desks.models import Item, Position, Round
from desks.selectors.bahan.table import (
    SIMULATED,
    UNCHECKED,
    Column,
    Content,
    Line,
    Marked,
    State,
    Table,
    joined,
    place_of,
)
from desks.selectors.columns import FigureColumn, figure_columns, figures_over
from desks.selectors.figures import Beside, Shown
from desks.selectors.gaps import gap_to
from desks.selectors.item import VERDICT_TONES
from desks.selectors.macro import actions_of
from desks.selectors.supports import supports_over
from indicators.choices import FigureKind, Strand
from indicators.models import Figure
from indicators.selectors import figures_seen_by

GAPS: Final = ("national", "indicative", "agreement")
_NAME: Final = (Column("Kode indikator", 14, "code", printed=False), Column("Indikator", 36), Column("Satuan", 9))
Offers = dict[int, dict[str, tuple[str, Value]]]
"""Per row the newest figure of each institution other than the region's own: kind and value by short name."""


def urusan_tables(actor: Actor, round_: Round, items: list[Item]) -> list[Table]:
    """The indicators of the desks of urusan, and the sub kegiatan that support them."""
    return [_indicators(actor, round_, items, Strand.URUSAN, "Urusan"), _supports(actor, items)]


def macro_tables(actor: Actor, round_: Round, items: list[Item]) -> list[Table]:
    """The macro indicators, and the strategies and actions of both sides."""
    return [_indicators(actor, round_, items, Strand.MAKRO, "Makro"), _actions(actor, items)]


def _indicators(actor: Actor, round_: Round, items: list[Item], strand: str, sheet: str) -> Table:
    show_handed_in(items, actor)
    indicators, regions = {item.indicator_id for item in items}, {item.region_id for item in items}
    known = [pk for pk in indicators if pk is not None]
    book = figures_over(round_, strand, regions, known)
    drafts = rkpd_targets(actor, round_, known, regions)
    figures = figure_columns(round_, strand)
    if all(column.key != "rkpd" for column in figures):
        figures = _with_rkpd(figures, round_)
    said = offers_beside([item.pk for item in items])
    table = Table(sheet, "Indikator dan target", _columns(round_, figures))
    for item in items:
        assert item.indicator_id is not None
        key = (item.indicator_id, item.region_id)
        beside = {**({"rkpd": drafts[key]} if key in drafts else {}), **book.get(key, {})}
        table.lines.append(Line(place_of(item), _cells(item, beside, figures, said.get(item.pk, {}))))
    return table


def _with_rkpd(columns: list[FigureColumn], round_: Round) -> list[FigureColumn]:
    """The draft RKPD after the RPJMD, which the screens of urusan leave out for want of room."""
    place = next((no for no, column in enumerate(columns, start=1) if column.key == "rpjmd"), len(columns))
    own = FigureColumn("rkpd", f"RKPD {round_.plan_year}", "target", f"Target RKPD {round_.plan_year}")
    return [*columns[:place], own, *columns[place:]]


def rkpd_targets(
    actor: Actor, round_: Round, indicators: Collection[int], regions: Collection[int]
) -> dict[tuple[int, int], Shown]:
    """What the RKPD of the plan year states, by (indicator, region); drafts only for those who read them."""
    readable = figures_seen_by(actor).order_by().values("pk")
    rows = Figure.objects.filter(
        pk__in=readable, kind=FigureKind.DOCUMENT, source="rkpd", year=round_.plan_year, indicator_id__in=indicators, region_id__in=regions
    ).order_by("pk")  # fmt: skip
    found = {}
    for indicator, region, simulated, *value in rows.values_list(
        "indicator_id", "region_id", "simulated", *value_names("value")
    ):
        known = value_from(*value)
        found[indicator, region] = Shown(
            known, format_value(known), "simulasi" if simulated else "", simulated=simulated
        )
    return found


def offers_beside(items: Collection[int]) -> Offers:
    """The figures that others than the region put on the table; one query."""
    found: Offers = defaultdict(dict)
    rows = Position.objects.filter(item_id__in=items).exclude(institution__region_id=F("item__region_id"))
    names = ("item_id", "institution__short_name", "institution__kind", *value_names("value"))
    for item, name, kind, *value in rows.order_by("item_id", "seq").values_list(*names):
        known = value_from(*value)
        if item is not None and known is not None:
            found[item].pop(name, None)
            found[item][name] = (kind, known)
    return found


def _columns(round_: Round, figures: list[FigureColumn]) -> tuple[Column, ...]:
    words, plan = round_.words, round_.plan_year
    return (
        *_NAME,
        *(Column(_head(column, figures), 11, "number") for column in figures),
        Column(f"Usulan {plan}", 11, "number"), Column(f"Selisih {words.area}", 10, "number"),
        Column("Selisih indikatif", 10, "number"), Column("Selisih kesepakatan", 11, "number"),
        Column(f"Angka {words.holder}", 11, "number"), Column("Angka pihak lain", 16), Column(f"Disepakati {plan}", 11, "number"),
        Column("Status", 14), Column("Penjelasan usulan", 40, printed=False), Column("Kesimpulan", 40, printed=False), Column("Tanda", 30, printed=False),
    )  # fmt: skip


def _head(column: FigureColumn, columns: list[FigureColumn]) -> str:
    """The head of a figure; where two share a label, with what tells them apart."""
    shared = sum(each.label == column.label for each in columns) > 1
    return f"{column.label} {column.sub}" if shared else column.label


def _cells(item: Item, figures: Beside, columns: list[FigureColumn], said: dict[str, tuple[str, Value]]) -> tuple[Content, ...]:  # fmt: skip
    assert item.indicator is not None
    value = item.value_proposed
    gaps = [gap_to(value, figures.get(name), item.indicator.decimals, item.indicator.direction) for name in GAPS]
    agreed = item.state in AGREED_STATES
    return (
        item.indicator.code, item.subject, item.subject_unit,
        *(_figure(figures.get(column.key)) for column in columns),
        value or _no_value(item), *(gap.number for gap in gaps), _holders(said),
        joined(f"{name} {format_value(offer)}" for name, (kind, offer) in said.items() if kind != InstitutionKind.KL),
        item.value_agreed if agreed else None, State(item.get_state_display(), STATE_TONES[item.state].value),
        item.proposal_note, item.conclusion, joined(_marks(columns, figures)),
    )  # fmt: skip


def _figure(shown: Shown | None) -> Content:
    if shown is None or shown.value is None:
        return shown.text if shown else None
    sign = (SIMULATED if shown.simulated else "") + (UNCHECKED if "verifikasi" in shown.mark else "")
    return Marked(shown.value, sign) if sign else shown.value


def _no_value(item: Item) -> str:
    """What stands in the place of a target: that there is none, and why."""
    if item.applicability == Applicability.APPLIES:
        return ""
    return joined((item.get_applicability_display(), item.applicability_reason), ": ")


def _holders(said: dict[str, tuple[str, Value]]) -> Content:
    """The newest figure of a K/L: as a number where there is one, with names where several spoke."""
    own = [(name, value) for name, (kind, value) in said.items() if kind == InstitutionKind.KL]
    if len(own) == 1:
        return own[0][1]
    return joined(f"{name} {format_value(value)}" for name, value in own)


def _marks(columns: list[FigureColumn], figures: Beside) -> Iterable[str]:
    """What qualifies the figures: `simulasi: 2023, 2024`."""
    found: dict[str, list[str]] = {}
    for column in columns:
        if column.key in figures and (mark := figures[column.key].mark):
            found.setdefault(mark, []).append(column.label)
    return [f"{mark}: {', '.join(labels)}" for mark, labels in found.items()]


def _supports(actor: Actor, items: list[Item]) -> Table:
    """One line for each source of funds of a sub kegiatan."""
    table = Table("Sub kegiatan", "Sub kegiatan pendukung", _SUPPORT)
    found = supports_over(actor, items)
    for item in items:
        for row in found[item.pk]:
            volume = format_number(row.volume) if row.volume is not None else ""
            facts = (
                item.indicator.code if item.indicator else "", item.subject, row.nomenclature.kode, row.nomenclature.name, row.opd.short_name,
                joined(place.region.short_name for place in row.places.all()), row.volume if volume else None, row.volume_unit,
            )  # fmt: skip
            state = State(row.get_verdict_display(), VERDICT_TONES[row.verdict])
            note = joined((row.note, "ditambahkan di desk" if row.added_at_desk else ""))
            funds = [(fund.source.name, fund.proposed, fund.agreed) for fund in row.funds.all()]
            for fund in funds or [("pagu belum ditetapkan", None, None)]:
                table.lines.append(Line(place_of(item), (*facts, *fund, state, note)))
    return table


_SUPPORT: Final = (
    Column("Kode indikator", 14, "code", printed=False), Column("Indikator", 36), Column("Kode sub kegiatan", 18, "code"),
    Column("Sub kegiatan", 40), Column("Perangkat daerah", 22), Column("Lokasi", 26), Column("Volume", 11, "number"), Column("Satuan", 10),
    Column("Sumber dana", 22), Column("Pagu usulan (Rp)", 19, "money"), Column("Pagu kesepakatan (Rp)", 19, "money"), Column("Putusan", 16),
    Column("Catatan", 30),
)  # fmt: skip


def _actions(actor: Actor, items: list[Item]) -> Table:
    """One line for each strategi or aksi of either side."""
    table = Table("Strategi dan aksi", "Strategi dan aksi", _ACTION)
    found = actions_of(items, actor)
    for item in items:
        for row in found.get(item.pk, []):
            facts = (item.indicator.code if item.indicator else "", item.subject, ActionSide(row.side).label, row.text)
            marks = "ditambahkan di desk" if row.at_desk else ""
            table.lines.append(Line(place_of(item), (*facts, row.owner_full or row.owner, marks)))
    return table


_ACTION: Final = (
    Column("Kode indikator", 14, "code", printed=False), Column("Indikator", 36), Column("Pihak", 10), Column("Strategi dan aksi", 70),
    Column("Penanggung jawab", 30), Column("Keterangan", 20),
)  # fmt: skip
