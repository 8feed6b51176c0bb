"""Reading what is measured: names, and the figures that a person may read."""

from __future__ import annotations

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from accounts.actors import Actor
from accounts.models import Region
from core.fields import value_from
from core.values import format_value
from indicators.choices import FigureKind
from indicators.models import Figure, Indicator, IndicatorVersion

NATION = "00"
PUBLISHED = Q(kind__in=[FigureKind.ACTUAL, FigureKind.DOCUMENT]) | Q(kind=FigureKind.NATIONAL, line_key="")
"""Figures that stand in a publication. National targets written for a round carry its code in `line_key`."""

VALUE = tuple(f"value_{part}" for part in ("kind", "min", "max", "text", "unit", "decimals"))


def latest_name(indicator: str) -> Subquery:
    """The newest wording of an indicator; `indicator` is the lookup of its key."""
    versions = IndicatorVersion.objects.filter(indicator=OuterRef(indicator)).order_by("-year")
    return Subquery(versions.values("name")[:1])


def with_names(indicators: QuerySet[Indicator]) -> QuerySet[Indicator]:
    """Indicators with their newest wording as `latest_name`."""
    return indicators.annotate(latest_name=latest_name("pk"))


def figures_seen_by(actor: Actor | None) -> QuerySet[Figure]:
    """What the actor may read: published figures; of a round all for the centre, for a region its own and the national targets it fills against."""
    if actor is None:
        return Figure.objects.none()
    if actor.central:
        return Figure.objects.all()
    own = Q(region_id=actor.region_id) | Q(kind=FigureKind.NATIONAL, region__kode=NATION)
    return Figure.objects.filter(PUBLISHED | own)


def find_region(text: str) -> Region | None:
    """A region by its code or its name as written; None where there is none."""
    text = text.split(" · ")[0].strip()
    return Region.objects.filter(Q(kode=text) | Q(name__iexact=text)).order_by("kode").first()


def figure_rows(figures: QuerySet[Figure]) -> QuerySet[Figure, dict[str, object]]:
    """The columns of a list of figures as plain values, by indicator, region, year."""
    return figures.order_by("indicator__code", "region__kode", "year", "period", "kind", "source", "pk").values(
        *VALUE, "year", "period", "kind", "source", "origin", "simulated", "needs_check",
        code=F("indicator__code"), name=latest_name("indicator_id"), region_name=F("region__name"), region_code=F("region__kode"),
        document=F("line__document__title"), document_id=F("line__document_id"), line_code=F("line__line_code"),
    )  # fmt: skip


def shown_value(row: dict[str, object]) -> str:
    """The figure of a row as printed, without unit."""
    return format_value(value_from(*(row[name] for name in VALUE))) or ""  # type: ignore[arg-type]
