"""Snapshots, lines, signatures and changes of signatory may be added, never changed or removed."""

from django.db import migrations

from core.triggers import InsertOnlyTriggers


class Migration(migrations.Migration):
    dependencies = [("agreements", "0001_initial")]
    operations = [InsertOnlyTriggers(["Snapshot", "Line", "SignatoryChange", "Signature"])]
