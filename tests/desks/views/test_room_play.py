"""A small session played without JavaScript: every step is a page, a form and a redirect."""

from __future__ import annotations

import datetime as dt
import re

from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from accounts.actors import Actor
from core.values import format_value
from desks.choices import ItemState, SessionState
from desks.models import Session
from tests.desks.chain import verify_chain
from tests.desks.views.clients import client_of
from tests.desks.world import World, fill, submit


class Browser:
    """Fills in the forms of the pages it was given and follows the redirects."""

    def __init__(self, actor: Actor) -> None:
        self.client: Client = client_of(actor)

    def open(self, url: str) -> str:
        """The text of a page that is there."""
        answer = self.client.get(url)
        assert answer.status_code == 200, (url, answer.status_code)
        return answer.content.decode()

    def send(self, page: str, action: str, **typed: object) -> HttpResponse:
        """Post the form of the page with this action, with its hidden fields."""
        forms = re.findall(r'<form[^>]*action="([^"]*)"[^>]*>(.*?)</form>', page, re.S)
        body = next(body for url, body in forms if url == action)
        hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', body))
        return self.client.post(action, {**hidden, **typed}, follow=True)


def test_a_session_from_planning_to_the_follow_up(world: World) -> None:
    fill(world)
    submit(world)
    chair, kl, kemendagri, region = (
        Browser(actor) for actor in (world.moderator, world.kl, world.kemendagri, world.bappeda)
    )
    plan_url = f"/desk/{world.round.code}/{world.desk.code}/jadwal/"
    page = chair.open(plan_url)
    assert "Jawa Barat" in page
    today = timezone.localtime().date()
    answer = chair.client.post(
        plan_url,
        {
            "kunci": "a", "regions": [world.meja.code], "day": today.isoformat(), "begins": "09:00", "ends": "11:00",
            "zone": "Asia/Jakarta", "mode": "hybrid", "place": "Ruang 4",
        },
        follow=True,
    )  # fmt: skip
    session = Session.objects.get()
    room = f"/sesi/{session.code}/"
    assert answer.redirect_chain == [(room, 302)]
    assert (session.starts.astimezone(dt.timezone(dt.timedelta(hours=7))).hour, session.place) == (9, "Ruang 4")

    chair.send(chair.open(room), f"{room}buka/")
    session.refresh_from_db()
    assert session.state == SessionState.OPEN

    one, two, three = world.items()
    url = f"{room}?butir={one.code}"
    row = f"{room}butir/{one.code}/"
    answer = kl.send(kl.open(url), f"{row}angka/", angka="14,2", alasan="Sesuai Renstra.")
    assert "Angka 14,20 dari Kementerian PU ada di meja" in answer.content.decode()
    for who in (kemendagri, region):
        who.send(who.open(url), f"{row}sikap/", sikap="setuju")
    chair.send(chair.open(url), f"{row}panggil/")
    answer = chair.send(
        chair.open(url), f"{row}putusan/", putusan="agree_noted", nilai="14,20", kesimpulan="Ruas diverifikasi."
    )
    assert answer.status_code == 200
    one = world.item()
    assert (one.state, format_value(one.value_agreed)) == (ItemState.AGREED_NOTED, "14,20")

    row = f"{room}butir/{two.code}/"
    page = chair.open(f"{room}?butir={two.code}")
    answer = chair.send(page, f"{row}putusan/", putusan="agree", nilai="14,50")
    assert answer.status_code == 409
    assert "Belum ada persetujuan dari: Kemendagri, Kementerian PU" in answer.content.decode()

    for who in (kl, kemendagri):
        page = who.open(f"{room}setuju/")
        ticked = re.findall(r'name="butir" value="([^"]+)"', page)
        who.client.post(f"{room}setuju/", {"kunci": "x", "butir": ticked})
    page = chair.open(f"{room}sepakati/")
    ticked = re.findall(r'name="butir" value="([^"]+)"', page)
    assert [text.split(":")[0] for text in ticked] == [two.code, three.code]
    assert "menyatakan sendiri" in page
    chair.client.post(f"{room}sepakati/", {"kunci": "y", "butir": ticked[:1]})
    assert [item.state for item in world.items()] == ["agreed_noted", "agreed", "submitted"]

    note = f"{room}butir/{three.code}/catatan/"
    region.client.post(note, {"kunci": "n", "versi": "1", "versi_catatan": "0", "isi": "Data menyusul."})
    assert "Data menyusul." in chair.open(f"{room}?butir={three.code}")

    page = chair.open(f"{room}tutup/")
    assert world.items()[2].indicator_version.name in page
    assert chair.client.post(f"{room}tutup/", {"kunci": "z"}).status_code == 422
    chair.client.post(
        f"{room}tutup/",
        {
            "kunci": "z", "kode_alasan": "waktu", "lanjutan": "1", "day": today.isoformat(), "begins": "13:00",
            "ends": "14:00", "mode": "online", "place": "",
        },
    )  # fmt: skip
    session.refresh_from_db()
    follow = Session.objects.get(follows=session)
    assert (session.state, follow.no, follow.state) == ("closed", 2, "planned")
    room = f"/sesi/{follow.code}/"
    chair.send(chair.open(room), f"{room}buka/")
    assert [entry.item for entry in follow.agenda.all()] == [three]
    assert "Tidak terbahas" in region.open(room)
    verify_chain(world.meja)
