from pathlib import Path

import pytest

from core.errors import InvalidInput
from core.imports import FileRefused, read_file


def write(folder: Path, text: str | bytes) -> Path:
    path = folder / "contoh.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def refused(path: Path, **settings) -> list[str]:
    with pytest.raises(FileRefused) as refusal:
        reader = read_file(path, ("kode", "nama"), **settings)
        reader.collect(dict)
    return [str(problem) for problem in refusal.value.problems]


def test_missing_column_is_named(tmp_path):
    assert refused(write(tmp_path, "kode,judul\n11,Aceh\n")) == ["contoh.csv, baris 1: Kolom nama tidak ada."]


def test_duplicate_code_names_both_rows(tmp_path):
    path = write(tmp_path, "kode,nama\n11,Aceh\n12,Sumut\n11,Lagi\n")
    assert refused(path, key=["kode"]) == ["contoh.csv, baris 4: “11” sudah ada pada baris 2."]


def test_lost_zero_is_found_by_the_form_of_the_code(tmp_path):
    path = write(tmp_path, "kode,nama\n11.1,Kab. Aceh Timur\n11.11,Kab. Bireuen\n")
    assert refused(path, codes={"kode": r"\d{2}\.\d{2}"}) == [
        "contoh.csv, baris 2: Kode “11.1” pada kolom kode tidak lengkap; mungkin angka nol hilang."
    ]


def test_mojibake_is_refused(tmp_path):
    path = write(tmp_path, "kode,nama\n11,5â€“7\n12,baik\n")
    assert refused(path) == ["contoh.csv, baris 2: Huruf rusak (salah pengodean): “5â€“7”."]


def test_other_encoding_and_missing_file_are_said(tmp_path):
    assert refused(write(tmp_path, b"kode,nama\n11,\xe9\n")) == [
        "contoh.csv, baris 1: Berkas bukan teks UTF-8. Simpan ulang sebagai CSV UTF-8."
    ]
    assert refused(tmp_path / "tidak_ada.csv") == ["tidak_ada.csv, baris 1: Berkas tidak ditemukan."]


def test_short_and_long_rows_are_refused(tmp_path):
    assert refused(write(tmp_path, "kode,nama\n11\n12,a,b\n")) == [
        "contoh.csv, baris 2: Jumlah sel tidak sama dengan jumlah kolom.",
        "contoh.csv, baris 3: Jumlah sel tidak sama dengan jumlah kolom.",
    ]


def test_every_bad_row_is_named_not_only_the_first(tmp_path):
    reader = read_file(write(tmp_path, "kode,nama\n11,a\n12,b\n13,c\n"), ("kode", "nama"))

    def read(row):
        if row["kode"] != "12":
            raise InvalidInput(f"{row['nama']} keliru")
        return row["kode"]

    with pytest.raises(FileRefused) as refusal:
        reader.collect(read)
    assert [(problem.line, problem.reason) for problem in refusal.value.problems] == [(2, "a keliru"), (4, "c keliru")]


def test_byte_order_mark_and_spaces_do_not_matter(tmp_path):
    reader = read_file(write(tmp_path, "\ufeffkode,nama\n 11 ,Aceh \n"), ("kode", "nama"))
    assert [dict(row) for row in reader.rows] == [{"kode": "11", "nama": "Aceh"}]
