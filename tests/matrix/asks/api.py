"""The API of rows."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

from tests.matrix.asks.base import Ask, fresh_key, how, option
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
