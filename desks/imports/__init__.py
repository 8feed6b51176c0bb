"""Workbooks that come back to the desks."""
