"""The kewilayahan desks of the example, played by the services themselves, each act at its hour (simulasi)."""

from __future__ import annotations

import datetime as dt
from random import Random

from django.conf import settings
from django.contrib.auth.hashers import make_password

from accounts.actors import Actor
from accounts.choices import InstitutionKind, RegionLevel, Role
from accounts.models import Institution, Membership, Region, User
from agreements.demo.names import invented_name
from agreements.demo.papers import actor_named
from agreements.demo.people import DEMO_DOMAIN
from agreements.demo.rounds import RoundPlan
from agreements.demo.usulan_sitting import MINUTE, Stage, kl_of, planned, sit
from agreements.demo.usulan_texts import CARRIED, JUSTIFY, SAMPLES, SERVES, Sample
from agreements.demo.world import BAPPENAS, SEED
from desks.chain import acting_at
from desks.choices import Party
from desks.models import ConsentParty, Desk, Item, Meja, Round, Seat, Usulan, UsulanQuota
from desks.services.item import move_rows
from desks.services.room import close_session, open_session
from desks.services.setup import open_mejas
from desks.services.usulan.aims import AimData
from desks.services.usulan.lineage import add_at_desk
from desks.services.usulan.read import PlaceData, ReadinessData, UsulanData
from desks.services.usulan.write import carry_usulan, create_usulan
from indicators.choices import Strand
from planning.models import ReadinessCriterion, RincianOutput
from planning.selectors.priorities import find_nodes

QUOTA = 10
WEST = (
    "Kewilayahan I: Sumatera, Jawa, dan Bali",
    "Kewilayahan II: Kalimantan, Sulawesi, Nusa Tenggara, Maluku, dan Papua",
)
READY = {"s": "ready", "b": "planned", "t": "not_ready", "n": "not_needed"}
KL = ("033", "022", "018", "032", "024", "pkp")
HOUR = dt.timedelta(hours=1)


def add_usulan(last: RoundPlan, plan: RoundPlan) -> int:
    """Desks, usulan and sittings of last year's and this year's round; answers how many usulan."""
    _people()
    Round.objects.filter(pk=last.round.pk).update(closed_at=None)
    old = _desks(last)
    source = _last_year(old)
    Round.objects.filter(pk=last.round.pk).update(closed_at=last.round.closed_at)
    now = _desks(plan)
    items = {sample.title: _file(now, sample, no) for no, sample in enumerate(SAMPLES)}
    _carry(now, source)
    for kode in dict.fromkeys(sample.region for sample in SAMPLES):
        sit(now, kode, [sample for sample in SAMPLES if sample.region == kode], items)
    return Usulan.objects.count()


def _people() -> None:
    chance = Random(SEED + 1)  # noqa: S311 - a fixed seed is the point
    institution = Institution.objects.get(kode=BAPPENAS, kind=InstitutionKind.BAPPENAS)
    for username, role, office in (
        ("moderator.kewilayahan", Role.MODERATOR, "Moderator Desk Kewilayahan"),
        ("notulis.kewilayahan", Role.NOTULIS, "Notulis Desk Kewilayahan"),
    ):
        user = User.objects.create(
            username=username, full_name=invented_name(chance), email=f"{username}@{DEMO_DOMAIN}", password=make_password(settings.DEMO_PASSWORD)
        )  # fmt: skip
        Membership.objects.create(user=user, institution=institution, role=role, office=office)


def _desks(plan: RoundPlan) -> Stage:
    round_ = Round.objects.get(pk=plan.round.pk)
    nation = Region.objects.get(level=RegionLevel.NATION)
    UsulanQuota.objects.create(round=round_, region=nation, number=QUOTA)
    for party in (Party.BAPPENAS, Party.KL, Party.REGION):
        ConsentParty.objects.create(round=round_, strand=Strand.KEWILAYAHAN, party=party)
    mejas: dict[str, Meja] = {}
    with acting_at(plan.clock.day(-41)):
        for no, name in enumerate(WEST, start=1):
            desk = Desk.objects.create(
                round=round_, code=f"KW{no}", name=name.partition(":")[0], strand=Strand.KEWILAYAHAN, order=90 + no
            )
            _seats(round_, desk)
            regions = [region for region in plan.provinces if (region.kode < "52") == (no == 1)]
            for meja in open_mejas(actor_named("sekretariat"), desk, sorted(regions, key=lambda row: row.kode)):
                mejas[meja.region.kode] = meja
    return Stage(round_, plan.clock, plan.provinces, mejas)


def _seats(round_: Round, desk: Desk) -> None:
    bappenas = Institution.objects.get(kode=BAPPENAS, kind=InstitutionKind.BAPPENAS)
    for role in (Role.MODERATOR, Role.NOTULIS, Role.PENANDATANGAN):
        Seat.objects.create(round=round_, desk=desk, institution=bappenas, role=role)
    for institution in Institution.objects.filter(kind=InstitutionKind.KL, kode__in=KL).order_by("pk"):
        for role in (Role.PEMBAHAS, Role.PENANDATANGAN):
            Seat.objects.create(round=round_, desk=desk, institution=institution, role=role)


def _data(stage: Stage, sample: Sample, no: int) -> UsulanData:
    ro = RincianOutput.objects.get(year=stage.round.plan_year, kl__kode=sample.kl, code=sample.ro)
    regions = Region.objects.filter(parent__kode=sample.region, autonomous=True).order_by("kode")
    places = tuple(
        PlaceData(region.pk, "", volume, amount)
        for region, (volume, amount) in zip(regions[no % 3 :], sample.places, strict=False)
    )
    criteria = list(ro.criteria.order_by("order")) or list(
        ReadinessCriterion.objects.filter(scope="umum").order_by("order")
    )
    readiness = tuple(
        _readiness(criterion, letter, stage.round.held_year)
        for criterion, letter in zip(criteria, sample.ready, strict=False)
    )
    return UsulanData(
        f"{sample.title} (simulasi)", AimData(ro.pk if sample.places else None), "", "ribu", None, JUSTIFY[no % len(JUSTIFY)], places, readiness,
        _serves(sample, stage.round.plan_year),
    )  # fmt: skip


def _serves(sample: Sample, year: int) -> tuple[str, ...]:
    words = [(tree, code) for word, (tree, code) in SERVES if word in sample.title.casefold()]
    return tuple(node.key for node in find_nodes(f"{tree}:{year}:{code}" for tree, code in words))


def _readiness(criterion: ReadinessCriterion, letter: str, year: int) -> ReadinessData:
    month = f"{year}-11" if letter == "b" else ""
    link = f"https://contoh.invalid/bukti/{criterion.code.lower()}" if letter == "s" else ""
    return ReadinessData(criterion.pk, READY[letter], month, link)


def _file(stage: Stage, sample: Sample, no: int) -> Item:
    bappeda, at = stage.bappeda(sample.region), stage.clock.day(-15) + no * 20 * MINUTE
    with acting_at(at):
        usulan = create_usulan(bappeda, stage.mejas[sample.region], _data(stage, sample, no))
    item = usulan.item
    if sample.course in ("draft", "filled"):
        return item
    with acting_at(at + 7 * 24 * HOUR):
        _move(bappeda, "submit", item)
    if sample.course == "repair":
        note = "Lengkapi dokumen lingkungan dan pernyataan lahan; volume belum sesuai DED."
        given = {"note": note, "due": stage.clock.midnight(3), "owner": bappeda.institution}
        with acting_at(stage.clock.day(-5)):
            _move(kl_of(sample), "repair", item, given=given)
    if sample.course == "withdraw":
        with acting_at(stage.clock.day(-4)):
            _move(bappeda, "withdraw", item, given={"note": "Dibiayai APBD provinsi."})
    return item


def _move(actor: Actor, action: str, item: Item, **more: object) -> None:
    item.refresh_from_db(fields=["version", "state"])
    (result,) = move_rows(actor, action, [(item.code, item.version)], **more)  # type: ignore[arg-type]
    assert result.ok, result


def _last_year(stage: Stage) -> Item:
    """Last year's usulan of Jawa Barat: raised at the desk, not reached before the sitting ended."""
    slot, moderator, meja = (
        stage.slot(CARRIED.region),
        actor_named("moderator.kewilayahan"),
        stage.mejas[CARRIED.region],
    )
    with acting_at(stage.clock.day(-5)):
        session = planned(stage, meja, slot)
    with acting_at(slot.starts + MINUTE):
        open_session(moderator, session)
        usulan = add_at_desk(moderator, session, meja, _data(stage, CARRIED, 0))
    with acting_at(slot.ends - MINUTE):
        close_session(moderator, session, reason="waktu")
    return usulan.item


def _carry(stage: Stage, source: Item) -> None:
    bappeda, meja = stage.bappeda(CARRIED.region), stage.mejas[CARRIED.region]
    with acting_at(stage.clock.day(-14)):
        usulan = carry_usulan(bappeda, meja, Item.objects.select_related("round", "region").get(pk=source.pk))
    with acting_at(stage.clock.day(-7)):
        _move(bappeda, "submit", usulan.item)
