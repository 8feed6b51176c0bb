"""Reading reports of trouble: the sender's own, the queue, and what an address of the portal is about."""

from __future__ import annotations

import datetime as dt
from typing import Final
from urllib.parse import urlsplit

from django.db.models import Q, QuerySet
from django.urls import Resolver404, resolve, reverse

from accounts.actors import Actor
from accounts.choices import Role
from accounts.models import User
from core.errors import InvalidInput
from desks.helpdesk_choices import ReportStatus
from desks.models import Report
from desks.selectors.home import WaitingGroup, register_waiting

MOST_PAGE: Final = 300
ITEM_ROUTES: Final = ("desks:item", "desks:board_item")
SECRET_ROUTES: Final = ("accounts:first_login", "accounts:reset_confirm")
"""Their addresses open an account."""


def page_of_report(address: str) -> tuple[str, str]:
    """The path of a page of this portal and the code of the row it is about ('' where none); InvalidInput for any other address.

    What stands behind `?` is dropped: filters may hold names.
    """
    if not address:
        return "", ""
    parts = urlsplit(address)
    path = parts.path
    if parts.scheme or parts.netloc or not path.startswith("/") or path.startswith("//") or "\\" in path:
        raise InvalidInput("Alamat halaman harus alamat di portal ini.", field="page")
    try:
        found = resolve(path)
    except Resolver404:
        return path[:MOST_PAGE], ""  # the page that is missing may be the trouble
    if found.view_name in SECRET_ROUTES:
        return reverse("accounts:login"), ""
    code = found.kwargs.get("code", "") if found.view_name in ITEM_ROUTES else ""
    return path[:MOST_PAGE], str(code)


def reports_of(user: User) -> QuerySet[Report]:
    """What the person sent, newest first."""
    return Report.objects.filter(user=user).select_related("round")


def report_queue(actor: Actor, *, status: str = "", round_code: str = "", words: str = "") -> QuerySet[Report]:
    """The reports that the secretariat answers, as filtered: new ones first, then by age."""
    rows = Report.objects.kept_by(actor).select_related("round", "user", "institution", "answered_by")
    if status == "open":
        rows = rows.filter(status__in=(ReportStatus.NEW, ReportStatus.TAKEN))
    elif status:
        rows = rows.filter(status=status)
    if round_code:
        rows = rows.filter(round__code=round_code)
    for word in words.split()[:8]:
        rows = rows.filter(
            Q(text__icontains=word) | Q(code__iexact=word) | Q(item_code__iexact=word) | Q(page__icontains=word)
            | Q(request_id__iexact=word) | Q(user__full_name__icontains=word) | Q(institution__name__icontains=word)
        )  # fmt: skip
    return rows


@register_waiting
def reports_waiting(actor: Actor, now: dt.datetime) -> list[WaitingGroup]:
    """For the secretariat: reports nobody has looked at; one query."""
    if actor.role != Role.SEKRETARIAT:
        return []
    url = f"{reverse('desks:report_queue')}?status=new"
    count = Report.objects.kept_by(actor).filter(status=ReportStatus.NEW).count()
    return [WaitingGroup("Tanggapi", "laporan kendala baru", url, count)]
