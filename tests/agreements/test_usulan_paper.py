"""The berita acara of a kewilayahan desk: every outcome in its lampiran, frozen, verified, and read back from the workbook."""

from __future__ import annotations

import json

import pytest
from django.urls import reverse

from agreements.exports.workbook import ba_workbook
from agreements.models import BeritaAcara, Line, Snapshot
from agreements.selectors.frozen import sheet_of
from agreements.services.draft import draft_ba
from agreements.services.finalise import finalise
from agreements.verify.run import verify_one
from core.excel import read_rows
from desks.models import Item, UsulanPlace
from desks.services.room import close_session
from desks.services.settle import settle
from desks.services.talk import write_note
from desks.services.usulan.lineage import add_at_desk
from desks.services.usulan.room import correct_usulan, settle_place
from tests.agreements.made import Closed, closed
from tests.desks.usulan_world import Kewil, build_kewil
from tests.desks.views.clients import client_of
from tests.desks.world import build

__all__ = ["closed"]
LONG = "Pembahasan kesiapan lahan dan dokumen lingkungan. " * 106


@pytest.fixture
def kewil(db: None) -> Kewil:
    """A world with a kewilayahan desk."""
    return build_kewil(build(1))


def played(kewil: Kewil) -> BeritaAcara:
    """A sitting with a clean, a mixed, a declined, an undiscussed and an added usulan, one of them corrected."""
    world = kewil.world
    titles = ("Bersih", "Campuran", "Ditolak", "Tak sempat")
    items = kewil.submitted(*(kewil.filed(title, places=2 if title == "Campuran" else 1) for title in titles))
    session = kewil.session()
    clean, mixed, declined, _ = (kewil.item(item) for item in items)
    kewil.consent(clean)
    settle(world.moderator, session, clean, "agree", seen_version=clean.version)
    correct_usulan(world.moderator, session, mixed, "unit", unit="SPAM", reason="sesuai RO", seen_version=mixed.version)
    mixed = kewil.item(mixed)
    bandung = UsulanPlace.objects.filter(usulan__item=mixed).order_by("-region__kode")[0]
    settle_place(
        world.moderator, session, mixed, bandung.code, verdict="declined", reason="dak", note="Diusulkan lewat DAK", seen_version=mixed.version
    )  # fmt: skip
    mixed = kewil.item(mixed)
    kewil.consent(mixed)
    settle(
        world.moderator,
        session,
        mixed,
        "agree_noted",
        seen_version=mixed.version,
        conclusion=LONG,
        forum="Pra-Musrenbangnas",
    )
    declined = kewil.item(declined)
    settle(
        world.moderator, session, declined, "decline", seen_version=declined.version, conclusion="Belum siap", reason="kesiapan", forum="Tahun berikutnya"
    )  # fmt: skip
    added = kewil.item(add_at_desk(world.moderator, session, kewil.meja, kewil.data("Dari desk")))
    for actor in (world.bappenas, world.kl):
        from desks.services.talk import take_stances

        assert take_stances(actor, [(added.code, 1)], kind="setuju")[0].ok
    settle(world.moderator, session, kewil.item(added), "agree", seen_version=added.version)
    write_note(world.bappenas, kewil.meja, item=mixed, text="Selaraskan dengan RPJMN", seen_version=0)
    close_session(world.moderator, session, reason="waktu")
    session.refresh_from_db()
    return draft_ba(world.moderator, session)


def cells(rows: list[list[object]], column: str) -> list[object]:
    """A column of a lampiran by its head, from its first row on."""
    place = rows[6].index(column)
    return [row[place] for row in rows[7:]]


def test_every_outcome_stands_in_its_lampiran(kewil: Kewil) -> None:
    ba = played(kewil)
    sheet = sheet_of(ba)
    assert [(row.title, row.state) for row in sheet.usulan] == [
        ("Bersih", "agreed"),
        ("Campuran", "agreed_noted"),
        ("Dari desk", "agreed"),
    ]
    assert sheet.usulan[1].forum == "Pra-Musrenbangnas" and sheet.usulan[2].history == ("Ditambahkan di desk",)
    assert "Bappenas" in sheet.usulan[0].basis and "Kementerian PU" in sheet.usulan[0].basis
    assert [(row.kind, row.title, row.reason) for row in sheet.usulan_left] == [
        ("Lokasi", "Campuran", "Diarahkan ke DAK atau APBD (kewenangan daerah)"), ("Usulan", "Ditolak", "Kriteria kesiapan belum lengkap"),
        ("Usulan", "Tak sempat", "Waktu pembahasan habis"),
    ]  # fmt: skip
    assert all(row.forum for row in sheet.usulan_left)
    assert [(row.field, row.before, row.after) for row in sheet.corrections] == [("Satuan", "liter/detik", "SPAM")]
    assert (sheet.targets, sheet.supports, sheet.left) == ((), (), ())


def test_the_workbook_reads_back(kewil: Kewil) -> None:
    book = ba_workbook(sheet_of(played(kewil)))
    two = read_rows(book, "Lampiran 2")
    assert "USULAN YANG DIREKOMENDASIKAN" in str(two[5][0])
    titles = [str(text).split("\n")[0] for text in cells(two, "Usulan") if text]
    assert titles == ["Bersih", "Campuran", "Dari desk"]
    assert [text for text in cells(two, "Alokasi kesepakatan (Rp ribu)") if text] == [
        "1.000",
        "1.000",
        "1.000",
        "3.000",
    ]
    assert (
        "".join(str(text) for text in cells(two, "Status, kesimpulan, dan dasar persetujuan") if text).count(
            "dokumen lingkungan"
        )
        == 106
    )
    assert cells(read_rows(book, "Lampiran 3"), "Status") == [
        "Tidak direkomendasikan",
        "Tidak direkomendasikan",
        "Tidak terbahas",
    ]
    assert cells(read_rows(book, "Lampiran 4"), "Semula") == ["liter/detik"]
    data = read_rows(book, "Data")
    head = data[0]
    amounts = [row[head.index("Alokasi kesepakatan (Rp)")] for row in data[1:]]
    assert [amount for amount in amounts if amount] == [1_000_000, 1_000_000, 1_000_000]


def test_an_empty_lampiran_says_so_and_only_that_one(kewil: Kewil) -> None:
    (item,) = kewil.submitted(kewil.filed("Satu"))
    session = kewil.session()
    item = kewil.item(item)
    kewil.consent(item)
    settle(kewil.world.moderator, session, item, "agree", seen_version=item.version)
    close_session(kewil.world.moderator, session)
    session.refresh_from_db()
    book = ba_workbook(sheet_of(draft_ba(kewil.world.moderator, session)))
    empty = [
        name for name in ("Lampiran 2", "Lampiran 3", "Lampiran 4") if "Tidak ada data" in str(read_rows(book, name))
    ]
    assert empty == ["Lampiran 3", "Lampiran 4"]


def test_finalised_it_is_frozen_locked_and_verified(kewil: Kewil) -> None:
    ba = played(kewil)
    ba = finalise(kewil.world.moderator, ba, seen_version=ba.version)
    before = ba_workbook(sheet_of(ba))
    UsulanPlace.objects.update(note="diubah diam-diam")
    assert ba_workbook(sheet_of(ba)) == before
    assert Line.objects.filter(ba=ba, lampiran="3").count() == 3
    assert Item.objects.filter(meja=kewil.meja, locked_at__isnull=False).count() == 4
    assert verify_one(ba).faults == []


def test_the_review_page_prints_the_same_lampiran(kewil: Kewil) -> None:
    ba = played(kewil)
    page = client_of(kewil.world.moderator).get(reverse("agreements:ba", args=[ba.code])).content.decode()
    for words in (
        "Direkomendasikan dengan catatan",
        "Forum berikutnya",
        "Semula",
        "liter/detik",
        "Jumlah alokasi yang direkomendasikan (Rp ribu)",
    ):
        assert words in page


def test_a_berita_acara_of_urusan_freezes_what_it_always_did(closed: Closed) -> None:
    ba = closed.final()
    sheet = json.loads(Snapshot.objects.get(ba=ba).canonical)["sheet"]
    assert not {"strand", "usulan", "usulan_left", "corrections"} & set(sheet)
