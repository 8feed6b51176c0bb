"""Rules by which the example's indicators become a national figure. Nobody publishes them: simulasi, as the page of the gap says."""

from __future__ import annotations

from agreements.demo.numbers import LEVELS
from agreements.demo.world import World
from indicators.choices import Aggregation
from indicators.imports.population import CODE
from indicators.models import Indicator

UNRULED = ("C6-1.03-07", "C6-2.12-01")
"""Left without a rule, so that the page shows what it says then."""


def set_rules(world: World) -> None:
    """Counts are summed, shares weighed by population, indices averaged. What a secretariat has set stays."""
    people = Indicator.objects.get(code=CODE)
    ruled = []
    for indicators in world.indicators.values():
        for each in indicators:
            if each.aggregation != Aggregation.NONE or each.code in UNRULED:
                continue
            if LEVELS[each.code].by_people:
                each.aggregation = Aggregation.SUM
            elif each.unit == "%":
                each.aggregation, each.weigher = Aggregation.WEIGHTED, people
            else:
                each.aggregation = Aggregation.MEAN
            ruled.append(each)
    Indicator.objects.bulk_update(ruled, ["aggregation", "weigher"])
