"""Institutions that change keep what was recorded under the old name and code."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from accounts.choices import InstitutionKind, Role
from accounts.models import Institution, Membership
from accounts.services import merge_institution, rename_institution, split_institution
from core.errors import InvalidInput, NotAllowed
from core.models import AuditEntry
from desks.models import Event, Item, Seat
from planning.models import BidangHolder, Pagu
from tests.desks import world as w
from tests.desks.world import World, world  # noqa: F401
from tests.factories import make_institution, make_membership

pytestmark = pytest.mark.django_db


@pytest.fixture
def other(world: World) -> Institution:  # noqa: F811
    return make_institution(InstitutionKind.OPD, "32-BM", world.jabar, name="Dinas Bina Marga dan Penataan Ruang")


def test_a_new_name_keeps_code_and_people(world: World) -> None:  # noqa: F811
    rename_institution(
        world.secretariat,
        world.dinas_jabar,
        name="Dinas  Jalan Jawa Barat",
        short_name="Dinas Jalan",
        reason="Perda 1/2026",
    )
    world.dinas_jabar.refresh_from_db()
    assert (world.dinas_jabar.name, world.dinas_jabar.kode) == ("Dinas Jalan Jawa Barat", "32-PU")
    entry = AuditEntry.objects.get(action="accounts.rename_institution")
    assert "Dinas Bina Marga Jawa Barat" in entry.before


def test_a_merger_moves_people_holdings_seats_and_pagu(world: World, other: Institution) -> None:  # noqa: F811
    gone = world.dinas_jabar
    for office, amount in ((gone, 5), (other, 7)):
        Pagu.objects.create(year=w.PLAN_YEAR, institution=office, bidang=world.bidang, amount=amount)
    BidangHolder.objects.create(year=w.PLAN_YEAR - 5, institution=gone, bidang=world.bidang)
    w.fill(world, 2)
    Item.objects.filter(pk=world.item().pk).update(state="repair", request_owner=gone, request_text="perbaiki")
    Item.objects.filter(pk=world.item(1).pk).update(state="submitted", request_owner=gone)
    moved = merge_institution(world.secretariat, gone, other, reason="Perda 2/2026")
    assert [world.item(no).request_owner for no in range(2)] == [other, gone]
    assert Event.objects.filter(item=world.item(), action="move_request").count() == 1
    assert moved == {"orang": 1, "bawahan": 0, "kursi": 1, "permintaan": 1, "urusan": 1, "indikator": 0, "pagu": 1}
    assert Seat.objects.get(institution=other).role == Role.OPD
    assert Membership.objects.current().get(institution=other).user == world.opd.user
    assert not Membership.objects.current().filter(institution=gone).exists()
    assert list(BidangHolder.objects.filter(institution=gone).values_list("year", flat=True)) == [w.PLAN_YEAR - 5]
    assert Pagu.objects.get(institution=other).amount == 12
    gone.refresh_from_db()
    assert (gone.active, gone.successor, gone.kode) == (False, other, "32-PU")
    assert Event.objects.filter(chain=world.round.chain, action="merge_institution").exists()


def test_a_merger_needs_two_alike_and_a_reason(world: World, other: Institution) -> None:  # noqa: F811
    for into, reason in ((world.dinas_banten, "x"), (world.dinas_jabar, "x"), (other, " ")):
        with pytest.raises(InvalidInput):
            merge_institution(world.secretariat, world.dinas_jabar, into, reason=reason)
    with pytest.raises(NotAllowed):
        merge_institution(world.bappeda, world.dinas_jabar, other, reason="x")


def test_a_split_makes_a_new_code_and_moves_those_named(world: World) -> None:  # noqa: F811
    stays = make_membership(institution=world.dinas_jabar, role=Role.OPD)
    made = split_institution(
        world.secretariat,
        world.dinas_jabar,
        kode="32-TR",
        name="Dinas Tata Ruang",
        short_name="Distaru",
        people=[world.opd.membership],
        reason="Perda",
    )
    assert made.predecessor == world.dinas_jabar
    assert Membership.objects.current().get(institution=made).user == world.opd.user
    assert Membership.objects.current().get(institution=world.dinas_jabar) == stays
    with pytest.raises(InvalidInput):
        split_institution(
            world.secretariat, world.dinas_jabar, kode="32-TR", name="x", short_name="x", people=[], reason="x"
        )


def test_the_page_does_it_and_the_administration_leads_there(world: World, other: Institution) -> None:  # noqa: F811
    client = Client()
    client.force_login(world.secretariat.user, backend="django.contrib.auth.backends.ModelBackend")
    for act in ("ubah-nama", "gabung", "pecah"):
        assert client.get(reverse("accounts:institution_act", args=[other.pk, act])).status_code == 200
    address = reverse("accounts:institution_act", args=[world.dinas_jabar.pk, "gabung"])
    assert client.post(address, {"into": world.dinas_banten.pk, "reason": "x"}).status_code == 422
    assert client.post(address, {"into": other.pk, "reason": "Perda"}).status_code == 302
    world.secretariat.user.is_staff = True
    world.secretariat.user.save()
    led = client.post(
        reverse("admin:accounts_institution_changelist"), {"action": "rename", "_selected_action": [other.pk]}
    )
    assert led["Location"] == reverse("accounts:institution_act", args=[other.pk, "ubah-nama"])
