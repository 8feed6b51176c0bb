"""What a final berita acara agreed stands among the figures once, goes with a void one, and is read by whoever comes after."""

from __future__ import annotations

import json

import pytest

from agreements.models import BeritaAcara
from agreements.services import draft_scope, finalise, refuse, void_ba
from agreements.services.figures import state_figures
from agreements.services.signatories import find
from agreements.verify import verify_one
from core.values import format_value
from desks.chain import writing
from desks.choices import BaScope, RoundLevel
from desks.models import Event, Item, Round
from desks.selectors.figures import figures_beside
from desks.selectors.host_targets import agreed_above
from desks.services.room import call_item, close_session, follow_up, open_session, reopen_session
from desks.services.settle import reopen, settle
from indicators.models import Figure
from indicators.selectors import figures_seen_by
from tests.agreements.made import Closed
from tests.agreements.test_scopes import final, named
from tests.desks import provincial_world as p
from tests.desks.chain import verify_chain
from tests.desks.views.clients import client_of
from tests.desks.world import build

pytestmark = pytest.mark.django_db


def agreements() -> list[tuple[str, str, int, str, str, str]]:
    """Every agreed figure as people read it."""
    rows = Figure.objects.filter(kind="agreement").select_related("indicator", "region").order_by("source", "pk")
    return [
        (row.indicator.code, row.region.kode, row.year, row.source, format_value(row.value), row.origin) for row in rows
    ]


def test_final_void_and_final_again_leave_one_figure_for_each_agreed_target(closed: Closed):
    world, ba = closed.world, closed.final("12/BA/2026")
    stated = [
        ("1.03.001", "32", 2027, "rakortek", "14,50", "Berita acara 12/BA/2026, Rakortek 2027"),
        ("1.03.002", "32", 2027, "rakortek", "14,20", "Berita acara 12/BA/2026, Rakortek 2027"),
    ]
    assert agreements() == stated
    with writing(world.moderator, mejas=[world.meja]) as writer:
        state_figures(writer, ba, [world.meja], world.items())
    assert agreements() == stated
    ba.refresh_from_db()
    void_ba(world.moderator, ba, reason="Salah hitung.", seen_version=ba.version)
    assert agreements() == []
    session = reopen_session(world.moderator, closed.session, note="Koreksi.")
    item = world.item(0)
    reopen(world.moderator, session, item, seen_version=item.version, note="Koreksi.")
    item = world.item(0)
    parties = [world.kemendagri_inst, world.pu, world.bappeda_jabar]
    settle(world.moderator, session, item, "agree", seen_version=item.version, text="16", spoken=parties)
    close_session(world.moderator, session, reason="waktu")
    again = closed.final("13/BA/2026")
    assert [(row[0], row[4], row[5]) for row in agreements()] == [
        ("1.03.001", "16,00", "Berita acara 13/BA/2026, Rakortek 2027"),
        ("1.03.002", "14,20", "Berita acara 13/BA/2026, Rakortek 2027"),
    ]
    verify_chain(world.meja)
    assert verify_one(ba).faults == [] and verify_one(again).faults == []
    trace = Event.objects.filter(action="withdraw_figures").get()
    assert [row["value"]["min"] for row in json.loads(trace.payload)["figures"]] == ["14.5", "14.2"]


def test_a_void_paper_leaves_what_a_later_one_locked_and_stated(closed: Closed):
    world, ba = closed.world, closed.final()
    starts, ends = closed.session.starts, closed.session.ends
    late = follow_up(world.moderator, closed.session, starts=starts, ends=ends, mode="online")
    open_session(world.moderator, late)
    item = world.item(3)
    call_item(world.moderator, late, item, seen_version=item.version)
    item = world.item(3)
    parties = [world.kemendagri_inst, world.pu, world.bappeda_jabar]
    settle(world.moderator, late, item, "agree", seen_version=item.version, spoken=parties)
    close_session(world.moderator, late, reason="waktu")
    late.refresh_from_db()
    Closed(world, late).final()
    ba.refresh_from_db()
    void_ba(world.secretariat, ba, reason="Salah.", seen_version=ba.version)
    assert world.item(3).locked_at is not None and world.item(0).locked_at is None
    assert [row[0] for row in agreements()] == ["1.03.004"]


def test_the_next_forum_and_the_page_read_them(closed: Closed):
    world = closed.world
    closed.final("12/BA/2026")
    following = Round(
        held_year=2027, plan_year=2028, level=RoundLevel.NATIONAL, host=world.kemendagri_inst, code="NEXT"
    )
    beside = figures_beside(following, world.jabar.pk, [each.pk for each in world.indicators])
    assert beside[world.indicators[1].pk]["agreement"].text == "14,20"
    page = client_of(world.bappeda).get("/angka/1.03.002/32/").content.decode()
    assert "Kesepakatan nasional" in page and "Berita acara 12/BA/2026, Rakortek 2027" in page


def test_a_provincial_round_reads_the_figure_of_its_parent_and_states_its_own():
    world = build(4)
    made = p.build(2, scope=BaScope.ROUND, parent=world.round)
    own = made.indicators[1]
    assert agreed_above(made.round, [own.pk]) == {}
    figure = Figure(
        indicator=own, region=made.banten, year=p.PLAN_YEAR, kind="agreement", source="rakortek", origin="Berita acara 7",
        line_key=world.round.code,
    )  # fmt: skip
    figure.value = world.item(0).value_agreed or Figure.objects.filter(kind="document")[0].value
    figure.save()
    above = agreed_above(made.round, [own.pk])[own.pk]
    assert (format_value(above.value), above.origin) == ("15,00", "Disepakati, Berita acara 7")
    for desk in made.desks:
        p.hand_in(made, desk)
        p.sit(made, desk)
    ba = final(made, draft_scope(made.chair, made.round))
    assert [row[:5] for row in agreements() if row[3] != "rakortek"] == [
        (code, kode, 2027, "rakor_provinsi", "80,50")
        for code in ("1.02.901", "1.03.901")
        for kode in ("36.01", "36.02")
    ]
    seen = {
        actor: set(figures_seen_by(actor).filter(kind="agreement").values_list("region__kode", flat=True))
        for actor in (made.bappeda, made.local[0], made.outsider)
    }
    assert list(seen.values()) == [{"36", "36.01", "36.02"}, {"36.01"}, set()]
    signer = ba.signatories.get(user=made.local[0].user)
    refuse(made.local[0], find(ba, signer.order), "Angka belum sama")
    assert [row[3] for row in agreements()] == ["rakortek"]
    again = named(made, draft_scope(made.chair, made.round))
    finalise(made.chair, again, seen_version=again.version)
    assert len(agreements()) == 5 and BeritaAcara.objects.filter(state="void").count() == 1
    assert Item.objects.filter(locked_at__isnull=False).count() == 4
