"""The parts of a sheet that a strand has of its own. A new strand is a new function here and a row in `exports/annexes.py`."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from agreements.selectors.macro_sheet import ActionRow
from agreements.selectors.rows import subject_of, support_rows, target_rows, totals_of
from agreements.selectors.sheet import TargetRow
from agreements.selectors.usulan import usulan_parts
from desks.choices import AGREED_STATES
from desks.models import Item, Round
from desks.selectors.figures import Shown
from desks.selectors.macro import actions_of
from desks.selectors.macro_figures import macro_figures
from indicators.choices import Strand

if TYPE_CHECKING:
    from agreements.selectors.material import Material


def strand_parts(found: Material) -> dict[str, Any]:
    """Targets and detail rows of the sheet, by the strand of the berita acara."""
    return PARTS.get(found.strand, _urusan)(found)


def indicator_label(round_: Round, strand: str) -> str:
    """What the indicators of the strand are called in the round."""
    return "Indikator makro" if strand == Strand.MAKRO else round_.indicator_label


def _urusan(found: Material) -> dict[str, Any]:
    supports = support_rows(found)
    return {"targets": target_rows(found), "supports": supports, "totals": totals_of(supports)}


def _makro(found: Material) -> dict[str, Any]:
    return {"strand": found.strand, "targets": _macro_targets(found), "actions": _action_rows(found)}


PARTS: Final[dict[str, Callable[[Material], dict[str, Any]]]] = {
    Strand.URUSAN: _urusan, Strand.MAKRO: _makro, Strand.KEWILAYAHAN: usulan_parts,
}  # fmt: skip


def _macro_targets(found: Material) -> tuple[TargetRow, ...]:
    """The agreed targets, with the achievement and document targets that stood beside them."""
    indicators = {item.code: item.indicator_id for item in found.items}
    beside = {
        region: macro_figures(found.ba.round, region, [pk for pk in indicators.values() if pk])
        for region in {item.region_id for item in found.items}
    }
    regions = {item.code: item.region_id for item in found.items}
    return tuple(
        _with_figures(row, found.ba.round, beside[regions[row.item]].get(indicators[row.item] or 0, {}))
        for row in target_rows(found)
    )


def _with_figures(row: TargetRow, round_: Round, figures: dict[str, Shown]) -> TargetRow:
    years = sorted((key for key in figures if key.isdecimal()), reverse=True)
    actual = next((f"{figures[year].text}\n({_when(year, figures[year])})" for year in years), "")
    return dataclasses.replace(
        row, actual=actual, rpjmn=_dated(round_, figures.get("rpjmn")), rpjmd=_dated(round_, figures.get("rpjmd"))
    )


def _when(year: str, shown: Shown) -> str:
    return ", ".join(word for word in (year, shown.mark) if word)


def _dated(round_: Round, shown: Shown | None) -> str:
    """The target, with its year where that is not the plan year's."""
    if shown is None:
        return ""
    when = str(shown.year) if shown.year != round_.plan_year else ""
    marks = ", ".join(word for word in (when, "simulasi" if shown.simulated else "") if word)
    return f"{shown.text}\n({marks})" if marks else shown.text


def _side(item: Item, side: str) -> str:
    words = item.round.words.side(side)
    return words[0].upper() + words[1:]


def _action_rows(found: Material) -> tuple[ActionRow, ...]:
    """The strategies and actions of the rows that were agreed here, centre first."""
    agreed = [item for item in found.items if found.state(item) in AGREED_STATES]
    actions = actions_of(agreed)
    rows: list[ActionRow] = []
    for item in agreed:
        code, name, _ = subject_of(item)
        for action in actions.get(item.pk, []):
            rows.append(
                ActionRow(
                    len(rows) + 1, item.code, item.region.kode, item.region.name, code, name, item.value_agreed,
                    _side(item, action.side), action.text, action.owner_full, action.owner_code, action.at_desk,
                )
            )  # fmt: skip
    return tuple(rows)
