"""Who sees which control of the room, who is refused how, and what a refusal keeps."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from desks.choices import AttendanceMode, NoteKind, SessionState
from desks.models import Attendance, Note, Session
from desks.services.room import close_session, record_attendance
from desks.services.settle import settle
from desks.services.talk import put_position, write_note
from tests.desks.views.clients import client_of
from tests.desks.world import World, build, consent_all, open_session, ready

CONTROLS = {
    "putusan": 'value="agree"',
    "tutup": "/tutup/",
    "sikap": 'value="keberatan"',
    "lisan": 'name="pihak"',
    "angka": 'name="angka"',
    "catatan": 'name="isi"',
    "lembaga lain": 'id="catatan-lembaga"',
    "bahas": "/panggil/",
}
EXPECTED = {
    "moderator": {"putusan", "tutup", "sikap", "lisan", "angka", "catatan", "lembaga lain", "bahas"},
    "chair": {"putusan", "tutup", "lisan", "angka", "catatan", "lembaga lain", "bahas"},
    "notulis": {"lisan", "catatan", "lembaga lain"},
    "kl": {"sikap", "angka", "catatan"},
    "kemendagri": {"sikap", "angka", "catatan"},
    "bappenas": {"angka", "catatan"},
    "bappeda": {"sikap", "angka", "catatan"},
    "opd": {"catatan"},
    "verifikator": set(),
    "secretariat": set(),
    "auditor": set(),
    "observer": set(),
}


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_the_controls_come_from_the_rights(world: World, name: str) -> None:
    session = ready(world, 1)
    page = client_of(world.actors()[name]).get(f"/sesi/{session.code}/").content.decode()
    shown = {control for control, mark in CONTROLS.items() if mark in page}
    # A spoken stance offers the same three words as one's own.
    if "lisan" in EXPECTED[name] and "sikap" not in EXPECTED[name]:
        shown.discard("sikap")
    assert shown == EXPECTED[name]


@pytest.mark.parametrize("name", ["other_bappeda", "other_opd", "other_kl", "outsider"])
def test_outsiders_find_nothing(world: World, name: str) -> None:
    session = ready(world, 1)
    client = client_of(world.actors()[name])
    item = world.item()
    assert client.get(f"/sesi/{session.code}/").status_code == 404
    assert client.get(f"/sesi/{session.code}/versi/").status_code == 404
    url = f"/sesi/{session.code}/butir/{item.code}/putusan/"
    assert client.post(url, {"versi": item.version, "putusan": "agree"}).status_code == 404


def test_insiders_without_the_right_are_refused(world: World) -> None:
    session = ready(world, 1)
    item = world.item()
    row = f"/sesi/{session.code}/butir/{item.code}/"
    client = client_of(world.observer)
    posts = {
        f"{row}putusan/": {"versi": item.version, "putusan": "leave", "kode_alasan": "waktu"},
        f"{row}angka/": {"versi": item.version, "angka": "14"},
        f"{row}sikap/": {"versi": item.version, "posisi": 1, "sikap": "setuju"},
        f"{row}panggil/": {"versi": item.version},
        f"{row}catatan/": {"versi_catatan": 0, "isi": "x"},
        f"/sesi/{session.code}/tutup/": {"kode_alasan": "waktu"},
        f"/sesi/{session.code}/segarkan/": {},
        f"/sesi/{session.code}/hadir/": {"lembaga": world.pu.pk, "nama": "x", "cara": "online"},
    }
    assert {url: client.post(url, body).status_code for url, body in posts.items()} == dict.fromkeys(posts, 403)


def test_the_anonymous_go_to_the_login(world: World, client: object) -> None:
    session = ready(world, 1)
    answer = client.get(f"/sesi/{session.code}/")
    assert (answer.status_code, answer.url) == (302, f"/masuk/?next=/sesi/{session.code}/")


def test_a_stale_figure_is_answered_with_what_was_typed(world: World) -> None:
    session = ready(world, 1)
    item = world.item()
    put_position(world.kemendagri, item, text="15", reason="", seen_version=item.version)
    url = f"/sesi/{session.code}/butir/{item.code}/angka/"
    answer = client_of(world.kl).post(url, {"versi": item.version - 1, "angka": "14,2", "alasan": "Alasan panjang."})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert ('name="angka" autocomplete="off" value="14,2"' in page, "Alasan panjang." in page) == (True, True)
    assert f'name="versi" value="{world.item().version}"' in page


def test_a_missing_conclusion_keeps_the_typed_number(world: World) -> None:
    session = ready(world, 1)
    item = world.item()
    url = f"/sesi/{session.code}/butir/{item.code}/putusan/"
    answer = client_of(world.moderator).post(
        url, {"versi": item.version, "putusan": "decline", "nilai": "13,75", "kode_alasan": "waktu", "kesimpulan": ""}
    )
    assert (answer.status_code, 'value="13,75"' in answer.content.decode()) == (422, True)


def test_an_ambiguous_number_is_asked_about(world: World) -> None:
    session = ready(world, 1)
    item = world.item()
    url = f"/sesi/{session.code}/butir/{item.code}/angka/"
    client = client_of(world.kl)
    answer = client.post(url, {"versi": item.version, "angka": "1.234"})
    assert (answer.status_code, 'name="titik" value="decimal"' in answer.content.decode()) == (422, True)
    answer = client.post(url, {"versi": item.version, "angka": "1.234", "titik": "decimal"})
    assert answer.status_code == 302


def test_an_objection_needs_words(world: World) -> None:
    session = ready(world, 1)
    item = world.item()
    url = f"/sesi/{session.code}/butir/{item.code}/sikap/"
    body = {"versi": item.version, "posisi": 1, "sikap": "keberatan", "keterangan": ""}
    assert client_of(world.kl).post(url, body).status_code == 422


def test_a_note_conflict_shows_theirs_and_base(world: World) -> None:
    session = ready(world, 1)
    item = world.item()
    write_note(world.kl, world.meja, item=item, text="Dasar.", seen_version=0)
    write_note(world.notulis, world.meja, item=item, text="Punya notulis.", seen_version=1, institution=world.pu)
    url = f"/sesi/{session.code}/butir/{item.code}/catatan/"
    body = {
        "versi": item.version,
        "versi_catatan": 1,
        "isi": "Punya saya.",
        "lembaga": world.pu.pk,
        "jenis": "desk",
        "untuk": item.code,
    }
    answer = client_of(world.kl).post(url, body)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert [text in page for text in ("Punya saya.", "Punya notulis.", "Dasar.", 'name="versi_catatan" value="2"')] == [
        True
    ] * 4
    assert client_of(world.kl).post(url, {**body, "versi_catatan": 2, "isi": "Gabungan."}).status_code == 302
    assert Note.objects.get().text == "Gabungan."


def test_internal_notes_stay_inside_the_institution(world: World) -> None:
    session = ready(world, 1)
    item = world.item()
    write_note(world.kl, world.meja, item=item, text="Rahasia dapur.", seen_version=0, kind=NoteKind.INTERNAL)
    seen = {
        name
        for name in EXPECTED
        if "Rahasia dapur." in client_of(world.actors()[name]).get(f"/sesi/{session.code}/").content.decode()
    }
    assert seen == {"kl", "chair"}  # both speak for the Kementerian PU


def test_a_row_that_is_not_on_the_agenda_is_not_found(world: World) -> None:
    session = ready(world, 1)
    other = world.item(1)
    assert client_of(world.moderator).get(f"/sesi/{session.code}/?butir={other.code}").status_code == 404


def test_attendance_is_recorded_with_warnings(world: World) -> None:
    session = ready(world, 1)
    client = client_of(world.moderator)
    room, url = f"/sesi/{session.code}/", f"/sesi/{session.code}/hadir/"
    assert "Belum tercatat hadir: Kemendagri, Kementerian PU, Bappeda Jawa Barat" in client.get(room).content.decode()
    client.post(url, {"kunci": "1", "lembaga": world.pu.pk, "orang": world.kl.user.pk, "cara": "online"})
    client.post(
        url, {"kunci": "2", "lembaga": world.bappeda_jabar.pk, "nama": "Tamu", "jabatan": "Kabid", "cara": "onsite"}
    )
    client.post(
        url,
        {"kunci": "3", "lembaga": world.kemendagri_inst.pk, "perbuatan": "tidak_hadir", "alasan_absen": "Berhalangan."},
    )
    rows = Attendance.objects.order_by("pk")
    assert [(row.name, row.mode) for row in rows] == [
        (world.kl.user.full_name, "online"),
        ("Tamu", "onsite"),
        ("", "absent"),
    ]
    assert "Belum tercatat hadir" not in client.get(room).content.decode()
    assert client.post(url, {"kunci": "4", "keluar": rows[0].pk}).status_code == 302
    assert Attendance.objects.filter(left_at__isnull=False).count() == 1
    refused = client.post(
        url, {"kunci": "5", "lembaga": world.pu.pk, "nama": "", "jabatan": "Direktur", "cara": "online"}
    )
    assert (refused.status_code, "Direktur" in refused.content.decode()) == (422, True)


def test_polling_answers_304_until_something_moves(world: World) -> None:
    session = ready(world, 1)
    client = client_of(world.bappeda)
    url = f"/sesi/{session.code}/versi/"
    first = client.get(url)
    assert set(first.json()["mejas"]) == {world.meja.code}
    assert client.get(url, headers={"If-None-Match": first["ETag"]}).status_code == 304
    assert client.get(f"{url}?sejak={first.json()['versi']}").status_code == 304
    record_attendance(world.notulis, session, institution=world.pu, mode=AttendanceMode.ONLINE, name="Tamu")
    again = client.get(url, headers={"If-None-Match": first["ETag"]})
    assert again.json()["mejas"][world.meja.code] == first.json()["mejas"][world.meja.code] + 1


def test_a_region_polls_and_sees_only_its_own_meja(world: World) -> None:
    from tests.desks.world import fill, submit

    for meja in (world.meja, world.other_meja):
        fill(world, meja=meja)
        submit(world, meja=meja)
    session = open_session(world, [world.meja, world.other_meja])
    page = client_of(world.other_bappeda).get(f"/sesi/{session.code}/").content.decode()
    own, others = ({item.code for item in world.items(meja)} for meja in (world.other_meja, world.meja))
    assert ({code for code in own if code in page}, {code for code in others if code in page}) == (own, set())
    mejas = client_of(world.other_bappeda).get(f"/sesi/{session.code}/versi/").json()["mejas"]
    assert set(mejas) == {world.other_meja.code}


def test_the_settled_row_offers_reopening_to_the_chair_alone(world: World) -> None:
    session = ready(world, 1)
    consent_all(world)
    item = world.item()
    settle(world.moderator, session, item, "agree", seen_version=item.version)
    url = f"/sesi/{session.code}/butir/{item.code}/buka-kembali/"
    shown = {
        name
        for name in EXPECTED
        if url in client_of(world.actors()[name]).get(f"/sesi/{session.code}/").content.decode()
    }
    assert shown == {"moderator", "chair"}
    body = {"versi": world.item().version, "alasan_buka": "Salah baca."}
    assert client_of(world.moderator).post(url, body).status_code == 302
    assert world.item().state == "discussed"


def test_a_closed_room_only_shows(world: World) -> None:
    session = ready(world, 1)
    close_session(world.moderator, session, reason="waktu")
    page = client_of(world.moderator).get(f"/sesi/{session.code}/").content.decode()
    assert ('value="agree"' in page, "/lanjutan/" in page, "/buka-kembali/" in page) == (False, True, True)
    client_of(world.moderator).post(f"/sesi/{session.code}/buka-kembali/", {"alasan_buka": "Pihak sudah hadir."})
    session.refresh_from_db()
    assert session.state == SessionState.OPEN


@pytest.mark.parametrize("part", ["", "versi/", "hadir/", "sepakati/", "tutup/"])
def test_query_counts_do_not_grow_with_the_agenda(db: None, part: str) -> None:
    counts = []
    for n in (3, 30):
        with _world(n) as (session, client):
            client.get(f"/sesi/{session.code}/{part}")
            with CaptureQueriesContext(connection) as seen:
                assert client.get(f"/sesi/{session.code}/{part}").status_code == 200
            counts.append(len(seen))
    assert counts[0] == counts[1]
    assert counts[0] <= 45


class _world:
    """A world of n rows in a savepoint of its own."""

    def __init__(self, n: int) -> None:
        self.n = n

    def __enter__(self) -> tuple[Session, object]:
        from django.db import transaction

        self.block = transaction.atomic()
        self.block.__enter__()
        world = build(self.n)
        session = ready(world)
        consent_all(world)
        return session, client_of(world.moderator)

    def __exit__(self, *args: object) -> None:
        from django.db import transaction

        transaction.set_rollback(True)
        self.block.__exit__(None, None, None)
