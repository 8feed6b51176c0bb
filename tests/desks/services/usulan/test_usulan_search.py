"""Usulan in the search: found by title, RO and location, within what one may see, never what a region is typing."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from accounts.actors import Actor
from core.search import read_terms, search
from desks.services.repair import request_repair
from tests.desks.usulan_world import Kewil


def found(actor: Actor, typed: str) -> list[str]:
    groups = {each.group.key: [hit.title for hit in each.hits] for each in search(actor, read_terms(typed))}
    return groups.get("usulan", [])


def test_by_title_ro_location_and_code(kewil: Kewil) -> None:
    usulan = kewil.filed("SPAM Regional Bogor")
    actor = kewil.world.bappeda
    for typed in ("regional spam", "spam bogor", "pembangunan jawa", "FC.7691.RBB.001", usulan.item.code.lower()):
        assert found(actor, typed) == ["SPAM Regional Bogor"], typed
    assert found(actor, "spam papua") == []


def test_only_within_what_one_sees(kewil: Kewil) -> None:
    usulan = kewil.filed("SPAM Regional Bogor")
    world = kewil.world
    assert found(world.kl, "spam regional") == found(world.other_bappeda, "spam regional") == []
    (item,) = kewil.submitted(usulan)
    assert found(world.kl, "spam regional") == ["SPAM Regional Bogor"]
    assert found(world.other_bappeda, "spam regional") == found(world.outsider, "spam regional") == []
    due = timezone.now() + dt.timedelta(hours=20)
    (result,) = request_repair(world.kl, kewil.desk, [(item.code, item.version)], note="Lengkapi.", due=due)
    assert result.ok, result
    assert found(world.bappeda, "spam regional") == ["SPAM Regional Bogor"]
    assert found(world.kl, "spam regional") == []
