"""The bulk writer leaves the same rows, events and payloads as the single services."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from core.errors import TransitionNotAllowed
from core.values import parse_value
from desks.choices import Party
from desks.models import (
    AgendaEntry,
    Attendance,
    Event,
    Item,
    Meja,
    Note,
    NoteRevision,
    Position,
    Session,
    Stance,
    Support,
)
from desks.services import room, settle, support, talk
from desks.services.bulk import BulkMeja, BulkRows, BulkSession
from desks.services.item import RowWrite, move_rows, save_rows
from tests.desks.chain import verify_chain
from tests.desks.world import World, build, plan
from tests.factories import make_region

TIMES = {"due", "starts", "ends", "row_hash"}


@pytest.fixture
def world(db: None) -> World:
    return build(5)


def by_services(world: World) -> Meja:
    """The script, act by act, through the services people use."""

    def save(actor, place: int, **changes: str) -> None:
        item = world.item(place)
        assert [row.status for row in save_rows(actor, rows=[RowWrite(item.code, item.version, changes)])] == ["saved"]

    def move(actor, place: int, action: str, session: Session | None = None, **given: Any) -> None:
        item = world.item(place)
        results = move_rows(actor, action, [(item.code, item.version)], given=given, session=session)
        assert [row.status for row in results] == ["saved"], results

    def say(actor, place: int, kind: str, **more: Any) -> None:
        item = world.item(place)
        seen = item.positions.order_by("-seq").first().seq
        assert [row.status for row in talk.take_stances(actor, [(item.code, seen)], kind=kind, **more)] == ["saved"]

    funds = tuple((source.pk, "1.500.000", "") for source in world.sources)
    places = tuple(region.pk for region in world.kabkota)
    data = support.SupportData(world.sub_kegiatan[0].pk, world.dinas_jabar.pk, "12", "", places, funds)
    save(world.opd, 0, value="14,5")
    linked = support.add_support(world.opd, world.item(0), data, seen_version=world.item(0).version)
    move(world.opd, 0, "propose")
    move(world.bappeda, 0, "submit")
    save(world.bappeda, 1, value="12,25", proposal_note="Tren tiga tahun.")
    move(world.bappeda, 1, "submit")
    save(world.opd, 2, applicability="not_relevant", applicability_reason="Tidak ada jalan tol.")
    move(world.bappeda, 2, "submit")
    save(world.opd, 3, value="9")
    move(world.opd, 3, "propose")
    move(world.bappeda, 3, "return", note="Lengkapi sumber data.")
    save(world.opd, 3, value="10")
    move(world.bappeda, 3, "submit")
    move(world.kl, 3, "repair", note="Jelaskan.", due=timezone.now() + dt.timedelta(days=1), owner=world.bappeda_jabar)
    move(world.bappeda, 3, "answer")
    save(world.opd, 4, value="1")
    move(world.bappeda, 4, "withdraw", note="Digabung.")
    session = plan(world)
    room.open_session(world.moderator, session)
    session.refresh_from_db()
    room.record_attendance(
        world.notulis, session, institution=world.bappeda_jabar, mode="online", user=world.bappeda.user, office="Kepala"
    )
    room.record_absent(world.chair, session, world.bappenas_inst, "Rapat lain")
    room.call_item(world.moderator, session, world.item(0), seen_version=world.item(0).version)
    say(world.notulis, 0, "setuju", spoken_for=world.pu, session=session)
    say(world.kemendagri, 0, "setuju", session=session)
    linked = Support.objects.select_related("item__meja__desk", "item__round", "nomenclature", "opd").get(pk=linked.pk)
    settle.settle_support(
        world.moderator, session, linked, seen_version=world.item(0).version, verdict="agreed_noted", note="Lokus."
    )
    settle.settle(world.moderator, session, world.item(0), "agree", seen_version=world.item(0).version)
    room.call_item(world.moderator, session, world.item(1), seen_version=world.item(1).version)
    talk.put_position(world.kl, world.item(1), text="13", reason="Target nasional.", seen_version=world.item(1).version)
    say(world.bappeda, 1, "setuju", session=session)
    say(world.kemendagri, 1, "setuju", session=session)
    talk.write_note(world.kl, world.meja, text="Data triwulanan.", seen_version=0, item=world.item(1))
    talk.write_note(world.kl, world.meja, text="Data tiap triwulan.", seen_version=1, item=world.item(1))
    settle.settle(
        world.moderator,
        session,
        world.item(1),
        "agree_noted",
        seen_version=world.item(1).version,
        conclusion="Dengan data.",
    )
    room.call_item(world.moderator, session, world.item(2), seen_version=world.item(2).version)
    say(world.bappeda, 2, "keberatan", text="Tetap.", session=session)
    settle.settle(
        world.moderator,
        session,
        world.item(2),
        "decline",
        seen_version=world.item(2).version,
        conclusion="Ditolak.",
        reason="metodologi",
    )
    room.close_session(world.moderator, session, reason="waktu")
    return world.meja


def by_bulk(world: World) -> Meja:
    """The same script in memory, for the meja of another province."""
    meja = Meja.objects.create(round=world.round, desk=world.desk, region=make_region("33", "Jawa Tengah"))
    parties = [
        (Party.KEMENDAGRI, [world.kemendagri_inst]),
        (Party.KL, [world.pu]),
        (Party.REGION, [world.bappeda_jabar]),
    ]
    rows = BulkRows()
    book = BulkMeja(rows, meja, timezone.now(), parties)
    items = [
        Item(
            meja=meja, round=world.round, region=meja.region, strand="urusan", indicator=each.indicator,
            indicator_version=each.indicator_version, order=each.order,
        )
        for each in world.items()
    ]  # fmt: skip
    book.open(world.secretariat, items)

    def value(text: str):
        return parse_value(text, unit="%", decimals=2)

    book.edit(world.opd, items[0], value("14,5"))
    funds = [(source, 1_500_000) for source in world.sources]
    linked = book.add_support(
        world.opd,
        items[0],
        world.sub_kegiatan[0],
        world.dinas_jabar,
        volume=Decimal(12),
        places=world.kabkota,
        funds=funds,
    )
    book.hand_in(world.opd, items[0], "propose")
    book.hand_in(world.bappeda, items[0], "submit")
    book.edit(world.bappeda, items[1], value("12,25"), proposal_note="Tren tiga tahun.")
    book.hand_in(world.bappeda, items[1], "submit")
    book.edit(world.opd, items[2], applicability="not_relevant", applicability_reason="Tidak ada jalan tol.")
    book.hand_in(world.bappeda, items[2], "submit")
    book.edit(world.opd, items[3], value("9"))
    book.hand_in(world.opd, items[3], "propose")
    book.ask(world.bappeda, items[3], "return", "Lengkapi sumber data.")
    book.move(world.opd, items[3], "redraft")
    book.edit(world.opd, items[3], value("10"))
    book.hand_in(world.bappeda, items[3], "submit")
    book.ask(world.kl, items[3], "repair", "Jelaskan.", due=timezone.now(), owner=world.bappeda_jabar)
    book.hand_in(world.bappeda, items[3], "answer")
    book.edit(world.opd, items[4], value("1"))
    book.move(world.bappeda, items[4], "withdraw", given={"note": "Digabung."})
    model = Session.objects.get()
    sitting = BulkSession.plan(
        world.moderator, book,
        Session(desk=world.desk, starts=model.starts, ends=model.ends, tz=model.tz, mode=model.mode, place=model.place),
    )  # fmt: skip
    sitting.open(world.moderator)
    sitting.attend(world.notulis, world.bappeda.user, world.bappeda_jabar, "Kepala", "online")
    sitting.miss(world.chair, world.bappenas_inst, "Rapat lain")
    sitting.call(world.moderator, items[0])
    book.stance(world.notulis, items[0], world.pu, basis="spoken", session=sitting.session)
    book.stance(world.kemendagri, items[0], world.kemendagri_inst, session=sitting.session)
    book.settle_support(world.moderator, linked, "agreed_noted", "Lokus.")
    sitting.settle(world.moderator, items[0], "agree")
    sitting.call(world.moderator, items[1])
    book.position(world.kl, items[1], value("13"), "Target nasional.")
    book.stance(world.bappeda, items[1], world.bappeda_jabar, session=sitting.session)
    book.stance(world.kemendagri, items[1], world.kemendagri_inst, session=sitting.session)
    book.note(world.kl, "Data triwulanan.", items[1])
    book.note(world.kl, "Data tiap triwulan.", items[1])
    sitting.settle(world.moderator, items[1], "agree_noted", conclusion="Dengan data.")
    sitting.call(world.moderator, items[2])
    book.stance(world.bappeda, items[2], world.bappeda_jabar, "keberatan", text="Tetap.", session=sitting.session)
    sitting.settle(world.moderator, items[2], "decline", conclusion="Ditolak.", reason="metodologi")
    sitting.close(world.moderator, "waktu")
    rows.save()
    return meja


def told(meja: Meja) -> list[tuple[Any, ...]]:
    """The events of a meja without what must differ: codes, hashes, times."""
    names = {item.code: f"butir {item.order}" for item in meja.items.all()}
    names |= {session.code: "sesi" for session in meja.sessions.all()} | {meja.region.kode: "daerah"}

    def plain(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: "…" if key in TIMES and value[key] else plain(part) for key, part in value.items()}
        if isinstance(value, list):
            return [plain(part) for part in value]
        return names.get(value, value) if isinstance(value, str) else value

    return [
        (event.action, names.get(event.item.code) if event.item else "", event.actor_id, event.institution_id, event.on_behalf_id, event.request_id,
         plain(json.loads(event.payload)))
        for event in Event.objects.filter(chain=meja.chain).select_related("item").order_by("seq")
    ]  # fmt: skip


def kept(model: type, order: list[str], without: set[str], **of: Any) -> list[dict[str, Any]]:
    """The rows of a table without keys, codes and times."""
    return [
        {name: value for name, value in row.items() if name not in without}
        for row in model._default_manager.filter(**of).order_by(*order).values()
    ]


def tables(meja: Meja) -> dict[str, list[dict[str, Any]]]:
    """Every row around the meja, comparable between two of them."""
    keys = {
        "id",
        "item_id",
        "meja_id",
        "region_id",
        "code",
        "at",
        "changed_at",
        "support_id",
        "position_id",
        "session_id",
        "note_id",
        "desk_id",
    }
    session = {*keys, "opened_at", "closed_at"}
    return {
        "items": kept(Item, ["order"], {*keys, "request_due"}, meja=meja),
        "positions": kept(Position, ["item__order", "seq"], keys, item__meja=meja),
        "stances": kept(
            Stance, ["position__item__order", "position__seq", "institution_id", "seq"], keys, position__item__meja=meja
        ),
        "notes": kept(Note, ["item__order"], keys, meja=meja),
        "revisions": kept(NoteRevision, ["note__item__order", "seq"], keys, note__meja=meja),
        "supports": kept(Support, ["item__order"], keys, item__meja=meja),
        "funds": kept(Support.funds.rel.related_model, ["source_id"], keys, support__item__meja=meja),
        "places": kept(
            Support.places.rel.related_model, ["region__kode"], {"id", "support_id"}, support__item__meja=meja
        ),
        "agenda": kept(AgendaEntry, ["order"], keys, item__meja=meja),
        "attendance": kept(Attendance, ["institution_id"], keys, session__mejas=meja),
        "sessions": kept(Session, ["no"], session, mejas=meja),
    }


def test_bulk_writes_what_the_services_write(world):
    single = by_services(world)
    bulk = by_bulk(world)
    verify_chain(single)
    verify_chain(bulk)
    assert told(bulk) == told(single)
    ours, theirs = tables(bulk), tables(single)
    for name in theirs:
        assert ours[name] == theirs[name], name


def test_bulk_refuses_what_the_table_does_not_have(world):
    book = BulkMeja(BulkRows(), world.meja, timezone.now(), [])
    item = world.item()
    with pytest.raises(TransitionNotAllowed):
        book.move(world.moderator, item, "agree")


def test_bulk_needs_consent_for_a_verdict(world):
    meja = Meja.objects.create(round=world.round, desk=world.desk, region=make_region("33", "Jawa Tengah"))
    book = BulkMeja(BulkRows(), meja, timezone.now(), [(Party.KL, [world.pu])])
    item = Item(meja=meja, round=world.round, region=meja.region, indicator=world.indicators[0], order=1)
    book.open(world.secretariat, [item])
    book.edit(world.opd, item, parse_value("1", unit="%"))
    book.hand_in(world.bappeda, item, "submit")
    now = timezone.now()
    sitting = BulkSession.plan(world.moderator, book, Session(desk=world.desk, starts=now, ends=now))
    sitting.open(world.moderator)
    sitting.call(world.moderator, item)
    with pytest.raises(TransitionNotAllowed, match="persetujuan"):
        sitting.settle(world.moderator, item, "agree")
    assert item.state == "discussed"
