"""Every broken file gets a clear word for its rows, and the rows around stay good."""

from __future__ import annotations

import json

import pytest

from core.errors import InvalidInput
from core.imports.raw import read_raw
from indicators.services.ties import IndicatorTie
from planning.imports.layouts.mapping import check_columns, lay_out, read_rows
from planning.models import Nomenclature, NomenclatureVersion
from tests.desks.world import build
from tests.planning.layouts.broken import CASES
from tests.planning.layouts.sheets import FLAT, SUB, csv, flat, head_for, xlsx
from tests.stored import stored

pytestmark = pytest.mark.django_db


@stored
def catalogue():
    """The world with the levels above its sub kegiatan, a generic programme, and a row of the other level of government."""
    world = build(1)
    edition = NomenclatureVersion.objects.get(code="uji")
    rows = [
        ("provinsi", "1.03", "bidang_urusan", "Pekerjaan Umum"), ("provinsi", "1.01", "bidang_urusan", "Pendidikan"),
        ("provinsi", "1.10", "bidang_urusan", "Bidang kesepuluh"), ("provinsi", "1.03.10", "program", "Program Jalan"),
        ("provinsi", "1.03.10.1.01", "kegiatan", "Kegiatan Jalan"), ("provinsi", "X.XX.01.1.01.0001", "sub_kegiatan", "Perencanaan"),
        ("kabkota", "1.03.10.2.01.0001", "sub_kegiatan", "Jalan kota"),
    ]  # fmt: skip
    Nomenclature.objects.bulk_create(
        Nomenclature(version=edition, gov_level=government, kode=kode, level=level, name=name)
        for government, kode, level, name in rows
    )
    Nomenclature.objects.filter(kode=f"{SUB}1").update(predecessor="1.03.10.1.01.0077")
    return world


def read(content: bytes, head):
    """All rows as they would be read, and that no row below the header is lost."""
    layout = lay_out(read_raw(content, "berkas"), head)
    check_columns(layout.columns, head.kind, head.year_from, head.year_to)
    rows = list(read_rows(layout, head, IndicatorTie()))
    filled = [
        no
        for no, cells in enumerate(layout.sheet.rows)
        if no > layout.header.last and any(cell is not None for cell in cells)
    ]
    assert [row.line for row in rows] == [no + 1 for no in filled]
    return {row.line: row for row in rows}


def test_there_are_enough_of_them():
    assert len(CASES) >= 120
    assert len({name for name, _, _ in CASES}) == len(CASES)


@pytest.mark.parametrize(("content", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_a_broken_file_is_read_row_by_row(content, expected):
    rows = read(content, head_for(catalogue()))
    for line, (outcome, words) in expected.items():
        row = rows[line]
        said = f"{row.note} {row.code} {json.dumps(row.data, ensure_ascii=False, separators=(',', ':'))}"
        assert (row.outcome.value, words in said) == (outcome, True), (line, row.outcome, said)
        assert (row.data is None) == (outcome in ("ditolak", "dilewati"))


NO_TABLE = {
    "html sebagai xls": (b"<html><table><tr><td>Kode</td></tr></table></html>", "halaman web"),
    "xls lama": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "Excel lama"),
    "zip terpotong": (xlsx([FLAT, flat(1)])[:900], "rusak"),
    "kosong": (b"", "kosong"),
    "hanya spasi": (b"  \r\n ", "kosong"),
    "biner": (b"\x00\x01\x02\x03" * 50, "kosong, atau bukan"),
    "lembar kosong": (xlsx([]), "kosong"),
    "tanpa judul": (xlsx([["1", "2"], ["3", "4"]]), "Baris judul kolom tidak ditemukan"),
    "surat": (csv([["Yth. Bapak Kepala Bappeda"], ["Dengan hormat"]]), "Baris judul kolom tidak ditemukan"),
    "tanpa kode": (xlsx([["Uraian", "Target 2027", "Pagu"], ["Jalan", 1, 2]]), "Pilih kolom kode"),
    "tanpa target dan pagu": (xlsx([["Kode", "Uraian"], [f"{SUB}1", "Jalan"]]), "target atau pagu"),
    "tahun lain": (xlsx([["Kode", "Uraian", "Target 2031", "Pagu 2031"], [f"{SUB}1", "Jalan", 1, 2]]), "target atau pagu"),
}  # fmt: skip


@pytest.mark.parametrize("name", NO_TABLE)
def test_what_is_no_table_is_refused_in_words(name):
    content, words = NO_TABLE[name]
    with pytest.raises(InvalidInput, match=words):
        read(content, head_for(catalogue()))
