"""The set-up of a round, and institutions that change."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from desks.models import Desk, Seat
from tests.desks.setup.test_workbook import DESK, book_of
from tests.matrix.asks.base import Ask, how, option
from tests.matrix.prepared import Prepared
from tests.matrix.rows import Row


def _code(made: Prepared, row: Row) -> str:
    return made.more["other_round"].code if row.where == "other_round" else made.world.round.code


@how(
    "desks:setup",
    "desks:setup_general",
    "desks:setup_copy",
    "desks:setup_changes",
    "desks:setup_versions",
    "desks:setup_usual_seats",
    "desks:setup_download",
    "desks:setup_links",
    "desks:setup_close",
)
def round_pages(made: Prepared, row: Row) -> Ask:
    name = row.route.split(":")[1]
    given: dict[str, Any] = {
        "setup_general": {
            "forum_name": "Nama lain", "short_name": "Nama lain", "held_year": 2026, "plan_year": 2027, "level": "national", "indicator_label": "IKU",
            "tz": "Asia/Jakarta", "ba_scope": "session",
        },
        "setup_copy": {"dari": made.more["other_round"].code},
        "setup_versions": {"desk": "1.03", "reason": "uji"},
        "setup_close": {"reason": "" if option(row, "reason") == "missing" else "uji"},
    }.get(name, {})  # fmt: skip
    return Ask((_code(made, row),), data=given)


@how("desks:round_new")
def round_new(made: Prepared, row: Row) -> Ask:
    data = {
        "forum_name": "Forum baru", "short_name": "Forum 2028", "held_year": 2027, "plan_year": 2028, "level": "national", "indicator_label": "IKU",
        "tz": "Asia/Jakarta", "ba_scope": "session",
    }  # fmt: skip
    return Ask((), data=data)


@how("desks:setup_part", "desks:setup_add")
def part(made: Prepared, row: Row) -> Ask:
    slug = option(row, "part", "desk")
    data = {"code": option(row, "code", "9.77"), "name": "Desk uji", "strand": "Urusan", "order": "1", "bidang": "1.03"}
    return Ask((_code(made, row), slug), data=data)


@how("desks:setup_change", "desks:setup_remove")
def line(made: Prepared, row: Row) -> Ask:
    round_ = made.more["other_round"] if row.where == "other_round" else made.world.round
    slug = option(row, "part", "desk")
    found = (
        Seat.objects.filter(round=round_, institution=made.world.kemenkes)
        if slug == "kursi"
        else Desk.objects.filter(round=round_, code="1.03")
    )
    pk = found.values_list("pk", flat=True)[0] if row.where != "other_round" else found[0].pk
    return Ask(
        (round_.code, slug, pk), data={"name": "Nama desk lain", "strand": "Urusan", "order": "1", "bidang": "1.03"}
    )


@how("desks:setup_upload")
def upload(made: Prepared, row: Row) -> Ask:
    content = b"bukan buku kerja" if option(row, "body") == "bad" else book_of(Desk=[DESK, ["9.9", "Desk uji"]])
    return Ask((_code(made, row),), data={"berkas": SimpleUploadedFile("siap.xlsx", content)})


@how("desks:setup_preview", "desks:setup_accept")
def kept(made: Prepared, row: Row) -> Ask:
    """An upload of the secretariat; made once, before anything is counted."""
    return Ask((_code(made, row), made.jobs["setup_upload"].code), data={})


@how("accounts:institution_act")
def institution(made: Prepared, row: Row) -> Ask:
    act = option(row, "act", "ubah-nama")
    data = {"name": "Nama lain", "short_name": "Nama lain", "reason": "Perda"}
    return Ask((made.world.dinas_jabar.pk, act), data=data)
