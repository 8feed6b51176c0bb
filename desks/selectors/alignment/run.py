"""The one entrance: all findings over some mejas of a round, in a number of queries that does not depend on how many rows there are."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Q

from accounts.actors import Actor
from desks.models import Item, Meja, Round
from desks.scopes import OWNER_ROLES
from desks.selectors.alignment.checks import against_documents, targets_and_pagu
from desks.selectors.alignment.documents import Library, library_of
from desks.selectors.alignment.found import Finding, with_acceptance
from desks.selectors.alignment.last_year import absent_rows
from desks.selectors.alignment.nomenclature import against_nomenclature
from desks.selectors.alignment.rows import Rows, rows_of
from planning.models import Document


def alignment_of(actor: Actor, round_: Round, mejas: Collection[Meja]) -> list[Finding]:
    """Every finding of these mejas (desk selected), in the order of the desks; of rows that the actor may see and as it may read them."""
    rows = rows_of(actor, round_, Q(meja__in=[meja.pk for meja in mejas]))
    found = [*_of_rows(actor, round_, rows), *absent_rows(actor, round_, mejas, rows)]
    return _ordered(actor, found)


def by_item(actor: Actor, item: Item) -> list[Finding]:
    """The findings of one row, those about what hung on it last year too."""
    rows = rows_of(actor, item.round, Q(pk=item.pk))
    found = [*_of_rows(actor, item.round, rows), *absent_rows(actor, item.round, [item.meja], rows)]
    return _ordered(actor, [each for each in found if each.item is not None and each.item.pk == item.pk])


def by_document(actor: Actor, round_: Round, mejas: Collection[Meja], document: Document) -> list[Finding]:
    """The findings of these mejas against this document, also where a later stage exists."""
    rows = rows_of(actor, round_, Q(meja__in=[meja.pk for meja in mejas]))
    return _ordered(actor, list(against_documents(rows, _library(actor, round_, rows, document.pk))))


def _of_rows(actor: Actor, round_: Round, rows: Rows) -> list[Finding]:
    return [
        *against_documents(rows, _library(actor, round_, rows)),
        *targets_and_pagu(rows),
        *against_nomenclature(round_, rows),
    ]


def _library(actor: Actor, round_: Round, rows: Rows, only: int | None = None) -> Library:
    regions = {item.region_id for item in rows.items}
    indicators = {item.indicator_id for item in rows.items if item.indicator_id is not None}
    kodes = {row.nomenclature.kode for _, row in rows.all_supports}
    return library_of(actor, round_, regions, indicators, kodes, only)


def _ordered(actor: Actor, found: list[Finding]) -> list[Finding]:
    """By desk, region and row as on the Isian, what hangs on no row last; open ones are not put before accepted ones, so nothing jumps."""
    unique = list({(each.meja.pk, each.key): each for each in found}.values())
    unique.sort(key=lambda each: (
        each.meja.desk.order, each.meja.desk.code, each.meja.region_id, each.item is None, each.item.order if each.item else 0,
        each.item.pk if each.item else 0,
    ))  # fmt: skip
    return with_acceptance(unique, lapsed=actor.role in OWNER_ROLES)
