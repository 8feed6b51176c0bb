"""Usulan in a provincial round: what they are filed against, places within a kabupaten, whose consent counts, corrections, taking over."""

from __future__ import annotations

import json
from typing import Any

import pytest

from accounts.actors import can
from core.errors import InvalidInput, NotAllowed, TransitionNotAllowed
from desks.choices import CorrectedField, ItemState, Party
from desks.models import Event, Item, Round, Usulan
from desks.selectors.consent import consent_of
from desks.selectors.usulan.facts import facts_for
from desks.selectors.usulan.page import only, shown_usulan
from desks.services.room import call_item
from desks.services.settle import settle
from desks.services.talk import take_stances
from desks.services.usulan.aims import AimData
from desks.services.usulan.lineage import merge_usulan, split_usulan
from desks.services.usulan.package import usulan_of
from desks.services.usulan.read import PlaceData
from desks.services.usulan.room import correct_usulan, settle_place, state_available
from desks.services.usulan.write import carry_usulan, change_usulan, create_usulan
from tests.desks.local_usulan_world import LocalKewil, build_local

pytestmark = pytest.mark.django_db


@pytest.fixture
def kewil() -> LocalKewil:
    return build_local()


def test_a_kabupaten_files_against_a_sub_kegiatan_of_the_province_or_its_bantuan_keuangan(kewil: LocalKewil) -> None:
    item = kewil.submitted("Jalan", "Kecamatan Ciruas", "Kecamatan Petir")
    assert item.state == ItemState.SUBMITTED and item.value_proposed.number == 10
    facts = facts_for(kewil.made.bappeda, usulan_of(item))
    assert facts["ro"] == {
        "kl": "Dinas Pekerjaan Umum Banten", "code": "1.03.10.1.01.0003", "name": "Pembangunan Jalan", "simulated": False,
    }  # fmt: skip
    package = item.positions.get()
    assert "Diajukan kabupaten/kota. Kecamatan Ciruas 5 km, Rp1.000 ribu; Kecamatan Petir 5 km" in package.reason
    event = json.loads(Event.objects.get(item=item, action="add_usulan").payload)
    assert event["after"]["ro"] == "opd:36.1.03/1.03.10.1.01.0003"
    assert set(event["after"]["places"]) == {"36.01/Kecamatan Ciruas", "36.01/Kecamatan Petir"}
    grant = kewil.submitted("Pasar", aim=AimData(grant=True, charge_id=kewil.made.bappeda.institution.pk))
    shown = only(shown_usulan(kewil.local, Usulan.objects.filter(item=grant)))
    assert shown.ro is not None and (shown.ro["code"], shown.ro["kl"]) == ("Bankeu", "Bappeda Banten")


@pytest.mark.parametrize(
    ("aim", "words"),
    [
        ("kabkota", "Pilih program atau sub kegiatan provinsi"), ("old", "nomenklatur 2027"), ("both", "Pilih salah satu"),
        ("kab office", "Pilih perangkat daerah Banten"),
    ],
)  # fmt: skip
def test_what_is_no_program_or_dinas_of_the_province_is_refused(kewil: LocalKewil, aim: str, words: str) -> None:
    charge = kewil.made.dinas[1].institution.pk
    chosen = {
        "kabkota": AimData(program_id=kewil.kabkota_sub.pk), "old": AimData(program_id=kewil.old_sub.pk),
        "both": AimData(program_id=kewil.sub.pk, grant=True, charge_id=charge),
        "kab office": AimData(program_id=kewil.sub.pk, charge_id=kewil.made.local_opd[0].institution.pk),
    }[aim]  # fmt: skip
    with pytest.raises(InvalidInput, match=words):
        kewil.filed(aim=chosen)


def test_without_the_dinas_in_charge_it_stays_a_draft_and_says_so(kewil: LocalKewil) -> None:
    usulan = kewil.filed(aim=AimData(program_id=kewil.program.pk))
    (result,) = kewil.submit(usulan)
    assert result.status == "refused" and "beserta perangkat daerah provinsinya" in result.message


def test_places_lie_within_the_kabupaten_and_are_told_apart_by_name(kewil: LocalKewil) -> None:
    with pytest.raises(InvalidInput, match="kecamatan ciruas tercantum dua kali"):
        kewil.filed("Jalan", "Kecamatan Ciruas", "kecamatan ciruas")
    with pytest.raises(InvalidInput, match="tulis lokasi rincinya"):
        kewil.filed("Jalan", "Kecamatan Ciruas", "")
    with pytest.raises(InvalidInput, match="Lokasi 1: pilih kabupaten/kota"):
        kewil.filed(places=(PlaceData(kewil.made.places[1].pk, "", "1", "1"),))
    usulan = kewil.filed("Jalan", "Kecamatan Ciruas", "Kecamatan Petir")
    change_usulan(kewil.local, kewil.item(usulan), kewil.data("Jalan", "Kecamatan Petir"), seen_version=1)
    assert [row.detail for row in usulan_of(kewil.item(usulan)).places.all()] == ["Kecamatan Petir"]


def test_rights_follow_region_and_charge(kewil: LocalKewil) -> None:
    made, item = kewil.made, kewil.submitted()
    for actor in (made.local[1], made.dinas[1], made.bappeda, made.moderator, made.observer, made.outsider):
        with pytest.raises(NotAllowed):
            create_usulan(actor, kewil.mejas[0], kewil.data())
    assert can(made.dinas[1], "desks.request_repair", item) and not can(made.dinas[0], "desks.request_repair", item)
    assert not Item.objects.visible_to(made.local[1]).filter(pk=item.pk).exists()
    own = create_usulan(made.local_opd[0], kewil.mejas[0], kewil.data("Usulan dinas"))
    assert own.opd == made.local_opd[0].institution


def test_the_dinas_in_charge_or_the_bappeda_provinsi_and_the_kabupaten_consent(kewil: LocalKewil) -> None:
    made, item = kewil.made, kewil.submitted()
    grant = kewil.submitted("Pasar", aim=AimData(grant=True, charge_id=made.host.pk))
    consents = consent_of([item, grant])
    assert [row.party for row in consents[item.pk].parties] == [Party.PROVINCE, Party.REGION]
    assert consents[item.pk].parties[0].name == "Dinas Pekerjaan Umum Banten atau Bappeda Banten"
    assert consents[grant.pk].parties[0].name == "Bappeda Banten"
    session = kewil.session()
    call_item(made.moderator, session, item, seen_version=item.version)
    assert not take_stances(made.dinas[0], [(item.code, 1)], kind="setuju")[0].ok
    item = kewil.item(item)
    with pytest.raises(TransitionNotAllowed):
        settle(made.moderator, session, item, "agree", seen_version=item.version)
    assert take_stances(made.dinas[1], [(item.code, 1)], kind="setuju")[0].ok
    item = kewil.item(item)
    settle(made.moderator, session, item, "agree", seen_version=item.version)
    assert kewil.item(item).state == ItemState.AGREED


def test_corrections_at_the_desk_change_who_is_party(kewil: LocalKewil) -> None:
    made, item = kewil.made, kewil.submitted("Jalan", "Kecamatan Ciruas", "Kecamatan Petir")
    session = kewil.session()
    call_item(made.moderator, session, item, seen_version=item.version)

    def correct(field: str, **more: Any) -> None:
        now = kewil.item(item)
        correct_usulan(made.moderator, session, now, field, reason="tagging", seen_version=now.version, **more)

    grant = AimData(grant=True, charge_id=made.dinas[0].institution.pk)
    correct(CorrectedField.PROGRAM, aim=grant)
    with pytest.raises(InvalidInput, match="sama dengan yang sekarang"):
        correct(CorrectedField.PROGRAM, aim=grant)
    with pytest.raises(InvalidInput, match="Pilih yang dikoreksi"):
        correct(CorrectedField.RO, aim=grant)
    code = usulan_of(kewil.item(item)).places.all()[0].code
    correct(CorrectedField.PLACE, place=code, detail="Kecamatan Kibin")
    with pytest.raises(InvalidInput, match="sudah ada"):
        correct(CorrectedField.PLACE, place=code, detail="kecamatan petir")
    usulan = usulan_of(kewil.item(item))
    assert [(row.before, row.after) for row in usulan.corrections.all()] == [
        (
            "Dinas Pekerjaan Umum Banten · 1.03.10.1.01.0003 Pembangunan Jalan",
            "Dinas Kesehatan Banten · Bankeu Bantuan Keuangan Provinsi",
        ),
        ("Kecamatan Ciruas", "Kecamatan Kibin"),
    ]
    assert consent_of([kewil.item(item)])[item.pk].parties[0].name == "Dinas Kesehatan Banten atau Bappeda Banten"


def test_mixed_verdicts_merging_and_splitting_work_by_place(kewil: LocalKewil) -> None:
    made = kewil.made
    one, two = (
        kewil.submitted("Jalan", "Kecamatan Ciruas", "Kecamatan Petir"),
        kewil.submitted("Jembatan", "Kecamatan Ciruas"),
    )
    session = kewil.session()
    for item in (one, two):
        call_item(made.moderator, session, item, seen_version=item.version)
    now = kewil.item(one)
    merge_usulan(made.moderator, session, now, kewil.item(two), note="satu ruas", seen_version=now.version)
    usulan = usulan_of(kewil.item(one))
    figures = {row.short_name: row.positions.order_by("-seq").first().value.number for row in usulan.places.all()}
    assert figures == {"Kecamatan Ciruas": 10, "Kecamatan Petir": 5}
    first = usulan.places.all()[0]
    now = kewil.item(one)
    state_available(made.dinas[1], now, first.code, volume="4", amount="", seen_version=now.version)
    now = kewil.item(one)
    settle_place(
        made.moderator, session, now, first.code, verdict="declined", reason="apbd_kabkota", seen_version=now.version
    )
    last = kewil.item(one).positions.order_by("-seq").first()
    assert last is not None and last.value.number == 5
    now = kewil.item(one)
    split = split_usulan(made.moderator, session, now, [first.code], title="Ruas Ciruas", seen_version=now.version)
    assert split.program == kewil.sub and split.charge == made.dinas[1].institution and split.added_at_desk


def test_an_usulan_is_carried_over_with_the_program_of_the_new_edition(kewil: LocalKewil) -> None:
    old = kewil.filed()
    last = Round.objects.create(
        forum_name="Rakortek 2025",
        short_name="Rakortek 2025",
        held_year=2025,
        plan_year=2026,
        level="provincial",
        host=kewil.made.host,
    )
    Item.objects.filter(pk=old.item_id).update(round=last)
    made = carry_usulan(kewil.local, kewil.mejas[0], kewil.item(old))
    assert (made.program, made.charge, made.origin) == (kewil.sub, kewil.made.dinas[1].institution, old.item.code)
    assert [row.detail for row in made.places.all()] == ["Kecamatan Ciruas"]
