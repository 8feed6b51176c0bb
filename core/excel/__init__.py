"""Workbooks out (openpyxl, write-only) and in (python-calamine, bounded before parsing)."""

from core.excel.marks import SheetMarks
from core.excel.read import CellValue, ReadSheet, check_workbook, read_rows, read_sheets, sheet_names
from core.excel.sheet import Cell, Sheet, new_workbook, workbook_bytes
from core.excel.style import STYLES, Style, number_style, tone_style
from core.excel.table import TableColumn, TableSheet, kept_columns, number_cell, row_height, table_workbook
from core.excel.text import MAX_TEXT, clean_text, split_text

__all__ = [
    "MAX_TEXT",
    "STYLES",
    "Cell",
    "CellValue",
    "ReadSheet",
    "Sheet",
    "SheetMarks",
    "Style",
    "TableColumn",
    "TableSheet",
    "check_workbook",
    "clean_text",
    "kept_columns",
    "new_workbook",
    "number_cell",
    "number_style",
    "read_rows",
    "read_sheets",
    "row_height",
    "sheet_names",
    "split_text",
    "table_workbook",
    "tone_style",
    "workbook_bytes",
]
