"""Part Desk: the desks of the round and the bidang urusan that each covers; and part Buka desk: for which regions a desk sits."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from django.db.models import Count

from accounts.actors import Actor
from accounts.models import Region
from core.errors import InvalidInput
from desks.models import Desk, DeskBidang, DeskIndicator, Meja, Seat
from desks.services.parts.base import Applied, Cells, Column, Part, Planned, Record, refuse
from desks.services.parts.book import Book
from desks.services.parts.cells import ALL, choice, code, joined, listed, pieces, stored, text, whole
from desks.services.setup import open_mejas
from indicators.choices import Strand
from planning.models import BidangUrusan

STRANDS = dict(Strand.choices)


class Desks(Part):
    """Desks, named by code."""

    slug, title, sheet = "desk", "Desk dan bidang urusan", "Desk"
    about = "Meja pembahasan dan bidang urusan yang dibahas di sana. Satu bidang boleh dibagi ke beberapa desk."
    key = ("code",)
    removable = True
    columns = (
        Column("code", "Kode desk", code(20), hint="Pendek dan tetap, misalnya 1.02 atau KW-1.", required=True, fixed=True),
        Column("name", "Nama desk", text(120), required=True, width=40),
        Column("strand", "Pendekatan", choice(STRANDS), choices=listed(STRANDS), empty="Urusan"),
        Column("order", "Urutan", whole(0, 9999), hint="Urutan tampil; kecil lebih dahulu.", empty="0", width=9),
        Column("bidang", "Bidang urusan", Book.read_bidang, hint="Kode bidang, beberapa dipisah titik koma: 1.02; 2.08.", width=30, kind="codes"),
    )  # fmt: skip

    def records(self, book: Book) -> list[Record]:
        """In the order of the round."""
        found = (
            Desk.objects.filter(round=book.round)
            .annotate(opened=Count("mejas", distinct=True))
            .order_by("order", "code")
        )
        bidang: dict[int, list[str]] = defaultdict(list)
        for desk, kode in (
            DeskBidang.objects.filter(desk__round=book.round)
            .order_by("bidang__kode")
            .values_list("desk_id", "bidang__kode")
        ):
            bidang[desk].append(kode)
        return [self._record(desk, bidang[desk.pk]) for desk in found]

    def _record(self, desk: Desk, bidang: list[str]) -> Record:
        cells = {
            "code": desk.code, "name": desk.name, "strand": STRANDS[desk.strand], "order": str(desk.order), "bidang": joined(bidang),
        }  # fmt: skip
        opened = getattr(desk, "opened", 0)
        return Record(self.key_of(cells), cells, desk.pk, f"dibuka bagi {opened} daerah" if opened else "belum dibuka")

    def check(self, book: Book, row: Cells, before: Record | None) -> str:
        """An opened desk keeps its strand, and every bidang whose indicators are on its agenda."""
        if before is None:
            return ""
        if row["strand"] != before.cells["strand"] and any(desk == before.cells["code"] for desk, _ in book.mejas):
            raise refuse("Desk ini sudah dibuka bagi daerah; pendekatannya tidak dapat diubah lagi.", "strand")
        gone = set(pieces(before.cells["bidang"])) - set(pieces(row["bidang"]))
        if gone:
            kept = DeskIndicator.objects.filter(desk=before.pk, indicator__bidang__kode__in=gone)
            if count := kept.count():
                raise refuse(
                    f"Bidang {joined(sorted(gone))} masih punya {count} indikator pada desk ini. Pindahkan dahulu indikatornya.",
                    "bidang",
                )
        return ""

    def coming(self, book: Book, row: Cells) -> None:
        """Later sheets may name the desk."""
        book.desks[row["code"]] = (row["name"], stored(STRANDS, row["strand"]))

    def apply(self, actor: Actor, book: Book, rows: Sequence[Planned], done: Applied) -> None:
        """Write each desk and what it covers."""
        ids = dict(BidangUrusan.objects.values_list("kode", "pk"))
        for row in rows:
            cells = row.cells
            columns = {"name": cells["name"], "strand": stored(STRANDS, cells["strand"]), "order": int(cells["order"])}
            if row.before is None:
                desk = Desk.objects.create(round=book.round, code=cells["code"], **columns)
            else:
                desk = Desk.objects.get(pk=row.before.pk)
                Desk.objects.filter(pk=desk.pk).update(**columns)
            wanted = {ids[kode] for kode in pieces(cells["bidang"])}
            DeskBidang.objects.filter(desk=desk).exclude(bidang__in=wanted).delete()
            have = set(DeskBidang.objects.filter(desk=desk).values_list("bidang_id", flat=True))
            DeskBidang.objects.bulk_create(DeskBidang(desk=desk, bidang_id=pk) for pk in sorted(wanted - have))

    def remove(self, actor: Actor, book: Book, record: Record) -> None:
        """A desk that was never opened and at which nobody sits."""
        desk = Desk.objects.get(round=book.round, pk=record.pk)
        if desk.mejas.exists():
            raise InvalidInput(f"Desk {desk.name} sudah dibuka bagi daerah dan tercatat; tidak dapat dihapus.")
        if Seat.objects.filter(desk=desk).exists() or desk.indicator_rows.exists():
            raise InvalidInput(f"Desk {desk.name} masih memiliki kursi atau indikator. Cabut dahulu semuanya.")
        desk.delete()


class Openings(Part):
    """For which regions each desk is open. Opening makes the rows of its agenda; it is not taken back."""

    slug, title, sheet = "buka", "Membuka desk bagi daerah", "Buka desk"
    about = "Daerah yang dibahas pada setiap desk. Membuka desk membuat butir isian bagi daerah itu; yang sudah dibuka tidak dapat ditutup lagi."
    key = ("desk",)
    columns = (
        Column("desk", "Kode desk", Book.read_desk, required=True, choices=lambda book: list(book.desks), fixed=True),
        Column("regions", "Daerah", Book.read_regions,
            hint="Semua, nama kelompok wilayah, atau kode wilayah dipisah titik koma.", required=True, width=60, kind="codes"),
    )  # fmt: skip

    def records(self, book: Book) -> list[Record]:
        """One row a desk that is open somewhere."""
        by_desk: dict[str, set[str]] = defaultdict(set)
        for desk, region in book.mejas:
            by_desk[desk].add(region)
        found = []
        for desk, opened in by_desk.items():
            cells = {"desk": desk, "regions": ALL if opened == set(book.sitting) else joined(sorted(opened))}
            found.append(Record(self.key_of(cells), cells, note=f"{len(opened)} daerah"))
        order = {desk: place for place, desk in enumerate(book.desks)}
        return sorted(found, key=lambda record: order.get(record.cells["desk"], 0))

    def check(self, book: Book, row: Cells, before: Record | None) -> str:
        """What is open stays open: the cell becomes all that is open or wanted."""
        if row["desk"] == ALL:
            raise refuse("Tulis satu kode desk per baris.", "desk")
        wanted = set(book.spread(row["regions"])) | (set(book.spread(before.cells["regions"])) if before else set())
        row["regions"] = ALL if wanted == set(book.sitting) else joined(sorted(wanted))
        if (
            before is None
            and book.desks[row["desk"]][1] != Strand.KEWILAYAHAN
            and not self._has_indicators(book, row["desk"])
        ):
            raise refuse(
                "Desk ini belum punya indikator. Isi dahulu lembar Indikator, agar setiap daerah mendapat butirnya.",
                "desk",
            )
        return ""

    def _has_indicators(self, book: Book, desk: str) -> bool:
        return desk in book.desks_with_indicators

    def coming(self, book: Book, row: Cells) -> None:
        """Sessions may name the mejas."""
        book.mejas.update((row["desk"], region) for region in book.spread(row["regions"]))

    def apply(self, actor: Actor, book: Book, rows: Sequence[Planned], done: Applied) -> None:
        """Open the mejas that are missing."""
        regions = {region.kode: region for region in Region.objects.filter(kode__in=book.sitting)}
        for row in rows:
            desk = Desk.objects.select_related("round").get(round=book.round, code=row.cells["desk"])
            known = set(Meja.objects.filter(desk=desk).values_list("region__kode", flat=True))
            open_mejas(actor, desk, [regions[kode] for kode in book.spread(row.cells["regions"]) if kode not in known])
