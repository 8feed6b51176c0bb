"""Priority trees by year, and what hangs on their nodes."""

from __future__ import annotations

from django.db import models

from planning.choices import PriorityTree
from planning.models.reference import Nomenclature


class PriorityNode(models.Model):
    """A node of a priority tree of one year: PN/PP/KP/ProP, Pro-SN, tematik, tema KRISNA, Asta Cita, SPM, major project."""

    tree = models.CharField("pohon", max_length=10, choices=PriorityTree.choices)
    year = models.PositiveSmallIntegerField("tahun")
    code = models.CharField("kode", max_length=40)
    name = models.CharField("nama", max_length=500)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="induk"
    )
    source = models.CharField("sumber", max_length=300, blank=True, default="")

    class Meta:
        ordering = ["tree", "year", "code"]
        constraints = [models.UniqueConstraint(fields=["tree", "year", "code"], name="prioritynode_key")]
        verbose_name = "simpul prioritas"
        verbose_name_plural = "simpul prioritas"

    def __str__(self) -> str:
        return f"{self.get_tree_display()} {self.code} {self.name}"

    @property
    def key(self) -> str:
        """How addresses name the node: tree, year and code."""
        return f"{self.tree}:{self.year}:{self.code}"


class PriorityTag(models.Model):
    """Base of the tables that hang a node on something: what supports it is the foreign key that a subclass adds.

    The table stands in the app that owns the thing (sub kegiatan here, indicator and usulan above), so that keys point down.
    """

    node = models.ForeignKey(PriorityNode, models.PROTECT, related_name="%(class)s_set", verbose_name="simpul")
    source = models.CharField("sumber", max_length=300, blank=True, default="")

    class Meta:
        abstract = True

    @classmethod
    def subject_field(cls) -> str:
        """The name of the foreign key to what is tagged: the one besides `node`."""
        names = [field.name for field in cls._meta.concrete_fields if field.is_relation and field.name != "node"]
        assert len(names) == 1, names
        return names[0]


class NomenclaturePriority(PriorityTag):
    """A sub kegiatan that supports a node of its year."""

    nomenclature = models.ForeignKey(
        Nomenclature, models.CASCADE, related_name="priorities", verbose_name="sub kegiatan"
    )

    class Meta:
        ordering = ["node", "nomenclature"]
        constraints = [models.UniqueConstraint(fields=["nomenclature", "node"], name="nomenclaturepriority_key")]
        verbose_name = "prioritas sub kegiatan"
        verbose_name_plural = "prioritas sub kegiatan"

    def __str__(self) -> str:
        return f"{self.node} · {self.nomenclature}"
