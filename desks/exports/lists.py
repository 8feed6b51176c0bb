"""Short lists of the desks as workbooks, in the words of their pages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

from core.dates import date_with_time
from core.excel import TableColumn, TableSheet, table_workbook
from desks.models import Announcement, Session
from desks.selectors.presence import Expected
from desks.selectors.room import SessionCard
from desks.services.close_round import Left
from desks.services.parts import Part, Record

_ANNOUNCED: Final = (
    TableColumn("Isi", 70), TableColumn("Tingkat", 14), TableColumn("Untuk", 26), TableColumn("Sejak", 22), TableColumn("Sampai", 22),
    TableColumn("Keadaan", 14), TableColumn("Ditulis oleh", 28),
)  # fmt: skip


def announcements_workbook(rows: Iterable[tuple[Announcement, str]], made: str) -> bytes:
    """Announcements, each with whether it shows now."""
    cells = (
        [
            row.text, row.get_level_display(), row.round.short_name if row.round else "semua", date_with_time(row.starts_at, row.tz),
            date_with_time(row.ends_at, row.tz), when, row.by.full_name,
        ]
        for row, when in rows
    )  # fmt: skip
    return table_workbook("Pengumuman", f"Dibuat {made}.", TableSheet("Pengumuman", _ANNOUNCED, cells))


_SESSIONS: Final = (
    TableColumn("Kode sesi", 13, "code"), TableColumn("Penyelenggaraan", 26), TableColumn("Kode desk", 9, "code"), TableColumn("Desk", 34),
    TableColumn("Sesi", 6, "whole"), TableColumn("Mulai", 24), TableColumn("Selesai", 24), TableColumn("Daerah", 34), TableColumn("Cara", 14),
    TableColumn("Tempat", 28), TableColumn("Keadaan", 16), TableColumn("Diputuskan", 11, "whole"), TableColumn("Butir", 9, "whole"),
)  # fmt: skip


def sessions_workbook(note: str, cards: Iterable[SessionCard]) -> bytes:
    """Sittings in the order of the page."""
    rows = (
        [
            card.session.code, card.session.desk.round.short_name, card.session.desk.code, card.session.desk.name, card.session.no,
            date_with_time(card.session.starts, card.session.tz), date_with_time(card.session.ends, card.session.tz), card.regions,
            card.session.get_mode_display(), card.session.place, card.session.get_state_display(), card.decided, card.total,
        ]
        for card in cards
    )  # fmt: skip
    return table_workbook("Sesi desk", note, TableSheet("Sesi", _SESSIONS, rows))


_PRESENT: Final = (
    TableColumn("Lembaga", 44), TableColumn("Pihak persetujuan", 12), TableColumn("Keadaan", 16), TableColumn("Nama", 32),
    TableColumn("Jabatan", 32), TableColumn("Cara hadir", 14), TableColumn("Sejak", 24), TableColumn("Sampai", 24), TableColumn("Alasan tidak hadir", 40),
)  # fmt: skip


def attendance_workbook(session: Session, expected: Iterable[Expected], made: str) -> bytes:
    """Who was expected and who was there, one line for each person."""

    def rows() -> Iterable[list[Any]]:
        for entry in expected:
            head = [entry.institution.name, entry.party, entry.word]
            for row in [*entry.here, *entry.gone]:
                left = date_with_time(row.left_at, session.tz) if row.left_at else ""
                yield [
                    *head,
                    row.name,
                    row.office,
                    row.get_mode_display(),
                    date_with_time(row.at, session.tz),
                    left,
                    "",
                ]
            if not entry.here and not entry.gone:
                yield [*head, "", "", "", "", "", entry.absence.reason if entry.absence else ""]

    title = f"Daftar hadir sesi {session.no} Desk {session.desk.code} {session.desk.name}"
    return table_workbook(title, f"Dibuat {made}.", TableSheet("Daftar hadir", _PRESENT, rows()))


_READY: Final = (
    TableColumn("Kode butir", 13, "code"), TableColumn("Desk", 30), TableColumn("Indikator", 50), TableColumn("Satuan", 14),
    TableColumn("Usulan", 18), TableColumn("Status", 20), TableColumn("Kesiapan", 18), TableColumn("Yang kurang atau diminta", 60),
    TableColumn("Peringatan", 60),
)  # fmt: skip


def readiness_workbook(title: str, made: str, groups: Iterable[tuple[str, Sequence[dict[str, Any]]]]) -> bytes:
    """The rows that can be handed in, those not mended yet, those that lack something."""
    rows = (
        [
            row["code"], row["desk"], row["name"], row["unit"], row["value"], row["state"], label, row["lacking"] or row["request"],
            "\n".join(row["slips"]),
        ]
        for label, group in groups for row in group
    )  # fmt: skip
    return table_workbook(title, f"Dibuat {made}.", TableSheet("Kelengkapan", _READY, rows))


_VERSIONS: Final = (
    TableColumn("Kode desk", 9, "code"), TableColumn("Desk", 26), TableColumn("Kode indikator", 14, "code"), TableColumn("Rumusan lama", 50),
    TableColumn("Satuan lama", 14), TableColumn("Rumusan baru", 50), TableColumn("Satuan baru", 14), TableColumn("Daerah", 22),
    TableColumn("Status", 20), TableColumn("Kode butir", 13, "code"),
)  # fmt: skip


def versions_workbook(title: str, made: str, found: Iterable[dict[str, Any]]) -> bytes:
    """One line for each row that stands under an old wording."""
    rows = (
        [
            row["desk"].code, row["desk"].name, row["indicator"].code, row["old"].name, row["old"].unit, row["new"].name, row["new"].unit,
            item.region.short_name, item.get_state_display(), item.code,
        ]
        for row in found for item in row["rows"]
    )  # fmt: skip
    return table_workbook(title, f"Dibuat {made}.", TableSheet("Rumusan lama", _VERSIONS, rows))


def part_workbook(title: str, note: str, part: Part, found: Iterable[Record]) -> bytes:
    """The rows of a part of the set-up as its page shows them."""
    columns = [*(TableColumn(column.head, 24) for column in part.columns), TableColumn("Keadaan", 40)]
    rows = ([*(each.cells.get(column.name, "") for column in part.columns), each.note] for each in found)
    return table_workbook(title, note, TableSheet(part.sheet, columns, rows))


_LEFT: Final = (
    TableColumn("Yang belum selesai", 50), TableColumn("Jumlah", 10, "whole"), TableColumn("Menahan penutupan", 14), TableColumn("Contoh", 70),
)  # fmt: skip


def left_workbook(title: str, made: str, left: Iterable[Left]) -> bytes:
    """What is left before a round is closed."""
    rows = ([each.what, each.count, each.blocks, "; ".join(each.examples)] for each in left)
    return table_workbook(title, f"Dibuat {made}.", TableSheet("Belum selesai", _LEFT, rows))
