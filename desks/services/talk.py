"""What is said at the desk: figures put on the table, stances of parties, note blocks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from functools import partial
from typing import Any

from accounts.actors import Actor, can
from accounts.choices import InstitutionKind
from accounts.models import Institution
from core.errors import InvalidInput, NotAllowed, StaleState, TransitionNotAllowed
from core.values import Value
from desks.chain import Writer, writing
from desks.choices import OPEN_FOR_DESK, UNSUBMITTED, Applicability, NoteKind, StanceBasis, StanceKind
from desks.digests import note_digest, position_digest, stance_digest
from desks.models import Item, Meja, Note, NoteRevision, Position, Seat, Session, Stance
from desks.selectors.consent import consent_of
from desks.services.idempotency import keyed
from desks.services.item import RowResult, attempt, load_items, mejas_of, read_value, require_row_figure, shown
from desks.versions import change_item, require_unlocked, reread
from desks.workflow import require_session

MAX_NOTE = 20_000


@keyed(lambda position: position.pk, lambda pk: Position.objects.get(pk=pk))
def put_position(
    actor: Actor, item: Item, *, text: str, reason: str, seen_version: int, on_behalf: Institution | None = None, dot: str = "ask",
    key: str = "",
) -> Position:  # fmt: skip
    """Put a figure on the table for a submitted or discussed row. Older stances are void from then on; the party that puts it agrees to it.

    `on_behalf`: recorded by the chair for a party that spoke. Raises NotAllowed, TransitionNotAllowed, StaleState, InvalidInput.
    """
    if not can(actor, "desks.put_position", item) or (on_behalf and not can(actor, "desks.record_stance", item)):
        raise NotAllowed()
    require_open(item)
    require_row_figure(item)
    require_quotable(item, on_behalf)
    value = read_value(item, text, dot)
    if value is None and item.applicability == Applicability.APPLIES:
        raise InvalidInput("Isi angka yang ditawarkan.", field="value")
    with writing(actor, mejas=[item.meja]) as writer:
        change_item(actor, item, seen_version)
        return write_position(writer, item, value, reason, on_behalf=on_behalf)


def require_open(item: Item) -> None:
    """Figures and stances belong to rows that were submitted or are discussed."""
    require_unlocked(item)
    if item.state not in OPEN_FOR_DESK:
        raise TransitionNotAllowed(
            f"Butir berstatus {item.get_state_display()}; angka hanya dapat ditawarkan pada butir yang diajukan atau dibahas."
        )


def require_quotable(item: Item, institution: Institution | None) -> None:
    """A figure is recorded only for an institution that sits at the row's desk."""
    if institution is None:
        return
    seats = Seat.objects.filter(round=item.round, institution=institution)
    regions, desks = (None, item.region_id), (None, item.meja.desk_id)
    if not any(seat.region_id in regions and seat.desk_id in desks for seat in seats):
        raise InvalidInput(f"{institution.short_name} tidak duduk pada desk ini.", field="on_behalf")


def write_position(
    writer: Writer, item: Item, value: Value | None, reason: str, *, on_behalf: Institution | None = None, agree: bool = True,
    amount: int | None = None,
) -> Position:  # fmt: skip
    """Add the next position of a row inside a block whose CAS on the row has passed; with it the consent of the party that put it."""
    last = Position.objects.filter(item=item).order_by("-seq").values_list("seq", flat=True).first() or 0
    position = Position(
        item=item, seq=last + 1, institution=on_behalf or writer.actor.institution, actor=writer.actor.user,
        on_behalf=on_behalf, reason=reason.strip(), amount=amount, at=writer.now,
    )  # fmt: skip
    position.value = value
    position.save(force_insert=True)
    writer.record(
        item,
        "position",
        {
            "item_version": item.version,
            "seq": position.seq,
            "value": value.as_json() if value else None,
            "row_hash": position_digest(position),
            **({} if amount is None else {"amount": amount}),
        },
        on_behalf=on_behalf,
    )
    if agree:
        _agree_with_own(writer, item, position, spoken=on_behalf is not None)
    return position


def _agree_with_own(writer: Writer, item: Item, position: Position, *, spoken: bool) -> None:
    if _is_party(writer, item, position.institution):
        basis = StanceBasis.SPOKEN if spoken else StanceBasis.OWN
        write_stance(writer, position, position.institution, StanceKind.SETUJU, basis)


def _is_party(writer: Writer, item: Item, institution: Institution) -> bool:
    """Whether the institution is a party of the row. Asked once per meja for a Bappeda: it is its region's party on all rows or on none."""
    alike = item.meja_id if institution.kind == InstitutionKind.BAPPEDA else item.code
    key = ("party", institution.pk, alike)
    if key not in writer.memory:
        members = {each.pk for party in consent_of([item])[item.pk].parties for each in party.institutions}
        writer.memory[key] = institution.pk in members
    return bool(writer.memory[key])


def write_first_position(writer: Writer, item: Item) -> None:
    """Submitting puts the region's figure on the table, unless the newest figure already says the same in the region's name."""
    value: Value | None = item.value_proposed if item.applicability == Applicability.APPLIES else None
    reason = item.proposal_note if item.applicability == Applicability.APPLIES else item.applicability_reason
    newest = Position.objects.filter(item=item).order_by("-seq").first()
    if (
        newest
        and newest.institution_id == writer.actor.institution.pk
        and newest.reason == reason
        and _same(newest.value, value)
    ):
        return
    write_position(writer, item, value, reason)


def _same(one: Value | None, other: Value | None) -> bool:
    return one is None and other is None or (one is not None and one.same_as(other))


def write_stance(
    writer: Writer, position: Position, institution: Institution, kind: str, basis: str, text: str = "", session: Session | None = None
) -> Stance:  # fmt: skip
    """Add a stance of an institution on a position, inside a block."""
    last = (
        Stance.objects.filter(position=position, institution=institution)
        .order_by("-seq")
        .values_list("seq", flat=True)
        .first()
        or 0
    )
    stance = Stance.objects.create(
        position=position, institution=institution, seq=last + 1, kind=kind, basis=basis, text=text.strip(),
        recorded_by=writer.actor.user, session=session, at=writer.now,
    )  # fmt: skip
    item = position.item
    assert item is not None
    writer.record(
        item,
        "stance",
        {
            "position": position.seq,
            "party": institution.code,
            "seq": stance.seq,
            "kind": kind,
            "basis": basis,
            "row_hash": stance_digest(stance),
        },
        on_behalf=institution if basis == StanceBasis.SPOKEN else None,
    )
    return stance


@keyed(lambda results: [asdict(row) for row in results], lambda rows: [RowResult(**row) for row in rows])
def take_stances(
    actor: Actor, rows: Sequence[tuple[str, int]], *, kind: str, text: str = "", spoken_for: Institution | None = None,
    session: Session | None = None, key: str = "",
) -> list[RowResult]:  # fmt: skip
    """A party's stance on the newest figure of many rows (code, position seq seen), said by itself or, with `spoken_for`, recorded by the room.

    A row whose newest figure is another than the one seen answers conflict. Bahas and keberatan block a verdict. What is spoken is recorded
    in an open sitting only.
    """
    if kind not in StanceKind.values:
        raise InvalidInput("Pilih setuju, bahas, atau keberatan.", field="kind")
    items = load_items(actor, [code for code, _ in rows])
    with writing(actor, mejas=mejas_of(items.values())) as writer:
        reread(items.values())
        consents = consent_of(items.values(), session)

        def one(item: Item, seen: int) -> RowResult:
            return _take_one(writer, item, consents[item.pk], seen, kind, text, spoken_for, session)

        return [attempt(code, items, partial(one, seen=seen)) for code, seen in rows]


def _take_one(
    writer: Writer, item: Item, consent: Any, seen: int, kind: str, text: str, spoken_for: Institution | None, session: Session | None
) -> RowResult:  # fmt: skip
    actor = writer.actor
    if not can(actor, "desks.record_stance" if spoken_for else "desks.take_stance", item):
        raise NotAllowed()
    require_open(item)
    if spoken_for:
        require_session(item, session)
    institution = spoken_for or actor.institution
    if institution.pk not in {each.pk for party in consent.parties for each in party.institutions}:
        raise NotAllowed(
            f"{institution.short_name} bukan pihak persetujuan pada butir ini. Sampaikan sebagai pendapat dalam catatan."
        )
    if consent.position is None:
        raise TransitionNotAllowed("Belum ada angka di meja untuk butir ini.")
    if consent.position.seq != seen:
        raise StaleState(
            "Ada angka baru di meja. Lihat dahulu sebelum menyatakan sikap.",
            theirs={"position": consent.position.seq},
            yours={"position": seen},
        )
    current = next(
        (party.stance for party in consent.parties if party.stance and party.stance.institution_id == institution.pk),
        None,
    )
    if current and current.kind == kind and current.text == text.strip():
        return RowResult(item.code, "same", item.version, item.state, shown(item))
    write_stance(
        writer,
        consent.position,
        institution,
        kind,
        StanceBasis.SPOKEN if spoken_for else StanceBasis.OWN,
        text,
        session,
    )
    return RowResult(item.code, "saved", item.version, item.state, shown(item))


@keyed(lambda note: note.pk, lambda pk: Note.objects.get(pk=pk))
def write_note(
    actor: Actor, meja: Meja, *, text: str, seen_version: int, item: Item | None = None, kind: str = NoteKind.DESK,
    institution: Institution | None = None, key: str = "",
) -> Note:  # fmt: skip
    """Write an institution's note block on a row or on the meja as a whole. `institution` other than one's own: by room staff, for a speaker.

    What is written on a row not handed in yet stays with the region for good, in a block of its own. A block changed meanwhile raises
    StaleState with yours, theirs and base; every text ever written is kept as a revision.
    """
    kind = note_kind(item, kind)
    owner = institution or actor.institution
    target: Item | Meja = item or meja
    if not can(actor, "desks.write_note", target) or (
        owner.pk != actor.institution.pk and not can(actor, "desks.record_stance", target)
    ):
        raise NotAllowed()
    if kind == NoteKind.INTERNAL and owner.pk != actor.institution.pk:
        raise NotAllowed("Catatan internal hanya ditulis oleh lembaganya sendiri.")
    if len(text) > MAX_NOTE:
        raise InvalidInput(f"Catatan paling panjang {MAX_NOTE} karakter; sekarang {len(text)}.", field="text")
    if item is None and meja.round.closed_at is not None:
        raise TransitionNotAllowed(f"{meja.round.short_name} sudah ditutup; catatannya tidak dapat diubah lagi.")
    with writing(actor, mejas=[meja]) as writer:
        if item is not None:
            reread([item])
            require_unlocked(item)
        note, created = Note.objects.get_or_create(
            meja=meja, item=item, institution=owner, kind=kind, defaults={"changed_by": actor.user, "version": 0}
        )
        _require_note_version(note, seen_version, text)
        if note.text == text and not created:
            return note
        note.text, note.version, note.changed_by = text, note.version + 1, actor.user
        note.save()
        revision = NoteRevision.objects.create(note=note, seq=note.version, text=text, author=actor.user, at=writer.now)
        writer.record(
            target,
            "note",
            {"note": kind, "of": owner.code, "seq": revision.seq, "row_hash": note_digest(revision)},
            on_behalf=owner if owner.pk != actor.institution.pk else None,
        )
        return note


def note_kind(item: Item | None, kind: str = NoteKind.DESK) -> str:
    """The kind of a note written on the row as its writer sees it: before the row is handed in, for the region alone."""
    inside = item is not None and item.state in UNSUBMITTED and kind == NoteKind.DESK
    return NoteKind.REGION if inside else kind


def _require_note_version(note: Note, seen: int, text: str) -> None:
    if note.version == seen:
        return
    base = NoteRevision.objects.filter(note=note, seq=seen).values_list("text", flat=True).first() or ""
    raise StaleState(
        "Catatan ini sudah diubah orang lain. Gabungkan lalu simpan lagi.",
        yours={"text": text},
        theirs={"text": note.text, "version": note.version, "by": {"name": note.changed_by.full_name}},
        base={"text": base, "version": seen},
    )
