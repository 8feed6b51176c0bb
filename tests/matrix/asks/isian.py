"""Home and Isian: the table of a desk, one row, its sub kegiatan, submitting."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

from core.fields import value_columns
from core.values import Value
from desks.models import Item, Support
from tests.matrix.asks.base import Ask, fresh_key, how, option, version
from tests.matrix.prepared import Prepared
from tests.matrix.rows import Row

how("desks:notices_read")(lambda made, row: Ask(data={}))


def _round(made: Prepared, row: Row) -> str:
    return made.more["other_round"].code if row.where == "other_round" else made.world.round.code


@how("desks:isian_index", "desks:submit_region")
def of_region(made: Prepared, row: Row) -> Ask:
    data = _picked(made, row) if row.state else {}
    return Ask(data=data, query=f"ronde={_round(made, row)}" if row.where else "")


@how("desks:inner_deadline")
def inner_deadline(made: Prepared, row: Row) -> Ask:
    at = timezone.localtime() + dt.timedelta(days=2 if option(row, "at") != "late" else 90)
    return Ask((_round(made, row),), data={"closes_at": at.strftime("%Y-%m-%dT%H:%M")})


def _meja(made: Prepared, row: Row) -> str:
    place = row.where if row.where in made.mejas else "own"
    return made.mejas[place].code


@how("desks:isian")
def isian(made: Prepared, row: Row) -> Ask:
    if row.method == "GET":
        return Ask((_meja(made, row),), query=f"saring={option(row, 'saring')}" if option(row, "saring") else "")
    item = made.item(option(row, "pick_at") or row.where, row.state)
    seen = version(row, item.version)
    data = {f"v.{item.code}": option(row, "value", "21,5"), f"d.{item.code}": f"{seen}|", "kunci": fresh_key()}
    return Ask((_meja(made, row),), data=data)


def _picked(made: Prepared, row: Row) -> dict[str, Any]:
    item = made.item(option(row, "pick_at") or row.where, row.state)
    return {"butir": f"{item.state}:{item.code}:{version(row, item.version)}", "kunci": fresh_key()}


@how("desks:submit")
def submit(made: Prepared, row: Row) -> Ask:
    return Ask((_meja(made, row),), data=_picked(made, row) if row.method == "POST" else None)


@how("desks:isian_move")
def isian_move(made: Prepared, row: Row) -> Ask:
    item = made.item(option(row, "pick_at") or row.where, row.state)
    note = "" if option(row, "note") == "missing" else "uji"
    picked = f"{item.code}:{version(row, item.version)}"
    return Ask(
        (_meja(made, row),),
        data={"tindakan": option(row, "action"), "butir": picked, "catatan": note, "kunci": fresh_key()},
    )


@how("desks:item")
def item(made: Prepared, row: Row) -> Ask:
    one = made.item(row.where, row.state)
    data = {
        "value": option(row, "value", "21,5"),
        "proposal_note": "",
        "applicability": option(row, "applies", "applies"),
    }
    return Ask(
        (one.code,), data={**data, "applicability_reason": "", "versi": version(row, one.version), "kunci": fresh_key()}
    )


@how("desks:item_move")
def item_move(made: Prepared, row: Row) -> Ask:
    one = made.item(row.where, row.state)
    due = (timezone.localtime() + dt.timedelta(days=2)).strftime("%Y-%m-%dT%H:%M")
    data: dict[str, Any] = {"tindakan": option(row, "action"), "versi": version(row, one.version), "kunci": fresh_key()}
    if option(row, "note") != "missing":
        data |= {
            "note": "uji",
            "due": due,
            "owner": (made.world.bappeda_banten if row.where == "other_region" else made.world.bappeda_jabar).pk,
        }
    return Ask((one.code,), data=data)


@how("desks:confirm_target")
def confirm_target(made: Prepared, row: Row) -> Ask:
    seen = "" if option(row, "seen") == "missing" else "1"
    return Ask((made.item(row.where, row.state).code,), data={"terlihat": seen})


def warned_item(made: Prepared, row: Row) -> Item:
    """The row; where the act shall write, with a target that strikes: a hundred times what the region reached."""
    one = made.item(row.where, row.state)
    if row.effect != "writes":
        return one
    Item.objects.filter(pk=one.pk).update(**value_columns("value_proposed", Value.point(1450, unit="%")))
    return one


@how("desks:item_warning")
def item_warning(made: Prepared, row: Row) -> Ask:
    one = warned_item(made, row)
    why = "" if option(row, "reason") == "missing" else "angka dari hasil pendataan"
    data = {
        "tindakan": option(row, "act", "tetap"), "jenis": "magnitude", "nilai": option(row, "value", "1.450,00"), "alasan": why,
        "versi": version(row, one.version), "kunci": fresh_key(),
    }  # fmt: skip
    return Ask((one.code,), data=data)


@how("desks:nomenclature")
def nomenclature(made: Prepared, row: Row) -> Ask:
    return Ask((made.item(row.where, row.state).code,), query="cari=jalan")


def support_data(made: Prepared, row: Row, place: int) -> dict[str, Any]:
    """The typed form of a sub kegiatan."""
    world, one = made.world, made.item(row.where, row.state)
    volume = option(row, "volume", "25")
    return {
        "nomenclature": world.sub_kegiatan[place].pk, "opd": world.dinas_jabar.pk, "volume": volume, "volume_unit": "Km",
        "places": world.kabkota[0].pk, f"dana-{world.sources[0].pk}": "2.000.000", f"satuan-{world.sources[0].pk}": "rp",
        "versi": version(row, one.version), "kunci": fresh_key(),
    }  # fmt: skip


@how("desks:support_add")
def support_add(made: Prepared, row: Row) -> Ask:
    code = made.item(row.where, row.state).code
    return Ask((code,), data=support_data(made, row, 1), query="cari=jalan")


@how("desks:support_change", "desks:support_remove")
def support_change(made: Prepared, row: Row) -> Ask:
    one = made.item(row.where, row.state)
    support = Support.objects.filter(item=one).first() or made.more["support:supported"]
    return Ask((one.code, support.pk), data=support_data(made, row, 0))
