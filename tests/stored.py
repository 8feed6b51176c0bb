"""Worlds that many tests begin with are made by the services once in a process; later tests get the same rows put back and a fresh copy of the objects."""

from __future__ import annotations

import functools
import pickle
from collections.abc import Callable
from dataclasses import dataclass
from typing import ParamSpec, TypeVar

from django.apps import apps
from django.db import connection

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True)
class Stored:
    """What one building wrote and returned, and how many rows stood there before."""

    counts: tuple[int, ...]
    statements: tuple[str, ...]
    made: bytes


_kept: dict[object, Stored | None] = {}


def stored(make: Callable[P, T]) -> Callable[P, T]:
    """Build once per set of arguments and database; put back where the tables are as they were before the building, else build anew."""

    @functools.wraps(make)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> T:
        key = (make, connection.settings_dict["NAME"], repr(args), repr(sorted(kwargs.items())))
        counts = _counts()
        kept = _kept.get(key)
        if kept is not None and kept.counts == counts:
            with connection.cursor() as cursor:
                for statement in kept.statements:
                    cursor.execute(statement)
            return pickle.loads(kept.made)  # noqa: S301
        if key in _kept:
            return make(*args, **kwargs)
        before = _contents()
        made = make(*args, **kwargs)
        _kept[key] = _difference(counts, before, _contents(), made)
        return made

    return wrapped


@functools.cache
def _tables() -> dict[str, str]:
    """The columns of each table of the portal."""
    quote = connection.ops.quote_name
    models = [model for model in apps.get_models(include_auto_created=True) if model._meta.managed]
    return {
        quote(model._meta.db_table): ", ".join(quote(str(field.column)) for field in model._meta.concrete_fields)
        for model in models
        if not model._meta.proxy and model._meta.concrete_fields
    }


def _counts() -> tuple[int, ...]:
    counted = ", ".join(f"(SELECT count(*) FROM {table})" for table in _tables())  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {counted}")
        return tuple(cursor.fetchone())


def _contents() -> dict[str, list[str]]:
    """Every row of every table as the literals of an INSERT."""
    with connection.cursor() as cursor:
        return {table: _literals(cursor, table, columns) for table, columns in _tables().items()}


def _literals(cursor, table: str, columns: str) -> list[str]:
    names = columns.split(", ")
    if connection.vendor == "sqlite":
        cursor.execute("SELECT " + " || ',' || ".join(f"quote({name})" for name in names) + f" FROM {table}")  # noqa: S608
        return [row[0] for row in cursor.fetchall()]
    cursor.execute(f"SELECT {columns} FROM {table}")  # noqa: S608
    marks = ", ".join(["%s"] * len(names))
    return [cursor.mogrify(marks, row).decode() for row in cursor.fetchall()]


def _difference(
    counts: tuple[int, ...], before: dict[str, list[str]], after: dict[str, list[str]], made: object
) -> Stored | None:
    """The INSERTs that lead from one to the other, None where the building changed or removed what stood there."""
    statements = []
    for table, columns in _tables().items():
        old = set(before[table])
        if not old <= set(after[table]):
            return None
        new = [row for row in after[table] if row not in old]
        if new:
            rows = ", ".join(f"({row})" for row in new)
            statements.append(f"INSERT INTO {table} ({columns}) VALUES {rows}")  # noqa: S608
    return Stored(counts, tuple(statements), pickle.dumps(made))
