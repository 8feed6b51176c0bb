"""Names of indicators, and the figures that a person may read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from accounts.actors import Actor
from accounts.models import Region
from core.fields import value_from
from core.values import format_value
from indicators.choices import FigureKind
from indicators.models import Figure, Indicator, IndicatorVersion
from planning.choices import DocumentStage
from planning.models import Document

NATION = "00"
PUBLISHED = Q(kind__in=[FigureKind.ACTUAL, FigureKind.DOCUMENT]) | Q(kind=FigureKind.NATIONAL, line_key="")
"""Figures that stand in a publication. National targets written for a round carry its code in `line_key`."""

ROW_OWN = ("year", "period", "kind", "source", "origin", "simulated", "needs_check")
ROW_JOINED = ("code", "name", "region_name", "region_code", "document", "document_id", "stage", "edition", "line_code")
VALUE = tuple(f"value_{part}" for part in ("kind", "min", "max", "text", "unit", "decimals"))


ROW = (*VALUE, *ROW_OWN, *ROW_JOINED)
"""The columns of a figure in a list."""


def latest_name(indicator: str) -> Subquery:
    """The newest wording of an indicator; `indicator` is the lookup of its key."""
    versions = IndicatorVersion.objects.filter(indicator=OuterRef(indicator)).order_by("-year", "-no")
    return Subquery(versions.values("name")[:1])


def with_names(indicators: QuerySet[Indicator]) -> QuerySet[Indicator]:
    """Indicators with their newest wording as `latest_name`."""
    return indicators.annotate(latest_name=latest_name("pk"))


def stated_openly() -> Q:
    """Figures outside documents, and those of documents that are set: what everybody may read beside a row."""
    return Q(line__isnull=True) | Q(line__document__stage=DocumentStage.PENETAPAN)


def figures_seen_by(actor: Actor | None) -> QuerySet[Figure]:
    """What the actor may read: published figures; of a round all for the centre, for a region its own and the targets of above that it fills against.

    A province also reads what its rounds set and agreed for its kabupaten/kota. A figure in a draft of a document is read by whoever reads the draft.
    """
    if actor is None:
        return Figure.objects.none()
    if actor.central:
        return Figure.objects.all()
    own = Q(region_id=actor.region_id) | Q(kind=FigureKind.NATIONAL, region__kode=NATION)
    own |= Q(kind__in=[FigureKind.INDICATIVE, FigureKind.AGREEMENT], region__parent_id=actor.region_id)
    above = Region.objects.filter(pk=actor.region_id).values("parent_id")
    own |= Q(kind=FigureKind.PROVINCIAL, region_id__in=above)
    drafts = Document.objects.visible_to(actor).exclude(stage=DocumentStage.PENETAPAN)
    return Figure.objects.filter(PUBLISHED | own).filter(stated_openly() | Q(line__document__in=drafts.values("pk")))


def find_region(text: str) -> Region | None:
    """A region by its code or its name as written; None where there is none."""
    text = text.split(" · ")[0].strip()
    return Region.objects.filter(Q(kode=text) | Q(name__iexact=text)).order_by("kode").first()


def figure_rows(figures: QuerySet[Figure]) -> QuerySet[Figure, dict[str, Any]]:
    """The columns of a list of figures as plain values, by indicator, region, year."""
    named = figures.annotate(
        code=F("indicator__code"), name=latest_name("indicator_id"), region_name=F("region__name"), region_code=F("region__kode"),
        document=F("line__document__title"), document_id=F("line__document_id"), stage=F("line__document__stage"),
        edition=F("line__document__version"), line_code=F("line__line_code"),
    )  # fmt: skip
    return named.order_by("indicator__code", "region__kode", "year", "period", "kind", "source", "pk").values(*ROW)


def shown_value(row: dict[str, Any]) -> str:
    """The figure of a row as printed, without unit."""
    return format_value(value_from(*(row[name] for name in VALUE))) or ""


def figures_of_lines(actor: Actor, lines: list[int]) -> dict[int, list[dict[str, Any]]]:
    """The figures that lines of a document state, by line, in one query."""
    found: dict[int, list[dict[str, Any]]] = {}
    for row in figure_rows(figures_seen_by(actor).filter(line__in=lines)).values("line_id", *ROW):
        found.setdefault(row["line_id"], []).append(row)
    return found


def only_indicator(rows: Sequence[dict[str, Any]]) -> dict[str, Any] | None:
    """Code and name of the indicator that all rows are about, None where there are several or none."""
    codes = {row["code"] for row in rows}
    return {"code": rows[0]["code"], "name": rows[0]["name"]} if len(codes) == 1 else None
