"""Uji keselarasan and pagu: the lists, their acts, the parts beside other pages."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile

from desks.selectors.alignment import alignment_of
from tests.matrix.asks.base import Ask, fresh_key, how, option
from tests.matrix.prepared import Prepared
from tests.matrix.rows import Row


def _meja(made: Prepared, row: Row) -> str:
    return made.mejas[row.where if row.where in made.mejas else "own"].code


def _act(made: Prepared, row: Row) -> dict[str, str]:
    """A finding of the own meja, with a reason."""
    found = alignment_of(made.world.bappeda, made.world.round, [made.mejas["own"]])
    pick = next(each for each in found if each.item is not None and each.item.locked_at is None)
    text = f"{pick.meja.code}:{pick.key}:{'0' * 64}" if option(row, "cells") == "stale" else pick.pick
    reason = "" if option(row, "reason") == "missing" else "sudah dibahas"
    return {"temuan": text, "alasan": reason, "kunci": fresh_key()}


@how("desks:alignment")
def alignment(made: Prepared, row: Row) -> Ask:
    if row.method == "GET":
        return Ask((_meja(made, row),), query="format=xlsx" if option(row, "format") else "")
    return Ask((_meja(made, row),), data=_act(made, row))


@how("desks:alignment_region")
def alignment_region(made: Prepared, row: Row) -> Ask:
    code = made.more["other_round"].code if row.where == "other_round" else made.world.round.code
    return Ask(data=_act(made, row) if row.method == "POST" else None, query=f"ronde={code}")


@how("desks:beside_region")
def beside_region(made: Prepared, row: Row) -> Ask:
    code = made.more["other_round"].code if row.where == "other_round" else made.world.round.code
    return Ask(query=f"ronde={code}")


how("desks:beside")(lambda made, row: Ask((_meja(made, row),)))
how("desks:alignment_desk")(lambda made, row: Ask((made.world.round.code, made.world.desk.code)))
how("desks:alignment_item")(lambda made, row: Ask((made.item(row.where, row.state).code,)))
how("desks:alignment_document")(lambda made, row: Ask((made.more[option(row, "which", "draft_plan")].pk,)))
how("api:alignment")(
    lambda made, row: Ask(query="" if option(row, "meja") == "missing" else f"meja={_meja(made, row)}")
)


@how("planning:pagu_list")
def pagu_list(made: Prepared, row: Row) -> Ask:
    key = f"{made.world.dinas_jabar.pk}.{made.world.bidang.pk}"
    amount = option(row, "amount", "1.000.000")
    data = {
        "tahun": "2027", "satuan": "rp", f"p.{key}": amount, f"s.{key}": "sementara", f"o.{key}": "", f"t.{key}": "", f"d.{key}": "0||sementara||",
    }  # fmt: skip
    return Ask(data=data if row.method == "POST" else None, query="" if row.method == "POST" else "tahun=2027")


@how("planning:pagu_upload")
def pagu_upload(made: Prepared, row: Row) -> Ask:
    office = "X" if option(row, "body") == "bad" else made.world.dinas_jabar.kode
    content = f"kode perangkat daerah,kode bidang,pagu 2027 (rp juta)\n{office},1.03,25\n".encode()
    return Ask(data={"tahun": "2027", "satuan": "juta", "file": SimpleUploadedFile("pagu.csv", content)})  # type: ignore[dict-item]
