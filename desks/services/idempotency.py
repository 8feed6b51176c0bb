"""One client write, one effect: the answer is stored under the client's key in the same transaction as the write."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, is_dataclass
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.db import IntegrityError, transaction
from django.db.models import Model

from accounts.models import User
from core.canonical import canonical, sha256_hex
from core.errors import InvalidInput, KeyReused
from desks.models import ClientWrite

P = ParamSpec("P")
R = TypeVar("R")

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


def keyed(pack: Callable[[R], Any], unpack: Callable[[Any], R]) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Makes a service that takes `actor` first and a `key` do its work once per person and key.

    The answer is kept as `pack` gives it, in the transaction of the work; a repeated call gets it back through `unpack` and writes nothing.
    An empty key means no protection. The meaning of the request is its other arguments; another one under the key raises KeyReused.
    """

    def wrap(service: Callable[P, R]) -> Callable[P, R]:
        @wraps(service)
        def once(*args: P.args, **kwargs: P.kwargs) -> R:
            key = str(kwargs.get("key") or "")
            if not key:
                return service(*args, **kwargs)
            actor: Any = args[0]
            given = {name: _plain(content) for name, content in kwargs.items() if name != "key"}
            request_hash = fingerprint([service.__name__, [_plain(content) for content in args[1:]], given])
            try:
                return unpack(earlier_answer(actor.user, key, request_hash)["answer"])
            except ClientWrite.DoesNotExist:
                pass  # asked first: repeated after its success, the work itself would be refused
            try:
                with transaction.atomic():
                    result = service(*args, **kwargs)
                    remember(actor.user, key, request_hash, {"answer": pack(result)})
                return result
            except KeyTaken:
                return unpack(earlier_answer(actor.user, key, request_hash)["answer"])

        return once

    return wrap


def _plain(content: Any) -> Any:
    if isinstance(content, Model):
        return str(getattr(content, "code", "") or f"{content._meta.label}:{content.pk}")
    if is_dataclass(content) and not isinstance(content, type):
        return _plain(asdict(content))
    if isinstance(content, list | tuple):
        return [_plain(part) for part in content]
    if isinstance(content, dict):
        return {str(name): _plain(part) for name, part in content.items()}
    return content
