"""A world in which there is n of everything that a list shows: what a list costs must not depend on n."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.test import Client
from django.utils import timezone

from accounts.choices import InstitutionKind, Role
from accounts.models import ApiToken, Delegation, Notice, RegionGroup
from agreements.models import (
    BaMeja,
    BeritaAcara,
    Line,
    Series,
    Signatory,
    SignatoryChange,
    Signature,
    Snapshot,
    Template,
)
from desks.models import (
    Announcement,
    Attendance,
    ClientWrite,
    ConsentParty,
    Correction,
    Desk,
    Lineage,
    Report,
    Round,
    Seat,
    Session,
    Stage,
)
from desks.services.setup import open_mejas
from desks.services.support import SupportData, add_support
from desks.services.talk import write_note
from indicators.models import Figure, IndicatorHolder, IndicatorPriority
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
from tests.desks import world as w
from tests.desks.macro_world import Macro, add_macro
from tests.desks.usulan_world import build_kewil
from tests.factories import make_actor, make_institution, make_membership, make_region, make_user
from tests.matrix.prepared_desks import planned
from tests.matrix.prepared_uploads import crowd_document, crowd_upload

SHA = "a" * 64


class Crowd:
    """The people who look, and what the addresses name."""

    def __init__(self, n: int) -> None:
        self.n = n
        self.world = world = w.build(n)
        self.macro = _macro(world, n)
        _usulan(world, n)
        _supports(world)
        w.fill(world)
        w.submit(world)
        self.meja_draft = _people_and_reference(world, n)
        self.session = w.open_session(world)
        w.consent_all(world)
        _talk(world, self.session)
        self.document = _documents(world, n)
        self.upload, self.renja = crowd_upload(world, n), crowd_document(world, n)
        self.plan = _plan(world, n)
        _rounds_and_desks(world, n)
        _papers(world, self.session, n)
        self.clients: dict[str, Client] = {}
        superuser = make_user("pengelola", is_staff=True, is_superuser=True)
        keeper = make_membership(make_user("penjaga", is_staff=True), world.kemendagri_inst, Role.SEKRETARIAT).user
        people = {name: actor.user for name, actor in world.actors().items()} | {
            "superuser": superuser,
            "keeper": keeper,
        }
        people["coordinator"] = make_actor(Role.KOORDINATOR, world.bappeda_jabar).user
        for name, user in people.items():
            self.clients[name] = Client()
            self.clients[name].force_login(user, backend="django.contrib.auth.backends.ModelBackend")


def _supports(world: w.World) -> None:
    data = SupportData(
        world.sub_kegiatan[0].pk, world.dinas_jabar.pk, "12", "Km", (world.kabkota[0].pk,), ((world.sources[0].pk, "1.000.000", "rp"),)
    )  # fmt: skip
    for item in world.items():
        add_support(world.bappeda, item, data, seen_version=item.version)


def _usulan(world: w.World, n: int) -> None:
    """A kewilayahan desk with n usulan handed in, each with a place, an answer to a criterion and a correction."""
    kewil = build_kewil(world)
    rows = kewil.submitted(*(kewil.filed(f"Usulan {no}") for no in range(n)))
    Correction.objects.bulk_create(
        Correction(usulan=row.usulan, field="unit", before="unit", after="paket", institution=world.pu) for row in rows
    )


def _macro(world: w.World, n: int) -> Macro:
    """A makro desk of n rows, each with an action of both sides, submitted, in an open sitting."""
    macro = add_macro(world, n)
    for item in world.items(macro.meja):
        macro.act(world.bappeda, item, "daerah")
    macro.fill()
    macro.submit()
    for item in world.items(macro.meja):
        macro.act(world.bappenas, item, "pusat")
    macro.session = macro.sit()
    return macro


def _talk(world: w.World, session: Session) -> None:
    for item in world.items():
        write_note(world.kl, item.meja, item=item, text="catatan", seen_version=0)
    items = world.items()
    Lineage.objects.bulk_create(
        Lineage(from_item=a, to_item=b, kind="carry") for a, b in zip(items, items[1:], strict=False)
    )
    Lineage.objects.create(from_item=items[-1], to_item=items[0], kind="merge")
    now, user = timezone.now(), world.notulis.user
    Attendance.objects.bulk_create(
        Attendance(session=session, institution=world.pu, name=f"Hadirin {no}", mode="onsite", recorded_by=user, at=now)
        for no in range(len(items))
    )
    ClientWrite.objects.bulk_create(
        ClientWrite(user=user, key=f"kunci-{no}", request_hash=SHA, answer="{}") for no in range(len(items))
    )


def _people_and_reference(world: w.World, n: int) -> Any:
    until = timezone.now() + dt.timedelta(days=9)
    edition = world.sub_kegiatan[0].version
    for no in range(n):
        region = make_region(f"32.{no + 50}", f"Kabupaten {no}", "kabkota", parent=world.jabar)
        RegionGroup.objects.create(scheme="uji", code=str(no), name=f"Kelompok {no}")
        office = make_institution(
            InstitutionKind.OPD, f"32-{no}", world.jabar, f"Dinas {no}", parent=world.bappeda_jabar
        )
        member = make_membership(institution=office, role=Role.OPD)
        colleague = make_membership(institution=world.bappeda_jabar)
        Delegation.objects.create(giver=colleague, taker=world.bappeda.user, until=until, letter=f"800/{no}")
        ApiToken.objects.create(
            user=world.bappeda.user, membership=world.bappeda.membership, name=f"Program {no}", prefix=f"p{no:07}", sha256=SHA, expires_at=until
        )  # fmt: skip
        Notice.objects.create(user=world.bappeda.user, kind="uji", object_code=str(no), text=f"Kabar {no}")
        bidang = BidangUrusan.objects.create(
            kode=f"9.{no:02}", name=f"Bidang {no}", short_name=f"Bidang {no}", urusan_kode="9", urusan_name="Uji"
        )
        BidangHolder.objects.create(year=w.PLAN_YEAR, institution=member.institution, bidang=bidang)
        Pagu.objects.create(year=w.PLAN_YEAR, institution=member.institution, bidang=bidang, amount=1_000_000)
        NomenclatureVersion.objects.create(code=f"uji-{no}", name=f"Edisi {no}")
        Nomenclature.objects.create(
            version=edition,
            gov_level="provinsi",
            kode=f"9.{no:02}.01",
            bidang=bidang,
            level="sub_kegiatan",
            name=f"Sub kegiatan {no}",
        )
        node = PriorityNode.objects.create(tree="PN", year=w.PLAN_YEAR, code=str(no), name=f"Prioritas {no}")
        IndicatorPriority.objects.create(indicator=world.indicators[no], node=node)
        NomenclaturePriority.objects.create(nomenclature=world.sub_kegiatan[0], node=node)
        RincianOutput.objects.create(year=w.PLAN_YEAR, kl=world.pu, code=f"RO{no}", name=f"Keluaran {no}")
        ReadinessCriterion.objects.create(code=f"RC{no}", name=f"Kriteria {no}", scope="umum", order=no)
        FundingSource.objects.create(kode=f"SD{no}", name=f"Sumber {no}")
        IndicatorHolder.objects.create(indicator=world.indicators[no], year=w.PLAN_YEAR, institution=world.pu)
        assert region.pk
    return world.meja


def _documents(world: w.World, n: int) -> Document:
    first = None
    for no in range(n):
        made = Document.objects.create(
            kind="RKPD",
            owner=world.bappeda_jabar,
            year_from=2000 + no,
            year_to=2000 + no,
            stage="penetapan",
            title=f"RKPD {no}",
        )
        first = first or made
        line = DocumentLine.objects.create(document=first, line_code=f"1.{no}", text=f"Baris {no}")
        figure = w._figure(world.indicators[no], world.jabar, w.PLAN_YEAR, "document", "rkpd", f"baris-{no}", 15)
        figure.line = line
        Figure.objects.bulk_create([figure])
    assert first is not None
    return first


def _plan(world: w.World, n: int) -> Document:
    """The RPJMD, which states another target for every row."""
    made = Document.objects.create(
        kind="RPJMD",
        owner=world.bappeda_jabar,
        year_from=w.PLAN_YEAR,
        year_to=w.PLAN_YEAR,
        stage="ranwal",
        title="RPJMD",
    )
    for no in range(n):
        line = DocumentLine.objects.create(document=made, line_code=f"S.{no}", text=f"Sasaran {no}", unit="%")
        figure = w._figure(world.indicators[no], world.jabar, w.PLAN_YEAR, "document", "rpjmd", f"rpjmd-{no}", 16)
        figure.line = line
        figure.save()
    return made


def _rounds_and_desks(world: w.World, n: int) -> None:
    now = timezone.now()
    for no in range(n):
        Report.objects.create(round=world.round, user=world.bappeda.user, text=f"Kendala {no}")
        Announcement.objects.create(
            round=world.round, text=f"Kabar {no}", starts_at=now, ends_at=now, by=world.secretariat.user
        )
        desk = Desk.objects.create(round=world.round, code=f"9.{no:02}", name=f"Desk {no}", strand="urusan")
        ConsentParty.objects.create(round=world.round, strand="urusan", desk=desk, party="region")
        Seat.objects.create(round=world.round, desk=desk, institution=world.kemendagri_inst, role=Role.MODERATOR)
        past = Round.objects.create(
            forum_name="Forum", short_name=f"Forum {no}", held_year=1949 + no, plan_year=1950 + no, level="national",
            host=world.kemendagri_inst, closed_at=now,  # years gone by; one round is open at a time
        )  # fmt: skip
        Seat.objects.create(round=past, institution=world.kemendagri_inst, role=Role.SEKRETARIAT)
        Stage.objects.create(round=past, kind="desk", opens_at=now, closes_at=now + dt.timedelta(days=1))
    from desks.scopes import forget_scope

    for actor in world.actors().values():
        forget_scope(actor)
    for desk in Desk.objects.filter(round=world.round, code__startswith="9."):
        (meja,) = open_mejas(world.secretariat, desk, [world.jabar])
        planned(world, meja)


def _papers(world: w.World, session: Session, n: int) -> None:
    user = world.moderator.user
    for no in range(n):
        ba = BeritaAcara.objects.create(
            round=world.round, session=session, strand="urusan", scope="session", scope_key=f"uji:{no}", title=f"Berita acara {no}",
            state="awaiting", number=f"{no}/UJI", created_by=user, series=Series.objects.create(host=world.pu, year=2000 + no),
        )  # fmt: skip
        BaMeja.objects.create(ba=ba, meja=world.meja)
        signer = Signatory.objects.create(
            ba=ba, order=1, institution=world.pu, user=world.kl.user, office="Direktur", name="Nama"
        )
        Template.objects.create(kind="urusan", level="national", version=no + 50, body="{}")
        Snapshot.objects.create(ba=ba, canon_version=1, canonical="{}", sha256=SHA, hmac=SHA, key_id="1")
        Line.objects.create(ba=ba, lampiran="A", order=1, cells="[]")
        SignatoryChange.objects.create(signatory=signer, before="{}", after="{}", reason="uji", by=user)
        Signature.objects.create(signatory=signer, kind="confirmed", snapshot_sha256=SHA, by=user)


__all__ = ["Crowd"]
