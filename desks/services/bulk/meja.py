"""One meja played in memory: its rows and what is said about them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db import models

from accounts.actors import Actor
from accounts.models import Institution, Region
from core.errors import TransitionNotAllowed
from core.fields import value_columns
from core.values import Value
from desks.choices import NoteKind, Party, StanceBasis, StanceKind, SupportVerdict
from desks.digests import note_digest, position_digest, stance_digest
from desks.models import Item, Meja, Note, NoteRevision, Position, Session, Stance, Support, SupportFund, SupportPlace
from desks.selectors.consent import ItemConsent, _party
from desks.services.bulk.rows import BulkChain, BulkRows
from desks.services.support import facts_from
from desks.services.talk import _same, note_kind
from desks.workflow import TRANSITIONS, state_facts
from planning.models import FundingSource, Nomenclature


@dataclass
class Talk:
    """What stands on the table for one row."""

    positions: list[Position] = field(default_factory=list)
    stances: dict[int, Stance] = field(default_factory=dict)
    spoken: dict[int, int] = field(default_factory=dict)
    notes: dict[str, Note] = field(default_factory=dict)


class BulkMeja(BulkChain):
    """One meja: its rows, what is said about them, its sittings."""

    def __init__(
        self, rows: BulkRows, meja: Meja, at: dt.datetime, parties: Sequence[tuple[Party, list[Institution]]]
    ) -> None:
        super().__init__(rows, meja, at)
        self.meja, self.parties = meja, parties
        self.items: list[Item] = []
        self.talk: dict[str, Talk] = {}
        self.absent: set[int] = set()
        self.present: set[int] = set()
        self.action_orders: dict[str, dict[str, int]] = {}

    def open(self, actor: Actor, items: Iterable[Item]) -> None:
        """The draft rows of the meja (see `setup.open_mejas`)."""
        for item in items:
            self.items.append(self.rows.add(item))
            self.talk[item.code] = Talk()
        facts = [{"item": item.code, "indicator": item.indicator.code if item.indicator else ""} for item in self.items]
        self.record(actor, "open_meja", {"desk": self.meja.desk.code, "region": self.meja.region.kode, "items": facts})

    def edit(self, actor: Actor, item: Item, value: Value | None = None, **texts: str) -> None:
        """Typed fields of a row (see `item.save_rows`): a value, or applicability, applicability_reason, proposal_note."""
        before: dict[str, Any] = {}
        after: dict[str, Any] = {}
        if value is not None:
            old: Value | None = item.value_proposed
            before["value_proposed"], after["value_proposed"] = old.as_json() if old else None, value.as_json()
            _set(item, value_columns("value_proposed", value))
        for name, text in texts.items():
            before[name], after[name] = getattr(item, name), text
            setattr(item, name, text)
        item.version += 1
        self.record(actor, "edit", {"before": before, "after": after, "item_version": item.version}, item)

    def move(
        self,
        actor: Actor,
        item: Item,
        action: str,
        *,
        given: dict[str, Any] | None = None,
        columns: dict[str, Any] | None = None,
        payload: dict[str, Any] | None = None,
    ) -> None:
        """One move of the table (see `workflow.advance`). Raises TransitionNotAllowed from a state that does not have it."""
        move, given = TRANSITIONS[action], given or {}
        if item.state not in move.sources:
            raise TransitionNotAllowed(f"Butir berstatus {item.get_state_display()}; “{move.label}” tidak tersedia.")
        before = item.state
        item.state, item.version = move.target, item.version + 1
        _set(item, columns or {})
        texts = {key: given[key] for key in ("note", "reason", "conclusion") if given.get(key)}
        facts = {
            "before": {"state": before},
            "after": {"state": move.target, **state_facts(item)},
            "item_version": item.version,
        }
        self.record(actor, action, {**facts, **texts, **(payload or {})}, item)

    def ask(
        self,
        actor: Actor,
        item: Item,
        action: str,
        note: str,
        *,
        due: dt.datetime | None = None,
        owner: Institution | None = None,
    ) -> None:
        """Return or ask for repair, with a note (see `item.move_rows`)."""
        columns = {"request_text": note, "request_due": due, "request_owner": owner}
        payload = {"due": due, "owner": owner.code if owner else ""}
        self.move(actor, item, action, given={"note": note}, columns=columns, payload=payload)

    def hand_in(self, actor: Actor, item: Item, action: str) -> None:
        """Propose, submit or answer; submitting puts the region's figure on the table."""
        self.move(actor, item, action, columns={"request_text": "", "request_due": None, "request_owner": None})
        if action == "propose":
            return
        applies = item.applicability == "applies"
        value = item.value_proposed if applies else None
        reason = item.proposal_note if applies else item.applicability_reason
        newest = self.talk[item.code].positions[-1:]
        if any(
            row.institution.pk == actor.institution.pk and row.reason == reason and _same(row.value, value)
            for row in newest
        ):
            return
        self.position(actor, item, value, reason, bump=False)

    def position(
        self,
        actor: Actor,
        item: Item,
        value: Value | None,
        reason: str,
        *,
        on_behalf: Institution | None = None,
        bump: bool = True,
    ) -> None:
        """A figure on the table, with the consent of the party that puts it (see `talk.put_position`)."""
        talk = self.talk[item.code]
        item.version += 1 if bump else 0
        row = Position(
            item=item,
            seq=len(talk.positions) + 1,
            institution=on_behalf or actor.institution,
            actor=actor.user,
            on_behalf=on_behalf,
            reason=reason.strip(),
            at=self.at,
        )
        row.value = value
        talk.positions.append(self.rows.add(row))
        talk.stances, talk.spoken = {}, {}
        facts = {
            "item_version": item.version,
            "seq": row.seq,
            "value": value.as_json() if value else None,
            "row_hash": position_digest(row),
        }
        self.record(actor, "position", facts, item, on_behalf)
        if any(row.institution.pk == each.pk for _, institutions in self.parties for each in institutions):
            self.stance(actor, item, row.institution, basis=StanceBasis.SPOKEN if on_behalf else StanceBasis.OWN)

    def stance(
        self,
        actor: Actor,
        item: Item,
        institution: Institution,
        kind: str = StanceKind.SETUJU,
        *,
        basis: str = StanceBasis.OWN,
        text: str = "",
        session: Session | None = None,
    ) -> None:
        """What a party says to the newest figure (see `talk.write_stance`)."""
        talk = self.talk[item.code]
        seq = talk.spoken.get(institution.pk, 0) + 1
        row = Stance(
            position=talk.positions[-1],
            institution=institution,
            seq=seq,
            kind=kind,
            basis=basis,
            text=text,
            recorded_by=actor.user,
            session=session,
            at=self.at,
        )
        talk.stances[institution.pk], talk.spoken[institution.pk] = self.rows.add(row), seq
        facts = {
            "position": row.position.seq,
            "party": institution.code,
            "seq": seq,
            "kind": kind,
            "basis": basis,
            "row_hash": stance_digest(row),
        }
        self.record(actor, "stance", facts, item, institution if basis == StanceBasis.SPOKEN else None)

    def consent(self, item: Item) -> ItemConsent:
        """Whose consent stands and on what it rests (see `consent.consent_of`)."""
        talk = self.talk[item.code]
        newest = talk.positions[-1] if talk.positions else None
        stances = {(newest.pk if newest else 0, pk): row for pk, row in talk.stances.items()}
        silence = self.meja.round.silence_is_consent
        parties = [
            _party(party, each, newest, stances, self.absent, self.present, silence) for party, each in self.parties
        ]
        return ItemConsent(item, newest, parties)

    def note(self, actor: Actor, text: str, item: Item | None = None, kind: str = NoteKind.DESK) -> None:
        """An institution's note block on a row (see `talk.write_note`)."""
        kind = note_kind(item, kind)
        notes = self.talk[item.code].notes if item else {}
        key = f"{kind}:{actor.institution.pk}"
        note = notes.get(key)
        if note is None:
            note = self.rows.add(
                Note(
                    meja=self.meja,
                    item=item,
                    institution=actor.institution,
                    kind=kind,
                    version=0,
                    changed_by=actor.user,
                )
            )
            notes[key] = note
        note.text, note.version, note.changed_by = text, note.version + 1, actor.user
        revision = self.rows.add(NoteRevision(note=note, seq=note.version, text=text, author=actor.user, at=self.at))
        facts = {"note": kind, "of": actor.institution.code, "seq": revision.seq, "row_hash": note_digest(revision)}
        self.record(actor, "note", facts, item)

    def add_support(
        self,
        actor: Actor,
        item: Item,
        nomenclature: Nomenclature,
        opd: Institution,
        *,
        volume: Decimal | None,
        places: Sequence[Region],
        funds: Sequence[tuple[FundingSource, int]],
        at_desk: bool = False,
    ) -> Support:
        """Link a sub kegiatan with volume, places and pagu in whole rupiah (see `support.add_support`)."""
        item.version += 1
        support = Support(
            item=item,
            nomenclature=nomenclature,
            opd=opd,
            volume=volume,
            volume_unit=nomenclature.unit,
            added_at_desk=at_desk,
        )
        self.rows.add(support)
        rows = [
            self.rows.add(SupportFund(support=support, source=source, proposed=amount, proposed_unit="rp"))
            for source, amount in funds
        ]
        support.bulk_funds = rows  # type: ignore[attr-defined]
        for region in places:
            self.rows.add(SupportPlace(support=support, region=region))
        amounts: list[tuple[str, int | None]] = [(source.kode, amount) for source, amount in funds]
        facts = facts_from(
            nomenclature, opd, volume, nomenclature.unit, sorted(places, key=lambda row: row.kode), amounts
        )
        self.record(actor, "add_support", {"after": facts, "item_version": item.version, "at_desk": at_desk}, item)
        return support

    def settle_support(self, actor: Actor, support: Support, verdict: str, note: str = "") -> None:
        """Settle one sub kegiatan; agreed pagu are the proposed ones (see `settle.settle_support`)."""
        item = support.item
        item.version += 1
        before = {"verdict": support.verdict, "note": support.note}
        support.verdict, support.note = verdict, note
        amounts: dict[str, int | None] = {}
        for fund in support.bulk_funds:  # type: ignore[attr-defined]
            fund.agreed = fund.proposed if verdict in (SupportVerdict.AGREED, SupportVerdict.AGREED_NOTED) else None
            amounts[fund.source.kode] = fund.agreed
        facts = {
            "support": support.nomenclature.kode,
            "opd": support.opd.code,
            "item_version": item.version,
            "before": before,
        }
        self.record(
            actor, "settle_support", {**facts, "after": {"verdict": verdict, "note": note, "funds": amounts}}, item
        )


def _set(row: models.Model, columns: dict[str, Any]) -> None:
    for name, content in columns.items():
        setattr(row, name, content)
