"""Workbooks of the desks: pure functions from rows to bytes."""
