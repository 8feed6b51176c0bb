"""Positions, stances, note revisions and events may be added, never changed or removed."""

from django.db import migrations

from core.triggers import InsertOnlyTriggers


class Migration(migrations.Migration):
    dependencies = [("desks", "0001_initial")]
    operations = [InsertOnlyTriggers(["Event", "Position", "Stance", "NoteRevision"])]
