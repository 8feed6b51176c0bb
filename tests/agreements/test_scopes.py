"""Berita acara over several sittings: what they take in, what they say is missing, how they are frozen, refused, voided and checked; and the induk."""

from __future__ import annotations

import io
import json

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from agreements.exports.workbook import ba_workbook
from agreements.models import BaPart, BaSession, BeritaAcara, Line, Signatory, Snapshot
from agreements.selectors.frozen import sheet_of
from agreements.selectors.live import live_sheet
from agreements.selectors.material import gather
from agreements.selectors.missing import lacks
from agreements.selectors.scopes import draftable
from agreements.services import confirm, draft_ba, draft_induk, draft_scope, finalise, refuse, save_signatory, void_ba
from agreements.services.signatories import SignatoryData, find
from agreements.verify import verify_one
from core.errors import InvalidInput, NotAllowed, TransitionNotAllowed
from desks.choices import BaScope
from desks.models import Event, Meja
from desks.services.room import reopen_session
from tests.desks import provincial_world as p
from tests.desks.chain import verify_chain
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db


def check_all() -> None:
    """Every chain of every meja holds."""
    for meja in Meja.objects.all():
        verify_chain(meja)


def held(scope: str = BaScope.ROUND, n: int = 3) -> p.Provincial:
    """Both desks have sat with all regions at once; two rows of the second were left."""
    made = p.build(n, scope=scope)
    for place, desk in enumerate(made.desks):
        p.hand_in(made, desk)
        p.sit(made, desk, settled=None if place == 0 else n - 2)
    return made


def named(made: p.Provincial, ba: BeritaAcara) -> BeritaAcara:
    """Every signatory has a name: those without an account sign on paper."""
    for row in Signatory.objects.filter(ba=ba, name=""):
        ba.refresh_from_db()
        data = SignatoryData(row.institution_id, "Kepala", f"Nama {row.order}", chair=row.chair)
        save_signatory(made.chair, ba, data, seen_version=ba.version, order=row.order)
    ba.refresh_from_db()
    return ba


def final(made: p.Provincial, ba: BeritaAcara) -> BeritaAcara:
    """The final one."""
    ba = named(made, ba)
    return finalise(made.chair, ba, seen_version=ba.version)


def test_the_whole_round_is_one_paper_with_a_set_of_lampiran_for_each_desk():
    made = held()
    ba = draft_scope(made.notulis, made.round)
    sheet = live_sheet(ba)
    assert sheet.title[-1] == "PROVINSI BANTEN" and sheet.area == "provinsi"
    assert [(part.part, len(part.targets), len(part.left)) for part in sheet.parts] == [("1.02", 3, 0), ("1.03", 1, 2)]
    assert [row.no for row in sheet.parts[1].targets] == [1] and sheet.parts[0].many_regions
    assert "Dinas Kesehatan Banten" in {block.institution for block in sheet.consenting}
    assert {"Bappeda Kabupaten 1", "Bappeda Kabupaten 3"} <= {block.institution for block in sheet.consenting}
    assert ("Tamu BKKBN", "Perwakilan BKKBN Banten") in {
        (row.name, row.institution) for row in sheet.parts[0].attendance
    }
    assert "Perwakilan BKKBN Banten" not in {block.institution for block in sheet.signers}


def test_it_locks_prints_and_checks_over_all_mejas():
    made = held()
    ba = final(made, draft_scope(made.chair, made.round))
    assert ba.number.startswith("001/BA/")
    items = [item for desk in made.desks for item in made.items(desk)]
    assert [item.locked_at is not None for item in items] == [True] * 4 + [False] * 2
    assert set(Event.objects.filter(action="finalise_ba").values_list("meja__region__kode", flat=True)) == {
        "36.01",
        "36.02",
        "36.03",
    }
    assert Event.objects.filter(action="finalise_ba").count() == 6
    assert BaSession.objects.filter(ba=ba).count() == 2
    check_all()
    assert verify_one(ba).faults == []
    frozen = sheet_of(ba)
    assert json.loads(Snapshot.objects.get(ba=ba).canonical)["scope"] == "round" and len(frozen.heads) == 6
    orders = list(Line.objects.filter(ba=ba, lampiran="2").order_by("order").values_list("order", flat=True))
    assert orders == [1, 2, 3, 4]


def test_the_workbook_has_a_set_of_sheets_for_each_desk():
    made = held()
    ba = final(made, draft_scope(made.chair, made.round))
    book = load_workbook(io.BytesIO(ba_workbook(sheet_of(ba))))
    sets = [f"{code} Lampiran {no}" for code in ("1.02", "1.03") for no in range(1, 6)]
    assert book.sheetnames == ["Berita Acara", *sets, "Data"]
    page = [[cell.value for cell in row] for row in book["1.02 Lampiran 2"].iter_rows()]
    assert page[0][0] == "LAMPIRAN II DESK KESEHATAN" and "Target provinsi" in page[6] and page[7][1] == "Kabupaten 1"
    assert book["1.02 Lampiran 3"]["A8"].value == "Tidak ada data"
    data = [[cell.value for cell in row] for row in book["Data"].iter_rows()]
    assert data[0][-1] == "Desk" and {row[-1] for row in data[1:]} == {"1.02 Kesehatan", "1.03 Pekerjaan Umum"}


def test_a_draft_says_what_is_open_and_takes_in_what_closes_meanwhile():
    made = p.build(2)
    first, second = made.desks
    for desk in made.desks:
        p.hand_in(made, desk)
    p.sit(made, first)
    running = p.sit(made, second, close=False)
    ba = draft_scope(made.chair, made.round)
    found = gather(ba)
    assert len(found.sessions) == 1 and [row.pk for row in found.open_sessions] == [running.pk]
    texts = [row.text for row in lacks(ba, found, live_sheet(ba, found)) if row.blocks]
    assert "1 sesi masih berlangsung: Pekerjaan Umum sesi 1." in texts
    ba = named(made, ba)
    with pytest.raises(TransitionNotAllowed):
        finalise(made.chair, ba, seen_version=ba.version)
    from desks.services.room import close_session

    close_session(made.moderator, running, reason="waktu")
    assert len(gather(ba).sessions) == 2


def test_rows_of_a_desk_that_never_sat_are_printed_as_such():
    made = p.build(2)
    for desk in made.desks:
        p.hand_in(made, desk)
    p.sit(made, made.desks[0])
    sheet = live_sheet(draft_scope(made.chair, made.round))
    assert {row.reason for row in sheet.parts[1].left} == {"Belum dibahas dalam sesi mana pun"}


def test_the_rule_of_the_round_names_the_scope_and_the_staff_drafts():
    made = held(BaScope.DESK)
    with pytest.raises(InvalidInput):
        draft_scope(made.chair, made.round)
    with pytest.raises(NotAllowed):
        draft_scope(made.local[0], made.round, desk=made.desks[0])
    ba = draft_scope(made.moderator, made.round, desk=made.desks[0])
    assert [part.part for part in live_sheet(ba).parts] == ["1.02"] and ba.mejas.count() == 3
    with pytest.raises(TransitionNotAllowed):
        draft_scope(made.chair, made.round, desk=made.desks[0])
    assert [row.desk and row.desk.code for row in draftable(made.chair)] == ["1.03"]


def test_per_region_over_all_desks_each_region_gets_its_own_rows():
    made = held(BaScope.REGION)
    bas = [final(made, draft_scope(made.chair, made.round, region=place)) for place in made.places[:2]]
    for ba, place in zip(bas, made.places, strict=False):
        sheet = sheet_of(ba)
        assert {row.region for part in sheet.parts for row in (*part.targets, *part.left)} == {place.name}
        assert ba.mejas.count() == 2 and verify_one(ba).faults == []
    assert [row.region and row.region.kode for row in draftable(made.chair)] == ["36.03"]


def test_a_refusal_voids_it_and_frees_rows_and_sittings_of_all_mejas():
    made = held()
    ba = final(made, draft_scope(made.chair, made.round))
    session = ba.sessions.first()
    assert session is not None
    with pytest.raises(TransitionNotAllowed):
        reopen_session(made.chair, session, note="Keliru")
    signer = Signatory.objects.get(ba=ba, user=made.local[1].user)
    refuse(made.local[1], find(ba, signer.order), "Angka belum sama")
    ba.refresh_from_db()
    assert ba.state == "void" and not any(item.locked_at for desk in made.desks for item in made.items(desk))
    assert Event.objects.filter(action="void_ba").count() == 6
    reopen_session(made.chair, session, note="Keliru")
    again = draft_scope(made.chair, made.round)
    assert again.revision == 2 and len(gather(again).sessions) == 1
    check_all()


def test_a_later_sitting_gets_a_later_paper():
    made = held()
    final(made, draft_scope(made.chair, made.round))
    with pytest.raises(TransitionNotAllowed):
        draft_scope(made.chair, made.round)
    p.sit(made, made.desks[1])
    late = draft_scope(made.chair, made.round)
    assert late.title == "Seluruh penyelenggaraan · ke-2"
    assert [len(part.targets) for part in live_sheet(late).parts] == [0, 2]


def test_an_induk_lists_and_hashes_its_parts_and_locks_nothing():
    made = held(BaScope.DESK)
    parts = [final(made, draft_scope(made.chair, made.round, desk=desk)) for desk in made.desks]
    induk = final(made, draft_induk(made.chair, made.round))
    sheet = sheet_of(induk)
    assert [(row.number, row.sha256) for row in sheet.papers] == [
        (part.number, Snapshot.objects.get(ba=part).sha256) for part in parts
    ]
    assert BaPart.objects.filter(ba=induk).count() == 2 and verify_one(induk).faults == []
    book = load_workbook(io.BytesIO(ba_workbook(sheet)))
    assert book.sheetnames[:2] == ["Berita Acara", "Lampiran 1"]
    BaPart.objects.filter(ba=induk, part=parts[1]).delete()
    assert [fault.table for fault in verify_one(induk).faults] == ["BaPart"]
    void_ba(made.chair, induk, reason="Salah daftar", seen_version=induk.version)
    assert all(item.locked_at for item in made.items(made.desks[0]))


def test_a_sitting_left_out_of_the_record_is_named():
    made = held()
    ba = final(made, draft_scope(made.chair, made.round))
    BaSession.objects.filter(ba=ba).first().delete()  # type: ignore[union-attr]
    assert [fault.table for fault in verify_one(ba).faults] == ["BaSession"]


def test_commands_work_for_every_scope(tmp_path, capsys):
    made = held()
    ba = final(made, draft_scope(made.chair, made.round))
    call_command("export_berita_acara", ba.number, tmp_path / "ba.xlsx")
    call_command("verify_berita_acara", ba.number)
    assert (tmp_path / "ba.xlsx").stat().st_size > 5000


def test_the_pages_lead_from_the_list_to_the_signed_paper():
    made = held()
    client = Client()
    client.force_login(made.chair.user, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(reverse("agreements:ba_list")).content.decode()
    address = reverse("agreements:draft_scope", args=[made.round.code])
    assert "Berita acara yang dapat disusun" in page and address in page and "2 sesi ditutup" in page
    shown = client.get(address).content.decode()
    assert "Kesehatan, sesi 1" in shown and "Susun draf" in shown
    answer = client.post(address)
    ba = BeritaAcara.objects.get()
    assert answer.status_code == 302 and answer["Location"] == reverse("agreements:ba", args=[ba.code])
    assert client.post(address)["Location"] == answer["Location"], "a second click leads to the same draft"
    text = client.get(answer["Location"]).content.decode()
    assert "Sesi dalam berita acara ini" in text and "LAMPIRAN II DESK KESEHATAN" in text
    ba = final(made, ba)
    local = Client()
    local.force_login(made.local[0].user, backend="django.contrib.auth.backends.ModelBackend")
    assert ba.number in local.get(reverse("agreements:ba", args=[ba.code])).content.decode()
    row = Signatory.objects.get(ba=ba, user=made.local[0].user)
    confirm(made.local[0], find(ba, row.order), shown_sha256=Snapshot.objects.get(ba=ba).sha256, password=PASSWORD)
    check = local.get(reverse("agreements:check", args=[ba.check_code])).content.decode()
    assert ba.number in check and "Kabupaten 2" in check


def test_outsiders_and_regions_do_not_draft(client):
    made = held()
    address = reverse("agreements:draft_scope", args=[made.round.code])
    for actor, status in ((made.outsider, 404), (made.local[0], 403), (made.observer, 403), (made.dinas[0], 403)):
        client.force_login(actor.user, backend="django.contrib.auth.backends.ModelBackend")
        assert client.get(address).status_code == status
        assert client.post(reverse("agreements:draft_induk", args=[made.round.code])).status_code == status
    assert not BeritaAcara.objects.exists()


@pytest.mark.parametrize("n", [2, 6])
def test_reading_costs_the_same_for_two_and_six_regions(n):
    made = p.build(n)
    for desk in made.desks:
        p.hand_in(made, desk)
        p.sit(made, desk)
    ba = BeritaAcara.objects.select_related("round__host__region", "desk", "region").get(
        pk=draft_scope(made.chair, made.round).pk
    )
    with CaptureQueriesContext(connection) as seen:
        live_sheet(ba, gather(ba))
    assert len(seen) == 21, "the same for any number of regions"


def test_a_session_of_a_provincial_round_is_still_drafted_by_itself():
    made = p.build(2, scope=BaScope.SESSION)
    p.hand_in(made, made.desks[0])
    session = p.sit(made, made.desks[0])
    ba = final(made, draft_ba(made.moderator, session))
    sheet = sheet_of(ba)
    assert not sheet.sections and sheet.area == "provinsi" and verify_one(ba).faults == []
    assert list(ba.sessions.all()) == [session]
