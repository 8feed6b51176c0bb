"""Lines of the host's Renja PD and RKPD on the agenda of a desk, with what the meeting concluded on each."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from core.codes import random_code
from desks.choices import LineOutcome
from desks.models.room import Session
from desks.models.setup import Desk
from planning.models import DocumentLine


class AgendaLine(models.Model):
    """A line as it was put on the agenda: its words and figures are copied, so that what the meeting read stays when the document moves on."""

    code = models.CharField("kode", max_length=10, unique=True, default=random_code, editable=False)
    desk = models.ForeignKey(Desk, models.CASCADE, related_name="agenda_lines", verbose_name="desk")
    line = models.ForeignKey(
        DocumentLine, models.SET_NULL, null=True, blank=True, related_name="agenda_lines", verbose_name="baris dokumen"
    )
    source = models.CharField("dokumen", max_length=360)
    line_code = models.CharField("kode baris", max_length=60)
    text = models.CharField("uraian", max_length=500)
    indicator = models.CharField("indikator", max_length=500, blank=True, default="")
    unit = models.CharField("satuan", max_length=60, blank=True, default="")
    target = models.CharField("target", max_length=200, blank=True, default="")
    amount = models.BigIntegerField("pagu (Rp)", null=True, blank=True)
    outcome = models.CharField("hasil", max_length=8, choices=LineOutcome.choices, default=LineOutcome.PENDING)
    conclusion = models.TextField("kesimpulan", blank=True, default="")
    session = models.ForeignKey(
        Session, models.PROTECT, null=True, blank=True, related_name="agenda_lines", verbose_name="sesi"
    )
    version = models.PositiveIntegerField("versi", default=1)

    class Meta:
        ordering = ["desk", "line_code", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["desk", "line"], name="agendaline_key"),
            models.CheckConstraint(
                name="agendaline_outcome", condition=Q(outcome="pending") | Q(session__isnull=False)
            ),
        ]
        verbose_name = "baris Renja di agenda"
        verbose_name_plural = "baris Renja di agenda"

    def __str__(self) -> str:
        return f"{self.line_code} {self.text}"
