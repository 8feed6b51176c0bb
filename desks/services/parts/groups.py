"""Part Kelompok wilayah: regions that are opened, seated and scheduled together."""

from __future__ import annotations

from collections.abc import Sequence

from accounts.actors import Actor
from accounts.models import Region, RegionGroup
from desks.services.parts.base import Applied, Cells, Column, Part, Planned, Record, refuse
from desks.services.parts.book import Book
from desks.services.parts.cells import code, joined, pieces, text


def _read_members(book: Book, typed: str) -> str:
    return joined(sorted({book.read_region(each) for each in pieces(typed)}))


def own_scheme(book: Book) -> str:
    """The scheme of groups that the host of a regional round keeps by itself."""
    return f"wp-{book.round.host.region.kode}"


class Groups(Part):
    """Groups of regions, named by scheme and code."""

    slug, title, sheet = "kelompok", "Kelompok wilayah", "Kelompok wilayah"
    about = (
        "Kelompok daerah yang dibuka, duduk, dan dijadwalkan bersama, misalnya Regional I atau wilayah pengembangan."
    )
    key = ("scheme", "code")
    columns = (
        Column("scheme", "Skema", code(40), hint="Nama pengelompokan, misalnya regional atau wp-32.", required=True, fixed=True),
        Column("code", "Kode kelompok", code(40), required=True, fixed=True),
        Column("name", "Nama kelompok", text(120), required=True, width=36),
        Column("regions", "Daerah", _read_members, hint="Kode wilayah dipisah titik koma.", required=True, width=60, kind="codes"),
    )  # fmt: skip

    def records(self, book: Book) -> list[Record]:
        """By scheme; below the national level those of the host alone; two queries."""
        found = []
        groups = RegionGroup.objects.all() if book.national else RegionGroup.objects.filter(scheme=own_scheme(book))
        for row in groups.order_by("scheme", "code").prefetch_related("regions"):
            cells = {
                "scheme": row.scheme,
                "code": row.code,
                "name": row.name,
                "regions": joined(sorted(region.kode for region in row.regions.all())),
            }
            found.append(Record(self.key_of(cells), cells, row.pk))
        return found

    def check(self, book: Book, row: Cells, before: Record | None) -> str:
        """A regional secretariat keeps a scheme of its own, of its own regions."""
        own = own_scheme(book)
        if not book.may_word and row["scheme"] != own:
            raise refuse(f"Sekretariat daerah memakai skema {own}.", "scheme")
        if not book.may_word and (outside := set(pieces(row["regions"])) - set(book.sitting)):
            raise refuse(f"Wilayah {joined(sorted(outside))} bukan peserta penyelenggaraan ini.", "regions")
        return ""

    def coming(self, book: Book, row: Cells) -> None:
        """Later sheets may name the group."""
        book.groups[f"{row['scheme']}/{row['code']}"] = pieces(row["regions"])

    def apply(self, actor: Actor, book: Book, rows: Sequence[Planned], done: Applied) -> None:
        """Write each group with its regions."""
        regions = dict(Region.objects.values_list("kode", "pk"))
        for row in rows:
            cells = row.cells
            group, _ = RegionGroup.objects.update_or_create(
                scheme=cells["scheme"], code=cells["code"], defaults={"name": cells["name"]}
            )
            group.regions.set([regions[kode] for kode in pieces(cells["regions"])])
