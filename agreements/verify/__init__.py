"""The check of records: every hash recomputed from the columns, every row against its event, every header against its events."""

from agreements.verify.faults import Fault, Report
from agreements.verify.run import verify_all, verify_one

__all__ = ["Fault", "Report", "verify_all", "verify_one"]
