"""Every broken file gets an answer in words that says what, where and how to mend, and changes nothing."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from core.errors import InvalidInput
from desks.exports.isian_book import supports
from desks.imports.isian_book import read
from desks.models import Event, IsianUpload, Item
from desks.services.isian_excel.keep import keep_upload, read_upload
from tests.desks.isian_excel import broken as b
from tests.desks.isian_excel.books import Book, downloaded, scope_of, sent, statuses
from tests.desks.world import World, build

pytestmark = pytest.mark.django_db
T, S = "Target", "Sub kegiatan"
KODE, OPD = "1.03.10.1.01.0001", "Dinas Bina Marga Jawa Barat"
_made: dict[int, bytes] = {}


@pytest.fixture
def whole(monkeypatch: pytest.MonkeyPatch) -> tuple[World, bytes]:
    """A world and its workbook, small."""
    monkeypatch.setattr(supports, "SPARE", 4)
    world = build(3)
    return world, _made.setdefault(world.round.pk, downloaded(world))


def link(**typed: Any) -> b.Make:
    """A sub kegiatan typed on the first empty row."""
    return b.edited(lambda book: book.put(S, 5, **{"item": "1.03.001", "kode": KODE, "opd": OPD, **typed}))


def value(content: Any, form: str = "") -> b.Make:
    """A target typed on the first row."""

    def work(book: Book) -> None:
        cell = book.at(T, 5, "USULAN")
        cell.value = content
        if form:
            cell.number_format = form

    return b.edited(work)


FILES: dict[str, tuple[b.Make, str, str]] = {
    "empty": (b.fixed(b""), "file_empty", "kosong"),
    "old_xls": (b.fixed(b.OLE + b"\0" * 4000), "not_xlsx", "simpan ulang sebagai .xlsx"),
    "biff": (b.fixed(b"\x09\x08\x10\x00\x00\x06\x05\x00" + b"\0" * 600), "not_xlsx", ".xls"),
    "password": (b.fixed(b.OLE + b"\0" * 3000 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 900), "workbook_locked", "hapus sandinya"),
    "html_as_xls": (b.fixed(b"<html><table><tr><td>1</td></tr></table></html>"), "not_xlsx", "halaman web"),
    "html_with_bom": (b.fixed(b"\xef\xbb\xbf\r\n<!DOCTYPE html><html></html>"), "not_xlsx", "halaman web"),
    "csv": (b.fixed(b"Kode butir;USULAN\nA;15\n"), "not_xlsx", "simpan ulang sebagai .xlsx"),
    "pdf": (b.fixed(b"%PDF-1.7 ..."), "not_xlsx", "bukan .xlsx"),
    "zip": (b.fixed(b.zipped({"a.txt": b"a"})), "not_xlsx", "bukan .xlsx"),
    "docx": (b.fixed(b.zipped({"[Content_Types].xml": b"<T/>", "word/document.xml": b"<d/>"})), "not_xlsx", "bukan .xlsx"),
    "macro": (b.add_part("xl/vbaProject.bin", b"x"), "not_xlsx", "makro"),
    "half": (lambda content: content[: len(content) // 2], "broken_workbook", "rusak"),
    "last_bytes_gone": (lambda content: content[:-60], "broken_workbook", "rusak"),
    "torn_inside": (lambda content: content[:900] + b"\0" * 500 + content[1400:], "broken_workbook", "rusak"),
    "garbage": (b.fixed(b"PK\x03\x04" + b"x" * 900), "broken_workbook", "rusak"),
    "bomb_50mb": (b.bomb(50_000_000), "workbook_too_big", "terlalu besar"),
    "many_parts": (b.many_parts, "workbook_too_big", "terlalu besar"),
    "part_twice": (b.twice_named, "workbook_too_big", "terlalu besar"),
    "entity_bomb": (b.add_part("xl/evil.xml", b'<!DOCTYPE a [<!ENTITY b "cc">]><a>&b;</a>'), "broken_workbook", "rusak"),
    "sheet_cut": (b.in_sheet(2, b"</sheetData>", b"<c"), "broken_workbook", "rusak"),
    "far_cell": (b.edited(lambda book: book.sheet(T).cell(1_048_576, 16_384, "x")), "workbook_too_big", "terlalu besar"),
    "other_workbook": (b.fixed(b.empty_book()), "not_ours", "Unduh berkas baru"),
    "target_workbook": (b.swap("PORTAL-RAKORTEK/ISIAN", "PORTAL-RAKORTEK/TARGET"), "not_ours", "bukan berkas Isian"),
    "other_year": (b.swap(r"\|2027\|", "|2026|"), "other_year", "tahun 2026, bukan 2027"),
    "other_round": (b.swap(r"PORTAL-RAKORTEK/ISIAN\|\w+", "PORTAL-RAKORTEK/ISIAN|0000000000"), "other_round", "penyelenggaraan lain"),
    "other_region": (b.swap(r"\|32\|1.03", "|36|1.03"), "other_region", "daerah lain"),
    "other_desk": (b.swap(r"\|32\|1.03", "|32|1.02"), "other_desk", "desk 1.02"),
    "all_desks": (b.swap(r"\|32\|1.03", "|32|*"), "other_desk", "semua desk"),
    "mark_cut": (b.swap(r"(PORTAL-RAKORTEK/ISIAN)\|[^<]*", r"\1"), "other_year", "tahun"),
    "keys_gone": (b.edited(lambda book: book.workbook.remove(book.sheet("Kunci"))), "keys_missing", "salin isian Anda"),
    "key_heads_gone": (b.edited(lambda book: book.sheet("Kunci").delete_rows(2)), "keys_missing", "Kunci"),
    "head_of_other_year": (b.edited(lambda book: book.at(T, 4, "USULAN").__setattr__("value", "USULAN 2026")), "other_year", "Lembar Target"),
    "heads_gone": (b.edited(lambda book: (book.sheet(T).delete_rows(4), book.sheet(S).delete_rows(4))), "header_missing", "Kode butir"),
    "head_twice": (b.edited(lambda book: book.sheet(T).cell(4, 40, "Catatan usulan")), "header_twice", "dua kali"),
}  # fmt: skip
CELLS: dict[str, tuple[b.Make, str, str]] = {
    "date": (value(dt.datetime(2026, 5, 3)), "refused", "tanggal"),
    "time": (value(dt.time(5, 30)), "refused", "jam"),
    "date_format_of_a_number": (value(46_000, "dd/mm/yyyy"), "refused", "tanggal"),
    "percent": (value(0.145, "0.0%"), "new", "dibaca 14,5"),
    "percent_own_format": (value(0.145, '0.00" "%'), "new", "dibaca 14,5"),
    "percent_of_noise": (value(0.07 * 3, "0%"), "new", "dibaca 21"),
    "ref_error": (b.in_sheet(2, b'<c r="M5"', b'<c r="M5" t="e"><v>#REF!</v></c><c r="XX5"'), "refused", "#REF!"),
    "na_error": (b.in_sheet(2, b'<c r="M5"', b'<c r="M5" t="e"><v>#N/A</v></c><c r="XX5"'), "refused", "#N/A"),
    "typed_error": (value("#DIV/0!"), "refused", "galat Excel"),
    "formula": (value("=1+1"), "refused", "rumus tanpa hasil"),
    "formula_calculated": (b.in_sheet(2, b'<c r="M5"', b'<c r="M5"><f>14+1</f><v>15</v></c><c r="XX5"'), "new", ""),
    "number_as_text": (value("15,5"), "new", ""),
    "ambiguous": (value("1.234"), "refused", "1234 atau 1,234"),
    "three_commas": (value("1,2,3"), "refused", "keliru"),
    "seventeen_digits": (value("12345678901234567"), "refused", "15 angka"),
    "eighteen_digits": (value(123456789012345678), "refused", "15 angka"),
    "too_long_for_a_target": (value("999999999999"), "refused", "di depan koma"),
    "five_decimals": (value(15.12345), "refused", "4 angka"),
    "float_noise": (value(0.1 + 0.2), "new", ""),
    "spaces": (value("  15,5   "), "new", ""),
    "nbsp": (value("15,5\u00a0"), "new", ""),
    "nbsp_thousands": (value("1\u00a0250,5"), "new", ""),
    "zero_width": (value("\u200b15,5"), "new", ""),
    "mojibake_dash": (value("5,3â€“5,7"), "new", ""),
    "words_between": (value("5,3 s.d. 5,7"), "new", ""),
    "bound": (value("≥ 90"), "new", ""),
    "inverted_range": (value("9–3"), "refused", "terbalik"),
    "boolean": (value(True), "refused", "TRUE"),
    "other_unit": (value("15 km"), "refused", "Satuan"),
    "words": (value("WTP"), "refused", "bukan angka"),
    "exponent": (value("1e5"), "refused", "pangkat"),
    "merged": (b.edited(lambda book: (book.put(T, 5, note="x"), book.sheet(T).merge_cells("O5:O6"))), "new", ""),
    "hidden": (b.edited(lambda book: (book.put(T, 5, value=15), book.sheet(T).row_dimensions.__getitem__(5).__setattr__("hidden", True))), "new", ""),
    "renamed": (b.edited(lambda book: (book.put(T, 5, value=15), setattr(book.sheet(T), "title", "isian bu Ani"))), "new", ""),
    "moved": (b.edited(lambda book: (book.put(T, 5, value=15), b.moved_columns(book))), "new", ""),
    "reordered": (b.edited(lambda book: (book.put(T, 5, value=15), b.reversed_rows(book))), "new", ""),
    "other_row": (b.edited(lambda book: (b.copied(book, 15), book.put(T, 9, item="ZZZZZZZZZZ"))), "refused", "daerah atau desk lain"),
    "row_without_code": (b.edited(lambda book: (b.copied(book, 15), book.put(T, 9, item=""))), "refused", "Kode butir belum diisi"),
    "copied_untouched": (b.edited(lambda book: (b.copied(book, None), book.put(T, 5, value=15))), "new", ""),
    "unknown_word": (b.edited(lambda book: book.put(T, 5, applies="Mungkin")), "refused", "Pilih Relevan"),
    "no_reason": (b.edited(lambda book: book.put(T, 5, applies="Tidak relevan")), "refused", "Tuliskan alasan"),
    "reason_too_long": (b.edited(lambda book: book.put(T, 5, reason="x" * 501)), "refused", "500"),
    "key_of_a_row_gone": (b.edited(lambda book: (book.put(T, 5, value=15), book.sheet("Kunci").delete_rows(3))), "refused", "lembar Kunci"),
    "key_version_edited": (b.key_cell(5, "satu"), "refused", "lembar Kunci"),
    "key_base_broken": (b.key_cell(6, "{rusak"), "refused", "lembar Kunci"),
    "key_code_edited": (b.key_cell(2, "ZZZZZZZZZZ"), "refused", "lembar Kunci"),
    "key_old_version": (b.key_cell(5, 99), "new", ""),
    "unknown_kode": (link(kode="9.99.99"), "refused", "nomenklatur"),
    "kode_missing": (link(kode=None), "refused", "Kode sub kegiatan belum"),
    "opd_missing": (link(opd=None), "refused", "Perangkat daerah belum"),
    "other_opd": (link(opd="Dinas PUPR Banten"), "refused", "tidak dikenal"),
    "volume_words": (link(volume="banyak"), "refused", "bukan angka"),
    "volume_negative": (link(volume=-4), "refused", "negatif"),
    "volume_percent": (b.edited(lambda book: (link_in(book, volume=0.5), setattr(book.at(S, 5, "Volume"), "number_format", "0%"))), "refused", "bukan persen"),
    "other_place": (link(places="Kota Serang"), "refused", "Lokasi"),
    "unknown_source": (link(source="APBN", pagu=5), "refused", "Sumber dana"),
    "pagu_without_source": (link(pagu=5), "refused", "belum dipilih"),
    "source_twice": (link(source="DAU", pagu=5, source2="dau", pagu2=6), "refused", "dua kali"),
    "pagu_negative": (link(source="DAU", pagu=-5), "refused", "negatif"),
    "pagu_words": (link(source="DAU", pagu="satu juta"), "refused", "bukan jumlah uang"),
    "pagu_english": (link(source="DAU", pagu="1,500,000"), "refused", "1.500.000"),
    "pagu_sen": (link(source="DAU", pagu=1000.5), "new", "Sen dibulatkan"),
    "remove_word": (link(hapus="nanti"), "refused", "hapus"),
    "remove_what_is_not": (link(hapus="hapus"), "same", ""),
    "injected": (b.edited(lambda book: book.put(T, 5, note="=HYPERLINK(\"x\")")), "refused", "rumus"),
}  # fmt: skip


def link_in(book: Book, **typed: Any) -> None:
    """A sub kegiatan on the first empty row of an open workbook."""
    book.put(S, 5, item="1.03.001", kode=KODE, opd=OPD, **typed)


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_cannot_be_used_says_why(whole: tuple[World, bytes], name: str) -> None:
    world, content = whole
    make, code, words = FILES[name]
    with pytest.raises(InvalidInput) as caught:
        upload = keep_upload(world.bappeda, scope_of(world), SimpleUploadedFile("isian.xlsx", make(content)))
        read_upload(world.bappeda, upload)
    assert (caught.value.code, words in caught.value.message) == (code, True), caught.value.message
    assert not IsianUpload.objects.exclude(state="reading").exists()


@pytest.mark.parametrize("name", CELLS)
def test_a_cell_that_cannot_be_used_says_why(whole: tuple[World, bytes], name: str) -> None:
    world, content = whole
    make, status, words = CELLS[name]
    _, found = sent(world, make(content))
    hits = [cell for row in found.rows for cell in row.cells if cell.status == status and words in cell.message]
    assert hits, statuses(found) | {cell.at: cell.message for row in found.rows for cell in row.cells}  # type: ignore[operator]
    assert all(cell.at and cell.at[0].isalpha() for row in found.rows for cell in row.cells)
    assert all(cell.message for row in found.rows for cell in row.cells if cell.status == "refused")
    assert Event.objects.filter(item__isnull=False).count() == 0 == Item.objects.exclude(version=1).count()


def test_two_wishes_for_one_row_are_both_refused(whole: tuple[World, bytes]) -> None:
    world, content = whole
    _, found = sent(world, b.edited(lambda book: (book.put(T, 5, value=15), b.copied(book, 16)))(content))
    assert statuses(found) == {(T, 5, "value"): "refused", (T, 9, "value"): "refused"}
    assert "baris 5, Target baris 9" in found.rows[0].cells[0].message


def test_more_rows_than_a_file_may_have(whole: tuple[World, bytes], monkeypatch: pytest.MonkeyPatch) -> None:
    world, content = whole
    monkeypatch.setattr(read, "MAX_ROWS", 2)
    upload, _ = sent(world, content)
    assert (upload.state, "Paling banyak 2 baris" in upload.error) == ("refused", True)
