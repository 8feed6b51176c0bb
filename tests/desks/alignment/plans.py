"""Documents, pagu and last year's agreement around the world of the desks, for tests of the uji keselarasan."""

from __future__ import annotations

from typing import Any

from core.values import Value
from desks.models import Desk, Item, Meja, Round, Support
from desks.scopes import forget_scope
from desks.services.support import SupportData, add_support
from indicators.choices import FigureKind
from planning.choices import DocumentKind, DocumentStage, LineLevel
from planning.models import Document, DocumentLine, LineYear
from tests.desks import world as w


def plan(
    world: w.World, kind: str = DocumentKind.RKPD, stage: str = DocumentStage.RANWAL, version: int = 1, **more: Any
) -> Document:
    """A document of Jawa Barat for the plan year; of the dinas where it is a Renja or Renstra PD."""
    of_opd = kind in (DocumentKind.RENJA_PD, DocumentKind.RENSTRA_PD)
    owner = world.dinas_jabar if of_opd else world.bappenas_inst if kind == DocumentKind.RKP else world.bappeda_jabar
    facts = {"owner": owner, "year_from": w.PLAN_YEAR, "year_to": w.PLAN_YEAR, "title": f"{kind} Jawa Barat"} | more
    return Document.objects.create(kind=kind, stage=stage, version=version, **facts)


def states(world: w.World, document: Document, place: int, number: int, unit: str = "%") -> DocumentLine:
    """The document states a target of the indicator at this place of the agenda."""
    code = world.indicators[place].code
    line = DocumentLine.objects.create(document=document, line_code=f"S.{code}", text=f"Sasaran {code}", unit=unit)
    figure = w._figure(
        world.indicators[place], world.jabar, w.PLAN_YEAR, FigureKind.DOCUMENT, document.kind.lower(), f"{document.pk}:{code}", number
    )  # fmt: skip
    figure.line = line
    figure.save()
    return line


def lists(world: w.World, document: Document, place: int, target: str = "12", unit: str = "Km") -> DocumentLine:
    """The document lists a sub kegiatan with its target."""
    row = world.sub_kegiatan[place]
    line = DocumentLine.objects.create(
        document=document, line_code=row.kode, text=row.name, level=LineLevel.SUB_KEGIATAN, nomenclature=row, unit=unit,
        institution=world.dinas_jabar,
    )  # fmt: skip
    LineYear.objects.create(line=line, year=w.PLAN_YEAR, target=target, amount=1_000_000)
    return line


def support(
    world: w.World, item: Item, place: int = 0, *, volume: str = "12", unit: str = "Km", pagu: str = "1.000.000"
) -> Support:
    """The Bappeda links a sub kegiatan of the dinas."""
    funds = ((world.sources[0].pk, pagu, "rp"),) if pagu else ()
    data = SupportData(world.sub_kegiatan[place].pk, world.dinas_jabar.pk, volume, unit, (), funds)
    return add_support(world.bappeda, item, data, seen_version=Item.objects.get(pk=item.pk).version)


def agreed_last_year(world: w.World, indicator: int = 0, support_place: int | None = None) -> Item:
    """In the round of the year before, the indicator at this place was agreed, with a sub kegiatan where one is named."""
    last, _ = Round.objects.get_or_create(
        plan_year=w.PLAN_YEAR - 1, level=world.round.level, host=world.round.host,
        defaults={"forum_name": "Forum", "short_name": "Rakortek 2026", "held_year": 2025, "closed_at": world.round.stages.first().opens_at},
    )  # fmt: skip
    desk, _ = Desk.objects.get_or_create(round=last, code=world.desk.code, defaults={"name": "PU", "strand": "urusan"})
    meja, _ = Meja.objects.get_or_create(desk=desk, region=world.jabar, defaults={"round": last})
    for institution, role in ((world.bappeda_jabar, "bappeda"), (world.kemendagri_inst, "moderator")):
        last.seats.get_or_create(institution=institution, role=role)
    for actor in world.actors().values():
        forget_scope(actor)
    row = world.indicators[indicator]
    item = Item(
        meja=meja, round=last, region=world.jabar, indicator=row, indicator_version=row.versions.first(), state="agreed"
    )
    item.value_agreed = Value.point(13, unit="%")
    item.save()
    if support_place is not None:
        Support.objects.create(
            item=item, nomenclature=world.sub_kegiatan[support_place], opd=world.dinas_jabar, volume=9, volume_unit="Km", verdict="agreed"
        )  # fmt: skip
    return item
