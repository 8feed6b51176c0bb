"""Planning and budget documents with their lines, and spending ceilings."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from accounts.models import Institution, Region
from core.models import StoredFile
from planning.choices import DocumentKind, DocumentStage, LineLevel
from planning.models.reference import BidangUrusan, Nomenclature
from planning.querysets import DocumentQuerySet, PaguQuerySet


class Document(models.Model):
    """A planning or budget document of an owner, by years, stage and version."""

    kind = models.CharField("jenis", max_length=10, choices=DocumentKind.choices)
    owner = models.ForeignKey(Institution, models.PROTECT, related_name="documents", verbose_name="pemilik")
    year_from = models.PositiveSmallIntegerField("tahun awal")
    year_to = models.PositiveSmallIntegerField("tahun akhir")
    version = models.PositiveSmallIntegerField("versi", default=1)
    stage = models.CharField("tahapan", max_length=16, choices=DocumentStage.choices)
    title = models.CharField("judul", max_length=300)
    source = models.CharField("sumber", max_length=300, blank=True, default="")
    simulated = models.BooleanField("simulasi", default=False)
    loaded_at = models.DateTimeField("dimuat", null=True, blank=True)
    file = models.ForeignKey(
        StoredFile,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="documents",
        verbose_name="berkas asal",
        editable=False,
    )
    digest = models.CharField("sidik berkas", max_length=64, blank=True, default="", editable=False)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "owner", "-year_from", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "owner", "year_from", "version"], name="document_key"),
            models.CheckConstraint(name="document_years", condition=Q(year_to__gte=F("year_from"))),
        ]
        indexes = [models.Index(fields=["stage", "kind"])]
        verbose_name = "dokumen"
        verbose_name_plural = "dokumen"

    def __str__(self) -> str:
        return self.title

    @property
    def years(self) -> str:
        """`2027`, or `2025–2029` where it covers several."""
        return str(self.year_from) if self.year_from == self.year_to else f"{self.year_from}–{self.year_to}"

    @property
    def published(self) -> bool:
        """Whether everybody may read it."""
        return self.stage == DocumentStage.PENETAPAN


class DocumentLine(models.Model):
    """A line of a document, tied to nomenclature, unit in charge and place where these are known; figures point at it.

    What it says of a year (target as written, pagu) stands in `LineYear`; a target of an indicator of the catalogue is a Figure besides.
    """

    document = models.ForeignKey(Document, models.CASCADE, related_name="lines", verbose_name="dokumen")
    line_code = models.CharField("kode baris", max_length=60)
    order = models.PositiveIntegerField("urutan", default=0)
    level = models.CharField("jenjang", max_length=14, choices=LineLevel.choices, blank=True, default="")
    parent = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="children", verbose_name="induk"
    )
    text = models.CharField("uraian", max_length=500)
    nomenclature = models.ForeignKey(
        Nomenclature, models.PROTECT, null=True, blank=True, related_name="document_lines", verbose_name="nomenklatur"
    )
    institution = models.ForeignKey(
        Institution, models.PROTECT, null=True, blank=True, related_name="document_lines", verbose_name="pelaksana"
    )
    region = models.ForeignKey(
        Region, models.PROTECT, null=True, blank=True, related_name="document_lines", verbose_name="wilayah"
    )
    location = models.CharField("lokasi", max_length=300, blank=True, default="")
    indicator_text = models.CharField("indikator", max_length=500, blank=True, default="")
    unit = models.CharField("satuan", max_length=60, blank=True, default="")

    class Meta:
        ordering = ["document", "order", "line_code"]
        constraints = [models.UniqueConstraint(fields=["document", "line_code"], name="documentline_key")]
        indexes = [models.Index(fields=["document", "order"])]
        verbose_name = "baris dokumen"
        verbose_name_plural = "baris dokumen"

    def __str__(self) -> str:
        return f"{self.line_code} {self.text}"


class LineYear(models.Model):
    """What a line says of one year: the target as written and the pagu in whole rupiah with the unit it was written in."""

    line = models.ForeignKey(DocumentLine, models.CASCADE, related_name="years", verbose_name="baris")
    year = models.PositiveSmallIntegerField("tahun")
    target = models.CharField("target", max_length=200, blank=True, default="")
    amount = models.BigIntegerField("pagu (Rp)", null=True, blank=True)
    amount_unit = models.CharField("satuan asal", max_length=8, default="rp")

    class Meta:
        ordering = ["line", "year"]
        constraints = [
            models.UniqueConstraint(fields=["line", "year"], name="lineyear_key"),
            models.CheckConstraint(name="lineyear_amount", condition=Q(amount__isnull=True) | Q(amount__gte=0)),
        ]
        verbose_name = "tahun baris dokumen"
        verbose_name_plural = "tahun baris dokumen"

    def __str__(self) -> str:
        return f"{self.line_id} {self.year}"


class Pagu(models.Model):
    """A spending ceiling in whole rupiah of an institution for a bidang in a year; provisional until set. Missing pagu never blocks filling in."""

    year = models.PositiveSmallIntegerField("tahun")
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="pagu", verbose_name="perangkat daerah")
    bidang = models.ForeignKey(BidangUrusan, models.PROTECT, related_name="pagu", verbose_name="bidang urusan")
    amount = models.BigIntegerField("pagu (Rp)")
    amount_unit = models.CharField("satuan asal", max_length=8, default="rp")
    provisional = models.BooleanField("sementara", default=True)
    source = models.CharField("dasar", max_length=300, blank=True, default="")
    dated = models.DateField("tanggal dasar", null=True, blank=True)
    simulated = models.BooleanField("simulasi", default=False)
    version = models.PositiveIntegerField("versi", default=1)

    objects = PaguQuerySet.as_manager()

    class Meta:
        ordering = ["year", "institution", "bidang"]
        constraints = [
            models.UniqueConstraint(fields=["year", "institution", "bidang"], name="pagu_key"),
            models.CheckConstraint(name="pagu_amount", condition=Q(amount__gte=0)),
        ]
        verbose_name = "pagu"
        verbose_name_plural = "pagu"

    def __str__(self) -> str:
        return f"{self.year} {self.institution} {self.bidang}"
