"""The indicators of a desk as the filter of its board names them."""

from __future__ import annotations

from desks.models import Desk
from indicators.models import IndicatorVersion


def indicator_choices(desk: Desk) -> list[tuple[str, str]]:
    """Code and wording in the plan year, in the order of the agenda."""
    names = IndicatorVersion.objects.filter(year=desk.round.plan_year, indicator__desk_rows__desk=desk)
    ordered = names.order_by("indicator__desk_rows__order", "indicator__code", "no").values_list(
        "indicator__code", "name"
    )
    # A wording that has moved stands here once, as it reads now.
    return [(code, _short(name)) for code, name in dict(ordered).items()]


def _short(name: str) -> str:
    return name if len(name) <= 90 else f"{name[:88]}…"
