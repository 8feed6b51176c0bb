"""Merging, splitting and adding usulan at the desk; every row is kept and tied to where it came from."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TypeVar

from accounts.actors import Actor, can
from core.errors import InvalidInput, NotAllowed, TransitionNotAllowed
from desks.chain import Writer, writing
from desks.choices import GONE_PLACES, OPEN_FOR_DESK, AgendaOutcome, PlaceVerdict
from desks.models import Item, Lineage, Meja, Session, Usulan, UsulanPlace, UsulanPriority
from desks.services.idempotency import keyed
from desks.services.room.session import add_to_agenda
from desks.services.usulan.aims import AimData
from desks.services.usulan.package import (
    Offer,
    hand_in_usulan,
    newest_offers,
    region_voice,
    restate_package,
    usulan_of,
    write_place_position,
)
from desks.services.usulan.read import PlaceRead, Read, ReadinessRead, UsulanData, read_usulan
from desks.services.usulan.write import make_usulan
from desks.versions import change_item, require_unlocked
from desks.workflow import advance, require_session
from indicators.choices import Strand
from planning.services.priorities import tag

USULAN = keyed(lambda usulan: usulan.pk, lambda pk: Usulan.objects.select_related("item").get(pk=pk))


def _require(actor: Actor, *items: Item) -> None:
    for item in items:
        if not can(actor, "desks.settle_item", item):
            raise NotAllowed()
        require_unlocked(item)
        if item.strand != Strand.KEWILAYAHAN or item.state not in OPEN_FOR_DESK:
            raise TransitionNotAllowed(
                f"Usulan {item.code} {item.get_state_display().lower()}; yang digabung atau dipecah harus diajukan atau dibahas."
            )


@USULAN
def add_at_desk(actor: Actor, session: Session, meja: Meja, data: UsulanData, *, key: str = "") -> Usulan:
    """The chair adds an usulan that the region raises at the desk; it is marked so, stands outside the quota, and is discussed at once."""
    if meja.desk.strand != Strand.KEWILAYAHAN:
        raise InvalidInput("Usulan hanya ditambahkan pada desk kewilayahan.")
    if not can(actor, "desks.run_session", session):
        raise NotAllowed()
    read = read_usulan(actor, meja, data)
    with writing(actor, mejas=[meja]) as writer:
        made = make_usulan(writer, meja, read, "add_usulan", at_desk=True)
        _bring(writer, session, made.item)
    return usulan_of(made.item)


def _bring(writer: Writer, session: Session, item: Item) -> None:
    """Onto the agenda and the table; the figures are the region's, recorded by the desk."""
    add_to_agenda(session, [item])
    advance(writer, item, "bring", seen_version=item.version, session=session, payload={"session": session.code})
    hand_in_usulan(writer, item, on_behalf=region_voice(item))


@USULAN
def merge_usulan(
    actor: Actor, session: Session, target: Item, other: Item, *, note: str, seen_version: int, key: str = ""
) -> Usulan:
    """Take another usulan of the same region into this one: its locations come over, figures of the same location are added up."""
    _require(actor, target, other)
    if other.pk == target.pk or other.meja_id != target.meja_id:
        raise InvalidInput("Pilih usulan lain dari daerah dan desk yang sama.", field="other")
    with writing(actor, mejas=[target.meja]) as writer:
        require_session(target, session)
        into, gone = usulan_of(target), usulan_of(other)
        if into.unit != gone.unit:
            raise InvalidInput(
                f"Satuan berbeda ({into.unit} dan {gone.unit}). Koreksi satuannya dahulu, lalu gabungkan.",
                field="other",
            )
        change_item(actor, target, seen_version)
        advance(
            writer, other, "merge", seen_version=other.version, session=session, given={"note": note.strip()},
            payload={"into": target.code, "session": session.code},
        )  # fmt: skip
        _take_places(writer, into, gone)
        taken = tag(UsulanPriority, into, [each.node for each in gone.priorities.all()]).added
        Lineage.objects.create(from_item=other, to_item=target, kind="merge")
        session.agenda.filter(item=other).update(outcome=AgendaOutcome.SETTLED)
        facts = {"from": other.code, "note": note.strip(), "item_version": target.version, "priorities": list(taken)}
        writer.record(target, "merge_usulan", facts)
        restate_package(writer, usulan_of(target), f"Gabungan dengan {gone.title}", force=True)
    return usulan_of(target)


def _take_places(writer: Writer, into: Usulan, gone: Usulan) -> None:
    offers, mine = newest_offers(gone), newest_offers(into)
    known = {place.key: place for place in into.places.all()}
    for place in gone.places.all():
        if place.verdict in GONE_PLACES:
            continue
        offer, own = offers[place.pk], known.get(place.key)
        if own is None:
            own = UsulanPlace.objects.create(
                usulan=into, region=place.region, detail=place.detail, volume_proposed=place.volume_proposed,
                amount_proposed=place.amount_proposed, volume_available=place.volume_available,
                amount_available=place.amount_available,
            )  # fmt: skip
        elif own.verdict not in GONE_PLACES:
            offer = Offer(_sum(mine[own.pk].volume, offer.volume), _sum(mine[own.pk].amount, offer.amount))
        own.verdict, own.reason = PlaceVerdict.PENDING, ""
        own.save(update_fields=["verdict", "reason"])
        write_place_position(writer, into, own, offer, f"Dari usulan {gone.item.code}")
        UsulanPlace.objects.filter(pk=place.pk).update(verdict=PlaceVerdict.MOVED, reason="")


Number = TypeVar("Number", Decimal, int)


def _sum(one: Number | None, other: Number | None) -> Number | None:
    return other if one is None else one if other is None else one + other


@USULAN
def split_usulan(
    actor: Actor, session: Session, item: Item, places: Sequence[str], *, title: str, aim: AimData | None = None, note: str = "",
    seen_version: int, key: str = "",
) -> Usulan:  # fmt: skip
    """Make an usulan of its own of some locations; at least one stays. The new one is discussed at once, with another RO or program if one is named."""
    _require(actor, item)
    with writing(actor, mejas=[item.meja]) as writer:
        require_session(item, session)
        source = usulan_of(item)
        here = [place for place in source.places.all() if place.verdict not in GONE_PLACES]
        chosen = [place for place in here if place.code in set(places)]
        if not chosen or len(chosen) == len(here):
            raise InvalidInput("Pilih sebagian lokasi: paling sedikit satu dipindah dan satu tinggal.", field="places")
        change_item(actor, item, seen_version)
        made = _split_off(writer, session, source, chosen, title, aim)
        Lineage.objects.create(from_item=item, to_item=made.item, kind="split")
        facts = {"into": made.item.code, "note": note.strip(), "item_version": item.version}
        writer.record(item, "split_usulan", {**facts, "places": [place.mark for place in chosen]})
        restate_package(writer, usulan_of(item), f"Dipecah: {title.strip()} menjadi usulan sendiri", force=True)
    return usulan_of(made.item)


def _split_off(
    writer: Writer, session: Session, source: Usulan, chosen: list[UsulanPlace], title: str, aim: AimData | None
) -> Usulan:
    meja, offers = source.item.meja, newest_offers(source)
    places = [PlaceRead(row.region, row.detail, offers[row.pk].volume, offers[row.pk].amount) for row in chosen]
    readiness = [
        ReadinessRead(row.criterion, row.status, row.month, row.link, row.file) for row in source.readiness.all()
    ]
    checked = read_usulan(writer.actor, meja, UsulanData(title, aim or AimData(), source.unit, source.amount_unit))
    read = Read(
        checked.title, checked.aim if aim else source.aim, source.unit, source.amount_unit, source.opd, source.item.proposal_note, places, readiness,
        [each.node for each in source.priorities.all()],
    )  # fmt: skip
    made = make_usulan(writer, meja, read, "add_usulan", at_desk=True, split_from=source.item.code)
    made.origin = source.origin
    made.save(update_fields=["origin"])
    UsulanPlace.objects.filter(pk__in=[row.pk for row in chosen]).update(verdict=PlaceVerdict.MOVED, reason="")
    _bring(writer, session, made.item)
    return made
