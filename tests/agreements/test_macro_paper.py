"""The berita acara of a makro desk: what it prints, freezes and puts into the workbook; others stay as they were."""

from __future__ import annotations

import json

import pytest
from django.urls import reverse

from agreements.exports.workbook import ba_workbook
from agreements.models import BeritaAcara, Line, Snapshot
from agreements.selectors.frozen import sheet_of
from agreements.selectors.live import Material, gather
from agreements.selectors.missing import strand_lacks
from agreements.selectors.strand_rows import strand_parts
from agreements.services.draft import draft_ba
from agreements.services.finalise import finalise
from agreements.verify import verify_all
from core.excel import read_rows, sheet_names
from desks.models import Session
from desks.services.item import RowWrite, save_rows
from desks.services.room import call_item, close_session, record_attendance
from desks.services.settle import settle
from tests.agreements.test_views import client_of
from tests.desks.macro_world import Macro, add_macro
from tests.desks.world import build

SHEETS = ["Berita Acara", "Lampiran 1", "Lampiran 2", "Lampiran 3", "Lampiran 4", "Lampiran 5", "Data"]


def sat(*, actions: bool = True) -> tuple[Macro, Session]:
    """A closed sitting: two rows agreed, one with a note, one left."""
    macro = add_macro(build(1), 3)
    world = macro.world
    if actions:
        macro.act(world.bappeda, macro.item(), "daerah", "Pelatihan vokasi")
    macro.fill()
    macro.submit()
    if actions:
        macro.act(world.kl, macro.item(), "pusat", "Padat karya tunai")
    session = macro.sit()
    record_attendance(world.notulis, session, institution=world.bappenas_inst, mode="onsite", user=world.bappenas.user)
    macro.consent()
    for place in (0, 1):
        item = macro.item(place)
        call_item(world.moderator, session, item, seen_version=item.version)
    if actions:
        macro.act(world.notulis, macro.item(1), "daerah", "=Operasi pasar", session)
    item = macro.item(0)
    settle(world.moderator, session, item, "agree", seen_version=item.version)
    item = macro.item(1)
    settle(world.moderator, session, item, "agree_noted", seen_version=item.version, conclusion="ditinjau")
    close_session(world.moderator, session, reason="waktu")
    session.refresh_from_db()
    return macro, session


def final(macro: Macro, session: Session) -> BeritaAcara:
    ba = draft_ba(macro.world.moderator, session)
    return finalise(macro.world.moderator, ba, seen_version=ba.version)


def rows_of(book: bytes, name: str, first: int = 7) -> list[list[object]]:
    found = []
    for row in read_rows(book, name)[first - 1 :]:
        while row and row[-1] is None:
            row = row[:-1]
        found.append(row)
    return found


pytestmark = pytest.mark.django_db


def test_a_row_without_data_says_so_and_not_that_it_is_irrelevant():
    macro = add_macro(build(1), 1)
    world, item = macro.world, macro.item()
    why = {"applicability": "no_data", "applicability_reason": "Rilis belum terbit"}
    assert save_rows(world.bappeda, rows=[RowWrite(item.code, item.version, why)])[0].ok
    macro.submit()
    session = macro.sit()
    macro.consent()
    item = macro.item()
    settle(world.moderator, session, item, "agree", seen_version=item.version)
    close_session(world.moderator, session)
    session.refresh_from_db()
    draft = draft_ba(world.moderator, session)
    assert [row.agreed_text for row in sheet_of(draft).targets] == ["data belum tersedia"]
    ba = finalise(world.moderator, draft, seen_version=draft.version)
    assert [row.agreed_text for row in sheet_of(ba).targets] == ["data belum tersedia"]
    assert verify_all().faults == []


def test_lampiran_cell_by_cell():
    macro, session = sat()
    book = ba_workbook(sheet_of(final(macro, session)))
    assert sheet_names(book) == SHEETS
    assert rows_of(book, "Lampiran 2")[:2] == [
        ["No", "Kode", "Indikator", "Satuan", "Realisasi terakhir", "RPJMN wilayah", "RPJMD", "Target nasional", "Usulan daerah",
         "Kesepakatan", "Status", "Dasar persetujuan", "Kesimpulan"],
        ["1", "MK-01", "Laju Pertumbuhan Ekonomi", "persen", "5,15\n(2024, BPS, September)", "6,80\n(2029)", "5,70", "5,80–6,30", "5,30–5,70",
         "5,30–5,70", "Disepakati", "Kemendagri, Bappenas, Bappeda Jawa Barat: menyatakan sendiri"],
    ]  # fmt: skip
    assert rows_of(book, "Lampiran 3") == [
        ["No", "Indikator", "Kesepakatan", "Pihak", "Strategi dan aksi", "Penanggung jawab", "Keterangan"],
        ["1", "Laju Pertumbuhan Ekonomi", "5,30–5,70", "Pusat", "Padat karya tunai", "Kementerian PU"],
        ["2", "Laju Pertumbuhan Ekonomi", "5,30–5,70", "Daerah", "Pelatihan vokasi", "Tim gabungan"],
        ["3", "Tingkat Kemiskinan", "5,30–5,70", "Daerah", "=Operasi pasar", "Tim gabungan", "Ditambahkan di desk"],
    ]  # fmt: skip
    heads = {name: [row[0] for row in read_rows(book, name)[:6]] for name in ("Lampiran 2", "Lampiran 3")}
    assert heads["Lampiran 2"][0] == "LAMPIRAN II"
    assert heads["Lampiran 2"][5] == "TARGET INDIKATOR MAKRO TAHUN 2027 YANG DISEPAKATI"
    assert (heads["Lampiran 3"][0], heads["Lampiran 3"][5]) == (
        "LAMPIRAN III",
        "STRATEGI DAN AKSI PUSAT DAN DAERAH TAHUN 2027",
    )
    text = " ".join(str(cell) for row in read_rows(book, "Berita Acara") for cell in row if cell)
    assert "Strategi dan aksi pusat dan daerah untuk mencapai target tersebut" in text
    assert "Target indikator makro Tahun 2027" in text
    assert "Sub kegiatan" not in text


def test_data_has_the_actions_with_true_numbers():
    macro, session = sat()
    head, *rows = read_rows(ba_workbook(sheet_of(final(macro, session))), "Data")
    table = [dict(zip(head, row, strict=True)) for row in rows]
    assert "Kode sub kegiatan" not in head
    assert [row["Lampiran"] for row in table] == ["II", "II", "III", "III", "III", "IV"]
    assert (table[0]["Kesepakatan min"], table[0]["Kesepakatan maks"]) == (5.3, 5.7)
    assert [(row["Pihak"], row["Strategi dan aksi"], row["Kode penanggung jawab"]) for row in table[2:5]] == [
        ("Pusat", "Padat karya tunai", "kl:033"), ("Daerah", "Pelatihan vokasi", None), ("Daerah", "=Operasi pasar", None),
    ]  # fmt: skip


def test_what_was_frozen_is_what_is_printed_later():
    macro, session = sat()
    ba = final(macro, session)
    before = ba_workbook(sheet_of(ba))
    macro.item().actions.update(text="diubah di belakang")
    assert ba_workbook(sheet_of(ba)) == before
    lines = Line.objects.filter(ba=ba, lampiran="3m").order_by("order")
    assert [json.loads(line.cells)["text"] for line in lines] == [
        "Padat karya tunai",
        "Pelatihan vokasi",
        "=Operasi pasar",
    ]
    assert lines[0].item_code == macro.item().code
    report = verify_all()
    assert (report.faults, report.remarks) == ([], [])


def test_an_empty_section_of_that_kind_says_so():
    macro, session = sat(actions=False)
    ba = draft_ba(macro.world.moderator, session)
    sheet = sheet_of(ba)
    assert [row[0] for row in rows_of(ba_workbook(sheet), "Lampiran 3")[1:]] == ["Tidak ada data"]
    assert strand_lacks(sheet) == ["2 target disepakati tanpa strategi dan aksi."]
    page = client_of(macro.world.moderator).get(reverse("agreements:ba", args=[ba.code])).content.decode()
    assert "STRATEGI DAN AKSI PUSAT DAN DAERAH" in page
    assert "SUB KEGIATAN PENDUKUNG" not in page
    assert "2 target disepakati tanpa strategi dan aksi." in page


def test_the_review_page_prints_the_actions():
    macro, session = sat()
    ba = draft_ba(macro.world.moderator, session)
    page = client_of(macro.world.bappenas).get(reverse("agreements:ba", args=[ba.code]))
    for word in ("Padat karya tunai", "Pelatihan vokasi", "Kementerian PU", "Realisasi terakhir", "LAMPIRAN III"):
        assert word in page.content.decode()


def test_the_text_of_an_urusan_paper_has_no_key_of_makro(closed):
    ba = closed.final()
    content = json.loads(Snapshot.objects.get(ba=ba).canonical)["sheet"]
    assert {"actions", "strand"}.isdisjoint(content)
    assert {"actual", "rpjmn", "rpjmd"}.isdisjoint(content["targets"][0])
    assert sheet_of(ba).strand == "urusan"


def test_the_figures_and_actions_of_a_paper_cost_the_same_at_any_size(django_assert_num_queries):
    macro, session = sat()
    found = gather(draft_ba(macro.world.moderator, session))
    one = Material(
        found.ba, session, items=found.items[:1], states=found.states, consents=found.consents, basis=found.basis
    )
    for material in (one, found):
        with django_assert_num_queries(
            4
        ):  # figures of the indicators, targets of the documents and of island groups, actions
            strand_parts(material)
