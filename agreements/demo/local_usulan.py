"""The kewilayahan desk of Banten's round, played by the services themselves: usulan of kabupaten/kota, quotas, one sitting (simulasi)."""

from __future__ import annotations

from accounts.actors import Actor
from accounts.choices import RegionLevel
from accounts.models import Region
from agreements.demo.clock import LONG, Clock
from agreements.demo.local_cast import MINUTE, Stage, add_planner, bantens_round, fresh, places_of
from agreements.demo.local_usulan_texts import JUSTIFY, SAMPLES, LocalSample
from agreements.demo.names import BIDANG
from agreements.demo.papers import actor_named
from agreements.demo.usulan import READY
from agreements.demo.world import PLAN_YEAR
from desks.chain import acting_at
from desks.choices import Party
from desks.models import ConsentParty, Desk, Item, Session, UsulanQuota
from desks.services.item import move_rows
from desks.services.room import call_item, close_session
from desks.services.settle import settle
from desks.services.setup import open_mejas
from desks.services.talk import take_stances, write_note
from desks.services.usulan.aims import AimData
from desks.services.usulan.read import PlaceData, ReadinessData, UsulanData
from desks.services.usulan.room import settle_place, state_available
from desks.services.usulan.write import create_usulan
from indicators.choices import Strand
from planning.choices import HolderPart
from planning.models import BidangHolder, ReadinessCriterion
from planning.selectors.nomenclature import provincial_programs

FOR_ALL = 3
LEBAK = "36.02"
FOR_LEBAK = 2
"""Lebak has submitted as many, one more waits as a draft."""
KEPT = ("draft", "full")


def add_local_usulan(clock: Clock) -> None:
    """Desk, quotas, usulan and yesterday's sitting."""
    stage = _desk(clock)
    items = [_file(stage, sample, no) for no, sample in enumerate(SAMPLES)]
    session = stage.sit(
        clock.long_before(0), [add_planner(stage.round.host), *map(_charge_speaker, ("1.01", "1.02", "1.03"))]
    )
    played = [pair for pair in zip(SAMPLES, items, strict=True) if pair[0].course not in (*KEPT, "repair", "leave")]
    for no, (sample, item) in enumerate(played):
        with acting_at(session.starts + LONG * 0.85 / len(played) * (no + 0.1)):
            _discuss(stage, session, sample, item)
    with acting_at(session.ends - MINUTE):
        close_session(actor_named("moderator.banten"), session, reason="waktu")


def _desk(clock: Clock) -> Stage:
    round_ = bantens_round()
    regions = places_of(round_)
    for party in (Party.PROVINCE, Party.REGION):
        ConsentParty.objects.create(round=round_, strand=Strand.KEWILAYAHAN, party=party)
    UsulanQuota.objects.create(round=round_, region=Region.objects.get(level=RegionLevel.NATION), number=FOR_ALL)
    UsulanQuota.objects.create(round=round_, region=Region.objects.get(kode=LEBAK), number=FOR_LEBAK)
    desk = Desk.objects.create(round=round_, code="KW", name="Kewilayahan", strand=Strand.KEWILAYAHAN, order=90)
    with acting_at(clock.day(-30)):
        mejas = open_mejas(actor_named("sekretariat.banten"), desk, regions)
    return Stage(round_, clock, {meja.region.kode: meja for meja in mejas})


def _charge_speaker(bidang: str) -> Actor:
    return actor_named(f"{BIDANG[bidang]}.banten")


def _data(stage: Stage, sample: LocalSample, no: int) -> UsulanData:
    charge = BidangHolder.objects.get(
        year=PLAN_YEAR,
        bidang__kode=sample.charge,
        institution__region=stage.round.host.region,
        part=HolderPart.PENANGGUNG_JAWAB,
    ).institution_id
    program = provincial_programs(PLAN_YEAR).get(kode=sample.program).pk if sample.program else None
    region = stage.mejas[sample.region].region_id
    criteria = ReadinessCriterion.objects.filter(scope="umum").order_by("order")
    readiness = tuple(
        ReadinessData(row.pk, READY[letter], f"{stage.round.held_year}-11" if letter == "b" else "")
        for row, letter in zip(criteria, sample.ready, strict=False)
    )
    return UsulanData(
        f"{sample.title} (simulasi)", AimData(None, program, not sample.program, charge), sample.unit, "ribu", None,
        JUSTIFY[no % len(JUSTIFY)], tuple(PlaceData(region, *place) for place in sample.places), readiness,
    )  # fmt: skip


def _file(stage: Stage, sample: LocalSample, no: int) -> Item:
    bappeda, at = stage.bappeda(sample.region), stage.clock.day(-12) + no * 20 * MINUTE
    with acting_at(at):
        item = create_usulan(bappeda, stage.mejas[sample.region], _data(stage, sample, no)).item
    if sample.course in KEPT:
        return item
    with acting_at(at + 60 * 24 * 6 * MINUTE):
        _move(bappeda, "submit", item)
    if sample.course == "repair":
        given = {
            "note": "Lengkapi kajian teknis dan kesepakatan antardaerah.",
            "due": stage.clock.midnight(3),
            "owner": bappeda.institution,
        }
        with acting_at(stage.clock.day(-4)):
            _move(_charge_speaker(sample.charge), "repair", item, given=given)
    return item


def _move(actor: Actor, action: str, item: Item, **more: object) -> None:
    item.refresh_from_db(fields=["version", "state"])
    (result,) = move_rows(actor, action, [(item.code, item.version)], **more)  # type: ignore[arg-type]
    assert result.ok, result


def _discuss(stage: Stage, session: Session, sample: LocalSample, item: Item) -> None:
    moderator, charge = actor_named("moderator.banten"), _charge_speaker(sample.charge)
    call_item(moderator, session, fresh(item), seen_version=fresh(item).version)
    if sample.course == "mixed":
        _settle_places(session, sample, item, charge)
    if sample.course != "decline":
        last = item.positions.order_by("-seq").values_list("seq", flat=True)[0]
        for actor in (charge, stage.bappeda(sample.region)):
            (result,) = take_stances(actor, [(item.code, last)], kind="setuju")
            assert result.ok, result
    else:
        text = "Kabupaten berkeberatan: ruas melayani angkutan industri lintas kabupaten/kota."
        write_note(stage.bappeda(sample.region), item.meja, item=fresh(item), text=text, seen_version=0)
    action = "agree_noted" if sample.course == "mixed" else sample.course
    settle(
        moderator, session, fresh(item), action, seen_version=fresh(item).version, conclusion=sample.note, forum=sample.forum,
        reason=sample.reason if action == "decline" else "",
    )  # fmt: skip


def _settle_places(session: Session, sample: LocalSample, item: Item, charge: Actor) -> None:
    moderator = actor_named("moderator.banten")
    first, last = item.usulan.places.order_by("pk")
    volume, amount = sample.places[0][1:]
    state_available(charge, fresh(item), first.code, volume=volume, amount=amount, seen_version=fresh(item).version)
    settle_place(
        moderator, session, fresh(item), last.code, verdict="declined", reason=sample.reason, note="Jalan kabupaten.",
        seen_version=fresh(item).version,
    )  # fmt: skip


__all__ = ["add_local_usulan"]
