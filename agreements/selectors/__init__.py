"""Reading: the one sheet behind paper, workbook and snapshot; lists; what is missing."""
