"""Filing usulan: drafts, completeness, quota, repair, what others may read, taking over."""

from __future__ import annotations

import dataclasses
import json

import pytest

from accounts.models import Region
from core.errors import InvalidInput, NotAllowed, StaleState, TransitionNotAllowed
from desks.choices import ItemState, PlaceVerdict
from desks.models import Event, Item, Lineage, Position, Round, Usulan, UsulanQuota
from desks.selectors.repair import unmended
from desks.selectors.usulan.facts import facts_for
from desks.selectors.usulan.page import only, shown_usulan
from desks.services.item import RowWrite, move_rows, save_rows
from desks.services.usulan.aims import AimData
from desks.services.usulan.package import usulan_of
from desks.services.usulan.read import PlaceData, ReadinessData, UsulanData
from desks.services.usulan.write import carry_usulan, change_usulan, create_usulan
from tests.desks.usulan_world import Kewil


def test_a_complete_usulan_is_handed_in_with_a_figure_per_location(kewil: Kewil) -> None:
    usulan = kewil.filed(places=2)
    (item,) = kewil.submitted(usulan)
    assert item.state == ItemState.SUBMITTED and item.value_proposed.number == 10
    places = Position.objects.filter(place__usulan=usulan)
    assert sorted((row.value.number, row.amount) for row in places) == [(5, 1_000_000), (5, 1_000_000)]
    package = Position.objects.get(item=item)
    assert (package.value.number, package.amount, package.institution) == (10, 2_000_000, kewil.world.bappeda_jabar)
    assert "Kabupaten Bogor 5 liter/detik, Rp1.000 ribu" in package.reason


def test_without_volume_it_stays_a_draft_and_says_what_lacks(kewil: Kewil) -> None:
    usulan = kewil.filed(places=0)
    result = move_rows(kewil.world.bappeda, "submit", [(usulan.item.code, 1)])[0]
    assert result.status == "refused" and "volume tiap lokasi" in result.message
    assert kewil.item(usulan).value_proposed is None


def test_the_key_makes_one_usulan(kewil: Kewil) -> None:
    one = create_usulan(kewil.world.bappeda, kewil.meja, kewil.data(), key="a")
    again = create_usulan(kewil.world.bappeda, kewil.meja, kewil.data(), key="a")
    assert one.pk == again.pk and Usulan.objects.count() == 1


def test_the_quota_refuses_in_words_and_withdrawing_frees_it(kewil: Kewil) -> None:
    nation = Region.objects.get(kode="00")
    UsulanQuota.objects.create(round=kewil.world.round, region=nation, number=1)
    first, second = kewil.filed(), kewil.filed("Kedua")
    (item,) = kewil.submitted(first)
    refused = move_rows(kewil.world.bappeda, "submit", [(second.item.code, 1)])[0]
    assert refused.problem == "quota_used" and refused.details["limit"] == 1
    assert "Kuota Jawa Barat 1 usulan sudah terpakai semua (1 dari 1)" in refused.message
    assert "Tarik salah satu" in refused.message and "sekretariat" in refused.message
    assert move_rows(kewil.world.bappeda, "withdraw", [(item.code, item.version)], given={"note": "diganti"})[0].ok
    kewil.submitted(second)


@pytest.mark.parametrize("who", ["kl", "moderator", "other_bappeda", "verifikator", "secretariat", "outsider"])
def test_only_the_regions_own_file(kewil: Kewil, who: str) -> None:
    with pytest.raises(NotAllowed):
        create_usulan(kewil.world.actors()[who], kewil.meja, kewil.data())


def test_an_opd_drafts_its_own_and_sees_no_other(kewil: Kewil) -> None:
    world = kewil.world
    own = create_usulan(world.opd, kewil.meja, kewil.data("Usulan dinas"))
    kewil.filed("Usulan Bappeda")
    assert own.opd == world.dinas_jabar
    seen = Item.objects.visible_to(world.opd).filter(meja=kewil.meja)
    assert [row.pk for row in seen] == [own.item_id]
    assert move_rows(world.opd, "propose", [(own.item.code, 1)])[0].state == "proposed"


def test_the_same_content_writes_nothing_and_a_stale_one_is_refused(kewil: Kewil) -> None:
    usulan = kewil.filed()
    events = Event.objects.count()
    change_usulan(kewil.world.bappeda, usulan.item, kewil.data(), seen_version=1)
    assert Event.objects.count() == events
    change_usulan(kewil.world.bappeda, kewil.item(usulan), kewil.data("Judul baru"), seen_version=1)
    with pytest.raises(StaleState):
        change_usulan(kewil.world.bappeda, kewil.item(usulan), kewil.data("Judul lain"), seen_version=1)
    assert Usulan.objects.get(pk=usulan.pk).title == "Judul baru"
    facts = json.loads(Event.objects.filter(action="change_usulan").get().payload)
    assert facts["after"] == {"title": "Judul baru"} and facts["before"] == {"title": "SPAM Regional Bogor"}


def test_the_row_figure_is_not_typed_on_the_row(kewil: Kewil) -> None:
    usulan = kewil.filed()
    result = save_rows(kewil.world.bappeda, rows=[RowWrite(usulan.item.code, 1, {"value": "9"})])[0]
    assert result.status == "refused" and "per lokasi" in result.message


def _asked_back(kewil: Kewil, usulan: Usulan) -> Item:
    import datetime as dt

    from django.utils import timezone

    (item,) = kewil.submitted(usulan)
    given = {"note": "lengkapi", "due": timezone.now() + dt.timedelta(days=1), "owner": kewil.world.bappeda_jabar}
    assert move_rows(kewil.world.kl, "repair", [(item.code, item.version)], given=given)[0].ok
    return kewil.item(item)


def test_an_allocation_reads_as_people_write_it(kewil: Kewil) -> None:
    usulan = kewil.filed()
    assert only(shown_usulan(kewil.world.bappeda, Usulan.objects.filter(pk=usulan.pk))).money == "Rp1.000 ribu"


def test_an_usulan_that_was_changed_counts_as_repaired(kewil: Kewil) -> None:
    item = _asked_back(kewil, kewil.filed())
    assert set(unmended([item])) == {item.pk}
    change_usulan(kewil.world.bappeda, item, kewil.data(justification="Cakupan rendah"), seen_version=item.version)
    assert unmended([kewil.item(item)]) == {}


def test_while_the_region_repairs_others_read_what_was_handed_in(kewil: Kewil) -> None:
    world = kewil.world
    item = _asked_back(kewil, kewil.filed(places=2))
    one = (PlaceData(world.kabkota[0].pk, "", "7,5", "3.000"),)
    change_usulan(world.bappeda, item, UsulanData(
        "Judul sedang diketik", AimData(kewil.ro.pk), places=one), seen_version=item.version)  # fmt: skip
    usulan = usulan_of(kewil.item(item))
    assert facts_for(world.bappeda, usulan)["title"] == "Judul sedang diketik"
    seen = facts_for(world.kl, usulan)
    assert seen["title"] == "SPAM Regional Bogor" and [row["volume"] for row in seen["places"]] == [5, 5]
    assert {row.verdict for row in usulan.places.all()} == {PlaceVerdict.PENDING, PlaceVerdict.WITHDRAWN}
    now = kewil.item(item)
    assert move_rows(world.bappeda, "answer", [(now.code, now.version)])[0].ok
    package = Position.objects.filter(item=item).order_by("-seq").first()
    assert package is not None and (package.value.number, package.amount) == (
        kewil.item(item).value_proposed.number,
        3_000_000,
    )


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"readiness": (ReadinessData(0, "ready"),)}, "tidak dikenal"),
        ({"readiness": "planned"}, "isi bulan siapnya"),
        ({"readiness": "link"}, "tautan harus lengkap"),
        ({"readiness": "no status"}, "pilih statusnya"),
        ({"places": "twice"}, "Kabupaten Bogor tercantum dua kali"),
        ({"places": "text"}, "Lokasi 1"),
        ({"aim": AimData(0)}, "katalog 2027"),
        ({"title": " "}, "judul"),
    ],
)
def test_what_cannot_be_read_is_named(kewil: Kewil, more: dict[str, object], words: str) -> None:
    pk, place = kewil.criteria[0].pk, kewil.world.kabkota[0].pk
    made = {
        "planned": (ReadinessData(pk, "planned", month="Maret"),), "link": (ReadinessData(pk, "ready", link="drive"),),
        "no status": (ReadinessData(pk, "", link="https://contoh.go.id"),), "twice": (PlaceData(place), PlaceData(place)),
        "text": (PlaceData(place, "", "lima"),),
    }  # fmt: skip
    facts = {
        name: made.get(str(content), content) if isinstance(content, str) and name != "title" else content
        for name, content in more.items()
    }

    with pytest.raises(InvalidInput, match=words):
        create_usulan(kewil.world.bappeda, kewil.meja, dataclasses.replace(kewil.data(), **facts))


def test_an_usulan_left_over_is_taken_over_once_with_its_identity(kewil: Kewil) -> None:
    old = kewil.filed(places=2)
    other = Round.objects.create(
        forum_name="Forum 2025", short_name="Rakortek 2026", held_year=2025, plan_year=2026, level="national",
        host=kewil.world.kemendagri_inst,
    )  # fmt: skip
    Item.objects.filter(pk=old.item_id).update(round=other)
    made = carry_usulan(kewil.world.bappeda, kewil.meja, kewil.item(old))
    assert (made.origin, made.title, made.ro) == (old.item.code, old.title, kewil.ro)
    assert kewil.item(made).carried_from_id == old.item_id and Lineage.objects.get().kind == "carry"
    assert made.places.count() == 2 and made.readiness.get().link == "https://contoh.go.id/fs"
    with pytest.raises(TransitionNotAllowed, match="sudah diambil alih"):
        carry_usulan(kewil.world.bappeda, kewil.meja, kewil.item(old))
