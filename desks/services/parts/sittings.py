"""Part Jadwal sesi: when which regions sit at a desk."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from accounts.actors import Actor
from desks.choices import SessionMode, SessionState
from desks.models import Desk, Meja, Session
from desks.services.parts.base import Applied, Cells, Column, Part, Planned, Record, refuse
from desks.services.parts.book import Book
from desks.services.parts.cells import ALL, ZONES, at, choice, joined, listed, moment, stored, text, written
from desks.services.parts.slots import Slot
from desks.services.room.schedule import cancel_session, reschedule_session
from desks.services.room.session import plan_session

MODES = dict(SessionMode.choices)
SAID = 3
"""Clashes that one row spells out."""
ZONE_WORDS = {zone: word for word, zone in ZONES.items()}


class Sittings(Part):
    """Sessions, named by desk and beginning."""

    slug, title, sheet = "sesi", "Jadwal sesi", "Sesi"
    about = "Sidang setiap desk: daerah, waktu, dan tempat. Desk harus sudah dibuka bagi daerah yang dijadwalkan."
    key = ("desk", "starts")
    removable = True
    columns = (
        Column("desk", "Kode desk", Book.read_desk, required=True, choices=lambda book: list(book.desks), fixed=True),
        Column("regions", "Daerah", Book.read_regions,
            hint="Kode wilayah dipisah titik koma, nama kelompok, atau Semua.", required=True, width=40, kind="codes"),
        Column("starts", "Mulai", moment, hint="Contoh: 02/03/2026 08.00", required=True, width=20, kind="moment"),
        Column("ends", "Selesai", moment, required=True, width=20, kind="moment"),
        Column("zone", "Zona", choice(ZONE_WORDS), choices=listed(ZONE_WORDS), empty="WIB", width=9),
        Column("mode", "Cara", choice(MODES), choices=listed(MODES), empty="Hibrida", width=14),
        Column("place", "Tempat", text(200), hint="Ruang, dan tautan rapat bila daring.", width=40),
    )  # fmt: skip

    def records(self, book: Book) -> list[Record]:
        """By beginning; two queries."""
        rows = (
            Session.objects.filter(desk__round=book.round)
            .select_related("desk")
            .prefetch_related("mejas__region")
            .order_by("starts", "desk__order", "pk")
        )
        return [self._record(row, book) for row in rows]

    def _record(self, row: Session, book: Book) -> Record:
        regions = {meja.region.kode for meja in row.mejas.all()}
        cells = {
            "desk": row.desk.code, "regions": ALL if regions == set(book.sitting) else joined(sorted(regions)),
            "starts": written(row.starts, row.tz), "ends": written(row.ends, row.tz), "zone": ZONE_WORDS.get(row.tz, "WIB"),
            "mode": MODES[row.mode], "place": row.place,
        }  # fmt: skip
        locked = (
            ""
            if row.state == SessionState.PLANNED
            else f"Sesi ini sudah {row.get_state_display().lower()}; jadwalnya tidak dapat diubah."
        )
        return Record(self.key_of(cells), cells, row.pk, row.get_state_display(), locked)

    def check(self, book: Book, row: Cells, before: Record | None) -> str:
        """The desk is open for the regions, and no region sits twice at the desk at one time."""
        if row["desk"] == ALL:
            raise refuse("Tulis satu kode desk.", "desk")
        tz = ZONES[row["zone"]]
        starts, ends = at(row["starts"], tz), at(row["ends"], tz)
        if ends <= starts:
            raise refuse("Selesai harus setelah mulai.", "ends")
        if ends - starts > dt.timedelta(days=3):
            raise refuse("Satu sesi paling lama tiga hari. Periksa tanggalnya.", "ends")
        closed = [kode for kode in book.spread(row["regions"]) if (row["desk"], kode) not in book.mejas]
        if closed:
            raise refuse(
                f"Desk {row['desk']} belum dibuka bagi {joined(closed[:5])}{' dan lainnya' if len(closed) > 5 else ''}. Buka dahulu pada lembar Buka desk.",
                "regions",
            )
        slot = self._slot(book, row)
        twins = [each for each in book.sittings if each.key == slot.key]
        if len(twins) > 1:
            raise refuse(
                f"Desk {row['desk']} punya {len(twins)} sesi yang dimulai pada menit itu. Batalkan salah satu di layar, lalu jadwalkan pada jam lain.",
                "starts",
            )
        return self._clash(book, slot, before)

    def twice(self, row: Cells, line: int) -> str:
        """Two sittings of one desk cannot begin at the same minute."""
        return (
            f"Sesi desk {row['desk']} pada {row['starts']} sudah ada pada baris {line}. "
            "Bedakan jam mulainya, atau gabungkan daerahnya dalam satu baris."
        )

    def _clash(self, book: Book, slot: Slot, before: Record | None) -> str:
        """Refuse a region that sits twice at the desk; answers what else meets: regions at other desks, the same room."""
        regions: dict[str, set[str]] = {}
        rooms: set[str] = set()
        for other in book.sittings:
            if other.key == slot.key or (before is not None and other.key == before.key) or not slot.meets(other):
                continue
            both = slot.regions & other.regions
            if both and other.desk == slot.desk:
                raise refuse(
                    f"Pada jam itu {joined(sorted(both)[:3])} sudah dijadwalkan pada sesi lain desk ini.", "starts"
                )
            if both:
                regions.setdefault(other.desk, set()).update(both)
            if slot.shares_room(other):
                rooms.add(other.desk)
        said = [
            f"{joined(sorted(both)[:3])} bersidang juga di desk {desk} pada jam itu."
            for desk, both in sorted(regions.items())
        ]
        if rooms:
            said.append(f"“{slot.place}” pada jam itu dipakai juga sesi desk {joined(sorted(rooms))}.")
        more = len(said) - SAID
        return " ".join([*said[:SAID], *([f"Masih ada {more} bentrok lain."] if more > 0 else [])])

    def _slot(self, book: Book, row: Cells) -> Slot:
        tz = ZONES[row["zone"]]
        return Slot(
            self.key_of(row), row["desk"], set(book.spread(row["regions"])), at(row["starts"], tz), at(row["ends"], tz), row["place"],
            stored(MODES, row["mode"]) == SessionMode.ONLINE,
        )  # fmt: skip

    def coming(self, book: Book, row: Cells) -> None:
        """Further rows are held against this one."""
        book.sits(self._slot(book, row))

    def apply(self, actor: Actor, book: Book, rows: Sequence[Planned], done: Applied) -> None:
        """Plan the new, move the changed."""
        desks = {desk.code: desk for desk in Desk.objects.filter(round=book.round).select_related("round")}
        for row in rows:
            cells, tz = row.cells, ZONES[row.cells["zone"]]
            desk = desks[cells["desk"]]
            mejas = list(
                Meja.objects.filter(desk=desk, region__kode__in=book.spread(cells["regions"]))
                .select_related("desk")
                .order_by("region__kode")
            )
            given: dict[str, Any] = {
                "starts": at(cells["starts"], tz), "ends": at(cells["ends"], tz), "tz": tz, "mode": stored(MODES, cells["mode"]),
                "place": cells["place"],
            }  # fmt: skip
            if row.before is None:
                plan_session(actor, desk, mejas, **given)
            else:
                reschedule_session(
                    actor, Session.objects.select_related("desk__round").get(pk=row.before.pk), mejas, **given
                )

    def remove(self, actor: Actor, book: Book, record: Record) -> None:
        """A sitting that was only planned."""
        cancel_session(actor, Session.objects.select_related("desk__round").get(desk__round=book.round, pk=record.pk))
