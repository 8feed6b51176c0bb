"""The sub kegiatan of a region's rows beside its RKPD: in it, different, missing, and what no row names."""

from __future__ import annotations

import pytest

from core.excel import read_rows
from desks.choices import SupportVerdict
from desks.models import Support, SupportFund
from desks.selectors.in_document import in_document
from desks.services.support import SupportData, add_support
from planning.choices import LineLevel
from planning.services.documents import DocumentHead, LineData, YearData, write_document
from tests.desks.world import build, fill, submit

pytestmark = pytest.mark.django_db
SUB = "1.03.10.1.01.000"


@pytest.fixture
def world(db):
    return build(2)


def linked(world, place, no, volume="12", pagu="1.500.000", opd=None):
    item = world.item(place)
    data = SupportData(
        world.sub_kegiatan[no - 1].pk,
        (opd or world.dinas_jabar).pk,
        volume,
        "Km",
        (),
        ((world.sources[0].pk, pagu, "rp"),) if pagu else (),
    )
    return add_support(world.bappeda, item, data, seen_version=item.version)


def line(world, no, target="12", amount=1_500_000, unit="Km", opd="dinas", code="", suffix="", indicator="Panjang"):
    known = next((row for row in world.sub_kegiatan if row.kode == f"{SUB}{no}"), None)
    offices = {"dinas": world.dinas_jabar.pk, "bappeda": world.bappeda_jabar.pk, "": None}
    return LineData(
        (code or f"{SUB}{no}") + suffix, f"Sub {no}", level=LineLevel.SUB_KEGIATAN, nomenclature=known.pk if known and not code else None,
        institution=offices[opd], unit=unit, indicator_text=indicator, years={2027: YearData(target, amount)},
    )  # fmt: skip


def written(world, *lines, kind="RKPD", owner=None, stage="rancangan", year=2027):
    head = DocumentHead(kind, owner or world.bappeda_jabar, year, year, stage, f"{kind} Jawa Barat {year}")
    return write_document(head, lines)


def said(world, document, actor=None):
    return [
        (row.status, row.kode[-4:], [each.label for each in row.differences])
        for row in in_document(actor or world.bappeda, world.round, document)
    ]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, ("ada", [])), ({"target": "13"}, ("berbeda", ["Volume"])), ({"target": "12,0"}, ("ada", [])), ({"unit": "Meter"}, ("berbeda", ["Satuan"])),
        ({"unit": "KM"}, ("ada", [])), ({"unit": ""}, ("ada", [])), ({"amount": 1_500}, ("berbeda", ["Pagu"])), ({"amount": None}, ("berbeda", ["Pagu"])),
        ({"opd": "bappeda"}, ("berbeda", ["Perangkat daerah"])), ({"opd": ""}, ("ada", [])), ({"target": ""}, ("berbeda", ["Volume"])),
        ({"target": "sepanjang jalan"}, ("berbeda", ["Volume"])), ({"target": "1", "amount": 1}, ("berbeda", ["Volume", "Pagu"])),
    ],
)  # fmt: skip
def test_one_sub_kegiatan_beside_one_line(world, changes, expected):
    linked(world, 0, 1)
    assert said(world, written(world, line(world, 1, **changes))) == [(expected[0], "0001", expected[1])]


def test_missing_unnamed_and_general_support(world):
    linked(world, 0, 1)
    document = written(
        world,
        line(world, 2),
        line(world, 9, code="1.03.01.1.01.0001"),
        line(world, 9, code="1.02.02.1.01.0001"),
        line(world, 8, code=f"{SUB}8"),
    )
    assert said(world, document) == [
        ("tidak-ada", "0001", []),
        ("tidak-disebut", "0002", []),
        ("tidak-disebut", "0008", []),
    ]


def test_rows_that_share_a_sub_kegiatan_agree_by_their_sum(world):
    linked(world, 0, 1, volume="5", pagu="500.000")
    linked(world, 1, 1, volume="7", pagu="1.000.000")
    assert said(world, written(world, line(world, 1))) == [("ada", "0001", []), ("ada", "0001", [])]
    parts = [
        line(world, 1, "5", 1_000_000),
        line(world, 1, "7", 500_000, suffix="#2"),
        line(world, 1, "3", None, unit="Unit", indicator="Jembatan", suffix="#3"),
    ]
    assert said(world, written(world, *parts)) == [("ada", "0001", []), ("ada", "0001", [])]


def test_what_was_taken_out_at_the_desk_is_named_but_not_compared(world):
    made = linked(world, 0, 1)
    Support.objects.filter(pk=made.pk).update(verdict=SupportVerdict.EXCLUDED, note="dikeluarkan")
    assert said(world, written(world, line(world, 1))) == []


def test_an_agreed_pagu_counts_before_the_proposed_one(world):
    made = linked(world, 0, 1)
    Support.objects.filter(pk=made.pk).update(verdict=SupportVerdict.AGREED)
    SupportFund.objects.filter(support=made).update(agreed=2_000_000)
    assert said(world, written(world, line(world, 1)))[0][2] == ["Pagu"]
    assert said(world, written(world, line(world, 1, amount=2_000_000)))[0][0] == "ada"


def test_a_renja_speaks_for_its_own_opd(world):
    linked(world, 0, 1)
    document = written(world, line(world, 1, opd=""), kind="RENJA_PD", owner=world.dinas_jabar)
    assert said(world, document) == [("ada", "0001", [])]


def test_the_page_its_workbook_and_who_sees_what(client, world):
    fill(world, 1)
    linked(world, 0, 1)
    linked(world, 1, 2)
    document = written(world, line(world, 1, "13"), line(world, 3))
    url = f"/dokumen/{document.pk}/sub-kegiatan/"
    client.force_login(world.bappeda.user)
    page = client.get(url)
    assert [row.status for row, _ in page.context["rows"]] == ["berbeda", "tidak-ada", "tidak-disebut"]
    only = client.get(url, {"status": "tidak-ada"})
    assert [row.kode for row, _ in only.context["rows"]] == [f"{SUB}2"]
    rows = read_rows(client.get(url, {"format": "xlsx"}).content)
    assert [row[0] for row in rows[3:]] == ["Berbeda", "Tidak ada", "Tidak disebut butir"]
    assert rows[3][13] == "Volume: 12 Km → 13 Km"
    client.force_login(world.other_bappeda.user)
    assert client.get(url).status_code == 404
    client.force_login(world.kl.user)
    assert "Tidak ada butir yang dapat dibandingkan" in client.get(url).content.decode()
    submit(world)
    assert [row.kode for row, _ in client.get(url, {"status": "berbeda"}).context["rows"]] == [f"{SUB}1"]
    assert client.get(url, {"penyelenggaraan": "TIDAKADA"}).status_code == 404
    late = written(world, line(world, 1), year=2031)
    assert "Tidak ada butir" in client.get(f"/dokumen/{late.pk}/sub-kegiatan/").content.decode()
