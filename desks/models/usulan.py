"""What hangs on a row of the strand kewilayahan: the project, its locations, its readiness, and what the desk corrected."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.choices import RegionLevel
from accounts.models import Institution, Region
from core.codes import random_code
from core.models import StoredFile
from desks.aims import Aim
from desks.choices import CorrectedField, PlaceVerdict, ReadinessStatus, ReasonCode
from desks.models.item import Item
from planning.models import Nomenclature, PriorityTag, ReadinessCriterion, RincianOutput


class Usulan(models.Model):
    """A regional project proposed against a K/L rincian output, in a provincial round against a program of the province or its Bantuan
    Keuangan with the perangkat daerah in charge (`desks/aims.py`); its row carries state, note of justification and total volume.

    `origin` is the code of the first usulan of a line carried over the years; `handed_in` is what the region last submitted, as
    canonical JSON, which others read while the region types.
    """

    item = models.OneToOneField(Item, models.CASCADE, related_name="usulan", verbose_name="butir")
    ro = models.ForeignKey(
        RincianOutput, models.PROTECT, null=True, blank=True, related_name="usulan_set", verbose_name="rincian output"
    )
    program = models.ForeignKey(
        Nomenclature, models.PROTECT, null=True, blank=True, related_name="usulan_set", verbose_name="program provinsi"
    )
    grant = models.BooleanField("bantuan keuangan", default=False)
    charge = models.ForeignKey(
        Institution, models.PROTECT, null=True, blank=True, related_name="usulan_in_charge",
        verbose_name="perangkat daerah provinsi",
    )  # fmt: skip
    title = models.CharField("judul", max_length=300)
    unit = models.CharField("satuan", max_length=60, blank=True, default="")
    amount_unit = models.CharField("satuan alokasi", max_length=8, default="ribu")
    opd = models.ForeignKey(
        Institution, models.PROTECT, null=True, blank=True, related_name="usulan_set", verbose_name="perangkat daerah"
    )
    origin = models.CharField("kode asal", max_length=10, blank=True, default="")
    added_at_desk = models.BooleanField("ditambahkan di desk", default=False)
    next_forum = models.CharField("forum berikutnya", max_length=200, blank=True, default="")
    handed_in = models.TextField("yang diajukan", blank=True, default="")

    class Meta:
        ordering = ["item"]
        indexes = [models.Index(fields=["origin"])]
        constraints = [
            models.CheckConstraint(
                name="usulan_aim",
                condition=(Q(ro__isnull=True) | Q(program__isnull=True, grant=False, charge__isnull=True))
                & (Q(grant=False) | Q(program__isnull=True)),
            )
        ]
        verbose_name = "usulan"
        verbose_name_plural = "usulan"

    def __str__(self) -> str:
        return self.title

    @property
    def aim(self) -> Aim:
        """What it is filed against now."""
        return Aim(self.ro, self.program, self.grant, self.charge)


class UsulanPlace(models.Model):
    """A location of an usulan with its own figures and verdict: volume in the usulan's unit, allocation in whole rupiah.

    An usulan of a province lies in its kabupaten/kota, each once; one of a kabupaten/kota lies within it, told apart by `detail`.
    """

    code = models.CharField("kode", max_length=10, unique=True, default=random_code, editable=False)
    usulan = models.ForeignKey(Usulan, models.CASCADE, related_name="places", verbose_name="usulan")
    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name="lokasi")
    detail = models.CharField("lokasi rinci", max_length=200, blank=True, default="")
    volume_available = models.DecimalField("volume tersedia", max_digits=15, decimal_places=4, null=True, blank=True)
    volume_proposed = models.DecimalField("volume usulan", max_digits=15, decimal_places=4, null=True, blank=True)
    volume_agreed = models.DecimalField("volume kesepakatan", max_digits=15, decimal_places=4, null=True, blank=True)
    amount_available = models.BigIntegerField("alokasi tersedia (Rp)", null=True, blank=True)
    amount_proposed = models.BigIntegerField("alokasi usulan (Rp)", null=True, blank=True)
    amount_agreed = models.BigIntegerField("alokasi kesepakatan (Rp)", null=True, blank=True)
    verdict = models.CharField("keputusan", max_length=13, choices=PlaceVerdict.choices, default=PlaceVerdict.PENDING)
    reason = models.CharField("kode alasan", max_length=24, choices=ReasonCode.choices, blank=True, default="")
    note = models.TextField("catatan", blank=True, default="")

    class Meta:
        ordering = ["usulan", "region__kode", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["usulan", "region", "detail"], name="usulanplace_key"),
            models.CheckConstraint(
                name="usulanplace_positive",
                condition=(Q(volume_proposed__isnull=True) | Q(volume_proposed__gte=0))
                & (Q(amount_proposed__isnull=True) | Q(amount_proposed__gte=0))
                & (Q(volume_agreed__isnull=True) | Q(volume_agreed__gte=0))
                & (Q(amount_agreed__isnull=True) | Q(amount_agreed__gte=0)),
            ),
            models.CheckConstraint(name="usulanplace_reason", condition=~Q(verdict="declined") | ~Q(reason="")),
        ]
        verbose_name = "lokasi usulan"
        verbose_name_plural = "lokasi usulan"

    def __str__(self) -> str:
        return f"{self.usulan} · {self.region}"

    @property
    def within(self) -> bool:
        """Whether it lies within the kabupaten/kota that files the usulan, so that only `detail` tells it from others."""
        return self.region.level == RegionLevel.KABKOTA and self.usulan.item.region_id == self.region_id

    @property
    def key(self) -> tuple[int, str]:
        """What tells it from the other locations of the usulan."""
        return self.region_id, self.detail.casefold() if self.within else ""

    @property
    def mark(self) -> str:
        """How events name it: the code of its region, within a kabupaten/kota with what stands for the place."""
        return f"{self.region.kode}/{self.detail}" if self.within and self.detail else self.region.kode

    @property
    def short_name(self) -> str:
        """How sentences name it."""
        return self.detail if self.within and self.detail else self.region.short_name


class Readiness(models.Model):
    """How far one readiness criterion of an usulan is, with its evidence: an uploaded file, a link, or both."""

    usulan = models.ForeignKey(Usulan, models.CASCADE, related_name="readiness", verbose_name="usulan")
    criterion = models.ForeignKey(ReadinessCriterion, models.PROTECT, related_name="+", verbose_name="kriteria")
    status = models.CharField("status", max_length=10, choices=ReadinessStatus.choices)
    month = models.CharField("bulan siap", max_length=7, blank=True, default="")
    link = models.URLField("tautan bukti", max_length=500, blank=True, default="")
    file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="readiness", verbose_name="berkas bukti"
    )

    class Meta:
        ordering = ["usulan", "criterion"]
        constraints = [
            models.UniqueConstraint(fields=["usulan", "criterion"], name="readiness_key"),
            models.CheckConstraint(
                name="readiness_month",
                condition=Q(status="planned") & ~Q(month="") | ~Q(status="planned") & Q(month=""),
            ),
        ]
        verbose_name = "kesiapan"
        verbose_name_plural = "kesiapan"

    def __str__(self) -> str:
        return f"{self.usulan} · {self.criterion}"


class UsulanPriority(PriorityTag):
    """A node of a priority tree that an usulan serves; the year of the node is the plan year of its round."""

    usulan = models.ForeignKey(Usulan, models.CASCADE, related_name="priorities", verbose_name="usulan")

    class Meta:
        ordering = ["node", "usulan"]
        constraints = [models.UniqueConstraint(fields=["usulan", "node"], name="usulanpriority_key")]
        verbose_name = "prioritas usulan"
        verbose_name_plural = "prioritas usulan"

    def __str__(self) -> str:
        return f"{self.node} · {self.usulan}"


class Correction(models.Model):
    """RO, unit or location set right at the desk, printed as "Semula … Menjadi …"; the event of the act says the same."""

    usulan = models.ForeignKey(Usulan, models.CASCADE, related_name="corrections", verbose_name="usulan")
    place = models.ForeignKey(
        UsulanPlace, models.CASCADE, null=True, blank=True, related_name="corrections", verbose_name="lokasi"
    )
    field = models.CharField("yang dikoreksi", max_length=6, choices=CorrectedField.choices)
    before = models.CharField("semula", max_length=560)
    after = models.CharField("menjadi", max_length=560)
    reason = models.CharField("alasan", max_length=500, blank=True, default="")
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="+", verbose_name="oleh")
    at = models.DateTimeField("waktu", default=timezone.now)

    class Meta:
        ordering = ["usulan", "pk"]
        verbose_name = "koreksi di desk"
        verbose_name_plural = "koreksi di desk"

    def __str__(self) -> str:
        return f"{self.get_field_display()}: semula {self.before}, menjadi {self.after}"
