"""Links of the first login as a workbook, for whoever hands them out."""

from __future__ import annotations

from collections.abc import Sequence

from accounts.models import Membership
from core.excel import STYLES, Sheet, new_workbook, workbook_bytes


def links_workbook(rows: Sequence[tuple[Membership, str]]) -> bytes:
    """One row a person, with the warning that belongs to it."""
    workbook = new_workbook("Tautan masuk pertama")
    sheet = Sheet(workbook, "Tautan", widths=(32, 34, 34, 18, 90), landscape=True, header_rows=(3, 3), freeze="A4")
    sheet.row(["Tautan masuk pertama, berlaku 7 hari dan sekali pakai"], style=STYLES["strong"])
    sheet.row(
        [
            "Siapa pun yang memegang tautan dapat masuk sebagai orang itu. Berikan satu baris hanya kepada orangnya, lalu hapus berkas ini."
        ],
        style=STYLES["note"],
    )
    sheet.row(["Nama", "Surel", "Lembaga", "Peran", "Tautan"], style=STYLES["header"])
    seen: set[int] = set()
    for membership, link in rows:
        if membership.user_id in seen:
            continue
        seen.add(membership.user_id)
        sheet.row(
            [
                membership.user.full_name,
                membership.user.email,
                membership.institution.name,
                membership.get_role_display(),
                link,
            ]
        )
    return workbook_bytes(workbook)
