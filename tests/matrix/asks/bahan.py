"""The papers one takes to a desk, and one's own lists."""

from __future__ import annotations

from tests.matrix.asks.base import Ask, how, option
from tests.matrix.prepared import Prepared
from tests.matrix.rows import Row


@how("desks:bahan")
def bahan(made: Prepared, row: Row) -> Ask:
    return Ask((_round(made, row),), query=option(row, "query").replace("~", "=").replace(";", "&"))


@how("desks:bahan_download")
def bahan_download(made: Prepared, row: Row) -> Ask:
    given = dict(pair.split("~") for pair in option(row, "query").split(";") if pair)
    return Ask((_round(made, row),), data=given)


def _round(made: Prepared, row: Row) -> str:
    return made.more["other_round"].code if row.where == "other_round" else made.world.round.code


@how("accounts:filter_save")
def filter_save(made: Prepared, row: Row) -> Ask:
    query = "" if option(row, "query") == "missing" else "tahun=2027"
    return Ask((option(row, "list") or "dokumen",), data={"name": "Tahun ini", "query": query, "next": "/dokumen/"})


@how("accounts:filter_change")
def filter_change(made: Prepared, row: Row) -> Ask:
    return Ask(("dokumen", "ABCDEFGHJK"), data={"act": "remove", "next": "/dokumen/"})


@how("accounts:columns_choose")
def columns_choose(made: Prepared, row: Row) -> Ask:
    chosen = [] if option(row, "kolom") == "missing" else ["kind"]
    return Ask((option(row, "list") or "dokumen",), data={"kolom": chosen, "next": "/dokumen/"})
