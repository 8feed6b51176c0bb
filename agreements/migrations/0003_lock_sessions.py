"""Sittings whose berita acara is final already are locked like those of later ones."""

from django.db import migrations

FINAL = ("awaiting", "complete", "superseded")


def lock(apps, schema_editor):
    papers = apps.get_model("agreements", "BeritaAcara").objects.filter(state__in=FINAL, session__isnull=False)
    sessions = apps.get_model("desks", "Session").objects
    for session, at in papers.values_list("session_id", "finalised_at"):
        sessions.filter(pk=session, locked_at__isnull=True).update(locked_at=at)


class Migration(migrations.Migration):
    dependencies = [("agreements", "0002_insert_only"), ("desks", "0004_session_locked_at")]
    operations = [migrations.RunPython(lock, migrations.RunPython.noop)]
