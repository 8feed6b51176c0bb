"""Filing an usulan: create and change it with its locations and readiness, or take one over from an earlier round."""

from __future__ import annotations

from typing import Any

from django.db.models import Max

from accounts.actors import Actor, can
from core.errors import InvalidInput, NotAllowed, TransitionNotAllowed
from core.fields import value_columns
from desks.chain import Writer, writing
from desks.choices import GONE_PLACES, ItemState, PlaceVerdict, StageKind
from desks.models import Item, Lineage, Meja, Readiness, Usulan, UsulanPlace, UsulanPriority
from desks.selectors.stages import require_stage
from desks.selectors.usulan.facts import coded
from desks.services.idempotency import keyed
from desks.services.item import EDIT_STAGES, StageMemory, require_editable
from desks.services.usulan.aims import aim_this_year
from desks.services.usulan.package import usulan_of
from desks.services.usulan.read import PlaceRead, Read, ReadinessRead, UsulanData, read_usulan
from desks.versions import change_item
from desks.workflow import advance
from indicators.choices import Strand
from planning.models import PriorityNode
from planning.selectors.priorities import find_nodes
from planning.services.priorities import set_tags, tag

USULAN = keyed(lambda usulan: usulan.pk, lambda pk: Usulan.objects.select_related("item").get(pk=pk))


@USULAN
def create_usulan(actor: Actor, meja: Meja, data: UsulanData, *, key: str = "") -> Usulan:
    """File a new usulan of the region as a draft, outside the quota until it is submitted. Raises NotAllowed, StageClosed, InvalidInput."""
    _require_filing(actor, meja)
    read = read_usulan(actor, meja, data)
    with writing(actor, mejas=[meja]) as writer:
        return make_usulan(writer, meja, read, "add_usulan")


def _require_filing(actor: Actor, meja: Meja, kinds: tuple[StageKind, ...] = EDIT_STAGES) -> None:
    if meja.desk.strand != Strand.KEWILAYAHAN:
        raise InvalidInput("Usulan hanya diajukan pada desk kewilayahan.")
    if not can(actor, "desks.add_usulan", meja):
        raise NotAllowed("Usulan diisi oleh Bappeda atau perangkat daerah dari daerah ini.")
    require_stage(meja.round, actor, kinds)


def make_usulan(writer: Writer, meja: Meja, read: Read, action: str, *, at_desk: bool = False, **facts: Any) -> Usulan:
    """Create the row and the usulan inside a block; `facts` join the event."""
    last = Item.objects.filter(meja=meja).aggregate(last=Max("order"))["last"] or 0
    item = Item.objects.create(
        meja=meja, round=meja.round, region=meja.region, strand=meja.desk.strand, order=last + 1, proposal_note=read.justification,
        **value_columns("value_proposed", read.total),
    )  # fmt: skip
    usulan = Usulan.objects.create(
        item=item, **read.aim.columns(), title=read.title, unit=read.unit, amount_unit=read.amount_unit, opd=read.opd,
        origin=item.code, added_at_desk=at_desk,
    )  # fmt: skip
    UsulanPlace.objects.bulk_create(_new_place(usulan, row) for row in read.places)
    Readiness.objects.bulk_create(_new_readiness(usulan, row) for row in read.readiness)
    tag(UsulanPriority, usulan, read.priorities or ())
    made = usulan_of(item)
    after = {**coded(made), **item_facts(item)}
    writer.record(item, action, {"after": after, "item_version": item.version, "at_desk": at_desk, **facts})
    return made


def item_facts(item: Item) -> dict[str, Any]:
    """What the row itself says of its usulan, by the names that other readers of events know."""
    value = item.value_proposed
    return {"value_proposed": value.as_json() if value else None, "proposal_note": item.proposal_note}


def _new_place(usulan: Usulan, row: PlaceRead) -> UsulanPlace:
    return UsulanPlace(
        usulan=usulan, region=row.region, detail=row.detail, volume_proposed=row.volume, amount_proposed=row.amount
    )


def _new_readiness(usulan: Usulan, row: ReadinessRead) -> Readiness:
    return Readiness(
        usulan=usulan, criterion=row.criterion, status=row.status, month=row.month, link=row.link, file=row.file
    )


@USULAN
def change_usulan(actor: Actor, item: Item, data: UsulanData, *, seen_version: int, key: str = "") -> Usulan:
    """Change an usulan that is filled in or asked back for repair. The same content writes nothing.

    A location that was already handed in is not removed but marked as withdrawn. Raises what `require_editable` raises, StaleState, InvalidInput.
    """
    require_editable(actor, item, StageMemory(actor))
    known = usulan_of(item)
    read = read_usulan(actor, item.meja, data, known)
    with writing(actor, mejas=[item.meja]) as writer:
        before = {**coded(known), **item_facts(item)}
        if _unchanged(before, known, read):
            return known
        if item.state == ItemState.RETURNED:
            advance(writer, item, "redraft", seen_version=seen_version)
            seen_version = item.version
        columns = value_columns("value_proposed", read.total)
        change_item(actor, item, seen_version, proposal_note=read.justification, **columns)
        _write_head(known, read)
        _write_places(known, read.places)
        _write_readiness(known, read.readiness)
        if read.priorities is not None:
            set_tags(UsulanPriority, known, read.priorities, year=item.round.plan_year)
        made = usulan_of(item)
        after = {**coded(made), **item_facts(item)}
        changed = [name for name in after if after[name] != before[name]]
        writer.record(
            item,
            "change_usulan",
            {
                "before": {name: before[name] for name in changed},
                "after": {name: after[name] for name in changed},
                "item_version": item.version,
            },
        )
    return made


def _unchanged(before: dict[str, Any], known: Usulan, read: Read) -> bool:
    places = {
        _mark(known, row): [row.detail, row.volume.normalize() if row.volume is not None else None, row.amount] for row in read.places
    }  # fmt: skip
    readiness = {
        row.criterion.code: [row.status, row.month, row.link, row.file.sha256 if row.file else ""] for row in read.readiness
    }  # fmt: skip
    return (
        (known.title, known.aim, known.unit, known.amount_unit, known.opd)
        == (read.title, read.aim, read.unit, read.amount_unit, read.opd)
        and before["proposal_note"] == read.justification
        and before["places"] == places
        and before["readiness"] == readiness
        and (read.priorities is None or before["priorities"] == sorted(node.key for node in read.priorities))
    )


def _write_head(usulan: Usulan, read: Read) -> None:
    usulan.title, usulan.unit = read.title, read.unit
    usulan.amount_unit, usulan.opd = read.amount_unit, read.opd
    usulan.save(update_fields=["title", "unit", "amount_unit", "opd", *read.aim.write(usulan)])


def _mark(usulan: Usulan, row: PlaceRead) -> str:
    """How events name a location that was typed."""
    return _new_place(usulan, row).mark


def _write_places(usulan: Usulan, rows: list[PlaceRead]) -> None:
    known = {place.key: place for place in usulan.places.all()}
    for row in rows:
        typed = _new_place(usulan, row)
        place = known.pop(typed.key, None)
        if place is None:
            typed.save()
            continue
        place.detail, place.volume_proposed, place.amount_proposed = row.detail, row.volume, row.amount
        if place.verdict in GONE_PLACES:
            place.verdict = PlaceVerdict.PENDING
        place.save(update_fields=["detail", "volume_proposed", "amount_proposed", "verdict"])
    for place in known.values():
        if place.positions.exists():
            place.verdict = PlaceVerdict.WITHDRAWN if place.verdict not in GONE_PLACES else place.verdict
            place.save(update_fields=["verdict"])
        else:
            place.delete()


def _write_readiness(usulan: Usulan, rows: list[ReadinessRead]) -> None:
    wanted = {row.criterion.pk: row for row in rows}
    usulan.readiness.exclude(criterion__in=wanted).delete()
    for pk, row in wanted.items():
        facts = {"status": row.status, "month": row.month, "link": row.link, "file": row.file}
        Readiness.objects.update_or_create(usulan=usulan, criterion_id=pk, defaults=facts)


@USULAN
def carry_usulan(actor: Actor, meja: Meja, source: Item, *, key: str = "") -> Usulan:
    """Take an usulan of an earlier round over as a draft of this one: same identity, content and evidence, the RO or program of this year.

    Raises NotAllowed, StageClosed, TransitionNotAllowed where it was taken over already, InvalidInput.
    """
    _require_filing(actor, meja)
    if source.strand != Strand.KEWILAYAHAN or source.region_id != meja.region_id or source.round_id == meja.round_id:
        raise InvalidInput("Pilih usulan daerah ini dari penyelenggaraan sebelumnya.")
    old = usulan_of(source)
    read = Read(
        old.title, aim_this_year(meja.round, old.aim), old.unit, old.amount_unit, old.opd, source.proposal_note,
        [PlaceRead(row.region, row.detail, row.volume_proposed, row.amount_proposed) for row in old.places.all() if row.verdict not in GONE_PLACES],
        [ReadinessRead(row.criterion, row.status, row.month, row.link, row.file) for row in old.readiness.all()],
        same_nodes(old, meja.round.plan_year),
    )  # fmt: skip
    with writing(actor, mejas=[meja]) as writer:
        if Item.objects.filter(round_id=meja.round_id, carried_from=source).exclude(state=ItemState.WITHDRAWN).exists():
            raise TransitionNotAllowed("Usulan ini sudah diambil alih pada penyelenggaraan ini.")
        made = make_usulan(writer, meja, read, "carry_usulan", carried_from=source.code)
        made.origin = old.origin or source.code
        made.save(update_fields=["origin"])
        Item.objects.filter(pk=made.item.pk).update(carried_from=source)
        Lineage.objects.create(from_item=source, to_item=made.item, kind="carry")
    return made


def same_nodes(usulan: Usulan, year: int) -> list[PriorityNode]:
    """The nodes of a year under the codes that the usulan serves; what that year's trees no longer have stays behind."""
    return find_nodes(f"{each.node.tree}:{year}:{each.node.code}" for each in usulan.priorities.all())
