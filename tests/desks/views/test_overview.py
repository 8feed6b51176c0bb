"""The pages of the overview: roles, links that hold what they promise, workbooks read back, reminding, a constant number of queries."""

from __future__ import annotations

import re
from html import unescape
from random import Random

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Notice
from core.excel import read_rows
from desks.models import Desk, Item, Meja, Seat
from indicators.models import Indicator
from tests.desks.selectors.overview.scenes import scene
from tests.desks.views.clients import client_of
from tests.desks.world import World
from tests.factories import make_actor, make_region

pytestmark = pytest.mark.django_db
PAGES = ("", "keterisian/", "keterisian/?susun=lembaga", "keterisian/?susun=opd&daerah=32", "butir/")
CELL = re.compile(r'<a href="([^"]*/butir/\?[^"]*)"[^>]*>([\d.]+)')


@pytest.fixture
def world(db: None) -> World:
    return scene()[0]


def url(world: World, page: str = "") -> str:
    return f"/ikhtisar/{world.round.code}/{page}"


def text_of(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def count_of(text: str) -> int:
    found = re.search(r'id="jumlah" data-count="(\d+)"', text)
    assert found is not None
    return int(found[1])


def test_every_number_opens_a_list_of_that_length(world: World) -> None:
    for who in ("secretariat", "kl", "auditor", "bappeda", "opd"):
        client, chance = client_of(getattr(world, who)), Random(who)  # noqa: S311 - a fixed seed is the point
        for page in PAGES[:4]:
            links = CELL.findall(text_of(client, url(world, page)))
            assert links, (who, page)
            for address, number in chance.sample(links, min(5, len(links))):
                assert count_of(text_of(client, unescape(address))) == int(number), (who, page, address)


def test_the_page_counts_as_many_rows_as_it_shows(world: World) -> None:
    for who in ("secretariat", "bappeda"):
        for query in (
            "",
            "?kelas=belum",
            "?kelas=kosong",
            "?kelas=terisi",
            "?kelas=perbaikan",
            "?kelas=apa",
            "?putusan=agreed",
            "?daerah=32",
        ):
            text = text_of(client_of(getattr(world, who)), url(world, f"butir/{query}"))
            listed = len(re.findall(r'<th scope="row"><a href="/(?:butir|desk)/', text))
            held = sum(int(n) for n in re.findall(r'data-label="Butir">(\d+)<', text))
            assert count_of(text) == listed + held, (who, query)


def test_the_map_leads_to_the_rows_of_a_province(world: World) -> None:
    text = text_of(client_of(world.secretariat), url(world))
    tile = re.search(
        r'<a href="([^"]*)" class="tile tone-(\w+)".*?<title>Jawa Barat</title>.*?tile-number"[^>]*>(\d+)', text
    )
    assert tile is not None
    assert (tile[2], int(tile[3])) == ("kuning", 3)
    assert count_of(text_of(client_of(world.secretariat), unescape(tile[1]))) == 3
    assert "tile-map" not in text_of(client_of(world.bappeda), url(world))


def test_a_region_reads_only_its_own(world: World) -> None:
    for page in PAGES:
        text = text_of(client_of(world.bappeda), url(world, page))
        assert "Banten" not in text, page
    assert client_of(world.outsider).get(url(world)).status_code == 404
    assert client_of(world.bappeda).get(url(world, "selisih/")).status_code == 403
    assert "Selisih nasional" not in text_of(client_of(world.bappeda), url(world))


def test_drafts_show_in_no_page_of_others(world: World) -> None:
    codes = [item.code for item in world.items()][5:8]
    for who in ("secretariat", "kl", "auditor"):
        for page in (*PAGES, "butir/?kelas=terisi", "butir/?putusan=draft", "selisih/"):
            text = text_of(client_of(getattr(world, who)), url(world, page))
            assert not any(code in text for code in codes), (who, page)
            assert not any(word in text for word in ("88,00", "99,00", "Terisi")), (who, page)


def test_workbooks_hold_what_the_pages_show(world: World) -> None:
    client = client_of(world.secretariat)
    matrix = list(read_rows(client.get(url(world, "keterisian/?format=xlsx")).content, "Keterisian"))
    assert [list(row) for row in matrix[2:]] == [
        ["Kode", "Daerah", "1.03", "Jumlah", "Semua butir"], ["32", "Jawa Barat", 3, 3, 8], ["36", "Banten", 8, 8, 8], [None, "Jumlah", 11, 11, 16],
    ]  # fmt: skip
    content = client.get(url(world, "butir/?daerah=32&format=xlsx")).content
    rows = list(read_rows(content, "Butir"))[3:]
    seen = Item.objects.visible_to(world.secretariat).filter(region=world.jabar)
    assert {row[-1] for row in rows} == set(seen.values_list("code", flat=True))
    assert {row[7] for row in rows if row[8] == "Disepakati"} == {14.5}
    held = list(read_rows(content, "Belum diajukan"))[3:]
    assert [(row[1], row[4]) for row in held] == [("Jawa Barat", 3), ("Jumlah", 3)]
    assert "Daerah: Jawa Barat" in str(next(iter(list(read_rows(content, "Butir"))[1:2]))[0])
    progress = list(read_rows(client.get(url(world, "?format=xlsx")).content, "Per daerah"))[3:]
    assert [(row[0], row[1], row[-1]) for row in progress] == [
        ("Jawa Barat", 62, 8),
        ("Banten", 0, 8),
        ("Jumlah", 31, 16),
    ]


def test_the_gap_as_page_and_workbook(world: World) -> None:
    Indicator.objects.update(aggregation="mean")
    client = client_of(world.kl)
    text = text_of(client, url(world, "selisih/"))
    assert "1 dari 2 daerah" in text
    rows = list(read_rows(client.get(url(world, "selisih/?format=xlsx")).content, "Selisih nasional"))[3:]
    first = next(row for row in rows if row[1] == "1.03.001")
    assert (first[5], first[6], first[7], first[12], first[13]) == (14, 14.5, 1, 0.5, "lebih baik")
    assert client.get(url(world, "selisih/")).content.count(b"<tr>") == 9


def test_reminding_and_putting_the_notice_away(world: World) -> None:
    client = client_of(world.secretariat)
    text = text_of(client, url(world, "butir/?daerah=32&kelas=belum"))
    form = re.search(r'action="([^"]*ingatkan/[^"]*)"', text)
    assert form is not None
    assert "Ingatkan 1 orang" in text
    answer = client.post(unescape(form[1]), {"kunci": "a"}, follow=True)
    assert "1 orang diingatkan melalui Beranda." in answer.content.decode()
    home = client_of(world.bappeda)
    assert "3 butir belum diajukan" in text_of(home, "/")
    home.post("/pemberitahuan/dibaca/")
    assert "mengingatkan" not in text_of(home, "/")
    again = client.post(unescape(form[1]), {"kunci": "b"}, follow=True)
    assert "sudah diingatkan hari ini" in again.content.decode()
    assert Notice.objects.count() == 1
    assert "Ingatkan" not in text_of(client_of(world.auditor), url(world, "butir/"))
    assert client_of(world.auditor).post(url(world, "butir/ingatkan/")).status_code == 403


def test_the_filters_stay_and_say_what_they_are(world: World) -> None:
    client = client_of(world.secretariat)
    text = text_of(client, url(world, "butir/?daerah=32&indikator=1.03.001&lembaga=033"))
    assert count_of(text) == 1
    assert "K/L: Kementerian PU" in text
    assert '<input type="hidden" name="indikator" value="1.03.001">' in text
    assert "Tidak ada butir yang cocok" in text_of(client, url(world, "butir/?desk=9.99"))
    assert client.get(url(world, "keterisian/?daerah=%00&kelas='&susun=x&urut=y&halaman=-1")).status_code == 200


def test_a_seat_of_a_region_that_only_watches_sees_no_other_region(world: World) -> None:
    Seat.objects.create(round=world.round, institution=world.bappeda_jabar, role="pengamat")
    watcher = make_actor("pengamat", world.bappeda_jabar)
    text = text_of(client_of(watcher), url(world, "keterisian/"))
    assert "Jawa Barat" in text
    assert '<th scope="row">Banten' not in text


def test_the_pages_ask_the_same_at_any_size(world: World) -> None:
    Indicator.objects.update(aggregation="mean")
    few = _asked(world)
    for no in range(9):
        region = make_region(f"5{no}", f"Provinsi {no}")
        desk = Desk.objects.create(round=world.round, code=f"5.0{no}", name=f"Desk {no}")
        meja = Meja.objects.create(round=world.round, desk=desk, region=region)
        Item.objects.create(meja=meja, round=world.round, region=region, indicator=world.indicators[0])
        Item.objects.create(meja=meja, round=world.round, region=region, state="submitted")
    assert _asked(world) == few
    # Where a link set an institution as filter, two more: what it is in charge of, and its name.
    assert all(n <= (17 if "opd=" in page else 15) for n, page in zip(few, ASKED * 2, strict=True)), few


ASKED = (*PAGES, "butir/?opd=32-PU&daerah=32", "selisih/")


def _asked(world: World) -> list[int]:
    found = []
    for who in ("secretariat", "bappeda"):
        client = client_of(getattr(world, who))
        for page in ASKED:
            client.get(url(world, page))
            with CaptureQueriesContext(connection) as queries:
                client.get(url(world, page))
            found.append(len(queries))
    return found
