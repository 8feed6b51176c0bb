"""Part Orang: who speaks for which institution in which role. No password stands in a workbook: everybody gets a one-time link."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from accounts import services
from accounts.actors import Actor
from accounts.choices import ROLES_OF_KIND, Role
from accounts.models import Institution, Membership, User
from desks.services.parts.base import Applied, Cells, Column, Part, Planned, Record, refuse
from desks.services.parts.book import Book
from desks.services.parts.cells import choice, listed, stored, text

ROLES = dict(Role.choices)


def _read_email(book: Book, typed: str) -> str:
    found = typed.strip().lower()
    if not found:
        return ""
    try:
        validate_email(found)
    except ValidationError:
        raise refuse(f"“{found}” bukan alamat surel. Contoh: nama@instansi.go.id") from None
    return found


class People(Part):
    """Memberships, named by e-mail address, institution and role."""

    slug, title, sheet = "orang", "Orang", "Orang"
    about = "Orang yang mewakili lembaga. Orang baru menerima tautan masuk pertama lewat surel dan membuat kata sandinya sendiri."
    key = ("email", "office", "role")
    personal = True
    columns = (
        Column("name", "Nama lengkap", text(150), hint="Dengan gelar bila perlu.", required=True, width=34),
        Column("email", "Surel", _read_email, hint="Satu alamat per orang, bukan surel bersama.", required=True, width=34, fixed=True),
        Column("office", "Kode lembaga", Book.read_office, hint="Kode pada lembar Lembaga.", required=True, width=18, fixed=True),
        Column("role", "Peran", choice(ROLES), required=True, choices=listed(ROLES), width=20, fixed=True),
        Column("post", "Jabatan", text(200), width=40),
    )  # fmt: skip

    def records(self, book: Book) -> list[Record]:
        """Memberships that hold now in the institutions of the round; one query and those of the book."""
        rows = Membership.objects.current().filter(institution__in=book.institutions().values("pk"))
        rows = rows.select_related("user").order_by("institution__kind", "institution__kode", "user__full_name", "pk")
        return [self._record(row, book) for row in rows if row.institution_id in book.office_codes]

    def _record(self, row: Membership, book: Book) -> Record:
        cells = {
            "name": row.user.full_name, "email": row.user.email.lower(), "office": book.office_codes[row.institution_id],
            "role": ROLES[row.role], "post": row.office,
        }  # fmt: skip
        note = "" if row.user.has_usable_password() else "belum pernah masuk"
        return Record(self.key_of(cells), cells, row.pk, note)

    def check(self, book: Book, row: Cells, before: Record | None) -> str:
        """The role belongs to the kind of institution; an address that is known keeps the name of its person."""
        office, role = book.offices[row["office"]], stored(ROLES, row["role"])
        if role not in ROLES_OF_KIND.get(office.kind, ()):
            able = ", ".join(ROLES[each] for each in ROLES_OF_KIND.get(office.kind, ()))
            raise refuse(f"{office.name} tidak memiliki peran itu. Yang dapat: {able}.", "role")
        if before is None and role == Role.SEKRETARIAT and office.pk != book.round.host_id:
            raise refuse("Peran Sekretariat di sini hanya bagi lembaga penyelenggara.", "role")
        if before is None and not book.may_enrol(office):
            raise refuse("Orang lembaga ini diundang oleh koordinatornya sendiri atau sekretariat nasional.", "office")
        self._check_person(book, row)
        return ""

    def _check_person(self, book: Book, row: Cells) -> None:
        known = book.names_by_email.get(row["email"])
        if known is None:
            book.names_by_email[row["email"]] = (row["name"], True)
            return
        name, active = known
        if not active:
            raise refuse(
                "Akun dengan surel ini dinonaktifkan. Pakai surel lain atau hubungi pengelola portal.", "email"
            )
        if name.casefold() != row["name"].casefold():
            raise refuse(f"Surel ini milik {name}. Periksa surelnya, atau tulis namanya persis seperti itu.", "email")
        row["name"] = name

    def apply(self, actor: Actor, book: Book, rows: Sequence[Planned], done: Applied) -> None:
        """Invite the new, correct the office of those who are there."""
        offices = Institution.objects.in_bulk([office.pk for office in book.offices.values()])
        for row in rows:
            if row.before is not None:
                services.change_office(actor, Membership.objects.get(pk=row.before.pk), row.cells["post"])
                continue
            office = offices[book.offices[book.read_office(row.cells["office"])].pk]
            invitation = services.invite_person(
                actor, office, name=row.cells["name"], email=row.cells["email"], role=stored(ROLES, row.cells["role"]), office=row.cells["post"]
            )  # fmt: skip
            if invitation.link:
                user: User = invitation.membership.user
                done.links.append((user.full_name, user.email, invitation.link))
