"""The priorities that an usulan serves, said at the desk. They are no part of the package, so the stances stay."""

from __future__ import annotations

import json
from collections.abc import Sequence

from accounts.actors import Actor
from core.canonical import canonical
from desks.chain import writing
from desks.models import Item, Session, Usulan, UsulanPriority
from desks.selectors.usulan.facts import priorities_of
from desks.services.idempotency import keyed
from desks.services.usulan.package import usulan_of
from desks.services.usulan.read import read_nodes
from desks.services.usulan.room import require_chair
from desks.versions import change_item
from desks.workflow import require_session
from planning.services.priorities import set_tags

USULAN = keyed(lambda usulan: usulan.pk, lambda pk: Usulan.objects.select_related("item").get(pk=pk))


@USULAN
def tag_usulan(
    actor: Actor, session: Session, item: Item, keys: Sequence[str], *, seen_version: int, key: str = ""
) -> Usulan:
    """Exactly these nodes (`PRO-SN:2027:03.01`) hang on the usulan afterwards; the same ones again write nothing.

    Raises NotAllowed, TransitionNotAllowed, StaleState, and InvalidInput for a node that the plan year does not have.
    """
    require_chair(actor, item)
    nodes = read_nodes(item.meja, keys)
    with writing(actor, mejas=[item.meja]) as writer:
        require_session(item, session)
        before = sorted(each.node.key for each in usulan_of(item).priorities.all())
        after = sorted(node.key for node in nodes)
        if before == after:
            return usulan_of(item)
        change_item(actor, item, seen_version)
        set_tags(UsulanPriority, usulan_of(item), nodes, year=item.round.plan_year)
        made = usulan_of(item)
        _hand_in(made)
        facts = {"before": {"priorities": before}, "after": {"priorities": after}, "item_version": item.version}
        writer.record(item, "tag_usulan", facts)
    return made


def _hand_in(usulan: Usulan) -> None:
    """What the desk said is what others read from now on, also while the region types a repair."""
    if usulan.handed_in:
        facts = {**json.loads(usulan.handed_in), "priorities": priorities_of(usulan)}
        usulan.handed_in = canonical(facts)
        usulan.save(update_fields=["handed_in"])


__all__ = ["tag_usulan"]
