"""A third kind of note: written on a row that the region has not handed in, for the region alone."""

from django.db import migrations, models

KINDS = [
    ("desk", "Catatan desk"),
    ("internal", "Catatan internal lembaga"),
    ("region", "Catatan daerah sebelum diajukan"),
]


class Migration(migrations.Migration):
    dependencies = [("desks", "0002_insert_only")]
    operations = [
        migrations.AlterField(
            "note", "kind", models.CharField("jenis", max_length=8, choices=KINDS, default="desk")
        ),
    ]
