"""Reading files of facts and writing them in bulk: every bad row is named, and a file is taken whole or not at all."""

from core.imports.rows import FileRefused, Problem, Reader, Row, read_file
from core.imports.sync import Counts, Loaded, sync_rows
from core.imports.table import Table, TableRow, read_table

__all__ = [
    "Counts",
    "FileRefused",
    "Loaded",
    "Problem",
    "Reader",
    "Row",
    "Table",
    "TableRow",
    "read_file",
    "read_table",
    "sync_rows",
]
