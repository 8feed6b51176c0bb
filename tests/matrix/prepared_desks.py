"""Further desks of Jawa Barat whose sittings have ended, and the berita acara made of them in every state."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from accounts.choices import Role
from agreements.models import BeritaAcara, Signatory, Snapshot
from agreements.services.draft import draft_ba
from agreements.services.finalise import finalise, void_ba
from agreements.services.sign import confirm
from agreements.services.signatories import find
from desks.choices import SessionMode
from desks.models import Desk, DeskBidang, DeskIndicator, Item, Meja, Seat, Session
from desks.scopes import forget_scope
from desks.services.item import RowWrite, move_rows, save_rows
from desks.services.room import call_item, close_session, open_session, plan_session
from desks.services.settle import settle
from desks.services.setup import open_mejas
from desks.services.talk import take_stances
from indicators.models import Indicator, IndicatorVersion
from tests.desks import world as w
from tests.factories import PASSWORD

AT_DESK = {"kemendagri_inst": (Role.MODERATOR, Role.NOTULIS), "pu": (Role.PEMBAHAS, Role.PIMPINAN_SIDANG)}
STATES = ("draft", "awaiting", "complete", "void")


def desk_with_row(world: w.World, code: str) -> tuple[Meja, Item]:
    """A desk with the same people as the world's, and its one row, submitted."""
    desk = Desk.objects.create(round=world.round, code=code, name=f"Desk {code}", strand="urusan")
    DeskBidang.objects.create(desk=desk, bidang=world.bidang)
    for name, roles in AT_DESK.items():
        institution = getattr(world, name)
        Seat.objects.bulk_create(
            Seat(round=world.round, desk=desk, institution=institution, role=role) for role in roles
        )
    for actor in world.actors().values():
        forget_scope(actor)
    row = Indicator.objects.create(
        code=code, strand="urusan", bidang=world.bidang, unit="%", decimals=2, direction="up"
    )
    IndicatorVersion.objects.create(indicator=row, year=w.PLAN_YEAR, name=f"Indikator {code}", unit="%")
    DeskIndicator.objects.create(round=world.round, desk=desk, indicator=row, order=1)
    (meja,) = open_mejas(world.secretariat, desk, [world.jabar])
    item = Item.objects.get(meja=meja)
    save_rows(world.bappeda, rows=[RowWrite(item.code, item.version, {"value": "14,5"})])
    item.refresh_from_db()
    assert move_rows(world.bappeda, "submit", [(item.code, item.version)])[0].ok
    return meja, Item.objects.select_related("meja__desk", "round").get(pk=item.pk)


def planned(world: w.World, meja: Meja) -> Session:
    """A sitting of the meja, not yet open."""
    now = timezone.now()
    times = {"starts": now - dt.timedelta(minutes=5), "ends": now + dt.timedelta(hours=2), "tz": "Asia/Jakarta"}
    return plan_session(world.moderator, meja.desk, [meja], **times, mode=SessionMode.HYBRID, place="Ruang Sidang 5")


def closed(world: w.World, meja: Meja, item: Item) -> Session:
    """A sitting that agreed to the row and was closed."""
    session = open_session(world.moderator, planned(world, meja))
    call_item(world.moderator, session, item, seen_version=item.version)
    for actor in (world.kemendagri, world.kl):
        assert take_stances(actor, [(item.code, 1)], kind="setuju")[0].ok
    item.refresh_from_db()
    settle(world.moderator, session, item, "agree", seen_version=item.version)
    close_session(world.moderator, session, reason="waktu")
    session.refresh_from_db()
    return session


def berita_acara(world: w.World) -> dict[str, BeritaAcara]:
    """One berita acara in each state."""
    found = {}
    for state in STATES:
        ba = draft_ba(world.moderator, closed(world, *desk_with_row(world, f"BA.{state}")))
        if state != "draft":
            ba = finalise(world.moderator, ba, seen_version=ba.version)
        if state == "complete":
            _sign(world, ba)
        if state == "void":
            void_ba(world.moderator, ba, reason="keliru", seen_version=ba.version)
        found[state] = BeritaAcara.objects.get(pk=ba.pk)
        assert found[state].state == state, (found[state].state, state)
    return found


def _sign(world: w.World, ba: BeritaAcara) -> None:
    people = {actor.user.pk: actor for actor in world.actors().values()}
    sha256 = Snapshot.objects.get(ba=ba).sha256
    for row in Signatory.objects.filter(ba=ba).order_by("order"):
        confirm(people[row.user_id], find(ba, row.order), shown_sha256=sha256, password=PASSWORD)
