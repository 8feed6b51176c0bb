"""A row knows since when a target has moved under it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("desks", "0012_usulan_priority")]

    operations = [
        migrations.AddField(
            model_name="item",
            name="target_seq",
            field=models.PositiveBigIntegerField(
                blank=True, editable=False, null=True, verbose_name="target berubah sejak peristiwa"
            ),
        ),
    ]
