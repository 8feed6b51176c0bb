"""Each kind of finding where it stands, and silence where nothing can be held against anything."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from desks.alignment_choices import FindingKind
from desks.models import Item, Support
from desks.selectors.alignment import Finding, alignment_of, by_document, by_item
from planning.choices import DocumentKind, DocumentStage, GovLevel
from planning.models import Document, DocumentLine, Nomenclature, NomenclatureVersion
from tests.desks import world as w
from tests.desks.alignment.plans import agreed_last_year, lists, plan, states, support


def found(world: w.World, actor=None) -> list[Finding]:
    """The findings of Jawa Barat's meja."""
    return alignment_of(actor or world.bappeda, world.round, [world.meja])


def of(world: w.World, kind: str, actor=None) -> list[tuple[str, str, str, str]]:
    """Code, both cells and document of the findings of a kind."""
    return [(each.code, each.here, each.there, each.document) for each in found(world, actor) if each.kind == kind]


def test_without_documents_only_what_the_isian_says_of_itself_is_found(world: w.World) -> None:
    assert found(world) == []
    w.fill(world, 1)
    assert of(world, FindingKind.NO_PAGU) == [
        ("1.03.001", "14,50 %", "belum ada sub kegiatan pendukung dengan pagu", "Isian")
    ]
    assert len(found(world)) == 1


def test_a_target_that_the_rkpd_does_not_hold_is_unlinked(world: w.World) -> None:
    w.fill(world, 2)
    document = plan(world)
    assert of(world, FindingKind.UNLINKED) == []  # a document without any target says nothing of targets
    states(world, document, 0, 14)
    name = "RKPD 2027, rancangan awal, versi 1"
    assert of(world, FindingKind.UNLINKED) == [("1.03.002", "14,50 %", "target indikator ini tidak tercantum", name)]
    assert of(world, FindingKind.TARGET) == [("1.03.001", "14,50 %", "14,00 %", name)]


@pytest.mark.parametrize("kind", [DocumentKind.RPJMD, DocumentKind.RENSTRA_PD, DocumentKind.RKP])
def test_other_targets_of_longer_documents_are_found_but_no_link_is_asked(world: w.World, kind: str) -> None:
    w.fill(world, 2)
    states(world, plan(world, kind, DocumentStage.PENETAPAN), 0, 20)
    assert [row[:3] for row in of(world, FindingKind.TARGET)] == [("1.03.001", "14,50 %", "20,00 %")]
    assert of(world, FindingKind.UNLINKED) == []


def test_the_latest_stage_that_exists_is_used(world: w.World) -> None:
    w.fill(world, 1)
    states(world, plan(world), 0, 10)
    later = plan(world, stage=DocumentStage.RANCANGAN, version=2)
    states(world, later, 0, 11)
    assert [row[2:] for row in of(world, FindingKind.TARGET)] == [("11,00 %", "RKPD 2027, rancangan, versi 2")]
    earlier = Document.objects.get(version=1)
    mejas = [world.meja]
    assert [each.there for each in by_document(world.bappeda, world.round, mejas, earlier)] == ["10,00 %"]
    assert [each.there for each in by_document(world.bappeda, world.round, mejas, later)] == ["11,00 %"]


def test_another_unit_is_told_instead_of_another_target(world: w.World) -> None:
    w.fill(world, 2)
    document = plan(world)
    states(world, document, 0, 14, unit="indeks")
    line = states(world, document, 1, 15, unit="Persen")
    assert [row[:3] for row in of(world, FindingKind.UNIT)] == [("1.03.001", "14,50 %", "14,00 indeks")]
    assert [row[0] for row in of(world, FindingKind.TARGET)] == ["1.03.002"]  # persen is %
    line.figures.update(value_min="14.5", value_max="14.5")
    assert of(world, FindingKind.TARGET) == []


def test_sub_kegiatan_against_renja_of_the_dinas_and_rkpd(world: w.World) -> None:
    item = world.item()
    support(world, item, 0)
    support(world, item, 1)
    support(world, item, 2, unit="Unit")
    rkpd, renja = plan(world), plan(world, DocumentKind.RENJA_PD)
    lists(world, rkpd, 0, "1.200", "Km")
    lists(world, renja, 0, "12 Km", "Km")
    lists(world, renja, 2, "12", "Km")
    codes = [row.kode for row in world.sub_kegiatan]
    assert [(code, here, there) for code, here, there, _ in of(world, FindingKind.TARGET)] == [
        (codes[0], "12 Km", "1.200 Km")
    ]
    assert [(code, document[:4]) for code, _, _, document in of(world, FindingKind.UNLINKED)] == [
        (codes[1], "RKPD"), (codes[1], "Renj"), (codes[2], "RKPD"),
    ]  # fmt: skip
    assert [row[:3] for row in of(world, FindingKind.UNIT)] == [(codes[2], "12 Unit", "12 Km")]
    assert {each.item.code for each in found(world) if each.item} == {item.code}
    DocumentLine.objects.filter(document=renja).delete()
    assert [document[:4] for *_, document in of(world, FindingKind.UNLINKED)] == ["RKPD", "RKPD"]


def test_target_and_pagu_want_each_other(world: w.World) -> None:
    item = world.item()
    support(world, item, 0, pagu="")
    support(world, item, 1, volume="", unit="")
    codes = [row.kode for row in world.sub_kegiatan]
    assert [row[:3] for row in of(world, FindingKind.NO_PAGU)] == [(codes[0], "12 Km", "pagu belum ditetapkan")]
    assert [row[:3] for row in of(world, FindingKind.NO_TARGET)] == [
        (codes[1], "volume kosong", "pagu Rp1.000.000"),
        ("1.03.001", "target kosong", "sub kegiatan pendukung Rp1.000.000"),
    ]
    w.fill(world, 1)
    assert [row[0] for row in of(world, FindingKind.NO_TARGET)] == [codes[1]]


def test_a_sub_kegiatan_of_an_old_edition_or_the_other_level_is_named_with_its_successor(world: w.World) -> None:
    item, codes = world.item(), world.sub_kegiatan
    for place in range(3):
        support(world, item, place)
    new = NomenclatureVersion.objects.create(code="baru", name="Pemutakhiran 2027", valid_from=dt.date(2026, 6, 1))
    NomenclatureVersion.objects.create(code="nanti", name="Pemutakhiran 2028", valid_from=dt.date(2027, 6, 1))

    def known(kode: str, **more: str) -> None:
        facts = {"gov_level": GovLevel.PROVINSI, "level": "sub_kegiatan", "bidang": world.bidang} | more
        Nomenclature.objects.create(version=new, kode=kode, name="Jalan", **facts)

    known(codes[0].kode)
    known("1.03.10.1.01.0099", predecessor=codes[1].kode)
    Nomenclature.objects.filter(pk=codes[0].pk).update(gov_level=GovLevel.KABKOTA)
    rows = {code: (here, there) for code, here, there, document in of(world, FindingKind.NOMENCLATURE)}
    assert rows == {
        codes[0].kode: (f"{codes[0].kode}, jenis pemda kabupaten/kota", "jenis pemda provinsi"),
        codes[1].kode: (f"{codes[1].kode}, jenis pemda provinsi", "kini 1.03.10.1.01.0099 Jalan"),
        codes[2].kode: (f"{codes[2].kode}, jenis pemda provinsi", "kode ini tidak ada untuk provinsi"),
    }
    assert {row[3] for row in of(world, FindingKind.NOMENCLATURE)} == {"Pemutakhiran 2027"}


def test_what_was_agreed_last_year_and_is_absent_now(world: w.World) -> None:
    assert of(world, FindingKind.LAST_YEAR) == []
    agreed_last_year(world, 0, support_place=2)
    code = world.sub_kegiatan[2].kode
    row = (code, "tidak tercantum tahun ini", "9 Km", "Kesepakatan Rakortek 2026")
    assert of(world, FindingKind.LAST_YEAR) == [row]
    support(world, world.item(1), 2)  # linked to another row of the desk: it is there
    assert of(world, FindingKind.LAST_YEAR) == []
    Item.objects.filter(pk=world.item().pk).update(applicability="not_relevant", applicability_reason="tidak ada jalan")
    assert of(world, FindingKind.LAST_YEAR) == [
        ("1.03.001", "dinyatakan tidak relevan: tidak ada jalan", "13,00 %", "Kesepakatan Rakortek 2026")
    ]
    Item.objects.filter(pk=world.item().pk).delete()
    assert [row[:2] for row in of(world, FindingKind.LAST_YEAR)] == [("1.03.001", "tidak tercantum tahun ini")]
    assert of(world, FindingKind.LAST_YEAR, world.moderator) == []  # what hangs on no row is the region's to say


def test_the_centre_reads_only_what_was_handed_in_and_another_region_nothing(world: w.World) -> None:
    w.fill(world, 2)
    states(world, plan(world), 0, 10)
    assert len(of(world, FindingKind.TARGET)) == 1
    assert found(world, world.moderator) == found(world, world.other_bappeda) == []
    w.submit(world)
    assert of(world, FindingKind.TARGET, world.moderator) == of(world, FindingKind.TARGET)
    assert found(world, world.other_bappeda) == []
    assert [each.code for each in by_item(world.moderator, world.item()) if each.kind == "target"] == ["1.03.001"]


def _queries(world: w.World) -> int:
    with CaptureQueriesContext(connection) as seen:
        assert alignment_of(world.bappeda, world.round, [world.meja])
    return len(seen)


@pytest.mark.django_db
def test_thirty_rows_cost_as_many_queries_as_three() -> None:
    costs = []
    for n in (3, 30):
        with transaction.atomic():
            world = w.build(n)
            w.fill(world)
            rkpd = plan(world)
            for place, item in enumerate(world.items()):
                states(world, rkpd, place, 11)
                Support.objects.create(item=item, nomenclature=world.sub_kegiatan[0], opd=world.dinas_jabar, volume=3)
            lists(world, rkpd, 0)
            agreed_last_year(world, 0, support_place=2)
            costs.append(_queries(world))
            transaction.set_rollback(True)
    assert costs[0] == costs[1] <= 24
