"""The lists of planning that people keep filters and columns of."""

from __future__ import annotations

from typing import Final

from accounts.lists import ListKind, columns, register_list
from planning.filters import DocumentFilter, OutputFilter

DOCUMENTS: Final = register_list(ListKind(
    "dokumen", "Dokumen", tuple(DocumentFilter.base_filters), columns(
        kind="Jenis", owner="Pemilik", years="Tahun", stage="Tahapan", version="Versi", lines="Baris",
    ),
))  # fmt: skip
OUTPUTS: Final = register_list(ListKind("rincian-output", "Rincian output", tuple(OutputFilter.base_filters)))
PAGU: Final = register_list(ListKind("pagu", "Pagu", ("tahun", "satuan")))
