"""Targets of the K/L: versions, and what a writer who looks away for a while meets."""

from __future__ import annotations

from desks.services.targets import TargetResult, TargetWrite, save_targets
from indicators.models import IndicatorVersion
from tests.desks.world import World

CODE = "1.03.001"


def put(world: World, text: str, version: int, region: str = "32") -> TargetResult:
    return save_targets(world.kl, world.desk, [TargetWrite(CODE, region, text, version)])[0]


def test_versions_of_a_target_grow_over_its_deletion(world: World) -> None:
    for region, start in (("32", 0), ("00", 1)):
        first = put(world, "15,5", start, region)
        removed = put(world, "", first.version, region)
        again = put(world, "16", removed.version, region)
        assert [first.status, removed.status, again.status] == ["saved"] * 3
        assert (removed.version, again.version > first.version > start) == (0, True)


def test_whoever_saw_the_target_before_its_deletion_overwrites_nothing(world: World) -> None:
    seen = put(world, "15,5", 0)
    put(world, "16", put(world, "", seen.version).version)
    late = put(world, "17", seen.version)
    assert (late.status, late.shown) == ("conflict", "16,00")
    assert late.version > seen.version
    assert put(world, "17", late.version).status == "saved"


def test_words_are_a_target_only_where_the_indicator_is_stated_in_words(world: World) -> None:
    refused = put(world, "Sangat Baik", 0)
    assert (refused.status, refused.problem) == ("refused", "not_a_number")
    assert "“Sangat Baik” bukan angka. Indikator ini bersatuan %. Tulis angka, misalnya 85,5" in refused.message
    IndicatorVersion.objects.filter(indicator__code=CODE).update(in_words=True)
    assert (put(world, "Sangat Baik", 0).shown, put(world, "WTP", 1, "00").status) == ("Sangat Baik", "saved")
