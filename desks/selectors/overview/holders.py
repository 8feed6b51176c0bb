"""Who is in charge of rows, read once from the small tables of holders instead of once per row."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db.models import Q, Value

from accounts.choices import InstitutionKind
from accounts.models import Institution
from desks.models import Round
from indicators.models import IndicatorHolder
from planning.choices import HolderPart
from planning.models import BidangHolder


@dataclass
class Holders:
    """The codes of those in charge, the first where there are several: of single indicators, and else of the bidang urusan."""

    single: dict[int, str] = field(default_factory=dict)
    bidang: dict[int, str] = field(default_factory=dict)
    regions: set[int] = field(default_factory=set)

    def of(self, indicator: int | None, bidang: int | None) -> str:
        """Who is in charge of a row, '' where nobody is."""
        return self.single.get(indicator or 0) or self.bidang.get(bidang or 0, "")

    def rows_of(self, code: str) -> Q:
        """The rows that this institution is in charge of; '' those of nobody."""
        if not code:
            return Q(indicator__isnull=True) | Q(
                ~Q(indicator_id__in=self.single)
                & (Q(indicator__bidang__isnull=True) | ~Q(indicator__bidang_id__in=self.bidang)),
                indicator__isnull=False,
            )
        own = Q(indicator_id__in=[pk for pk, holder in self.single.items() if holder == code])
        bidang = Q(indicator__bidang_id__in=[pk for pk, holder in self.bidang.items() if holder == code])
        return own | bidang & ~Q(indicator_id__in=self.single)


def charge_kinds(round_: Round) -> tuple[InstitutionKind, ...]:
    """Who on the host's side can be in charge of rows: the K/L, or Bappeda and perangkat daerah of the host's region."""
    return (InstitutionKind.KL,) if round_.national else (InstitutionKind.OPD, InstitutionKind.BAPPEDA)


def kl_holders(round_: Round) -> Holders:
    """Those in charge on the host's side in the round's plan year. One query."""
    host = Q(institution__kind__in=charge_kinds(round_))
    return _read(round_, host if round_.national else host & Q(institution__region=round_.host.region_id))


def opd_holders(round_: Round, region: Q) -> Holders:
    """The perangkat daerah in charge in one region, given as a condition on regions. One query."""
    places = Institution.objects.filter(region, kind=InstitutionKind.OPD).values("pk")
    return _read(round_, Q(institution__in=places))


def _read(round_: Round, condition: Q) -> Holders:
    mine = Q(condition, year=round_.plan_year, part=HolderPart.PENANGGUNG_JAWAB)
    columns = ("institution__kode", "institution__region_id")
    single = IndicatorHolder.objects.filter(mine).order_by().values_list(Value("single"), "indicator_id", *columns)
    bidang = BidangHolder.objects.filter(mine).order_by().values_list(Value("bidang"), "bidang_id", *columns)
    found = Holders()
    for kind, pk, code, region in sorted(single.union(bidang, all=True), key=lambda row: row[2], reverse=True):
        (found.single if kind == "single" else found.bidang)[pk] = code
        found.regions.add(region)
    return found
