"""The prepared world, once for a module: one transaction around all rows, a savepoint around each."""

from __future__ import annotations

import pytest
from django.db import transaction

from tests.matrix.prepared import prepare


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker):
    """Everything the rows speak of; nothing of it outlives the module."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield prepare()
        transaction.set_rollback(True)
