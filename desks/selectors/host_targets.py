"""The host's own targets in a provincial or sector round: what the national round agreed for the province, read there and typed nowhere."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final, NamedTuple

from django.db.models import Q

from core.fields import value_from, value_names
from core.values import Value
from desks.choices import AGREED_STATES, RoundLevel
from desks.levels import AGREED_SOURCE
from desks.models import Item, Round
from indicators.choices import FigureKind
from indicators.models import Figure

AGREED_ABOVE: Final = "induk"
"""The source of a host's target that comes from the parent round."""


class Above(NamedTuple):
    """What was agreed for the host's region, where, and whether that round is an example."""

    value: Value
    origin: str
    simulated: bool


def agreed_above(round_: Round, indicators: Collection[int]) -> dict[int, Above]:
    """Per indicator what the national round agreed for the host's region; nothing for a national round.

    A figure of a final berita acara goes before what stands at the desk of the parent round without one.
    """
    if round_.national:
        return {}
    return {**_at_the_desk(round_, indicators), **_in_a_paper(round_, indicators)}


def _at_the_desk(round_: Round, indicators: Collection[int]) -> dict[int, Above]:
    if round_.parent_id is None:
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


def _in_a_paper(round_: Round, indicators: Collection[int]) -> dict[int, Above]:
    """Figures of the parent round, or where none is named of any national one; those of a forum held outside the portal have no key."""
    rows = Figure.objects.filter(
        kind=FigureKind.AGREEMENT, source=AGREED_SOURCE[RoundLevel.NATIONAL], region=round_.host.region_id, year=round_.plan_year,
        indicator_id__in=indicators,
    )  # fmt: skip
    if round_.parent_id is not None:
        parent = Round.objects.filter(pk=round_.parent_id).values("code")
        rows = rows.filter(Q(line_key="") | Q(line_key__in=parent))
    facts = ("indicator_id", "origin", "simulated")
    return {
        indicator: Above(value, f"Disepakati, {origin}", simulated)
        for indicator, origin, simulated, *columns in rows.order_by("line_key", "pk").values_list(
            *facts, *value_names("value")
        )
        if (value := value_from(*columns)) is not None
    }


__all__ = ["AGREED_ABOVE", "Above", "agreed_above"]
