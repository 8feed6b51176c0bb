"""The bulk writer of strategies and actions leaves the same rows, events and payloads as the single service."""

from __future__ import annotations

import json

from django.utils import timezone

from desks.models import Event, Item, MacroAction, Meja
from desks.services.bulk import BulkMeja, BulkRows, add_bulk_action
from desks.services.macro import ActionData, add_action
from tests.desks.chain import verify_chain
from tests.desks.macro_world import Macro, macro

__all__ = ["macro"]

SCRIPT = (("daerah", "Pelatihan", True), ("daerah", "Pasar kerja", False), ("daerah", "Investasi", False))


def test_equal_to_the_single_service(macro: Macro):
    world = macro.world
    for side, text, known in SCRIPT:
        item = macro.item()
        owner = world.dinas_jabar.pk if known else None
        data = ActionData(side, text, owner, "" if known else "Kadin")
        add_action(world.bappeda, item, data, seen_version=item.version)
    by_bulk(macro)
    one, other = macro.meja, macro.other_meja
    assert facts(one) == facts(other)
    assert columns(one) == columns(other)
    versions = [Item.objects.filter(meja=meja).order_by("order").first().version for meja in (one, other)]
    assert versions[0] == versions[1] == 4
    verify_chain(other)


def by_bulk(macro: Macro) -> None:
    """The same acts on a meja without events, as the example plays them."""
    world = macro.world
    item = macro.item(0, macro.other_meja)
    rows = BulkRows()
    meja = Meja(round=world.round, desk=macro.desk, region=world.nation)
    rows.add(meja)
    book = BulkMeja(rows, meja, timezone.now(), [])
    fresh = Item(
        meja=meja, round=world.round, region=world.nation, strand="makro", indicator=item.indicator,
        indicator_version=item.indicator_version, order=item.order,
    )  # fmt: skip
    book.open(world.secretariat, [fresh])
    for side, text, known in SCRIPT:
        owner = world.dinas_jabar if known else None
        add_bulk_action(book, world.bappeda, fresh, side, text, owner=owner, owner_text="Kadin")
    rows.save()
    macro.other_meja = meja


def facts(meja: Meja) -> list[tuple[str, dict[str, object]]]:
    found = []
    for event in Event.objects.filter(meja=meja, action="add_daerah_action").order_by("seq"):
        payload = json.loads(event.payload)
        assert payload["after"].pop("action")
        found.append((event.action, payload))
    return found


def columns(meja: Meja) -> list[tuple[object, ...]]:
    rows = MacroAction.objects.filter(item__meja=meja).order_by("order")
    return list(rows.values_list("side", "text", "owner", "owner_text", "order", "added_at_desk"))
