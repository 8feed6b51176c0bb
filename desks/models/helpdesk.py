"""What keeps the forum going: reports of trouble with the portal, and announcements above every page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from accounts.models import Institution
from core.codes import random_code
from desks.helpdesk_choices import AnnouncementLevel, ReportStatus
from desks.models.setup import Round
from desks.scopes import kept_rounds

if TYPE_CHECKING:
    from accounts.actors import Actor


WIB = "Asia/Jakarta"


class ReportQuerySet(models.QuerySet["Report"]):
    """Reports as an actor may see them."""

    def kept_by(self, actor: Actor | None) -> ReportQuerySet:
        """The queue of a secretariat: of its rounds, and for the centre's those of people who sit in no round."""
        kept = kept_rounds(actor) if actor is not None else frozenset()
        if actor is None or not kept:
            return self.none()
        return self.filter(Q(round__in=kept) | Q(round__isnull=True) if actor.central else Q(round__in=kept))


class Report(models.Model):
    """Trouble that a person met on a page of the portal. Beside the sender nobody is named by the portal itself."""

    code = models.CharField("kode", max_length=10, unique=True, default=random_code, editable=False)
    round = models.ForeignKey(
        Round, models.PROTECT, null=True, blank=True, related_name="reports", verbose_name="penyelenggaraan"
    )
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="reports", verbose_name="pengirim")
    institution = models.ForeignKey(
        Institution, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="lembaga"
    )
    page = models.CharField("halaman", max_length=300, blank=True, default="")
    item_code = models.CharField("kode baris", max_length=10, blank=True, default="")
    text = models.TextField("laporan")
    request_id = models.CharField("nomor permintaan", max_length=64, blank=True, default="")
    agent = models.CharField("peramban", max_length=300, blank=True, default="")
    width = models.PositiveIntegerField("lebar layar", null=True, blank=True)
    status = models.CharField("status", max_length=12, choices=ReportStatus.choices, default=ReportStatus.NEW)
    answer = models.TextField("jawaban", blank=True, default="")
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="dijawab oleh"
    )
    version = models.PositiveIntegerField("versi", default=1)
    created_at = models.DateTimeField("dikirim", auto_now_add=True)
    changed_at = models.DateTimeField("diubah", auto_now=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["round", "status", "-created_at"], name="report_queue"),
            models.Index(fields=["user", "-created_at"], name="report_own"),
        ]
        verbose_name = "laporan kendala"
        verbose_name_plural = "laporan kendala"

    def __str__(self) -> str:
        return self.code

    @property
    def tz(self) -> str:
        """The clock on which its hours are shown."""
        return self.round.tz if self.round else WIB


class Announcement(models.Model):
    """A line above every page from one hour until another, for one round or for everybody."""

    code = models.CharField("kode", max_length=10, unique=True, default=random_code, editable=False)
    round = models.ForeignKey(
        Round, models.PROTECT, null=True, blank=True, related_name="announcements", verbose_name="penyelenggaraan"
    )
    text = models.CharField("isi", max_length=500)
    level = models.CharField(
        "tingkat", max_length=10, choices=AnnouncementLevel.choices, default=AnnouncementLevel.INFO
    )
    starts_at = models.DateTimeField("tampil sejak")
    ends_at = models.DateTimeField("tampil sampai", db_index=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="ditulis oleh")
    version = models.PositiveIntegerField("versi", default=1)
    changed_at = models.DateTimeField("diubah", auto_now=True)

    class Meta:
        ordering = ["-starts_at", "-pk"]
        constraints = [models.CheckConstraint(name="announcement_order", condition=Q(ends_at__gte=F("starts_at")))]
        verbose_name = "pengumuman"
        verbose_name_plural = "pengumuman"

    def __str__(self) -> str:
        return self.text

    @property
    def tz(self) -> str:
        """The clock on which its hours are shown."""
        return self.round.tz if self.round else WIB
