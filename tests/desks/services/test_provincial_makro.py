"""A makro desk in a provincial round: the province's own figure as target, who consents, strategies of province and kabupaten."""

from __future__ import annotations

import pytest

from accounts.actors import can
from core.errors import InvalidInput, NotAllowed
from core.fields import value_columns
from core.values import parse_value
from desks.choices import ActionSide, ItemState, RoundLevel
from desks.models import ConsentParty, Desk, DeskIndicator, Item, MacroAction, Meja, Round
from desks.scopes import forget_scope
from desks.selectors.columns import board_heads, figure_columns
from desks.selectors.consent import consent_of
from desks.selectors.macro import action_panel, owners_for
from desks.selectors.story import life_story
from desks.selectors.targets import TargetBook
from desks.services.item import RowWrite, move_rows, save_rows
from desks.services.macro import ActionData, add_action
from desks.services.setup import open_mejas
from desks.services.targets import TargetWrite, save_targets
from desks.strands import form_at
from indicators.choices import Direction, Strand
from indicators.models import Figure, Indicator, IndicatorHolder, IndicatorVersion
from tests.desks import provincial_world as p
from tests.factories import make_institution

pytestmark = pytest.mark.django_db


def makro(made: p.Provincial) -> Desk:
    """A makro desk of one indicator that the Bappeda provinsi holds, under a national round that agreed 5,3–5,7 for Banten."""
    national = Round.objects.create(
        forum_name="Nasional", short_name="Rakortek 2026", held_year=2026, plan_year=2027, level=RoundLevel.NATIONAL,
        host=make_institution("kemendagri", "KDN"),
    )  # fmt: skip
    Round.objects.filter(pk=made.round.pk).update(parent=national)
    made.round.refresh_from_db()
    indicator = Indicator.objects.create(
        code="PE", strand=Strand.MAKRO, unit="persen", decimals=2, direction=Direction.UP
    )
    version = IndicatorVersion.objects.create(
        indicator=indicator, year=p.PLAN_YEAR, name="Laju pertumbuhan ekonomi", unit="persen"
    )
    IndicatorHolder.objects.create(indicator=indicator, year=p.PLAN_YEAR, institution=made.bappeda.institution)
    above = Desk.objects.create(round=national, code="M", name="Makro", strand=Strand.MAKRO)
    meja = Meja.objects.create(round=national, desk=above, region=made.banten)
    agreed = parse_value("5,3–5,7", unit="persen", decimals=2)
    Item.objects.create(
        meja=meja, round=national, region=made.banten, strand=Strand.MAKRO, indicator=indicator, indicator_version=version,
        state=ItemState.AGREED, **value_columns("value_agreed", agreed),
    )  # fmt: skip
    desk = Desk.objects.create(round=made.round, code="M", name="Makro", strand=Strand.MAKRO, order=8)
    DeskIndicator.objects.create(round=made.round, desk=desk, indicator=indicator, order=1)
    for party in ("province", "region"):
        ConsentParty.objects.create(round=made.round, strand=Strand.MAKRO, party=party)
    for actor in (made.secretariat, made.moderator, made.bappeda, *made.dinas, *made.local, *made.local_opd):
        forget_scope(actor)
    open_mejas(made.secretariat, desk, made.places)
    return desk


def test_the_figure_agreed_nationally_is_the_target_provinsi_and_the_bappeda_spreads_it():
    made = p.build(2)
    desk = makro(made)
    cell = TargetBook(made.bappeda, desk).nation(Indicator.objects.get(code="PE"))
    assert not cell.editable and cell.current is not None and cell.current.origin == "Disepakati pada Rakortek 2026"
    results = save_targets(made.bappeda, desk, [TargetWrite("PE", "36", "6"), TargetWrite("PE", "36.01", "5,1")])
    assert [row.status for row in results] == ["refused", "saved"]
    assert Figure.objects.get(indicator__code="PE", region__kode="36.01").kind == "indicative"
    assert not can(made.dinas[0], "desks.set_target", desk) and not can(made.local[0], "desks.set_target", desk)
    labels = [column.name for column in figure_columns(made.round, Strand.MAKRO)]
    assert "Target provinsi 2027" in labels and "Target indikatif provinsi 2027" in labels
    words = form_at(desk)
    assert (words.targets, words.target_filler) == (
        "Target provinsi",
        "perangkat daerah provinsi pengampu indikator makro",
    )
    assert board_heads(Strand.MAKRO, made.round.words) == ("Strategi provinsi", "Strategi kabupaten/kota")


def test_strategies_of_province_and_kabupaten_each_by_their_own_and_both_parties_consent():
    made = p.build(2)
    desk = makro(made)
    item = made.items(desk)[0]
    add_action(
        made.local[0],
        item,
        ActionData(ActionSide.DAERAH, "Padat karya", made.local_opd[0].institution.pk),
        seen_version=1,
    )
    item = made.items(desk)[0]
    assert save_rows(made.local[0], rows=[RowWrite(item.code, item.version, {"value": "5,2"})])[0].ok
    item = made.items(desk)[0]
    assert move_rows(made.local[0], "submit", [(item.code, item.version)])[0].ok
    parties = consent_of([item])[item.pk].parties
    assert [row.name for row in parties] == ["Bappeda Banten", "Bappeda Kabupaten 1"]
    item = made.items(desk)[0]
    add_action(
        made.dinas[0],
        item,
        ActionData(ActionSide.PUSAT, "Bursa kerja", made.dinas[0].institution.pk),
        seen_version=item.version,
    )
    item = made.items(desk)[0]
    with pytest.raises(InvalidInput, match="tanggung jawabnya sendiri"):
        add_action(
            made.dinas[0],
            item,
            ActionData(ActionSide.PUSAT, "x", made.dinas[1].institution.pk),
            seen_version=item.version,
        )
    with pytest.raises(InvalidInput, match="bukan lembaga pihak tersebut"):
        add_action(
            made.bappeda,
            item,
            ActionData(ActionSide.PUSAT, "x", made.local[0].institution.pk),
            seen_version=item.version,
        )
    with pytest.raises(NotAllowed):
        add_action(made.local[1], item, ActionData(ActionSide.PUSAT, "x", None, "Tim"), seen_version=item.version)
    assert {row.name for row in owners_for(item, ActionSide.PUSAT)} >= {"Bappeda Banten", "Dinas Kesehatan Banten"}
    assert [side.title for side in action_panel(made.bappeda, item).sides] == [
        "Strategi dan aksi provinsi", "Strategi dan aksi kabupaten/kota",
    ]  # fmt: skip
    assert "menambah strategi dan aksi provinsi: Bursa kerja" in life_story(made.bappeda, item)[0].title
    assert MacroAction.objects.filter(item=item).count() == 2
