"""The berita acara of a kewilayahan desk in a provincial round: provincial words, programs, places, corrections."""

from __future__ import annotations

import pytest

from agreements.exports.workbook import ba_workbook
from agreements.selectors.frozen import sheet_of
from agreements.services.draft import draft_ba
from core.excel import read_rows
from desks.choices import BaScope, CorrectedField
from desks.models import Round
from desks.services.room import call_item, close_session, record_attendance
from desks.services.settle import settle
from desks.services.talk import take_stances
from desks.services.usulan.aims import AimData
from desks.services.usulan.room import correct_usulan, settle_place
from tests.desks.local_usulan_world import build_local

pytestmark = pytest.mark.django_db


def test_the_paper_prints_programs_places_and_corrections_in_provincial_words():
    kewil = build_local(1)
    made = kewil.made
    Round.objects.filter(pk=made.round.pk).update(ba_scope=BaScope.SESSION)
    item = kewil.submitted("Jalan", "Kecamatan Ciruas", "Kecamatan Petir")
    session = kewil.session()
    for actor in (made.dinas[0], made.local[0]):
        record_attendance(made.notulis, session, institution=actor.institution, mode="onsite", user=actor.user)
    call_item(made.moderator, session, item, seen_version=item.version)
    item = kewil.item(item)
    grant = AimData(grant=True, charge_id=made.dinas[0].institution.pk)
    correct_usulan(
        made.moderator, session, item, CorrectedField.PROGRAM, aim=grant, reason="kewenangan", seen_version=item.version
    )
    item = kewil.item(item)
    place = item.usulan.places.order_by("-pk")[0]
    settle_place(
        made.moderator, session, item, place.code, verdict="declined", reason="apbd_kabkota", seen_version=item.version
    )
    item = kewil.item(item)
    last = item.positions.order_by("-seq")[0].seq
    assert all(
        take_stances(actor, [(item.code, last)], kind="setuju")[0].ok for actor in (made.dinas[0], made.local[0])
    )
    settle(made.moderator, session, item, "agree_noted", seen_version=item.version, conclusion="Bertahap")
    close_session(made.moderator, session, reason="waktu")
    session.refresh_from_db()
    sheet = sheet_of(draft_ba(made.chair, session))
    (row,) = sheet.usulan
    assert (row.kl, row.ro_code, row.ro) == ("Dinas Kesehatan Banten", "Bankeu", "Bantuan Keuangan Provinsi")
    assert [(each.region, each.detail) for each in row.places] == [("Kabupaten 1", "Kecamatan Ciruas")]
    assert [(each.kind, each.reason) for each in sheet.usulan_left] == [
        ("Lokasi", "Diarahkan ke APBD kabupaten/kota (kewenangan kabupaten/kota)")
    ]
    agreed = " ".join(text for _, text in sheet.agreements)
    assert (
        "Usulan kabupaten/kota yang direkomendasikan" in agreed
        and "Koreksi program, perangkat daerah provinsi, satuan" in agreed
    )
    assert "RKPD provinsi" in agreed and "Renja K/L" not in agreed
    book = ba_workbook(sheet)
    assert "Program/sub kegiatan provinsi" in [str(cell) for line in read_rows(book, "Lampiran 2") for cell in line]
    assert "KOREKSI PROGRAM, PERANGKAT DAERAH PROVINSI" in str(read_rows(book, "Lampiran 4")[5][0])
    head = read_rows(book, "Data")[0]
    assert "Kode program/sub kegiatan" in head and "Kode RO" not in head
