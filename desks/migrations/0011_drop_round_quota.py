from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('desks', '0010_quota_rows'),
    ]

    operations = [
        migrations.RemoveField(
            model_name='round',
            name='usulan_quota',
        ),
    ]
