"""A closed session with every kind of verdict, and the berita acara made of it by the services."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from agreements.models import BeritaAcara, Signatory, Snapshot
from agreements.services.draft import draft_ba
from agreements.services.finalise import finalise
from agreements.services.sign import confirm
from agreements.services.signatories import find
from desks.models import Session, Support
from desks.services.item import move_rows
from desks.services.room import call_item, close_session, record_attendance
from desks.services.settle import settle, settle_support
from desks.services.support import SupportData, add_support
from desks.services.talk import take_stances, write_note
from tests.desks.world import World, build, consent_all, fill, open_session, submit
from tests.factories import PASSWORD
from tests.stored import stored

LONG = "Pembahasan ruas jalan provinsi dan kesiapan lahan. " * 103


@dataclass
class Closed:
    """A world after its sitting: three rows agreed, agreed with a note, declined and one not discussed."""

    world: World
    session: Session

    def draft(self) -> BeritaAcara:
        """A draft by the moderator."""
        return draft_ba(self.world.moderator, self.session)

    def final(self, typed: str = "") -> BeritaAcara:
        """A final one."""
        ba = self.draft()
        return finalise(self.world.moderator, ba, seen_version=ba.version, typed_number=typed)


@pytest.fixture
def closed(db: None) -> Closed:
    """A closed session of four rows."""
    return closed_of_four()


@stored
def closed_of_four() -> Closed:
    """A world of four rows after its sitting."""
    return close_up(build(4))


def close_up(world: World) -> Closed:
    """Fill, submit, sit, settle and close."""
    fill(world)
    first = world.item(0)
    for place, code in enumerate(("1.250.000.000", "750.000.000", "300.000.000")):
        first.refresh_from_db()
        nomenclature = world.sub_kegiatan[place]
        data = SupportData(
            nomenclature.pk, world.dinas_jabar.pk, "12,5", "Km", (world.kabkota[0].pk,),
            ((world.sources[0].pk, code, "rp"), (world.sources[1].pk, "100.000.000", "rp")),
        )  # fmt: skip
        add_support(world.bappeda, first, data, seen_version=first.version)
    submit(world)
    session = open_session(world)
    for actor, mode in ((world.kemendagri, "onsite"), (world.kl, "online"), (world.bappeda, "onsite")):
        record_attendance(world.notulis, session, institution=actor.institution, mode=mode, user=actor.user)
    consent_all(world)
    _settle(world, session)
    close_session(world.moderator, session, reason="waktu")
    session.refresh_from_db()
    return Closed(world, session)


def _settle(world: World, session: Session) -> None:
    for place in range(3):
        item = world.item(place)
        call_item(world.moderator, session, item, seen_version=item.version)
    one = world.item(0)
    settle(world.moderator, session, one, "agree", seen_version=one.version)
    for support, verdict, note in zip(
        Support.objects.filter(item=one).order_by("nomenclature__kode"), ("agreed", "agreed_noted", "excluded"),
        ("", "Lahan menyusul", "Bukan prioritas"), strict=True,
    ):  # fmt: skip
        item = world.item(0)
        support.item = item
        settle_support(world.moderator, session, support, seen_version=item.version, verdict=verdict, note=note)
    two = world.item(1)
    settle(world.moderator, session, two, "agree_noted", seen_version=two.version, text="14,2", conclusion="=1+1 disepakati", spoken=[
        world.kemendagri_inst, world.pu, world.bappeda_jabar])  # fmt: skip
    three = world.item(2)
    seen = three.positions.count()
    take_stances(world.bappeda, [(three.code, seen)], kind="keberatan", text="Anggaran daerah tersedia")
    settle(
        world.moderator, session, three, "decline", seen_version=three.version, conclusion="Ditunda", reason="anggaran"
    )
    write_note(world.notulis, world.meja, text="Catatan umum: peserta lengkap.", seen_version=0)
    write_note(world.kl, world.meja, item=world.item(0), text=LONG, seen_version=0)
    write_note(world.kl, world.meja, item=world.item(0), text="rahasia", seen_version=0, kind="internal")


def sha_of(ba: BeritaAcara) -> str:
    """The hash of the snapshot."""
    return Snapshot.objects.get(ba=ba).sha256


def sign_all(closed: Closed, ba: BeritaAcara) -> None:
    """Every signatory confirms in the portal."""
    people = {actor.user.pk: actor for actor in closed.world.actors().values()}
    for row in Signatory.objects.filter(ba=ba).order_by("order"):
        confirm(people[row.user_id], find(ba, row.order), shown_sha256=sha_of(ba), password=PASSWORD)


__all__ = ["Closed", "close_up", "closed", "move_rows", "sha_of", "sign_all"]
