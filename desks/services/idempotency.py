"""One client write, one effect: the answer is stored under the client's key in the same transaction as the write."""

from __future__ import annotations

import json
from typing import Any

from django.db import IntegrityError

from accounts.models import User
from core.canonical import canonical, sha256_hex
from core.errors import InvalidInput, KeyReused
from desks.models import ClientWrite

MAX_KEY = 64


class KeyTaken(Exception):
    """Another process stored an answer under the same key while this one worked."""


def fingerprint(body: Any) -> str:
    """The hash of a request's meaning."""
    return sha256_hex(canonical(body))


def earlier_answer(user: User, key: str, request_hash: str) -> Any | None:
    """The stored answer to the same request under the same key, or None. Another body under the key raises KeyReused (422)."""
    if not key:
        return None
    if len(key) > MAX_KEY:
        raise InvalidInput(f"Kunci permintaan paling panjang {MAX_KEY} karakter.")
    found = ClientWrite.objects.filter(user=user, key=key).values_list("request_hash", "answer").first()
    if found is None:
        return None
    if found[0] != request_hash:
        raise KeyReused()
    return json.loads(found[1])


def remember(user: User, key: str, request_hash: str, answer: Any) -> None:
    """Store the answer; call inside the writing transaction, last. Raises KeyTaken, which rolls everything back, if the key was used meanwhile."""
    if not key:
        return
    try:
        ClientWrite.objects.create(user=user, key=key, request_hash=request_hash, answer=json.dumps(answer, ensure_ascii=False))
    except IntegrityError as error:
        raise KeyTaken from error
