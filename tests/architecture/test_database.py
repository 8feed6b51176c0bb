"""What docs/architecture.md promises of the database itself."""

from __future__ import annotations

import re

import pytest
from django.db import connection

from core.triggers import insert_only_models, missing_triggers
from tests.architecture.sources import APPS, ROOT


@pytest.mark.django_db
def test_insert_only_tables_are_guarded_in_the_database() -> None:
    guarded = {
        f"{app}.{name}"
        for app in APPS
        for path in (ROOT / app / "migrations").glob("0*.py")
        for names in re.findall(r"InsertOnlyTriggers\(\[([^\]]*)\]", path.read_text("utf-8"))
        for name in re.findall(r"\w+", names)
    }
    assert {model._meta.label for model in insert_only_models()} == guarded
    assert len(guarded) >= 9
    assert missing_triggers(connection) == []
