"""What stands in the database: all content of our tables as one digest, and whether a request touched any of it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.models import Model

OURS = ("core", "accounts", "planning", "indicators", "desks", "agreements")
# The answer stored under an idempotency key, and the minute a key was used, are no acts of the field.
UNCOUNTED = frozenset(["desks.clientwrite"])
UNCOUNTED_FIELDS = {"accounts.apitoken": frozenset(["last_used_at"]), "accounts.user": frozenset(["last_login"])}
WRITES = ("INSERT", "UPDATE", "DELETE")


@cache
def _queries() -> list[str]:
    models = [model for label in OURS for model in apps.get_app_config(label).get_models(include_auto_created=True)]
    return [_query(model) for model in models if model._meta.label_lower not in UNCOUNTED]


def _query(model: type[Model]) -> str:
    left_out = UNCOUNTED_FIELDS.get(model._meta.label_lower, frozenset())
    quote = connection.ops.quote_name
    columns = ", ".join(quote(str(field.column)) for field in model._meta.concrete_fields if field.name not in left_out)
    return f"SELECT {columns} FROM {quote(model._meta.db_table)} ORDER BY {quote(str(model._meta.pk.column))}"  # noqa: S608


def contents() -> str:
    """A digest of every row and column of our tables."""
    digest = hashlib.sha256()
    with connection.cursor() as cursor:
        for query in _queries():
            cursor.execute(query)
            digest.update(repr(cursor.fetchall()).encode())
    return digest.hexdigest()


class Statements:
    """Counts the statements that may have written."""

    def __init__(self) -> None:
        self.writes = 0

    def __call__(self, execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: dict[str, Any]) -> Any:
        if str(sql).lstrip().upper().startswith(WRITES):
            self.writes += 1
        return execute(sql, params, many, context)


@contextmanager
def watching() -> Iterator[Statements]:
    """The statements of the block; without a writing one the contents need no second look."""
    seen = Statements()
    with connection.execute_wrapper(seen):
        yield seen
