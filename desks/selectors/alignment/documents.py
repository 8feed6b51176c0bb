"""Which documents rows are held against: of each kind and owner the latest stage that exists, and what they state of the plan year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from django.db.models import Q

from accounts.actors import Actor
from core.fields import value_from, value_names
from core.values import Value
from desks.models import Round
from desks.selectors.alignment.found import Source
from indicators.models import Figure
from planning.choices import DocumentKind, DocumentStage, LineLevel, NomenclatureLevel
from planning.models import BidangHolder, Document, DocumentLine, LineYear

STAGES: Final = list(DocumentStage.values)


class Use(NamedTuple):
    """What a kind of document is asked: whether a row must stand in it."""

    link: bool


USES: Final[dict[str, Use]] = {
    DocumentKind.RKPD: Use(link=True),
    DocumentKind.RENJA_PD: Use(link=True),
    DocumentKind.RPJMD: Use(link=False),
    DocumentKind.RENSTRA_PD: Use(link=False),
    DocumentKind.RKP: Use(link=False),
}
"""The kinds, in the order of the page. In all of them another unit or target is a finding."""
OF_OPD: Final = frozenset({DocumentKind.RENJA_PD.value, DocumentKind.RENSTRA_PD.value})


class Stated(NamedTuple):
    """A target of an indicator in a document."""

    value: Value | None
    unit: str


@dataclass
class SubLine:
    """A sub kegiatan in a document."""

    opd: int | None
    unit: str
    target: str = ""
    amount: int | None = None


@dataclass
class Library:
    """The documents and everything in them that rows are held against."""

    documents: list[Document]
    figures: dict[tuple[int, int, int], Stated] = field(default_factory=dict)
    """By (document, indicator, region)."""
    lines: dict[tuple[int, str], list[SubLine]] = field(default_factory=dict)
    """By (document, kode of the sub kegiatan)."""
    with_targets: frozenset[int] = frozenset()
    with_lines: frozenset[int] = frozenset()
    held: frozenset[tuple[int, int]] = frozenset()
    """(OPD, bidang urusan) of the plan year."""

    def of_region(self, region: int) -> list[Document]:
        """The documents of a region, and those of the nation."""
        return [row for row in self.documents if row.kind == DocumentKind.RKP or row.owner.region_id == region]


def source_of(document: Document) -> Source:
    """`RKPD Provinsi Banten, rancangan awal, versi 1`."""
    owner = f" {document.owner.short_name}" if document.kind in OF_OPD else ""
    simulated = ", simulasi" if document.simulated else ""
    label = f"{document.get_kind_display()}{owner} {document.years}, {document.get_stage_display().lower()}, versi {document.version}{simulated}"
    return Source(label, f"{document.kind}/{document.owner.code}", document.pk)


def library_of(
    actor: Actor, round_: Round, regions: Collection[int], indicators: Collection[int], kodes: Collection[str], only: int | None = None
) -> Library:  # fmt: skip
    """The documents that the actor may read, in six queries; `only` holds the rows against this document alone, whatever its stage."""
    year = round_.plan_year
    documents = _chosen(actor, year, regions, only)
    found = Library(documents)
    if not documents:
        return found
    pks = [row.pk for row in documents]
    figures = Figure.objects.filter(line__document__in=pks, year=year).order_by("pk")
    found.with_targets = frozenset(figures.order_by().values_list("line__document_id", flat=True).distinct())
    columns = ("line__document_id", "indicator_id", "region_id", "line__unit", *value_names("value"))
    for row in figures.filter(indicator__in=indicators, region__in=regions).values_list(*columns):
        found.figures[row[0], row[1], row[2]] = Stated(value_from(*row[4:]), row[3])
    subs = Q(level=LineLevel.SUB_KEGIATAN) | Q(nomenclature__level=NomenclatureLevel.SUB_KEGIATAN)
    lines = DocumentLine.objects.filter(subs, document__in=pks).order_by()
    found.with_lines = frozenset(lines.values_list("document_id", flat=True).distinct())
    found.lines = _lines(lines.filter(nomenclature__kode__in=kodes), year)
    owners = [row.owner_id for row in documents if row.kind in OF_OPD]
    held = BidangHolder.objects.filter(year=year, institution__in=owners).order_by()
    found.held = frozenset(held.values_list("institution_id", "bidang_id"))
    return found


def _chosen(actor: Actor, year: int, regions: Collection[int], only: int | None) -> list[Document]:
    rows = Document.objects.visible_to(actor).filter(
        Q(owner__region__in=regions) | Q(kind=DocumentKind.RKP), kind__in=list(USES), year_from__lte=year, year_to__gte=year
    )  # fmt: skip
    if only is not None:
        rows = rows.filter(pk=only)
    best: dict[tuple[str, int], Document] = {}
    for row in rows.select_related("owner").order_by("pk"):
        key = (row.kind, row.owner_id)
        if key not in best or _rank(row) > _rank(best[key]):
            best[key] = row
    places = {kind: place for place, kind in enumerate(USES)}
    return sorted(best.values(), key=lambda row: (places[row.kind], row.owner_id))


def _rank(document: Document) -> tuple[int, int, int]:
    return STAGES.index(document.stage), document.year_from, document.version


def _lines(lines: Iterable[DocumentLine], year: int) -> dict[tuple[int, str], list[SubLine]]:
    found: dict[tuple[int, str], list[SubLine]] = defaultdict(list)
    by_pk: dict[int, SubLine] = {}
    rows = lines.order_by("pk")  # type: ignore[attr-defined]
    for pk, document, kode, opd, unit in rows.values_list(
        "pk", "document_id", "nomenclature__kode", "institution_id", "unit"
    ):
        by_pk[pk] = SubLine(opd, unit)
        found[document, kode].append(by_pk[pk])
    said = LineYear.objects.filter(line__in=rows.values("pk"), year=year).order_by()
    for pk, target, amount in said.values_list("line_id", "target", "amount"):
        by_pk[pk].target, by_pk[pk].amount = target, amount
    return dict(found)
