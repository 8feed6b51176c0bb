"""Workbooks out (openpyxl, write-only) and in (python-calamine, bounded before parsing)."""

from core.excel.read import CellValue, check_workbook, read_rows, sheet_names
from core.excel.sheet import Cell, Sheet, new_workbook, workbook_bytes
from core.excel.style import STYLES, Style, number_style, tone_style
from core.excel.text import MAX_TEXT, clean_text, split_text

__all__ = [
    "MAX_TEXT",
    "STYLES",
    "Cell",
    "CellValue",
    "Sheet",
    "Style",
    "check_workbook",
    "clean_text",
    "new_workbook",
    "number_style",
    "read_rows",
    "sheet_names",
    "split_text",
    "tone_style",
    "workbook_bytes",
]
