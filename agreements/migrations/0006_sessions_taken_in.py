"""Berita acara of one sitting take in that sitting."""

from django.db import migrations


def take_in(apps, schema_editor):
    """One row for each berita acara that has a sitting."""
    paper, row = apps.get_model("agreements", "BeritaAcara"), apps.get_model("agreements", "BaSession")
    found = paper.objects.filter(session__isnull=False).values_list("pk", "session_id")
    row.objects.bulk_create([row(ba_id=ba, session_id=session) for ba, session in found], batch_size=1000)


class Migration(migrations.Migration):
    dependencies = [("agreements", "0005_scopes")]

    operations = [migrations.RunPython(take_in, migrations.RunPython.noop)]
