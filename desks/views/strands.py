"""Whole pages that a strand draws by itself, one row per strand; strands without a row use the shared pages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from django.http import HttpResponse

from desks.views.usulan import board, filing
from indicators.choices import Strand


@dataclass(frozen=True)
class StrandPages:
    """The table of a region, the page of a row, and the board of a desk with its workbook."""

    isian: Callable[..., HttpResponse]
    item: Callable[..., HttpResponse]
    board: Callable[..., HttpResponse]
    board_download: Callable[..., HttpResponse]


PAGES: Final[dict[str, StrandPages]] = {
    Strand.KEWILAYAHAN: StrandPages(filing.isian, filing.item, board.board, board.board_download)
}
