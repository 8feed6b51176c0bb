"""At the desk: verdict per location, mixed outcomes, corrections, merging, splitting, adding, closing."""

from __future__ import annotations

import pytest

from agreements.verify.run import verify_all
from core.errors import InvalidInput, NotAllowed, TransitionNotAllowed
from desks.choices import ItemState, PlaceVerdict
from desks.models import Correction, Event, Item, Lineage, Position, Session, UsulanPlace
from desks.selectors.consent import consent_of
from desks.services.room import close_session
from desks.services.settle import reopen, settle
from desks.services.talk import put_position
from desks.services.usulan.aims import AimData
from desks.services.usulan.lineage import add_at_desk, merge_usulan, split_usulan
from desks.services.usulan.room import correct_usulan, offer_place, settle_place, state_available
from tests.desks.usulan_world import Kewil


@pytest.fixture
def discussed(kewil: Kewil) -> tuple[Kewil, Session, Item]:
    """An usulan of two locations on the agenda of an open sitting."""
    (item,) = kewil.submitted(kewil.filed(places=2))
    return kewil, kewil.session(), item


def places(item: Item) -> list[UsulanPlace]:
    return list(UsulanPlace.objects.filter(usulan__item=item).order_by("region__kode"))


def verdicts(item: Item) -> list[str]:
    return [row.verdict for row in places(item)]


def test_the_parties_are_bappenas_the_kl_of_the_ro_and_the_region(discussed: tuple[Kewil, Session, Item]) -> None:
    kewil, session, item = discussed
    consent = consent_of([item], session)[item.pk]
    assert [party.name for party in consent.parties] == ["Bappenas", "Kementerian PU", "Bappeda Jawa Barat"]
    assert [party.given for party in consent.parties] == [False, False, True]


def test_all_locations_follow_a_clean_verdict(discussed: tuple[Kewil, Session, Item]) -> None:
    kewil, session, item = discussed
    with pytest.raises(TransitionNotAllowed, match="Belum ada persetujuan"):
        settle(kewil.world.moderator, session, item, "agree", seen_version=item.version)
    item = kewil.item(item)
    kewil.consent(item)
    settle(kewil.world.moderator, session, item, "agree", seen_version=item.version)
    item = kewil.item(item)
    assert item.state == ItemState.AGREED and item.get_state_display() == "Direkomendasikan"
    assert item.value_agreed.number == 10
    assert [(row.verdict, row.volume_agreed, row.amount_agreed) for row in places(item)] == [
        ("agreed", 5, 1_000_000)
    ] * 2


def test_a_declined_location_changes_the_package_and_asks_the_parties_anew(
    discussed: tuple[Kewil, Session, Item],
) -> None:
    kewil, session, item = discussed
    kewil.consent(item)
    one, two = places(item)
    with pytest.raises(InvalidInput, match="kode alasan"):
        settle_place(kewil.world.moderator, session, item, two.code, verdict="declined", seen_version=item.version)
    settle_place(
        kewil.world.moderator, session, item, two.code, verdict="declined", reason="dak", seen_version=item.version
    )
    item = kewil.item(item)
    assert not consent_of([item], session)[item.pk].complete
    with pytest.raises(TransitionNotAllowed, match="dengan catatan"):
        settle(kewil.world.moderator, session, item, "agree", seen_version=item.version)
    item = kewil.item(item)
    kewil.consent(item)
    settle(
        kewil.world.moderator, session, item, "agree_noted", seen_version=item.version, conclusion="Bogor saja", forum="Pra-Musrenbangnas"
    )  # fmt: skip
    item = kewil.item(item)
    assert verdicts(item) == ["agreed_noted", "declined"] and item.value_agreed.number == 5
    assert item.usulan.next_forum == "Pra-Musrenbangnas"


def test_figures_of_a_location_are_offered_and_agreed(discussed: tuple[Kewil, Session, Item]) -> None:
    kewil, session, item = discussed
    one, _ = places(item)
    offer_place(kewil.world.kl, item, one.code, volume="4", amount="", reason="Sesuai DED", seen_version=item.version)
    newest = Position.objects.filter(item=item).order_by("-seq").first()
    assert newest is not None and (newest.value.number, newest.amount) == (9, 2_000_000)
    item = kewil.item(item)
    settle_place(
        kewil.world.moderator, session, item, one.code, verdict="agreed", volume="3,5", amount="900", seen_version=item.version
    )  # fmt: skip
    row = places(item)[0]
    assert (row.volume_agreed, row.amount_agreed, row.volume_proposed) == (3.5, 900_000, 5)
    assert Position.objects.filter(place=row).count() == 3


def test_who_may_settle_and_offer(discussed: tuple[Kewil, Session, Item]) -> None:
    kewil, session, item = discussed
    one, _ = places(item)
    for who in (kewil.world.kl, kewil.world.bappeda, kewil.world.notulis):
        with pytest.raises(NotAllowed):
            settle_place(who, session, item, one.code, verdict="agreed", seen_version=item.version)
    with pytest.raises(InvalidInput, match="per lokasi"):
        put_position(kewil.world.kl, item, text="9", reason="", seen_version=item.version)
    with pytest.raises(NotAllowed):
        state_available(kewil.world.bappeda, item, one.code, volume="4", amount="", seen_version=item.version)
    state_available(kewil.world.kl, item, one.code, volume="4", amount="800", seen_version=item.version)
    assert (places(item)[0].volume_available, places(item)[0].amount_available) == (4, 800_000)


def test_a_corrected_ro_brings_another_kl_to_the_table(discussed: tuple[Kewil, Session, Item]) -> None:
    kewil, session, item = discussed
    moderator = kewil.world.moderator
    correct_usulan(
        moderator, session, item, "ro", aim=AimData(kewil.ro_health.pk), reason="tagging", seen_version=item.version
    )
    item = kewil.item(item)
    consent = consent_of([item], session)[item.pk]
    assert [party.name for party in consent.parties] == ["Bappenas", "Kementerian Kesehatan", "Bappeda Jawa Barat"]
    row = Correction.objects.get()
    assert (row.before, row.after) == (
        "Kementerian PU · FC.7691.RBB.001 Pembangunan SPAM regional", "Kementerian Kesehatan · DG.2070.RBP.001 Pembangunan rumah sakit"
    )  # fmt: skip
    correct_usulan(moderator, session, item, "unit", unit="SPAM", seen_version=item.version)
    item = kewil.item(item)
    place = UsulanPlace.objects.filter(usulan__item=item).first()
    assert place is not None
    correct_usulan(
        moderator, session, item, "place", place=place.code, region_id=kewil.world.jabar.pk, seen_version=item.version
    )
    assert [str(each) for each in Correction.objects.all()][1:] == [
        "Satuan: semula liter/detik, menjadi SPAM", "Lokasi: semula Kabupaten Bogor, menjadi Jawa Barat"
    ]  # fmt: skip


def test_closing_leaves_locations_undiscussed_and_a_reopened_verdict_comes_back(kewil: Kewil) -> None:
    items = kewil.submitted(kewil.filed("Satu"), kewil.filed("Dua", places=2))
    session = kewil.session()
    one, two = (kewil.item(item) for item in items)
    kewil.consent(one)
    settle(kewil.world.moderator, session, one, "agree", seen_version=one.version)
    one = kewil.item(one)
    reopen(kewil.world.moderator, session, one, seen_version=one.version, note="keliru volume")
    one = kewil.item(one)
    newest = one.positions.order_by("-seq").first()
    assert newest is not None and newest.amount == 1_000_000
    assert close_session(kewil.world.moderator, session, reason="waktu") == 2
    assert verdicts(two) == ["not_discussed"] * 2 and kewil.item(two).get_state_display() == "Tidak terbahas"


def test_reopening_frees_the_locations_that_only_followed(discussed: tuple[Kewil, Session, Item]) -> None:
    kewil, session, item = discussed
    chair = kewil.world.moderator
    settle_place(
        chair, session, item, places(item)[1].code, verdict="declined", reason="dak", note="", seen_version=item.version
    )
    item = kewil.item(item)
    kewil.consent(item)
    settle(chair, session, item, "agree_noted", seen_version=item.version, conclusion="Lokasi pertama saja")
    assert verdicts(item) == ["agreed_noted", "declined"]
    item = kewil.item(item)
    reopen(chair, session, item, seen_version=item.version, note="Belum siap")
    assert verdicts(item) == ["pending", "declined"]
    item = kewil.item(item)
    settle(chair, session, item, "decline", seen_version=item.version, conclusion="Belum siap", reason="kesiapan")
    assert (kewil.item(item).state, verdicts(item)) == (ItemState.DECLINED, ["declined"] * 2)


def test_merging_adds_up_and_keeps_the_history(kewil: Kewil) -> None:
    world = kewil.world
    items = kewil.submitted(kewil.filed("Satu", places=2), kewil.filed("Dua"))
    session = kewil.session()
    one, two = (kewil.item(item) for item in items)
    merge_usulan(world.moderator, session, one, two, note="objek sama", seen_version=one.version)
    one, two = kewil.item(one), kewil.item(two)
    assert two.state == ItemState.WITHDRAWN and verdicts(two) == [PlaceVerdict.MOVED]
    assert (Lineage.objects.get().from_item, Lineage.objects.get().to_item) == (two, one)
    newest = one.positions.order_by("-seq").first()
    assert newest is not None and (newest.value.number, newest.amount) == (15, 3_000_000)


def test_splitting_moves_locations_into_a_new_discussed_row(discussed: tuple[Kewil, Session, Item]) -> None:
    kewil, session, item = discussed
    _, two = places(item)
    made = split_usulan(
        kewil.world.moderator, session, item, [two.code], title="SPAM Bandung", seen_version=item.version
    )
    assert verdicts(item) == ["pending", "moved"] and made.item.state == ItemState.DISCUSSED
    assert [row.region.short_name for row in made.places.all()] == ["Kabupaten Bandung"] and made.added_at_desk
    newest = made.item.positions.order_by("-seq").first()
    assert newest is not None and newest.institution == kewil.world.bappeda_jabar
    with pytest.raises(InvalidInput, match="satu tinggal"):
        fresh = kewil.item(item)
        split_usulan(
            kewil.world.moderator, session, fresh, [places(item)[0].code], title="x", seen_version=fresh.version
        )


def test_an_usulan_added_at_the_desk_is_marked_and_discussed(kewil: Kewil) -> None:
    session = kewil.session()
    made = add_at_desk(kewil.world.moderator, session, kewil.meja, kewil.data("Dari desk"))
    assert made.added_at_desk and made.item.state == ItemState.DISCUSSED
    assert session.agenda.filter(item=made.item).exists()
    with pytest.raises(NotAllowed):
        add_at_desk(kewil.world.kl, session, kewil.meja, kewil.data("Lain"))


def test_the_record_holds(discussed: tuple[Kewil, Session, Item]) -> None:
    kewil, session, item = discussed
    one, _ = places(item)
    offer_place(kewil.world.kl, item, one.code, volume="4", amount="", reason="DED", seen_version=item.version)
    assert Event.objects.filter(item=item, action="position").count() == 5
    report = verify_all()
    assert report.faults == []
