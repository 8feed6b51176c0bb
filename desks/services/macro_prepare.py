"""The centre prepares its strategi dan aksi before a region has handed its row in, without reading what is being typed there.

Nothing of the row moves: its version stays, so that the region never meets a conflict with somebody whom it cannot see (decision 0021).
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Max, QuerySet

from accounts.actors import Actor, can
from core.errors import InvalidInput, NotAllowed, NotFound
from desks.chain import Writer, writing
from desks.choices import UNSUBMITTED, ActionSide, StageKind
from desks.models import Desk, Item, MacroAction
from desks.selectors.stages import require_stage
from desks.services.idempotency import keyed
from desks.services.item.rows import mejas_of
from desks.services.macro import CENTRE_STAGES, MOST_ACTIONS, ActionData, facts_of, keeps_only_its_own, read_action
from desks.services.room.common import require_running
from desks.strands import Detail, form_of
from indicators.models import Indicator

STAGES = (StageKind.PREPARATION, *CENTRE_STAGES)


def rows_ahead(desk: Desk) -> QuerySet[Item]:
    """The rows of a desk that their regions have not handed in yet."""
    rows = Item.objects.filter(meja__desk=desk, state__in=UNSUBMITTED, locked_at=None)
    return rows.select_related("meja", "round", "region", "indicator")


@keyed(lambda count: count, lambda count: count)
def prepare_actions(
    actor: Actor, desk: Desk, indicator: Indicator, regions: Sequence[str], data: ActionData, *, key: str = ""
) -> int:
    """Add a strategi or aksi of the centre to the rows of these regions (codes) for the indicator; answers to how many.

    Rows that were handed in meanwhile are left: there it is written on the row itself.
    """
    _require(actor, desk)
    if not regions:
        raise InvalidInput("Pilih sekurang-kurangnya satu daerah.", field="regions")
    items = list(rows_ahead(desk).filter(indicator=indicator, region__kode__in=regions).order_by("pk"))
    with writing(actor, mejas=mejas_of(items)) as writer:
        rows = list(rows_ahead(desk).filter(pk__in=[item.pk for item in items]).order_by("pk"))
        for item in rows:
            _add(writer, item, data)
    return len(rows)


def _add(writer: Writer, item: Item, data: ActionData) -> None:
    read = read_action(writer.actor, item, data, at_desk=False)
    rows = MacroAction.objects.filter(item=item, side=ActionSide.PUSAT)
    if rows.count() >= MOST_ACTIONS:
        raise InvalidInput(f"Paling banyak {MOST_ACTIONS} strategi dan aksi tiap pihak. Gabungkan yang serupa.")
    last = rows.aggregate(last=Max("order"))["last"] or 0
    action = MacroAction.objects.create(item=item, side=ActionSide.PUSAT, order=last + 1, **read.columns())
    writer.record(item, "add_pusat_action", {"after": facts_of(action), "at_desk": False})


@keyed(lambda nothing: None, lambda nothing: None)
def drop_prepared(actor: Actor, desk: Desk, code: str, *, key: str = "") -> None:
    """Take a prepared strategi or aksi away again; once its row is handed in that is done on the row."""
    _require(actor, desk)
    with writing(actor, mejas=[row.item.meja for row in _prepared(desk, code)]) as writer:
        action = _prepared(desk, code).first()
        if action is None:
            raise NotFound("Strategi dan aksi ini tidak ada, atau butirnya sudah diajukan.")
        if keeps_only_its_own(actor) and action.owner_id != actor.institution.pk:
            raise NotAllowed("K/L menghapus strategi dan aksi yang menjadi tanggung jawabnya sendiri.")
        before = facts_of(action)
        action.delete()
        writer.record(action.item, "remove_pusat_action", {"before": before, "at_desk": False})


def _prepared(desk: Desk, code: str) -> QuerySet[MacroAction]:
    rows = MacroAction.objects.filter(item__in=rows_ahead(desk), side=ActionSide.PUSAT, code=code)
    return rows.select_related("item__meja", "owner")


def _require(actor: Actor, desk: Desk) -> None:
    if form_of(desk.strand).detail != Detail.ACTIONS:
        raise NotFound("Desk ini tidak memuat strategi dan aksi.")
    if not can(actor, "desks.edit_central_actions", desk):
        raise NotAllowed("Strategi dan aksi pusat ditulis K/L, Bappenas, dan Kemendagri yang duduk di desk ini.")
    require_running(desk.round)
    require_stage(desk.round, actor, STAGES)
