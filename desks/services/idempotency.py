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
    """An answer is stored under this key already."""


def fingerprint(body: Any) -> str:
    """The hash of a request's meaning."""
    return sha256_hex(canonical(body))


def earlier_answer(user: User, key: str, request_hash: str) -> Any:
    """The answer stored under a used key, if the request is the same; another body under the key raises KeyReused (422)."""
    stored_hash, answer = ClientWrite.objects.values_list("request_hash", "answer").get(user=user, key=key)
    if stored_hash != request_hash:
        raise KeyReused()
    return json.loads(answer)


def remember(user: User, key: str, request_hash: str, answer: Any) -> None:
    """Store the answer; call inside the writing transaction, last. Raises KeyTaken, which rolls everything back, if the key was used before."""
    if not key:
        return
    if len(key) > MAX_KEY:
        raise InvalidInput(f"Kunci permintaan paling panjang {MAX_KEY} karakter.")
    try:
        ClientWrite.objects.create(
            user=user, key=key, request_hash=request_hash, answer=json.dumps(answer, ensure_ascii=False)
        )
    except IntegrityError as error:
        raise KeyTaken from error
