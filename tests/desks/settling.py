"""Helpers of the tests of verdicts."""

from __future__ import annotations

import pytest

from core.errors import TransitionNotAllowed
from desks.models import Item, Session
from desks.services.settle import settle
from tests.desks.world import World


def agree(world: World, session: Session, item: Item | None = None, action: str = "agree", **more: object) -> Item:
    """The moderator settles a row (default the first) as it stands."""
    item = item or world.item()
    settle(world.moderator, session, item, action, seen_version=item.version, **more)
    return Item.objects.get(pk=item.pk)


def missing(world: World, session: Session) -> list[str]:
    """The parties whose consent the refusal names."""
    with pytest.raises(TransitionNotAllowed) as error:
        agree(world, session)
    assert error.value.code == "consent_missing"
    return [party["party"] for party in error.value.details["missing"]]
