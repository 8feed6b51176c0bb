"""Pagu of supporting sub kegiatan that look like thousands of rupiah, against the pagu of the OPD and the row's other sub kegiatan."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Final

from django.db.models import Q, Sum

from core.money import format_rupiah
from desks.choices import UNSUBMITTED, ItemState
from desks.models import Item, Support
from desks.selectors.slips import Warned, shown_warning, warnings_of
from desks.selectors.slips_accepted import accepted_values
from indicators.slips import MoneyRow, money_slip
from planning.models import Pagu

OTHERS: Final = "pagu sub kegiatan lain pada butir ini"
_COLUMNS: Final = ("item_id", "nomenclature__kode", "opd_id", "opd__kind", "opd__kode", "opd__short_name")
Row = tuple[int, str, int, str, int, str]


def support_warnings_of(items: Iterable[Item]) -> dict[int, list[Warned]]:
    """The open warnings about the pagu of rows' sub kegiatan, by key of the row; see `support_warnings`."""
    rows = list(items)
    return support_warnings(Q(item__in=[row.pk for row in rows]), rows[0].round.plan_year) if rows else {}


def open_slips(items: Iterable[Item]) -> dict[int, list[Warned]]:
    """Every open warning of rows of one round, about the target first, by key of the row; rows without one are absent."""
    rows = list(items)
    found = warnings_of(rows)
    for key, warned in support_warnings_of(rows).items():
        found.setdefault(key, []).extend(warned)
    return found


def support_warnings(condition: Q, year: int) -> dict[int, list[Warned]]:
    """The same for the sub kegiatan that `condition` finds, in a round for `year`: at most three queries.

    `subject` of a warning is `kode|perangkat daerah`, `shown` the pagu as it stands.
    """
    rows = Support.objects.filter(condition, item__state__in=(*UNSUBMITTED, ItemState.REPAIR)).values_list(*_COLUMNS)
    totals = rows.order_by("item_id", "nomenclature__kode", "opd__kode").annotate(total=Sum("funds__proposed"))
    known = [
        (item, kode, opd, f"{kode}|{kind}:{office}", total, name)
        for item, kode, opd, kind, office, name, total in totals
        if total
    ]
    if not known:
        return {}
    ceilings = dict(
        Pagu.objects.filter(year=year, institution__in={row[2] for row in known})
        .order_by().values_list("institution_id").annotate(total=Sum("amount"))
    )  # fmt: skip
    of_item: dict[int, list[int]] = defaultdict(list)
    for row in known:
        of_item[row[0]].append(row[4])
    struck = [(row, warned) for row in known if (warned := _warning(row, of_item[row[0]], ceilings, year)) is not None]
    silent = accepted_values({row[0] for row, _ in struck}) if struck else {}
    found: dict[int, list[Warned]] = defaultdict(list)
    for row, warned in struck:
        if (warned["subject"], warned["shown"]) not in silent.get(row[0], ()):
            found[row[0]].append(warned)
    return dict(found)


def _warning(row: Row, in_row: list[int], ceilings: dict[int, int], year: int) -> Warned | None:
    _, kode, opd, subject, total, name = row
    others = list(in_row)
    others.remove(total)
    warning = money_slip(MoneyRow(total, others, OTHERS, ceilings.get(opd, 0), f"pagu {name} {year}"))
    if warning is None:
        return None
    warned = shown_warning(warning, format_rupiah(total), subject)
    return {**warned, "text": f"Pagu {kode}: {warned['text']}"}
