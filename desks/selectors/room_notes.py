"""The notes of the room: of the row under discussion, and below them of the meja as a whole."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from accounts.actors import Actor, can
from accounts.models import Institution
from desks.choices import NoteKind
from desks.models import Item, Meja, Note
from desks.scopes import host_side


@dataclass
class NoteBlock:
    """The note of one institution on the row or the meja."""

    place: str
    institution: Institution
    kind: str
    text: str
    version: int
    who: str
    editable: bool

    @property
    def key(self) -> str:
        """A name for ids and drafts."""
        return f"{self.place}-{self.kind}-{self.institution.pk}"


def notes_of(actor: Actor, item: Item) -> list[NoteBlock]:
    """The blocks of the row: each institution's, one's own even while empty, internal ones of one's own institution only."""
    kinds = (NoteKind.DESK, NoteKind.INTERNAL) if host_side(actor, item.round_id) else (NoteKind.DESK,)
    return _blocks(actor, item, Note.objects.filter(item=item), kinds, open_=item.locked_at is None)


def meja_notes(actor: Actor, item: Item) -> list[NoteBlock]:
    """The blocks on the meja of the row as a whole; what is only for one's own institution is written on rows."""
    rows = Note.objects.filter(meja=item.meja, item__isnull=True, kind=NoteKind.DESK)
    return _blocks(actor, item.meja, rows, (NoteKind.DESK,), open_=item.round.closed_at is None)


def _blocks(
    actor: Actor, target: Item | Meja, rows: QuerySet[Note], kinds: Iterable[NoteKind], *, open_: bool
) -> list[NoteBlock]:
    own = actor.institution
    may, staff = open_ and can(actor, "desks.write_note", target), can(actor, "desks.record_stance", target)
    known = rows.filter(Q(kind=NoteKind.DESK) | Q(kind=NoteKind.INTERNAL, institution=own)).select_related(
        "institution", "changed_by"
    )
    blocks = [
        NoteBlock(
            target.code, row.institution, row.kind, row.text, row.version, row.changed_by.full_name,
            editable=may and (row.institution_id == own.pk or (staff and row.kind == NoteKind.DESK)),
        )
        for row in known.order_by("pk")
    ]  # fmt: skip
    if may:
        have = {(block.institution.pk, block.kind) for block in blocks}
        blocks += [NoteBlock(target.code, own, kind, "", 0, "", True) for kind in kinds if (own.pk, kind) not in have]
    return sorted(
        blocks,
        key=lambda block: (block.kind != NoteKind.DESK, block.institution.pk != own.pk, block.institution.short_name),
    )
