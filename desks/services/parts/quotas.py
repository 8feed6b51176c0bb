"""Part Kuota usulan: how many usulan, and how much allocation, a region may submit."""

from __future__ import annotations

from collections.abc import Sequence

from accounts.actors import Actor
from accounts.choices import RegionLevel
from accounts.models import Region
from core.errors import InvalidInput
from core.money import Unit, parse_money
from core.numbers import format_number
from desks.models import UsulanQuota
from desks.selectors.usulan.quota import quotas_of
from desks.services.parts.base import Applied, Cells, Column, Part, Planned, Record, refuse
from desks.services.parts.book import Book
from desks.services.parts.cells import ALL, whole


def _read_region(book: Book, typed: str) -> str:
    """Semua, or one region that sits in the round."""
    found = " ".join(typed.split())
    if not found or found.casefold() == ALL.casefold():
        return ALL
    kode = book.read_region(found)
    if kode not in book.sitting:
        raise refuse(f"Wilayah {kode} bukan peserta penyelenggaraan ini.")
    return kode


def _read_rupiah(book: Book, typed: str) -> str:
    """Whole rupiah, written with points."""
    if not typed.strip():
        return ""
    try:
        rupiah = parse_money(typed, Unit.RP).rupiah
    except InvalidInput as error:
        raise refuse(error.message) from None
    if not 0 <= rupiah < 10**16:
        raise refuse("Alokasi harus antara 0 dan 9.999 triliun rupiah.")
    return format_number(rupiah)


class Quotas(Part):
    """Quotas, named by region; `Semua` holds for every region without a row of its own."""

    slug, title, sheet = "kuota", "Kuota usulan", "Kuota usulan"
    about = "Berapa usulan kewilayahan, dan bila perlu berapa alokasi, yang boleh diajukan setiap daerah. Tanpa baris berarti tanpa batas."
    key = ("region",)
    removable = True
    columns = (
        Column(
            "region", "Daerah", _read_region, hint="Kode wilayah; Semua untuk daerah yang tidak ditulis sendiri.", empty=ALL, required=True,
            width=20, fixed=True,
        ),
        Column("number", "Jumlah usulan", whole(0, 9999), hint="Kosong: jumlahnya tidak dibatasi.", width=14),
        Column("amount", "Jumlah alokasi (Rp)", _read_rupiah, hint="Rupiah penuh. Kosong: alokasinya tidak dibatasi.", width=24),
    )  # fmt: skip

    def records(self, book: Book) -> list[Record]:
        """What holds for all first, then by code; two queries."""
        used = quotas_of(book.round)
        rows = UsulanQuota.objects.filter(round=book.round).select_related("region").order_by("region__kode")
        return [self._record(row, used[row.region.kode].used) for row in rows]

    def _record(self, row: UsulanQuota, used: int) -> Record:
        nation = row.region.level == RegionLevel.NATION
        cells = {
            "region": ALL if nation else row.region.kode, "number": "" if row.number is None else str(row.number),
            "amount": "" if row.amount is None else format_number(row.amount),
        }  # fmt: skip
        note = "Daerah tanpa baris sendiri." if nation else f"{row.region.short_name}: {used} usulan sudah diajukan."
        return Record(self.key_of(cells), cells, row.pk, note)

    def check(self, book: Book, row: Cells, before: Record | None) -> str:
        """A quota limits something; one below what was submitted stands, and says so."""
        if not row["number"] and not row["amount"]:
            raise refuse("Isi jumlah usulan atau jumlah alokasi. Untuk meniadakan batas, hapus barisnya.", "number")
        found = quotas_of(book.round).get(row["region"]) if before else None
        if found and row["number"] and found.used > int(row["number"]):
            return f"Daerah ini sudah mengajukan {found.used} usulan; yang sudah diajukan tetap berlaku."
        return ""

    def apply(self, actor: Actor, book: Book, rows: Sequence[Planned], done: Applied) -> None:
        """Write each quota."""
        regions = dict(Region.objects.values_list("kode", "pk"))
        nation = Region.objects.get(level=RegionLevel.NATION).pk
        for row in rows:
            cells = row.cells
            region = nation if cells["region"] == ALL else regions[cells["region"]]
            columns = {
                "number": int(cells["number"]) if cells["number"] else None,
                "amount": parse_money(cells["amount"], Unit.RP).rupiah if cells["amount"] else None,
            }
            UsulanQuota.objects.update_or_create(round=book.round, region_id=region, defaults=columns)

    def remove(self, actor: Actor, book: Book, record: Record) -> None:
        """Without the row there is no limit."""
        UsulanQuota.objects.filter(round=book.round, pk=record.pk).delete()
