"""The agenda row and what hangs on it: lineage, supporting sub kegiatan with funds and places."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from accounts.models import Institution, Region
from core.codes import random_code
from core.fields import ValueColumns, value_check
from desks.choices import Applicability, ItemState, ReasonCode, SupportVerdict, state_label
from desks.models.room import Meja
from desks.models.setup import Round
from desks.querysets import ItemQuerySet
from indicators.choices import Strand
from indicators.models import Indicator, IndicatorVersion
from planning.models import FundingSource, Nomenclature


class Item(models.Model):
    """A row of the agenda of a meja: for the strand urusan, one indicator in one region.

    `version` moves on value, position, state and detail rows, never on notes, stances or presence. `state` is written by `desks.workflow` alone.
    """

    code = models.CharField("kode", max_length=10, unique=True, default=random_code, editable=False)
    meja = models.ForeignKey(Meja, models.PROTECT, related_name="items", verbose_name="meja")
    round = models.ForeignKey(Round, models.PROTECT, related_name="items", verbose_name="penyelenggaraan")
    region = models.ForeignKey(Region, models.PROTECT, related_name="items", verbose_name="wilayah")
    strand = models.CharField("pendekatan", max_length=12, choices=Strand.choices, default=Strand.URUSAN)
    indicator = models.ForeignKey(
        Indicator, models.PROTECT, null=True, blank=True, related_name="items", verbose_name="indikator"
    )
    indicator_version = models.ForeignKey(
        IndicatorVersion, models.PROTECT, null=True, blank=True, related_name="items", verbose_name="versi indikator"
    )
    order = models.PositiveSmallIntegerField("urutan", default=0)
    state = models.CharField("keadaan", max_length=14, choices=ItemState.choices, default=ItemState.DRAFT)
    version = models.PositiveIntegerField("versi", default=1)
    applicability = models.CharField(
        "keberlakuan", max_length=12, choices=Applicability.choices, default=Applicability.APPLIES
    )
    applicability_reason = models.CharField("alasan keberlakuan", max_length=500, blank=True, default="")
    value_proposed = ValueColumns("usulan")
    value_agreed = ValueColumns("kesepakatan")
    proposal_note = models.TextField("penjelasan usulan", blank=True, default="")
    conclusion = models.TextField("kesimpulan", blank=True, default="")
    reason = models.CharField("kode alasan", max_length=24, choices=ReasonCode.choices, blank=True, default="")
    request_text = models.TextField("permintaan", blank=True, default="")
    request_due = models.DateTimeField("batas permintaan", null=True, blank=True)
    request_owner = models.ForeignKey(
        Institution, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="penanggung jawab permintaan"
    )
    target_seq = models.PositiveBigIntegerField("target berubah sejak peristiwa", null=True, blank=True, editable=False)
    """Seq of the first change of a target, in the chain of the meja, that the owner has neither confirmed nor answered by an edit."""
    locked_at = models.DateTimeField("terkunci dalam berita acara", null=True, blank=True)
    carried_from = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="carried_to", verbose_name="lanjutan dari"
    )
    changed_at = models.DateTimeField("diubah", auto_now=True)

    objects = ItemQuerySet.as_manager()

    class Meta:
        ordering = ["meja", "order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "region", "indicator"],
                condition=Q(indicator__isnull=False),
                name="item_indicator_once",
            ),
            models.CheckConstraint(
                name="item_conclusion", condition=~Q(state__in=["declined", "agreed_noted"]) | ~Q(conclusion="")
            ),
            models.CheckConstraint(
                name="item_reason", condition=~Q(state__in=["declined", "not_discussed"]) | ~Q(reason="")
            ),
            models.CheckConstraint(
                name="item_not_relevant_reason", condition=Q(applicability="applies") | ~Q(applicability_reason="")
            ),
            value_check("item", "value_proposed"),
            value_check("item", "value_agreed"),
        ]
        indexes = [
            models.Index(fields=["round", "state"]),
            models.Index(fields=["region", "round"]),
            models.Index(fields=["indicator", "round"]),
            # What is final elsewhere is seen beside one's own rows: without it every such question reads the whole round.
            models.Index(fields=["round"], condition=Q(locked_at__isnull=False), name="item_final"),
        ]
        verbose_name = "butir"
        verbose_name_plural = "butir"

    def __str__(self) -> str:
        return self.code

    @property
    def subject(self) -> str:
        """What the row is about, in words: the indicator as worded when it was filled, or the title of the usulan."""
        if self.strand == Strand.KEWILAYAHAN:
            return self.usulan.title
        return self.indicator_version.name if self.indicator_version else str(self.indicator or self.code)

    @property
    def subject_unit(self) -> str:
        """The unit of its figure."""
        if self.strand == Strand.KEWILAYAHAN:
            return self.usulan.unit
        worded = self.indicator_version.unit if self.indicator_version else ""
        return worded or (self.indicator.unit if self.indicator else "")

    def get_state_display(self) -> str:  # type: ignore[no-redef]
        """The state in the words of the row's strand."""
        return state_label(self.state, self.strand)


class Lineage(models.Model):
    """How rows came from each other: merged, split, carried over."""

    from_item = models.ForeignKey(Item, models.PROTECT, related_name="descendants", verbose_name="asal")
    to_item = models.ForeignKey(Item, models.PROTECT, related_name="ancestors", verbose_name="menjadi")
    kind = models.CharField(
        "jenis", max_length=8, choices=[("carry", "Lanjutan"), ("merge", "Gabungan"), ("split", "Pecahan")]
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["from_item", "to_item", "kind"], name="lineage_key"),
            models.CheckConstraint(name="lineage_not_self", condition=~Q(from_item=F("to_item"))),
        ]
        verbose_name = "silsilah"
        verbose_name_plural = "silsilah"

    def __str__(self) -> str:
        return f"{self.from_item} → {self.to_item}"


class Support(models.Model):
    """A sub kegiatan of an OPD that supports an item, settled by itself."""

    item = models.ForeignKey(Item, models.CASCADE, related_name="supports", verbose_name="butir")
    nomenclature = models.ForeignKey(Nomenclature, models.PROTECT, related_name="supports", verbose_name="sub kegiatan")
    opd = models.ForeignKey(Institution, models.PROTECT, related_name="supports", verbose_name="perangkat daerah")
    volume = models.DecimalField("volume", max_digits=15, decimal_places=4, null=True, blank=True)
    volume_unit = models.CharField("satuan", max_length=60, blank=True, default="")
    verdict = models.CharField(
        "keputusan", max_length=12, choices=SupportVerdict.choices, default=SupportVerdict.PENDING
    )
    note = models.CharField("catatan", max_length=500, blank=True, default="")
    added_at_desk = models.BooleanField("ditambahkan di desk", default=False)

    class Meta:
        ordering = ["item", "nomenclature__kode", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["item", "nomenclature", "opd"], name="support_key"),
            models.CheckConstraint(name="support_noted", condition=~Q(verdict="agreed_noted") | ~Q(note="")),
        ]
        verbose_name = "sub kegiatan pendukung"
        verbose_name_plural = "sub kegiatan pendukung"

    def __str__(self) -> str:
        return f"{self.item} · {self.nomenclature}"


class SupportFund(models.Model):
    """The pagu of a supporting sub kegiatan from one sumber dana, whole rupiah, with the unit it was written in."""

    support = models.ForeignKey(Support, models.CASCADE, related_name="funds", verbose_name="sub kegiatan pendukung")
    source = models.ForeignKey(FundingSource, models.PROTECT, related_name="+", verbose_name="sumber dana")
    proposed = models.BigIntegerField("pagu usulan (Rp)", null=True, blank=True)
    proposed_unit = models.CharField("satuan asal", max_length=8, default="rp")
    agreed = models.BigIntegerField("pagu kesepakatan (Rp)", null=True, blank=True)

    class Meta:
        ordering = ["support", "source"]
        constraints = [
            models.UniqueConstraint(fields=["support", "source"], name="supportfund_key"),
            models.CheckConstraint(
                name="supportfund_positive", condition=Q(proposed__isnull=True) | Q(proposed__gte=0)
            ),
            models.CheckConstraint(
                name="supportfund_agreed_positive", condition=Q(agreed__isnull=True) | Q(agreed__gte=0)
            ),
        ]
        verbose_name = "pagu menurut sumber dana"
        verbose_name_plural = "pagu menurut sumber dana"

    def __str__(self) -> str:
        return f"{self.support} · {self.source}"


class SupportPlace(models.Model):
    """A location (kab/kota) of a supporting sub kegiatan."""

    support = models.ForeignKey(Support, models.CASCADE, related_name="places", verbose_name="sub kegiatan pendukung")
    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name="lokasi")

    class Meta:
        ordering = ["support", "region"]
        constraints = [models.UniqueConstraint(fields=["support", "region"], name="supportplace_key")]
        verbose_name = "lokasi sub kegiatan"
        verbose_name_plural = "lokasi sub kegiatan"

    def __str__(self) -> str:
        return f"{self.support} · {self.region}"
