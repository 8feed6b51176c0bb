"""The acts of a race around a berita acara: finalise, void, sign, and what stands afterwards."""

from __future__ import annotations

from typing import Any


def seed_ba(args: dict[str, Any]) -> dict[str, Any]:
    """Drafts of the closed sitting of Jawa Barat and, where `two` is asked for, of Banten's; `final` finalises the first.

    `number` puts the counter of the series there; `signed` lets all but that many signatories confirm.
    """
    from agreements.models import Series
    from tests.agreements.made import close_up
    from tests.desks import world as w

    world = w.build(4)
    drafts = [close_up(world).draft()]
    if args.get("two"):
        drafts.append(_banten(world))
    if args.get("number") is not None:
        Series.objects.create(host=world.round.host, year=drafts[0].signed_on.year, last=args["number"])
    if args.get("final"):
        drafts[0] = _final(world, drafts[0])
        _sign(world, drafts[0], leave=args.get("leave", 2))
    people = {name: who.membership.pk for name, who in world.actors().items()}
    return {"people": people, "drafts": [{"ba": ba.code, "version": ba.version} for ba in drafts],
            "mejas": [world.meja.pk, world.other_meja.pk], "waiting": _waiting(world, drafts[0])}  # fmt: skip


def _banten(world: Any) -> Any:
    """One row agreed by Banten, the others not discussed; drafted."""
    from agreements.services.draft import draft_ba
    from desks.services.room import call_item, close_session, record_attendance
    from desks.services.settle import settle
    from tests.desks import world as w

    meja = world.other_meja
    w.fill(world, meja=meja)
    w.submit(world, meja=meja)
    session = w.open_session(world, [meja])
    for actor in (world.kemendagri, world.kl, world.other_bappeda):
        record_attendance(world.notulis, session, institution=actor.institution, mode="onsite", user=actor.user)
    w.consent_all(world, meja)
    item = world.item(0, meja)
    call_item(world.moderator, session, item, seen_version=item.version)
    item = world.item(0, meja)
    settle(world.moderator, session, item, "agree", seen_version=item.version)
    close_session(world.moderator, session, reason="waktu")
    session.refresh_from_db()
    return draft_ba(world.moderator, session)


def _final(world: Any, ba: Any) -> Any:
    from agreements.services.finalise import finalise

    return finalise(world.moderator, ba, seen_version=ba.version)


def _sign(world: Any, ba: Any, *, leave: int) -> None:
    from agreements.services.sign import confirm, open_signatories
    from agreements.services.signatories import find
    from tests.agreements.made import sha_of
    from tests.factories import PASSWORD

    people = {actor.user.pk: actor for actor in world.actors().values()}
    for row in open_signatories(ba)[:-leave]:
        confirm(people[row.user_id], find(ba, row.order), shown_sha256=sha_of(ba), password=PASSWORD)


def _waiting(world: Any, ba: Any) -> list[dict[str, Any]]:
    from agreements.services.sign import open_signatories

    members = {actor.user.pk: actor.membership.pk for actor in world.actors().values()}
    return [{"membership": members[row.user_id], "order": row.order} for row in open_signatories(ba)]


def _ba(args: dict[str, Any]) -> Any:
    from agreements.models import BeritaAcara

    return BeritaAcara.objects.select_related("round__host__region", "session__desk__round").get(code=args["ba"])


def finalise(actor: Any, args: dict[str, Any]) -> dict[str, Any]:
    """Finalise the version seen, with `number` typed or taken from the series."""
    from agreements.services.finalise import finalise as service

    ba = service(actor, _ba(args), seen_version=args["version"], typed_number=args.get("number", ""))
    return {"number": ba.number, "state": ba.state}


def void(actor: Any, args: dict[str, Any]) -> dict[str, Any]:
    """Void the version seen."""
    from agreements.services.finalise import void_ba

    return {"state": void_ba(actor, _ba(args), reason="Salah cetak", seen_version=args["version"]).state}


def sign(actor: Any, args: dict[str, Any]) -> dict[str, Any]:
    """Confirm at the place `order` what the snapshot says."""
    from agreements.services.sign import confirm
    from agreements.services.signatories import find
    from tests.agreements.made import sha_of
    from tests.factories import PASSWORD

    ba = _ba(args)
    row = confirm(actor, find(ba, args["order"]), shown_sha256=sha_of(ba), password=PASSWORD)
    return {"kind": row.kind, "seq": row.seq}


def ba_facts(args: dict[str, Any]) -> dict[str, Any]:
    """What stands after a race: headers, counters, signatures, acts by chain; everything verified first."""
    from agreements.models import BeritaAcara, Series, Signature, Snapshot
    from agreements.verify import verify_all
    from desks.models import Event, Item

    return {
        "faults": [str(fault) for fault in verify_all().faults],
        "states": dict(BeritaAcara.objects.values_list("code", "state")),
        "numbers": dict(BeritaAcara.objects.exclude(number="").values_list("code", "number")),
        "counters": list(Series.objects.values_list("last", flat=True)),
        "snapshots": Snapshot.objects.count(),
        "signatures": Signature.objects.count(),
        "locked": Item.objects.filter(locked_at__isnull=False).count(),
        "actions": {str(pk): list(Event.objects.filter(meja=pk).order_by("seq").values_list("action", flat=True))
                    for pk in args["mejas"]},
    }  # fmt: skip
