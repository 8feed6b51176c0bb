"""Verdicts: settling a row with the consent of all parties, its sub kegiatan each by itself, reopening, locking in a berita acara."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from functools import partial
from typing import Any

from accounts.actors import Actor, can
from accounts.models import Institution
from core.errors import InvalidInput, NotAllowed, StaleState, TransitionNotAllowed
from core.money import parse_money
from core.values import Value
from desks.chain import Writer, writing
from desks.choices import (
    AGREED_STATES,
    AgendaOutcome,
    Applicability,
    ItemState,
    ReasonCode,
    StanceBasis,
    StanceKind,
    SupportVerdict,
)
from desks.models import Item, Session, Support
from desks.selectors.consent import ItemConsent, consent_of, newest_positions
from desks.services.idempotency import keyed
from desks.services.item import RowResult, attempt, load_items, mejas_of, read_value, require_row_figure, shown
from desks.services.strands import acts_of
from desks.services.talk import write_position, write_stance
from desks.versions import change_item, require_unlocked
from desks.workflow import advance, agreed_columns, require_move, require_session

VERDICT_ACTIONS = ("agree", "agree_noted", "decline", "leave")
ONE = keyed(asdict, lambda row: RowResult(**row))
MANY = keyed(lambda rows: [asdict(row) for row in rows], lambda rows: [RowResult(**row) for row in rows])


@ONE
def settle(
    actor: Actor, session: Session, item: Item, action: str, *, seen_version: int, text: str = "", conclusion: str = "", reason: str = "",
    spoken: Sequence[Institution] = (), dot: str = "ask", forum: str = "", key: str = "",
) -> RowResult:  # fmt: skip
    """Give a verdict on one row. The agreed value defaults to the newest figure on the table; another value is first put there as a figure.
    A row not yet called is called in the same act.

    `spoken`: parties whose setuju is recorded by word of mouth in the same act. `forum`: where an usulan is taken up next.
    Raises what `advance` raises, and TransitionNotAllowed when
    consent is missing (details name the parties).
    """
    _require_verdict(action, reason)
    with writing(actor, mejas=[item.meja]) as writer:
        _settle_one(writer, session, item, action, seen_version, text, conclusion, reason, spoken, dot, forum)
    return RowResult(item.code, "saved", item.version, item.state, shown(item))


@MANY
def settle_uncontested(
    actor: Actor, session: Session, rows: Sequence[tuple[str, int]], *, key: str = ""
) -> list[RowResult]:
    """Agree in one act to all rows whose parties all consent already; each other row is refused by itself."""
    items = load_items(actor, [code for code, _ in rows])
    with writing(actor, mejas=mejas_of(items.values())) as writer:
        consents = consent_of(items.values(), session)

        def one(item: Item, version: int) -> RowResult:
            # Refused before anything of the row is written: the other rows of the act stand.
            if item.version != version:
                raise StaleState(yours={"version": version}, theirs={"version": item.version})
            _require_consent(item, consents[item.pk])
            _settle_one(writer, session, item, "agree", version, "", "", "", (), "ask")
            return RowResult(item.code, "saved", item.version, item.state, shown(item))

        return [attempt(code, items, partial(one, version=version)) for code, version in rows]


def _require_verdict(action: str, reason: str) -> None:
    if action not in VERDICT_ACTIONS:
        raise InvalidInput(f"Putusan “{action}” tidak dikenal.")
    if action in ("decline", "leave") and reason not in ReasonCode.values:
        raise InvalidInput("Pilih kode alasan.", field="reason")


def _settle_one(
    writer: Writer, session: Session, item: Item, action: str, seen_version: int, text: str, conclusion: str, reason: str,
    spoken: Sequence[Institution], dot: str, forum: str = "",
) -> None:  # fmt: skip
    require_session(item, session)
    if action != "leave" and item.state in (ItemState.SUBMITTED, ItemState.NOT_DISCUSSED):
        advance(writer, item, "discuss", seen_version=seen_version, session=session, columns={"reason": ""})
        seen_version = item.version
    require_move(writer.actor, item, action)
    columns: dict[str, Any] = {"reason": reason, "conclusion": conclusion.strip()}
    details = acts_of(item).before_verdict(writer, item, action, reason=reason, forum=forum)
    payload: dict[str, Any] = {"session": session.code, **details}
    version = seen_version
    if action in ("agree", "agree_noted"):
        value, consent = _agreed_value(writer, session, item, text, spoken, dot, seen_version)
        version = item.version
        columns |= agreed_columns(value)
        payload |= {"consent": consent.facts(), "position": consent.position.seq if consent.position else 0}
        payload["value_agreed"] = value.as_json() if value else None
    advance(
        writer, item, action, seen_version=version, session=session, columns=columns, payload=payload,
        given={"conclusion": conclusion.strip(), "reason": reason},
    )  # fmt: skip
    outcome = AgendaOutcome.NOT_REACHED if action == "leave" else AgendaOutcome.SETTLED
    session.agenda.filter(item=item).update(outcome=outcome)


def _agreed_value(
    writer: Writer, session: Session, item: Item, text: str, spoken: Sequence[Institution], dot: str, seen_version: int
) -> tuple[Value | None, ItemConsent]:  # fmt: skip
    consent = consent_of([item], session)[item.pk]
    if consent.position is None:
        raise TransitionNotAllowed("Belum ada angka di meja untuk butir ini.")
    value: Value | None = consent.position.value
    if text.strip():
        require_row_figure(item)
    wanted = read_value(item, text, dot) if text.strip() else value
    change = wanted is not None and not wanted.same_as(value)
    if change:
        change_item(writer.actor, item, seen_version)
        write_position(writer, item, wanted, "Angka kesepakatan yang dibacakan di desk.")
        value, consent = wanted, consent_of([item], session)[item.pk]
    elif item.version != seen_version:
        change_item(writer.actor, item, seen_version)
    consent = _record_spoken(writer, session, item, consent, spoken)
    _require_consent(item, consent)
    return value, consent


def _require_consent(item: Item, consent: ItemConsent) -> None:
    """There is a figure to agree to, and every party stands at setuju."""
    if consent.position is None:
        raise TransitionNotAllowed("Belum ada angka di meja untuk butir ini.")
    if consent.position.value is None and item.applicability == Applicability.APPLIES:
        raise TransitionNotAllowed("Butir ini belum mempunyai angka yang dapat disepakati.")
    if consent.missing:
        names = ", ".join(party.name for party in consent.missing)
        raise TransitionNotAllowed(
            f"Belum ada persetujuan dari: {names}. Minta sikapnya, catat lisan, atau catat tidak hadir.",
            code="consent_missing",
            missing=[
                {"party": party.party.value, "name": party.name, "stance": party.kind} for party in consent.missing
            ],
        )


def _record_spoken(
    writer: Writer, session: Session, item: Item, consent: ItemConsent, spoken: Sequence[Institution]
) -> ItemConsent:
    if not spoken:
        return consent
    if not can(writer.actor, "desks.record_stance", item):
        raise NotAllowed()
    allowed = {each.pk for party in consent.parties for each in party.institutions}
    assert consent.position is not None
    for institution in spoken:
        if institution.pk not in allowed:
            raise InvalidInput(f"{institution.short_name} bukan pihak persetujuan pada butir ini.", field="spoken")
        write_stance(writer, consent.position, institution, StanceKind.SETUJU, StanceBasis.SPOKEN, session=session)
    return consent_of([item], session)[item.pk]


@ONE
def reopen(actor: Actor, session: Session, item: Item, *, seen_version: int, note: str, key: str = "") -> RowResult:
    """Take a verdict back before the berita acara is final. The agreed figure, or the last one on the table, comes there anew, so every
    stance is asked again."""
    newest = newest_positions([item.pk])
    value: Value | None = item.value_agreed or (newest[0].value if newest else item.value_proposed)
    with writing(actor, mejas=[item.meja]) as writer:
        advance(
            writer, item, "reopen", seen_version=seen_version, session=session, given={"note": note.strip()},
            columns={**agreed_columns(None), "conclusion": "", "reason": ""}, payload={"session": session.code},
        )  # fmt: skip
        acts_of(item).reopened(item)
        amount = newest[0].amount if newest else None
        write_position(writer, item, value, f"Dibuka kembali: {note.strip()}", agree=False, amount=amount)
        session.agenda.filter(item=item).update(outcome=AgendaOutcome.WAITING)
    return RowResult(item.code, "saved", item.version, item.state, shown(item))


@keyed(lambda support: support.pk, lambda pk: Support.objects.get(pk=pk))
def settle_support(
    actor: Actor, session: Session, support: Support, *, seen_version: int, verdict: str, note: str = "", funds: dict[int, str] | None = None,
    key: str = "",
) -> Support:  # fmt: skip
    """Settle one sub kegiatan by itself: agreed pagu per sumber dana default to the proposed ones; 'dengan catatan' and 'dikeluarkan' need a note."""
    item = support.item
    if not can(actor, "desks.settle_item", item):
        raise NotAllowed()
    if verdict not in SupportVerdict.values or (
        verdict in (SupportVerdict.AGREED_NOTED, SupportVerdict.EXCLUDED) and not note.strip()
    ):
        raise InvalidInput("Tuliskan catatan untuk putusan ini.", field="note")
    require_unlocked(item)
    with writing(actor, mejas=[item.meja]) as writer:
        require_session(item, session)
        change_item(actor, item, seen_version)
        _settle_support(writer, support, verdict, note.strip(), funds or {})
    return support


@keyed(int, int)
def settle_pending_supports(actor: Actor, session: Session, item: Item, *, seen_version: int, key: str = "") -> int:
    """Agree to every sub kegiatan of the row that nobody has settled yet, each with its proposed pagu; answers how many."""
    if not can(actor, "desks.settle_item", item):
        raise NotAllowed()
    require_unlocked(item)
    with writing(actor, mejas=[item.meja]) as writer:
        require_session(item, session)
        change_item(actor, item, seen_version)
        pending = list(
            item.supports.filter(verdict=SupportVerdict.PENDING).select_related("nomenclature", "opd", "item")
        )
        for support in pending:
            support.item = item
            _settle_support(writer, support, SupportVerdict.AGREED, "", {})
    return len(pending)


def _settle_support(writer: Writer, support: Support, verdict: str, note: str, funds: dict[int, str]) -> None:
    item = support.item
    before = {"verdict": support.verdict, "note": support.note}
    support.verdict, support.note = verdict, note
    support.save(update_fields=["verdict", "note"])
    amounts = _settle_funds(support, verdict, funds)
    facts = {
        "support": support.nomenclature.kode,
        "opd": support.opd.code,
        "item_version": item.version,
        "before": before,
    }
    writer.record(item, "settle_support", {**facts, "after": {"verdict": verdict, "note": note, "funds": amounts}})


def _settle_funds(support: Support, verdict: str, funds: dict[int, str]) -> dict[str, int | None]:
    amounts: dict[str, int | None] = {}
    for fund in support.funds.select_related("source"):
        typed = funds.get(fund.source_id, "")
        agreed = parse_money(typed).rupiah if typed.strip() else fund.proposed
        if agreed is not None and agreed < 0:
            raise InvalidInput("Pagu tidak boleh negatif.", field="funds")
        fund.agreed = agreed if verdict in (SupportVerdict.AGREED, SupportVerdict.AGREED_NOTED) else None
        fund.save(update_fields=["agreed"])
        amounts[fund.source.kode] = fund.agreed
    return amounts


def lock_items(writer: Writer, items: Iterable[Item], *, ba: str) -> None:
    """Lock rows that a final berita acara prints; called by agreements inside its block."""
    for item in items:
        change_item(writer.actor, item, item.version, locked_at=writer.now)
        writer.record(item, "lock", {"ba": ba, "item_version": item.version})


def lock_session(session: Session, at: dt.datetime | None) -> None:
    """A final berita acara prints this sitting, whatever came of its rows; None frees it. Called by agreements inside its block."""
    session.locked_at = at
    session.save(update_fields=["locked_at"])


def unlock_items(writer: Writer, items: Iterable[Item], *, ba: str) -> None:
    """Free rows when their berita acara is voided or reopened by a Perubahan."""
    for item in items:
        change_item(writer.actor, item, item.version, locked_at=None)
        writer.record(item, "unlock", {"ba": ba, "item_version": item.version})


__all__ = [
    "AGREED_STATES",
    "lock_items",
    "lock_session",
    "reopen",
    "settle",
    "settle_pending_supports",
    "settle_support",
    "settle_uncontested",
    "unlock_items",
]
