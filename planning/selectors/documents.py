"""Reading what was written: documents with the number of their lines, and a document's lines."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from accounts.actors import Actor, can
from accounts.choices import InstitutionKind
from accounts.models import Institution
from planning.choices import LineLevel
from planning.models import Document, DocumentLine, LineYear

LEVELS = dict(LineLevel.choices)


def documents(actor: Actor | None) -> QuerySet[Document]:
    """The documents that the actor may read, by kind, owner and years, newest first, each with `line_count`."""
    lines = DocumentLine.objects.filter(document=OuterRef("pk")).order_by().values("document")
    return (
        Document.objects.visible_to(actor)
        .select_related("owner__region", "file")
        .annotate(line_count=Coalesce(Subquery(lines.annotate(n=Count("pk")).values("n")), 0))
        .order_by("kind", "owner__region__kode", "owner__name", "-year_from", "-version", "pk")
    )


def editions(actor: Actor, document: Document) -> list[Document]:
    """All versions of a document that the actor may read, newest first."""
    same = {"kind": document.kind, "owner_id": document.owner_id, "year_from": document.year_from}
    return list(Document.objects.visible_to(actor).filter(**same).select_related("owner__region").order_by("-version"))


def lines_of(document: Document) -> QuerySet[DocumentLine]:
    """The lines of a document in its order, with what they are tied to."""
    rows = DocumentLine.objects.filter(document=document).select_related("institution", "region", "nomenclature")
    return rows.order_by("order", "line_code", "pk")


def years_of(lines: Iterable[int]) -> dict[int, list[LineYear]]:
    """What lines say of the years, by line, in one query."""
    found: dict[int, list[LineYear]] = {}
    for row in LineYear.objects.filter(line__in=list(lines)).order_by("year"):
        found.setdefault(row.line_id, []).append(row)
    return found


@dataclass(slots=True)
class TreeLine:
    """A line in the tree: `total` is the sum of the lowest lines below (or its own pagu); `stated` its own where that differs."""

    pk: int
    code: str
    level: str
    text: str
    unit_in_charge: str
    location: str
    indicator: str
    unit: str
    target: str
    own: int | None
    children: list[TreeLine]
    total: int | None = None
    stated: int | None = None
    leaves: int = 0

    def add_up(self) -> None:
        """Sum from the bottom up; amounts of upper lines are never typed into the sum."""
        if not self.children:
            self.total, self.leaves = self.own, 1
            return
        for child in self.children:
            child.add_up()
        known = [child.total for child in self.children if child.total is not None]
        self.total = sum(known) if known else self.own
        self.leaves = sum(child.leaves for child in self.children)
        self.stated = self.own if self.own is not None and self.own != self.total else None


def tree_of_lines(document: Document, year: int) -> list[TreeLine]:
    """The lines of a document as a tree with the totals of one year, in two queries."""
    said = {
        line: (target, amount)
        for line, target, amount in LineYear.objects.filter(line__document=document, year=year).values_list(
            "line_id", "target", "amount"
        )
    }
    rows = lines_of(document).select_related(None).values_list(
        "pk", "parent_id", "line_code", "level", "text", "institution__short_name", "location", "region__short_name",
        "indicator_text", "unit",
    )  # fmt: skip
    nodes: dict[int, TreeLine] = {}
    parents: list[tuple[int, int]] = []
    for pk, parent, code, level, text, unit_in_charge, location, region, indicator, unit in rows:
        target, amount = said.get(pk, ("", None))
        nodes[pk] = TreeLine(
            pk, code, LEVELS.get(level, ""), text, unit_in_charge or "", location or region or "", indicator, unit, target, amount, []
        )  # fmt: skip
        parents.append((pk, parent or 0))
    tops: list[TreeLine] = []
    for pk, above in parents:
        (nodes[above].children if above in nodes else tops).append(nodes[pk])
    for top in tops:
        top.add_up()
    return tops


def document_years(document: Document) -> list[int]:
    """The years that a document covers."""
    return list(range(document.year_from, document.year_to + 1))


def writable_owners(actor: Actor) -> QuerySet[Institution]:
    """The institutions for which the actor may load documents."""
    rows = Institution.objects.filter(active=True).select_related("region").order_by("region__kode", "kind", "name")
    if can(actor, "planning.edit_reference"):
        return rows
    if actor.institution.kind == InstitutionKind.BAPPEDA:
        own: dict[str, Any] = {"region_id": actor.region_id, "kind__in": [InstitutionKind.BAPPEDA, InstitutionKind.OPD]}
        return rows.filter(**own)
    return rows.filter(pk=actor.institution.pk)
