"""Filtering rows by priority: Isian, board, targets, their workbooks and the API say the same."""

import pytest
from django.core.cache import cache
from django.urls import reverse

from core.excel import read_rows
from desks.filters_priority import rows_of_node
from desks.models import Item
from desks.services.support import SupportData, add_support
from indicators.models import IndicatorPriority
from planning.models import NomenclaturePriority, PriorityNode
from planning.services.priorities import tag
from tests.desks.world import build, fill, submit

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(db):
    cache.clear()
    made = build(3)
    made.top = PriorityNode.objects.create(tree="PRO-SN", year=2027, code="01", name="Infrastruktur")
    made.low = PriorityNode.objects.create(tree="PRO-SN", year=2027, code="01.01", name="Jalan", parent=made.top)
    tag(IndicatorPriority, made.indicators[0], [made.low])
    tag(NomenclaturePriority, made.sub_kegiatan[0], [made.low])
    row = made.item(2)
    data = SupportData(made.sub_kegiatan[0].pk, made.dinas_jabar.pk, "1", "Km", (made.kabkota[0].pk,), ())
    add_support(made.bappeda, row, data, seen_version=row.version)
    return made


def codes(key, through=""):
    return sorted(
        Item.objects.filter(rows_of_node(key, through), meja__region__kode="32").values_list(
            "indicator__code", flat=True
        )
    )


def test_through_indicator_sub_kegiatan_or_both(world):
    assert codes(world.top.key) == codes(world.low.key) == ["1.03.001"]
    assert codes(world.top.key, "sub") == ["1.03.003"]
    assert codes(world.top.key, "semua") == ["1.03.001", "1.03.003"]
    assert codes("PRO-SN:2027:99") == codes("asal") == []
    PriorityNode.objects.create(tree="PRO-SN", year=2028, code="01", name="Tahun lain")
    assert codes("PRO-SN:2028:01") == []


def test_isian_keeps_the_filter_and_shows_the_chip(client, world):
    client.force_login(world.bappeda.user)
    url = reverse("desks:isian", args=[world.meja.code])
    whole = client.get(url)
    assert "Pro-SN 01.01</summary>" in whole.content.decode()
    page = client.get(url, {"prioritas": world.top.key, "saring": "kosong"})
    assert [row.indicator for row in page.context["table"].rows] == ["1.03.001"]
    assert page.context["table"].counts["semua"] == 1
    assert all("prioritas=PRO-SN" in chip["url"] for chip in page.context["chips"])
    assert reverse("indicators:story", args=["1.03.001", "32"]) in page.content.decode()


def test_board_and_its_workbook(client, world):
    fill(world)
    submit(world)
    client.force_login(world.kl.user)
    args = [world.round.code, world.desk.code]
    page = client.get(reverse("desks:board", args=args), {"prioritas": world.top.key})
    assert {row.indicator_code for row in page.context["board"].rows} == {"1.03.001"}
    assert page.context["board"].not_submitted == 1
    assert "Pro-SN 01.01</summary>" in page.content.decode()
    book = client.get(reverse("desks:board_download", args=args), {"prioritas": world.top.key, "lewat": "semua"})
    rows = read_rows(book.content)
    assert "Prioritas:" in str(rows[1][0])
    assert {row[0] for row in rows[4:]} == {"1.03.001", "1.03.003"}


def test_targets_and_their_workbook(client, world):
    client.force_login(world.kl.user)
    args = [world.round.code, world.desk.code]
    page = client.get(reverse("desks:targets", args=args), {"prioritas": world.top.key})
    assert [indicator.code for indicator, _ in page.context["rows"]] == ["1.03.001"]
    book = client.get(reverse("desks:targets_download", args=args), {"prioritas": world.top.key})
    assert {row[0] for row in read_rows(book.content, "Target")[4:]} == {"1.03.001"}


def test_api(client, world):
    client.force_login(world.bappeda.user)
    found = client.get(reverse("api:item_list"), {"prioritas": world.top.key, "lewat": "semua"}).json()
    assert sorted(
        row["indicator"]["code"] if isinstance(row["indicator"], dict) else row["indicator"] for row in found["results"]
    ) == ["1.03.001", "1.03.003"]


def test_figures_and_documents(client, world):
    client.force_login(world.bappeda.user)
    page = client.get(reverse("indicators:figures"), {"prioritas": world.top.key})
    assert {row["code"] for row in page.context["rows"]} == {"1.03.001"}
    tree = client.get(reverse("indicators:priorities"), {"simpul": world.top.key}).content.decode()
    assert "Rekonstruksi Jalan" in tree
    assert client.get(reverse("indicators:priorities"), {"simpul": "PN:2027:9"}).status_code == 404


def test_the_number_of_drafts_never_tells_what_hangs_on_them(client, world):
    """Through the indicator the count of rows held back may narrow; through sub kegiatan it stays that of all drafts."""
    client.force_login(world.kl.user)
    url = reverse("desks:board", args=[world.round.code, world.desk.code])
    held = {
        way: client.get(url, {"prioritas": world.top.key, "lewat": way}).context["board"].not_submitted
        for way in ("", "sub", "semua")
    }
    assert held == {"": 2, "sub": 6, "semua": 6}


def test_a_row_under_repair_is_not_found_through_what_is_being_typed(world):
    Item.objects.filter(indicator__code="1.03.003").update(state="repair")
    assert codes(world.top.key, "sub") == ["1.03.003"]
    found = Item.objects.filter(rows_of_node(world.top.key, "sub", hidden=["repair"]))
    assert not found.exists()


def test_the_overview_narrows_its_numbers(client, world):
    client.force_login(world.secretariat.user)
    whole = client.get(reverse("desks:overview_rows", args=[world.round.code]))
    narrowed = client.get(reverse("desks:overview_rows", args=[world.round.code]), {"prioritas": world.top.key})
    assert (whole.context["count"], narrowed.context["count"]) == (6, 2)
    assert "Pro-SN 01: Infrastruktur" in whole.content.decode()


def test_the_search_of_sub_kegiatan_by_what_they_support(client, world):
    client.force_login(world.bappeda.user)
    item = world.item(0)
    page = client.get(reverse("desks:support_add", args=[item.code]), {"prioritas": world.top.key})
    assert [row.kode for row in page.context["found"]] == ["1.03.10.1.01.0001"]
    found = client.get(
        reverse("desks:nomenclature", args=[item.code]), {"prioritas": world.top.key, "cari": "pelebaran"}
    )
    assert found.context["found"] == []
    assert "Pro-SN 01.01</summary>" in client.get(reverse("desks:item", args=[item.code])).content.decode()
