"""Workbooks of planning."""

from planning.exports.documents import documents_workbook

__all__ = ["documents_workbook"]
