"""Reporting trouble from any page, reading and answering it; the banner of announcements."""

import datetime as dt

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from desks.models import Announcement, Report
from desks.selectors import announcements
from desks.services.announcements import AnnouncementData, announce
from tests.factories import make_user

pytestmark = pytest.mark.django_db
HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def login(world):
    cache.clear()

    def of(actor):
        client = Client()
        client.force_login(actor.user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return of


def test_every_page_leads_to_the_form_with_its_address(world, login):
    page = login(world.bappeda).get("/isian/?q=rahasia").content.decode()
    assert '/lapor/?dari=%2Fisian%2F" data-report' in page
    assert 'id="lapor"' in page


def test_a_failed_page_carries_its_number(world, login):
    client = login(world.bappeda)
    missing = client.get("/tidak-ada/", HTTP_X_REQUEST_ID="abcd1234-ef").content.decode()
    assert "/lapor/?dari=%2Ftidak-ada%2F&amp;permintaan=abcd1234-ef" in missing
    form = client.get("/lapor/?dari=/tidak-ada/&permintaan=abcd1234-ef").content.decode()
    assert 'value="abcd1234-ef"' in form


def test_the_page_of_a_broken_server_carries_its_number(world, rf):
    from rakortek.views import broken

    request = rf.get("/isian/")
    request.request_id = "abcd1234-ef"
    answer = broken(request)
    assert (answer.status_code, b"dari=%2Fisian%2F&amp;permintaan=abcd1234-ef" in answer.content) == (500, True)


def test_without_javascript_the_page_does_it(world, login):
    client = login(world.bappeda)
    answer = client.post(
        "/lapor/", {"text": "Tabel kosong", "page": "/isian/", "width": "390"}, HTTP_USER_AGENT="Peramban"
    )
    made = Report.objects.get()
    assert answer.url == f"/laporan/{made.code}/"
    assert (made.page, made.agent, made.width) == ("/isian/", "Peramban", 390)
    assert "Tabel kosong" in client.get("/laporan-saya/").content.decode()
    assert "Belum ada jawaban" in client.get(answer.url).content.decode()


def test_a_refusal_keeps_what_was_typed(world, login):
    answer = login(world.bappeda).post("/lapor/", {"text": "Tabel kosong", "item_code": "SALAH"}, **HTMX)
    page = answer.content.decode()
    assert (answer.status_code, Report.objects.count()) == (422, 0)
    assert "Tabel kosong" in page
    assert "Baris SALAH tidak ditemukan" in page
    assert "<html" not in page


def test_in_the_dialog_a_fragment_answers(world, login):
    answer = login(world.bappeda).post("/lapor/", {"text": "Tabel kosong"}, **HTMX)
    assert (answer.status_code, "terkirim" in answer.content.decode()) == (200, True)


def test_the_secretariat_filters_answers_and_takes_the_list_away(world, login):
    login(world.bappeda).post("/lapor/", {"text": "Tabel kosong"})
    login(world.kl).post("/lapor/", {"text": "Unduhan gagal"})
    secretariat = login(world.secretariat)
    assert "Tabel kosong" not in secretariat.get("/laporan/?q=unduhan").content.decode()
    report = Report.objects.get(text="Tabel kosong")
    assert secretariat.get("/laporan/?format=xlsx").status_code == 200
    assert login(world.kl).get(f"/laporan/{report.code}/").status_code == 404
    assert login(world.kl).get("/laporan/").status_code == 403
    url = f"/laporan/{report.code}/"
    refused = secretariat.post(url, {"status": "done", "answer": "", "version": "1"})
    assert (refused.status_code, "sebelum laporan ditutup" in refused.content.decode()) == (422, True)
    assert secretariat.post(url, {"status": "done", "answer": "Beres.", "version": "1"}).status_code == 302
    assert secretariat.post(url, {"status": "taken", "answer": "Lain.", "version": "1"}).status_code == 409
    assert "Beres." in login(world.bappeda).get(url).content.decode()
    assert login(world.bappeda).post(url, {"status": "done", "answer": "x", "version": "2"}).status_code == 403


def give(world, text="Ruang pindah", round_=None):
    now = timezone.now()
    return announce(world.secretariat, AnnouncementData(text, "important", now, now + dt.timedelta(hours=3), round_))


def test_the_banner_stands_on_every_page_until_put_away_in_any_login(world, login):
    row = give(world, round_=world.round)
    client = login(world.bappeda)
    assert "Ruang pindah" in client.get("/isian/").content.decode()
    assert "Ruang pindah" in client.get("/tidak-ada/").content.decode()
    answer = client.post(f"/pengumuman/{row.code}/tutup/", {"next": "/isian/"})
    assert answer.url == "/isian/"
    assert "Ruang pindah" not in client.get("/isian/").content.decode()
    assert "Ruang pindah" not in login(world.bappeda).get("/isian/").content.decode()
    assert "Ruang pindah" in login(world.kl).get("/").content.decode()
    assert "Ruang pindah" not in login(world.outsider).get("/").content.decode()
    assert "Ruang pindah" not in Client().get("/masuk/").content.decode()


def test_what_is_for_all_stands_on_the_login_page(world):
    give(world)
    assert "Ruang pindah" in Client().get("/masuk/").content.decode()


def test_the_banner_costs_no_query(world, login):
    client = login(world.bappeda)

    def cost():
        with CaptureQueriesContext(connection) as found:
            client.get("/laporan-saya/")
        return len(found)

    client.get("/laporan-saya/")
    without = cost()
    give(world)
    client.get("/laporan-saya/")  # reads once what the person has put away
    assert cost() == without


def test_the_secretariat_writes_changes_and_ends(world, login):
    client = login(world.secretariat)
    given = {"text": "Jadwal berubah", "level": "info", "starts_at": "2026-01-01T08:00", "ends_at": "2099-01-01T08:00"}
    refused = client.post("/pengumuman/baru/", {**given, "ends_at": "2025-01-01T08:00"})
    assert (refused.status_code, "Jadwal berubah" in refused.content.decode()) == (422, True)
    assert client.post("/pengumuman/baru/", {**given, "round": world.round.code}).status_code == 302
    row = Announcement.objects.get()
    assert row.round == world.round
    changed = {**given, "text": "Jadwal berubah lagi", "round": "", "version": "1"}
    assert client.post(f"/pengumuman/{row.code}/", changed).status_code == 302
    assert client.post(f"/pengumuman/{row.code}/", changed).status_code == 409
    announcements.forget()
    assert "Jadwal berubah lagi" in client.get("/").content.decode()
    assert client.post(f"/pengumuman/{row.code}/akhiri/").status_code == 302
    assert "Jadwal berubah lagi" not in client.get("/").content.decode()
    assert login(world.moderator).get("/pengumuman/").status_code == 403


def test_what_belongs_to_no_round_is_shown_like_the_rest(world, login):
    give(world)
    lonely = Client()
    lonely.force_login(make_user("tanpa-lembaga"), backend="django.contrib.auth.backends.ModelBackend")
    url = lonely.post("/lapor/", {"text": "Belum terdaftar"}).url
    secretariat = login(world.secretariat)
    pages = [lonely.get(url), lonely.get("/laporan-saya/"), secretariat.get(url), secretariat.get("/laporan/")]
    pages.append(secretariat.get("/pengumuman/"))
    assert [page.status_code for page in pages] == [200] * 5
    assert all("WIB" in page.content.decode() for page in pages)
