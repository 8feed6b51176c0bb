"""The workbook read back cell by cell, and equal again whenever it is made."""

from __future__ import annotations

import dataclasses
import io
import zipfile

from django.core.management import call_command

from agreements.exports.layout import lines_needed, pieces
from agreements.exports.workbook import ba_workbook
from agreements.models import BeritaAcara
from agreements.selectors.frozen import sheet_of
from core.codes import format_check_code
from core.excel import read_rows, sheet_names
from desks.models import Item
from planning.models import Nomenclature
from tests.agreements.made import LONG, close_up
from tests.desks.world import build

SHEETS = ["Berita Acara", "Lampiran 1", "Lampiran 2", "Lampiran 3", "Lampiran 4", "Lampiran 5", "Data"]


def filled(rows, first):
    """Rows from `first` (1-based) without empty tails."""
    cut = []
    for row in rows[first - 1 :]:
        while row and row[-1] is None:
            row = row[:-1]
        cut.append(row)
    return cut


def test_lampiran_cell_by_cell(closed):
    ba = closed.final()
    book = ba_workbook(sheet_of(ba))
    assert sheet_names(book) == SHEETS
    assert filled(read_rows(book, "Lampiran 2"), 7) == [
        ["No", "Kode", "Indikator", "Satuan", "Target nasional", "Usulan daerah", "Kesepakatan", "Status", "Dasar persetujuan", "Kesimpulan"],
        ["1", "1.03.001", "Persentase jalan provinsi mantap ruas 1", "%", "14,00", "14,50", "14,50", "Disepakati",
         "Kemendagri, Kementerian PU, Bappeda Jawa Barat: menyatakan sendiri"],
        ["2", "1.03.002", "Persentase jalan provinsi mantap ruas 2", "%", "14,00", "14,50", "14,20", "Disepakati dengan catatan",
         "Kemendagri, Kementerian PU, Bappeda Jawa Barat: lisan, dicatat", "=1+1 disepakati"],
    ]  # fmt: skip
    supports = filled(read_rows(book, "Lampiran 3"), 8)
    assert [row[8:] for row in supports[:4]] == [
        ["100.000.000", "Disepakati"],
        ["1.250.000.000"],
        ["100.000.000", "Disepakati dengan catatan. Lahan menyusul"],
        ["750.000.000"],
    ]
    assert supports[-1] == ["Jumlah", None, None, None, None, None, None, None, "2.200.000.000"]
    left = filled(read_rows(book, "Lampiran 4"), 8)
    assert left[0][-1] == "Anggaran daerah tersedia"
    notes = filled(read_rows(book, "Lampiran 5"), 8)
    assert "".join(row[-1] for row in notes[1:]).split() == LONG.split()
    assert {row[0] for row in notes[2:]} == {None}


def test_data_has_true_numbers_and_codes_as_text(closed):
    ba = closed.final()
    head, *rows = read_rows(ba_workbook(sheet_of(ba)), "Data")
    table = [dict(zip(head, row, strict=True)) for row in rows]
    target = table[1]
    assert (target["Kesepakatan min"], target["Kesepakatan maks"], target["Kesepakatan tertulis"]) == (
        14.2,
        14.2,
        "14,20",
    )
    assert (target["Kode indikator"], target["Kode wilayah"], target["Satuan"]) == ("1.03.002", "32", "%")
    assert sum(row["Pagu kesepakatan (Rp)"] or 0 for row in table) == 2_200_000_000
    assert sum(row["Volume"] or 0 for row in table) == 25
    assert [row["Lampiran"] for row in table] == ["II", "II", "III", "III", "III", "III", "IV", "IV", "IV", "V", "V"]


def test_text_stays_text(closed):
    Nomenclature.objects.filter(kode="1.03.10.1.01.0001").update(name="=1+1")
    book = ba_workbook(sheet_of(closed.final()))
    assert read_rows(book, "Lampiran 3")[7][2] == "=1+1"
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        assert sum(archive.read(name).count(b"<f>") for name in archive.namelist()) == 0


def test_equal_again_after_everything_was_renamed(closed):
    ba = closed.final()
    first = ba_workbook(sheet_of(ba))
    Item.objects.filter(value_agreed_kind="point").update(value_agreed_min=99, value_agreed_max=99)
    closed.world.pu.name = "Diganti"
    closed.world.pu.save()
    assert ba_workbook(sheet_of(BeritaAcara.objects.get(pk=ba.pk))) == first


def test_every_page_of_a_draft_says_so(closed):
    book = ba_workbook(sheet_of(closed.draft()))
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        sheets = [archive.read(f"xl/worksheets/sheet{no}.xml").decode() for no in range(1, 7)]
    assert [sheet.count("DRAF</oddHeader>") for sheet in sheets] == [1] * 6
    assert [sheet.count("Halaman &amp;P dari &amp;N") for sheet in sheets] == [1] * 6


def test_paper_footer_and_repeated_head(closed):
    ba = closed.final()
    book = ba_workbook(sheet_of(ba))
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        sheet = archive.read("xl/worksheets/sheet3.xml").decode()
        names = archive.read("xl/workbook.xml").decode()
    assert (sheet.count('paperSize="14"'), sheet.count('orientation="landscape"')) == (1, 1)
    assert (sheet.count(ba.number), sheet.count(format_check_code(ba.check_code))) == (2, 2)
    assert names.count("Print_Titles") == 6


def test_empty_parts_say_so(db):
    closed = close_up(build(4))
    sheet = dataclasses.replace(
        sheet_of(closed.draft()), targets=(), supports=(), totals=(), left=(), notes=(), attendance=()
    )
    book = ba_workbook(sheet)
    assert [read_rows(book, f"Lampiran {no}")[7][0] for no in range(1, 6)] == ["Tidak ada data"] * 5


def test_command_writes_the_same_file(closed, tmp_path):
    ba = closed.final()
    target = tmp_path / "ba.xlsx"
    call_command("export_berita_acara", ba.number, str(target), stdout=io.StringIO())
    assert target.read_bytes() == ba_workbook(sheet_of(ba))


def test_long_text_goes_on_in_parts():
    text = LONG + "\n" * 60 + "x" * 3000
    parts = pieces(text, 60, 20)
    assert "".join(parts) == text
    assert [part for part in parts if lines_needed(part, 60) > 20] == []
