"""A kewilayahan desk in the prepared world: an usulan as a draft, one handed in, one under discussion, in an open sitting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planning.models import PriorityNode
from tests.desks.usulan_world import build_kewil

if TYPE_CHECKING:
    from tests.matrix.prepared import Prepared


def add_usulan(made: Prepared) -> None:
    """Build it with the portal's own services."""
    kewil = build_kewil(made.world)
    PriorityNode.objects.get_or_create(tree="PN", year=kewil.ro.year, code="3", defaults={"name": "Infrastruktur"})
    made.more["kewil"] = kewil
    made.more["usulan:draft"] = kewil.filed("Usulan draf").item
    (made.more["usulan:discussed"],) = kewil.submitted(kewil.filed("Usulan dibahas", places=2))
    made.more["usulan_session"] = kewil.session()
    made.more["texts"] = {
        **made.more.get("texts", {}),
        "usulan_draft": "Usulan draf",
        "usulan_discussed": "Usulan dibahas",
    }
