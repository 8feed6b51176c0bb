"""The Isian by Excel: the workbook out and in, the preview, the decision, the answer."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.matrix.asks.base import Ask, fresh_key, how, option
from tests.matrix.prepared import Prepared
from tests.matrix.rows import Row


def _round(made: Prepared, row: Row) -> str:
    return made.more["other_round"].code if row.where == "other_round" else made.world.round.code


def _desk(made: Prepared, row: Row) -> str:
    return made.mejas[row.where if row.where in made.mejas else "own"].code


@how("desks:isian_excel", "desks:isian_book")
def choice(made: Prepared, row: Row) -> Ask:
    desk = "" if option(row, "desk") == "all" else f"desk={_desk(made, row)}"
    return Ask((_round(made, row),), query=desk)


@how("desks:isian_upload")
def upload(made: Prepared, row: Row) -> Ask:
    content = made.more["isian_workbook"] if option(row, "body") != "bad" else b"bukan buku kerja"
    desk = {} if option(row, "desk") == "all" else {"desk": _desk(made, row)}
    return Ask((_round(made, row),), data={**desk, "berkas": SimpleUploadedFile("isian.xlsx", content)})


@how("desks:isian_preview", "desks:isian_reread")
def preview(made: Prepared, row: Row) -> Ask:
    return Ask((made.more["isian_upload"].code,), data={"titik": "thousands"})


@how("desks:isian_accept")
def accept(made: Prepared, row: Row) -> Ask:
    act = {"batal": "1"} if option(row, "act") == "drop" else {"terima": "semua"}
    return Ask((made.more["isian_upload"].code,), data={**act, "kunci": fresh_key()})


@how("desks:isian_answer")
def answer(made: Prepared, row: Row) -> Ask:
    return Ask((made.more["isian_done" if option(row, "of") != "open" else "isian_upload"].code,))
