"""Berita acara over several sittings: of the own national round, and of a provincial round in which nobody of the crowd sits."""

from __future__ import annotations

from tests.matrix.asks.base import Ask, fresh_key, how
from tests.matrix.prepared import Prepared
from tests.matrix.rows import Row


@how("agreements:draft_scope", "agreements:draft_induk")
def of_round(made: Prepared, row: Row) -> Ask:
    round_ = made.more["provincial"] if row.where == "provincial" else made.world.round
    return Ask((round_.code,), data={"kunci": fresh_key()})
