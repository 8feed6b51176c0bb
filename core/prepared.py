"""A read that every request makes, compiled once: building and compiling its SQL costs several times what running it does.

The ORM still writes the SQL, converts the columns and makes the instances; only the parameters change. docs/decisions/0008.
"""

from __future__ import annotations

import copy
import datetime as dt
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any, Final

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import QuerySet
from django.db.models.sql.compiler import SQLCompiler

MOMENT: Final = dt.datetime(2999, 1, 1, tzinfo=dt.UTC)
KINDS: Final[dict[type, Callable[[int], Any]]] = {
    int: lambda place: (
        31_000 + place
    ),  # fits a small integer: for a number beyond the column's range Django leaves the condition out
    str: lambda place: f"\u2402{place}\u2403",
    dt.datetime: lambda place: MOMENT + dt.timedelta(microseconds=place),
}
"""Stand-ins for parameters while the SQL is compiled: values that no query would name by itself."""
MOST: Final = 256
"""Shapes kept compiled; beyond it all are forgotten, as compiling one anew costs a few milliseconds."""


Places = tuple[tuple[int, str], ...]
"""Where in the parameters of the SQL which named one stands."""


@dataclass(frozen=True)
class _Compiled:
    """The SQL with the places of the parameters, and the ORM's own knowledge of the columns."""

    compiler: SQLCompiler
    iterable: Any
    known: dict[Any, Any]
    fields: Any
    sql: str
    params: tuple[Any, ...]
    places: Places


class Prepared:
    """A query given as a function of named parameters; `types` names each with its type: int, str or datetime.

    Further arguments of the call (`shape`) change the SQL itself, such as a list of several values; each shape is compiled by itself.
    """

    def __init__(self, build: Callable[..., QuerySet[Any, Any]], **types: type) -> None:
        self.build = build
        self.types = types
        self._compiled: dict[Hashable, _Compiled] = {}

    def __call__(self, *shape: Hashable, **values: Any) -> list[Any]:
        """Run with these values: what `list(build(*shape, **values))` gives."""
        connection = connections[DEFAULT_DB_ALIAS]
        key = (connection.vendor, *shape)
        try:
            ready = self._compiled.get(key) or self._compile(key, *shape)
        except EmptyResultSet:
            return []
        params = list(ready.params)
        adapted = {name: _adapted(connection, values[name]) for name in self.types}
        for place, name in ready.places:
            params[place] = adapted[name]
        return list(ready.iterable(_Run(ready, connection, tuple(params))))

    def _compile(self, key: Hashable, *shape: Hashable) -> _Compiled:
        queryset, compiler, sql, params, places = self._marked(0, *shape)
        # A stand-in that is also a constant of the query would be found twice: another set of them tells.
        _, _, sql_again, _, places_again = self._marked(len(self.types), *shape)
        if (sql, places) != (sql_again, places_again):
            raise TypeError("the SQL depends on the parameters; pass what changes it as shape")
        missing = set(self.types) - {name for _, name in places}
        if missing:
            raise TypeError(f"parameters not found in the compiled query: {', '.join(sorted(missing))}")
        if len(self._compiled) >= MOST:
            self._compiled.clear()
        self._compiled[key] = ready = _Compiled(
            compiler, queryset._iterable_class, queryset._known_related_objects, queryset._fields, sql, params, places
        )  # fmt: skip
        return ready

    def _marked(self, first: int, *shape: Hashable) -> tuple[Any, SQLCompiler, str, tuple[Any, ...], Places]:
        connection = connections[DEFAULT_DB_ALIAS]
        marks = {name: KINDS[kind](place) for place, (name, kind) in enumerate(self.types.items(), start=first)}
        queryset = self.build(*shape, **marks)
        compiler = queryset.query.get_compiler(using=DEFAULT_DB_ALIAS)
        sql, params = compiler.as_sql()
        by_mark = {_adapted(connection, mark): name for name, mark in marks.items()}
        places = tuple((place, by_mark[param]) for place, param in enumerate(params) if param in by_mark)
        return queryset, compiler, sql, tuple(params), places


class _Run:
    """What Django's own iterables ask of a queryset, with the compiler bound to this thread's connection and these parameters."""

    def __init__(self, ready: _Compiled, connection: Any, params: tuple[Any, ...]) -> None:
        self.db = DEFAULT_DB_ALIAS
        self.model = ready.compiler.query.model
        self.query = self
        self._known_related_objects = ready.known
        self._fields = ready.fields
        self._bound = copy.copy(ready.compiler)
        self._bound.connection = connection
        self._bound.as_sql = lambda *_, **__: (ready.sql, params)  # type: ignore[method-assign]

    def get_compiler(self, using: str) -> SQLCompiler:
        """The compiled query."""
        return self._bound

    def __getattr__(self, name: str) -> Any:
        return getattr(self._bound.query, name)


def _adapted(connection: Any, value: Any) -> Any:
    return connection.ops.adapt_datetimefield_value(value) if isinstance(value, dt.datetime) else value
