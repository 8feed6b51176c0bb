"""The strand makro: strategies and actions on the page of a row, in the room and through the API."""

from __future__ import annotations

from typing import Any

from tests.matrix.asks.base import Ask, fresh_key, how, option, version
from tests.matrix.prepared import Prepared
from tests.matrix.prepared_macro import PreparedMacro
from tests.matrix.rows import Row

OWNERS = {"kl": "pu", "chair": "pu", "bappeda": "bappeda_jabar", "opd": "dinas_jabar"}


def _at(made: Prepared) -> PreparedMacro:
    prepared: PreparedMacro = made.more["macro"]
    return prepared


def _side(row: Row) -> str:
    return option(row, "sisi", "daerah")


def _owner(made: Prepared, row: Row) -> Any:
    default = "bappeda_jabar" if _side(row) == "daerah" else "bappenas_inst"
    own = OWNERS.get(row.who, default) if _side(row) == "pusat" else default
    return getattr(made.world, own if own in ("pu", "bappenas_inst", "bappeda_jabar") else default)


def _form(made: Prepared, row: Row) -> dict[str, Any]:
    seen = version(row, _at(made).item(row.state).version)
    text = "" if option(row, "text") == "missing" else "aksi uji"
    owner = _owner(made, row).short_name
    return {"sisi": _side(row), "text": text, "owner": owner, "versi": seen, "kunci": fresh_key()}


def _action(made: Prepared, row: Row) -> str:
    return _at(made).actions[option(row, "of", row.state), _side(row)].code


@how("desks:action_add")
def action_add(made: Prepared, row: Row) -> Ask:
    return Ask((_at(made).item(row.state).code,), data=_form(made, row), query=f"sisi={_side(row)}")


@how("desks:action_change", "desks:action_remove")
def action_change(made: Prepared, row: Row) -> Ask:
    return Ask((_at(made).item(row.state).code, _action(made, row)), data=_form(made, row))


@how("desks:row_action", "desks:row_action_remove")
def row_action(made: Prepared, row: Row) -> Ask:
    item, typed = _at(made).item(row.state), _form(made, row)
    data = {
        "sisi": typed["sisi"],
        "strategi": typed["text"],
        "penanggung_jawab": typed["owner"],
        "versi": typed["versi"],
    }
    if option(row, "of") or row.route == "desks:row_action_remove":
        data["aksi"] = _action(made, row)
    return Ask((_at(made).session.code, item.code), data={**data, "kunci": fresh_key()})


@how("api:action_list", "api:action_detail")
def api_actions(made: Prepared, row: Row) -> Ask:
    item = _at(made).item(row.state)
    args = (item.code,) if row.route == "api:action_list" else (item.code, _action(made, row))
    if row.method == "GET":
        return Ask(args)
    said = option(row, "version", "now")
    seen = {} if said == "missing" else {"version": item.version - (said == "stale")}
    side = "tengah" if option(row, "body") == "bad" else _side(row)
    body = {"side": side, "text": "aksi uji", "owner": _owner(made, row).code, **seen}
    if option(row, "sitting"):
        body["session"] = _at(made).session.code
    headers = {} if option(row, "key") == "missing" else {"Idempotency-Key": fresh_key()}
    return Ask(args, json=body, headers=headers)


@how("desks:board_actions")
def board_actions(made: Prepared, row: Row) -> Ask:
    item = _at(made).item(row.state)
    data: dict[str, Any] = {"pilih": f"{item.code}:{version(row, item.version)}", "kunci": fresh_key()}
    if option(row, "act") == "add":
        own = "pu" if OWNERS.get(row.who) == "pu" else "bappenas_inst"
        text = "" if option(row, "text") == "missing" else "aksi uji"
        data |= {"text": text, "owner": getattr(made.world, own).short_name}
    return Ask((made.world.round.code, _at(made).macro.desk.code), data=data)


@how("desks:macro_ahead")
def macro_ahead(made: Prepared, row: Row) -> Ask:
    item = _at(made).item(row.state)
    own = "pu" if OWNERS.get(row.who) == "pu" else "bappenas_inst"
    text = "" if option(row, "text") == "missing" else "aksi uji"
    data = {"indikator": item.indicator.code, "daerah": item.region.kode, "text": text, "kunci": fresh_key()}
    data["owner"] = getattr(made.world, own).short_name
    args = (made.world.round.code, _at(made).macro.desk.code)
    return Ask(args, data=data) if row.method == "POST" else Ask(args, query=f"indikator={item.indicator.code}")


@how("desks:macro_ahead_remove")
def macro_ahead_remove(made: Prepared, row: Row) -> Ask:
    item = _at(made).item(row.state)
    args = (made.world.round.code, _at(made).macro.desk.code, "TIDAKADA00")
    return Ask(args, data={"indikator": item.indicator.code, "kunci": fresh_key()})
