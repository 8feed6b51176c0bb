"""Uploaded files of planning: what they are, how their columns are read, what became of every row; and the layouts that institutions use."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.db import models

from accounts.models import Institution
from core.codes import random_code
from core.models import Job, StoredFile
from planning.choices import DocumentKind, DocumentStage, RowOutcome, UploadKind, UploadState
from planning.models.documents import Document


class Upload(models.Model):
    """A file on its way to a document, a version of the nomenclature or the RO of a K/L. The original stays with what was loaded."""

    code = models.CharField("kode", max_length=10, unique=True, default=random_code, editable=False)
    kind = models.CharField("jenis", max_length=12, choices=[*DocumentKind.choices, *UploadKind.choices])
    owner = models.ForeignKey(Institution, models.PROTECT, related_name="uploads", verbose_name="pemilik")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="diunggah oleh")
    file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="uploads", verbose_name="berkas"
    )
    year_from = models.PositiveSmallIntegerField("tahun awal")
    year_to = models.PositiveSmallIntegerField("tahun akhir")
    stage = models.CharField("tahapan", max_length=16, choices=DocumentStage.choices, blank=True, default="")
    title = models.CharField("judul", max_length=300)
    source = models.CharField("sumber", max_length=300, blank=True, default="")
    state = models.CharField("keadaan", max_length=10, choices=UploadState.choices, default=UploadState.COLUMNS)
    version = models.PositiveIntegerField("versi", default=1)
    sheet = models.CharField("lembar", max_length=100, blank=True, default="")
    header_first = models.PositiveIntegerField("baris judul pertama", default=0)
    header_last = models.PositiveIntegerField("baris judul terakhir", default=0)
    columns_text = models.TextField("susunan kolom", default="[]", db_column="columns")
    remembered = models.BooleanField("susunan dikenal", default=False)
    counts_text = models.TextField("hitungan", default="{}", db_column="counts")
    job = models.ForeignKey(Job, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="pekerjaan")
    document = models.ForeignKey(
        Document, models.SET_NULL, null=True, blank=True, related_name="uploads", verbose_name="dokumen"
    )
    created_at = models.DateTimeField("diunggah", auto_now_add=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["owner", "state"])]
        verbose_name = "unggahan"
        verbose_name_plural = "unggahan"

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.title}"

    @property
    def counts(self) -> dict[str, int]:
        """How many rows had which outcome."""
        return json.loads(self.counts_text)

    @property
    def columns(self) -> list[dict[str, Any]]:
        """What each column means, in their order."""
        return json.loads(self.columns_text)


class UploadRow(models.Model):
    """A row of an uploaded file and what became of it; `data` is what is written when the file is accepted."""

    upload = models.ForeignKey(Upload, models.CASCADE, related_name="rows", verbose_name="unggahan")
    line = models.PositiveIntegerField("baris")
    outcome = models.CharField("hasil", max_length=10, choices=RowOutcome.choices)
    code = models.CharField("kode", max_length=60, blank=True, default="")
    text = models.CharField("uraian", max_length=500, blank=True, default="")
    note = models.TextField("keterangan", blank=True, default="")
    data = models.TextField("isi", blank=True, default="")

    class Meta:
        ordering = ["upload", "line"]
        constraints = [models.UniqueConstraint(fields=["upload", "line"], name="uploadrow_key")]
        indexes = [models.Index(fields=["upload", "outcome", "line"])]
        verbose_name = "baris unggahan"
        verbose_name_plural = "baris unggahan"

    def __str__(self) -> str:
        return f"{self.upload_id} {self.line}"


class ColumnMapping(models.Model):
    """How an institution reads a layout of a kind of document: the next file with the same header needs no questions."""

    institution = models.ForeignKey(Institution, models.CASCADE, related_name="column_mappings", verbose_name="lembaga")
    kind = models.CharField("jenis", max_length=12, choices=[*DocumentKind.choices, *UploadKind.choices])
    signature = models.CharField("sidik judul", max_length=64)
    columns_text = models.TextField("susunan kolom", default="[]", db_column="columns")
    used_at = models.DateTimeField("dipakai", auto_now=True)

    class Meta:
        ordering = ["institution", "kind", "-used_at"]
        constraints = [models.UniqueConstraint(fields=["institution", "kind", "signature"], name="columnmapping_key")]
        verbose_name = "susunan kolom"
        verbose_name_plural = "susunan kolom"

    def __str__(self) -> str:
        return f"{self.institution} {self.kind}"
