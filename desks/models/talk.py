"""What was said: positions, stances, notes and the event chain. All but Note and ClientWrite are insert-only, by trigger."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import Institution
from core.fields import ValueColumns, value_check
from core.money import format_rupiah
from core.values import format_value
from desks.choices import NoteKind, StanceBasis, StanceKind
from desks.models.item import Item, Support
from desks.models.room import Meja, Session
from desks.models.setup import Round
from desks.models.usulan import UsulanPlace


class Position(models.Model):
    """A figure that an institution put on the table for a row, one sub kegiatan or one location of it, with its reason. Insert-only.

    Of an usulan the row's figure is the whole package: total volume, and `amount`, its allocation in whole rupiah.
    """

    insert_only = True

    item = models.ForeignKey(
        Item, models.PROTECT, null=True, blank=True, related_name="positions", verbose_name="butir"
    )
    support = models.ForeignKey(
        Support, models.PROTECT, null=True, blank=True, related_name="positions", verbose_name="sub kegiatan pendukung"
    )
    place = models.ForeignKey(
        UsulanPlace, models.PROTECT, null=True, blank=True, related_name="positions", verbose_name="lokasi usulan"
    )
    seq = models.PositiveIntegerField("urutan")
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="positions", verbose_name="lembaga")
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="positions", verbose_name="oleh")
    on_behalf = models.ForeignKey(
        Institution, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="atas nama"
    )
    value = ValueColumns("nilai")
    amount = models.BigIntegerField("alokasi (Rp)", null=True, blank=True)
    reason = models.TextField("alasan", blank=True, default="")
    at = models.DateTimeField("waktu", default=timezone.now)

    class Meta:
        ordering = ["item_id", "seq"]
        constraints = [
            models.UniqueConstraint(fields=["item", "seq"], condition=Q(item__isnull=False), name="position_item_seq"),
            models.UniqueConstraint(
                fields=["support", "seq"], condition=Q(support__isnull=False), name="position_support_seq"
            ),
            models.UniqueConstraint(
                fields=["place", "seq"], condition=Q(place__isnull=False), name="position_place_seq"
            ),
            models.CheckConstraint(
                name="position_one_subject",
                condition=Q(item__isnull=False, support__isnull=True, place__isnull=True)
                | Q(item__isnull=True, support__isnull=False, place__isnull=True)
                | Q(item__isnull=True, support__isnull=True, place__isnull=False),
            ),
            value_check("position", "value"),
        ]
        verbose_name = "angka di meja"
        verbose_name_plural = "angka di meja"

    def __str__(self) -> str:
        return f"{self.item or self.support or self.place} · {self.seq}"

    @property
    def shown(self) -> str:
        """The figure as people read it; of an usulan volume with unit, and allocation. '' where it has none."""
        text = format_value(self.value)
        if self.amount is None:
            return text
        return " · ".join(
            part for part in (f"{text} {self.value.unit}" if text else "", format_rupiah(self.amount)) if part
        )


class Stance(models.Model):
    """What a party says to a position; void when a newer position comes. Insert-only."""

    insert_only = True

    position = models.ForeignKey(Position, models.PROTECT, related_name="stances", verbose_name="angka")
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="stances", verbose_name="pihak")
    seq = models.PositiveIntegerField("urutan")
    kind = models.CharField("sikap", max_length=10, choices=StanceKind.choices)
    basis = models.CharField("cara", max_length=8, choices=StanceBasis.choices, default=StanceBasis.OWN)
    text = models.CharField("keterangan", max_length=500, blank=True, default="")
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="dicatat oleh"
    )
    session = models.ForeignKey(Session, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="sesi")
    at = models.DateTimeField("waktu", default=timezone.now)

    class Meta:
        ordering = ["position_id", "institution_id", "seq"]
        constraints = [models.UniqueConstraint(fields=["position", "institution", "seq"], name="stance_key")]
        verbose_name = "sikap"
        verbose_name_plural = "sikap"

    def __str__(self) -> str:
        return f"{self.institution} · {self.kind}"


class Note(models.Model):
    """A block of the notes: one per row (or meja, item empty) and institution, with its own version.

    Internal ones stay in the institution; those of a region, written before the row was handed in, stay with its owners.
    """

    meja = models.ForeignKey(Meja, models.PROTECT, related_name="notes", verbose_name="meja")
    item = models.ForeignKey(Item, models.PROTECT, null=True, blank=True, related_name="notes", verbose_name="butir")
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="notes", verbose_name="lembaga")
    kind = models.CharField("jenis", max_length=8, choices=NoteKind.choices, default=NoteKind.DESK)
    text = models.TextField("isi", blank=True, default="")
    version = models.PositiveIntegerField("versi", default=0)
    changed_at = models.DateTimeField("diubah", auto_now=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="diubah oleh"
    )

    class Meta:
        ordering = ["meja_id", "item_id", "institution_id"]
        constraints = [
            models.UniqueConstraint(
                fields=["item", "institution", "kind"], condition=Q(item__isnull=False), name="note_item_key"
            ),
            models.UniqueConstraint(
                fields=["meja", "institution", "kind"], condition=Q(item__isnull=True), name="note_meja_key"
            ),
        ]
        verbose_name = "catatan"
        verbose_name_plural = "catatan"

    def __str__(self) -> str:
        return f"{self.institution} · {self.meja}"


class NoteRevision(models.Model):
    """Every text a note ever had. Insert-only."""

    insert_only = True

    note = models.ForeignKey(Note, models.PROTECT, related_name="revisions", verbose_name="catatan")
    seq = models.PositiveIntegerField("urutan")
    text = models.TextField("isi", blank=True, default="")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="oleh")
    at = models.DateTimeField("waktu", default=timezone.now)

    class Meta:
        ordering = ["note_id", "seq"]
        constraints = [models.UniqueConstraint(fields=["note", "seq"], name="noterevision_key")]
        verbose_name = "revisi catatan"
        verbose_name_plural = "revisi catatan"

    def __str__(self) -> str:
        return f"{self.note} · {self.seq}"


class Event(models.Model):
    """One act, chained by hash to the one before it in its meja or round. Insert-only.

    The payload is canonical JSON text with codes and offices, never names, NIP or e-mail.
    """

    insert_only = True

    chain = models.CharField("rantai", max_length=20)
    seq = models.PositiveBigIntegerField("urutan")
    round = models.ForeignKey(Round, models.PROTECT, related_name="events", verbose_name="penyelenggaraan")
    meja = models.ForeignKey(Meja, models.PROTECT, null=True, blank=True, related_name="events", verbose_name="meja")
    item = models.ForeignKey(Item, models.PROTECT, null=True, blank=True, related_name="events", verbose_name="butir")
    action = models.CharField("perbuatan", max_length=40)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="events", verbose_name="oleh")
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="events", verbose_name="lembaga")
    on_behalf = models.ForeignKey(
        Institution, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="atas nama"
    )
    at = models.DateTimeField("waktu")
    request_id = models.CharField("permintaan", max_length=64, blank=True, default="")
    payload = models.TextField("isi")
    prev_hash = models.CharField("hash sebelumnya", max_length=64, blank=True, default="")
    hash = models.CharField("hash", max_length=64)

    class Meta:
        ordering = ["chain", "seq"]
        constraints = [models.UniqueConstraint(fields=["chain", "seq"], name="event_chain_seq")]
        indexes = [models.Index(fields=["item", "seq"])]
        verbose_name = "peristiwa"
        verbose_name_plural = "peristiwa"

    def __str__(self) -> str:
        return f"{self.chain} #{self.seq} {self.action}"


class ClientWrite(models.Model):
    """The answer given to a client's write under its idempotency key; the same key with another body is refused. Kept 90 days."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name="orang")
    key = models.CharField("kunci", max_length=64)
    request_hash = models.CharField("sidik permintaan", max_length=64)
    answer = models.TextField("jawaban")
    created_at = models.DateTimeField("waktu", auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="clientwrite_key")]
        indexes = [models.Index(fields=["created_at"])]
        verbose_name = "tulisan klien"
        verbose_name_plural = "tulisan klien"

    def __str__(self) -> str:
        return self.key
