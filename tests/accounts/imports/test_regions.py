import pytest

from accounts.imports import load_groups, load_kabkota, load_provinces
from accounts.models import Region, RegionGroup
from core.imports import FileRefused
from tests.facts import DATA, broken_copy

pytestmark = pytest.mark.django_db


def test_regions_of_the_country():
    load_provinces(DATA)
    load_kabkota(DATA)
    load_groups(DATA)
    kabkota = Region.objects.filter(level="kabkota")
    assert Region.objects.filter(level="province").count() == 38
    assert (kabkota.count(), kabkota.filter(autonomous=True).count()) == (514, 508)
    assert set(kabkota.filter(autonomous=False).values_list("parent__kode", flat=True)) == {"31"}
    assert Region.objects.get(kode="91").kode_bps == "94"
    assert Region.objects.get(kode="64").tz == "Asia/Makassar"
    assert Region.objects.get(kode="91.03").tz == "Asia/Jayapura"
    assert RegionGroup.objects.count() == 7
    assert RegionGroup.regions.through.objects.count() == 38


def test_second_run_changes_nothing():
    for load in (load_provinces, load_kabkota, load_groups):
        load(DATA)
        before = list(Region.objects.order_by("pk").values())
        again = load(DATA).counts
        assert (again.created, again.updated) == (0, 0)
        assert list(Region.objects.order_by("pk").values()) == before


def test_corrected_name_is_taken_over(tmp_path):
    load_provinces(DATA)
    counts = load_provinces(broken_copy(tmp_path, "provinsi.csv", "11,Aceh,Aceh", "11,Aceh,Nanggroe")).counts
    assert (counts.created, counts.updated, counts.unchanged) == (0, 1, 38)


def test_lost_zero_leaves_nothing_half_written(tmp_path):
    load_provinces(DATA)
    folder = broken_copy(tmp_path, "kabupaten_kota.csv", "11.10,11,", "11.1,11,")
    with pytest.raises(FileRefused) as refusal:
        load_kabkota(folder)
    assert [problem.line for problem in refusal.value.problems] == [11]
    assert Region.objects.filter(level="kabkota").count() == 0


def test_unknown_zone_and_foreign_province_are_refused(tmp_path):
    with pytest.raises(FileRefused, match="provinsi.csv"):
        load_provinces(broken_copy(tmp_path, "provinsi.csv", "Asia/Jakarta", "Asia/Bandung"))
    assert Region.objects.count() == 0
    load_provinces(DATA)
    with pytest.raises(FileRefused) as refusal:
        load_kabkota(broken_copy(tmp_path, "kabupaten_kota.csv", "11.01,11,", "11.01,12,"))
    assert refusal.value.problems[0].reason == "Provinsi “12” tidak dikenal atau tidak cocok dengan kode 11.01."
