"""How a round is set up: stages, desks, seats and whose consent a verdict needs."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.choices import Role
from accounts.models import Institution, Region
from core.codes import random_code
from desks.choices import BaScope, Party, RoundLevel, StageKind
from desks.levels import LevelWords, words_for
from indicators.choices import Strand
from indicators.models import Indicator
from planning.models import BidangUrusan


class Round(models.Model):
    """A penyelenggaraan: one forum of one host for one plan year. Carries the event chain of its own acts."""

    CHAIN = "round:{}"

    code = models.CharField("kode", max_length=10, unique=True, default=random_code, editable=False)
    forum_name = models.CharField("nama forum", max_length=200)
    short_name = models.CharField("nama pendek", max_length=60)
    held_year = models.PositiveSmallIntegerField("tahun penyelenggaraan")
    plan_year = models.PositiveSmallIntegerField("tahun rencana")
    level = models.CharField("tingkat", max_length=10, choices=RoundLevel.choices)
    host = models.ForeignKey(Institution, models.PROTECT, related_name="rounds", verbose_name="penyelenggara")
    no = models.PositiveSmallIntegerField("nomor", default=1)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="induk"
    )
    indicator_label = models.CharField("sebutan indikator urusan", max_length=80, default="Indikator outcome prioritas")
    tz = models.CharField("zona waktu", max_length=40, default="Asia/Jakarta")
    ba_scope = models.CharField("cakupan berita acara", max_length=8, choices=BaScope.choices, default=BaScope.SESSION)
    opd_step = models.BooleanField("OPD mengisi lebih dahulu", default=True)
    silence_is_consent = models.BooleanField("diam pihak yang hadir berarti setuju", default=False)
    simulated = models.BooleanField("simulasi", default=False)
    closed_at = models.DateTimeField("ditutup", null=True, blank=True)
    version = models.PositiveBigIntegerField("versi", default=0, editable=False)
    head_hash = models.CharField("kepala rantai", max_length=64, blank=True, default="", editable=False)

    class Meta:
        ordering = ["-plan_year", "level", "no"]
        constraints = [models.UniqueConstraint(fields=["host", "plan_year", "level", "no"], name="round_key")]
        verbose_name = "penyelenggaraan"
        verbose_name_plural = "penyelenggaraan"

    def __str__(self) -> str:
        return self.short_name

    @property
    def chain(self) -> str:
        """The name of its event chain."""
        return self.CHAIN.format(self.code)

    @property
    def words(self) -> LevelWords:
        """The words of its level."""
        return words_for(self.level)

    @property
    def national(self) -> bool:
        """Whether it is the forum of the ministries with the provinces."""
        return self.level == RoundLevel.NATIONAL


class UsulanQuota(models.Model):
    """How many usulan, and how much allocation in all, a region may submit in a round; of the nation (region 00) what holds for every
    region without a row of its own. Without any row there is no limit."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="quotas", verbose_name="penyelenggaraan")
    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name="wilayah")
    number = models.PositiveSmallIntegerField("jumlah usulan", null=True, blank=True)
    amount = models.BigIntegerField("jumlah alokasi (Rp)", null=True, blank=True)

    class Meta:
        ordering = ["round", "region__kode"]
        constraints = [
            models.UniqueConstraint(fields=["round", "region"], name="usulanquota_key"),
            models.CheckConstraint(
                name="usulanquota_limit",
                condition=(Q(number__isnull=False) | Q(amount__isnull=False))
                & (Q(amount__isnull=True) | Q(amount__gte=0)),
            ),
        ]
        verbose_name = "kuota usulan"
        verbose_name_plural = "kuota usulan"

    def __str__(self) -> str:
        return f"{self.round} · {self.region}"


class Stage(models.Model):
    """A stage of a round for one role, or for all ('')."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="stages", verbose_name="penyelenggaraan")
    kind = models.CharField("tahapan", max_length=16, choices=StageKind.choices)
    role = models.CharField("peran", max_length=16, choices=Role.choices, blank=True, default="")
    opens_at = models.DateTimeField("dibuka")
    closes_at = models.DateTimeField("ditutup")
    on_close = models.CharField("akibat bagi yang belum diajukan", max_length=300, blank=True, default="")

    class Meta:
        ordering = ["round", "opens_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["round", "kind", "role"], name="stage_key"),
            models.CheckConstraint(name="stage_order", condition=Q(closes_at__gt=models.F("opens_at"))),
        ]
        verbose_name = "tahapan"
        verbose_name_plural = "tahapan"

    def __str__(self) -> str:
        return self.get_kind_display()

    @property
    def label(self) -> str:
        """The stage as the round's level calls it."""
        # The reads of every page bring the level along instead of the whole round.
        return words_for(getattr(self, "level", None) or self.round.level).stage(self.kind)


class StageException(models.Model):
    """A recorded extension of a stage for one institution."""

    stage = models.ForeignKey(Stage, models.CASCADE, related_name="exceptions", verbose_name="tahapan")
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="+", verbose_name="lembaga")
    until = models.DateTimeField("sampai")
    reason = models.CharField("alasan", max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="oleh")
    created_at = models.DateTimeField("dicatat", auto_now_add=True)

    class Meta:
        ordering = ["-created_at"]
        verbose_name = "perpanjangan tahapan"
        verbose_name_plural = "perpanjangan tahapan"

    def __str__(self) -> str:
        return f"{self.stage} · {self.institution}"


class InnerDeadline(models.Model):
    """The earlier date that a Bappeda sets for its own OPD within Pengisian Daerah."""

    stage = models.ForeignKey(Stage, models.CASCADE, related_name="inner_deadlines", verbose_name="tahapan")
    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name="wilayah")
    closes_at = models.DateTimeField("tutup bagi OPD")

    class Meta:
        ordering = ["stage", "region"]
        constraints = [models.UniqueConstraint(fields=["stage", "region"], name="innerdeadline_key")]
        verbose_name = "batas waktu OPD"
        verbose_name_plural = "batas waktu OPD"

    def __str__(self) -> str:
        return f"{self.stage} · {self.region}"


class Desk(models.Model):
    """A desk of a round: an urusan desk, the makro desk or a kewilayahan desk. Which bidang it covers is data per year."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="desks", verbose_name="penyelenggaraan")
    code = models.CharField("kode", max_length=20)
    name = models.CharField("nama", max_length=120)
    strand = models.CharField("pendekatan", max_length=12, choices=Strand.choices, default=Strand.URUSAN)
    order = models.PositiveSmallIntegerField("urutan", default=0)

    class Meta:
        ordering = ["round", "order", "code"]
        constraints = [models.UniqueConstraint(fields=["round", "code"], name="desk_key")]
        verbose_name = "desk"
        verbose_name_plural = "desk"

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class DeskBidang(models.Model):
    """A bidang urusan that a desk covers."""

    desk = models.ForeignKey(Desk, models.CASCADE, related_name="bidang_rows", verbose_name="desk")
    bidang = models.ForeignKey(BidangUrusan, models.PROTECT, related_name="desk_rows", verbose_name="bidang urusan")

    class Meta:
        ordering = ["desk", "bidang"]
        constraints = [models.UniqueConstraint(fields=["desk", "bidang"], name="deskbidang_key")]
        verbose_name = "bidang urusan desk"
        verbose_name_plural = "bidang urusan desk"

    def __str__(self) -> str:
        return f"{self.desk} · {self.bidang}"


class DeskIndicator(models.Model):
    """An indicator on the agenda of a desk, in the desk's order; once per round."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="indicator_rows", verbose_name="penyelenggaraan")
    desk = models.ForeignKey(Desk, models.CASCADE, related_name="indicator_rows", verbose_name="desk")
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="desk_rows", verbose_name="indikator")
    order = models.PositiveSmallIntegerField("urutan", default=0)

    class Meta:
        ordering = ["desk", "order", "indicator"]
        constraints = [models.UniqueConstraint(fields=["round", "indicator"], name="deskindicator_key")]
        verbose_name = "indikator desk"
        verbose_name_plural = "indikator desk"

    def __str__(self) -> str:
        return f"{self.desk} · {self.indicator}"


class Seat(models.Model):
    """Where an institution sits in a round, and as what. Empty desk, strand or region means all of them."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="seats", verbose_name="penyelenggaraan")
    desk = models.ForeignKey(Desk, models.CASCADE, null=True, blank=True, related_name="seats", verbose_name="desk")
    strand = models.CharField("pendekatan", max_length=12, choices=Strand.choices, blank=True, default="")
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="seats", verbose_name="lembaga")
    region = models.ForeignKey(
        Region, models.PROTECT, null=True, blank=True, related_name="seats", verbose_name="wilayah"
    )
    role = models.CharField("peran", max_length=16, choices=Role.choices)

    class Meta:
        ordering = ["round", "institution", "role", "pk"]
        indexes = [models.Index(fields=["institution", "role"])]
        verbose_name = "kursi"
        verbose_name_plural = "kursi"

    def __str__(self) -> str:
        return f"{self.institution} · {self.get_role_display()}"


class ConsentParty(models.Model):
    """A party whose consent a verdict of a strand needs; rows with a desk narrow the rule for that desk."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="consent_parties", verbose_name="penyelenggaraan")
    strand = models.CharField("pendekatan", max_length=12, choices=Strand.choices)
    desk = models.ForeignKey(
        Desk, models.CASCADE, null=True, blank=True, related_name="consent_parties", verbose_name="desk"
    )
    party = models.CharField("pihak", max_length=12, choices=Party.choices)

    class Meta:
        ordering = ["round", "strand", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "strand", "party"], condition=Q(desk__isnull=True), name="consentparty_round"
            ),
            models.UniqueConstraint(
                fields=["desk", "party"], condition=Q(desk__isnull=False), name="consentparty_desk"
            ),
        ]
        verbose_name = "pihak persetujuan"
        verbose_name_plural = "pihak persetujuan"

    def __str__(self) -> str:
        return f"{self.get_strand_display()} · {self.get_party_display()}"
