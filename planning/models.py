"""What was written: bidang urusan, nomenclature by version, documents, pagu, priority trees, who holds which bidang."""

from __future__ import annotations

from django.db import models

from accounts.models import Institution
from planning.choices import DocumentKind, DocumentStage, GovLevel, HolderPart, NomenclatureLevel


class BidangUrusan(models.Model):
    """A field of government affairs (UU 23/2014), e.g. 1.02 Kesehatan."""

    kode = models.CharField("kode", max_length=10, unique=True)
    name = models.CharField("nama", max_length=200)
    short_name = models.CharField("nama singkat", max_length=80)
    urusan_kode = models.CharField("kode urusan", max_length=4)
    urusan_name = models.CharField("nama urusan", max_length=200)
    concurrent = models.BooleanField("urusan konkuren", default=False)

    class Meta:
        ordering = ["kode"]
        verbose_name = "bidang urusan"
        verbose_name_plural = "bidang urusan"

    def __str__(self) -> str:
        return f"{self.kode} {self.short_name}"


class NomenclatureVersion(models.Model):
    """One edition of the nomenclature of programs, activities and sub kegiatan; codes are never reused across editions."""

    code = models.CharField("kode", max_length=40, unique=True)
    name = models.CharField("nama", max_length=200)
    source = models.CharField("sumber", max_length=300, blank=True, default="")
    valid_from = models.DateField("berlaku sejak", null=True, blank=True)

    class Meta:
        ordering = ["code"]
        verbose_name = "versi nomenklatur"
        verbose_name_plural = "versi nomenklatur"

    def __str__(self) -> str:
        return self.name


class Nomenclature(models.Model):
    """A row of the nomenclature; the same code may stand at both levels of government, so the level is part of the key."""

    version = models.ForeignKey(NomenclatureVersion, models.PROTECT, related_name="rows", verbose_name="versi")
    gov_level = models.CharField("jenis pemda", max_length=8, choices=GovLevel.choices)
    kode = models.CharField("kode", max_length=24)
    level = models.CharField("jenjang", max_length=14, choices=NomenclatureLevel.choices)
    name = models.CharField("nama", max_length=500)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="induk"
    )
    predecessor = models.CharField("kode sebelumnya", max_length=24, blank=True, default="")
    bidang = models.ForeignKey(
        BidangUrusan, models.PROTECT, null=True, blank=True, related_name="nomenclature", verbose_name="bidang urusan"
    )
    indicator = models.CharField("indikator keluaran", max_length=500, blank=True, default="")
    unit = models.CharField("satuan", max_length=60, blank=True, default="")
    tags = models.CharField("tag", max_length=300, blank=True, default="")
    needs_check = models.BooleanField("perlu verifikasi", default=False)

    class Meta:
        ordering = ["kode"]
        constraints = [models.UniqueConstraint(fields=["version", "gov_level", "kode"], name="nomenclature_key")]
        indexes = [models.Index(fields=["bidang", "level"])]
        verbose_name = "nomenklatur"
        verbose_name_plural = "nomenklatur"

    def __str__(self) -> str:
        return f"{self.kode} {self.name}"


class BidangHolder(models.Model):
    """Who holds a bidang urusan in a plan year: the K/L in charge nationally, the responsible and supporting OPD in a region."""

    year = models.PositiveSmallIntegerField("tahun rencana")
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="bidang_held", verbose_name="lembaga")
    bidang = models.ForeignKey(BidangUrusan, models.PROTECT, related_name="holders", verbose_name="bidang urusan")
    part = models.CharField("peran", max_length=16, choices=HolderPart.choices, default=HolderPart.PENANGGUNG_JAWAB)

    class Meta:
        ordering = ["year", "bidang", "part", "institution"]
        constraints = [models.UniqueConstraint(fields=["year", "institution", "bidang"], name="bidangholder_key")]
        verbose_name = "pengampu bidang urusan"
        verbose_name_plural = "pengampu bidang urusan"

    def __str__(self) -> str:
        return f"{self.bidang} · {self.institution}"


class PriorityNode(models.Model):
    """A node of a priority tree of one year: PN/PP/KP/ProP, Pro-SN, tematik, Asta Cita, SPM."""

    tree = models.CharField("pohon", max_length=20)
    year = models.PositiveSmallIntegerField("tahun")
    code = models.CharField("kode", max_length=40)
    name = models.CharField("nama", max_length=500)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="induk"
    )

    class Meta:
        ordering = ["tree", "year", "code"]
        constraints = [models.UniqueConstraint(fields=["tree", "year", "code"], name="prioritynode_key")]
        verbose_name = "simpul prioritas"
        verbose_name_plural = "simpul prioritas"

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class RincianOutput(models.Model):
    """The finest unit of a ministry's plan (RO)."""

    year = models.PositiveSmallIntegerField("tahun")
    kl = models.ForeignKey(Institution, models.PROTECT, related_name="rincian_output", verbose_name="K/L")
    code = models.CharField("kode", max_length=40)
    name = models.CharField("nama", max_length=500)
    unit = models.CharField("satuan", max_length=60, blank=True, default="")
    simulated = models.BooleanField("simulasi", default=False)

    class Meta:
        ordering = ["year", "code"]
        constraints = [models.UniqueConstraint(fields=["year", "kl", "code"], name="rincianoutput_key")]
        verbose_name = "rincian output"
        verbose_name_plural = "rincian output"

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class FundingSource(models.Model):
    """A sumber dana: PAD, DAU, DAK fisik …"""

    kode = models.CharField("kode", max_length=20, unique=True)
    name = models.CharField("nama", max_length=120)

    class Meta:
        ordering = ["kode"]
        verbose_name = "sumber dana"
        verbose_name_plural = "sumber dana"

    def __str__(self) -> str:
        return self.name


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

    class Meta:
        ordering = ["kind", "owner", "-year_from", "-version"]
        constraints = [models.UniqueConstraint(fields=["kind", "owner", "year_from", "version"], name="document_key")]
        verbose_name = "dokumen"
        verbose_name_plural = "dokumen"

    def __str__(self) -> str:
        return self.title


class DocumentLine(models.Model):
    """A line of a document; figures point at it."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="lines", verbose_name="dokumen")
    line_code = models.CharField("kode baris", max_length=60)
    text = models.CharField("uraian", max_length=500)

    class Meta:
        ordering = ["document", "line_code"]
        constraints = [models.UniqueConstraint(fields=["document", "line_code"], name="documentline_key")]
        verbose_name = "baris dokumen"
        verbose_name_plural = "baris dokumen"

    def __str__(self) -> str:
        return f"{self.line_code} {self.text}"


class Pagu(models.Model):
    """A spending ceiling in whole rupiah of an OPD for a bidang in a year; provisional until set. Missing pagu never blocks filling in."""

    year = models.PositiveSmallIntegerField("tahun")
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="pagu", verbose_name="perangkat daerah")
    bidang = models.ForeignKey(BidangUrusan, models.PROTECT, related_name="pagu", verbose_name="bidang urusan")
    amount = models.BigIntegerField("pagu (Rp)")
    amount_unit = models.CharField("satuan asal", max_length=8, default="rp")
    provisional = models.BooleanField("sementara", default=True)

    class Meta:
        ordering = ["year", "institution", "bidang"]
        constraints = [models.UniqueConstraint(fields=["year", "institution", "bidang"], name="pagu_key")]
        verbose_name = "pagu"
        verbose_name_plural = "pagu"

    def __str__(self) -> str:
        return f"{self.year} {self.institution} {self.bidang}"
