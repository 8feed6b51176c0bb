"""The figures of an usulan on the table: one figure per location, and above them the package on which the parties agree."""

from __future__ import annotations

import json
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from accounts.choices import InstitutionKind
from accounts.models import Institution
from core.errors import TransitionNotAllowed
from core.values import Value
from desks.chain import Writer
from desks.choices import GONE_PLACES, OPEN_PLACES, OUT_OF_PACKAGE, RECOMMENDED, PlaceVerdict
from desks.digests import position_digest
from desks.models import Event, Item, Position, Usulan, UsulanPlace
from desks.selectors.consent import newest_positions
from desks.selectors.usulan.facts import handed_in_text, package_words, with_details
from desks.services.talk import write_position


@dataclass(frozen=True)
class Offer:
    """The newest figure of a location: volume in the usulan's unit, allocation in whole rupiah."""

    volume: Decimal | None
    amount: int | None
    institution_id: int | None = None


def usulan_of(item: Item) -> Usulan:
    """The usulan of a row as it stands in the block, with its details."""
    usulan = with_details(Usulan.objects.filter(item=item)).get()
    usulan.item = item
    return usulan


def newest_offers(usulan: Usulan) -> dict[int, Offer]:
    """The newest figure of each location by its key; before any was put, what was proposed. One query."""
    found = {place.pk: Offer(place.volume_proposed, place.amount_proposed) for place in usulan.places.all()}
    for row in Position.objects.filter(place__in=found).order_by("place_id", "seq"):
        value: Value | None = row.value
        found[row.place_id or 0] = Offer(value.number if value else None, row.amount, row.institution_id)
    return found


def write_place_position(
    writer: Writer, usulan: Usulan, place: UsulanPlace, offer: Offer, reason: str, on_behalf: Institution | None = None
) -> Position:
    """Add the next figure of a location inside a block whose CAS on the row has passed."""
    last = Position.objects.filter(place=place).order_by("-seq").values_list("seq", flat=True).first() or 0
    position = Position(
        place=place, seq=last + 1, institution=on_behalf or writer.actor.institution, actor=writer.actor.user,
        on_behalf=on_behalf, reason=reason.strip(), amount=offer.amount, at=writer.now,
    )  # fmt: skip
    value = figure(offer.volume, usulan.unit)
    position.value = value
    position.save(force_insert=True)
    writer.record(
        usulan.item,
        "position",
        {
            "item_version": usulan.item.version, "place": place.code, "region": place.region.kode, "seq": position.seq,
            "value": value.as_json() if value else None, "amount": offer.amount, "row_hash": position_digest(position),
        },
        on_behalf=on_behalf,
    )  # fmt: skip
    return position


def figure(volume: Decimal | None, unit: str) -> Value | None:
    """A volume as a value; its decimals are those it is written with."""
    if volume is None:
        return None
    shown = volume.normalize().as_tuple().exponent
    return Value.point(volume, unit=unit, decimals=max(-int(shown), 0) if isinstance(shown, int) else 0)


def package_of(usulan: Usulan) -> tuple[Value | None, int | None, str]:
    """What is on the table as a whole: total volume, total allocation, and its locations in words. Declined and withdrawn ones are out."""
    offers = newest_offers(usulan)
    inside = [place for place in usulan.places.all() if place.verdict not in OUT_OF_PACKAGE]
    parts = [(place.short_name, offers[place.pk].volume, offers[place.pk].amount) for place in inside]
    volumes = [volume for _, volume, _ in parts if volume is not None]
    amounts = [amount for _, _, amount in parts if amount is not None]
    value = figure(sum(volumes, Decimal(0)), usulan.unit) if volumes else None
    return value, sum(amounts) if amounts else None, package_words(parts, usulan.unit, usulan.amount_unit)


def restate_package(
    writer: Writer, usulan: Usulan, why: str = "", *, force: bool = False, on_behalf: Institution | None = None, agree: bool = True
) -> bool:  # fmt: skip
    """Put the package on the table anew where it is another than the newest one; older stances are void from then on."""
    value, amount, words = package_of(usulan)
    last = next(iter(newest_positions([usulan.item.pk])), None)
    if last is not None and not force and last.amount == amount and _same(last.value, value):
        return False
    reason = f"{why.rstrip('.')}. {words}" if why else words
    write_position(writer, usulan.item, value, reason, amount=amount, on_behalf=on_behalf, agree=agree)
    return True


def _same(one: Value | None, other: Value | None) -> bool:
    return one is None and other is None or (one is not None and one.same_as(other))


def region_voice(item: Item) -> Institution | None:
    """The Bappeda of the row's region, for which the desk records what it says."""
    found = Institution.objects.filter(kind=InstitutionKind.BAPPEDA, active=True, region_id=item.region_id)
    return found.order_by("-pk").first()


def hand_in_usulan(writer: Writer, item: Item, *, on_behalf: Institution | None = None) -> None:
    """Submitting puts the region's figure of each location on the table, and the package; others read these facts from now on."""
    usulan = usulan_of(item)
    offers = newest_offers(usulan)
    by = on_behalf or writer.actor.institution
    for place in usulan.places.all():
        now = Offer(place.volume_proposed, place.amount_proposed, by.pk)
        if place.verdict in OPEN_PLACES and offers[place.pk] != now:
            write_place_position(writer, usulan, place, now, "", on_behalf)
    usulan.handed_in = handed_in_text(usulan)
    usulan.save(update_fields=["handed_in"])
    # An answer to a repair is handed in even where no figure moved: the parties look at it again.
    restate_package(writer, usulan, f"Diajukan {item.round.words.regions}", force=True, on_behalf=on_behalf)


def settle_places(writer: Writer, item: Item, action: str, *, reason: str, forum: str) -> dict[str, Any]:
    """Bring the locations in line with the verdict of the usulan: those still open follow it; a mixed outcome is possible.

    Answers the outcome per location for the event. Raises TransitionNotAllowed where verdict and locations contradict each other.
    """
    usulan = usulan_of(item)
    places = [
        place for place in usulan.places.all() if place.verdict not in (PlaceVerdict.WITHDRAWN, PlaceVerdict.MOVED)
    ]
    _require_fitting(places, action)
    offers = newest_offers(usulan)
    follows = {"agree": PlaceVerdict.AGREED, "agree_noted": PlaceVerdict.AGREED_NOTED, "decline": PlaceVerdict.DECLINED}
    for place in places:
        if action == "leave":
            if place.verdict != PlaceVerdict.DECLINED:
                close_place(place, PlaceVerdict.NOT_DISCUSSED, None, reason)
        elif place.verdict in OPEN_PLACES:
            verdict = follows[action]
            offer = offers[place.pk] if verdict in RECOMMENDED else None
            close_place(place, verdict, offer, reason if verdict == PlaceVerdict.DECLINED else "")
    usulan.next_forum = forum.strip()[:200]
    usulan.save(update_fields=["next_forum"])
    facts = {
        place.mark: [place.verdict, place.volume_agreed.normalize() if place.volume_agreed is not None else None, place.amount_agreed]
        for place in places
    }  # fmt: skip
    return {"places": facts, "forum": usulan.next_forum}


def free_places(item: Item) -> None:
    """After a reopening: locations that only followed the usulan's verdict are open again; those settled one by one stay as they are."""
    told = Event.objects.filter(item=item, action="settle_place").order_by("seq").values_list("payload", flat=True)
    own = {facts["place"]: facts["after"]["verdict"] for facts in map(json.loads, told)}
    for place in usulan_of(item).places.all():
        if place.verdict not in GONE_PLACES and own.get(place.mark) != place.verdict:
            close_place(place, PlaceVerdict.PENDING, None, "")


def close_place(place: UsulanPlace, verdict: str, offer: Offer | None, reason: str, note: str | None = None) -> None:
    """Write the verdict of one location with what was agreed for it."""
    place.verdict, place.reason = verdict, reason
    place.volume_agreed = offer.volume if offer else None
    place.amount_agreed = offer.amount if offer else None
    if note is not None:
        place.note = note
    place.save(update_fields=["verdict", "reason", "volume_agreed", "amount_agreed", "note"])


def _require_fitting(places: list[UsulanPlace], action: str) -> None:
    def named(*verdicts: str) -> str:
        return ", ".join(place.short_name for place in places if place.verdict in verdicts)

    if action == "agree" and (names := named(PlaceVerdict.AGREED_NOTED, PlaceVerdict.DECLINED)):
        raise TransitionNotAllowed(
            f"Lokasi {names} bercatatan atau tidak direkomendasikan. Putuskan usulan “dengan catatan”."
        )
    if action == "agree_noted" and places and not named(*RECOMMENDED, *OPEN_PLACES):
        raise TransitionNotAllowed("Semua lokasi tidak direkomendasikan. Putuskan usulan “tidak direkomendasikan”.")
    if action == "decline" and (names := named(*RECOMMENDED)):
        raise TransitionNotAllowed(
            f"Lokasi {names} sudah direkomendasikan. Ubah putusan lokasinya dahulu, atau putuskan “dengan catatan”."
        )
