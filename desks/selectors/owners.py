"""Whose rows they are: the people of a region who fill them, for telling them something."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet

from accounts.choices import Role
from accounts.models import Membership
from desks.models import Item
from desks.scopes import OWNER_ROLES
from indicators.models import IndicatorHolder
from planning.models import BidangHolder


def owners_of(items: Sequence[Item]) -> dict[int, list[int]]:
    """Users by the key of a row: everybody of the region's Bappeda, and of the perangkat daerah that hold its bidang or indicator.

    Rows of one round; three queries whatever their number.
    """
    if not items:
        return {}
    year = items[0].round.plan_year
    members: dict[int, list[tuple[int, str, int]]] = defaultdict(list)
    regions = {item.region_id for item in items}
    current = Membership.objects.current().filter(institution__region__in=regions, role__in=OWNER_ROLES)
    for region, office, role, user in current.order_by("user").values_list(
        "institution__region", "institution", "role", "user"
    ):
        members[region].append((office, role, user))
    held = _held(BidangHolder.objects.filter(year=year, institution__region__in=regions), "bidang")
    single = _held(IndicatorHolder.objects.filter(year=year, institution__region__in=regions), "indicator")
    found: dict[int, list[int]] = {}
    for item in items:
        holders = single[item.indicator_id or 0] | held[(item.indicator.bidang_id if item.indicator else None) or 0]
        users = [user for office, role, user in members[item.region_id] if role != Role.OPD or office in holders]
        found[item.pk] = list(dict.fromkeys(users))
    return found


def _held(rows: QuerySet[Any], name: str) -> dict[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    for key, institution in rows.values_list(name, "institution"):
        found[key].add(institution)
    return found
