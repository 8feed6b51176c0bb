"""What happens to an usulan at the desk: figures and verdicts per location, what is available, corrections of RO, unit and location."""

from __future__ import annotations

from typing import Any

from accounts.actors import Actor, can
from accounts.models import Institution
from core.errors import InvalidInput, NotAllowed, TransitionNotAllowed
from core.money import Unit
from desks.chain import Writer, writing
from desks.choices import (
    GONE_PLACES,
    OPEN_FOR_DESK,
    RECOMMENDED,
    CorrectedField,
    PlaceVerdict,
    ReasonCode,
)
from desks.models import Correction, Item, Session, Usulan, UsulanPlace
from desks.services.idempotency import keyed
from desks.services.talk import require_open, require_quotable
from desks.services.usulan.aims import AimData, read_aim
from desks.services.usulan.package import (
    Offer,
    close_place,
    newest_offers,
    restate_package,
    usulan_of,
    write_place_position,
)
from desks.services.usulan.read import LONGEST, read_amount, read_volume, regions_for
from desks.versions import change_item, require_unlocked
from desks.workflow import require_session

PLACE = keyed(lambda place: place.pk, lambda pk: UsulanPlace.objects.get(pk=pk))
USULAN = keyed(lambda usulan: usulan.pk, lambda pk: Usulan.objects.select_related("item").get(pk=pk))
MAX_NOTE = 20_000
PLACE_VERDICTS = (PlaceVerdict.AGREED, PlaceVerdict.AGREED_NOTED, PlaceVerdict.DECLINED, PlaceVerdict.PENDING)


def _place(usulan: Usulan, code: str) -> UsulanPlace:
    found = next((row for row in usulan.places.all() if row.code == code and row.verdict not in GONE_PLACES), None)
    if found is None:
        raise InvalidInput("Lokasi ini tidak ada pada usulan.", field="place")
    return found


def _offer(usulan: Usulan, volume: str, amount: str, usual: Offer) -> Offer:
    """What was typed for a location; an empty field keeps the newest figure."""
    typed_volume, typed_amount = read_volume(volume), read_amount(amount, Unit(usulan.amount_unit))
    return Offer(
        usual.volume if typed_volume is None else typed_volume, usual.amount if typed_amount is None else typed_amount
    )


def _moved(one: Offer, other: Offer) -> bool:
    return (one.volume, one.amount) != (other.volume, other.amount)


@PLACE
def offer_place(
    actor: Actor, item: Item, place: str, *, volume: str, amount: str, reason: str, seen_version: int,
    on_behalf: Institution | None = None, key: str = "",
) -> UsulanPlace:  # fmt: skip
    """Put another figure for one location on the table; the package is stated anew, so stances are asked again."""
    if not can(actor, "desks.put_position", item) or (on_behalf and not can(actor, "desks.record_stance", item)):
        raise NotAllowed()
    require_open(item)
    require_quotable(item, on_behalf)
    with writing(actor, mejas=[item.meja]) as writer:
        usulan = usulan_of(item)
        row = _place(usulan, place)
        if row.verdict in RECOMMENDED or row.verdict == PlaceVerdict.DECLINED:
            raise TransitionNotAllowed(f"{row.short_name} sudah diputuskan. Ubah putusan lokasinya dahulu.")
        usual = newest_offers(usulan)[row.pk]
        wanted = _offer(usulan, volume, amount, usual)
        if not _moved(wanted, usual):
            raise InvalidInput("Isi volume atau alokasi yang berbeda dari angka terbaru.", field="volume")
        change_item(actor, item, seen_version)
        write_place_position(writer, usulan, row, wanted, reason, on_behalf)
        restate_package(writer, usulan, f"{row.short_name}: {reason}".rstrip(": "), on_behalf=on_behalf)
    return row


@PLACE
def state_available(
    actor: Actor, item: Item, place: str, *, volume: str, amount: str, seen_version: int, key: str = ""
) -> UsulanPlace:
    """The K/L of the RO (or the room for it) says what is available for a location. It is information, not a figure on the table."""
    if not can(actor, "desks.state_available", item):
        raise NotAllowed(f"Ketersediaan dinyatakan oleh {item.round.words.holder_long} atau dicatat oleh petugas desk.")
    require_open(item)
    with writing(actor, mejas=[item.meja]) as writer:
        usulan = usulan_of(item)
        row = _place(usulan, place)
        change_item(actor, item, seen_version)
        row.volume_available, row.amount_available = read_volume(volume), read_amount(amount, Unit(usulan.amount_unit))
        row.save(update_fields=["volume_available", "amount_available"])
        facts = {"place": row.mark, "volume": row.volume_available, "amount": row.amount_available}
        writer.record(item, "state_available", {"after": facts, "item_version": item.version})
    return row


@PLACE
def settle_place(
    actor: Actor, session: Session, item: Item, place: str, *, verdict: str, volume: str = "", amount: str = "", reason: str = "",
    note: str = "", seen_version: int, key: str = "",
) -> UsulanPlace:  # fmt: skip
    """Settle one location by itself. Agreed figures default to the newest ones; others are first put on the table.

    A location that is declined (or comes back) changes the package, so the parties are asked anew. `pending` takes a verdict back.
    """
    require_chair(actor, item)
    _require_verdict(verdict, reason, note)
    with writing(actor, mejas=[item.meja]) as writer:
        require_session(item, session)
        usulan = usulan_of(item)
        row = _place(usulan, place)
        change_item(actor, item, seen_version)
        before = {"verdict": row.verdict, "note": row.note}
        offer = newest_offers(usulan)[row.pk]
        if verdict in RECOMMENDED:
            wanted = _offer(usulan, volume, amount, offer)
            if _moved(wanted, offer):
                write_place_position(writer, usulan, row, wanted, note)
            offer = wanted
        declined = verdict == PlaceVerdict.DECLINED
        close_place(row, verdict, offer if verdict in RECOMMENDED else None, reason if declined else "", note.strip())
        _record_verdict(writer, item, row, before)
        restate_package(writer, usulan, f"{row.short_name}: {row.get_verdict_display().lower()}")
    return row


def require_chair(actor: Actor, item: Item) -> None:
    """Only whoever may settle the usulan, and only while it is on the table."""
    if not can(actor, "desks.settle_item", item):
        raise NotAllowed()
    require_unlocked(item)
    if item.state not in OPEN_FOR_DESK:
        raise TransitionNotAllowed(
            f"Usulan ini {item.get_state_display().lower()}. Bahas atau buka kembali dahulu sebelum mengubah lokasinya."
        )


def _require_verdict(verdict: str, reason: str, note: str) -> None:
    if verdict not in PLACE_VERDICTS:
        raise InvalidInput("Pilih putusan lokasi.", field="verdict")
    if verdict == PlaceVerdict.DECLINED and reason not in ReasonCode.values:
        raise InvalidInput("Pilih kode alasan untuk lokasi yang tidak direkomendasikan.", field="place_reason")
    if verdict == PlaceVerdict.AGREED_NOTED and not note.strip():
        raise InvalidInput("Tuliskan catatan lokasi.", field="place_note")
    if len(note) > MAX_NOTE:
        raise InvalidInput(
            f"Catatan lokasi paling panjang {MAX_NOTE} karakter; sekarang {len(note)}.", field="place_note"
        )


def _record_verdict(writer: Writer, item: Item, row: UsulanPlace, before: dict[str, Any]) -> None:
    after = {
        "verdict": row.verdict, "volume": row.volume_agreed.normalize() if row.volume_agreed is not None else None,
        "amount": row.amount_agreed, "reason": row.reason, "note": row.note,
    }  # fmt: skip
    facts = {"place": row.mark, "item_version": item.version, "before": before, "after": after}
    writer.record(item, "settle_place", facts)


@USULAN
def correct_usulan(
    actor: Actor, session: Session, item: Item, field: str, *, aim: AimData | None = None, unit: str = "", place: str = "",
    region_id: int | None = None, detail: str = "", reason: str = "", seen_version: int, key: str = "",
) -> Usulan:  # fmt: skip
    """Set RO or program, unit or one location right at the desk; kept and printed as "Semula … Menjadi …". Stances are asked anew.

    A corrected RO or program may have another K/L or perangkat daerah in charge, which then is the party in place of the first.
    """
    require_chair(actor, item)
    with writing(actor, mejas=[item.meja]) as writer:
        require_session(item, session)
        usulan = usulan_of(item)
        change_item(actor, item, seen_version)
        row: UsulanPlace | None = None
        if field == item.round.words.aim.field:
            before, after = _correct_aim(usulan, aim or AimData())
        elif field == CorrectedField.UNIT:
            before, after = _correct_unit(usulan, unit)
        elif field == CorrectedField.PLACE:
            row = _place(usulan, place)
            before, after = _correct_place(usulan, row, region_id, detail)
        else:
            raise InvalidInput(f"Pilih yang dikoreksi: {item.round.words.aim.corrected}.", field="field")
        Correction.objects.create(
            usulan=usulan, place=row, field=field, before=before, after=after, reason=reason.strip()[:500],
            institution=actor.institution, at=writer.now,
        )  # fmt: skip
        facts = {
            "before": {field: before},
            "after": {field: after},
            "note": reason.strip(),
            "item_version": item.version,
        }
        writer.record(item, "correct_usulan", facts)
        corrected = usulan_of(item)
        label = CorrectedField(field).label
        restate_package(writer, corrected, f"{label} dikoreksi, semula {before}, menjadi {after}", force=True)
    return corrected


def _correct_aim(usulan: Usulan, chosen: AimData) -> tuple[str, str]:
    before, aim = usulan.aim, read_aim(usulan.item.meja, chosen)
    if not aim.complete or aim == before:
        words = usulan.item.round.words.aim
        raise InvalidInput(f"{words.name} yang benar belum dipilih atau sama dengan yang sekarang.", field="ro")
    usulan.save(update_fields=list(aim.write(usulan)))
    return before.words, aim.words


def _correct_unit(usulan: Usulan, unit: str) -> tuple[str, str]:
    before, unit = usulan.unit, unit.strip()
    if not unit or unit == before or len(unit) > LONGEST["unit"]:
        raise InvalidInput(f"Isi satuan yang benar, paling panjang {LONGEST['unit']} karakter.", field="unit")
    usulan.unit = unit
    usulan.save(update_fields=["unit"])
    return before, unit


def _correct_place(usulan: Usulan, row: UsulanPlace, region_id: int | None, detail: str) -> tuple[str, str]:
    if row.within:
        return _correct_detail(usulan, row, detail)
    before = row.region.name
    region = next((each for each in regions_for(usulan.item.meja) if each.pk == region_id), None)
    if region is None or region.pk == row.region_id:
        raise InvalidInput("Pilih lokasi yang benar.", field="region")
    if any(other.region_id == region.pk for other in usulan.places.all()):
        raise InvalidInput(f"{region.short_name} sudah ada pada usulan ini.", field="region")
    row.region = region
    row.save(update_fields=["region"])
    return before, region.name


def _correct_detail(usulan: Usulan, row: UsulanPlace, detail: str) -> tuple[str, str]:
    """Within a kabupaten/kota the place is what is written for it."""
    before, detail = row.short_name, detail.strip()
    if not detail or detail == row.detail or len(detail) > LONGEST["detail"]:
        raise InvalidInput(
            f"Tulis lokasi rinci yang benar, paling panjang {LONGEST['detail']} karakter.", field="detail"
        )
    row.detail = detail
    if any(other.pk != row.pk and other.key == row.key for other in usulan.places.all()):
        raise InvalidInput(f"{detail} sudah ada pada usulan ini.", field="detail")
    row.save(update_fields=["detail"])
    return before, detail


__all__ = ["correct_usulan", "offer_place", "require_chair", "settle_place", "state_available"]
