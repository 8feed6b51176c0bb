import io
import zipfile

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.styles import Font

from core.errors import InvalidInput
from core.excel import check_workbook, read_rows, sheet_names
from core.excel import read as bounds


def workbook(change=None):
    book = openpyxl.Workbook()
    book.active.title = "Isian"
    book.active.append(["kode", "nilai"])
    book.active.append(["01", 5])
    book.create_sheet("Lain").append(["x"])
    if change:
        change(book.active)
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def repacked(data, **parts):
    """The same workbook with parts replaced or added; keyword names write dots as two underscores."""
    changed = {name.replace("__", "."): content for name, content in parts.items()}
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, changed.pop(name, None) or old.read(name))
        for name, content in changed.items():
            new.writestr(name, content)
    return out.getvalue()


def refusal(data):
    with pytest.raises(InvalidInput) as caught:
        read_rows(data)
    return caught.value


def test_rows_from_the_first_cell_on(tmp_path):
    path = tmp_path / "isian.xlsx"
    path.write_bytes(workbook())
    assert read_rows(path) == [["kode", "nilai"], ["01", 5]]
    assert read_rows(path.read_bytes(), "Lain") == [["x"]]
    assert sheet_names(path) == ["Isian", "Lain"]


def test_empty_rows_above_keep_their_numbers():
    def shifted(sheet):
        sheet.delete_rows(1, 2)
        sheet["B3"] = "isi"

    assert read_rows(workbook(shifted)) == [[None, None], [None, None], [None, "isi"]]


def test_a_missing_sheet_names_those_there():
    with pytest.raises(InvalidInput) as caught:
        read_rows(workbook(), "Tidak Ada")
    assert caught.value.message == "Lembar “Tidak Ada” tidak ada. Lembar yang ada: Isian, Lain."


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "Excel lama (.xls) atau berkas bersandi"),
        (b"\x09\x08\x10\x00\x00\x06\x05\x00", "Excel lama (.xls) atau berkas bersandi"),
        (b"<table><tr><td>1.234.567</td></tr></table>", "halaman web yang diberi nama .xls"),
        (b"\xef\xbb\xbf\r\n<!DOCTYPE html><html></html>", "halaman web yang diberi nama .xls"),
        ("<html></html>".encode("utf-16"), "halaman web yang diberi nama .xls"),
    ],
)
def test_what_only_calls_itself_excel(data, message):
    error = refusal(data)
    assert error.code == "not_xlsx"
    assert (
        error.message == f"Berkas ini bukan .xlsx, melainkan {message}. Buka di Excel, lalu simpan ulang sebagai .xlsx."
    )


@pytest.mark.parametrize("data", [b"", b"kode;nilai\n01;5\n", b"%PDF-1.7"])
def test_other_files(data):
    assert refusal(data).message == "Berkas ini bukan .xlsx. Buka di Excel, lalu simpan ulang sebagai .xlsx."


def test_a_zip_that_is_no_workbook():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("surat.txt", "isi")
    assert refusal(out.getvalue()).code == "not_xlsx"


def test_macros_are_refused():
    assert refusal(repacked(workbook(), **{"xl/vbaProject__bin": b"x"})).code == "not_xlsx"


def test_a_torn_file_is_broken():
    data = workbook()
    assert refusal(data[: len(data) // 2]).code == "broken_workbook"
    assert refusal(repacked(data, **{"xl/worksheets/sheet1__xml": b"<worksheet><sheetData>"})).code == "broken_workbook"


def test_a_bomb_is_seen_by_its_ratio():
    error = refusal(repacked(workbook(), **{"xl/media/bom__bin": b"\x00" * 40_000_000}))
    assert error.code == "workbook_too_big"


def test_a_bomb_that_lies_about_its_size():
    data = bytearray(repacked(workbook(), **{"xl/worksheets/sheet1__xml": b" " * 3_000_000}))
    for mark, at in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        place = data.find(mark)
        while place >= 0:
            if data[place + at : place + at + 4] == (3_000_000).to_bytes(4, "little"):
                data[place + at : place + at + 4] = (100).to_bytes(4, "little")
            place = data.find(mark, place + 4)
    assert refusal(bytes(data)).code == "broken_workbook"


def test_too_many_parts_and_too_much_in_all(monkeypatch):
    data = workbook()
    monkeypatch.setattr(bounds, "MAX_ENTRIES", 3)
    assert refusal(data).code == "workbook_too_big"
    monkeypatch.setattr(bounds, "MAX_ENTRIES", 2000)
    monkeypatch.setattr(bounds, "MAX_UNPACKED", 1000)
    assert refusal(data).code == "workbook_too_big"


def test_one_far_cell_does_not_fill_the_memory():
    def far(sheet):
        sheet["XFD1048576"] = 1

    assert refusal(workbook(far)).code == "workbook_too_big"


def test_a_far_cell_in_a_part_that_is_not_called_a_sheet():
    data = workbook()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        rels = archive.read("xl/_rels/workbook.xml.rels").replace(b"worksheets/sheet1.xml", b"media/gambar.png")
    assert refusal(repacked(data, **{"xl/_rels/workbook__xml__rels": rels})).code == "broken_workbook"


def test_entities_are_refused():
    text = b'<!DOCTYPE x [<!ENTITY a "b">]><worksheet><sheetData/></worksheet>'
    assert refusal(repacked(workbook(), **{"xl/worksheets/sheet1__xml": text})).code == "broken_workbook"


def test_far_but_empty_cells_and_comments_are_fine():
    def painted(sheet):
        sheet["XFD1048576"].font = Font(bold=True)
        sheet["A1"].comment = Comment("catatan", "Bappeda")

    assert read_rows(workbook(painted)) == [["kode", "nilai"], ["01", 5]]


def test_check_leaves_a_stream_at_its_start():
    stream = io.BytesIO(workbook())
    check_workbook(stream)
    assert stream.tell() == 0
