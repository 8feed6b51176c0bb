"""Insert-only tables: rows may be added, never changed or removed, by triggers on SQLite and PostgreSQL alike."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

PREFIX = "insert_only_"
FUNCTION = "rakortek_insert_only"
KINDS = {"sqlite": ("delete", "update"), "postgresql": ("delete", "truncate", "update")}
MESSAGE = "insert-only"

_PG_FUNCTION = f"""
CREATE OR REPLACE FUNCTION {FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
  RAISE EXCEPTION '{MESSAGE}: %', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $body$
"""


def _trigger_name(table: str, kind: str) -> str:
    return f"{PREFIX}{kind}_{table}"


def _create_sql(vendor: str, table: str, kind: str) -> str:
    name = _trigger_name(table, kind)
    if vendor == "sqlite":
        return (
            f'CREATE TRIGGER "{name}" BEFORE {kind.upper()} ON "{table}" '
            f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}: {table}'); END"
        )
    level = "STATEMENT" if kind == "truncate" else "ROW"
    return f'CREATE TRIGGER "{name}" BEFORE {kind.upper()} ON "{table}" FOR EACH {level} EXECUTE FUNCTION {FUNCTION}()'


def _drop_sql(vendor: str, table: str, kind: str) -> str:
    name = _trigger_name(table, kind)
    return f'DROP TRIGGER IF EXISTS "{name}"' + ("" if vendor == "sqlite" else f' ON "{table}"')


def insert_only(schema_editor: BaseDatabaseSchemaEditor, tables: Sequence[str]) -> None:
    """Forbid UPDATE and DELETE (on PostgreSQL also TRUNCATE) on `tables`; saying it twice does no harm."""
    vendor = schema_editor.connection.vendor
    if vendor == "postgresql":
        schema_editor.execute(_PG_FUNCTION, params=None)
    for table in tables:
        for kind in KINDS[vendor]:
            schema_editor.execute(_drop_sql(vendor, table, kind), params=None)
            schema_editor.execute(_create_sql(vendor, table, kind), params=None)


def drop_insert_only(schema_editor: BaseDatabaseSchemaEditor, tables: Sequence[str]) -> None:
    """Take the prohibition off `tables` (for reversing a migration)."""
    vendor = schema_editor.connection.vendor
    for table in tables:
        for kind in KINDS[vendor]:
            schema_editor.execute(_drop_sql(vendor, table, kind), params=None)


class InsertOnlyTriggers(Operation):
    """Migration operation: the named models of this app become insert-only.

    SQLite drops triggers whenever Django rebuilds a table, so a later migration that alters such a table ends with
    this operation again.
    """

    reduces_to_sql = True
    reversible = True

    def __init__(self, models: Sequence[str]) -> None:
        self.models = list(models)

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        """How the operation is written in a migration file."""
        return self.__class__.__qualname__, [self.models], {}

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Triggers are no part of Django's model state."""

    def _tables(self, app_label: str, state: ProjectState, schema_editor: BaseDatabaseSchemaEditor) -> list[str]:
        found = [state.apps.get_model(app_label, name) for name in self.models]
        alias = schema_editor.connection.alias
        return [model._meta.db_table for model in found if self.allow_migrate_model(alias, model)]

    def database_forwards(
        self, app_label: str, schema_editor: Any, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Create the triggers."""
        insert_only(schema_editor, self._tables(app_label, to_state, schema_editor))

    def database_backwards(
        self, app_label: str, schema_editor: Any, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Drop the triggers."""
        drop_insert_only(schema_editor, self._tables(app_label, from_state, schema_editor))

    def describe(self) -> str:
        """The line `migrate` prints."""
        return f"Insert-only triggers on {', '.join(self.models)}"


def insert_only_models() -> list[type[models.Model]]:
    """Every installed model that says `insert_only = True`."""
    return [model for model in apps.get_models() if getattr(model, "insert_only", False)]


def installed_triggers(connection: BaseDatabaseWrapper) -> set[str]:
    """The names of our triggers that exist and are enabled, as `insert_only_<kind>_<table>`."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        else:
            cursor.execute(
                "SELECT t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
                " WHERE NOT t.tgisinternal AND t.tgenabled IN ('O', 'A') AND pg_table_is_visible(c.oid)"
            )
        return {row[0] for row in cursor.fetchall() if row[0].startswith(PREFIX)}


def missing_triggers(connection: BaseDatabaseWrapper, models: Iterable[type[models.Model]] | None = None) -> list[str]:
    """The triggers that `models` (default: all insert-only ones) should have and do not; empty means protected."""
    present = installed_triggers(connection)
    wanted = insert_only_models() if models is None else list(models)
    names = [_trigger_name(model._meta.db_table, kind) for model in wanted for kind in KINDS[connection.vendor]]
    return sorted(name for name in names if name[:63] not in present and name not in present)


@contextmanager
def triggers_disabled(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Let the owner of the tables write past the triggers: for tests that tamper and for emptying a test database."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND substr(name, 1, %s) = %s",
                [len(PREFIX), PREFIX],
            )
            found = cursor.fetchall()
            for name, _ in found:
                cursor.execute(f'DROP TRIGGER "{name}"', None)
        try:
            yield
        finally:
            with connection.cursor() as cursor:
                for _, sql in found:
                    cursor.execute(sql, None)
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname, t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
            " WHERE NOT t.tgisinternal AND t.tgenabled = 'O' AND starts_with(t.tgname, %s)"
            " AND pg_table_is_visible(c.oid)",
            [PREFIX],
        )
        pairs = cursor.fetchall()
    _switch(connection, pairs, "DISABLE")
    try:
        yield
    finally:
        _switch(connection, pairs, "ENABLE")


def _switch(connection: BaseDatabaseWrapper, pairs: list[tuple[str, str]], verb: str) -> None:
    with connection.cursor() as cursor:
        # ALTER TABLE refuses while deferred foreign keys wait to be checked.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table, name in pairs:
            cursor.execute(f'ALTER TABLE "{table}" {verb} TRIGGER "{name}"', None)
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
