"""Which figures stand beside a target, and what is counted of its detail rows: a form per strand, the same for table and page of a row."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Final

from django.db.models import Q

from accounts.actors import Actor
from desks.levels import LevelWords
from desks.models import Round
from desks.selectors.details import Cells, support_cells
from desks.selectors.figures import Beside, actual_years, figures_beside
from desks.selectors.macro import RowRef, action_cells, board_actions
from desks.selectors.macro_figures import macro_figures
from desks.strands import Detail, form_of
from indicators.choices import Strand


@dataclass(frozen=True)
class FigureColumn:
    """A figure beside the target: its key in `Beside`, its head and what stands under it, its name on the page of a row."""

    key: str
    label: str
    sub: str
    name: str
    actual: bool = False


def _urusan(round_: Round) -> list[FigureColumn]:
    plan, words = round_.plan_year, round_.words
    return [
        *(FigureColumn(str(year), str(year), "capaian", f"Capaian {year}", True) for year in actual_years(round_)),
        FigureColumn("rpjmn", f"RPJMN {plan}", "target", f"Target RPJMN {plan}"),
        FigureColumn("rpjmd", f"RPJMD {plan}", "target", f"Target RPJMD {plan}"),
        FigureColumn("national", f"{words.area.capitalize()} {plan}", "target", f"{words.host_target} {plan}"),
        FigureColumn("indicative", f"Indikatif {words.holder} {plan}", "target", f"{words.indicative} {plan}"),
        FigureColumn("agreement", f"Kesepakatan {plan - 1}", "tahun lalu", f"Kesepakatan {plan - 1}"),
    ]


def _makro(round_: Round) -> list[FigureColumn]:
    """The columns of the form of macro indicators (N is the plan year)."""
    plan, words = round_.plan_year, round_.words
    return [
        *(FigureColumn(str(year), str(year), "realisasi", f"Realisasi {year}", True) for year in (plan - 3, plan - 2)),
        FigureColumn("previous", f"Target {plan - 1}", "tahun lalu", f"Target {plan - 1}"),
        FigureColumn("national", f"{words.area.capitalize()} {plan}", "target", f"{words.host_target} {plan}"),
        FigureColumn("rpjmn", f"RPJMN {plan}", "wilayah", f"Target RPJMN wilayah {plan}"),
        FigureColumn("rpjmn_group", f"RPJMN {plan}", "pulau", f"Target RPJMN kelompok wilayah {plan}"),
        FigureColumn("rpjmd", f"RPJMD {plan}", "target", f"Target RPJMD {plan}"),
        FigureColumn("rkpd", f"RKPD {plan}", "ranwal", f"Ranwal RKPD {plan}"),
        FigureColumn(
            "indicative", f"Indikatif {words.host_side} {plan}", "target", f"Target indikatif {words.host_side} {plan}"
        ),
    ]


COLUMNS: Final[dict[str, Callable[[Round], list[FigureColumn]]]] = {Strand.MAKRO: _makro}
FIGURES: Final[dict[str, Callable[[Round, int, Collection[int]], dict[int, Beside]]]] = {Strand.MAKRO: macro_figures}


def figure_columns(round_: Round, strand: str) -> list[FigureColumn]:
    """The figures that the form of the strand shows beside a target, in order."""
    return COLUMNS.get(strand, _urusan)(round_)


def figures_for(round_: Round, strand: str, region_id: int, indicators: Collection[int]) -> dict[int, Beside]:
    """The figures of these columns for the rows of one region, per indicator, in a fixed number of queries."""
    return FIGURES.get(strand, figures_beside)(round_, region_id, indicators)


def _action_heads(words: LevelWords) -> tuple[str, str]:
    return f"Strategi {words.host_side}", f"Strategi {words.region_side}"


DETAILS: Final[dict[Detail, tuple[Callable[[LevelWords], tuple[str, str]], Callable[[Q], Cells]]]] = {
    Detail.SUPPORTS: (lambda words: ("Sub keg", "Pagu"), support_cells),
    Detail.ACTIONS: (_action_heads, action_cells),
}
"""Heads of the columns that count detail rows, and what they hold per row."""


BOARD_DETAILS: Final[dict[Detail, Callable[[list[RowRef], Actor], dict[int, tuple[tuple[str, ...], ...]]]]] = {
    Detail.ACTIONS: board_actions,
}
"""What the board says of detail rows: per row and column the texts; strands without an entry have no such columns there."""


def board_heads(strand: str, words: LevelWords) -> tuple[str, ...]:
    """The heads of the board's columns about detail rows."""
    detail = form_of(strand).detail
    return DETAILS[detail][0](words) if detail in BOARD_DETAILS else ()


def board_details(strand: str, rows: list[RowRef], actor: Actor) -> dict[int, tuple[tuple[str, ...], ...]]:
    """Per row (pk) the texts of these columns."""
    detail = form_of(strand).detail
    return BOARD_DETAILS[detail](rows, actor) if detail in BOARD_DETAILS else {}


def detail_heads(strand: str, words: LevelWords) -> tuple[str, ...]:
    """The heads of the columns about detail rows."""
    detail = form_of(strand).detail
    return DETAILS[detail][0](words) if detail else ()


def detail_cells(strand: str, condition: Q) -> Cells:
    """Per row (pk) the printed cells of these columns; `condition` is on the detail row (`item__…`). One query."""
    detail = form_of(strand).detail
    return DETAILS[detail][1](condition) if detail else {}
