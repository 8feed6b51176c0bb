"""What the sub kegiatan of a region ask for against the pagu of its OPD: counted once, told in words, to the region alone."""

from __future__ import annotations

from desks.models import Item, Support
from desks.selectors.pagu import PaguPanel, pagu_of_region
from desks.services.support import SupportData, add_support
from planning.models import Pagu
from tests.desks import world as w


def link(world: w.World, place: int, sub: int, pagu: str) -> None:
    """A sub kegiatan of the dinas on the row at this place, with pagu from two sources."""
    item = world.item(place)
    half = ((world.sources[0].pk, pagu, "rp"), (world.sources[1].pk, "1", "juta"))
    data = SupportData(world.sub_kegiatan[sub].pk, world.dinas_jabar.pk, "1", "Km", (), half)
    add_support(world.bappeda, item, data, seen_version=item.version)


def line(panel: PaguPanel) -> tuple[int | None, int, int, int, int]:
    """Pagu, asked, number, over, left of the only line."""
    (row,) = panel.lines
    return row.amount, row.asked, row.count, row.over, row.left


def test_a_sub_kegiatan_of_several_rows_counts_once_with_its_largest_pagu(world: w.World) -> None:
    link(world, 0, 0, "2.000.000")
    link(world, 1, 0, "4.000.000")
    link(world, 1, 1, "3.000.000")
    assert line(pagu_of_region(world.bappeda, world.round)) == (None, 9_000_000, 2, 0, 0)
    ceiling = Pagu.objects.create(
        year=w.PLAN_YEAR, institution=world.dinas_jabar, bidang=world.bidang, amount=10_000_000
    )
    assert line(pagu_of_region(world.bappeda, world.round)) == (10_000_000, 9_000_000, 2, 0, 1_000_000)
    Pagu.objects.filter(pk=ceiling.pk).update(amount=8_000_000)
    for who in (world.bappeda, world.opd, world.verifikator):
        assert line(pagu_of_region(who, world.round)) == (8_000_000, 9_000_000, 2, 1_000_000, 0)
    for who in (world.kl, world.moderator, world.other_bappeda):
        assert pagu_of_region(who, world.round).lines == []


def test_what_is_out_of_the_package_asks_for_nothing(world: w.World) -> None:
    link(world, 0, 0, "2.000.000")
    link(world, 1, 1, "3.000.000")
    Support.objects.filter(nomenclature=world.sub_kegiatan[0]).update(verdict="excluded")
    assert line(pagu_of_region(world.bappeda, world.round))[1:3] == (4_000_000, 1)
    Support.objects.filter(nomenclature=world.sub_kegiatan[1]).get().funds.filter(source=world.sources[0]).update(
        agreed=1
    )
    assert line(pagu_of_region(world.bappeda, world.round))[1] == 1_000_001
    Item.objects.update(state="withdrawn")
    assert pagu_of_region(world.bappeda, world.round).lines == []


def test_several_bidang_of_an_opd_are_added_up_and_a_desk_shows_its_own(world: w.World) -> None:
    from planning.models import BidangUrusan

    other = BidangUrusan.objects.create(
        kode="1.04", name="Perumahan", short_name="Perumahan", urusan_kode="1", urusan_name="Wajib"
    )
    for bidang, amount in ((world.bidang, 5), (other, 7)):
        Pagu.objects.create(year=w.PLAN_YEAR, institution=world.dinas_jabar, bidang=bidang, amount=amount)
    panel = pagu_of_region(world.bappeda, world.round)
    assert [(row.bidang, row.amount) for row in panel.totals] == [("semua bidang", 12)]
    assert line(pagu_of_region(world.bappeda, world.round, {other.pk}))[0] == 7
