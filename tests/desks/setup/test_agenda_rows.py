"""An indicator that comes after its desk was opened brings rows along; one that goes takes the empty ones, and none that is written in."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Notice
from core.errors import InvalidInput
from desks.imports.setup import read_setup
from desks.models import DeskIndicator, Event, Item
from desks.services.agenda_rows import drop_rows
from desks.services.item import RowWrite, save_rows
from desks.services.parts import BY_SLUG, apply_plan, make_plan, remove_row
from indicators.models import Indicator
from tests.desks import world as w
from tests.desks.chain import verify_chain
from tests.desks.setup.test_workbook import book_of
from tests.desks.world import World

pytestmark = pytest.mark.django_db
HEAD = ["Kode desk", "Kode indikator", "Urutan", "Nama indikator", "Satuan", "Bidang urusan"]


def added(world: World, *codes: str) -> None:
    rows = [["1.03", code, 9, f"Indikator {code}", "%", "1.03"] for code in codes]
    parts = read_setup(book_of(Indikator=[HEAD, *rows]), world.round.code).parts
    plan = make_plan(world.secretariat, world.round, parts)
    assert all("sudah dibuka bagi 2 daerah" in row.warn for _, row in plan.rows()), plan.rows()
    apply_plan(world.secretariat, world.round, parts, shown=plan.fingerprint)


def removed(world: World, code: str) -> None:
    pk = DeskIndicator.objects.get(round=world.round, indicator__code=code).pk
    remove_row(world.secretariat, world.round, BY_SLUG["indikator"], pk)


def test_rows_come_to_every_region_and_their_owners_are_told_once(world: World) -> None:
    before = Item.objects.count()
    added(world, "1.03.901", "1.03.902")
    assert Item.objects.count() == before + 4
    item = Item.objects.get(meja=world.meja, indicator__code="1.03.901")
    assert (item.state, item.indicator_version.name) == ("draft", "Indikator 1.03.901")
    for meja in (world.meja, world.other_meja):
        assert [event.action for event in verify_chain(meja)][-1] == "add_rows"
    told = Notice.objects.filter(kind="desks.agenda", object_code=world.meja.code)
    assert sorted(told.values_list("user", flat=True)) == sorted(
        actor.user.pk for actor in (world.opd, world.bappeda, world.verifikator)
    )
    assert "2 indikator ditambahkan" in told.first().text
    parts = read_setup(book_of(Indikator=[HEAD[:3], ["1.03", "1.03.901", 8]]), world.round.code).parts
    apply_plan(world.secretariat, world.round, parts)
    assert Item.objects.count() == before + 4


def test_empty_rows_go_with_their_indicator(world: World) -> None:
    before = Item.objects.count()
    added(world, "1.03.901")
    removed(world, "1.03.901")
    assert Item.objects.count() == before
    assert Event.objects.filter(chain=world.meja.chain, action="drop_rows").exists()
    verify_chain(world.meja)


def test_written_rows_stay_and_are_listed_without_what_is_typed(world: World) -> None:
    w.fill(world, 1, value="14,5")
    with pytest.raises(InvalidInput) as error:
        removed(world, "1.03.001")
    assert "pada 1 daerah" in error.value.message
    assert "Jawa Barat (belum diajukan)" in error.value.message
    assert "14,5" not in error.value.message
    item = world.item()
    save_rows(world.opd, rows=[RowWrite(item.code, item.version, {"value": ""})])
    with pytest.raises(InvalidInput):
        drop_rows(world.secretariat, world.desk, world.indicators[0])
    assert Item.objects.filter(indicator=world.indicators[0]).count() == 2


def test_the_administration_does_the_same(world: World) -> None:
    other = Indicator.objects.create(code="1.03.901", strand="urusan", bidang=world.bidang, unit="%")
    client = Client()
    world.secretariat.user.is_staff = True
    world.secretariat.user.save()
    client.force_login(world.secretariat.user, backend="django.contrib.auth.backends.ModelBackend")
    rows = list(DeskIndicator.objects.filter(desk=world.desk).order_by("pk"))
    given = {"code": world.desk.code, "name": world.desk.name, "strand": "urusan", "order": 0, "bidang_rows-TOTAL_FORMS": 0,
             "bidang_rows-INITIAL_FORMS": 0, "indicator_rows-TOTAL_FORMS": len(rows) + 1, "indicator_rows-INITIAL_FORMS": len(rows)}  # fmt: skip
    for no, (pk, indicator) in enumerate([*((row.pk, row.indicator_id) for row in rows), ("", other.pk)]):
        given |= {
            f"indicator_rows-{no}-id": pk,
            f"indicator_rows-{no}-indicator": indicator,
            f"indicator_rows-{no}-order": no,
        }
    address = reverse("admin:desks_desk_change", args=[world.desk.pk])
    swapped = client.post(
        address, given | {"indicator_rows-0-indicator": other.pk, "indicator_rows-TOTAL_FORMS": len(rows)}
    )
    assert "Indikator pada baris ini tetap" in swapped.content.decode()
    assert client.post(address, given).status_code == 302
    assert Item.objects.filter(indicator=other).count() == 2
