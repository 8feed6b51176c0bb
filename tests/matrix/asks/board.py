"""The board of a desk and its targets."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from tests.matrix.asks.base import Ask, fresh_key, how, option, version
from tests.matrix.prepared import Prepared
from tests.matrix.rows import Row


def desk_args(made: Prepared, row: Row) -> tuple[str, str]:
    """Round and desk of the address."""
    if row.where == "other_round":
        return made.more["other_round"].code, "1.03"
    return made.world.round.code, "1.02" if row.where == "other_desk" else "1.03"


def _item_args(made: Prepared, row: Row) -> tuple[str, ...]:
    return (*desk_args(made, row), made.item(row.where, row.state).code)


@how("desks:board", "desks:board_download")
def board(made: Prepared, row: Row) -> Ask:
    return Ask(desk_args(made, row), query=option(row, "query").replace("~", "="))


@how("desks:board_seen")
def board_seen(made: Prepared, row: Row) -> Ask:
    return Ask(desk_args(made, row), data={})


@how("desks:board_repair")
def board_repair(made: Prepared, row: Row) -> Ask:
    item = made.item(option(row, "pick_at") or row.where, row.state)
    day = timezone.localdate() + dt.timedelta(days=2)
    data = {
        "pilih": f"{item.code}:{version(row, item.version)}",
        "date": day.isoformat(),
        "time": "16:00",
        "owner": "bappeda",
        "kunci": fresh_key(),
    }
    note = "" if option(row, "note") == "missing" else "lengkapi"
    return Ask(
        desk_args(made, row), data={**data, "note": note, "minta": None if option(row, "step") == "form" else "1"}
    )


@how("desks:agenda_lines")
def agenda_lines(made: Prepared, row: Row) -> Ask:
    return Ask(desk_args(made, row))


@how("desks:lines_attach")
def lines_attach(made: Prepared, row: Row) -> Ask:
    return Ask(desk_args(made, row), data={"baris": ["1"]})


@how("desks:line_act")
def line_act(made: Prepared, row: Row) -> Ask:
    return Ask((*desk_args(made, row), "0000000000"), data={"hasil": "fits", "kunci": fresh_key()})


@how("desks:board_item")
def board_item(made: Prepared, row: Row) -> Ask:
    return Ask(_item_args(made, row))


@how("desks:board_offer")
def board_offer(made: Prepared, row: Row) -> Ask:
    seen = version(row, made.item(row.where, row.state).version)
    return Ask(_item_args(made, row), data={"value": option(row, "value", "16,5"), "reason": "uji", "versi": seen})


@how("desks:board_note")
def board_note(made: Prepared, row: Row) -> Ask:
    seen = option(row, "version", "0")
    return Ask(_item_args(made, row), data={"text": "uji", "versi": seen})


def _cells(made: Prepared, row: Row) -> dict[str, Any]:
    row_of = made.more["other_desk", "submitted"] if row.where == "other_desk" else made.world.indicators[0]
    code, region = row_of.code, option(row, "region", "00")
    seen = option(row, "version", "1" if region == "00" else "0")
    key = f"{code}|{region}"
    return {f"t:{key}": option(row, "value", "19,5"), f"o:{key}": "", f"v:{key}": seen, "kunci": fresh_key()}


@how("desks:targets")
def targets(made: Prepared, row: Row) -> Ask:
    return Ask(desk_args(made, row), data=_cells(made, row))


@how("desks:targets_indicator")
def targets_indicator(made: Prepared, row: Row) -> Ask:
    code = option(row, "indicator") or made.world.indicators[0].code
    return Ask((*desk_args(made, row), code), data=_cells(made, row))


@how("desks:targets_download")
def targets_download(made: Prepared, row: Row) -> Ask:
    return Ask(desk_args(made, row))


@how("desks:targets_upload")
def targets_upload(made: Prepared, row: Row) -> Ask:
    content = made.more["target_workbook"] if option(row, "body") != "bad" else b"bukan buku kerja"
    return Ask(desk_args(made, row), data={"berkas": SimpleUploadedFile("target.xlsx", content)})


@how("desks:targets_preview", "desks:targets_accept")
def targets_accept(made: Prepared, row: Row) -> Ask:
    return Ask((*desk_args(made, row), made.jobs["upload"].code), data={"kunci": fresh_key()})
