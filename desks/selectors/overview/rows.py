"""The rows of a round that count for somebody, narrowed as the address says: the one start of every number and every list of the overview."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final
from urllib.parse import urlencode

from django.db.models import CharField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from accounts.actors import Actor
from accounts.choices import InstitutionKind
from accounts.models import Institution
from desks.choices import UNSUBMITTED, VERDICTS, ItemState
from desks.disclosure import BEING_TYPED
from desks.filters_priority import rows_of_node
from desks.models import Round
from desks.scopes import OWNER_ROLES, scope_of
from desks.selectors.overview.classes import members, standing_of
from desks.selectors.overview.holders import Holders, kl_holders, opd_holders
from desks.selectors.round_overview import counted_rows
from indicators.models import IndicatorHolder
from planning.choices import HolderPart
from planning.models import BidangHolder

NOBODY: Final = "-"
"""Stands in addresses for rows without indicator or without a holder."""
PUTUSAN: Final = [*VERDICTS, ItemState.WITHDRAWN]
Rows = QuerySet[Any, Any]
"""Rows of Item with `kelas`, which no type can name."""
NAMES: Final = (
    "desk",
    "daerah",
    "kelompok",
    "pendekatan",
    "kelas",
    "putusan",
    "indikator",
    "lembaga",
    "opd",
    "prioritas",
)
"""Every filter of the overview by its name in addresses."""


@dataclass(frozen=True)
class Narrow:
    """What the rows are narrowed to; '' means all. Words nobody knows narrow to nothing, so that no number lies."""

    desk: str = ""
    daerah: str = ""
    kelompok: str = ""
    pendekatan: str = ""
    kelas: str = ""
    putusan: str = ""
    indikator: str = ""
    lembaga: str = ""
    opd: str = ""
    prioritas: str = ""

    @classmethod
    def from_query(cls, query: Mapping[str, Any]) -> Narrow:
        """As typed in the address."""
        return cls(**{name: str(query.get(name, "")).replace("\x00", "")[:60] for name in NAMES})

    def given(self) -> dict[str, str]:
        """The filters that are set."""
        return {name: value for name in NAMES if (value := getattr(self, name))}

    def but(self, **changes: str) -> Narrow:
        """The same with some changed."""
        return replace(self, **changes)

    def query(self, **changes: str) -> str:
        """As the part of an address after the question mark."""
        return urlencode({name: value for name, value in {**self.given(), **changes}.items() if value})


@dataclass(frozen=True)
class Book:
    """The rows of one person in one round: `owner` sees drafts of the own region, others one number of them."""

    actor: Actor
    round: Round
    owner: bool
    narrow: Narrow = field(default_factory=Narrow)
    read: dict[str, Holders] = field(default_factory=dict, repr=False, compare=False)
    """Holders by what was asked, each read once for a page."""

    def all(self) -> Rows:
        """All that count, with `kelas`, before the filters."""
        rows = counted_rows(self.actor, self.round).filter(round=self.round)
        return rows.annotate(kelas=standing_of(self.owner))

    def rows(self, *, without: tuple[str, ...] = ()) -> Rows:
        """Those that pass the filters, `without` some of them."""
        narrow = replace(self.narrow, **dict.fromkeys(without, "")) if without else self.narrow
        rows = self.all()
        if narrow.lembaga:
            rows = rows.filter(self.ministries().rows_of(_code(narrow.lembaga)))
        if narrow.opd:
            rows = self._of_office(rows, narrow)
        return rows.filter(_condition(narrow, self.owner)).order_by()

    def offices(self, narrow: Narrow | None = None) -> Holders | None:
        """The perangkat daerah in charge where the rows are those of one region: the owner's, or the one asked for; else None."""
        daerah = (narrow or self.narrow).daerah
        if self.owner:
            return self._offices("", Q(region_id=self.actor.region_id))
        return self._offices(f"daerah {daerah}", Q(region__kode=daerah)) if daerah else None

    def ministries(self) -> Holders:
        """Who is in charge on the host's side: the K/L, in a provincial round Bappeda and OPD of the province."""
        if "kl" not in self.read:
            self.read["kl"] = kl_holders(self.round)
        return self.read["kl"]

    def _offices(self, key: str, region: Q) -> Holders:
        if key not in self.read:
            self.read[key] = opd_holders(self.round, region)
        return self.read[key]

    def _of_office(self, rows: Rows, narrow: Narrow) -> Rows:
        code = _code(narrow.opd)
        if code:
            of_region = Institution.objects.filter(kind=InstitutionKind.OPD, kode=code).values("region")
            held = self._offices(f"opd {code}", Q(region__in=of_region))
            return rows.filter(held.rows_of(code), region_id__in=held.regions)
        offices = self.offices(narrow)
        return rows.filter(offices.rows_of("")) if offices else with_opd(rows, self.round).filter(owner_code="")


def book_for(actor: Actor, round_: Round, narrow: Narrow) -> Book:
    """The rows of the round as the actor counts them."""
    owner = any(seat.role in OWNER_ROLES for seat in scope_of(actor).seats if seat.round_id == round_.pk)
    return Book(actor, round_, owner, narrow)


def _condition(narrow: Narrow, owner: bool) -> Q:
    wanted = {"meja__desk__code": narrow.desk, "region__kode": narrow.daerah, "strand": narrow.pendekatan}
    condition = Q(**{lookup: value for lookup, value in wanted.items() if value})
    if narrow.kelompok:
        scheme, _, code = narrow.kelompok.partition(":")
        condition &= Q(region__groups__scheme=scheme, region__groups__code=code)
    if narrow.kelas:
        condition &= Q(kelas__in=members(narrow.kelas, owner))
    if narrow.putusan:
        # A draft's own state stays with its region: only verdicts can be asked for.
        condition &= Q(state=narrow.putusan) if narrow.putusan in PUTUSAN else Q(pk__in=[])
    if narrow.prioritas:
        # Neither the sub kegiatan nor the own tags of what is being typed are told: these stay with their region.
        condition &= rows_of_node(narrow.prioritas, hidden=() if owner else BEING_TYPED)
    if narrow.indikator:
        condition &= _or_none("indicator__code", narrow.indikator, Q(indicator__isnull=True))
    return condition


def _code(word: str) -> str:
    return "" if word == NOBODY else word


def _or_none(lookup: str, value: str, none: Q) -> Q:
    return none if value == NOBODY else Q(**{lookup: value})


def with_opd(rows: Rows, round_: Round) -> Rows:
    """Rows with `owner_code`: the code of the perangkat daerah that answers for the row in its region, '' where nobody does."""
    here = Q(institution__kind=InstitutionKind.OPD, institution__region_id=OuterRef("region_id"))
    return rows.annotate(owner_code=_holder(round_, here))


def _holder(round_: Round, condition: Q) -> Coalesce:
    mine = Q(condition, year=round_.plan_year, part=HolderPart.PENANGGUNG_JAWAB)
    single = IndicatorHolder.objects.filter(mine, indicator_id=OuterRef("indicator_id")).order_by("institution__kode")
    bidang = BidangHolder.objects.filter(mine, bidang_id=OuterRef("indicator__bidang_id")).order_by("institution__kode")
    return Coalesce(
        Subquery(single.values("institution__kode")[:1]), Subquery(bidang.values("institution__kode")[:1]), Value(""), output_field=CharField()
    )  # fmt: skip


def submitted_part(book: Book) -> Rows:
    """The rows of the list that may be read one by one: what the actor sees (design 5) among those that count.

    What counts for the owners is what they see.
    """
    return book.rows() if book.owner else book.rows().visible_to(book.actor).exclude(state__in=UNSUBMITTED)  # type: ignore[attr-defined]
