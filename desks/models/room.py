"""The room: the meja (round × desk × region) that carries version and chain, its sessions, agenda and attendance."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import Institution, Region
from core.codes import random_code
from desks.choices import AgendaOutcome, AttendanceMode, SessionMode, SessionState
from desks.models.setup import Desk, Round


class Meja(models.Model):
    """Desk × region, the unit of life. Its version is the one point of serialisation; its events carry those versions as `seq`."""

    CHAIN = "meja:{}"

    code = models.CharField("kode", max_length=10, unique=True, default=random_code, editable=False)
    round = models.ForeignKey(Round, models.PROTECT, related_name="mejas", verbose_name="penyelenggaraan")
    desk = models.ForeignKey(Desk, models.PROTECT, related_name="mejas", verbose_name="desk")
    region = models.ForeignKey(Region, models.PROTECT, related_name="mejas", verbose_name="wilayah")
    version = models.PositiveBigIntegerField("versi", default=0, editable=False)
    head_hash = models.CharField("kepala rantai", max_length=64, blank=True, default="", editable=False)

    class Meta:
        ordering = ["desk", "region"]
        constraints = [models.UniqueConstraint(fields=["desk", "region"], name="meja_key")]
        indexes = [models.Index(fields=["round", "region"])]
        verbose_name = "meja"
        verbose_name_plural = "meja"

    def __str__(self) -> str:
        return f"{self.desk} × {self.region}"

    @property
    def chain(self) -> str:
        """The name of its event chain."""
        return self.CHAIN.format(self.code)


class Session(models.Model):
    """A sitting of one or more mejas of a desk."""

    code = models.CharField("kode", max_length=10, unique=True, default=random_code, editable=False)
    desk = models.ForeignKey(Desk, models.PROTECT, related_name="sessions", verbose_name="desk")
    no = models.PositiveSmallIntegerField("sesi ke", default=1)
    starts = models.DateTimeField("mulai")
    ends = models.DateTimeField("selesai")
    tz = models.CharField("zona waktu", max_length=40, default="Asia/Jakarta")
    mode = models.CharField("cara", max_length=8, choices=SessionMode.choices, default=SessionMode.HYBRID)
    place = models.CharField("tempat", max_length=200, blank=True, default="")
    state = models.CharField("keadaan", max_length=8, choices=SessionState.choices, default=SessionState.PLANNED)
    opened_at = models.DateTimeField("dibuka", null=True, blank=True)
    closed_at = models.DateTimeField("ditutup", null=True, blank=True)
    follows = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="followed_by", verbose_name="lanjutan dari"
    )
    locked_at = models.DateTimeField("terkunci dalam berita acara", null=True, blank=True)
    mejas = models.ManyToManyField(Meja, through="SessionMeja", related_name="sessions", verbose_name="meja")

    class Meta:
        ordering = ["starts", "desk"]
        indexes = [models.Index(fields=["state", "starts"])]
        constraints = [models.CheckConstraint(name="session_order", condition=Q(ends__gt=models.F("starts")))]
        verbose_name = "sesi desk"
        verbose_name_plural = "sesi desk"

    def __str__(self) -> str:
        return f"Sesi {self.no} {self.desk}"


class SessionMeja(models.Model):
    """A meja that sits in a session."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="meja_rows", verbose_name="sesi")
    meja = models.ForeignKey(Meja, models.PROTECT, related_name="session_rows", verbose_name="meja")

    class Meta:
        ordering = ["session", "meja"]
        constraints = [models.UniqueConstraint(fields=["session", "meja"], name="sessionmeja_key")]
        verbose_name = "meja sesi"
        verbose_name_plural = "meja sesi"

    def __str__(self) -> str:
        return f"{self.session} · {self.meja}"


class Attendance(models.Model):
    """A person present in a session, or a party recorded absent by the chair once, with a reason, until it arrives (`lifted_at`)."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="attendance", verbose_name="sesi")
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="attendance", verbose_name="lembaga")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="attendance", verbose_name="orang"
    )
    name = models.CharField("nama", max_length=150, blank=True, default="")
    office = models.CharField("jabatan", max_length=200, blank=True, default="")
    mode = models.CharField("kehadiran", max_length=8, choices=AttendanceMode.choices)
    reason = models.CharField("alasan", max_length=300, blank=True, default="")
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="dicatat oleh"
    )
    at = models.DateTimeField("waktu")
    lifted_at = models.DateTimeField("hadir kembali", null=True, blank=True)
    left_at = models.DateTimeField("meninggalkan", null=True, blank=True)

    class Meta:
        ordering = ["session", "institution", "at"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "user"], condition=Q(user__isnull=False), name="attendance_user"
            ),
            models.UniqueConstraint(
                fields=["session", "institution"],
                condition=Q(mode="absent", lifted_at__isnull=True),
                name="attendance_absent_once",
            ),
            models.CheckConstraint(name="attendance_absent_reason", condition=~Q(mode="absent") | ~Q(reason="")),
        ]
        verbose_name = "kehadiran"
        verbose_name_plural = "kehadiran"

    def __str__(self) -> str:
        return f"{self.institution} · {self.get_mode_display()}"


class AgendaEntry(models.Model):
    """A row on the agenda of a session, its order and what became of it there."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="agenda", verbose_name="sesi")
    item = models.ForeignKey("desks.Item", models.PROTECT, related_name="agenda", verbose_name="butir")
    order = models.PositiveSmallIntegerField("urutan", default=0)
    outcome = models.CharField("hasil", max_length=12, choices=AgendaOutcome.choices, default=AgendaOutcome.WAITING)

    class Meta:
        ordering = ["session", "order", "pk"]
        constraints = [models.UniqueConstraint(fields=["session", "item"], name="agendaentry_key")]
        verbose_name = "butir agenda"
        verbose_name_plural = "butir agenda"

    def __str__(self) -> str:
        return f"{self.session} · {self.order}"
