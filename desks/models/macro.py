"""What hangs on a row of the strand makro: strategies and actions of centre and region."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from accounts.models import Institution
from core.codes import random_code
from desks.choices import ActionSide
from desks.models.item import Item


class MacroAction(models.Model):
    """A strategi or aksi by which centre or region will reach the target of a macro indicator, with who answers for it.

    The owner is an institution of the portal, or where it has none (a BUMD, a university) its name as written. Each change raises the
    version of the row; the code names the action in events and programs.
    """

    code = models.CharField("kode", max_length=10, unique=True, default=random_code, editable=False)
    item = models.ForeignKey(Item, models.CASCADE, related_name="actions", verbose_name="butir")
    side = models.CharField("pihak", max_length=6, choices=ActionSide.choices)
    text = models.TextField("strategi dan aksi")
    owner = models.ForeignKey(
        Institution, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="penanggung jawab"
    )
    owner_text = models.CharField("penanggung jawab tertulis", max_length=200, blank=True, default="")
    order = models.PositiveSmallIntegerField("urutan", default=0)
    added_at_desk = models.BooleanField("ditambahkan di desk", default=False)

    class Meta:
        ordering = ["item", "side", "order", "pk"]
        constraints = [
            models.CheckConstraint(
                name="macroaction_owned",
                condition=Q(owner__isnull=False, owner_text="") | Q(owner__isnull=True) & ~Q(owner_text=""),
            ),
            models.CheckConstraint(name="macroaction_said", condition=~Q(text="")),
        ]
        verbose_name = "strategi dan aksi"
        verbose_name_plural = "strategi dan aksi"

    def __str__(self) -> str:
        return f"{self.item} · {self.text[:60]}"

    @property
    def owner_name(self) -> str:
        """Who answers for it, as people call them."""
        return self.owner.short_name if self.owner else self.owner_text
