"""The sheet of pagu of a region: every OPD with the bidang it holds, and what has been set."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from accounts.actors import Actor
from accounts.choices import REGIONAL_KINDS, InstitutionKind
from accounts.models import Institution
from core.money import Unit, amount_as_typed
from planning.models import BidangHolder, BidangUrusan, Pagu


@dataclass
class PaguRow:
    """A line of the sheet: an institution and a bidang, with the ceiling where one is set."""

    institution: Institution
    bidang: BidangUrusan
    pagu: Pagu | None = None
    unit: Unit = Unit.RP
    typed: tuple[str, str, str, str] | None = None
    """Amount, status, basis and date as posted, where the page is shown again."""
    message: str = ""

    @property
    def key(self) -> str:
        """How a form names the line."""
        return f"{self.institution.pk}.{self.bidang.pk}"

    @property
    def texts(self) -> tuple[str, str, str, str]:
        """Amount in the unit of the sheet, status, basis and its date, as they stand."""
        if self.pagu is None:
            return "", "sementara", "", ""
        dated = f"{self.pagu.dated:%d/%m/%Y}" if self.pagu.dated else ""
        return self.shown, "sementara" if self.pagu.provisional else "tetap", self.pagu.source, dated

    @property
    def base(self) -> str:
        """What the form says it showed: version and texts."""
        return "|".join((str(self.pagu.version if self.pagu else 0), *self.texts))

    @property
    def fields(self) -> dict[str, str]:
        """The texts of the form by the first letter of their names."""
        return dict(zip("psot", self.typed or self.texts, strict=True))

    @property
    def shown(self) -> str:
        """The amount in the unit of the sheet."""
        return amount_as_typed(self.pagu.amount, self.unit) if self.pagu else ""


def pagu_years(actor: Actor) -> list[int]:
    """The years for which the actor's institutions hold a bidang or have pagu, newest first."""
    held = BidangHolder.objects.filter(institution__in=_institutions(actor)).order_by().values_list("year", flat=True)
    stated = Pagu.objects.visible_to(actor).order_by().values_list("year", flat=True)
    return sorted(set(held.distinct()) | set(stated.distinct()), reverse=True)


def pagu_rows(actor: Actor, year: int, unit: Unit) -> list[PaguRow]:
    """The sheet of a year in two queries: what institutions hold, and what is set, also for bidang that nobody holds."""
    rows: dict[tuple[int, int], PaguRow] = {}
    held = BidangHolder.objects.filter(year=year, institution__in=_institutions(actor))
    for holder in held.select_related("institution", "bidang"):
        rows[holder.institution_id, holder.bidang_id] = PaguRow(holder.institution, holder.bidang, None, unit)
    for pagu in Pagu.objects.visible_to(actor).filter(year=year).select_related("institution", "bidang"):
        key = (pagu.institution_id, pagu.bidang_id)
        rows.setdefault(key, PaguRow(pagu.institution, pagu.bidang, None, unit)).pagu = pagu
    return sorted(rows.values(), key=lambda row: (row.institution.name, row.bidang.kode))


def _institutions(actor: Actor) -> Collection[int]:
    """Whose pagu the actor reads, as a subquery."""
    rows = Institution.objects.filter(active=True)
    if actor.institution.kind == InstitutionKind.BAPPEDA:
        rows = rows.filter(region_id=actor.region_id, kind__in=REGIONAL_KINDS)
    else:
        rows = rows.filter(pk=actor.institution.pk)
    return rows.order_by().values("pk")  # type: ignore[return-value]
