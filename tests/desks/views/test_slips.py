"""Warnings and help as pages show them: the table of the Isian, the page of a row, the list before submitting, board and room."""

from __future__ import annotations

import re

import pytest
from django.contrib.messages import get_messages
from django.core.cache import cache
from django.test import Client

from desks.models import SlipAcceptance
from desks.services.item import RowWrite, save_rows
from desks.services.slips import accept_warning
from indicators.models import IndicatorVersion
from tests.desks.views.clients import client_of
from tests.desks.world import World, open_session, submit

WHY = "angka dari <pendataan> ulang"


@pytest.fixture(autouse=True)
def fresh_peers() -> None:
    cache.clear()


def warned(world: World) -> World:
    """The first row with a hundred times too much, the second as it should be."""
    rows = [
        RowWrite(item.code, item.version, {"value": text})
        for item, text in zip(world.items(), ("1450", "14,5"), strict=False)
    ]
    assert [len(row.warnings) for row in save_rows(world.bappeda, rows=rows)] == [1, 0]
    return world


def isian(world: World, query: str = "") -> str:
    return client_of(world.bappeda).get(f"/isian/{world.meja.code}/{query}").content.decode()


def keep(world: World) -> None:
    accept_warning(world.bappeda, world.item(), kind="magnitude", value="1.450,00", reason=WHY)


def post(client: Client, world: World, **facts: str):
    return client.post(f"/butir/{world.item().code}/peringatan/", facts)


def said(answer) -> str:
    return " ".join(str(message) for message in get_messages(answer.wsgi_request))


def test_the_table_shows_the_warning_under_the_field_and_counts_it_in_a_chip(world: World) -> None:
    html = isian(warned(world))
    assert html.count('<p class="slip"') == 1
    assert "1.450,00 kira-kira 100 kali capaian BPS 2025 (13,00). Maksud Anda 14,50?" in html
    code = world.item().code
    assert re.search(rf'id="w-{code}" data-slips="{code}" data-url="/api/v1/butir/{code}/peringatan/"', html)
    assert f'href="/butir/{code}/#peringatan">pakai 14,50 atau tulis alasan</a>' in html
    assert re.search(r"saring=peringatan.*?1", html, re.DOTALL)
    only = isian(world, "?saring=peringatan")
    assert (f'id="i-{code}"' in only, f'id="i-{world.item(1).code}"' in only) == (True, False)
    keep(world)
    assert 'class="slip"' not in isian(world)
    assert "saring=peringatan" not in isian(world)


def test_the_table_opens_what_an_indicator_is(world: World) -> None:
    IndicatorVersion.objects.filter(pk=world.item().indicator_version_id).update(
        definition="Panjang jalan <mantap>", formula="mantap / seluruh × 100", source="Dinas PU"
    )
    html = isian(world)
    assert html.count('<details class="about">') == 3
    assert "<dd>Panjang jalan &lt;mantap&gt;</dd>" in html
    assert "<dd>mantap / seluruh × 100</dd>" in html
    assert html.count("belum dicantumkan; tanyakan kepada pengampu indikator") == 6
    assert html.count("13,00 % (tahun 2025, BPS)") == 3
    assert "13,65 · rentang 13,65–14,30 · batas ≥13,65" in html
    page = client_of(world.kl).get(f"/butir/{world.item().code}/")
    assert page.status_code == 404
    assert "mantap / seluruh × 100" in client_of(world.opd).get(f"/butir/{world.item().code}/").content.decode()


def test_the_suggestion_is_used_on_the_page_of_the_row(world: World) -> None:
    client = client_of(warned(world).bappeda)
    page = client.get(f"/butir/{world.item().code}/").content.decode()
    assert 'id="peringatan"' in page and "Pakai 14,50" in page
    stale = post(client, world, tindakan="pakai", nilai="14,50", versi="1", kunci="a")
    assert "diubah orang lain" in said(stale)
    done = post(client, world, tindakan="pakai", nilai="14,50", versi=str(world.item().version), kunci="b")
    assert (done.status_code, said(done).split()[-1]) == (302, "14,50.")
    assert 'id="peringatan"' not in client.get(f"/butir/{world.item().code}/").content.decode()


def test_a_value_is_kept_with_a_reason_on_the_page_of_the_row(world: World) -> None:
    client, facts = (
        client_of(warned(world).opd),
        {"tindakan": "tetap", "jenis": "magnitude", "nilai": "1.450,00", "sub": ""},
    )
    assert "Tuliskan alasannya" in said(post(client, world, **facts, alasan=" ", kunci="a"))
    assert "sudah berubah" in said(post(client, world, **{**facts, "nilai": "9,00"}, alasan=WHY, kunci="b"))
    for key in ("c", "c", "d"):
        assert post(client, world, **facts, alasan=WHY, kunci=key).status_code == 302
    assert SlipAcceptance.objects.count() == 1
    page = client.get(f"/butir/{world.item().code}/").content.decode()
    assert 'id="peringatan"' not in page
    assert "Diterima dengan alasan:</b> angka dari &lt;pendataan&gt; ulang" in page


def test_the_list_before_submitting_names_open_warnings_and_blocks_nothing(world: World) -> None:
    client = client_of(warned(world).bappeda)
    page = client.get("/isian/ajukan/")
    assert (page.context["warned"], "1 butir memuat peringatan" in page.content.decode()) == (1, True)
    assert "Peringatan: 1.450,00 kira-kira 100 kali" in page.content.decode()
    keep(world)
    assert client.get("/isian/ajukan/").context["warned"] == 0
    picks = [row["pick"] for row in client.get("/isian/ajukan/").context["ready"]]
    assert "2 butir diajukan" in said(client.post("/isian/ajukan/", {"butir": picks, "kunci": "k"}))


def test_board_and_room_show_the_reason_and_never_an_open_warning(world: World) -> None:
    keep(warned(world))
    submit(world)
    moderator = client_of(world.moderator)
    board = moderator.get(f"/desk/{world.round.code}/{world.desk.code}/").content.decode()
    assert board.count("diterima dengan alasan: angka dari &lt;pendataan&gt; ulang") == 1
    row = moderator.get(f"/desk/{world.round.code}/{world.desk.code}/butir/{world.item().code}/").content.decode()
    assert "Diterima dengan alasan:" in row
    session = open_session(world)
    room = moderator.get(f"/sesi/{session.code}/?butir={world.item().code}").content.decode()
    assert "Diterima dengan alasan:" in room and "kira-kira 100 kali" in room
    other = moderator.get(f"/sesi/{session.code}/?butir={world.item(1).code}").content.decode()
    assert "Diterima dengan alasan:" not in other


def test_home_leads_to_the_first_hour_until_something_was_submitted(world: World) -> None:
    page = client_of(world.bappeda).get("/").content.decode()
    assert "/bantuan/panduan-jam-pertama/" in page
    assert "/bantuan/panduan-jam-pertama/" not in client_of(world.kl).get("/").content.decode()
    guide = Client().get("/bantuan/panduan-jam-pertama/").content.decode()
    assert "Jam pertama" in guide and "Baca peringatan" in guide
    submit(warned(world))
    assert "/bantuan/panduan-jam-pertama/" not in client_of(world.bappeda).get("/").content.decode()
