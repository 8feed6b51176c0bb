"""The host's own targets in a provincial or sector round: what the national round agreed for the province, read there and typed nowhere."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final, NamedTuple

from core.fields import value_from, value_names
from core.values import Value
from desks.choices import AGREED_STATES
from desks.models import Item, Round

AGREED_ABOVE: Final = "induk"
"""The source of a host's target that comes from the parent round."""


class Above(NamedTuple):
    """What was agreed for the host's region, where, and whether that round is an example."""

    value: Value
    origin: str
    simulated: bool


def agreed_above(round_: Round, indicators: Collection[int]) -> dict[int, Above]:
    """Per indicator what the parent round agreed for the host's region; nothing for a national round."""
    if round_.national or round_.parent_id is None:
        return {}
    rows = Item.objects.filter(
        round=round_.parent_id, region=round_.host.region_id, indicator_id__in=indicators, state__in=AGREED_STATES
    ).order_by("pk")
    facts = ("indicator_id", "round__short_name", "round__simulated")
    found: dict[int, Above] = {}
    for indicator, name, simulated, *columns in rows.values_list(*facts, *value_names("value_agreed")):
        value = value_from(*columns)
        if indicator is not None and value is not None:
            found[indicator] = Above(value, f"Disepakati pada {name}", simulated)
    return found


__all__ = ["AGREED_ABOVE", "Above", "agreed_above"]
