"""One text for one content: what is hashed, chained and sealed. A change here needs a new CANON_VERSION."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import json
import unicodedata
from collections.abc import Mapping
from decimal import Decimal
from enum import Enum
from typing import Any, Final

from core.numbers import plain

CANON_VERSION: Final = 1


def canonical(obj: Any) -> str:
    """Canonical JSON: keys sorted, no spaces, NFC text, decimals as plain strings, times in UTC with µs.

    Floats, naive times and anything without one obvious text are refused with TypeError.
    """
    return json.dumps(_prepare(obj), ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def _prepare(obj: Any) -> Any:
    if isinstance(obj, Enum):
        return _prepare(obj.value)
    if obj is None or isinstance(obj, bool | int):
        return obj
    if isinstance(obj, str):
        return unicodedata.normalize("NFC", obj)
    if isinstance(obj, Decimal):
        return plain(obj)
    if isinstance(obj, Mapping):
        return _prepare_mapping(obj)
    if isinstance(obj, list | tuple):
        return [_prepare(part) for part in obj]
    if isinstance(obj, dt.datetime):
        return _utc_text(obj)
    if isinstance(obj, dt.date):
        return obj.isoformat()
    raise TypeError(f"canonical: {type(obj).__name__} has no canonical form")


def _prepare_mapping(obj: Mapping[Any, Any]) -> dict[str, Any]:
    prepared: dict[str, Any] = {}
    for key, value in obj.items():
        name = _prepare(key)
        if not isinstance(name, str):
            raise TypeError("canonical: keys must be text")
        if name in prepared:
            raise TypeError(f"canonical: key {name!r} stands twice")
        prepared[name] = _prepare(value)
    return prepared


def _utc_text(moment: dt.datetime) -> str:
    if moment.tzinfo is None:
        raise TypeError("canonical: a time without zone")
    return moment.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def sha256_hex(text: str) -> str:
    """SHA-256 of the UTF-8 text, in 64 hexadecimal digits."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def hmac_hex(text: str, key: str | bytes) -> str:
    """The seal: HMAC-SHA-256 of the UTF-8 text under `key`, in hexadecimal digits."""
    secret = key.encode("utf-8") if isinstance(key, str) else key
    return hmac.new(secret, text.encode("utf-8"), hashlib.sha256).hexdigest()


def event_hash(
    *,
    chain: str,
    seq: int,
    item: str,
    at_us: int,
    actor: str,
    on_behalf: str,
    action: str,
    payload: str,
    previous: str,
) -> str:
    """The hash of one event of a chain.

    `chain`, `item`, `actor`, `on_behalf` are public codes (`item` may be ''), `at_us` microseconds since 1970 in UTC,
    `payload` canonical JSON, `previous` the hash of the event before ('' for the first).
    """
    return sha256_hex(
        canonical(
            {
                "chain": chain,
                "seq": seq,
                "item": item,
                "at_us": at_us,
                "actor": actor,
                "on_behalf": on_behalf,
                "action": action,
                "payload": payload,
                "previous": previous,
            }
        )
    )
