"""Reading files of facts and writing them in bulk: every bad row is named, and a file is taken whole or not at all."""

from core.imports.rows import FileRefused, Problem, Reader, Row, read_file
from core.imports.sync import Counts, Loaded, sync_rows

__all__ = ["Counts", "FileRefused", "Loaded", "Problem", "Reader", "Row", "read_file", "sync_rows"]
