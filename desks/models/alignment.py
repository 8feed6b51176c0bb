"""Findings of the uji keselarasan that a region stands by, with its reason."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from accounts.models import Institution
from desks.alignment_choices import FindingKind
from desks.models.item import Item
from desks.models.room import Meja


class AcceptedFinding(models.Model):
    """A finding as it read when the region accepted it: both cells, the document, the reason, who.

    `key` names the finding (kind, what it is about, which document); `cells` is the fingerprint of both cells, so that the finding is open
    again as soon as one of them changes. What happened to it stands in the chain of the meja.
    """

    meja = models.ForeignKey(Meja, models.PROTECT, related_name="accepted_findings", verbose_name="meja")
    item = models.ForeignKey(
        Item, models.PROTECT, null=True, blank=True, related_name="accepted_findings", verbose_name="butir"
    )
    key = models.CharField("kunci temuan", max_length=16)
    kind = models.CharField("jenis", max_length=20, choices=FindingKind.choices)
    subject = models.CharField("tentang", max_length=500)
    here = models.CharField("di Isian", max_length=500)
    there = models.CharField("di dokumen", max_length=500)
    document = models.CharField("dokumen", max_length=360, blank=True, default="")
    cells = models.CharField("sidik sel", max_length=64)
    reason = models.CharField("alasan", max_length=1000)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="accepted_findings", verbose_name="oleh"
    )
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="+", verbose_name="lembaga")
    at = models.DateTimeField("waktu", default=timezone.now)

    class Meta:
        ordering = ["meja", "pk"]
        constraints = [models.UniqueConstraint(fields=["meja", "key"], name="acceptedfinding_key")]
        verbose_name = "temuan keselarasan yang diterima"
        verbose_name_plural = "temuan keselarasan yang diterima"

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.subject}"
