"""The koordinator's list of people as a workbook."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import Membership
from core.excel.sheet import Sheet, new_workbook, workbook_bytes
from core.excel.style import STYLES

HEADERS = ("Nama", "Surel", "Jabatan", "Lembaga", "Kode lembaga", "Peran", "Sejak", "Sampai", "Keadaan")
WIDTHS = (30, 30, 30, 34, 16, 18, 18, 18, 14)
STATE_OF_PENDING = "belum masuk"


def people_workbook(memberships: QuerySet[Membership]) -> bytes:
    """The list as filtered, one row a membership."""
    workbook = new_workbook("Orang")
    sheet = Sheet(workbook, "Orang", widths=WIDTHS, landscape=True, header_rows=(1, 1), freeze="B2")
    sheet.row(HEADERS, style=STYLES["header"])
    now = timezone.now()
    for each in memberships.iterator(chunk_size=1000):
        sheet.row(_cells(each, ended=each.until is not None and each.until <= now))
    return workbook_bytes(workbook)


def _cells(each: Membership, *, ended: bool) -> list[object]:
    state = "berakhir" if ended else "berlaku" if each.user.has_usable_password() else STATE_OF_PENDING
    return [
        each.user.full_name,
        each.user.email,
        each.office,
        each.institution.name,
        each.institution.kode,
        each.get_role_display(),
        each.valid_from,
        each.until,
        state,
    ]
