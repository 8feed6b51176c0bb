"""The lists of indicators that people keep filters of."""

from __future__ import annotations

from typing import Final

from accounts.lists import ListKind, register_list
from indicators.filters import DocumentLineFilter, FigureFilter

FIGURES: Final = register_list(ListKind("angka", "Angka", tuple(FigureFilter.base_filters)))
LINES: Final = register_list(ListKind("baris-dokumen", "Baris dokumen", tuple(DocumentLineFilter.base_filters)))
