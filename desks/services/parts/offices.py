"""Part Lembaga: institutions, their code in SIPD, and which bidang urusan each holds in the plan year (the OPD map)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from accounts.actors import Actor, can
from accounts.choices import InstitutionKind
from accounts.models import Institution, Region
from desks.services.parts.base import Applied, Cells, Column, Part, Planned, Record, refuse
from desks.services.parts.book import REGIONAL, Book, Office
from desks.services.parts.cells import YES, YES_NO, choice, code, joined, listed, pieces, stored, text
from planning.choices import HolderPart
from planning.models import BidangHolder, BidangUrusan

KINDS = dict(InstitutionKind.choices)
SHARES = {"holds": HolderPart.PENANGGUNG_JAWAB, "supports": HolderPart.PENDUKUNG}


class Offices(Part):
    """Institutions, named by kind and code."""

    slug, title, sheet = "lembaga", "Lembaga dan pemegang urusan", "Lembaga"
    about = "K/L, Bappeda, dan perangkat daerah; kode SKPD pada SIPD; bidang urusan yang diampu pada tahun rencana. Dari sini portal tahu siapa mengisi apa."
    key = ("kind", "code")
    columns = (
        Column("kind", "Jenis", choice(KINDS), required=True, choices=listed(KINDS), width=20, fixed=True),
        Column("code", "Kode lembaga", code(40), hint="Tetap, misalnya 032 atau 32.1.02.", required=True, fixed=True),
        Column("name", "Nama lembaga", text(200), required=True, width=48),
        Column("short", "Nama singkat", text(80), required=True, width=26),
        Column("region", "Kode wilayah", Book.read_region, hint="00 bagi lembaga pusat.", required=True),
        Column("parent", "Lembaga induk", Book.read_office, hint="Kode lembaga di atasnya; koordinatornya ikut mengelola orang lembaga ini."),
        Column("skpd", "Kode SKPD (SIPD)", text(40), hint="kode_skpd seperti pada ekspor SIPD.", width=26),
        Column("holds", "Penanggung jawab bidang", Book.read_bidang, hint="Kode bidang dipisah titik koma.", width=26, kind="codes"),
        Column("supports", "Pendukung bidang", Book.read_bidang, hint="Kode bidang dipisah titik koma.", width=26, kind="codes"),
        Column("active", "Aktif", choice(YES_NO), choices=listed(YES_NO), empty=YES, width=9),
    )  # fmt: skip

    def records(self, book: Book) -> list[Record]:
        """By kind and code; two queries."""
        held: dict[tuple[int, str], list[str]] = defaultdict(list)
        for office, bidang, part in (
            BidangHolder.objects.filter(year=book.round.plan_year)
            .order_by("bidang__kode")
            .values_list("institution_id", "bidang__kode", "part")
        ):
            held[office, part].append(bidang)
        rows = book.institutions().select_related("region", "parent")
        return [self._record(row, held, book) for row in rows]

    def _record(self, row: Institution, held: dict[tuple[int, str], list[str]], book: Book) -> Record:
        cells = {
            "kind": KINDS[row.kind], "code": row.kode, "name": row.name, "short": row.short_name, "region": row.region.kode,
            "parent": book.office_codes.get(row.parent_id or 0, ""), "skpd": row.kode_skpd, "active": YES_NO["1" if row.active else "0"],
        }  # fmt: skip
        cells |= {name: joined(held[row.pk, part]) for name, part in SHARES.items()}
        return Record(self.key_of(cells), cells, row.pk)

    def check(self, book: Book, row: Cells, before: Record | None) -> str:
        """Institutions of the centre belong to the nation; a regional secretariat keeps its own region."""
        kind = stored(KINDS, row["kind"])
        central = kind not in (*REGIONAL, InstitutionKind.OTHER)
        if central != (row["region"] == "00") and kind != InstitutionKind.OTHER:
            raise refuse("Lembaga pusat berkode wilayah 00, Bappeda dan perangkat daerah berkode wilayahnya.", "region")
        if before is not None and row["region"] != before.cells["region"]:
            raise refuse("Wilayah lembaga tetap. Buat lembaga baru dengan kode baru.", "region")
        if not book.may_word:
            self._own_region(book, row)
        if both := set(pieces(row["holds"])) & set(pieces(row["supports"])):
            raise refuse(
                f"Bidang {joined(sorted(both))} tertulis sebagai penanggung jawab dan pendukung. Pilih satu.",
                "supports",
            )
        if row["skpd"] and (other := book.skpd_taken(row["skpd"], row["code"])):
            raise refuse(f"Kode SKPD ini sudah dipakai {other}.", "skpd")
        return ""

    def _own_region(self, book: Book, row: Cells) -> None:
        host = book.round.host.region.kode
        if row["region"] != host and not row["region"].startswith(f"{host}."):
            raise refuse("Sekretariat daerah hanya mengelola lembaga wilayahnya sendiri.", "region")

    def coming(self, book: Book, row: Cells) -> None:
        """Later sheets may name the institution."""
        book.add_office(Office(stored(KINDS, row["kind"]), row["code"], row["name"], row["region"]))

    def apply(self, actor: Actor, book: Book, rows: Sequence[Planned], done: Applied) -> None:
        """Write institutions first, then parents and holdings, which may name each other."""
        regions = dict(Region.objects.values_list("kode", "pk"))
        for row in rows:
            cells = row.cells
            columns = {
                "name": cells["name"],
                "short_name": cells["short"],
                "kode_skpd": cells["skpd"],
                "active": cells["active"] == YES,
            }
            kind = stored(KINDS, cells["kind"])
            new = {"region_id": regions[cells["region"]], **columns}
            Institution.objects.update_or_create(kind=kind, kode=cells["code"], defaults=columns, create_defaults=new)
        book.forget_offices()
        bidang = dict(BidangUrusan.objects.values_list("kode", "pk"))
        for row in rows:
            kind = stored(KINDS, row.cells["kind"])
            office = Institution.objects.get(kind=kind, kode=row.cells["code"])
            parent = book.offices[book.read_office(row.cells["parent"])].pk if row.cells["parent"] else None
            Institution.objects.filter(pk=office.pk).update(parent=parent)
            self._hold(
                book, office, {bidang[kode]: part for name, part in SHARES.items() for kode in pieces(row.cells[name])}
            )

    def _hold(self, book: Book, office: Institution, wanted: dict[int, HolderPart]) -> None:
        held = BidangHolder.objects.filter(year=book.round.plan_year, institution=office)
        held.exclude(bidang__in=wanted).delete()
        for bidang, part in wanted.items():
            BidangHolder.objects.update_or_create(
                year=book.round.plan_year, institution=office, bidang_id=bidang, defaults={"part": part}
            )


def may_keep(actor: Actor, book: Book) -> bool:
    """Whether the actor may change institutions at all: its round is its own."""
    return can(actor, "desks.manage_round", book.round)
