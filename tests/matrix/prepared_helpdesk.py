"""A report of trouble by the Bappeda, and an announcement that is not shown yet."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.utils import timezone

from desks.services.announcements import AnnouncementData, announce
from desks.services.reports import ReportData, Sender, send_report

if TYPE_CHECKING:
    from tests.matrix.prepared import Prepared

REPORT_SECRET = "laporan yang hanya dibaca sekretariat"


def add_helpdesk(made: Prepared) -> None:
    world = made.world
    sender = Sender(world.bappeda.user, world.bappeda)
    made.more["report"] = send_report(sender, ReportData(REPORT_SECRET, page="/isian/"))
    start = timezone.now() + dt.timedelta(days=30)
    given = AnnouncementData("kabar bulan depan", "info", start, start + dt.timedelta(days=1), world.round)
    made.more["announcement"] = announce(world.secretariat, given)
    made.more.setdefault("texts", {})["report_secret"] = REPORT_SECRET
