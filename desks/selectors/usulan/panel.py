"""What the room reads of an usulan beside the shared panel: locations, readiness, corrections, kin, and what may be done to them."""

from __future__ import annotations

from typing import Any

from accounts.actors import Actor, can
from desks.choices import OPEN_FOR_DESK, PlaceVerdict, SessionState, reasons_of
from desks.models import Item, Session, Usulan
from desks.selectors.usulan.page import corrections_of, fate_of, only, relatives_of, shown_usulan

VERDICT_BUTTONS = (
    (PlaceVerdict.AGREED, "Rekomendasikan"), (PlaceVerdict.AGREED_NOTED, "Dengan catatan"),
    (PlaceVerdict.DECLINED, "Tidak direkomendasikan"), (PlaceVerdict.PENDING, "Batalkan putusan"),
)  # fmt: skip


def usulan_panel(actor: Actor, session: Session, item: Item) -> dict[str, Any]:
    """The context of the row's own template in the room."""
    usulan = Usulan.objects.select_related("item").get(item=item)
    shown = only(shown_usulan(actor, Usulan.objects.filter(pk=usulan.pk)))
    is_open = session.state == SessionState.OPEN and item.locked_at is None
    source = item.carried_from_id and Item.objects.select_related("round", "usulan").get(pk=item.carried_from_id)
    words = item.round.words
    settles = is_open and item.state in OPEN_FOR_DESK and can(actor, "desks.settle_item", item)
    return {
        "shown": shown, "corrections": corrections_of(usulan), "relatives": relatives_of(item), "fate": fate_of(source) if source else None,
        "place_reasons": reasons_of(item.strand, national=item.round.national), "place_buttons": VERDICT_BUTTONS, "forums": words.forums,
        "settles_places": settles,
        "offers_places": item.state in OPEN_FOR_DESK and can(actor, "desks.put_position", item),
        "states_available": item.state in OPEN_FOR_DESK and can(actor, "desks.state_available", item),
    }  # fmt: skip
