"""Reference data: bidang urusan, nomenclature by version, who holds which bidang, RO, sources of funds."""

from __future__ import annotations

from django.db import models

from accounts.models import Institution
from planning.choices import GovLevel, HolderPart, NomenclatureLevel


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


class ReadinessCriterion(models.Model):
    """A readiness criterion (RC): a paper or state that a project needs before it can be built, e.g. FS, DED, land."""

    code = models.CharField("kode", max_length=20, unique=True)
    name = models.CharField("nama", max_length=200)
    scope = models.CharField("lingkup", max_length=40, blank=True, default="")
    order = models.PositiveSmallIntegerField("urutan", default=0)

    class Meta:
        ordering = ["order", "code"]
        verbose_name = "kriteria kesiapan"
        verbose_name_plural = "kriteria kesiapan"

    def __str__(self) -> str:
        return self.name


class RincianOutput(models.Model):
    """The finest unit of a ministry's plan (RO): what usulan of regions are made against.

    What is available in it (volume in `unit`, allocation in whole rupiah) is known for some RO only. `criteria` are those that the K/L
    asks for; none chosen means all general ones.
    """

    year = models.PositiveSmallIntegerField("tahun")
    kl = models.ForeignKey(Institution, models.PROTECT, related_name="rincian_output", verbose_name="K/L")
    code = models.CharField("kode", max_length=40)
    name = models.CharField("nama", max_length=500)
    unit = models.CharField("satuan", max_length=60, blank=True, default="")
    volume = models.DecimalField("volume tersedia", max_digits=15, decimal_places=4, null=True, blank=True)
    amount = models.BigIntegerField("alokasi tersedia (Rp)", null=True, blank=True)
    amount_unit = models.CharField("satuan asal alokasi", max_length=8, default="ribu")
    source = models.CharField("sumber", max_length=300, blank=True, default="")
    criteria = models.ManyToManyField(
        ReadinessCriterion, blank=True, related_name="rincian_output", verbose_name="kriteria kesiapan"
    )
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
