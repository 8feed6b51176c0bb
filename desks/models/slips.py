"""Warnings of the slip catcher that somebody accepted with a reason."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from accounts.models import Institution
from desks.models.item import Item
from indicators.slips import Kind


class SlipAcceptance(models.Model):
    """What was warned of holds, and why: for one row, or one sub kegiatan of it (`subject`), and the value as it stood. Insert-only.

    The same value draws no warning again; another one does.
    """

    insert_only = True

    item = models.ForeignKey(Item, models.PROTECT, related_name="slips_accepted", verbose_name="butir")
    subject = models.CharField(
        "sub kegiatan", max_length=80, blank=True, default="", help_text="kode|perangkat daerah; kosong untuk target."
    )
    kind = models.CharField("jenis", max_length=12, choices=[(kind.value, kind.label) for kind in Kind])
    value = models.CharField("nilai seperti tertulis", max_length=200)
    text = models.CharField("peringatan", max_length=600)
    reason = models.CharField("alasan", max_length=500)
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="+", verbose_name="lembaga")
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="oleh")
    at = models.DateTimeField("waktu", default=timezone.now)

    class Meta:
        ordering = ["item_id", "pk"]
        constraints = [models.UniqueConstraint(fields=["item", "subject", "value"], name="slipacceptance_key")]
        verbose_name = "peringatan diterima"
        verbose_name_plural = "peringatan diterima"

    def __str__(self) -> str:
        return f"{self.item} · {self.kind} · {self.value}"
