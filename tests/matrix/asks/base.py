"""A request as the rows describe it: route arguments, body, headers."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpResponseBase
from django.test.client import MULTIPART_CONTENT
from django.urls import reverse

from tests.matrix.prepared import Prepared
from tests.matrix.rows import Row


@dataclass
class Ask:
    """What is sent: `data` as a form, `json` as a program's body, `multipart` with a file, neither for a bare request."""

    args: tuple[Any, ...] = ()
    data: dict[str, Any] | None = None
    json: Any = None
    query: str = ""
    multipart: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)


How = Callable[[Prepared, Row], Ask]
HOW: dict[str, How] = {}


def how(*routes: str) -> Callable[[How], How]:
    """Register how these routes are asked."""

    def register(work: How) -> How:
        for route in routes:
            assert route not in HOW, route
            HOW[route] = work
        return work

    return register


def plain(*args: Any) -> How:
    """A route with fixed arguments, asked without a body."""
    return lambda made, row: Ask(args)


def send(made: Prepared, row: Row) -> HttpResponseBase:
    """Make the row's request as the row's person."""
    ask = HOW[row.route](made, row) if row.route in HOW else Ask()
    words = row.variant.split()
    headers = dict(ask.headers)
    if "json" in words:
        headers["Accept"] = "application/json"
    if "htmx" in words:
        headers["HX-Request"] = "true"
    path = reverse(row.route, args=ask.args) + (f"?{ask.query}" if ask.query else "")
    client = made.client(row.who)
    for name, content in headers.items():
        client.defaults[f"HTTP_{name.upper().replace('-', '_')}"] = content
    call = getattr(client, row.method.lower())
    if ask.multipart:
        return call(path, ask.multipart, content_type=MULTIPART_CONTENT)
    if ask.json is not None:
        return call(path, ask.json, content_type="application/json")
    if ask.data is not None and row.method != "GET":
        return call(path, {name: content for name, content in ask.data.items() if content is not None})
    return call(path)


def option(row: Row, name: str, default: str = "") -> str:
    """The word `name=…` of the row's variant."""
    found = [word.partition("=")[2] for word in row.variant.split() if word.startswith(f"{name}=")]
    return found[0] if found else default


def version(row: Row, now: int) -> str:
    """The version a request claims to have seen: the present one, an old one, or none at all."""
    said = option(row, "version", "now")
    return {"now": str(now), "stale": str(max(now - 1, 0)), "missing": "", "bad": "satu"}[said]


def fresh_key() -> str:
    """An idempotency key nobody used."""
    return uuid.uuid4().hex
