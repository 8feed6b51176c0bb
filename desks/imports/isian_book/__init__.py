"""Reading an Isian workbook that came back: by head and key, whatever the order of rows, columns and sheets. Pure: it asks no database."""

from desks.imports.isian_book.known import Choices
from desks.imports.isian_book.read import ReadCell, Reading, ReadRow, read_isian_book

__all__ = ["Choices", "ReadCell", "ReadRow", "Reading", "read_isian_book"]
