"""Part Tahapan: when each stage opens and closes, per role."""

from __future__ import annotations

from collections.abc import Sequence

from accounts.actors import Actor
from accounts.choices import Role
from core.errors import InvalidInput
from desks.choices import StageKind
from desks.models import Stage
from desks.services.parts.base import Applied, Cells, Column, Part, Planned, Record, refuse
from desks.services.parts.book import Book
from desks.services.parts.cells import ALL, at, choice, listed, moment, stored, text, written

KINDS = dict(StageKind.choices)
ROLES = {"": ALL, **dict(Role.choices)}


class Stages(Part):
    """Stages, named by kind and role."""

    slug, title, sheet = "tahapan", "Tahapan", "Tahapan"
    about = "Kapan setiap tahapan dibuka dan ditutup, dan apa akibatnya bagi yang belum diajukan. Jam menurut zona waktu penyelenggaraan."
    key = ("kind", "role")
    removable = True
    columns = (
        Column("kind", "Tahapan", choice(KINDS), required=True, choices=listed(KINDS), width=22, fixed=True),
        Column("role", "Peran", choice(ROLES), hint="Semua, atau satu peran yang batasnya berbeda.", choices=listed(ROLES), empty=ALL, fixed=True),
        Column("opens", "Dibuka", moment, hint="Contoh: 25/02/2026 08.00", required=True, width=20, kind="moment"),
        Column("closes", "Ditutup", moment, hint="Contoh: 10/03/2026 16.00", required=True, width=20, kind="moment"),
        Column("on_close", "Akibat bagi yang belum diajukan", text(300), hint="Satu kalimat yang dibaca pengisi.", width=50, kind="long"),
    )  # fmt: skip

    def records(self, book: Book) -> list[Record]:
        """In the order of opening."""
        return [
            self._record(stage, book) for stage in Stage.objects.filter(round=book.round).order_by("opens_at", "pk")
        ]

    def _record(self, stage: Stage, book: Book) -> Record:
        tz = book.round.tz
        cells = {
            "kind": KINDS[stage.kind], "role": ROLES[stage.role], "opens": written(stage.opens_at, tz),
            "closes": written(stage.closes_at, tz), "on_close": stage.on_close,
        }  # fmt: skip
        return Record(self.key_of(cells), cells, stage.pk)

    def check(self, book: Book, row: Cells, before: Record | None) -> str:
        """A stage closes after it opens."""
        if at(row["closes"], book.round.tz) <= at(row["opens"], book.round.tz):
            raise refuse("Ditutup harus setelah dibuka.", "closes")
        return ""

    def apply(self, actor: Actor, book: Book, rows: Sequence[Planned], done: Applied) -> None:
        """Write each stage."""
        for row in rows:
            cells, tz = row.cells, book.round.tz
            columns = {
                "opens_at": at(cells["opens"], tz),
                "closes_at": at(cells["closes"], tz),
                "on_close": cells["on_close"],
            }
            kind, role = stored(KINDS, cells["kind"]), stored(ROLES, cells["role"])
            Stage.objects.update_or_create(round=book.round, kind=kind, role=role, defaults=columns)

    def remove(self, actor: Actor, book: Book, record: Record) -> None:
        """A stage without recorded extensions."""
        stage = Stage.objects.get(round=book.round, pk=record.pk)
        if stage.exceptions.exists() or stage.inner_deadlines.exists():
            raise InvalidInput(
                "Tahapan ini sudah memiliki perpanjangan atau batas OPD yang tercatat, jadi tidak dapat dihapus. Ubah waktunya."
            )
        stage.delete()
