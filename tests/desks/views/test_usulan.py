"""Usulan over HTTP: the list, the form with its rows and evidence, the board, the room."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from core.files import may_read
from core.models import StoredFile
from desks.choices import ItemState
from desks.models import Item, Readiness, Round, Seat, Session, Usulan, UsulanPlace
from desks.services.room import close_session, refresh_agenda
from desks.services.talk import write_note
from desks.services.usulan.aims import AimData
from tests.desks.usulan_world import Kewil, kewil
from tests.desks.views.clients import client_of

__all__ = ["kewil"]


def typed(kewil: Kewil, **more: Any) -> dict[str, Any]:
    place = kewil.world.kabkota[0].pk
    return {
        "title": "Jembatan Cikaso", "ro": kewil.ro.pk, "unit": "", "amount_unit": "ribu", "opd": "", "justification": "Putus tiap musim hujan",
        "baris": "3", "lokasi-0": place, "volume-0": "2,5", "alokasi-0": "1.500", f"rc-{kewil.criteria[0].pk}": "ready",
        "kunci": "k1", "langkah": "simpan", **more,
    }  # fmt: skip


def add_url(kewil: Kewil) -> str:
    return reverse("desks:usulan_add", args=[kewil.meja.code])


def test_an_empty_desk_says_what_to_do_and_the_index_leads_to_it(kewil: Kewil) -> None:
    client = client_of(kewil.world.bappeda)
    assert "belum ada usulan" in client.get(reverse("desks:isian_index")).content.decode()
    page = client.get(reverse("desks:isian", args=[kewil.meja.code])).content.decode()
    assert "Belum ada usulan untuk desk ini." in page and add_url(kewil) in page


def test_filing_with_evidence_and_submitting_without_javascript(kewil: Kewil) -> None:
    client = client_of(kewil.world.bappeda)
    assert client.get(add_url(kewil)).status_code == 200
    pdf = SimpleUploadedFile("fs.pdf", b"%PDF-1.4 isi", "application/pdf")
    answer = client.post(add_url(kewil), typed(kewil, **{f"bukti-{kewil.criteria[0].pk}": pdf}))
    item = Item.objects.get(usulan__title="Jembatan Cikaso")
    assert answer.status_code == 302 and answer["Location"] == reverse("desks:item", args=[item.code])
    page = client.get(answer["Location"]).content.decode()
    assert "Simpan usulan" in page and "fs.pdf" in page and 'value="2,5"' in page and 'value="1.500"' in page
    table = client.get(reverse("desks:isian", args=[kewil.meja.code])).content.decode()
    assert "Ajukan 1 siap" in table and "1 / 1 siap" in table
    listed = client.get(reverse("desks:submit", args=[kewil.meja.code])).content.decode()
    assert "Jembatan Cikaso" in listed
    client.post(reverse("desks:submit", args=[kewil.meja.code]), {"butir": f"draft:{item.code}:1", "kunci": "x"})
    assert kewil.item(item).state == ItemState.SUBMITTED
    seen = client_of(kewil.world.kl).get(reverse("desks:item", args=[item.code])).content.decode()
    assert "Jembatan Cikaso" in seen and "Simpan usulan" not in seen


def test_a_refusal_keeps_everything_typed_and_the_uploaded_file(kewil: Kewil) -> None:
    client = client_of(kewil.world.bappeda)
    pdf = SimpleUploadedFile("fs.pdf", b"%PDF-1.4 isi", "application/pdf")
    pk = kewil.criteria[0].pk
    answer = client.post(add_url(kewil), typed(kewil, **{"volume-0": "dua", f"bukti-{pk}": pdf}))
    page = answer.content.decode()
    assert answer.status_code == 422 and "Lokasi 1: “dua” bukan angka" in page
    assert 'value="dua"' in page and "fs.pdf terunggah" in page and "Putus tiap musim hujan" in page
    code = StoredFile.objects.get().code
    assert client.post(add_url(kewil), typed(kewil, **{f"simpan-{pk}": code})).status_code == 302
    assert Readiness.objects.get().file == StoredFile.objects.get()


def test_searching_and_more_rows_save_nothing(kewil: Kewil) -> None:
    client = client_of(kewil.world.bappeda)
    page = client.post(add_url(kewil), typed(kewil, langkah="cari", ro_cari="rumah sakit")).content.decode()
    assert "DG.2070.RBP.001" in page and 'value="Jembatan Cikaso"' in page
    page = client.post(add_url(kewil), typed(kewil, langkah="baris")).content.decode()
    assert 'name="lokasi-5"' in page and not Usulan.objects.exists()


def test_a_stale_save_says_so_and_keeps_the_typing(kewil: Kewil) -> None:
    usulan = kewil.filed()
    client, url = client_of(kewil.world.bappeda), reverse("desks:item", args=[usulan.item.code])
    assert client.post(url, typed(kewil, versi="1")).status_code == 302
    answer = client.post(url, typed(kewil, versi="1", title="Lain lagi", kunci="k2"))
    assert answer.status_code == 409 and 'value="Lain lagi"' in answer.content.decode()


def test_evidence_is_read_by_those_to_whom_it_was_handed_in(kewil: Kewil) -> None:
    client = client_of(kewil.world.bappeda)
    pdf = SimpleUploadedFile("fs.pdf", b"%PDF-1.4 isi", "application/pdf")
    client.post(add_url(kewil), typed(kewil, **{f"bukti-{kewil.criteria[0].pk}": pdf}))
    stored = StoredFile.objects.get()
    item = Item.objects.get(strand="kewilayahan")
    people = (kewil.world.bappeda, kewil.world.kl, kewil.world.other_bappeda)
    assert [may_read(who.user, stored) for who in people] == [True, False, False]
    kewil.submitted(item.usulan)
    assert [may_read(who.user, stored) for who in people] == [True, True, False]


def test_the_board_filters_and_downloads_what_it_shows(kewil: Kewil) -> None:
    kewil.submitted(kewil.filed("SPAM Bogor"), kewil.filed("RS Bandung", aim=AimData(kewil.ro_health.pk), readiness=()))
    kewil.filed("Draf rahasia")
    client = client_of(kewil.world.kl)
    url = reverse("desks:board", args=[kewil.world.round.code, "KW1"])
    page = client.get(url).content.decode()
    assert "SPAM Bogor" in page and "RS Bandung" in page and "Draf rahasia" not in page and "1 masih di daerah" in page
    for query, shown in (
        ("kl=024", "RS Bandung"),
        ("kesiapan=siap", "SPAM Bogor"),
        ("kesiapan=kosong", "RS Bandung"),
        ("q=bandung", "RS Bandung"),
    ):
        page = client.get(f"{url}?{query}").content.decode()
        other = "SPAM Bogor" if shown == "RS Bandung" else "RS Bandung"
        assert f">{shown}</a>" in page and f">{other}</a>" not in page, query
    book = client.get(reverse("desks:board_download", args=[kewil.world.round.code, "KW1"]) + "?kl=024")
    assert book.status_code == 200 and "Usulan" in book["Content-Disposition"]


@pytest.fixture
def room(kewil: Kewil) -> tuple[Kewil, Session, Item, Client]:
    """The moderator in an open sitting at an usulan of two locations."""
    (item,) = kewil.submitted(kewil.filed(places=2))
    return kewil, kewil.session(), item, client_of(kewil.world.moderator)


def _act(client: Client, name: str, session: Session, item: Item, **data: Any) -> Any:
    item.refresh_from_db()
    return client.post(reverse(f"desks:{name}", args=[session.code, item.code]), {"versi": item.version, **data})


def test_a_mixed_verdict_in_the_room(room: tuple[Kewil, Session, Item, Client]) -> None:
    kewil, session, item, client = room
    page = client.get(reverse("desks:session", args=[session.code])).content.decode()
    assert "Putuskan lokasi" in page and "Kabupaten Bandung" in page and "Kriteria kesiapan belum lengkap" in page
    one, two = UsulanPlace.objects.order_by("region__kode")
    answer = _act(
        client,
        "row_place",
        session,
        item,
        lokasi=two.code,
        perbuatan="putus",
        putusan_lokasi="declined",
        catatan_lokasi="ke DAK",
    )
    page = answer.content.decode()
    assert answer.status_code == 422 and "Pilih kode alasan untuk lokasi" in page and "ke DAK" in page
    _act(
        client,
        "row_place",
        session,
        item,
        lokasi=two.code,
        perbuatan="putus",
        putusan_lokasi="declined",
        alasan_lokasi="dak",
    )
    _act(
        client,
        "row_place",
        session,
        item,
        lokasi=one.code,
        perbuatan="putus",
        putusan_lokasi="agreed",
        volume="4",
        alokasi="900",
    )
    page = client.get(reverse("desks:session", args=[session.code])).content.decode()
    spoken = re.findall(r'name="lisan" value="(\d+)"', page)
    assert len(spoken) == 3
    answer = _act(
        client,
        "row_verdict",
        session,
        item,
        putusan="agree_noted",
        kesimpulan="Bogor lebih dahulu",
        lisan=spoken,
        forum="Pra-Musrenbangnas",
    )
    assert answer.status_code == 302
    item = kewil.item(item)
    assert item.state == ItemState.AGREED_NOTED and item.value_agreed.number == 4
    page = client.get(answer["Location"]).content.decode()
    assert "Direkomendasikan dengan catatan" in page and "Pra-Musrenbangnas" in page and "Disepakati" not in page


def test_corrections_merging_and_adding_have_their_pages(room: tuple[Kewil, Session, Item, Client]) -> None:
    kewil, session, item, client = room
    url = reverse("desks:row_usulan", args=[session.code, item.code])
    assert client.get(url).status_code == 200
    assert "DG.2070.RBP.001" in client.post(url, {"langkah": "cari", "ro_cari": "rumah"}).content.decode()
    assert _act(client, "row_usulan", session, item, perbuatan="unit", satuan="").status_code == 422
    assert _act(client, "row_usulan", session, item, perbuatan="unit", satuan="SPAM").status_code == 302
    page = client.get(reverse("desks:session", args=[session.code])).content.decode()
    assert "Semula: liter/detik. Menjadi: SPAM." in page
    url = reverse("desks:session_usulan", args=[session.code, kewil.meja.code])
    assert client.get(url).status_code == 200
    assert client.post(url, typed(kewil)).status_code == 302
    assert session.agenda.count() == 2
    place = UsulanPlace.objects.filter(usulan__item=item).first()
    assert place is not None
    assert (
        _act(client, "row_usulan", session, item, perbuatan="pecah", tempat=[place.code], judul="Pecahan").status_code
        == 302
    )
    assert session.agenda.count() == 3


def test_the_room_is_not_the_kls_to_run(room: tuple[Kewil, Session, Item, Client]) -> None:
    kewil, session, item, _ = room
    client = client_of(kewil.world.kl)
    assert client.get(reverse("desks:session", args=[session.code])).status_code == 200
    assert client.get(reverse("desks:row_usulan", args=[session.code, item.code])).status_code == 403
    assert client.get(reverse("desks:session_usulan", args=[session.code, kewil.meja.code])).status_code == 403
    place = UsulanPlace.objects.order_by("region__kode")[0]
    answer = _act(
        client,
        "row_place",
        session,
        item,
        lokasi=place.code,
        perbuatan="tawar",
        volume="3",
        alokasi="",
        alasan="sesuai DED",
    )
    assert answer.status_code == 302


def test_taking_over_an_usulan_of_a_closed_round(kewil: Kewil) -> None:
    (item,) = kewil.submitted(kewil.filed())
    session = kewil.session()
    close_session(kewil.world.moderator, session, reason="waktu")
    old = Round.objects.create(
        forum_name="Forum 2025", short_name="Rakortek 2026", held_year=2025, plan_year=2026, level="national", host=kewil.world.kemendagri_inst,
        closed_at=timezone.now(),
    )  # fmt: skip
    Seat.objects.create(round=old, institution=kewil.world.bappeda_jabar, region=kewil.world.jabar, role="bappeda")
    Item.objects.filter(pk=item.pk).update(round=old)
    client, url = client_of(kewil.world.bappeda), reverse("desks:usulan_carry", args=[kewil.meja.code])
    page = client.get(url).content.decode()
    assert "Tidak terbahas" in page and "Waktu pembahasan habis" in page
    answer = client.post(url, {"butir": item.code, "kunci": "c"})
    assert answer.status_code == 302
    page = client.get(answer["Location"]).content.decode()
    assert "usulan lanjutan" in page and "Rakortek 2026" in page


@pytest.mark.parametrize("place", ["isian", "board", "room"])
def test_lists_cost_the_same_for_3_and_for_12_usulan(kewil: Kewil, place: str) -> None:
    kewil.submitted(*(kewil.filed(f"Usulan {no}", places=2) for no in range(3)))
    session = kewil.session() if place == "room" else None
    who = {"isian": kewil.world.bappeda, "board": kewil.world.kl, "room": kewil.world.moderator}[place]
    url = {
        "isian": reverse("desks:isian", args=[kewil.meja.code]), "board": reverse("desks:board", args=[kewil.world.round.code, "KW1"]),
        "room": reverse("desks:session", args=[session.code]) if session else "",
    }[place]  # fmt: skip
    client = client_of(who)
    few = _queries(client, url)
    kewil.submitted(*(kewil.filed(f"Lagi {no}", places=2) for no in range(9)))
    if session is not None:
        refresh_agenda(kewil.world.moderator, session)
    assert _queries(client, url) == few


def _queries(client: Client, url: str) -> int:
    assert client.get(url).status_code == 200
    with CaptureQueriesContext(connection) as seen:
        client.get(url)
    return len(seen)


def test_a_note_of_before_handing_in_is_marked_as_the_regions_own(kewil: Kewil) -> None:
    item = kewil.item(kewil.filed())
    write_note(kewil.world.bappeda, item.meja, item=item, text="Cek lahan dahulu.", seen_version=0)
    page = client_of(kewil.world.bappeda).get(reverse("desks:item", args=[item.code])).content.decode()
    assert "Cek lahan dahulu." in page and "hanya daerah: ditulis sebelum diajukan" in page
