"""Part Kursi: where institutions sit, and as what; and part Pihak kesepakatan: whose consent a verdict needs."""

from __future__ import annotations

from collections.abc import Sequence

from accounts.actors import Actor
from accounts.choices import ROLES_OF_KIND, InstitutionKind, Role
from accounts.models import Region
from desks.choices import Party
from desks.levels import PARTIES as PARTIES_OF_LEVEL
from desks.models import ConsentParty, Desk, Seat
from desks.services.parts.base import Applied, Cells, Column, Part, Planned, Record, refuse
from desks.services.parts.book import REGIONAL, Book
from desks.services.parts.cells import ALL, choice, listed, stored
from desks.services.setup import withdraw_setup
from indicators.choices import Strand

ROLES = dict(Role.choices)
STRANDS = {"": ALL, **dict(Strand.choices)}
PLAIN_STRANDS = dict(Strand.choices)
PARTIES = dict(Party.choices)


def _desks(book: Book) -> list[str]:
    return [ALL, *book.desks]


def _parties(book: Book) -> list[str]:
    return [party.label for party in PARTIES_OF_LEVEL[book.round.level]]


def _read_region(book: Book, typed: str) -> str:
    return ALL if typed.strip().casefold() in ("", ALL.casefold()) else book.read_region(typed)


class Seats(Part):
    """Seats; every cell is part of the name, so a seat is there or not."""

    slug, title, sheet = "kursi", "Kursi", "Kursi"
    about = (
        "Di mana lembaga duduk dan sebagai apa. Kursi menentukan apa yang dapat dilihat dan dilakukan orang-orangnya."
    )
    key = ("office", "role", "desk", "strand", "region")
    removable = True
    columns = (
        Column("office", "Kode lembaga", Book.read_office, required=True, width=18, fixed=True),
        Column("role", "Peran", choice(ROLES), required=True, choices=listed(ROLES), width=20, fixed=True),
        Column("desk", "Kode desk", Book.read_desk, hint="Semua, atau satu kode desk.", choices=_desks, empty=ALL, fixed=True),
        Column("strand", "Pendekatan", choice(STRANDS), choices=listed(STRANDS), empty=ALL, fixed=True),
        Column("region", "Wilayah", _read_region,
            hint="Semua, atau satu kode wilayah. Bappeda dan perangkat daerah selalu wilayahnya sendiri.", empty=ALL, fixed=True),
    )  # fmt: skip

    def records(self, book: Book) -> list[Record]:
        """By institution; one query and those of the book."""
        rows = (
            Seat.objects.filter(round=book.round)
            .select_related("desk", "region")
            .order_by("institution__kind", "institution__kode", "role", "pk")
        )
        return [self._record(row, book) for row in rows if row.institution_id in book.office_codes]

    def _record(self, row: Seat, book: Book) -> Record:
        cells = {
            "office": book.office_codes[row.institution_id], "role": ROLES[row.role], "desk": row.desk.code if row.desk else ALL,
            "strand": STRANDS[row.strand], "region": row.region.kode if row.region else ALL,
        }  # fmt: skip
        return Record(self.key_of(cells), cells, row.pk, book.offices[cells["office"]].name)

    def check(self, book: Book, row: Cells, before: Record | None) -> str:
        """The role belongs to the kind; people of a region sit for their region."""
        office, role = book.offices[row["office"]], stored(ROLES, row["role"])
        if role not in ROLES_OF_KIND.get(office.kind, ()) and role != Role.AUDITOR:
            raise refuse(f"{office.name} tidak dapat duduk sebagai {row['role'].lower()}.", "role")
        if (
            role == Role.SEKRETARIAT
            and office.pk != book.round.host_id
            and office.kind not in (InstitutionKind.KEMENDAGRI, InstitutionKind.BAPPENAS)
        ):
            raise refuse("Kursi Sekretariat hanya bagi penyelenggara, Kemendagri, atau Bappenas.", "role")
        regional = office.kind in REGIONAL and role in (Role.BAPPEDA, Role.VERIFIKATOR, Role.OPD)
        if regional and row["region"] not in (ALL, office.region):
            raise refuse(f"{office.name} hanya duduk bagi wilayahnya sendiri ({office.region}).", "region")
        if row["desk"] != ALL and row["strand"] not in (ALL, PLAIN_STRANDS[book.desks[row["desk"]][1]]):
            raise refuse("Pendekatan ini bukan pendekatan desk yang dipilih. Pilih Semua.", "strand")
        return ""

    def settle(self, book: Book, row: Cells) -> None:
        """People of a region sit for their region, also where nothing is typed."""
        office = book.offices[row["office"]]
        if (
            office.kind in REGIONAL
            and stored(ROLES, row["role"]) in (Role.BAPPEDA, Role.VERIFIKATOR, Role.OPD)
            and row["region"] == ALL
        ):
            row["region"] = office.region

    def apply(self, actor: Actor, book: Book, rows: Sequence[Planned], done: Applied) -> None:
        """Write the new seats."""
        desks = dict(Desk.objects.filter(round=book.round).values_list("code", "pk"))
        regions = dict(Region.objects.values_list("kode", "pk"))
        Seat.objects.bulk_create(
            Seat(
                round=book.round, institution_id=book.offices[book.read_office(row.cells["office"])].pk, role=stored(ROLES, row.cells["role"]),
                desk_id=desks.get(row.cells["desk"]), strand=stored(STRANDS, row.cells["strand"]), region_id=regions.get(row.cells["region"]),
            )
            for row in rows
        )  # fmt: skip

    def remove(self, actor: Actor, book: Book, record: Record) -> None:
        """Withdrawn by a recorded act; the last seat of the host's secretariat stays."""
        seat = Seat.objects.select_related("round").get(round=book.round, pk=record.pk)
        if seat.role == Role.SEKRETARIAT and seat.institution_id == actor.institution.pk and seat.desk_id is None:
            raise refuse("Kursi sekretariat Anda sendiri tidak dapat dicabut oleh Anda.")
        withdraw_setup(actor, [seat])


class Parties(Part):
    """Parties of consent by strand, narrowed for a desk where needed."""

    slug, title, sheet = "pihak", "Pihak kesepakatan", "Pihak"
    about = "Pihak yang harus setuju sebelum suatu butir disepakati. Baris dengan kode desk menggantikan aturan pendekatan bagi desk itu."
    key = ("strand", "desk", "party")
    removable = True
    columns = (
        Column("strand", "Pendekatan", choice(PLAIN_STRANDS), required=True, choices=listed(PLAIN_STRANDS), width=20, fixed=True),
        Column("desk", "Kode desk", Book.read_desk, hint="Semua, atau satu desk yang aturannya berbeda.", choices=_desks, empty=ALL, fixed=True),
        Column("party", "Pihak", choice(PARTIES), required=True, choices=_parties, width=20, fixed=True),
    )  # fmt: skip

    def records(self, book: Book) -> list[Record]:
        """By strand."""
        rows = (
            ConsentParty.objects.filter(round=book.round).select_related("desk").order_by("strand", "desk__order", "pk")
        )
        found = []
        for row in rows:
            cells = {
                "strand": PLAIN_STRANDS[row.strand],
                "desk": row.desk.code if row.desk else ALL,
                "party": PARTIES[row.party],
            }
            found.append(Record(self.key_of(cells), cells, row.pk))
        return found

    def check(self, book: Book, row: Cells, before: Record | None) -> str:
        """The level of the round knows the party; a rule for one desk is of the desk's strand."""
        able = _parties(book)
        if row["party"] not in able:
            raise refuse(f"Pihak ini tidak ada pada penyelenggaraan ini. Pilih {', '.join(able)}.", "party")
        if row["desk"] != ALL and stored(PLAIN_STRANDS, row["strand"]) != book.desks[row["desk"]][1]:
            raise refuse("Desk ini bukan desk pendekatan itu.", "desk")
        return ""

    def apply(self, actor: Actor, book: Book, rows: Sequence[Planned], done: Applied) -> None:
        """Write the new parties."""
        desks = dict(Desk.objects.filter(round=book.round).values_list("code", "pk"))
        ConsentParty.objects.bulk_create(
            ConsentParty(
                round=book.round, strand=stored(PLAIN_STRANDS, row.cells["strand"]), desk_id=desks.get(row.cells["desk"]),
                party=stored(PARTIES, row.cells["party"]),
            )
            for row in rows
        )  # fmt: skip

    def remove(self, actor: Actor, book: Book, record: Record) -> None:
        """Withdrawn by a recorded act."""
        withdraw_setup(actor, [ConsentParty.objects.select_related("round").get(round=book.round, pk=record.pk)])
