"""Workbooks of figures."""

from indicators.exports.figures import figures_workbook

__all__ = ["figures_workbook"]
