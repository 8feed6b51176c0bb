"""What the filters of the overview offer to somebody, and in words what is filtered."""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce
from operator import or_

from django.db.models import Count, Q, QuerySet

from accounts.choices import InstitutionKind
from accounts.models import Institution, Region
from desks.choices import ItemState
from desks.models import Desk, Round, UsulanPriority
from desks.scopes import scope_of
from desks.selectors.overview.classes import Standing, classes_for, members
from desks.selectors.overview.holders import charge_kinds
from desks.selectors.overview.rows import NOBODY, PUTUSAN, Book
from indicators.choices import Strand
from indicators.models import IndicatorPriority
from planning.selectors.priorities import node_choices

Choices = dict[str, list[tuple[str, str]]]
EXTRA = {"indikator": "Indikator", "lembaga": "{owner}", "opd": "Perangkat daerah"}
"""Filters that only links set; the page names them and offers to take them away."""


def choices_of(book: Book) -> Choices:
    """The desks and regions of the actor's seats, the groups these regions form, strands, priorities and results. Three queries, two for a region's own."""
    desks = _desks(book)
    strands = [(each.value, each.label) for each in Strand if each in {strand for _, _, strand in desks}]
    found: Choices = {"desk": [(code, f"{code} {name}") for code, name, _ in desks]}
    if not book.owner:
        found["daerah"], found["kelompok"] = _places(book)
    tags = IndicatorPriority.objects.filter(indicator__desk_rows__round=book.round)
    hung = UsulanPriority.objects.filter(usulan__item__round=book.round).exclude(usulan__handed_in="")
    found["prioritas"] = node_choices(book.round.plan_year, [tags, hung])
    return {**found, "pendekatan": strands, "putusan": [(state.value, ItemState(state).label) for state in PUTUSAN]}


def _places(book: Book) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """The regions of the round and the groups they form."""
    here = Region.objects.filter(mejas__round=book.round).order_by("kode").distinct()
    regions: dict[str, str] = {}
    groups: dict[str, str] = {}
    for kode, name, scheme, code, group in here.values_list(
        "kode", "short_name", "groups__scheme", "groups__code", "groups__name"
    ):
        regions[kode] = name
        if code is not None:
            groups[f"{scheme}:{code}"] = f"{group} ({scheme})"
    return list(regions.items()), sorted(groups.items())


def _desks(book: Book) -> list[tuple[str, str, str]]:
    seats = [seat for seat in scope_of(book.actor).seats if seat.round_id == book.round.pk]
    rows: QuerySet[Desk] = Desk.objects.filter(round=book.round)
    if not any(seat.desk_id is None for seat in seats):
        rows = rows.filter(pk__in=[seat.desk_id for seat in seats])
    return list(rows.order_by("order", "code").values_list("code", "name", "strand"))


def class_counts(book: Book) -> list[tuple[str, str, int]]:
    """Rows by class under the other filters: (word of the filter, label, number), all first. One query."""
    counts = dict(book.rows(without=("kelas",)).values_list("kelas").annotate(n=Count("pk")))
    found = [("", "Semua", sum(counts.values()))]
    if book.owner:
        found.append(
            (Standing.SISA.value, Standing.SISA.label, counts.get(Standing.EMPTY, 0) + counts.get(Standing.FILLED, 0))
        )
    return found + [(each.value, each.label, counts.get(each.value, 0)) for each in classes_for(book.owner)]


def count_of(book: Book, counts: list[tuple[str, str, int]]) -> int:
    """How many rows pass all filters, from the `class_counts` of the page."""
    kelas = book.narrow.kelas
    if kelas and not book.owner:
        kelas = members(kelas, book.owner)[0]
    return {name: n for name, _, n in counts}.get(kelas, 0)


def extra_words(book: Book) -> list[tuple[str, str, str]]:
    """Filters set by a link: (name, label, what it is). One query where an institution is among them."""
    given = {name: value for name, value in book.narrow.given().items() if name in EXTRA}
    names, owner = _institutions(book.round, given), book.round.words.aim.owner
    return [
        (name, EXTRA[name].format(owner=owner), names.get(name) or _said(name, value)) for name, value in given.items()
    ]


def _institutions(round_: Round, given: Mapping[str, str]) -> dict[str, str]:
    kinds = {"lembaga": charge_kinds(round_), "opd": (InstitutionKind.OPD,)}
    asked = [(name, kinds[name], value) for name, value in given.items() if name in kinds and value != NOBODY]
    if not asked:
        return {}
    condition = reduce(or_, (Q(kind__in=of, kode=value) for _, of, value in asked))
    found = dict(Institution.objects.filter(condition).values_list("kode", "short_name"))
    return {name: found[value] for name, _, value in asked if value in found}


def _said(name: str, value: str) -> str:
    if value != NOBODY:
        return value
    return "belum ada pengampu" if name != "indikator" else "usulan tanpa indikator"


def in_words(book: Book, choices: Choices) -> str:
    """The filters as a sentence for a workbook."""
    labels = {
        "desk": "Desk",
        "daerah": book.round.words.region,
        "kelompok": "Kelompok",
        "pendekatan": "Pendekatan",
        "prioritas": "Prioritas",
        "putusan": "Hasil",
    }
    given = book.narrow.given()
    parts = [
        f"{labels[name]}: {dict(choices.get(name, [])).get(given[name], given[name])}"
        for name in labels
        if name in given
    ]
    if book.narrow.kelas:
        parts.append(f"Keadaan: {dict(Standing.choices).get(book.narrow.kelas, book.narrow.kelas)}")
    parts += [f"{label}: {said}" for _, label, said in extra_words(book)]
    return "; ".join(parts) or "tanpa saringan"
