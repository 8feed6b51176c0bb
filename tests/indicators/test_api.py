"""Documents, figures, indicators and priority trees over the API: visibility and filters of the pages, cursor, ETag."""

from __future__ import annotations

import pytest

from accounts.choices import InstitutionKind
from core.values import Value
from indicators.models import Figure, IndicatorPriority
from indicators.services.documents import StatedFigure, write_figures
from planning.choices import DocumentKind, DocumentStage
from planning.models import Document, PriorityNode
from planning.services.documents import DocumentHead, LineData, YearData, write_document
from planning.services.priorities import tag
from tests.desks.views.clients import client_of
from tests.desks.world import World, world
from tests.factories import make_institution

__all__ = ["world"]
pytestmark = pytest.mark.django_db


def written(world: World, region, *, stage: str = DocumentStage.PENETAPAN, kind: str = DocumentKind.RKPD) -> Document:
    """A document of a Bappeda with two lines, one of which states a target of the catalogue."""
    owner = make_institution(InstitutionKind.BAPPEDA, f"9{region.kode}{stage[:5]}", region)
    lines = [
        LineData("1", "Program jalan", years={2027: YearData("", 5_000_000)}),
        LineData("1.1", "Jalan mantap", "1", indicator_text="Persentase", unit="%", years={2027: YearData("71", None)}),
    ]
    document = write_document(DocumentHead(kind, owner, 2027, 2027, stage, f"{kind} {region.name} {stage}"), lines)
    write_figures(document, [StatedFigure("1.1", world.indicators[0].pk, region.pk, 2027, Value.point(71, unit="%"))])
    return document


def get(actor, path: str, **query):
    """A GET of the API."""
    return client_of(actor).get(f"/api/v1/{path}", query)


def test_documents_follow_the_page_in_sight_and_filters(world: World):
    set_, draft = written(world, world.jabar), written(world, world.banten, stage=DocumentStage.RANWAL)
    seen = {
        who: [row["id"] for row in get(getattr(world, who), "dokumen/").json()["results"]]
        for who in ("kl", "bappeda", "other_bappeda")
    }
    assert seen == {"kl": [set_.pk, draft.pk], "bappeda": [set_.pk], "other_bappeda": [set_.pk, draft.pk]}
    assert [row["title"] for row in get(world.kl, "dokumen/", tahap="ranwal").json()["results"]] == [draft.title]
    assert get(world.bappeda, f"dokumen/{draft.pk}/").status_code == 404
    assert get(world.bappeda, f"dokumen/{draft.pk}/baris/").status_code == 404
    one = get(world.bappeda, f"dokumen/{set_.pk}/")
    assert (one.json()["lines"], one.json()["region"], one.json()["published"]) == (2, "32", True)
    client = client_of(world.bappeda)
    assert client.get(f"/api/v1/dokumen/{set_.pk}/", headers={"If-None-Match": one["ETag"]}).status_code == 304
    Document.objects.filter(pk=set_.pk).update(title="Lain")
    assert client.get(f"/api/v1/dokumen/{set_.pk}/", headers={"If-None-Match": one["ETag"]}).status_code == 200
    first = get(world.kl, "dokumen/", page_size=1).json()
    rest = client_of(world.kl).get(first["next"]).json()
    assert [row["id"] for row in first["results"] + rest["results"]] == [set_.pk, draft.pk] and rest["next"] is None


def test_lines_say_their_years_and_figures(world: World, django_assert_max_num_queries):
    document = written(world, world.jabar)
    top, low = get(world.bappeda, f"dokumen/{document.pk}/baris/").json()["results"]
    assert (top["years"], top["figures"], top["parent"]) == (
        [{"year": 2027, "target": "", "amount": 5_000_000, "amount_unit": "rp"}], [], "",
    )  # fmt: skip
    assert (low["parent"], low["years"][0]["target"], low["figures"][0]["value"]["shown"]) == ("1", "71", "71,00")
    found = get(world.bappeda, f"dokumen/{document.pk}/baris/", q="mantap").json()["results"]
    assert [row["code"] for row in found] == ["1.1"]
    client = client_of(world.bappeda)
    with django_assert_max_num_queries(9):
        client.get(f"/api/v1/dokumen/{document.pk}/baris/")


def test_figures_follow_the_page_in_sight_and_filters(world: World):
    written(world, world.jabar)
    written(world, world.banten, stage=DocumentStage.RANWAL)
    Figure.objects.filter(kind="national").update(simulated=True)
    rows = get(world.bappeda, "angka/", indikator="1.03.001", wilayah="32").json()["results"]
    assert [(row["kind"], row["source"], row["year"], row["value"]["shown"]) for row in rows] == [
        ("actual", "bps", 2023, "11,00"), ("actual", "bps", 2024, "12,00"), ("actual", "bps", 2025, "13,00"),
        ("document", "rpjmd", 2027, "15,00"), ("document", "rkpd", 2027, "71,00"),
    ]  # fmt: skip
    assert rows[-1]["document"]["line"] == "1.1" and rows[0]["document"] is None
    for query, count in (({"tahun": 2024}, 1), ({"jenis": "document"}, 2), ({"sumber": "BPS"}, 3)):
        assert len(get(world.bappeda, "angka/", indikator="1.03.001", wilayah="32", **query).json()["results"]) == count
    hidden = {"indikator": "1.03.001", "wilayah": "36", "sumber": "rkpd"}
    assert [len(get(actor, "angka/", **hidden).json()["results"]) for actor in (world.bappeda, world.kl)] == [0, 1]
    first = get(world.kl, "angka/", page_size=2).json()
    more = client_of(world.kl).get(first["next"]).json()
    assert len({row["id"] for row in first["results"] + more["results"]}) == 4


def test_indicators_and_priorities_are_readable(world: World):
    top = PriorityNode.objects.create(tree="PRO-SN", year=2027, code="01", name="Jalan")
    low = PriorityNode.objects.create(tree="PRO-SN", year=2027, code="01.01", name="Jalan desa", parent=top)
    tag(IndicatorPriority, world.indicators[0], [low])
    rows = get(world.bappeda, "indikator/", prioritas=top.key).json()["results"]
    assert [(row["code"], row["bidang"], row["aggregation"]) for row in rows] == [("1.03.001", "1.03", "none")]
    assert len(get(world.bappeda, "indikator/", q="mantap ruas 2", pendekatan="urusan").json()["results"]) == 1
    one = get(world.bappeda, "indikator/1.03.001/").json()
    assert (one["priorities"], one["versions"][0]["year"]) == ([low.key], 2027)
    nodes = get(world.bappeda, "prioritas/", induk=top.key).json()["results"]
    assert [(row["key"], row["parent"]) for row in nodes] == [(low.key, top.key)]
    node = get(world.bappeda, f"prioritas/{top.key}/")
    assert (node.json()["children"], node.json()["indicators"]) == ([low.key], ["1.03.001"])
    client = client_of(world.bappeda)
    assert client.get(f"/api/v1/prioritas/{top.key}/", headers={"If-None-Match": node["ETag"]}).status_code == 304
    assert [get(world.bappeda, path).status_code for path in ("indikator/tiada/", "prioritas/asal/")] == [404, 404]
