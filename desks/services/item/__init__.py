"""Filling in, split by act: rows (what all share), save, move."""

from desks.services.item.move import move_rows
from desks.services.item.rows import (
    MAX_ROWS,
    RowResult,
    StageMemory,
    answer_once,
    attempt,
    load_item,
    load_items,
    mejas_of,
    read_value,
    require_row_figure,
    shown,
)
from desks.services.item.save import (
    BAPPEDA_EDITS,
    EDIT_STAGES,
    FIELDS,
    LONGEST,
    OPD_EDITS,
    REPAIR_STAGES,
    RowWrite,
    require_editable,
    save_rows,
)

__all__ = [
    "BAPPEDA_EDITS", "EDIT_STAGES", "FIELDS", "LONGEST", "MAX_ROWS", "OPD_EDITS", "REPAIR_STAGES", "RowResult", "RowWrite", "StageMemory",
    "answer_once", "attempt", "load_item", "load_items", "mejas_of", "move_rows", "read_value", "require_editable", "require_row_figure",
    "save_rows", "shown",
]  # fmt: skip
