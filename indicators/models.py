"""What is measured: indicators by version, who holds them, and every figure somebody stated."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from accounts.models import Institution, Region, RegionGroup
from core.fields import ValueColumns, value_check
from indicators.choices import Aggregation, Direction, FigureKind, Strand
from planning.choices import GovLevel, HolderPart
from planning.models import BidangUrusan, DocumentLine, PriorityTag


class Indicator(models.Model):
    """A thing measured, with the code that stays when its name changes."""

    code = models.CharField("kode", max_length=40, unique=True)
    strand = models.CharField("pendekatan", max_length=12, choices=Strand.choices)
    bidang = models.ForeignKey(
        BidangUrusan, models.PROTECT, null=True, blank=True, related_name="indicators", verbose_name="bidang urusan"
    )
    unit = models.CharField("satuan", max_length=60)
    decimals = models.PositiveSmallIntegerField("desimal", default=2)
    direction = models.CharField("arah", max_length=4, choices=Direction.choices, null=True, blank=True)
    gov_levels = models.CharField("tingkat", max_length=20, default=GovLevel.PROVINSI)
    aggregation = models.CharField("agregasi", max_length=8, choices=Aggregation.choices, default=Aggregation.NONE)
    weigher = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="weighs", verbose_name="ditimbang dengan",
        help_text="Untuk rata-rata tertimbang: indikator yang capaian terakhirnya menjadi penimbang, misalnya jumlah penduduk.",
    )  # fmt: skip
    simulated = models.BooleanField("simulasi", default=False)

    class Meta:
        ordering = ["code"]
        verbose_name = "indikator"
        verbose_name_plural = "indikator"

    def __str__(self) -> str:
        return self.code


class IndicatorVersion(models.Model):
    """The wording of an indicator in a plan year; rows keep the version they were filled against.

    `in_words`: its values are a grade or an opinion (WTP, Ada) and no number.
    """

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="versions", verbose_name="indikator")
    year = models.PositiveSmallIntegerField("tahun rencana")
    no = models.PositiveSmallIntegerField(
        "rumusan ke",
        default=1,
        help_text="Naik bila rumusan berubah setelah ada isian; isian lama tetap pada rumusannya.",
    )
    name = models.CharField("nama", max_length=500)
    unit = models.CharField("satuan", max_length=60)
    in_words = models.BooleanField(
        "dinyatakan dengan kata",
        default=False,
        help_text="Untuk predikat atau opini, misalnya WTP. Tanpa centang, target hanya menerima angka.",
    )
    outcome = models.CharField("outcome", max_length=500, blank=True, default="")
    definition = models.TextField("definisi", blank=True, default="")
    formula = models.TextField("rumus", blank=True, default="")
    source = models.CharField("sumber", max_length=300, blank=True, default="")

    class Meta:
        ordering = ["indicator", "year", "no"]
        constraints = [models.UniqueConstraint(fields=["indicator", "year", "no"], name="indicatorversion_key")]
        verbose_name = "versi indikator"
        verbose_name_plural = "versi indikator"

    def __str__(self) -> str:
        return self.name


class IndicatorCode(models.Model):
    """Crosswalk: the code that another source uses for an indicator."""

    scheme = models.CharField("skema", max_length=20)
    code = models.CharField("kode", max_length=40)
    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="codes", verbose_name="indikator")

    class Meta:
        ordering = ["scheme", "code"]
        constraints = [models.UniqueConstraint(fields=["scheme", "code"], name="indicatorcode_key")]
        verbose_name = "padanan kode"
        verbose_name_plural = "padanan kode"

    def __str__(self) -> str:
        return f"{self.scheme}:{self.code}"


class IndicatorHolder(models.Model):
    """An institution that holds one indicator in a year, apart from the holder of its bidang."""

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="holders", verbose_name="indikator")
    year = models.PositiveSmallIntegerField("tahun rencana")
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="indicators_held", verbose_name="lembaga")
    part = models.CharField("peran", max_length=16, choices=HolderPart.choices, default=HolderPart.PENANGGUNG_JAWAB)

    class Meta:
        ordering = ["indicator", "year", "part"]
        constraints = [models.UniqueConstraint(fields=["indicator", "year", "institution"], name="indicatorholder_key")]
        verbose_name = "pengampu indikator"
        verbose_name_plural = "pengampu indikator"

    def __str__(self) -> str:
        return f"{self.indicator} · {self.institution}"


class IndicatorPriority(PriorityTag):
    """An indicator that measures a node of a priority tree; the year of the node is the plan year for which it does."""

    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="priorities", verbose_name="indikator")

    class Meta:
        ordering = ["node", "indicator"]
        constraints = [models.UniqueConstraint(fields=["indicator", "node"], name="indicatorpriority_key")]
        verbose_name = "prioritas indikator"
        verbose_name_plural = "prioritas indikator"

    def __str__(self) -> str:
        return f"{self.node} · {self.indicator}"


class Figure(models.Model):
    """One number somebody stated for an indicator, region and year, with its source.

    `source` is a short code (bps, rpjmn, kl, rakortek …), `origin` the citation people read. `line_key` is '' unless the figure stands in a document.
    """

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="figures", verbose_name="indikator")
    region = models.ForeignKey(Region, models.PROTECT, related_name="figures", verbose_name="wilayah")
    year = models.PositiveSmallIntegerField("tahun")
    period = models.CharField("periode", max_length=20, blank=True, default="")
    kind = models.CharField("jenis", max_length=10, choices=FigureKind.choices)
    source = models.CharField("sumber", max_length=20)
    line_key = models.CharField("kunci baris", max_length=80, blank=True, default="")
    line = models.ForeignKey(
        DocumentLine, models.PROTECT, null=True, blank=True, related_name="figures", verbose_name="baris dokumen"
    )
    value = ValueColumns("nilai")
    origin = models.CharField("asal", max_length=300, blank=True, default="")
    simulated = models.BooleanField("simulasi", default=False)
    needs_check = models.BooleanField("perlu verifikasi", default=False)
    version = models.PositiveIntegerField("versi", default=1)

    class Meta:
        ordering = ["indicator", "region", "year"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "region", "year", "period", "source", "line_key"], name="figure_key"
            ),
            value_check("figure", "value"),
            models.CheckConstraint(name="figure_filled", condition=~Q(value_kind="")),
        ]
        indexes = [models.Index(fields=["region", "indicator", "year"])]
        verbose_name = "angka"
        verbose_name_plural = "angka"

    def __str__(self) -> str:
        return f"{self.indicator} {self.region} {self.year}"


class GroupFigure(models.Model):
    """A target that a document states for a group of regions, such as an island group of the RPJMN; of no single region."""

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="group_figures", verbose_name="indikator")
    group = models.ForeignKey(RegionGroup, models.PROTECT, related_name="figures", verbose_name="kelompok wilayah")
    year = models.PositiveSmallIntegerField("tahun")
    period = models.CharField("periode", max_length=20, blank=True, default="")
    source = models.CharField("sumber", max_length=20)
    value = ValueColumns("nilai")
    origin = models.CharField("asal", max_length=300, blank=True, default="")

    class Meta:
        ordering = ["indicator", "group", "year"]
        constraints = [
            models.UniqueConstraint(fields=["indicator", "group", "year", "period", "source"], name="groupfigure_key"),
            value_check("groupfigure", "value"),
            models.CheckConstraint(name="groupfigure_filled", condition=~Q(value_kind="")),
        ]
        verbose_name = "target kelompok wilayah"
        verbose_name_plural = "target kelompok wilayah"

    def __str__(self) -> str:
        return f"{self.indicator} {self.group} {self.year}"
