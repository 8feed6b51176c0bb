import pytest

from accounts import imports as accounts
from accounts.models import Institution
from core.imports import FileRefused
from planning import imports as planning
from planning.models import BidangHolder, BidangUrusan, Nomenclature
from tests.facts import DATA, broken_copy

pytestmark = pytest.mark.django_db


def institutions():
    accounts.load_provinces(DATA)
    accounts.load_central(DATA)
    accounts.load_bappeda()
    accounts.load_opd(DATA)
    planning.load_bidang(DATA)


def test_one_ministry_in_charge_of_each_bidang_and_one_opd_per_province():
    institutions()
    planning.load_holders(DATA, 2027)
    holders = BidangHolder.objects.filter(year=2027)
    for bidang in BidangUrusan.objects.filter(indicators__isnull=False) | BidangUrusan.objects.filter(concurrent=True):
        in_charge = holders.filter(bidang=bidang, part="penanggung_jawab")
        assert in_charge.filter(institution__region__kode="00", institution__kind="kl").count() == 1
        assert in_charge.filter(institution__kind="opd").count() == 38
    assert Institution.objects.filter(kind="bappeda").count() == 38
    assert Institution.objects.get(kind="opd", kode="32.1.02").name == "Dinas Kesehatan Provinsi Jawa Barat"


def test_holders_edited_by_people_stay():
    institutions()
    planning.load_holders(DATA, 2027)
    BidangHolder.objects.filter(year=2027, institution__kode="056").delete()
    left = BidangHolder.objects.count()
    assert planning.load_holders(DATA, 2027).counts.unchanged == left
    assert BidangHolder.objects.count() == left


def test_two_in_charge_are_refused(tmp_path):
    institutions()
    folder = broken_copy(tmp_path, "pengampu_bidang.csv", "1.03,056,pendukung", "1.03,056,penanggung_jawab")
    with pytest.raises(FileRefused) as refusal:
        planning.load_holders(folder, 2027)
    assert [problem.reason for problem in refusal.value.problems] == [
        "Bidang 1.03 harus memiliki tepat satu penanggung jawab."
    ] * 2
    assert BidangHolder.objects.count() == 0


def test_nomenclature_that_the_agreement_names():
    planning.load_bidang(DATA)
    loaded = planning.load_nomenclature(DATA)
    sub = Nomenclature.objects.filter(level="sub_kegiatan")
    assert sub.filter(gov_level="provinsi").count() == 198
    assert sub.filter(gov_level="kabkota").count() == 288
    assert list(Nomenclature.objects.filter(needs_check=True).values_list("kode", flat=True)) == [
        "1.03.08.1.01.0056", "2.08.02.1.02.013", "2.17.03.1.01.003",
    ]  # fmt: skip
    assert not Nomenclature.objects.exclude(level="urusan").filter(parent__isnull=True).exists()
    assert not sub.filter(bidang__isnull=True).exists()
    assert len(loaded.remarks) == 1
    again = planning.load_nomenclature(DATA).counts
    assert (again.created, again.updated, again.unchanged) == (0, 0, 874)


def test_code_that_lost_a_part_is_refused_whole(tmp_path):
    planning.load_bidang(DATA)
    folder = broken_copy(tmp_path, "nomenklatur.csv", "provinsi,1.01.02.1.01.0045,", "provinsi,1.01.02.1.01,")
    with pytest.raises(FileRefused):
        planning.load_nomenclature(folder)
    assert Nomenclature.objects.count() == 0


def test_small_lists_are_idempotent():
    for load in (planning.load_funding_sources, planning.load_nodes, planning.load_bidang):
        first, again = load(DATA).counts, load(DATA).counts
        assert (again.created, again.updated, again.unchanged) == (0, 0, first.created)
    assert BidangUrusan.objects.filter(concurrent=True).count() == 32
