"""Targets of documents for groups of regions."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_institution_successor"),
        ("indicators", "0006_wording_no"),
    ]

    operations = [
        migrations.CreateModel(
            name="GroupFigure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField(verbose_name="tahun")),
                ("period", models.CharField(blank=True, default="", max_length=20, verbose_name="periode")),
                ("source", models.CharField(max_length=20, verbose_name="sumber")),
                ("origin", models.CharField(blank=True, default="", max_length=300, verbose_name="asal")),
                (
                    "value_kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("point", "angka"),
                            ("range", "rentang"),
                            ("lt", "kurang dari"),
                            ("le", "paling banyak"),
                            ("gt", "lebih dari"),
                            ("ge", "paling sedikit"),
                            ("text", "uraian"),
                        ],
                        default="",
                        max_length=8,
                        verbose_name="nilai: jenis",
                    ),
                ),
                (
                    "value_min",
                    models.DecimalField(
                        blank=True, decimal_places=4, max_digits=15, null=True, verbose_name="nilai: min"
                    ),
                ),
                (
                    "value_max",
                    models.DecimalField(
                        blank=True, decimal_places=4, max_digits=15, null=True, verbose_name="nilai: maks"
                    ),
                ),
                (
                    "value_text",
                    models.CharField(blank=True, default="", max_length=200, verbose_name="nilai: tertulis"),
                ),
                ("value_unit", models.CharField(blank=True, default="", max_length=60, verbose_name="nilai: satuan")),
                ("value_decimals", models.PositiveSmallIntegerField(default=2, verbose_name="nilai: desimal")),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="figures",
                        to="accounts.regiongroup",
                        verbose_name="kelompok wilayah",
                    ),
                ),
                (
                    "indicator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="group_figures",
                        to="indicators.indicator",
                        verbose_name="indikator",
                    ),
                ),
            ],
            options={
                "verbose_name": "target kelompok wilayah",
                "verbose_name_plural": "target kelompok wilayah",
                "ordering": ["indicator", "group", "year"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("indicator", "group", "year", "period", "source"), name="groupfigure_key"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("value_kind__in", [""]),
                                models.Q(("value_min__isnull", False), _negated=True),
                                models.Q(("value_max__isnull", False), _negated=True),
                            ),
                            models.Q(
                                ("value_kind__in", ["point"]),
                                ("value_min__isnull", False),
                                ("value_max__isnull", False),
                                ("value_min", models.F("value_max")),
                            ),
                            models.Q(
                                ("value_kind__in", ["range"]),
                                ("value_min__isnull", False),
                                ("value_max__isnull", False),
                                ("value_min__lte", models.F("value_max")),
                            ),
                            models.Q(
                                ("value_kind__in", ["lt", "le"]),
                                models.Q(("value_min__isnull", False), _negated=True),
                                ("value_max__isnull", False),
                            ),
                            models.Q(
                                ("value_kind__in", ["gt", "ge"]),
                                ("value_min__isnull", False),
                                models.Q(("value_max__isnull", False), _negated=True),
                            ),
                            models.Q(
                                ("value_kind__in", ["text"]),
                                models.Q(("value_min__isnull", False), _negated=True),
                                models.Q(("value_max__isnull", False), _negated=True),
                                models.Q(("value_text", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="groupfigure_value_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("value_kind", ""), _negated=True), name="groupfigure_filled"
                    ),
                ],
            },
        ),
    ]
