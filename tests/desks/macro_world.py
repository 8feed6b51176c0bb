"""A makro desk beside the world of the desks: Bappenas holds its indicators, Kemendagri runs it, Kementerian PU sits there too."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import pytest
from django.utils import timezone

from accounts.actors import Actor
from accounts.choices import Role
from accounts.models import Region
from core.values import Value, parse_value
from desks.choices import Party
from desks.models import ConsentParty, Desk, DeskIndicator, Item, MacroAction, Meja, Seat, Session
from desks.scopes import forget_scope
from desks.services.item import RowWrite, move_rows, save_rows
from desks.services.macro import ActionData, add_action
from desks.services.room import open_session, plan_session
from desks.services.setup import open_mejas
from desks.services.talk import take_stances
from indicators.choices import Direction, FigureKind, Strand
from indicators.models import Figure, Indicator, IndicatorHolder, IndicatorVersion
from tests.desks import world as w
from tests.stored import stored

NAMES = (
    "Laju Pertumbuhan Ekonomi", "Tingkat Kemiskinan", "Tingkat Pengangguran Terbuka", "Rasio Gini", "Indeks Pembangunan Manusia",
    "Indeks Modal Manusia", "Penurunan Intensitas Emisi GRK", "Indeks Kualitas Lingkungan Hidup",
)  # fmt: skip
PARTIES = (Party.KEMENDAGRI, Party.BAPPENAS, Party.REGION)


@dataclass
class Macro:
    """The makro desk and its two mejas; `meja` is Jawa Barat's."""

    world: w.World
    desk: Desk
    meja: Meja
    other_meja: Meja
    indicators: list[Indicator]
    session: Session | None = None

    def item(self, place: int = 0, meja: Meja | None = None) -> Item:
        """One row as it stands now."""
        return self.world.items(meja or self.meja)[place]

    def act(
        self, actor: Actor, item: Item, side: str, text: str = "Padat karya", session: Session | None = None
    ) -> MacroAction:
        """Add an action whose owner is written out."""
        item.refresh_from_db()
        own = side == "pusat" and actor.institution.kind == "kl"
        data = ActionData(side, text, actor.institution.pk if own else None, "Tim gabungan")
        return add_action(actor, item, data, seen_version=item.version, session=session)

    def fill(self, value: str = "5,3–5,7", meja: Meja | None = None) -> None:
        """The Bappeda fills every row."""
        actor = self.world.other_bappeda if meja == self.other_meja else self.world.bappeda
        rows = [RowWrite(item.code, item.version, {"value": value}) for item in self.world.items(meja or self.meja)]
        results = save_rows(actor, rows=rows)
        assert all(result.ok for result in results), results

    def submit(self, meja: Meja | None = None) -> None:
        """The Bappeda submits every row."""
        actor = self.world.other_bappeda if meja == self.other_meja else self.world.bappeda
        rows = [(item.code, item.version) for item in self.world.items(meja or self.meja)]
        results = move_rows(actor, "submit", rows)
        assert all(result.ok for result in results), results

    def sit(self) -> Session:
        """Rows filled and submitted, the sitting open."""
        now = timezone.now()
        session = plan_session(
            self.world.moderator, self.desk, [self.meja], starts=now - dt.timedelta(minutes=5), ends=now + dt.timedelta(hours=2),
            tz="Asia/Jakarta", mode="hybrid", place="Ruang Sidang 1",
        )  # fmt: skip
        return open_session(self.world.moderator, session)

    def consent(self) -> None:
        """Kemendagri and Bappenas say setuju to every newest figure; the region agreed by submitting."""
        for actor in (self.world.kemendagri, self.world.bappenas):
            results = take_stances(actor, w.seen_positions(self.world, self.meja), kind="setuju")
            assert all(result.ok for result in results), results


@pytest.fixture
def macro(db: None) -> Macro:
    """A makro desk of three indicators beside a world of three."""
    return macro_of_three()


@stored
def macro_of_three() -> Macro:
    """The desk and its world."""
    return add_macro(w.build(3))


def add_macro(world: w.World, n: int = 3, *, parties: Sequence[Party] = PARTIES) -> Macro:
    """The desk with n indicators, figures around them, seats and mejas for Jawa Barat and Banten."""
    desk = Desk.objects.create(round=world.round, code="M", name="Indikator Makro", strand=Strand.MAKRO, order=9)
    ConsentParty.objects.bulk_create(
        ConsentParty(round=world.round, strand=Strand.MAKRO, party=party) for party in parties
    )
    for institution, roles in (
        (world.kemendagri_inst, (Role.MODERATOR, Role.NOTULIS)), (world.pu, (Role.PEMBAHAS, Role.PIMPINAN_SIDANG)),
    ):  # fmt: skip
        Seat.objects.bulk_create(
            Seat(round=world.round, desk=desk, institution=institution, role=role) for role in roles
        )
    for actor in world.actors().values():
        forget_scope(actor)
    indicators = _indicators(world, desk, n)
    meja, other = open_mejas(world.secretariat, desk, [world.jabar, world.banten])
    return Macro(world, desk, meja, other, indicators)


def _indicators(world: w.World, desk: Desk, n: int) -> list[Indicator]:
    made = Indicator.objects.bulk_create(
        Indicator(code=f"MK-{no:02}", strand=Strand.MAKRO, unit="persen", decimals=2, direction=Direction.UP)
        for no in range(1, n + 1)
    )
    IndicatorVersion.objects.bulk_create(
        IndicatorVersion(indicator=row, year=w.PLAN_YEAR, name=NAMES[no % len(NAMES)], unit="persen")
        for no, row in enumerate(made)
    )
    DeskIndicator.objects.bulk_create(
        DeskIndicator(round=world.round, desk=desk, indicator=row, order=no) for no, row in enumerate(made)
    )
    IndicatorHolder.objects.bulk_create(
        IndicatorHolder(indicator=row, year=w.PLAN_YEAR, institution=world.bappenas_inst) for row in made
    )
    Figure.objects.bulk_create(figure for row in made for figure in _figures(world, row))
    return made


def _figures(world: w.World, row: Indicator) -> list[Figure]:
    return [
        _figure(row, world.jabar, 2023, FigureKind.ACTUAL, "bps", "5,10", period="September"),
        _figure(row, world.jabar, 2024, FigureKind.ACTUAL, "bps", "5,05", period="Maret"),
        _figure(row, world.jabar, 2024, FigureKind.ACTUAL, "bps", "5,15", period="September"),
        _figure(row, world.jabar, 2025, FigureKind.DOCUMENT, "rpjmn", "5,40"),
        _figure(row, world.jabar, 2029, FigureKind.DOCUMENT, "rpjmn", "6,80"),
        _figure(row, world.jabar, 2026, FigureKind.DOCUMENT, "rkpd", "5,30"),
        _figure(row, world.jabar, 2027, FigureKind.DOCUMENT, "rkpd", "5,60"),
        _figure(row, world.jabar, 2027, FigureKind.DOCUMENT, "rpjmd", "5,70"),
        _figure(row, world.nation, 2027, FigureKind.NATIONAL, "kl_nasional", "5,80–6,30", line_key=world.round.code),
    ]


def _figure(row: Indicator, region: Region, year: int, kind: str, source: str, text: str, **more: str) -> Figure:
    figure = Figure(indicator=row, region=region, year=year, kind=kind, source=source, origin=source.upper(), **more)
    value: Value | None = parse_value(text, unit=row.unit, decimals=row.decimals)
    figure.value = value
    return figure
