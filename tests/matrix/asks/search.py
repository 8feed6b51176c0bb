"""The search, on the page and in the API."""

from __future__ import annotations

from tests.matrix.asks.base import Ask, how, option
from tests.matrix.prepared import Prepared
from tests.matrix.rows import Row


@how("desks:search", "api:search")
def search(made: Prepared, row: Row) -> Ask:
    typed = made.item(row.where, option(row, "of")).code if option(row, "of") else option(row, "q", "jalan")
    return Ask(query=f"q={typed}" + (f"&kelompok={option(row, 'kelompok')}" if option(row, "kelompok") else ""))
