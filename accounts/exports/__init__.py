"""Workbooks about people."""

from accounts.exports.people import people_workbook

__all__ = ["people_workbook"]
