"""The acts of a meja played in memory and written in bulk: same rows, same events, same payloads as the single services.

For loading whole rounds (example data, measurements), where the acts are known to be lawful: rights, stages and versions
seen are not asked, moves outside the table are refused all the same. Tested equal to the single services row by row.
"""

from desks.services.bulk.macro import add_bulk_action
from desks.services.bulk.meja import BulkMeja
from desks.services.bulk.rows import BulkChain, BulkRows
from desks.services.bulk.session import BulkSession

__all__ = ["BulkChain", "BulkMeja", "BulkRows", "BulkSession", "add_bulk_action"]
