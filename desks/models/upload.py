"""A workbook of the Isian that came back: the file as it was sent, what it wants, what was accepted and what became of it."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from accounts.models import Membership, Region
from core.codes import random_code
from core.models import StoredFile
from desks.models.room import Meja
from desks.models.setup import Round


class UploadState(models.TextChoices):
    """Where an upload stands."""

    READING = "reading", "sedang dibaca"
    REFUSED = "refused", "tidak dapat dibaca"
    READY = "ready", "menunggu keputusan"
    APPLYING = "applying", "sedang diterapkan"
    DONE = "done", "selesai"
    DROPPED = "dropped", "dibatalkan"


class IsianUpload(models.Model):
    """One upload of one person under one membership. `comparison` holds every typed cell as compared, later with its outcome; `chosen` what was accepted."""

    code = models.CharField("kode", max_length=10, unique=True, default=random_code, editable=False)
    round = models.ForeignKey(Round, models.PROTECT, related_name="uploads", verbose_name="penyelenggaraan")
    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name="wilayah")
    meja = models.ForeignKey(Meja, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="desk")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="pengunggah")
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="+", verbose_name="keanggotaan")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name="berkas asli")
    comparison = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="perbandingan"
    )
    answer = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="berkas jawaban"
    )
    state = models.CharField("keadaan", max_length=8, choices=UploadState.choices, default=UploadState.READING)
    dot = models.CharField("arti titik", max_length=9, default="ask")
    chosen = models.TextField("yang diterima", blank=True, default="")
    """'' before a decision, '*' for all, else the numbers of the accepted rows with commas. Never changed once applying began."""
    error = models.TextField("alasan", blank=True, default="")
    created_at = models.DateTimeField("diunggah", auto_now_add=True)

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["by", "-created_at"], name="isianupload_by")]
        verbose_name = "unggahan isian"
        verbose_name_plural = "unggahan isian"

    def __str__(self) -> str:
        return self.code
