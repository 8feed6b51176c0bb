"""The audit chain: nothing altered, removed or slipped in goes unseen."""

from __future__ import annotations

import threading
from decimal import Decimal

import pytest
from django.db import connection, transaction

from core.audit import broken_links, record_audit
from core.models import AuditEntry, AuditHead
from core.triggers import triggers_disabled


def write(count: int) -> None:
    for number in range(count):
        record_audit("ubah", model="accounts.User", object_code=f"U{number}", before={"n": number}, after=None)


@pytest.mark.django_db
def test_entries_follow_each_other():
    write(3)
    entries = list(AuditEntry.objects.all())
    assert [entry.seq for entry in entries] == [1, 2, 3]
    assert [entry.prev_hash for entry in entries] == ["", entries[0].hash, entries[1].hash]
    assert list(broken_links()) == []


@pytest.mark.django_db
def test_values_are_canonical():
    entry = record_audit("ubah", model="m", object_code="o", before={"b": Decimal("1.50"), "a": "é"}, actor="U1")
    assert (entry.before, entry.after, entry.actor) == ('{"a":"é","b":"1.5"}', "", "U1")
    assert list(broken_links()) == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("sql", "broken"),
    [
        ("UPDATE core_auditentry SET actor = 'X' WHERE seq = 2", [2]),
        ("UPDATE core_auditentry SET after = '1' WHERE seq = 3", [3]),
        ("DELETE FROM core_auditentry WHERE seq = 2", [2, 3]),
        ("DELETE FROM core_auditentry WHERE seq = 3", [3]),
        ("UPDATE core_auditentry SET hash = 'x' WHERE seq = 1", [1, 2]),
    ],
)
def test_tampering_is_found(sql, broken):
    write(3)
    with triggers_disabled(connection), connection.cursor() as cursor:
        cursor.execute(sql)
    assert list(broken_links()) == broken


@pytest.mark.django_db
def test_an_act_that_is_rolled_back_leaves_no_gap():
    write(1)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        write(1)
        raise ZeroDivisionError
    write(1)
    assert list(AuditEntry.objects.values_list("seq", flat=True)) == [1, 2]
    assert list(broken_links()) == []


@pytest.mark.django_db(transaction=True)
def test_writers_at_once_make_one_chain():
    AuditHead.objects.get_or_create(pk=1)

    def work() -> None:
        try:
            write(5)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert AuditEntry.objects.count() == 20
    assert list(broken_links()) == []
