"""The seats that follow from who holds what: nobody should have to type 1,400 of them."""

from __future__ import annotations

from collections import defaultdict

from accounts.choices import InstitutionKind, Role
from desks.models import DeskBidang, DeskIndicator
from desks.services.parts import Book, Typed
from desks.services.parts.cells import ALL
from indicators.models import IndicatorHolder
from planning.models import BidangHolder


def usual_seats(book: Book) -> list[Typed]:
    """Rows of the part Kursi: Kemendagri and Bappenas speak at every desk, K/L at the desks whose bidang or indicators they hold, Bappeda and
    perangkat daerah for their region. Below the national level the host's region speaks as the province: its Bappeda at every desk, its
    perangkat daerah at the desks whose bidang they hold."""
    at_desks = _desks_of(book)
    rows: list[Typed] = []
    for code, office in book.offices.items():
        for role, desk in _seats_of(book, office.kind, office.region, at_desks.get(office.pk, [])):
            rows.append(
                (len(rows) + 1, {"office": code, "role": role.label, "desk": desk, "strand": ALL, "region": ALL})
            )
    return rows


def _seats_of(book: Book, kind: str, region: str, desks: list[str]) -> list[tuple[Role, str]]:
    if not book.national and region == book.round.host.region.kode:
        return _of_host(kind, desks)
    sits = region in book.sitting
    if kind in (InstitutionKind.KEMENDAGRI, InstitutionKind.BAPPENAS):
        return [(Role.PEMBAHAS, ALL)] if book.national else []
    if kind == InstitutionKind.KL:
        return [(Role.PEMBAHAS, desk) for desk in desks]
    if kind == InstitutionKind.BAPPEDA and sits:
        return [(Role.BAPPEDA, ALL), (Role.VERIFIKATOR, ALL)]
    if kind == InstitutionKind.OPD and sits and desks:
        return [(Role.OPD, ALL)]
    return []


def _of_host(kind: str, desks: list[str]) -> list[tuple[Role, str]]:
    if kind == InstitutionKind.BAPPEDA:
        return [(Role.PEMBAHAS, ALL)]
    return [(Role.PEMBAHAS, desk) for desk in desks] if kind == InstitutionKind.OPD else []


def _desks_of(book: Book) -> dict[int, list[str]]:
    """Codes of the desks that each institution holds a bidang or an indicator of, in the order of the round."""
    year, round_ = book.round.plan_year, book.round
    desks: dict[int, set[str]] = defaultdict(set)
    by_bidang: dict[int, set[str]] = defaultdict(set)
    for bidang, desk in DeskBidang.objects.filter(desk__round=round_).values_list("bidang_id", "desk__code"):
        by_bidang[bidang].add(desk)
    for office, bidang in BidangHolder.objects.filter(year=year).values_list("institution_id", "bidang_id"):
        desks[office] |= by_bidang.get(bidang, set())
    by_indicator = dict(DeskIndicator.objects.filter(round=round_).values_list("indicator_id", "desk__code"))
    for office, indicator in IndicatorHolder.objects.filter(year=year).values_list("institution_id", "indicator_id"):
        if indicator in by_indicator:
            desks[office].add(by_indicator[indicator])
    order = {code: place for place, code in enumerate(book.desks)}
    return {office: sorted(codes, key=lambda code: order.get(code, 0)) for office, codes in desks.items()}
