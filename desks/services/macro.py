"""Strategies and actions of a macro row: added, changed and removed with the row's version, by who answers for their side."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from typing import Any, Final

from django.db.models import Max, QuerySet

from accounts.actors import Actor, can
from accounts.choices import InstitutionKind
from accounts.models import Institution
from core.errors import InvalidInput, NotAllowed, TransitionNotAllowed
from desks.chain import Writer, writing
from desks.choices import ActionSide, ItemState, StageKind
from desks.models import Item, MacroAction, Round, Session
from desks.services.idempotency import keyed
from desks.services.item import RowResult, StageMemory, answer_once, attempt, require_editable, shown
from desks.services.support import touch
from desks.strands import Detail, require_detail
from desks.versions import require_unlocked
from desks.workflow import require_session

LONGEST_TEXT: Final = 2000
LONGEST_OWNER: Final = 200
MOST_ACTIONS: Final = 40
"""Per row and side: more is a list nobody reads aloud, and a client gone wild."""
CENTRE_STAGES: Final = (StageKind.FILLING_KL, StageKind.VERIFICATION, StageKind.DESK)
CENTRE_STATES: Final = (ItemState.SUBMITTED, ItemState.REPAIR, ItemState.DISCUSSED, ItemState.NOT_DISCUSSED)
CENTRAL_KINDS: Final = (InstitutionKind.KEMENDAGRI, InstitutionKind.BAPPENAS, InstitutionKind.KL)
REGIONAL_KINDS: Final = (InstitutionKind.BAPPEDA, InstitutionKind.OPD)


@dataclass(frozen=True)
class ActionData:
    """A strategi or aksi as typed; the owner is an institution of the portal or a name as written, not both."""

    side: str
    text: str
    owner_id: int | None = None
    owner_text: str = ""


@dataclass(frozen=True)
class Read:
    """The typed action after reading and checking."""

    side: str
    text: str
    owner: Institution | None
    owner_text: str

    def columns(self) -> dict[str, Any]:
        """The columns of the table that it fills."""
        return {"text": self.text, "owner": self.owner, "owner_text": self.owner_text}


KEYED = keyed(lambda action: action.pk, lambda pk: MacroAction.objects.get(pk=pk))


@KEYED
def add_action(
    actor: Actor, item: Item, data: ActionData, *, seen_version: int, session: Session | None = None, key: str = ""
) -> MacroAction:
    """Add a strategi or aksi at the end of its side. In an open sitting the room's staff may add for either side, marked so.

    Raises NotAllowed, StageClosed, TransitionNotAllowed, StaleState, InvalidInput.
    """
    at_desk = require_side(actor, item, data.side, session)
    read = read_action(actor, item, data, at_desk=at_desk)
    with writing(actor, mejas=[item.meja]) as writer:
        return _add(writer, item, read, seen_version, session if at_desk else None)


def add_to_many(actor: Actor, rows: Sequence[tuple[str, int]], data: ActionData, *, key: str = "") -> list[RowResult]:
    """Add the same strategi or aksi to many rows (code, version seen), each accepted or refused by itself, under one key."""
    body = ["add_to_many", [list(row) for row in rows], asdict(data)]

    def work(items: dict[str, Item]) -> Callable[[Writer], list[RowResult]]:
        def one(writer: Writer, version: int, item: Item) -> RowResult:
            require_side(actor, item, data.side)
            _add(writer, item, read_action(actor, item, data, at_desk=False), version, None)
            return RowResult(item.code, "saved", item.version, item.state, shown(item))

        return lambda writer: [attempt(code, items, partial(one, writer, version)) for code, version in rows]

    return answer_once(actor, key, body, work, [code for code, _ in rows])


def _add(writer: Writer, item: Item, read: Read, seen_version: int, session: Session | None) -> MacroAction:
    at_desk = session is not None
    rows = MacroAction.objects.filter(item=item, side=read.side)
    if rows.count() >= MOST_ACTIONS:
        raise InvalidInput(f"Paling banyak {MOST_ACTIONS} strategi dan aksi tiap pihak. Gabungkan yang serupa.")
    _enter(writer, item, seen_version, session)
    last = rows.aggregate(last=Max("order"))["last"] or 0
    action = MacroAction.objects.create(
        item=item, side=read.side, order=last + 1, added_at_desk=at_desk, **read.columns()
    )
    _record(writer, action, "add", at_desk, {"after": facts_of(action)})
    return action


@KEYED
def change_action(
    actor: Actor, action: MacroAction, data: ActionData, *, seen_version: int, session: Session | None = None, key: str = ""
) -> MacroAction:  # fmt: skip
    """Change text and owner; the side stays (remove and add instead). The same content writes nothing."""
    item = action.item
    if data.side != action.side:
        raise InvalidInput("Pihak tidak dapat diganti. Hapus lalu tambahkan pada pihak yang benar.", field="side")
    at_desk = require_side(actor, item, action.side, session, action)
    read = read_action(actor, item, data, at_desk=at_desk)
    before = facts_of(action)
    if (read.text, read.owner, read.owner_text) == (action.text, action.owner, action.owner_text):
        return action
    with writing(actor, mejas=[item.meja]) as writer:
        _enter(writer, item, seen_version, session if at_desk else None)
        for name, content in read.columns().items():
            setattr(action, name, content)
        action.save(update_fields=list(read.columns()))
        _record(writer, action, "change", at_desk, {"before": before, "after": facts_of(action)})
    return action


@keyed(lambda nothing: None, lambda nothing: None)
def remove_action(
    actor: Actor, action: MacroAction, *, seen_version: int, session: Session | None = None, key: str = ""
) -> None:
    """Take a strategi or aksi away; the record keeps what it said."""
    item = action.item
    at_desk = require_side(actor, item, action.side, session, action)
    before = facts_of(action)
    with writing(actor, mejas=[item.meja]) as writer:
        _enter(writer, item, seen_version, session if at_desk else None)
        MacroAction.objects.filter(pk=action.pk).delete()
        _record(writer, action, "remove", at_desk, {"before": before})


def require_side(
    actor: Actor, item: Item, side: str, session: Session | None = None, action: MacroAction | None = None
) -> bool:
    """Whether the act happens at the desk; raises when the actor may do it neither there nor while filling in.

    At the desk the room's staff write for both sides. Else the region writes its own side while it fills the row, and the centre its own
    while K/L fill, verify and sit; a K/L only what it answers for itself.
    """
    require_detail(item, Detail.ACTIONS)
    if side not in ActionSide.values:
        words = item.round.words
        raise InvalidInput(f"Pilih pihak: {words.host_side} atau {words.region_side}.", field="side")
    if session is not None and item.state == ItemState.DISCUSSED and can(actor, "desks.edit_actions_at_desk", item):
        require_unlocked(item)
        return True
    if side == ActionSide.DAERAH:
        require_editable(actor, item, StageMemory(actor))
    else:
        _require_centre(actor, item, action)
    return False


def _require_centre(actor: Actor, item: Item, action: MacroAction | None) -> None:
    if not can(actor, "desks.edit_central_actions", item):
        raise NotAllowed()
    if action is not None and keeps_only_its_own(actor) and action.owner_id != actor.institution.pk:
        raise NotAllowed(
            f"{actor.institution.short_name} mengubah strategi dan aksi yang menjadi tanggung jawabnya sendiri."
        )
    require_unlocked(item)
    if item.state not in CENTRE_STATES:
        raise TransitionNotAllowed(
            f"Butir berstatus {item.get_state_display()}; strategi dan aksi {item.round.words.host_side} tidak dapat diubah pada status itu.",
            state=item.state,
        )
    StageMemory(actor).require(item, CENTRE_STAGES)


def keeps_only_its_own(actor: Actor) -> bool:
    """Bappenas and Kemendagri keep the whole side of the centre, a K/L its own part; in a provincial round the Bappeda and an OPD."""
    return actor.institution.kind in (InstitutionKind.KL, InstitutionKind.OPD)


def read_action(actor: Actor, item: Item, data: ActionData, *, at_desk: bool) -> Read:
    """What was typed, checked: a text, and one owner of the right side."""
    text, written = data.text.strip(), data.owner_text.strip()
    if not text:
        raise InvalidInput("Tuliskan strategi atau aksinya.", field="text")
    if len(text) > LONGEST_TEXT:
        raise InvalidInput(f"Paling panjang {LONGEST_TEXT} karakter; sekarang {len(text)}.", field="text")
    if len(written) > LONGEST_OWNER:
        raise InvalidInput(f"Penanggung jawab paling panjang {LONGEST_OWNER} karakter.", field="owner")
    owner = owner_from(item, data.side, data.owner_id) if data.owner_id else None
    if owner is None and not written:
        raise InvalidInput("Tuliskan penanggung jawabnya.", field="owner")
    if data.side == ActionSide.PUSAT and not at_desk and keeps_only_its_own(actor) and owner != actor.institution:
        raise InvalidInput(
            f"{actor.institution.short_name} menulis aksi yang menjadi tanggung jawabnya sendiri.", field="owner"
        )
    return Read(data.side, text, owner, "" if owner else written)


def side_owners(round_: Round, side: str, region_id: int = 0) -> QuerySet[Institution]:
    """The institutions that can answer for an action of a side: of the host's, the centre or Bappeda and OPD of the host's region; of the
    region's, its own Bappeda and OPD."""
    if side == ActionSide.PUSAT and round_.national:
        return Institution.objects.filter(kind__in=CENTRAL_KINDS)
    region = round_.host.region_id if side == ActionSide.PUSAT else region_id
    return Institution.objects.filter(kind__in=REGIONAL_KINDS, region_id=region)


def owner_from(item: Item, side: str, pk: int) -> Institution:
    """The institution, if it can answer for an action of this side of the row."""
    found = side_owners(item.round, side, item.region_id).filter(pk=pk).first()
    if found is None:
        raise InvalidInput("Penanggung jawab ini bukan lembaga pihak tersebut.", field="owner")
    return found


def _enter(writer: Writer, item: Item, seen_version: int, session: Session | None) -> None:
    if session is not None:
        require_session(item, session)
    touch(writer, item, seen_version, at_desk=session is not None)


def _record(writer: Writer, action: MacroAction, verb: str, at_desk: bool, facts: dict[str, Any]) -> None:
    # The side stands in the name: what a region writes while it fills is not for others to read.
    item = action.item
    writer.record(item, f"{verb}_{action.side}_action", {**facts, "item_version": item.version, "at_desk": at_desk})


def facts_of(action: MacroAction) -> dict[str, Any]:
    """An action in codes and words, for events."""
    return {
        "action": action.code, "side": action.side, "order": action.order, "text": action.text,
        "owner": action.owner.code if action.owner else "", "owner_text": action.owner_text,
    }  # fmt: skip
