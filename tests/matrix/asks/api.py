"""The API of rows."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

from tests.matrix.asks.base import Ask, fresh_key, how, option
from tests.matrix.asks.isian import warned_item
from tests.matrix.prepared import Prepared
from tests.matrix.rows import Row


@how("api:item_list")
def item_list(made: Prepared, row: Row) -> Ask:
    return Ask(query=option(row, "query").replace("~", "="))


@how("api:item_detail")
def item_detail(made: Prepared, row: Row) -> Ask:
    item = made.item(row.where, row.state)
    given = {"now": f'"{item.version}"', "stale": f'"{item.version - 1}"', "bad": "abc"}.get(
        option(row, "match", "now")
    )
    headers = {"If-Match": given} if given else {}
    body: Any = {"value": option(row, "value", "21,5")}
    if option(row, "body") == "bad":
        body = {"applicability": "mungkin"}
    return Ask((item.code,), json=None if row.method == "GET" else body, headers={} if row.method == "GET" else headers)


def _key(row: Row) -> dict[str, str]:
    return {} if option(row, "key") == "missing" else {"Idempotency-Key": fresh_key()}


@how("api:item_save")
def item_save(made: Prepared, row: Row) -> Ask:
    item = made.item(row.where, row.state)
    seen = item.version - (option(row, "version") == "stale")
    body: Any = {"rows": [{"code": item.code, "version": seen, "changes": {"value": option(row, "value", "21,5")}}]}
    return Ask(json={"rows": "x"} if option(row, "body") == "bad" else body, headers=_key(row))


@how("api:item_move")
def item_move(made: Prepared, row: Row) -> Ask:
    item = made.item(row.where, row.state)
    seen = item.version - (option(row, "version") == "stale")
    due = (timezone.now() + dt.timedelta(days=2)).isoformat()
    given = {"note": "uji", "due": due, "owner": "bappeda:32"}
    body = {"action": option(row, "action"), "rows": [{"code": item.code, "version": seen}], "given": given}
    return Ask(json=body, headers=_key(row))


@how("api:session_list")
def session_list(made: Prepared, row: Row) -> Ask:
    return Ask()


@how("api:session_detail")
def session_detail(made: Prepared, row: Row) -> Ask:
    return Ask((made.session(row.where, row.state).code,))


def _sitting(made: Prepared, row: Row, body: dict[str, Any]) -> Ask:
    return Ask((made.session(row.where).code,), json=body, headers=_key(row))


def _seen(made: Prepared, row: Row) -> dict[str, Any]:
    item = made.item(row.where, row.state)
    said = option(row, "version", "now")
    return {"item": item.code} | ({} if said == "missing" else {"version": item.version - (said == "stale")})


@how("api:session_figure")
def session_figure(made: Prepared, row: Row) -> Ask:
    return _sitting(
        made, row, {**_seen(made, row), "value": "16,5", "reason": "uji", "on_behalf": option(row, "behalf")}
    )


@how("api:session_stances")
def session_stances(made: Prepared, row: Row) -> Ask:
    item = made.item(row.where, row.state)
    seen = int(option(row, "seen", "1"))
    body = {
        "rows": [{"item": item.code, "position": seen}],
        "kind": option(row, "kind", "setuju"),
        "spoken_for": option(row, "party"),
    }
    return _sitting(made, row, body)


@how("api:session_verdict")
def session_verdict(made: Prepared, row: Row) -> Ask:
    body = {**_seen(made, row), "action": option(row, "verdict", "agree"), "conclusion": "kesimpulan"}
    return _sitting(made, row, {**body, "reason": "anggaran" if option(row, "verdict") in ("decline", "leave") else ""})


@how("api:item_details")
def item_details(made: Prepared, row: Row) -> Ask:
    return Ask((made.item(row.where, row.state).code,))


@how("api:item_note")
def item_note(made: Prepared, row: Row) -> Ask:
    seen = 9 if option(row, "version") == "stale" else 0
    body = {
        "text": "catatan uji",
        "version": seen,
        "internal": option(row, "kind") == "internal",
        "for_institution": option(row, "for"),
    }
    return Ask((made.item(row.where, row.state).code,), json=body, headers=_key(row))


@how("api:item_warning")
def item_warning(made: Prepared, row: Row) -> Ask:
    why = "" if option(row, "reason") == "missing" else "angka dari hasil pendataan"
    body = {"kind": "magnitude", "value": option(row, "value", "1.450,00"), "reason": why}
    return Ask((warned_item(made, row).code,), json=body, headers=_key(row))


@how("api:item_supports")
def item_supports(made: Prepared, row: Row) -> Ask:
    item = made.item(row.where, row.state)
    world = made.world
    used = item.supports.values_list("nomenclature__kode", flat=True)
    kode = next(each.kode for each in world.sub_kegiatan if each.kode not in used)
    body = {
        "version": item.version - (option(row, "version") == "stale"), "kode": option(row, "kode", kode), "opd": world.dinas_jabar.code,
    }  # fmt: skip
    return Ask((item.code,), json=body, headers=_key(row))


@how("api:support_save")
def support_save(made: Prepared, row: Row) -> Ask:
    item = made.item(row.where, row.state)
    world = made.world
    used = item.supports.values_list("nomenclature__kode", flat=True)
    kode = next(each.kode for each in world.sub_kegiatan if each.kode not in used)
    wanted = {
        "item": item.code, "version": item.version - (option(row, "version") == "stale"),
        "nomenclature": option(row, "kode", kode), "opd": world.dinas_jabar.code, "changes": {"volume": "3"},
    }  # fmt: skip
    return Ask(json={"rows": "x"} if option(row, "body") == "bad" else {"rows": [wanted]}, headers=_key(row))


@how("api:changes")
def changes(made: Prepared, row: Row) -> Ask:
    return Ask(query=option(row, "query").replace("~", "="))
