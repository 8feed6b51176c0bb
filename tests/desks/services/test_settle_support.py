"""Sub kegiatan are settled each by itself."""

from __future__ import annotations

import pytest

from core.errors import InvalidInput, NotAllowed
from desks.choices import SupportVerdict
from desks.models import Support
from desks.services.settle import (
    settle_pending_supports,
    settle_support,
)
from desks.services.support import SupportData, add_support
from tests.desks.chain import verify_chain
from tests.desks.world import World, fill, open_session, submit


def supports(world: World) -> list[Support]:
    """Two sub kegiatan with a pagu from PAD on the first row, added while it is a draft."""
    pad = world.sources[0]
    for row in world.sub_kegiatan[:2]:
        item = world.item()
        data = SupportData(row.pk, world.dinas_jabar.pk, "10", "Km", (), ((pad.pk, "1.500.000", "rp"),))
        add_support(world.bappeda, item, data, seen_version=item.version)
    return list(Support.objects.select_related("item__meja__desk", "item__round", "nomenclature", "opd"))


def test_sub_kegiatan_are_settled_each_by_itself(world: World) -> None:
    fill(world, 1)
    supports(world)
    submit(world)
    session = open_session(world)
    first, second = Support.objects.select_related("item__meja__desk", "item__round", "nomenclature", "opd")
    pad = world.sources[0]
    settle_support(
        world.moderator, session, first, seen_version=world.item().version, verdict="agreed_noted",
        note="Pagu disesuaikan.", funds={pad.pk: "1.250.000"},
    )  # fmt: skip
    with pytest.raises(InvalidInput):
        settle_support(world.moderator, session, second, seen_version=world.item().version, verdict="excluded")
    settle_support(
        world.moderator,
        session,
        second,
        seen_version=world.item().version,
        verdict="excluded",
        note="Bukan kewenangan.",
    )
    assert [(row.verdict, row.funds.get().agreed) for row in Support.objects.all()] == [
        (SupportVerdict.AGREED_NOTED, 1_250_000),
        (SupportVerdict.EXCLUDED, None),
    ]
    with pytest.raises(InvalidInput):
        settle_support(
            world.moderator, session, first, seen_version=world.item().version, verdict="agreed", funds={pad.pk: "-5"}
        )
    verify_chain(world.meja)


def test_all_pending_sub_kegiatan_in_one_act(world: World) -> None:
    fill(world, 1)
    supports(world)
    submit(world)
    session = open_session(world)
    item = world.item()
    assert settle_pending_supports(world.moderator, session, item, seen_version=item.version) == 2
    assert [(row.verdict, row.funds.get().agreed) for row in Support.objects.all()] == [("agreed", 1_500_000)] * 2
    with pytest.raises(NotAllowed):
        settle_pending_supports(world.kl, session, item, seen_version=item.version)
    verify_chain(world.meja)
