"""Strategies and actions of a macro row played in memory (see `services.macro`)."""

from __future__ import annotations

from accounts.actors import Actor
from accounts.models import Institution
from desks.models import Item, MacroAction
from desks.services.bulk.meja import BulkMeja
from desks.services.macro import facts_of


def add_bulk_action(
    book: BulkMeja, actor: Actor, item: Item, side: str, text: str, *, owner: Institution | None, owner_text: str = "", at_desk: bool = False,
) -> MacroAction:  # fmt: skip
    """Add a strategi or aksi at the end of its side (see `macro.add_action`)."""
    orders: dict[str, int] = book.action_orders.setdefault(item.code, {})
    orders[side] = orders.get(side, 0) + 1
    item.version += 1
    action = MacroAction(
        item=item, side=side, text=text, owner=owner, owner_text="" if owner else owner_text, order=orders[side], added_at_desk=at_desk
    )  # fmt: skip
    book.rows.add(action)
    facts = {"after": facts_of(action), "item_version": item.version, "at_desk": at_desk}
    book.record(actor, f"add_{side}_action", facts, item)
    return action
