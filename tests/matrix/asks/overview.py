"""The overview of a round."""

from __future__ import annotations

from tests.matrix.asks.base import Ask, fresh_key, how, option
from tests.matrix.prepared import Prepared
from tests.matrix.rows import Row


@how("desks:overview", "desks:completeness", "desks:overview_rows", "desks:national_gap", "desks:overview_remind")
def overview(made: Prepared, row: Row) -> Ask:
    round_ = made.more["other_round"] if row.where == "other_round" else made.world.round
    query = "format=xlsx" if option(row, "format") else option(row, "query").replace("~", "=")
    return Ask((round_.code,), data={"kunci": fresh_key()}, query=query)
