"""Insert-only tables refuse change on either database, however it is tried."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from core.audit import record_audit
from core.models import AuditEntry
from core.triggers import (
    InsertOnlyTriggers,
    drop_insert_only,
    insert_only_models,
    installed_triggers,
    missing_triggers,
    triggers_disabled,
)

TABLE = "core_auditentry"


@pytest.fixture
def entry(db):
    return record_audit("ubah", model="accounts.User", object_code="ABC", after={"a": 1})


@pytest.mark.parametrize("sql", [f"UPDATE {TABLE} SET actor = 'X'", f"DELETE FROM {TABLE}"])
def test_change_is_refused(entry, sql):
    with pytest.raises(DatabaseError, match="insert-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    assert list(AuditEntry.objects.values_list("actor", flat=True)) == [""]


def test_truncate_is_refused(entry):
    if connection.vendor != "postgresql":
        with connection.cursor() as cursor, pytest.raises(DatabaseError), transaction.atomic():
            cursor.execute(f"TRUNCATE {TABLE}")  # SQLite does not know the word
        return
    with pytest.raises(DatabaseError, match="insert-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {TABLE}")


def test_the_orm_refuses_first(entry):
    for change in (
        lambda: AuditEntry.objects.update(actor="X"),
        lambda: AuditEntry.objects.all().delete(),
        entry.save,
        entry.delete,
    ):
        with pytest.raises(TypeError, match="AuditEntry is insert-only"):
            change()


def test_the_owner_can_tamper_and_the_triggers_come_back(entry):
    with triggers_disabled(connection):
        assert missing_triggers(connection, [AuditEntry]) == _expected()
        with connection.cursor() as cursor:
            cursor.execute(f"UPDATE {TABLE} SET actor = 'X'")
    assert missing_triggers(connection, [AuditEntry]) == []
    assert AuditEntry.objects.get().actor == "X"


def _expected() -> list[str]:
    kinds = ["delete", "truncate", "update"] if connection.vendor == "postgresql" else ["delete", "update"]
    return [f"insert_only_{kind}_{TABLE}" for kind in kinds]


@pytest.mark.django_db
def test_every_insert_only_model_is_protected():
    assert missing_triggers(connection) == []
    assert AuditEntry in insert_only_models()
    assert set(_expected()) <= installed_triggers(connection)


@pytest.mark.django_db(transaction=True)
def test_triggers_can_be_taken_off_and_put_on_again():
    with connection.schema_editor() as editor:
        drop_insert_only(editor, [TABLE])
    assert missing_triggers(connection, [AuditEntry]) == _expected()
    operation = InsertOnlyTriggers(["AuditEntry"])
    from django.db.migrations.loader import MigrationLoader

    state = MigrationLoader(connection).project_state([("core", "0001_initial")])
    with connection.schema_editor() as editor:
        operation.database_forwards("core", editor, state, state)
        operation.database_forwards("core", editor, state, state)
    assert missing_triggers(connection, [AuditEntry]) == []
    with connection.schema_editor() as editor:
        operation.database_backwards("core", editor, state, state)
    assert missing_triggers(connection, [AuditEntry]) == _expected()
    with connection.schema_editor() as editor:
        operation.database_forwards("core", editor, state, state)


@pytest.mark.django_db(transaction=True)
def test_a_test_database_can_be_emptied():
    record_audit("ubah", model="accounts.User", object_code="ABC")
    assert AuditEntry.objects.count() == 1
