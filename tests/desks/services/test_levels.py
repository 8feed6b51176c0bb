"""Provincial and sector rounds: who may what, whose consent counts, whose target stands beside, and what the province's own target is."""

from __future__ import annotations

import pytest

from accounts.actors import can
from accounts.choices import InstitutionKind, Role
from core.errors import NotAllowed, TransitionNotAllowed
from core.fields import value_columns
from core.values import Value
from desks.choices import ItemState, Party, RoundLevel
from desks.models import Item, Meja, Round
from desks.scopes import hands_in, host_side, leading
from desks.selectors.consent import consent_of
from desks.selectors.targets import TargetBook
from desks.services.item import move_rows
from desks.services.room import call_item, record_absent
from desks.services.settle import settle
from desks.services.setup import create_round, regions_of
from desks.services.talk import take_stances
from desks.services.targets import TargetWrite, save_targets
from indicators.models import Figure
from tests.desks import provincial_world as p
from tests.factories import make_actor, make_institution, make_region

pytestmark = pytest.mark.django_db


def test_the_host_side_is_the_province_and_not_its_kab_kota():
    made = p.build(2)
    sides = {name: host_side(actor, made.round.pk) for name, actor in (
        ("bappeda", made.bappeda), ("dinas", made.dinas[0]), ("secretariat", made.secretariat), ("local", made.local[0]),
        ("local_opd", made.local_opd[0]), ("observer", made.observer), ("outsider", made.outsider))}  # fmt: skip
    assert sides == {
        "bappeda": True, "dinas": True, "secretariat": True, "local": False, "local_opd": False, "observer": False, "outsider": False,
    }  # fmt: skip
    assert leading(made.dinas[0]) and not leading(made.local[0])


def test_rights_of_a_provincial_round_follow_its_seats():
    made = p.build(2)
    desk, other = made.desks
    meja = made.mejas[desk.code][0]
    item = made.items(desk)[0]
    assert can(made.dinas[0], "desks.set_target", desk) and not can(made.dinas[1], "desks.set_target", desk)
    assert not can(made.local[0], "desks.set_target", desk)
    assert can(made.dinas[0], "desks.view_desk_board", other)
    assert can(made.local[0], "desks.submit_item", item) and not can(made.local[1], "desks.submit_item", item)
    assert not can(made.bappeda, "desks.edit_item", item)
    assert can(made.moderator, "desks.settle_item", item) and not can(made.observer, "desks.take_stance", item)
    assert not can(made.outsider, "desks.view_meja", meja)


def test_both_parties_of_a_provincial_round_must_consent():
    made = p.build(2)
    desk = made.desks[0]
    p.hand_in(made, desk)
    session = p.sit(made, desk, settled=0, close=False)
    item = made.items(desk)[0]
    call_item(made.moderator, session, item, seen_version=item.version)
    item.refresh_from_db()
    parties = consent_of([item], session)[item.pk].parties
    assert [row.party for row in parties] == [Party.PROVINCE, Party.REGION]
    assert parties[0].name == "Dinas Kesehatan Banten atau Bappeda Banten"
    assert [row.given for row in parties] == [False, True]
    with pytest.raises(TransitionNotAllowed):
        settle(made.moderator, session, item, "agree", seen_version=item.version)
    # Either the dinas in charge or the Bappeda provinsi speaks for the province.
    assert take_stances(made.bappeda, [(item.code, 1)], kind="setuju")[0].ok
    settle(made.moderator, session, item, "agree", seen_version=item.version)
    item.refresh_from_db()
    assert item.state == ItemState.AGREED


def test_the_other_dinas_and_the_observer_are_no_party():
    made = p.build(1)
    p.hand_in(made, made.desks[0])
    item = made.items(made.desks[0])[0]
    for actor in (made.dinas[1], made.observer):
        assert not take_stances(actor, [(item.code, 1)], kind="setuju")[0].ok


def test_the_target_of_the_province_is_what_the_national_round_agreed():
    national = p.build(1).round
    parent = Round.objects.create(
        forum_name="Nasional", short_name="Rakortek 2026", held_year=2026, plan_year=2027, level="national",
        host=make_institution(InstitutionKind.KEMENDAGRI, "KDN"),
    )  # fmt: skip
    national.parent = parent
    national.save()
    desk = national.desks.get(code="1.02")
    indicator = desk.indicator_rows.get().indicator
    actor = make_actor(Role.PEMBAHAS, desk.round.seats.get(institution__kode="36.1.02").institution)
    assert TargetBook(actor, desk).nation(indicator).editable
    above = parent.desks.create(code="1.02", name="Kesehatan")
    banten = make_region("36", "Banten")
    item = Item.objects.create(
        meja=Meja.objects.create(round=parent, desk=above, region=banten), round=parent, region=banten, strand="urusan", indicator=indicator,
        state=ItemState.AGREED, **value_columns("value_agreed", Value.point(91, unit="%")),
    )  # fmt: skip
    cell = TargetBook(actor, desk).nation(indicator)
    assert (cell.region, cell.text, cell.editable) == ("36", "91,00", False)
    assert cell.current is not None and cell.current.origin == "Disepakati pada Rakortek 2026"
    results = save_targets(
        actor, desk, [TargetWrite(indicator.code, "36", "92"), TargetWrite(indicator.code, "36.01", "88")]
    )
    assert [row.status for row in results] == ["refused", "saved"]
    figure = Figure.objects.get(indicator=indicator, region__kode="36.01")
    assert (figure.kind, figure.source, figure.line_key) == ("indicative", "pd_indikatif", desk.round.code)
    item.delete()
    (result,) = save_targets(actor, desk, [TargetWrite(indicator.code, "36", "92")])
    assert result.status == "saved" and Figure.objects.get(region=banten).kind == "provincial"


def test_in_a_sector_round_the_dinas_of_the_region_hands_in_and_speaks():
    made = p.build(2, level=RoundLevel.SECTOR)
    desk = made.desks[0]
    opd = made.local_opd
    assert hands_in(opd[0], made.round.pk) and not hands_in(make_actor(Role.OPD, opd[0].institution), 0)
    p.hand_in(made, desk, by=opd)
    item = made.items(desk)[0]
    consent = consent_of([item])[item.pk]
    assert [party.name for party in consent.parties] == ["Dinas Kesehatan Banten", "Dinkes Kabupaten 1"]
    assert [party.given for party in consent.parties] == [False, True]
    assert not can(opd[0], "desks.propose_item", item)
    result = move_rows(opd[1], "withdraw", [(item.code, item.version)], given={"note": "x"})[0]
    assert not result.ok


def test_an_opd_of_a_provincial_round_does_not_hand_in():
    made = p.build(1)
    item = made.items(made.desks[0])[0]
    assert can(made.local_opd[0], "desks.propose_item", item) and not can(made.local_opd[0], "desks.submit_item", item)


def test_the_province_recorded_absent_counts_for_all_rows():
    made = p.build(1)
    desk = made.desks[1]
    p.hand_in(made, desk)
    session = p.sit(made, desk, settled=0, close=False)
    for actor in (made.dinas[1], made.bappeda):
        record_absent(made.chair, session, actor.institution, "Penugasan lain")
    item = made.items(desk)[0]
    assert consent_of([item], session)[item.pk].complete


@pytest.mark.parametrize(("kind", "level", "ok"), [
    (InstitutionKind.BAPPEDA, "provincial", True), (InstitutionKind.BAPPEDA, "sector", False), (InstitutionKind.OPD, "sector", True),
    (InstitutionKind.OPD, "provincial", False), (InstitutionKind.BAPPEDA, "national", False),
])  # fmt: skip
def test_who_may_hold_which_round(kind, level, ok):
    actor = make_actor(Role.SEKRETARIAT, make_institution(kind, "36", make_region("36", "Banten")))
    round_ = Round(forum_name="F", short_name="F", held_year=2026, plan_year=2027, level=level, host=actor.institution)
    if ok:
        assert create_round(actor, round_).pk
        assert {region.parent_id for region in regions_of(round_)} <= {actor.region_id}
    else:
        with pytest.raises(NotAllowed):
            create_round(actor, round_)
