"""A makro desk in the prepared world: a row in every state that matters, with actions of both sides."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils import timezone

from desks.chain import writing
from desks.models import Item, MacroAction, Session
from desks.services.item import move_rows
from desks.services.room import call_item
from desks.services.settle import lock_items, settle
from tests.desks.macro_world import Macro, add_macro

if TYPE_CHECKING:
    from tests.desks.world import World

STATES = ("draft", "filled", "submitted", "repair", "discussed", "agreed", "locked", "not_discussed", "withdrawn")


@dataclass
class PreparedMacro:
    """The desk, its rows by state, their actions by state and side, and its open sitting."""

    macro: Macro
    session: Session = field(init=False)
    items: dict[str, Item] = field(default_factory=dict)
    actions: dict[tuple[str, str], MacroAction] = field(default_factory=dict)

    def item(self, state: str) -> Item:
        """The row in a state, as it stands now."""
        return Item.objects.select_related("meja__desk", "round").get(pk=self.items[state].pk)


def add_makro(world: World) -> PreparedMacro:
    """Build it with the portal's own services."""
    macro = add_macro(world, len(STATES))
    made = PreparedMacro(macro)
    rows = world.items(macro.meja)
    made.items = dict(zip(STATES, rows, strict=True))
    for state, item in made.items.items():
        if state != "draft":
            made.actions[state, "daerah"] = macro.act(world.bappeda, item, "daerah", f"aksi daerah {state}")
    macro.fill()
    _submit(made)
    made.session = macro.sit()
    for state in ("discussed", "agreed", "locked"):
        call_item(world.moderator, made.session, made.item(state), seen_version=made.item(state).version)
    for state in ("agreed", "locked"):
        settle(world.moderator, made.session, made.item(state), "agree", seen_version=made.item(state).version)
    item = made.item("not_discussed")
    settle(world.moderator, made.session, item, "leave", seen_version=item.version, reason="waktu")
    with writing(world.moderator, mejas=[macro.meja]) as writer:
        lock_items(writer, [made.item("locked")], ba="UJI")
    return made


def _submit(made: PreparedMacro) -> None:
    world = made.macro.world
    handed = [made.item(state) for state in STATES if state not in ("draft", "filled")]
    assert all(row.ok for row in move_rows(world.bappeda, "submit", [(one.code, one.version) for one in handed]))
    for state in STATES[2:]:
        made.actions[state, "pusat"] = made.macro.act(world.bappenas, made.item(state), "pusat", f"aksi pusat {state}")
    made.macro.consent()
    due = timezone.now() + dt.timedelta(days=2)
    given = {"note": "lengkapi", "due": due, "owner": world.bappeda_jabar}
    item = made.item("repair")
    assert move_rows(world.bappenas, "repair", [(item.code, item.version)], given=given)[0].ok
    item = made.item("withdrawn")
    assert move_rows(world.bappeda, "withdraw", [(item.code, item.version)], given={"note": "ditarik"})[0].ok
