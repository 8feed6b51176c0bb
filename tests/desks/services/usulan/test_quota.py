"""The quota of a region: number and allocation, over all its desks, in bulk, after repair, for two people at once."""

from __future__ import annotations

import datetime as dt
import threading

import pytest
from django.db import connections
from django.utils import timezone

from accounts.models import Region
from desks.models import Desk, Item, UsulanQuota
from desks.selectors.usulan.quota import quota_of
from desks.services.copy_round import copy_round
from desks.services.item import move_rows
from desks.services.parts import BY_SLUG, apply_plan, make_plan, remove_row
from desks.services.setup import create_round, open_mejas
from desks.services.usulan.write import change_usulan
from indicators.choices import Strand
from tests.desks.local_usulan_world import LocalKewil, build_local

pytestmark = pytest.mark.django_db
QUOTAS = BY_SLUG["kuota"]


def limit(kewil: LocalKewil, kode: str = "36.01", **more: int) -> UsulanQuota:
    region = Region.objects.get(kode=kode)
    return UsulanQuota.objects.update_or_create(round=kewil.made.round, region=region, defaults=more)[0]


def test_submitting_many_at_once_stops_at_the_quota(kewil: LocalKewil) -> None:
    limit(kewil, number=2)
    results = kewil.submit(*[kewil.filed(f"Jalan {no}") for no in range(4)])
    assert [row.ok for row in results] == [True, True, False, False]
    assert {row.problem for row in results[2:]} == {"quota_used"}
    assert "Kuota Kabupaten 1 2 usulan sudah terpakai semua (2 dari 2)" in results[2].message
    assert "Tarik salah satu" in results[2].message and "sekretariat Rakortek provincial" in results[2].message
    quota = quota_of(kewil.made.round, kewil.made.places[0].pk)
    assert quota is not None and quota.text == "2 dari 2 usulan diajukan" and quota.full


def test_the_own_row_goes_before_the_one_for_all_and_none_means_no_limit(kewil: LocalKewil) -> None:
    one, two = (place.pk for place in kewil.made.places)
    assert quota_of(kewil.made.round, one) is None
    limit(kewil, "00", number=5)
    limit(kewil, number=1)
    assert [quota_of(kewil.made.round, pk).number for pk in (one, two)] == [1, 5]  # type: ignore[union-attr]


def test_the_quota_counts_over_all_desks_of_the_region(kewil: LocalKewil) -> None:
    other = Desk.objects.create(round=kewil.made.round, code="KW2", name="Lain", strand=Strand.KEWILAYAHAN)
    (meja,) = open_mejas(kewil.made.secretariat, other, kewil.made.places[:1])
    limit(kewil, number=1)
    assert kewil.submit(kewil.filed())[0].ok
    assert kewil.submit(kewil.filed("Lain", meja=meja))[0].problem == "quota_used"


def test_the_allocation_is_limited_too_also_when_a_repair_raises_it(kewil: LocalKewil) -> None:
    limit(kewil, amount=1_500_000)
    item = kewil.submitted()
    refused = kewil.submit(kewil.filed("Kedua"))[0]
    assert refused.problem == "quota_used" and "sebesar Rp1.500.000; yang sudah terpakai Rp1.000.000" in refused.message
    given = {"note": "x", "due": timezone.now() + dt.timedelta(days=1), "owner": kewil.local.institution}
    assert move_rows(kewil.made.moderator, "repair", [(item.code, item.version)], given=given)[0].ok
    item = kewil.item(item)
    more = kewil.data("Jalan", "Kecamatan Ciruas", "Kecamatan Petir")
    change_usulan(kewil.local, item, more, seen_version=item.version)
    item = kewil.item(item)
    assert move_rows(kewil.local, "answer", [(item.code, item.version)])[0].problem == "quota_used"
    change_usulan(kewil.local, item, kewil.data("Jalan"), seen_version=item.version)
    item = kewil.item(item)
    assert move_rows(kewil.local, "answer", [(item.code, item.version)])[0].ok


def test_the_secretariat_sets_quotas_and_they_are_copied_with_the_round(kewil: LocalKewil) -> None:
    made = kewil.made
    typed = [
        (
            QUOTAS,
            [
                (1, {"region": "", "number": "5"}),
                (2, {"region": "Kabupaten 1", "number": "3", "amount": "2.500.000.000"}),
            ],
        )
    ]
    assert apply_plan(made.secretariat, made.round, typed).new == 2
    rows = UsulanQuota.objects.filter(round=made.round).values_list("region__kode", "number", "amount")
    assert sorted(rows) == [("00", 5, None), ("36.01", 3, 2_500_000_000)]
    refused = make_plan(
        made.secretariat, made.round, [(QUOTAS, [(1, {"region": "36.02"}), (2, {"region": "32.01", "number": "1"})])]
    )
    assert [row.message for _, row in refused.rows("refused")] == [
        "Isi jumlah usulan atau jumlah alokasi. Untuk meniadakan batas, hapus barisnya.", "Wilayah 32.01 bukan peserta penyelenggaraan ini.",
    ]  # fmt: skip
    from desks.models import Round

    after = create_round(made.secretariat, Round(
        forum_name="F", short_name="Rakortek 2028", held_year=2027, plan_year=2028, level="provincial", host=made.host))  # fmt: skip
    copy_round(made.secretariat, made.round, after)
    assert UsulanQuota.objects.filter(round=after).count() == 2
    remove_row(made.secretariat, made.round, QUOTAS, UsulanQuota.objects.get(round=made.round, number=5).pk)
    assert UsulanQuota.objects.filter(round=made.round).count() == 1


@pytest.mark.services
@pytest.mark.django_db(transaction=True)
def test_two_people_who_submit_the_last_one_do_not_both_get_through() -> None:
    kewil = build_local(1)
    other = Desk.objects.create(round=kewil.made.round, code="KW2", name="Lain", strand=Strand.KEWILAYAHAN)
    (meja,) = open_mejas(kewil.made.secretariat, other, kewil.made.places[:1])
    limit(kewil, number=1)
    rows = [kewil.filed("Satu").item, kewil.filed("Dua", meja=meja).item]
    start, outcomes = threading.Barrier(2), []

    def act(item: Item) -> None:
        try:
            start.wait(5)
            outcomes.extend(move_rows(kewil.local, "submit", [(item.code, item.version)]))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=act, args=(row,)) for row in rows]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert sorted(row.ok for row in outcomes) == [False, True]
    assert [row.problem for row in outcomes if not row.ok] == ["quota_used"]


@pytest.fixture
def kewil() -> LocalKewil:
    return build_local()
