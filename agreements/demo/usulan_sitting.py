"""Sittings of the kewilayahan desks of the example."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from accounts.actors import Actor
from accounts.choices import InstitutionKind, Role
from accounts.models import Membership, Region
from agreements.demo.clock import Clock, Slot
from agreements.demo.names import PROVINCES
from agreements.demo.papers import actor_named
from agreements.demo.usulan_texts import Sample
from desks.chain import acting_at
from desks.choices import ItemState, SessionMode
from desks.models import Item, Meja, Round, Session
from desks.services.room import call_item, close_session, open_session, plan_session, record_attendance
from desks.services.settle import settle
from desks.services.talk import take_stances, write_note
from desks.services.usulan.room import correct_usulan, settle_place, state_available

SLOT = 34
"""Where these desks stand in the timetable; Jawa Barat's sitting runs now."""
MINUTE = dt.timedelta(minutes=1)
REMARKS = (
    "Dokumen pendukung disampaikan kepada K/L dan Bappenas.",
    "Daerah berkeberatan: kebutuhan layanan mendesak dan lahan sedang dalam proses pembebasan.",
)


@dataclass
class Stage:
    """The desks of one round and who speaks there."""

    round: Round
    clock: Clock
    provinces: list[Region]
    mejas: dict[str, Meja]

    def bappeda(self, kode: str) -> Actor:
        """Who speaks for a region."""
        return actor_named(f"bappeda.{PROVINCES[kode]}")

    def slot(self, kode: str) -> Slot:
        """When the region sits."""
        place = next(no for no, region in enumerate(self.provinces) if region.kode == kode)
        return self.clock.slot(place, SLOT)


def kl_of(sample: Sample) -> Actor:
    """Who speaks for the K/L of the RO."""
    row = Membership.objects.filter(
        institution__kode=sample.kl, institution__kind=InstitutionKind.KL, role=Role.PEMBAHAS
    )
    membership = row.select_related("user", "institution__region").order_by("pk")[0]
    return Actor(membership.user, membership)


def planned(stage: Stage, meja: Meja, slot: Slot) -> Session:
    """Put the sitting on the timetable."""
    return plan_session(
        actor_named("moderator.kewilayahan"), meja.desk, [meja], starts=slot.starts, ends=slot.ends, tz="Asia/Jakarta",
        mode=SessionMode.HYBRID, place="Hotel Contoh, Jakarta, dan ruang daring",
    )  # fmt: skip


def sit(stage: Stage, kode: str, samples: list[Sample], items: dict[str, Item]) -> None:
    """The sitting of one region, up to where it stands now; none where nothing of it is due."""
    slot, moderator = stage.slot(kode), actor_named("moderator.kewilayahan")
    waiting = ("draft", "filled", "submitted", "repair", "withdraw", "leave")
    played = [sample for sample in samples if sample.course not in waiting]
    if not played and slot.starts < stage.clock.now:
        return
    with acting_at(stage.clock.day(-5)):
        session = planned(stage, stage.mejas[kode], slot)
    if not played:
        return
    with acting_at(slot.starts + MINUTE):
        open_session(moderator, session)
        _gather(stage, session, kode, samples)
    end = min(slot.ends, stage.clock.now)
    step = (end - slot.starts) * 0.8 / len(played)
    for no, sample in enumerate(played):
        with acting_at(slot.starts + 3 * MINUTE + step * no):
            _discuss(
                stage,
                session,
                sample,
                Item.objects.select_related("meja__desk", "round", "region").get(pk=items[sample.title].pk),
            )
    if slot.is_past(stage.clock.now):
        with acting_at(slot.ends - MINUTE):
            close_session(moderator, session, reason="waktu")


def _gather(stage: Stage, session: Session, kode: str, samples: list[Sample]) -> None:
    notulis = actor_named("notulis.kewilayahan")
    people = {
        actor.institution.pk: actor for actor in (actor_named("bappenas"), stage.bappeda(kode), *map(kl_of, samples))
    }
    for actor in people.values():
        record_attendance(
            notulis,
            session,
            institution=actor.institution,
            mode="online",
            user=actor.user,
            office=actor.membership.office,
        )


def _discuss(stage: Stage, session: Session, sample: Sample, item: Item) -> None:
    moderator, kl, bappeda = actor_named("moderator.kewilayahan"), kl_of(sample), stage.bappeda(sample.region)
    call_item(moderator, session, item, seen_version=item.version)
    places = list(item.usulan.places.order_by("region__kode"))
    if sample.course in ("mixed", "open"):
        state_available(
            kl, _fresh(item), places[0].code, volume=sample.places[0][0], amount="", seen_version=_fresh(item).version
        )
    if sample.course == "open":
        take_stances(kl, [(item.code, 1)], kind="bahas", text="Volume dicocokkan dahulu dengan DED.")
        return
    if sample.course == "corrected":
        correct_usulan(
            moderator,
            session,
            _fresh(item),
            "unit",
            unit="jembatan",
            reason="Satuan mengikuti rincian output.",
            seen_version=_fresh(item).version,
        )
    if sample.course == "mixed":
        settle_place(
            moderator, session, _fresh(item), places[-1].code, verdict="declined", reason=sample.reason, note="Diarahkan ke DAK.",
            seen_version=_fresh(item).version,
        )  # fmt: skip
        settle_place(
            moderator, session, _fresh(item), places[0].code, verdict="agreed_noted", note="Volume mengikuti DED.", seen_version=_fresh(item).version
        )  # fmt: skip
    action = {"mixed": "agree_noted", "corrected": "agree_noted"}.get(sample.course, sample.course)
    if action != "decline":
        last = item.positions.order_by("-seq").values_list("seq", flat=True)[0]
        for actor in (actor_named("bappenas"), kl, bappeda):
            (result,) = take_stances(actor, [(item.code, last)], kind="setuju")
            assert result.ok, result
    write_note(
        bappeda,
        item.meja,
        item=_fresh(item),
        text=REMARKS[action == "decline"],
        seen_version=0,
    )
    settle(
        moderator, session, _fresh(item), action, seen_version=_fresh(item).version, conclusion=sample.note,
        reason=sample.reason if action == "decline" else "", forum=sample.forum,
    )  # fmt: skip


def _fresh(item: Item) -> Item:
    found = Item.objects.select_related("meja__desk", "round", "region").get(pk=item.pk)
    assert found.state != ItemState.WITHDRAWN
    return found
