"""The workbook of the set-up: out and in again is all the same; broken ones are refused in words, and nothing is written."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from core.errors import InvalidInput
from desks.exports.setup import setup_workbook
from desks.imports.setup import read_setup
from desks.models import Desk, DeskBidang, Seat, Session, Stage
from desks.selectors.setup_state import setup_state
from desks.services.parts import BY_SLUG, PARTS, Book, apply_plan, make_plan
from tests.desks import world as w
from tests.desks.world import World

pytestmark = pytest.mark.django_db


def exported(world: World) -> bytes:
    return setup_workbook(Book(world.round, world.secretariat), PARTS, "hari ini")


def book_of(**sheets: list[list[Any]]) -> bytes:
    """A workbook of plain sheets."""
    workbook = Workbook()
    workbook.remove(workbook.active)
    for name, rows in sheets.items():
        sheet = workbook.create_sheet(name.replace("_", " "))
        for row in rows:
            sheet.append(row)
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def plan_of(world: World, content: bytes):
    return make_plan(world.secretariat, world.round, read_setup(content, world.round.code).parts)


def test_what_comes_out_goes_in_unchanged(world: World) -> None:
    w.plan(world)
    plan = plan_of(world, exported(world))
    assert [(part.slug, row.line, row.column, row.message) for part, row in plan.rows() if row.status != "same"] == []
    assert {part.slug for part, rows in plan.parts if rows} >= {
        "tahapan",
        "desk",
        "indikator",
        "lembaga",
        "orang",
        "kursi",
        "pihak",
        "buka",
        "sesi",
    }


def test_a_workbook_sets_up_desks_indicators_and_sessions_at_once(world: World) -> None:
    content = book_of(
        Desk=[["KODE  desk", "nama desk", "Bidang urusan"], ["9.01", "Desk Baru", "1.03"]],
        Indikator=[
            ["Kode desk", "Kode indikator", "Nama indikator", "Satuan", "Bidang urusan"],
            ["9.01", "1.03.900", "Panjang jembatan", "Km", "1.03"],
        ],
        Buka_desk=[["Kode desk", "Daerah"], ["9.01", "semua"]],
        Sesi=[
            ["Kode desk", "Daerah", "Mulai", "Selesai"],
            ["9.01", "32; 36", dt.datetime(2026, 3, 2, 8), "02/03/2026 12.00"],
        ],
    )
    parts = read_setup(content, world.round.code).parts
    plan = make_plan(world.secretariat, world.round, parts)
    assert [row.message for _, row in plan.rows("refused")] == []
    done = apply_plan(world.secretariat, world.round, parts, shown=plan.fingerprint)
    assert (done.new, done.changed) == (4, 0)
    session = Session.objects.get(desk__code="9.01")
    assert session.mejas.count() == 2
    assert session.starts == dt.datetime(2026, 3, 2, 1, tzinfo=dt.UTC)
    assert session.mejas.first().items.get().indicator_version.name == "Panjang jembatan"
    assert plan_of(world, content).count("same") == 4


BAD = {
    "not_xlsx": (b"bukan buku kerja", "bukan .xlsx"),
    "old_xls": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 600, "Excel lama"),
    "html": (b"<html><table></table></html>", "halaman web"),
    "no_sheet": (book_of(Lembar1=[["apa", "saja"], ["1", "2"]]), "Tidak ada lembar penyiapan"),
    "no_header": (book_of(Desk=[["Nama", "Urutan"], ["Kesehatan", 1]]), "judul kolom tidak ditemukan"),
    "header_twice": (book_of(Desk=[["Kode desk", "Nama desk", "Nama desk"], ["1", "a", "b"]]), "tercantum dua kali"),
    "sheet_twice": (book_of(Desk=[["Kode desk", "Nama desk"], ["1", "a"]], DESK_=[["Kode desk", "Nama desk"], ["1", "a"]]), "kedua kalinya"),
    "empty": (book_of(Desk=[["Kode desk", "Nama desk"]]), "Semua lembar kosong"),
    "too_many": (book_of(Desk=[["Kode desk", "Nama desk"], *[[f"D{n}", "a"] for n in range(5001)]]), "Paling banyak 5000"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_a_file_that_is_none_is_refused_in_words(world: World, name: str) -> None:
    content, said = BAD[name]
    with pytest.raises(InvalidInput) as error:
        read_setup(content, world.round.code)
    assert said in error.value.message


DESK = ["Kode desk", "Nama desk", "Pendekatan", "Urutan", "Bidang urusan"]
PERSON = ["Nama lengkap", "Surel", "Kode lembaga", "Peran", "Jabatan"]
SITTING = ["Kode desk", "Daerah", "Mulai", "Selesai"]
OFFICE = [
    "Jenis",
    "Kode lembaga",
    "Nama lembaga",
    "Nama singkat",
    "Kode wilayah",
    "Kode SKPD (SIPD)",
    "Penanggung jawab bidang",
    "Pendukung bidang",
]
ROWS: list[tuple[str, list[str], list[Any], str, str]] = [
    ("Desk", DESK, [None, "Tanpa kode"], "code", "wajib diisi"),
    ("Desk", DESK, ["9.1", None], "name", "wajib diisi"),
    ("Desk", DESK, ["9.1", "A", "Sektoral"], "strand", "tidak dikenal"),
    ("Desk", DESK, ["9.1", "A", "Urusan", "satu"], "order", "bukan angka bulat"),
    ("Desk", DESK, ["9.1", "A", "Urusan", 1, "1.3"], "bidang", "nol"),
    ("Desk", DESK, ["9.1", "x" * 121], "name", "Terlalu panjang"),
    ("Desk", DESK, ["kode/=1+1", "A"], "code", "hanya boleh"),
    ("Desk", DESK, ["1.03", "Pekerjaan Umum", "Indikator makro", 0, "1.03"], "strand", "sudah dibuka"),
    ("Desk", DESK, ["1.03", "Pekerjaan Umum", "Urusan", 0, None], "bidang", "masih punya 3 indikator"),
    ("Orang", PERSON, ["Ani", "ani.contoh.test", "033", "Pembahas"], "email", "bukan alamat surel"),
    ("Orang", PERSON, ["Ani", "ani@contoh.test", "33", "Pembahas"], "office", "nol"),
    ("Orang", PERSON, ["Ani", "ani@contoh.test", "033", "Bappeda"], "role", "tidak memiliki peran"),
    ("Orang", PERSON, ["Ani", "ani@contoh.test", "033", "Bos"], "role", "tidak dikenal"),
    ("Orang", PERSON, ["Ani", "ani@contoh.test", "PPN", "Sekretariat"], "role", "hanya bagi lembaga penyelenggara"),
    ("Orang", PERSON, ["#N/A", "ani@contoh.test", "033", "Pembahas"], "name", "Lembar Orang, sel A2: sel berisi galat Excel (#N/A)"),
    ("Desk", DESK, ["9.1", "A", None, None, "#REF!"], "bidang", "sel E2: sel berisi galat Excel (#REF!)"),
    ("Desk", DESK, ["#NAME?", "A"], "code", "galat Excel"),
    ("Sesi", SITTING, ["1.03", "32", "besok pagi", "02/03/2026 12.00"], "starts", "bukan tanggal"),
    ("Sesi", SITTING, ["1.03", "32", "02/03/2026 12.00", "02/03/2026 08.00"], "ends", "setelah mulai"),
    ("Sesi", SITTING, ["1.02", "32", "02/03/2026 08.00", "02/03/2026 12.00"], "regions", "belum dibuka"),
    ("Sesi", SITTING, ["1.03", "11", "02/03/2026 08.00", "02/03/2026 12.00"], "regions", "tidak dikenal"),
    ("Sesi", SITTING, ["7.77", "32", "02/03/2026 08.00", "02/03/2026 12.00"], "desk", "tidak ada"),
    ("Indikator", ["Kode desk", "Kode indikator", "Bidang urusan"], ["1.03", "9.9", "1.03"], "name", "wajib diisi"),
    ("Buka desk", ["Kode desk", "Daerah"], ["1.02", "Semua"], "desk", "belum punya indikator"),
    ("Lembaga", OFFICE, ["Perangkat daerah", "32.X", "Dinas", "Dinas", "00"], "region", "Lembaga pusat"),
    ("Lembaga", OFFICE, ["Perangkat daerah", "32.X", "Dinas", "Dinas", "32", None, "1.03", "1.03"], "supports", "Pilih satu"),
    ("Kursi", ["Kode lembaga", "Peran", "Wilayah"], ["32", "Bappeda", "36"], "region", "wilayahnya sendiri"),
    ("Pihak", ["Pendekatan", "Kode desk", "Pihak"], ["Indikator makro", "1.03", "Daerah"], "desk", "bukan desk"),
    ("Tahapan", ["Tahapan", "Dibuka", "Ditutup"], ["Desk", "02/03/2026 08.00", "01/03/2026 08.00"], "closes", "setelah dibuka"),
]  # fmt: skip


@pytest.mark.parametrize(("sheet", "head", "row", "column", "said"), ROWS)
def test_a_bad_row_says_what_where_and_how(
    world: World, sheet: str, head: list[str], row: list[Any], column: str, said: str
) -> None:
    plan = plan_of(world, book_of(**{sheet.replace(" ", "_"): [head, row]}))
    ((_, refused),) = plan.rows()
    assert (refused.status, refused.column) == ("refused", column), refused
    assert said in refused.message
    assert refused.line == 2


def test_twice_the_same_row_is_refused_once(world: World) -> None:
    plan = plan_of(world, book_of(Desk=[DESK, ["9.1", "A"], ["9.1", "B"]]))
    assert [row.status for _, row in plan.rows()] == ["new", "refused"]
    assert "baris 2" in plan.rows("refused")[0][1].message


def test_text_that_looks_like_a_formula_stays_text(world: World) -> None:
    parts = read_setup(book_of(Desk=[DESK, ["9.1", "'=1+1"], ["9.2", "@cmd"]]), world.round.code).parts
    apply_plan(world.secretariat, world.round, parts)
    cells = {
        row[0].value: row[1]
        for row in load_workbook(io.BytesIO(exported(world)))["Desk"].iter_rows(min_row=5)
        if row[0].value
    }
    assert cells["9.2"].value == "@cmd"
    assert cells["9.2"].data_type == "s"
    assert cells["9.2"].style_array.quotePrefix if hasattr(cells["9.2"], "style_array") else cells["9.2"].quotePrefix


def test_a_missing_column_is_left_as_it_stands(world: World) -> None:
    parts = read_setup(
        book_of(Desk=[["Kode desk", "Nama desk"], ["1.03", "PU dan Penataan Ruang"]]), world.round.code
    ).parts
    apply_plan(world.secretariat, world.round, parts)
    desk = Desk.objects.get(round=world.round, code="1.03")
    assert desk.name == "PU dan Penataan Ruang"
    assert DeskBidang.objects.filter(desk=desk).count() == 1


def test_nothing_is_half_written(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    from desks.services.parts.seats import Seats

    def fail(*_: object) -> None:
        raise InvalidInput("uji")

    monkeypatch.setattr(Seats, "apply", fail)
    parts = read_setup(
        book_of(Desk=[DESK, ["9.1", "A"]], Kursi=[["Kode lembaga", "Peran"], ["040", "Pembahas"]]), world.round.code
    ).parts
    before = Seat.objects.count()
    with pytest.raises(InvalidInput):
        apply_plan(world.secretariat, world.round, parts)
    assert not Desk.objects.filter(code="9.1").exists()
    assert Seat.objects.count() == before


def test_stages_keep_the_clock_of_the_round(world: World) -> None:
    parts = read_setup(
        book_of(
            Tahapan=[["Tahapan", "Dibuka", "Ditutup"], ["Verifikasi", dt.datetime(2026, 3, 1, 8), "2026-03-05 16:00"]]
        ),
        world.round.code,
    ).parts
    apply_plan(world.secretariat, world.round, parts)
    stage = Stage.objects.get(round=world.round, kind="verification", role="")
    assert stage.opens_at == dt.datetime(2026, 3, 1, 1, tzinfo=dt.UTC)


def test_a_known_indicator_brings_its_wording_along(world: World) -> None:
    indicator = world.indicators[0]
    Desk.objects.create(round=world.round, code="9.1", name="A", strand="urusan")
    indicator.desk_rows.all().delete()
    world.round.items.filter(indicator=indicator).delete()
    parts = read_setup(
        book_of(Indikator=[["Kode desk", "Kode indikator"], ["9.1", indicator.code]]), world.round.code
    ).parts
    apply_plan(world.secretariat, world.round, parts)
    version = indicator.versions.get(year=w.PLAN_YEAR)
    indicator.refresh_from_db()
    assert (version.name[:16], version.unit, indicator.direction, version.no) == ("Persentase jalan", "%", "up", 1)


def test_blank_cells_of_a_wording_leave_it(world: World) -> None:
    content = book_of(
        Indikator=[["Kode desk", "Kode indikator", "Arah", "Satuan", "Urutan"], ["1.03", "1.03.001", None, None, 1]]
    )
    assert [row.status for _, row in plan_of(world, content).rows()] == ["same"]


PLACED = [*SITTING, "Cara", "Tempat"]
DAY = "02/03/2026"


def test_sessions_that_meet_are_told(world: World) -> None:
    rows = [
        ["1.03", "32", f"{DAY} 08.00", f"{DAY} 10.00", "Hibrida", "Ruang Anggrek"],
        ["1.03", "36", f"{DAY} 08.00", f"{DAY} 10.00", "Hibrida", "Ruang Melati"],
        ["1.03", "32", f"{DAY} 09.00", f"{DAY} 11.00", "Hibrida", "Ruang Melati"],
        ["1.03", "36", f"{DAY} 09.30", f"{DAY} 11.00", "Hibrida", "ruang  anggrek"],
        ["1.03", "36", f"{DAY} 11.00", f"{DAY} 12.00", "Hibrida", "Ruang Anggrek"],
    ]
    found = [row for _, row in plan_of(world, book_of(Sesi=[PLACED, *rows])).rows()]
    assert [row.status for row in found] == ["new", "refused", "refused", "new", "new"]
    assert "baris 2" in found[1].message
    assert found[1].column == "starts"
    assert "32 sudah dijadwalkan" in found[2].message
    assert "dipakai juga sesi desk 1.03" in found[3].warn
    assert found[4].warn == ""


def test_two_sessions_of_one_minute_are_reported_and_left(world: World) -> None:
    w.plan(world, [world.meja])
    w.plan(world, [world.other_meja])
    first, second = Session.objects.order_by("pk")
    Session.objects.filter(pk=second.pk).update(starts=first.starts, ends=first.ends)
    cells = next(row for row in BY_SLUG["sesi"].records(Book(world.round))).cells
    typed = [(BY_SLUG["sesi"], [(5, {**cells, "place": "Ruang lain"})])]
    ((_, row),) = make_plan(world.secretariat, world.round, typed).rows()
    assert (row.status, row.column) == ("refused", "starts")
    assert "2 sesi" in row.message
    assert any("menit yang sama di desk 1.03" in line.todo for line in setup_state(Book(world.round)))
