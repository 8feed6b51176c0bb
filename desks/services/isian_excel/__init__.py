"""The Isian by Excel: keeping an uploaded workbook, comparing it, taking over what was accepted, and writing the answer."""
