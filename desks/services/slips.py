"""Accepting a warning of the slip catcher: the value holds, for a reason that everybody may read who reads the value."""

from __future__ import annotations

from typing import Final

from accounts.actors import Actor
from core.errors import InvalidInput, StaleState
from core.values import format_value
from desks.chain import writing
from desks.digests import slip_digest
from desks.models import Item, SlipAcceptance
from desks.selectors.slips import Warned, warnings_of
from desks.selectors.slips_accepted import accepted_values
from desks.selectors.slips_supports import support_warnings_of
from desks.services.idempotency import keyed
from desks.services.item import StageMemory, require_editable
from desks.versions import reread

LONGEST_REASON: Final = 500
GONE: Final = (
    "Angkanya sudah berubah sejak peringatan ini tampil. Muat ulang, lalu baca peringatan yang berlaku sekarang."
)


@keyed(lambda written: written, lambda written: bool(written))
def accept_warning(
    actor: Actor, item: Item, *, kind: str, value: str, reason: str, subject: str = "", key: str = ""
) -> bool:
    """Record that the value stands although it was warned of; True where that was written, False where it was accepted before.

    `value` is the text the warning was shown for. Raises NotAllowed and the like where the row may not be changed, StaleState where another
    value stands meanwhile, InvalidInput without a reason or where nothing is warned of.
    """
    reason = " ".join(reason.split())
    if not reason:
        raise InvalidInput(
            "Tuliskan alasannya, misalnya sumber angka atau kebijakan yang mendasarinya.", field="reason"
        )
    if len(reason) > LONGEST_REASON:
        raise InvalidInput(f"Alasan paling panjang {LONGEST_REASON} karakter; sekarang {len(reason)}.", field="reason")
    with writing(actor, mejas=[item.meja]) as writer:
        reread([item])
        item.refresh_from_db(fields=["applicability", *_value_fields()])
        require_editable(actor, item, StageMemory(actor))
        if (subject, value) in accepted_values([item.pk]).get(item.pk, ()):
            return False
        warning = _standing(item, kind, value, subject)
        row = SlipAcceptance(
            item=item, subject=subject, kind=kind, value=value, text=warning["text"][:600], reason=reason,
            institution=actor.institution, actor=actor.user, at=writer.now,
        )  # fmt: skip
        row.save(force_insert=True)
        facts = {"subject": subject, "kind": kind, "value": value, "reason": reason, "row_hash": slip_digest(row)}
        writer.record(item, "accept_warning", facts)
    return True


def _value_fields() -> list[str]:
    return [field.name for field in Item._meta.concrete_fields if field.name.startswith("value_proposed")]


def _standing(item: Item, kind: str, value: str, subject: str) -> Warned:
    """The warning that stands now, if it is the one that was read."""
    if subject:
        found = [each for each in support_warnings_of([item]).get(item.pk, []) if each["subject"] == subject]
    else:
        found = warnings_of([item]).get(item.pk, [])
        if format_value(item.value_proposed) != value:
            raise StaleState(GONE, yours={"value": value}, theirs={"value": format_value(item.value_proposed)})
    if any(each["shown"] != value for each in found):
        raise StaleState(GONE, yours={"value": value}, theirs={"value": found[0]["shown"]})
    standing = next((each for each in found if each["kind"] == kind), None)
    if standing is None:
        raise InvalidInput(
            "Tidak ada peringatan seperti itu pada butir ini; tidak ada yang perlu diterima.", field="kind"
        )
    return standing
