"""The prepared world of the matrix: one row in every state, a sitting in each, notes that must stay inside, keys and jobs."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.test import Client
from django.utils import timezone

from accounts.actors import Actor
from accounts.choices import InstitutionKind, Role
from accounts.models import User
from agreements.models import BeritaAcara
from core.models import Job, StoredFile
from desks.chain import writing
from desks.choices import NoteKind
from desks.models import Desk, Item, Meja, Round, Seat, Session, Stage
from desks.services.item import RowWrite, move_rows, save_rows
from desks.services.room import call_item, close_session
from desks.services.settle import lock_items, settle
from desks.services.setup import open_mejas
from desks.services.support import SupportData, add_support
from desks.services.talk import take_stances, write_note
from planning.models import Document
from tests.desks import world as w
from tests.factories import make_actor, make_institution
from tests.matrix import prepared_desks, prepared_usulan
from tests.matrix.prepared_excel import add_isian_uploads
from tests.matrix.prepared_helpdesk import add_helpdesk
from tests.matrix.prepared_macro import add_makro
from tests.matrix.prepared_people import add_jobs, add_people
from tests.matrix.prepared_uploads import add_uploads

OWN_STATES = (
    "draft", "filled", "proposed", "returned", "submitted", "repair", "discussed", "consented", "agreed", "agreed_noted", "declined",
    "not_discussed", "withdrawn", "discarded", "locked", "supported",
)  # fmt: skip
NOT_YET = ("draft", "filled", "proposed", "returned", "discarded")
PU_SECRET = "hanya untuk Kementerian PU"  # an internal note of the K/L
OPD_SECRET = "penjelasan yang belum diajukan"  # stands on a row that never left the region
RETURN_SECRET = "catatan antara Bappeda dan OPD"
DRAFT_VALUE = "77,77"


@dataclass
class Prepared:
    """The world and what stands in it by place and state."""

    world: w.World
    items: dict[tuple[str, str], Item] = field(default_factory=dict)
    mejas: dict[str, Meja] = field(default_factory=dict)
    sessions: dict[tuple[str, str], Session] = field(default_factory=dict)
    papers: dict[str, BeritaAcara] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)
    jobs: dict[str, Job] = field(default_factory=dict)
    files: dict[str, StoredFile] = field(default_factory=dict)
    cookies: dict[str, Any] = field(default_factory=dict)
    more: dict[str, Any] = field(default_factory=dict)

    def item(self, where: str, state: str) -> Item:
        """The row of a place in a state, as it stands now."""
        return Item.objects.select_related("meja__desk", "round").get(pk=self.items[_place(where), state].pk)

    def session(self, where: str, state: str = "open") -> Session:
        """The sitting of a place in a state; the open one unless another is asked for."""
        state = state if state in ("planned", "closed") else "open"
        return Session.objects.get(pk=self.sessions[_place(where), state].pk)

    def paper(self, state: str) -> BeritaAcara:
        """The berita acara in a state, as it stands now."""
        return BeritaAcara.objects.get(pk=self.papers[state].pk)

    def client(self, who: str) -> Client:
        """A browser in which this person is logged in, or a program with this person's key."""
        if who in self.keys:
            return Client(headers={"Authorization": f"Token {self.keys[who]}"})
        client = Client()
        if who != "anonymous":
            client.cookies.load(self.cookies[who])
        return client

    def texts(self) -> dict[str, str]:
        """What a page may or must not show, by name."""
        named = {f"{place}:{state}": item.code for (place, state), item in self.items.items()}
        named |= {f"ba:{state}": ba.code for state, ba in self.papers.items()}
        named |= {f"session:{place}:{state}": session.code for (place, state), session in self.sessions.items()}
        secrets = {
            "pu_secret": PU_SECRET,
            "opd_secret": OPD_SECRET,
            "return_secret": RETURN_SECRET,
            "draft_value": DRAFT_VALUE,
        }
        return {**named, **secrets, **self.more.get("texts", {})}


def _place(where: str) -> str:
    return "own" if where in ("", "closed_round", "closed_stage") else where


def prepare() -> Prepared:
    """Build everything with the portal's own services."""
    world = w.build(len(OWN_STATES))
    made = Prepared(world)
    made.mejas = {"own": world.meja, "other_region": world.other_meja}
    made.items = {("own", state): item for state, item in zip(OWN_STATES, world.items(), strict=True)}
    _fill(made)
    _other_places(made)
    _sit(made)
    _other_sittings(made)
    _notes(made)
    prepared_usulan.add_usulan(made)
    made.more["macro"] = add_makro(world)
    add_uploads(world, made.more)
    add_people(made)
    add_jobs(made)
    add_isian_uploads(made)
    add_helpdesk(made)
    return made


def _save(actor: Actor, item: Item, **changes: str) -> None:
    item.refresh_from_db()
    results = save_rows(actor, rows=[RowWrite(item.code, item.version, changes)])
    assert results[0].status == "saved", results


def _move(actor: Actor, action: str, *items: Item, **more: Any) -> None:
    for item in items:
        item.refresh_from_db()
    results = move_rows(actor, action, [(item.code, item.version) for item in items], **more)
    assert all(result.status == "saved" for result in results), results


def _fill(made: Prepared) -> None:
    world, own = made.world, {state: item for (_, state), item in made.items.items()}
    for state, item in own.items():
        if state != "draft":
            _save(world.bappeda, item, value=DRAFT_VALUE if state in NOT_YET else "14,5", **_why(state))
    data = SupportData(
        world.sub_kegiatan[0].pk, world.dinas_jabar.pk, "12", "Km", (world.kabkota[0].pk,), ((world.sources[0].pk, "1.000.000", "rp"),)
    )  # fmt: skip
    for state in ("filled", "supported"):
        item = made.item("own", state)
        made.more[f"support:{state}"] = add_support(world.bappeda, item, data, seen_version=item.version)
    _move(world.opd, "propose", own["proposed"], own["returned"])
    _move(world.bappeda, "return", own["returned"], given={"note": RETURN_SECRET})
    _move(world.bappeda, "withdraw", own["discarded"], given={"note": "tidak jadi diusulkan"})
    _move(world.bappeda, "submit", *(item for state, item in own.items() if state not in ("draft", *NOT_YET)))
    due = timezone.now() + dt.timedelta(days=2)
    _move(world.kl, "repair", own["repair"], given={"note": "lengkapi", "due": due, "owner": world.bappeda_jabar})


def _why(state: str) -> dict[str, str]:
    return {"proposal_note": OPD_SECRET} if state in NOT_YET else {}


def _other_places(made: Prepared) -> None:
    """The same desk in Banten, another desk of the own region, and a round in which none of these people sits."""
    world = made.world
    for item, state in zip(
        world.items(world.other_meja),
        ("draft", "filled", "proposed", "returned", "submitted", "discussed"),
        strict=False,
    ):
        made.items["other_region", state] = item
        if state != "draft":
            _save(world.other_bappeda, item, value="14,5")
    banten = {state: item for (place, state), item in made.items.items() if place == "other_region"}
    _move(world.other_opd, "propose", banten["proposed"], banten["returned"])
    _move(world.other_bappeda, "return", banten["returned"], given={"note": "periksa"})
    _move(world.other_bappeda, "submit", banten["submitted"], banten["discussed"])
    health = Desk.objects.get(round=world.round, code="1.02")
    made.mejas["other_desk"] = _meja(world.secretariat, health, world, "1.02.00", "other_desk", made)
    made.more["health"] = health
    host = make_institution(InstitutionKind.BAPPENAS, "PPN-2", name="Bappenas lain")
    chief = make_actor(Role.SEKRETARIAT, host)
    other = Round.objects.create(
        forum_name="Forum lain", short_name="Forum lain", held_year=2025, plan_year=2027, level="national", host=host
    )  # fmt: skip
    Seat.objects.create(round=other, institution=host, role=Role.SEKRETARIAT)
    twin = make_actor(
        Role.BAPPEDA, make_institution(InstitutionKind.BAPPEDA, "32-2", world.jabar, name="Bappeda kedua")
    )
    Seat.objects.create(round=other, institution=twin.institution, region=world.jabar, role=Role.BAPPEDA)
    w._stages(other)
    desk = Desk.objects.create(round=other, code="1.03", name="Pekerjaan Umum lain", strand="urusan")
    made.more["other_round"] = other
    made.more["provincial"] = Round.objects.create(
        forum_name="Rakortek Provinsi", short_name="Rakortek Banten", held_year=2026, plan_year=w.PLAN_YEAR, level="provincial",
        host=world.bappeda_banten, parent=world.round, ba_scope="round",
    )  # fmt: skip
    made.mejas["other_round"] = _meja(chief, desk, world, "1.03.90", "other_round", made)
    for place, bappeda in (("other_desk", world.bappeda), ("other_round", twin)):
        _save(bappeda, made.items[place, "submitted"], value="14,5")
        _move(bappeda, "submit", made.items[place, "submitted"])


def _meja(chief: Actor, desk: Desk, world: w.World, code: str, place: str, made: Prepared) -> Meja:
    from desks.models import DeskIndicator
    from indicators.models import Indicator, IndicatorVersion
    from planning.models import BidangUrusan

    bidang = BidangUrusan.objects.get_or_create(
        kode="1.02", defaults={"name": "Kesehatan", "short_name": "Kesehatan", "urusan_kode": "1", "urusan_name": "Wajib", "concurrent": True},
    )[0]  # fmt: skip
    for no, state in enumerate(("submitted", "draft")):
        row = Indicator.objects.create(
            code=f"{code}{no}", strand="urusan", bidang=bidang, unit="%", decimals=2, direction="up"
        )
        IndicatorVersion.objects.create(indicator=row, year=w.PLAN_YEAR, name=f"Indikator {code}{no}", unit="%")
        DeskIndicator.objects.create(round=desk.round, desk=desk, indicator=row, order=no)
        made.more[place, state] = row
    (meja,) = open_mejas(chief, desk, [world.jabar])
    for item, state in zip(Item.objects.filter(meja=meja).order_by("order"), ("submitted", "draft"), strict=True):
        made.items[place, state] = item
    return meja


def _sit(made: Prepared) -> None:
    """One open sitting of Jawa Barat with a row in every state of the room, one planned, one running in Banten."""
    world = made.world
    session = w.open_session(world)
    made.sessions["own", "open"] = session
    rows = {
        state: made.item("own", state)
        for state in ("discussed", "consented", "agreed", "agreed_noted", "declined", "not_discussed", "locked")
    }
    for item in rows.values():
        call_item(world.moderator, session, item, seen_version=item.version)
    agreed = [rows[state] for state in ("consented", "agreed", "agreed_noted", "locked")]
    for actor in (world.kemendagri, world.kl):
        results = take_stances(actor, [(item.code, 1) for item in agreed], kind="setuju")
        assert all(result.ok for result in results), results
    for state, action, more in (
        ("agreed", "agree", {}),
        ("agreed_noted", "agree_noted", {"conclusion": "dengan catatan"}),
        ("declined", "decline", {"conclusion": "tidak", "reason": "anggaran"}),
        ("not_discussed", "leave", {"reason": "waktu"}),
        ("locked", "agree", {}),
    ):
        item = made.item("own", state)
        settle(world.moderator, session, item, action, seen_version=item.version, **more)
    _move(world.bappeda, "withdraw", made.items["own", "withdrawn"], given={"note": "ditarik"})
    with writing(world.moderator, mejas=[world.meja]) as writer:
        lock_items(writer, [made.item("own", "locked")], ba="UJI")
    other = w.open_session(world, [world.other_meja])
    made.sessions["other_region", "open"] = other
    item = made.item("other_region", "discussed")
    call_item(world.moderator, other, item, seen_version=item.version)


def _other_sittings(made: Prepared) -> None:
    """A sitting that is planned, one that is closed, and berita acara in every state, each at a desk of its own."""
    world = made.world
    meja, item = prepared_desks.desk_with_row(world, "SIDANG.1")
    made.sessions["own", "planned"] = prepared_desks.planned(world, meja)
    made.items["own", "waiting"] = item
    made.sessions["own", "closed"] = prepared_desks.closed(world, *prepared_desks.desk_with_row(world, "SIDANG.2"))
    made.papers = prepared_desks.berita_acara(world)
    made.more["document"] = Document.objects.create(
        kind="RKPD", owner=world.bappeda_jabar, year_from=2026, year_to=2026, stage="penetapan", title="RKPD Jawa Barat 2026"
    )  # fmt: skip
    made.more["draft_plan"] = Document.objects.create(
        kind="RKPD", owner=world.bappeda_jabar, year_from=2027, year_to=2027, stage="ranwal", title="RKPD Jawa Barat 2027"
    )  # fmt: skip
    made.more["draft_opd"] = Document.objects.create(
        kind="RENJA_PD", owner=world.dinas_jabar, year_from=2027, year_to=2027, stage="rancangan", title="Renja Dinas 2027"
    )  # fmt: skip
    made.more["draft_kl"] = Document.objects.create(
        kind="RENJA_KL", owner=world.pu, year_from=2027, year_to=2027, stage="ranwal", title="Renja PU 2027"
    )  # fmt: skip


def _notes(made: Prepared) -> None:
    world, item = made.world, made.item("own", "submitted")
    write_note(world.kl, item.meja, item=item, text=PU_SECRET, seen_version=0, kind=NoteKind.INTERNAL)
    write_note(world.bappeda, item.meja, item=item, text="catatan Bappeda di meja", seen_version=0)


def set_scene(made: Prepared, where: str, session: str) -> bool:
    """What a row needs beyond the prepared world, inside its own savepoint; answers whether anything moved."""
    world = made.world
    if where == "closed_round":
        Round.objects.filter(pk=world.round.pk).update(closed_at=timezone.now())
    if where == "closed_stage":
        Stage.objects.filter(round=world.round).update(closes_at=timezone.now() - dt.timedelta(hours=1))
    if session == "closed":
        close_session(world.moderator, Session.objects.get(pk=made.sessions[_place(where), "open"].pk), reason="waktu")
    return where in ("closed_round", "closed_stage") or bool(session)


__all__ = ["Prepared", "prepare", "set_scene"]
