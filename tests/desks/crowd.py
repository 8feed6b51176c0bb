"""Many rows of every table of the administration, for counting queries."""

import datetime as dt

from django.utils import timezone

from accounts.models import ApiToken, Delegation, Membership, RegionGroup
from desks.models import (
    Announcement,
    Attendance,
    ClientWrite,
    ConsentParty,
    Correction,
    Desk,
    DeskBidang,
    Lineage,
    MacroAction,
    Meja,
    Note,
    NoteRevision,
    Readiness,
    Report,
    Round,
    Seat,
    Session,
    Stage,
    Support,
    SupportFund,
    SupportPlace,
    Usulan,
    UsulanPlace,
)
from indicators.models import IndicatorHolder, IndicatorPriority
from planning.models import (
    BidangHolder,
    BidangUrusan,
    Document,
    DocumentLine,
    FundingSource,
    Nomenclature,
    NomenclaturePriority,
    NomenclatureVersion,
    Pagu,
    PriorityNode,
    ReadinessCriterion,
    RincianOutput,
)
from tests.desks.world import World, build, consent_all, ready
from tests.factories import make_institution, make_membership, make_region, make_user


def crowd(n: int) -> World:
    """A world of n rows, submitted and agreed to, and n more rows of every other table."""
    world = build(n)
    session = ready(world)
    consent_all(world)
    for no in range(n):
        _reference(world, no)
        _people(no)
        _setup(world, no)
        _room(world, session, no)
    return world


def _reference(world: World, no: int) -> None:
    bidang = BidangUrusan.objects.create(
        kode=f"8.{no:02}", name=f"Bidang {no}", short_name=f"Bidang {no}", urusan_kode="8", urusan_name="Urusan"
    )
    edition = NomenclatureVersion.objects.create(code=f"e{no}", name=f"Edisi {no}")
    Nomenclature.objects.create(
        version=edition, gov_level="provinsi", kode=f"8.{no:02}", level="bidang_urusan", name="Baris", bidang=bidang
    )
    BidangHolder.objects.create(year=2027, institution=world.dinas_jabar, bidang=bidang)
    parent = PriorityNode.objects.create(tree="PN", year=2027, code=f"{no}", name="Simpul")
    node = PriorityNode.objects.create(tree="KP", year=2027, code=f"{no}.1", name="Simpul", parent=parent)
    IndicatorPriority.objects.create(indicator=world.indicators[no], node=node)
    NomenclaturePriority.objects.create(nomenclature=world.sub_kegiatan[0], node=node)
    RincianOutput.objects.create(year=2027, kl=world.pu, code=f"RO{no}", name="RO")
    ReadinessCriterion.objects.create(code=f"RC{no}", name=f"Kriteria {no}", scope="umum", order=no)
    FundingSource.objects.create(kode=f"D{no}", name=f"Dana {no}")
    owner = make_institution("opd", f"32-{no}", world.jabar)
    document = Document.objects.create(
        kind="RPJMD", owner=owner, year_from=2025, year_to=2029, stage="penetapan", title=f"RPJMD {no}"
    )
    DocumentLine.objects.create(document=document, line_code="1", text="Baris")
    Pagu.objects.create(year=2027, institution=owner, bidang=bidang, amount=1)
    IndicatorHolder.objects.create(indicator=world.indicators[no], year=2027, institution=owner)


def _people(no: int) -> None:
    make_region(f"99.{no:02}", f"Kota {no}", "kabkota", parent=make_region())
    RegionGroup.objects.create(scheme="uji", code=f"{no}", name="Kelompok")
    giver: Membership = make_membership()
    later = timezone.now() + dt.timedelta(days=1)
    Delegation.objects.create(giver=giver, taker=make_user(), until=later, letter=f"S-{no}")
    ApiToken.objects.create(
        user=giver.user, membership=giver, name="Program", prefix=f"p{no}", sha256="x", expires_at=later
    )
    ClientWrite.objects.create(user=giver.user, key=f"k{no}", request_hash="x", answer="{}")


def _setup(world: World, no: int) -> None:
    now = timezone.now()
    round_ = Round.objects.create(
        forum_name="Forum", short_name=f"Forum {no}", held_year=2030, plan_year=2031, level="national", no=no + 1,
        host=world.kemendagri_inst,
    )  # fmt: skip
    Seat.objects.create(round=round_, institution=world.kemendagri_inst, role="sekretariat")
    Stage.objects.create(round=round_, kind="desk", opens_at=now, closes_at=now + dt.timedelta(days=1))
    desk = Desk.objects.create(round=round_, code=f"{no}", name=f"Desk {no}")
    DeskBidang.objects.create(desk=desk, bidang=world.bidang)
    ConsentParty.objects.create(round=round_, strand="urusan", desk=desk, party="kl")
    Meja.objects.create(round=round_, desk=desk, region=world.jabar)
    Report.objects.create(round=round_, user=world.bappeda.user, text=f"Kendala {no}")
    Announcement.objects.create(round=round_, text=f"Kabar {no}", starts_at=now, ends_at=now, by=world.secretariat.user)
    Session.objects.create(desk=desk, starts=now, ends=now + dt.timedelta(hours=1))


def _room(world: World, session: Session, no: int) -> None:
    item = world.item(no)
    people = make_membership(institution=make_institution("kl", f"k{no}"))
    Attendance.objects.create(
        session=session, institution=people.institution, user=people.user, mode="online",
        recorded_by=people.user, at=timezone.now(),
    )  # fmt: skip
    support = Support.objects.create(item=item, nomenclature=world.sub_kegiatan[0], opd=world.dinas_jabar)
    SupportFund.objects.create(support=support, source=world.sources[0], proposed=1)
    SupportPlace.objects.create(support=support, region=world.kabkota[0])
    MacroAction.objects.create(item=item, side="pusat", text=f"Aksi {no}", owner=world.pu, order=no)
    usulan = Usulan.objects.create(item=item, title=f"Usulan {no}", unit="unit", opd=world.dinas_jabar)
    place = UsulanPlace.objects.create(usulan=usulan, region=world.kabkota[0], volume_proposed=1, amount_proposed=1000)
    criterion = ReadinessCriterion.objects.get(code=f"RC{no}")
    Readiness.objects.create(usulan=usulan, criterion=criterion, status="ready")
    Correction.objects.create(usulan=usulan, place=place, field="unit", before="a", after="b", institution=world.pu)
    Lineage.objects.create(from_item=world.items(world.other_meja)[no], to_item=item, kind="carry")
    note = Note.objects.create(
        meja=item.meja, item=item, institution=world.pu, text="Catatan", version=1, changed_by=people.user
    )
    NoteRevision.objects.create(note=note, seq=1, text="Catatan", author=people.user)
