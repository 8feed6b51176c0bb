"""The search over everything: what is found, in what order, by whom, at what cost."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from core.search import read_terms, search
from desks.services.item import RowWrite, move_rows, save_rows
from desks.services.support import SupportData, add_support
from planning.models import Document
from tests.agreements.made import close_up
from tests.desks import world as w

pytestmark = pytest.mark.django_db


def found(actor, typed):
    return {each.group.key: [(hit.code or hit.title) for hit in each.hits] for each in search(actor, read_terms(typed))}


def browser(actor):
    client = Client()
    client.force_login(actor.user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_words_are_all_found_in_any_order_and_case(world):
    items = world.items()
    assert found(world.bappeda, "MANTAP jalan dan jawa 2")["butir"] == [items[1].code]
    assert "butir" not in found(world.bappeda, "mantap papua")
    assert found(world.bappeda, "persentase ruas 3")["indikator"] == ["1.03.003"]


def test_codes_come_first(world):
    item = world.item(2)
    assert found(world.bappeda, item.code.lower())["butir"] == [item.code]
    assert found(world.bappeda, "1.03.002")["butir"] == [world.item(1).code]
    assert found(world.bappeda, "1.03.002")["indikator"][0] == "1.03.002"
    assert found(world.bappeda, "1.03.10.1.01.0002")["nomenklatur"] == ["1.03.10.1.01.0002"]


def test_each_sees_only_what_its_lists_show(world):
    assert "butir" not in found(world.kl, "jalan mantap")  # drafts of the regions
    w.fill(world)
    w.submit(world)
    assert len(found(world.kl, "jalan mantap jawa")["butir"]) == 3
    assert "butir" not in found(world.outsider, "jalan mantap")
    assert "butir" not in found(world.other_kl, "jalan mantap")
    assert len(found(world.other_bappeda, "jalan mantap")["butir"]) == 3  # its own, none of Jawa Barat
    assert "indikator" in found(world.outsider, "jalan mantap")


def test_sub_kegiatan_that_a_region_is_changing_stay_with_it(world):
    item = world.item()
    data = SupportData(world.sub_kegiatan[0].pk, world.dinas_jabar.pk, "1", "Km", (), ())
    add_support(world.bappeda, item, data, seen_version=item.version)
    assert found(world.bappeda, "rekonstruksi")["sub_kegiatan"] == ["1.03.10.1.01.0001"]
    assert "sub_kegiatan" not in found(world.kl, "rekonstruksi")
    w.fill(world)
    w.submit(world)
    assert found(world.kl, "1.03.10.1.01.0001")["sub_kegiatan"] == ["1.03.10.1.01.0001"]
    item.refresh_from_db()
    due = timezone.now() + dt.timedelta(days=2)
    given = {"note": "lengkapi", "due": due, "owner": world.bappeda_jabar}
    assert move_rows(world.kl, "repair", [(item.code, item.version)], given=given)[0].ok
    assert "sub_kegiatan" not in found(world.kl, "rekonstruksi")
    assert found(world.bappeda, "rekonstruksi")["sub_kegiatan"] == ["1.03.10.1.01.0001"]


def test_berita_acara_by_number_code_and_check_code():
    closed = close_up(w.build(4))
    ba = closed.final()
    world = closed.world
    for typed in (ba.number, ba.number.lower(), ba.code, ba.check_code, "rakortek 2027 001"):
        assert found(world.bappeda, typed)["berita_acara"] == [ba.code]
    assert "berita_acara" not in found(world.outsider, ba.number)


def test_documents_by_title_owner_and_year(world):
    Document.objects.create(
        kind="RKPD", owner=world.bappeda_jabar, year_from=2026, year_to=2026, stage="penetapan", title="RKPD Jawa Barat"
    )
    assert found(world.kl, "rkpd 2026 jawa")["dokumen"] == ["RKPD Jawa Barat"]


def test_counts_read_lebih_dari_ten_and_one_group_goes_page_by_page():
    world = w.build(30)
    page = browser(world.bappeda).get("/cari/?q=jalan+mantap").content.decode()
    assert "lebih dari 10 butir" in page
    assert "Lihat semua butir" in page
    one = browser(world.bappeda).get("/cari/?q=jalan+mantap&kelompok=butir").content.decode()
    assert ("30 butir" in one, "halaman=2" in one) == (True, True)


@pytest.mark.parametrize(
    ("query", "said"),
    [("", "Tuliskan kata"), ("?q=ab", "Terlalu pendek"), ("?q=tidakada", "Tidak ada yang cocok"), ("?q=jalan&kelompok=x", "Butir agenda")],
)  # fmt: skip
def test_what_the_page_says(world, query, said):
    answer = browser(world.bappeda).get(f"/cari/{query}")
    assert (answer.status_code, said in answer.content.decode()) == (200, True)


def test_every_page_has_the_box_and_shows_what_was_typed_only_on_the_result(world):
    client = browser(world.bappeda)
    assert 'action="/cari/"' in client.get("/isian/").content.decode()
    page = client.get("/cari/", {"q": '"><script>'}).content.decode()
    assert "<script>" not in page.replace("<script src", "").replace('<script type="module"', "")


def test_the_api_answers_the_same(world):
    client = browser(world.bappeda)
    body = client.get("/api/v1/cari/?q=jalan mantap").json()
    groups = {each["key"]: each for each in body["results"]}
    assert [hit["code"] for hit in groups["butir"]["hits"]] == [item.code for item in world.items()]
    assert groups["butir"]["hits"][0]["url"] == f"/butir/{world.item().code}/"
    refused = client.get("/api/v1/cari/?q=ab")
    assert (refused.status_code, refused.json()["code"]) == (400, "search_short")


@pytest.mark.parametrize("name", ["bappeda", "opd", "kl", "secretariat"])
def test_fifteen_queries_at_any_number_of_rows(name):
    world = w.build(12)
    results = save_rows(
        world.bappeda, rows=[RowWrite(each.code, each.version, {"value": "14"}) for each in world.items()]
    )
    assert all(result.ok for result in results)
    client = browser(getattr(world, name))
    client.get("/cari/?q=jalan mantap")
    with CaptureQueriesContext(connection) as many:
        assert client.get("/cari/?q=jalan mantap").status_code == 200
    with CaptureQueriesContext(connection) as none:
        client.get("/cari/?q=takadasama")
    assert len(many) == len(none) <= 15
