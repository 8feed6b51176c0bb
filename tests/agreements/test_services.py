"""Services: drafting, numbers, finalising, signing, voiding; who may, and what stays frozen."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.actors import Actor
from accounts.choices import Role
from accounts.models import Institution
from agreements.choices import BaState
from agreements.models import BeritaAcara, Line, Series, Signatory, SignatoryChange, Signature, Snapshot
from agreements.selectors.frozen import sheet_of
from agreements.services import (
    SignatoryData,
    change_signatory,
    confirm,
    draft_ba,
    edit_ba,
    excuse_signature,
    finalise,
    refuse,
    remove_signatory,
    save_signatory,
    upload_scan,
    void_ba,
)
from agreements.services.numbers import check_pattern, format_series
from agreements.services.signatories import find, read_nip
from agreements.verify import verify_one
from agreements.wording import default_body, read_body
from agreements.workflow import events_of, state_from_events
from core.errors import InvalidInput, NotAllowed, StaleState, TooManyAttempts, TransitionNotAllowed
from desks.choices import ItemState
from desks.models import Item, Seat
from desks.services.room import reopen_session
from tests.agreements.made import sha_of, sign_all
from tests.desks.chain import verify_chain
from tests.desks.world import open_session
from tests.factories import PASSWORD


def test_draft_proposes_the_chair_and_every_party(closed):
    ba = closed.draft()
    world = closed.world
    assert [(row.institution, row.chair, row.mode) for row in ba.signatories.select_related("institution")] == [
        (world.pu, True, "portal"), (world.kemendagri_inst, False, "portal"), (world.pu, False, "portal"), (world.bappeda_jabar, False, "portal"),
    ]  # fmt: skip
    assert ba.signatories.get(order=1).user == world.chair.user


def test_the_chair_may_have_its_seat_at_every_desk(closed):
    Seat.objects.filter(role=Role.PIMPINAN_SIDANG).update(desk=None)
    ba = closed.draft()
    assert (ba.signatories.get(chair=True).user, ba.signatories.count()) == (closed.world.chair.user, 4)


def test_draft_needs_a_closed_session_and_stands_once(closed):
    world = closed.world
    with pytest.raises(NotAllowed):
        draft_ba(world.bappeda, closed.session)
    ba = closed.draft()
    with pytest.raises(TransitionNotAllowed):
        closed.draft()
    void_ba(world.moderator, ba, reason="Salah sesi", seen_version=ba.version)
    assert closed.draft().revision == 2
    with pytest.raises(TransitionNotAllowed):
        draft_ba(world.moderator, open_session(world))


def test_the_sheet_says_what_was_settled(closed):
    sheet = sheet_of(closed.draft())
    assert [(row.indicator_code, row.agreed_text, row.status) for row in sheet.targets] == [
        ("1.03.001", "14,50", "Disepakati"), ("1.03.002", "14,20", "Disepakati dengan catatan"),
    ]  # fmt: skip
    assert [row.basis.rpartition(": ")[2] for row in sheet.targets] == ["menyatakan sendiri", "lisan, dicatat"]
    assert [(row.code, row.agreed) for row in sheet.supports] == [
        ("1.03.10.1.01.0001", 1_350_000_000),
        ("1.03.10.1.01.0002", 850_000_000),
    ]
    assert sheet.totals[-1].amount == 2_200_000_000
    assert [(row.code, row.status, row.objection) for row in sheet.left] == [
        ("1.03.003", "Tidak disepakati", "Anggaran daerah tersedia"), ("1.03.004", "Tidak terbahas", ""),
        ("1.03.10.1.01.0003", "Dikeluarkan", ""),
    ]  # fmt: skip
    assert [len(row.text) for row in sheet.notes] == [30, 5253]
    assert sheet.mark == "DRAF"


def test_finalise_numbers_freezes_locks_and_records(closed):
    ba = closed.final()
    today = ba.signed_on
    assert (ba.number, ba.state) == (
        format_series("{no:03d}/BA/RAKORTEK/{bulan_romawi}/{tahun}", 1, today),
        BaState.AWAITING,
    )
    states = set(Item.objects.filter(locked_at__isnull=False).values_list("state", flat=True))
    assert states == {ItemState.AGREED, ItemState.AGREED_NOTED, ItemState.DECLINED}
    assert Line.objects.filter(ba=ba).count() == 3 + 2 + 2 + 3 + 2
    last = [event.action for event in verify_chain(closed.world.meja)][-1]
    assert last == "finalise_ba"
    assert state_from_events(events_of(ba)) == BaState.AWAITING


def test_finalise_is_for_the_chair_in_person(closed):
    ba = closed.draft()
    world = closed.world
    program = Actor(world.moderator.user, world.moderator.membership, api=True)
    for actor in (world.notulis, world.secretariat, world.kl, world.bappeda, program):
        with pytest.raises(NotAllowed):
            finalise(actor, ba, seen_version=ba.version)
    assert finalise(world.chair, ba, seen_version=ba.version).state == BaState.AWAITING


def test_second_finaliser_gets_stale(closed):
    ba = closed.draft()
    twin = BeritaAcara.objects.get(pk=ba.pk)
    seen = ba.version
    finalise(closed.world.moderator, ba, seen_version=seen)
    with pytest.raises(StaleState):
        finalise(closed.world.chair, twin, seen_version=seen)
    assert Series.objects.get().last == 1


def test_finalise_refuses_another_content_and_leaves_no_gap(closed):
    ba = closed.draft()
    world = closed.world
    digest = sheet_of(ba).digest()
    Institution.objects.filter(pk=world.pu.pk).update(name="Kementerian PU Baru")
    with pytest.raises(StaleState):
        finalise(world.moderator, ba, seen_version=ba.version, seen_digest=digest)
    Signatory.objects.filter(ba=ba, order=1).update(name="")
    with pytest.raises(TransitionNotAllowed):
        finalise(world.moderator, ba, seen_version=ba.version)
    Signatory.objects.filter(ba=ba, order=1).update(name="Ketua")
    assert finalise(world.moderator, ba, seen_version=ba.version).number[:3] == "001"


def test_finalise_blocks_while_the_session_is_open_again(closed):
    ba = closed.draft()
    reopen_session(closed.world.moderator, closed.session, note="Koreksi")
    with pytest.raises(TransitionNotAllowed) as refusal:
        finalise(closed.world.moderator, ba, seen_version=ba.version)
    assert refusal.value.message == "Sesi ini dibuka kembali. Tutup sesi dahulu, lalu periksa lagi berita acaranya."


def test_undecided_rows_block_in_words(closed):
    ba = closed.draft()
    Item.objects.filter(pk=closed.world.item(0).pk).update(state="discussed")
    with pytest.raises(TransitionNotAllowed) as refusal:
        finalise(closed.world.moderator, ba, seen_version=ba.version)
    assert refusal.value.details["missing"] == ["1 butir belum diputuskan: Persentase jalan provinsi mantap ruas 1."]


def test_typed_number_is_kept_and_never_given_twice(closed):
    ba = closed.final(typed=" 600.1/12/BA ")
    assert ba.number == "600.1/12/BA"
    void_ba(closed.world.moderator, ba, reason="Keliru", seen_version=ba.version)
    again = closed.draft()
    with pytest.raises(InvalidInput):
        finalise(closed.world.moderator, again, seen_version=again.version, typed_number="600.1/12/ba")
    assert BeritaAcara.objects.get(pk=again.pk).state == BaState.DRAFT
    assert finalise(closed.world.moderator, again, seen_version=again.version).number[:3] == "001"


def test_final_sheet_reads_nothing_live(closed):
    ba = closed.final()
    before = sheet_of(ba)
    world = closed.world
    Institution.objects.update(name="Diganti", short_name="Diganti")
    Item.objects.filter(value_agreed_kind="point").update(
        value_agreed_min=99, value_agreed_max=99, conclusion="diganti"
    )
    world.indicators[0].versions.update(name="Diganti", unit="Diganti")
    Signatory.objects.filter(ba=ba).update(name="Diganti", office="Diganti")
    world.jabar.name = "Diganti"
    world.jabar.save()
    assert sheet_of(BeritaAcara.objects.get(pk=ba.pk)) == before


def test_all_sign_and_it_is_complete(closed):
    ba = closed.final()
    sign_all(closed, ba)
    ba.refresh_from_db()
    assert (ba.state, state_from_events(events_of(ba))) == (BaState.COMPLETE, BaState.COMPLETE)
    with pytest.raises(TransitionNotAllowed):
        confirm(closed.world.chair, find(ba, 1), shown_sha256=sha_of(ba), password=PASSWORD)


def test_only_the_signatory_signs_and_only_what_was_shown(closed):
    ba = closed.final()
    world = closed.world
    program = Actor(world.chair.user, world.chair.membership, api=True)
    for actor in (world.moderator, world.kl, program):
        with pytest.raises(NotAllowed):
            confirm(actor, find(ba, 1), shown_sha256=sha_of(ba), password=PASSWORD)
    with pytest.raises(StaleState):
        confirm(world.chair, find(ba, 1), shown_sha256="0" * 64, password=PASSWORD)
    for _ in range(5):
        with pytest.raises(InvalidInput):
            confirm(world.chair, find(ba, 1), shown_sha256=sha_of(ba), password="keliru")
    with pytest.raises(TooManyAttempts):
        confirm(world.chair, find(ba, 1), shown_sha256=sha_of(ba), password=PASSWORD)
    assert Signature.objects.count() == 0


def test_a_refusal_voids_and_frees_the_rows(closed):
    ba = closed.final()
    refuse(closed.world.bappeda, find(ba, 4), "Pagu belum dibahas dengan TAPD")
    ba.refresh_from_db()
    assert (ba.state, ba.void_reason) == (
        BaState.VOID,
        "Ditolak oleh Wakil Bappeda Jawa Barat: Pagu belum dibahas dengan TAPD",
    )
    assert Item.objects.filter(locked_at__isnull=False).count() == 0
    assert state_from_events(events_of(ba)) == BaState.VOID
    assert Snapshot.objects.filter(ba=ba).count() == 1
    assert verify_one(ba).faults == []


def test_scan_and_excuse_close_what_is_missing(closed):
    ba = closed.final()
    world = closed.world
    scan = SimpleUploadedFile("p.pdf", b"%PDF-1.4 tanda tangan", content_type="application/pdf")
    act = upload_scan(world.notulis, find(ba, 1), scan, shown_sha256=sha_of(ba))
    assert (act.kind, act.file_sha256) == ("scanned", act.file.sha256)
    with pytest.raises(InvalidInput):
        upload_scan(world.notulis, find(ba, 2), SimpleUploadedFile("p.pdf", b"<html>"), shown_sha256=sha_of(ba))
    with pytest.raises(NotAllowed):
        upload_scan(world.other_bappeda, find(ba, 2), scan, shown_sha256=sha_of(ba))
    with pytest.raises(NotAllowed):
        excuse_signature(world.kl, find(ba, 2), "Mutasi")
    for order in (2, 3, 4):
        excuse_signature(world.moderator, find(ba, order), "Mutasi jabatan")
    ba.refresh_from_db()
    assert ba.state == BaState.COMPLETE


def test_change_of_signatory_is_a_row_and_the_text_stays(closed):
    ba = closed.final()
    world = closed.world
    sha = sha_of(ba)
    first = find(ba, 1)
    data = SignatoryData(world.bappenas_inst.pk, "Direktur", "Nama Baru", mode="portal", user_id=world.kl.user.pk)
    change_signatory(world.moderator, first, data, reason="Cuti", seen_version=ba.version)
    assert (SignatoryChange.objects.count(), sha_of(ba)) == (1, sha)
    assert find(ba, 1).institution == world.pu
    with pytest.raises(NotAllowed):
        confirm(world.chair, find(ba, 1), shown_sha256=sha, password=PASSWORD)
    confirm(world.kl, find(ba, 1), shown_sha256=sha, password=PASSWORD)
    assert sheet_of(ba).changes[0].startswith("Penanda tangan nomor 1: semula")


def test_draft_is_edited_by_staff_with_the_version_seen(closed):
    ba = closed.draft()
    world = closed.world
    seen = ba.version
    edit_ba(world.notulis, ba, place="Bandung", signed_on=dt.date(2026, 3, 1), sign_due=None, seen_version=seen)
    with pytest.raises(StaleState):
        edit_ba(world.notulis, ba, place="Bogor", signed_on=dt.date(2026, 3, 1), sign_due=None, seen_version=seen)
    data = SignatoryData(
        world.bappenas_inst.pk, "Deputi", "Nama", nip="19800101 200501 1 001", prefix="an", principal_office="Menteri"
    )
    row = save_signatory(world.notulis, ba, data, seen_version=ba.version)
    assert (row.order, sheet_of(ba).signers[-1].office_lines, sheet_of(ba).signers[-1].nip_text) == (
        5, ("a.n. Menteri", "Deputi"), "19800101 200501 1 001",
    )  # fmt: skip
    remove_signatory(world.notulis, ba, 5, seen_version=ba.version)
    with pytest.raises(NotAllowed):
        remove_signatory(world.kl, ba, 4, seen_version=ba.version)
    assert ba.signatories.count() == 4


@pytest.mark.parametrize("text", ["123", "19800101200501100X"])
def test_a_wrong_nip_is_refused(text):
    with pytest.raises(InvalidInput):
        read_nip(text)


@pytest.mark.parametrize("pattern", ["BA/{tahun}", "{no.__class__}", "{no}{lain}", "{no", "{no:03d}" * 90])
def test_a_wrong_pattern_is_refused(pattern):
    with pytest.raises(InvalidInput):
        check_pattern(pattern)


def test_wording_is_checked():
    assert set(read_body(default_body()))
    for wrong in (
        "{",
        "[]",
        default_body().replace("{desk}", "{rahasia}"),
        default_body().replace("{desk}", "{desk.x}"),
    ):
        with pytest.raises(InvalidInput):
            read_body(wrong)
