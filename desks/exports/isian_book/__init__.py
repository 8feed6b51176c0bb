"""The workbook in which a region fills its Isian: a pure function from the gathered rows to bytes."""

from desks.exports.isian_book.book import isian_book_workbook
from desks.exports.isian_book.paper import BACK_TO, Overlay, Paper, ReturnedCell, ReturnedRow

__all__ = ["BACK_TO", "Overlay", "Paper", "ReturnedCell", "ReturnedRow", "isian_book_workbook"]
