"""A world in which every state can be seen: `python -m tests.browser.states` prints the people and codes as JSON.

Jawa Barat: a closed sitting whose berita acara waits for signatures, an open follow-up with rows being discussed, one row in repair, one
returned by the Bappeda, one empty. Banten: a closed sitting with a draft, a planned one. Every figure is *simulasi*.
"""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING, Any

import django

from tests.browser.seed import facts_of, prepare

if TYPE_CHECKING:
    from desks.models import Meja, Session
    from tests.desks.world import World


def main() -> None:
    """Build the world by services and say where everything is."""
    django.setup()
    world, printed = prepare()
    _staff(world)
    first = _first_sitting(world)
    awaiting = _awaiting(world, first)
    running = _running(world, first)
    draft, planned = _banten(world)
    more = {
        "closed": first.code,
        "awaiting": awaiting,
        "running": running.code,
        "draft": draft,
        "planned": planned.code,
    }
    print(json.dumps(facts_of(world, printed) | more))


def _staff(world: World) -> None:
    user = world.secretariat.user
    user.is_staff = True
    user.save(update_fields=["is_staff"])


def _fill(world: World, places: range, values: tuple[str, ...], meja: Meja | None = None) -> None:
    from desks.services.item import RowWrite, save_rows

    actor = world.other_bappeda if meja == world.other_meja else world.bappeda
    rows = [world.items(meja)[place] for place in places]
    saved = save_rows(
        actor,
        rows=[
            RowWrite(item.code, item.version, {"value": text}, "decimal")
            for item, text in zip(rows, values, strict=False)
        ],
    )
    assert {row.status for row in saved} == {"saved"}, saved


def _move(world: World, action: str, places: range, **given: Any) -> None:
    from desks.services.item import move_rows

    rows = [(world.item(place).code, world.item(place).version) for place in places]
    moved = move_rows(world.bappeda, action, rows, given=given)
    assert {row.status for row in moved} == {"saved"}, moved


def _support(world: World) -> None:
    from desks.services.support import SupportData, add_support

    for place, amount in enumerate(("1.250.000.000", "750.000.000")):
        item = world.item(0)
        data = SupportData(
            world.sub_kegiatan[place].pk, world.dinas_jabar.pk, "12,5", "Km", (world.kabkota[0].pk,),
            ((world.sources[0].pk, amount, "rp"), (world.sources[1].pk, "100.000.000", "rp")),
        )  # fmt: skip
        add_support(world.bappeda, item, data, seen_version=item.version)


def _first_sitting(world: World) -> Session:
    from desks.services.room import call_item, close_session, record_attendance
    from desks.services.settle import settle, settle_pending_supports
    from desks.services.talk import take_stances, write_note
    from tests.desks import world as w

    _fill(world, range(4), ("71,5", "88,25", "64", "45,75"))
    _support(world)
    _move(world, "submit", range(4))
    session = w.open_session(world)
    for actor, mode in ((world.kemendagri, "onsite"), (world.kl, "online"), (world.bappeda, "onsite")):
        record_attendance(world.notulis, session, institution=actor.institution, mode=mode, user=actor.user)
    w.consent_all(world)
    for place in range(3):
        item = world.item(place)
        call_item(world.moderator, session, item, seen_version=item.version)
    item = world.item(0)
    settle(world.moderator, session, item, "agree", seen_version=item.version)
    item = world.item(0)
    settle_pending_supports(world.moderator, session, item, seen_version=item.version)
    item = world.item(1)
    spoken = [world.kemendagri_inst, world.pu, world.bappeda_jabar]
    settle(
        world.moderator, session, item, "agree_noted", seen_version=item.version, text="87", spoken=spoken,
        conclusion="Disepakati dengan pembaruan data jalan pada triwulan kedua (simulasi).",
    )  # fmt: skip
    item = world.item(2)
    take_stances(
        world.bappeda, [(item.code, item.positions.count())], kind="keberatan", text="Data dasar berbeda (simulasi)."
    )
    settle(
        world.moderator, session, item, "decline", seen_version=item.version, reason="metodologi",
        conclusion="Para pihak berbeda data dasar (simulasi).",
    )  # fmt: skip
    write_note(world.notulis, world.meja, text="Peserta lengkap; sidang dibuka tepat waktu (simulasi).", seen_version=0)
    close_session(world.moderator, session, reason="waktu")
    session.refresh_from_db()
    return session


def _awaiting(world: World, session: Session) -> str:
    from agreements.models import Signatory, Snapshot
    from agreements.services import confirm, draft_ba, finalise
    from tests.factories import PASSWORD

    ba = draft_ba(world.moderator, session)
    ba = finalise(world.moderator, ba, seen_version=ba.version)
    sha = Snapshot.objects.get(ba=ba).sha256
    for row in Signatory.objects.filter(ba=ba, user=world.kl.user):
        confirm(world.kl, row, shown_sha256=sha, password=PASSWORD)
    return ba.code


def _running(world: World, closed: Session) -> Session:
    from django.utils import timezone

    from desks.services.repair import request_repair
    from desks.services.room import call_item, follow_up, open_session, record_attendance
    from desks.services.talk import put_position, take_stances, write_note

    now = timezone.now()
    _fill(world, range(4, 8), ("82,5", "1250,5", "33,4", "90"))
    _move(world, "submit", range(4, 7))
    item = world.item(5)
    asked = request_repair(
        world.kl, world.desk, [(item.code, item.version)], note="Lengkapi sumber data dan tahun dasar (simulasi).",
        due=now + dt.timedelta(days=2),
    )  # fmt: skip
    assert [row.status for row in asked] == ["saved"], asked
    item = world.item(6)
    put_position(
        world.kl, item, text="34", reason="Sejalan dengan target indikatif (simulasi).", seen_version=item.version
    )
    session = follow_up(
        world.moderator, closed, starts=now, ends=now + dt.timedelta(hours=2), mode="hybrid", place="Ruang 4"
    )
    session = open_session(world.moderator, session)
    record_attendance(world.notulis, session, institution=world.pu, mode="online", user=world.kl.user)
    item = world.item(6)
    call_item(world.moderator, session, item, seen_version=item.version)
    take_stances(
        world.bappeda, [(item.code, item.positions.count())], kind="keberatan", text="Pagu belum tersedia (simulasi)."
    )
    write_note(world.kl, world.meja, item=world.item(6), text="Perlu data jalan per ruas (simulasi).", seen_version=0)
    return session


def _banten(world: World) -> tuple[str, Session]:
    from agreements.services import draft_ba
    from desks.services.room import close_session, plan_session
    from tests.desks import world as w

    meja = world.other_meja
    _fill(world, range(3), ("61", "72,5", "80"), meja)
    w.submit(world, meja=meja)
    session = w.open_session(world, [meja])
    close_session(world.moderator, session, reason="data_belum_lengkap")
    session.refresh_from_db()
    start = session.starts + dt.timedelta(days=1)
    planned = plan_session(
        world.moderator, world.desk, [meja], starts=start, ends=start + dt.timedelta(hours=2), tz="Asia/Jakarta",
        mode="online", follows=session,
    )  # fmt: skip
    return draft_ba(world.moderator, session).code, planned


if __name__ == "__main__":
    main()
