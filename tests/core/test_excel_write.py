import datetime as dt
import io
import zipfile
from decimal import Decimal

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from core.choices import TONE_FILLS, TONE_ICONS, Tone
from core.excel import (
    MAX_TEXT,
    STYLES,
    Cell,
    Sheet,
    clean_text,
    new_workbook,
    read_rows,
    split_text,
    tone_style,
    workbook_bytes,
)

RISKY = ["=1+1", "@SUM(A1:A9)", "+62811", "-5", '=HYPERLINK("x";"y")', "\t=1+1", "198001012005011001", "0101"]
NIP = "198001012005011001"


def written(*rows, **options):
    workbook = new_workbook("Uji")
    sheet = Sheet(workbook, "Lembar", widths=[10, 20, 30], **options)
    for row in rows:
        sheet.row(row)
    return workbook_bytes(workbook)


def opened(data):
    return openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]


def test_text_never_becomes_a_formula():
    data = written(*[[text] for text in RISKY])
    sheet = opened(data)
    cells = [sheet.cell(place, 1) for place in range(1, len(RISKY) + 1)]
    assert [cell.value for cell in cells] == RISKY
    assert {cell.data_type for cell in cells} == {"s"}
    assert {cell.quotePrefix for cell in cells} == {True}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        content = archive.read("xl/worksheets/sheet1.xml")
    assert (content.count(b"<f>"), content.count(b"<f ")) == (0, 0)


def test_both_readers_see_the_same():
    rows = [["=1+1", 1234, Decimal("5.30")], [NIP, None, dt.date(2026, 2, 20)], ["é–”", True, -7]]
    data = written(*rows)
    seen = [["=1+1", 1234, 5.3], [NIP, None, dt.date(2026, 2, 20)], ["é–”", "Ya", -7]]
    assert read_rows(data) == seen
    calamine = CalamineWorkbook.from_object(io.BytesIO(data)).get_sheet_by_index(0).to_python()
    assert calamine == [["" if value is None else value for value in row] for row in seen]
    values = [[cell.value for cell in row] for row in opened(data).iter_rows()]
    assert values == [seen[0], [NIP, None, dt.datetime(2026, 2, 20)], seen[2]]


def test_control_characters_and_line_ends():
    assert clean_text("a\x00b\x0b\x1fc\ud800\uffff\r\nd\re\tf") == "abc\nd\ne\tf"
    assert read_rows(written(["a\x00\x0bb"])) == [["ab"]]


def test_times_become_the_wall_clock_of_the_zone():
    moment = dt.datetime(2026, 2, 20, 9, 0, 0, 5, tzinfo=dt.UTC)
    assert read_rows(written([moment])) == [[dt.datetime(2026, 2, 20, 16, 0)]]
    assert read_rows(written([moment], tz="Asia/Jayapura")) == [[dt.datetime(2026, 2, 20, 18, 0)]]


def test_numbers_beyond_excels_digits_become_text():
    row = [10**15 - 1, 10**15 + 1, Decimal("12345678901234567.89")]
    assert read_rows(written(row)) == [[999999999999999, "1000000000000001", "12345678901234567,89"]]


def test_long_texts_are_split_by_the_caller():
    text = "kata lagi " * 7000
    pieces = split_text(text)
    assert "".join(pieces) == text
    assert [len(piece) <= MAX_TEXT for piece in pieces] == [True] * 3
    assert [piece[-1] for piece in pieces] == [" ", " ", " "]
    assert read_rows(written(*[[piece] for piece in pieces])) == [[piece] for piece in pieces]
    with pytest.raises(ValueError, match="split"):
        written([text])
    assert split_text("") == [""]


def test_characters_outside_the_basic_plane_count_twice():
    pieces = split_text("😀" * 20_000)
    assert "".join(pieces) == "😀" * 20_000
    assert [len(piece.encode("utf-16-le")) // 2 <= MAX_TEXT for piece in pieces] == [True, True]


def test_formats_tones_and_comments():
    sheet = opened(written([1234, Decimal("5.3"), Cell("ditolak", tone_style("merah"), "Satuan keliru")]))
    assert [cell.number_format for cell in sheet[1]] == ["#,##0", "#,##0.00##", "General"]
    assert sheet["C1"].fill.fgColor.rgb == "00" + TONE_FILLS[Tone.MERAH]
    assert sheet["C1"].comment.text == "Satuan keliru"


def test_looks_by_column_and_shared():
    workbook = new_workbook()
    sheet = Sheet(workbook, "A", widths=[5, 5])
    looks = [STYLES["code"], STYLES["agreed"]]
    assert [sheet.row(["01", 2], style=looks, height=30) for _ in range(50)] == list(range(1, 51))
    with pytest.raises(ValueError, match="zip"):
        sheet.row(["01"], style=looks)
    other = Sheet(workbook, "B", widths=[5])
    other.row(["x"], style=STYLES["code"])
    again = openpyxl.load_workbook(io.BytesIO(workbook_bytes(workbook)))
    first = again["A"]
    assert (first["A50"].number_format, first["B50"].font.bold, first.row_dimensions[50].height) == ("@", True, 30)
    assert again["B"]["A1"].number_format == "@"


def test_print_set_up():
    workbook = new_workbook("BA")
    options = {"landscape": True, "header_rows": (3, 4), "footer_left": "BA & kode", "freeze": "B5"}
    sheet = Sheet(workbook, "BA [1]: Jawa/Barat", widths=[8, 40], **options)
    sheet.row(["Judul", None], style=STYLES["title"])
    sheet.merge("A1:B1")
    sheet.blank(2)
    sheet.protect()
    Sheet(workbook, "Data", widths=[8], paper="A4").row([1])
    first, second = openpyxl.load_workbook(io.BytesIO(workbook_bytes(workbook))).worksheets
    assert (first.page_setup.paperSize, first.page_setup.orientation, first.page_setup.fitToHeight) == (
        14,
        "landscape",
        0,
    )
    assert (first.print_title_rows, first.freeze_panes) == ("$3:$4", "B5")
    assert first.oddFooter.left.text == "BA && kode"
    assert first.oddFooter.right.text == "Halaman &P dari &N"
    assert [str(area) for area in first.merged_cells.ranges] == ["A1:B1"]
    assert (first.title, first.column_dimensions["B"].width, first.protection.sheet) == ("BA  1   Jawa Barat", 40, True)
    assert (second.page_setup.paperSize, second.page_setup.orientation) == (9, "portrait")
    assert sheet.row_count == 3


def test_what_no_cell_can_hold_is_refused():
    with pytest.raises(TypeError):
        written([object()])


def test_every_tone_has_an_icon_and_a_readable_fill():
    assert list(TONE_ICONS) == list(Tone)
    assert list(TONE_FILLS) == list(Tone)
    assert len(set(TONE_FILLS.values())) == 7
    assert [luminance(fill) > 0.4 for fill in TONE_FILLS.values()] == [True] * 7


def luminance(fill):
    parts = [int(fill[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
