"""What a row's room offers beside the verdict: sub kegiatan at the desk, asking for repair, notes on the meja as a whole."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

from desks.choices import ItemState
from desks.models import Item, Note, Session
from desks.services.room import call_item
from tests.desks.chain import verify_chain
from tests.desks.views.clients import client_of
from tests.desks.world import World, ready


def called(world: World) -> tuple[Session, Item]:
    session = ready(world, 1)
    call_item(world.moderator, session, world.item(), seen_version=world.item().version)
    return session, world.item()


def typed(world: World, item: Item, **more: Any) -> dict[str, Any]:
    return {
        "nomenclature": world.sub_kegiatan[0].pk, "opd": world.dinas_jabar.pk, "volume": "12", "volume_unit": "Km",
        f"dana-{world.sources[0].pk}": "2.000.000", f"satuan-{world.sources[0].pk}": "rp", "versi": item.version, "kunci": "k1", **more,
    }  # fmt: skip


def test_the_chair_adds_and_changes_a_sub_kegiatan_at_the_desk(world: World) -> None:
    session, item = called(world)
    client = client_of(world.moderator)
    base = f"/sesi/{session.code}/butir/{item.code}/sub-kegiatan/"
    assert client.get(f"{base}tambah/?cari=Rekonstruksi").context["found"] == [world.sub_kegiatan[0]]
    body = typed(world, item)
    for _ in range(2):  # sent twice, done once
        answer = client.post(f"{base}tambah/", body)
        assert (answer.status_code, answer.url) == (302, f"/sesi/{session.code}/?butir={item.code}")
    support = item.supports.get()
    assert (support.added_at_desk, support.volume, support.funds.get().proposed) == (True, 12, 2_000_000)
    room = client.get(answer.url).content.decode()
    assert ("ditambahkan di desk" in room, f"{base}{support.pk}/ubah/" in room) == (True, True)
    change = typed(world, world.item(), volume="15", kunci="k2")
    assert client.post(f"{base}{support.pk}/ubah/", change).status_code == 302
    support.refresh_from_db()
    assert (support.volume, support.verdict) == (15, "pending")
    stale = client.post(f"{base}{support.pk}/ubah/", {**change, "volume": "16", "kunci": "k3"})
    assert (stale.status_code, stale.context["form"]["volume"].value()) == (409, "16")
    verify_chain(world.meja)


def test_the_room_asks_for_repair_and_the_row_waits(world: World) -> None:
    session, item = called(world)
    client, url = client_of(world.kl), f"/sesi/{session.code}/butir/{item.code}/perbaikan/"
    assert url in client.get(f"/sesi/{session.code}/").content.decode()
    assert client.get(url).status_code == 200
    day = (timezone.localdate() + dt.timedelta(days=2)).isoformat()
    body = {
        "note": "Lampirkan sumber data.",
        "owner": "opd",
        "date": day,
        "time": "16:00",
        "versi": item.version,
        "kunci": "k",
    }
    late = client.post(url, {**body, "date": "2099-01-01"})
    assert (late.status_code, list(late.context["form"].errors)) == (422, ["date"])
    for _ in range(2):
        assert client.post(url, body).status_code == 302
        assert (world.item().state, world.item().request_owner) == (ItemState.REPAIR, world.dinas_jabar)
    room = client.get(f"/sesi/{session.code}/?butir={item.code}")
    assert "Lampirkan sumber data." in room.content.decode()
    assert room.context["agenda"].decided == 0
    verify_chain(world.meja)


def test_notes_on_the_meja_as_a_whole(world: World) -> None:
    session, item = called(world)
    url = f"/sesi/{session.code}/meja/{world.meja.code}/catatan/"
    body = {"isi": "Jadwal tindak lanjut.", "versi_catatan": "0", "lembaga": world.pu.pk, "jenis": "desk", "untuk": world.meja.code,
            "butir": item.code, "kunci": "a"}  # fmt: skip
    answer = client_of(world.kl).post(url, body)
    assert (answer.status_code, answer.url) == (302, f"/sesi/{session.code}/?butir={item.code}")
    note = Note.objects.get()
    assert (note.item, note.meja, note.institution, note.text) == (None, world.meja, world.pu, "Jadwal tindak lanjut.")
    page = client_of(world.bappeda).get(f"/sesi/{session.code}/")
    assert [(block.text, block.editable) for block in page.context["panel"].meja_notes] == [
        ("", True), ("Jadwal tindak lanjut.", False),
    ]  # fmt: skip
    staff = client_of(world.notulis).post(url, {**body, "isi": "Lain", "kunci": "b"})
    assert staff.status_code == 409
    text = staff.content.decode()
    assert (text.count("Punya mereka (tersimpan)"), text.count('aria-invalid="true">Lain</textarea>')) == (1, 1)
    other = client_of(world.other_bappeda).post(url, body)
    assert other.status_code == 404
