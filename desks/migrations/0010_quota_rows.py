"""What stood as one number on the round becomes the quota of every region."""

from django.db import migrations


def to_rows(apps, schema_editor):
    Round, Region, Quota = (apps.get_model(*name) for name in (("desks", "Round"), ("accounts", "Region"), ("desks", "UsulanQuota")))
    for round_ in Round.objects.filter(usulan_quota__isnull=False):
        nation = Region.objects.get(kode="00")
        Quota.objects.create(round=round_, region=nation, number=round_.usulan_quota)


def to_number(apps, schema_editor):
    Quota = apps.get_model("desks", "UsulanQuota")
    for row in Quota.objects.filter(region__kode="00", number__isnull=False).select_related("round"):
        row.round.usulan_quota = row.number
        row.round.save(update_fields=["usulan_quota"])


class Migration(migrations.Migration):

    dependencies = [
        ('desks', '0009_provincial_usulan'),
    ]

    operations = [migrations.RunPython(to_rows, to_number)]
