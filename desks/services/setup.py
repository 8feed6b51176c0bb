"""Setting up a round: desks, mejas, agenda rows, extensions. All acts stand in the chain of the round or of the meja they make."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.forms.models import model_to_dict

from accounts.actors import Actor, can
from accounts.audit import audited
from accounts.choices import RegionLevel, Role
from accounts.models import Institution, Region
from core.errors import InvalidInput, NotAllowed, StageClosed
from desks.chain import writing
from desks.choices import RoundLevel
from desks.models import (
    ConsentParty,
    Desk,
    DeskIndicator,
    InnerDeadline,
    Meja,
    Round,
    Seat,
    Stage,
    StageException,
)
from desks.scopes import forget_scope
from desks.services.agenda_rows import make_rows
from desks.services.idempotency import keyed


def open_mejas(actor: Actor, desk: Desk, regions: list[Region]) -> list[Meja]:
    """Make the meja of each region at the desk, and a draft row for each indicator of the desk's agenda. Existing ones stay."""
    if not can(actor, "desks.manage_round", desk.round):
        raise NotAllowed()
    known = set(Meja.objects.filter(desk=desk).values_list("region_id", flat=True))
    mejas = Meja.objects.bulk_create(
        Meja(round=desk.round, desk=desk, region=region) for region in regions if region.pk not in known
    )
    rows = list(
        DeskIndicator.objects.filter(desk=desk).select_related("indicator").order_by("order", "indicator__code")
    )
    with writing(actor, mejas=mejas) as writer:
        make_rows(writer, mejas, rows, "open_meja")
    return mejas


@keyed(lambda row: row.pk, lambda pk: StageException.objects.get(pk=pk))
def extend_stage(
    actor: Actor, stage: Stage, institution: Institution, *, until: dt.datetime, reason: str, key: str = ""
) -> StageException:
    """Record an extension of a stage for one institution."""
    if not can(actor, "desks.manage_round", stage.round):
        raise NotAllowed()
    if stage.round.closed_at is not None:
        raise StageClosed(f"{stage.round.short_name} sudah ditutup.")
    if not reason.strip():
        raise InvalidInput("Tuliskan alasan perpanjangan.", field="reason")
    if until <= stage.closes_at:
        raise InvalidInput("Batas perpanjangan harus setelah penutupan tahapan.", field="until")
    with writing(actor, rounds=[stage.round]) as writer:
        exception = StageException.objects.create(
            stage=stage, institution=institution, until=until, reason=reason.strip(), by=actor.user
        )
        facts = {"stage": stage.kind, "for": institution.code, "until": until, "reason": reason.strip()}
        writer.record(stage.round, "extend_stage", facts)
    return exception


def set_inner_deadline(
    actor: Actor, round_: Round, stage: Stage, region: Region, closes_at: dt.datetime
) -> InnerDeadline:
    """The earlier date that a Bappeda sets for its own OPD within Pengisian Daerah."""
    meja = Meja.objects.filter(round=round_, region=region).select_related("desk").first()
    if meja is None or not can(actor, "desks.edit_as_bappeda", meja):
        raise NotAllowed()
    if round_.closed_at is not None:
        raise StageClosed(f"{round_.short_name} sudah ditutup.")
    if not stage.opens_at < closes_at <= stage.closes_at:
        raise InvalidInput("Batas bagi OPD harus di dalam masa tahapan.", field="closes_at")
    with writing(actor, rounds=[round_]) as writer:
        row, _ = InnerDeadline.objects.update_or_create(stage=stage, region=region, defaults={"closes_at": closes_at})
        writer.record(round_, "inner_deadline", {"stage": stage.kind, "region": region.kode, "closes_at": closes_at})
    return row


def create_round(actor: Actor, round_: Round) -> Round:
    """Begin a round: its host's secretariat gets its seat, and the chain of the round opens with it."""
    if not can(actor, "desks.host_round", round_):
        raise NotAllowed("Penyelenggaraan nasional dibuka Kemendagri atau Bappenas, yang lain oleh sekretariat daerah.")
    with transaction.atomic():
        round_.save(force_insert=True)
        Seat.objects.create(round=round_, institution=actor.institution, role=Role.SEKRETARIAT)
        with writing(actor, rounds=[round_]) as writer:
            facts = {"level": round_.level, "plan_year": round_.plan_year, "host": round_.host.code}
            writer.record(round_, "create_round", facts)
    # The new seat counts from the next question on.
    forget_scope(actor)
    return round_


def record_setup(actor: Actor, round_: Round, action: str, facts: dict[str, Any]) -> None:
    """Write a change of the setup into the chain of the round; call in the transaction of the change."""
    if not can(actor, "desks.manage_round", round_):
        raise NotAllowed()
    with writing(actor, rounds=[round_]) as writer:
        writer.record(round_, action, facts)


def withdraw_setup(actor: Actor, rows: Sequence[Seat | ConsentParty]) -> int:
    """Take seats or consent parties away again; the record keeps what they were. The number taken away."""
    with transaction.atomic():
        for row in rows:
            facts = {"table": row._meta.model_name, "key": row.pk, "before": model_to_dict(row)}
            record_setup(actor, row.round, "withdraw_setup", facts)
            row.delete()
    return len(rows)


def regions_of(round_: Round) -> list[Region]:
    """The regions that sit in a round: the provinces, or the autonomous kabupaten/kota of the host's region."""
    if round_.level == RoundLevel.NATIONAL:
        found = Region.objects.filter(level=RegionLevel.PROVINCE)
    else:
        found = Region.objects.filter(level=RegionLevel.KABKOTA, parent=round_.host.region, autonomous=True)
    return list(found.filter(successors__isnull=True).order_by("kode"))


def change_round(actor: Actor, round_: Round, columns: dict[str, Any]) -> None:
    """Change names and rules of a round; what it is and whose it is stays. Recorded in its chain."""
    if not columns:
        return
    with transaction.atomic():
        # Never the whole row: version and head of the chain may have moved since it was read.
        Round.objects.filter(pk=round_.pk).update(**columns)
        record_setup(actor, round_, "change_round", {"after": columns})
        audited(actor, "desks.change_round", round_, round_.code, after=columns)
