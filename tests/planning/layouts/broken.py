"""More than a hundred broken files with the traits of data.md 5: what stands in them and what must be said of which line.

A case is (name, content, {line: (outcome, words of the remark or the code read)}). Lines are those of the file, from 1.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from tests.planning.layouts.sheets import FLAT, NAMES, SUB, csv, flat, xlsx

TAKEN, MENDED, WARNED, REFUSED, SKIPPED = "diambil", "diperbaiki", "peringatan", "ditolak", "dilewati"
Case = tuple[str, bytes, dict[int, tuple[str, str]]]


def one(name: str, outcome: str, words: str, **changes: Any) -> Case:
    """A flat list whose second row is broken; the rows around it are good."""
    return (
        name,
        xlsx([FLAT, flat(1), flat(2, **changes), flat(3)]),
        {2: (TAKEN, f"{SUB}1"), 3: (outcome, words), 4: (TAKEN, f"{SUB}3")},
    )


CODES = [
    one("nol hilang di semua bagian", MENDED, f"dibaca {SUB}2", kode="1.3.10.1.1.2"),
    one("nol bidang hilang", MENDED, f"dibaca {SUB}2", kode="1.3.10.1.01.0002"),
    one("nol sub kegiatan hilang", MENDED, f"dibaca {SUB}2", kode="1.03.10.1.01.2"),
    one("kode lama dua angka", MENDED, f"dibaca {SUB}2", kode="1.03.10.1.01.02"),
    one("sub kegiatan lima angka", MENDED, f"dibaca {SUB}2", kode="1.03.10.1.01.00002"),
    one("koma sebagai titik", MENDED, f"dibaca {SUB}2", kode="1,3,10,1,1,2"),
    one("titik di ujung", TAKEN, f"{SUB}2", kode=f"{SUB}2."),
    one("tanda petik di depan", TAKEN, f"{SUB}2", kode=f"'{SUB}2"),
    one("spasi di dalam kode", TAKEN, f"{SUB}2", kode="1.03.10. 1.01. 0002"),
    one("nbsp di dalam kode", TAKEN, f"{SUB}2", kode="\u00a01.03.10.1.01.0002\u00a0"),
    one("spasi tak terlihat", TAKEN, f"{SUB}2", kode="\u200b1.03.10.1.01.0002"),
    one("bidang sebagai angka, nol hilang", MENDED, "dibaca 1.03", kode=1.3, nama=None),
    one("bidang sebagai angka, utuh", TAKEN, "1.03", kode=1.03, nama=None),
    one("bidang sebagai angka, dua arti", REFUSED, "dapat berarti", kode=1.1, nama=None),
    one("kode jadi tanggal, satu arti", MENDED, "dibaca 1.03.10", kode=dt.datetime(2010, 3, 1), nama="Program Jalan"),
    one("kode jadi tanggal, bukan program", REFUSED, "tidak lengkap", kode=dt.datetime(2012, 7, 20)),
    one("bagian kode hilang", REFUSED, "tidak lengkap", kode="1.03.10.1", nama="Rekonstruksi"),
    one("bagian kode terlalu panjang", REFUSED, "", kode="1.03.10.1.01.00002.7"),
    one("tidak dikenal tetapi lengkap", WARNED, "tidak ada dalam nomenklatur", kode="1.03.10.1.01.0099", nama="Baru"),
    one(
        "hanya untuk kabupaten/kota", WARNED, "hanya untuk kabupaten/kota", kode="1.03.10.2.01.0001", nama="Jalan kota"
    ),
    one("sudah diganti", WARNED, f"sudah diganti {SUB}1", kode="1.03.10.1.01.0077", nama="Lama"),
    one("nama lain", WARNED, "Nama berbeda", nama="Pembangunan Jembatan"),
    one("nama beda huruf besar", TAKEN, f"{SUB}2", nama=NAMES[1].upper()),
    one("nama beda spasi", TAKEN, f"{SUB}2", nama="Pemeliharaan  Rutin\nJalan"),
    one("diperbaiki tetapi nama lain", REFUSED, "bernama", kode="1.3.10.1.1.2", nama="Gedung Sekolah"),
    one("x.xx huruf kecil", TAKEN, "X.XX.01.1.01.0001", kode="x.xx.01.1.01.0001", nama="Perencanaan"),
    one("penunjang dengan kode bidang", TAKEN, "1.03.01.1.01.0001", kode="1.03.01.1.01.0001", nama="Perencanaan"),
    one("kode kosong dengan uraian", REFUSED, "Kode kosong", kode=None),
    one("kode kata", REFUSED, "bukan kode", kode="lihat lampiran"),
    one("galat excel", REFUSED, "", kode="#REF!"),
    one("kembar", REFUSED, "Sama persis dengan baris 2", kode=f"{SUB}1", nama=NAMES[0]),
    one("kode diapit kurung", TAKEN, f"{SUB}2", kode=f"({SUB}2)"),
    one("garis bawah sebagai titik", TAKEN, f"{SUB}2", kode="1_03_10_1_01_0002"),
]
MONEY = [
    one(f"uang {text!r}", outcome, words, pagu=text)
    for text, outcome, words in [
        ("1.500.000", TAKEN, "1500000"), ("Rp 1.500.000", TAKEN, "1500000"), ("Rp1.500.000,-", TAKEN, "1500000"), ("1.500.000,00", TAKEN, "1500000"),
        ("1.500.000,50", MENDED, "dibulatkan"), (1500000.4, MENDED, "dibulatkan"), ("1,500,000", REFUSED, "koma untuk ribuan"),
        ("1,5 miliar", TAKEN, "1500000000"), ("2 M", TAKEN, "2000000000"), ("750 juta", TAKEN, "750000000"), ("-", TAKEN, f"{SUB}2"), ("–", TAKEN, f"{SUB}2"),
        ("nihil", TAKEN, f"{SUB}2"), (-5, REFUSED, "negatif"), ("banyak", REFUSED, "bukan jumlah uang"), (dt.datetime(2027, 1, 5), REFUSED, "tanggal"),
        ("1\u00a0500\u00a0000", TAKEN, "1500000"), ("9999999999999999", REFUSED, "15 angka"), ("1.50.000", REFUSED, "titik atau koma"), (True,
     REFUSED, "TRUE/FALSE"),
        ("   ", TAKEN, f"{SUB}2"), (0, TAKEN, "0"),
    ]
]  # fmt: skip
TARGETS = [
    one(f"target {text!r} {unit}"[:60], outcome, words, target=text, satuan=unit)
    for text, unit, outcome, words in [
        ("1 Laporan", None, TAKEN, "Laporan"), ("12 Bulan", "Bulan", TAKEN, "Bulan"), ("12 bulan", "BULAN",
     TAKEN, "BULAN"), ("12 Bulan", "Dokumen", WARNED, "berbeda dari"),
        ("12,00–13,00", "%", TAKEN, "12,00–13,00"), ("12,00â€“13,00", "%", TAKEN, "12,00"), ("<5", "%", TAKEN, "<5"), ("2,5±1,0", "%", TAKEN, "2,5"),
        ("-", "Km", TAKEN, f"{SUB}2"), ("100%", None, TAKEN, "%"), ("WTP", "Opini", TAKEN, "WTP"), (dt.datetime(2027, 5, 3), "Km", REFUSED, "tanggal"),
        ("x" * 201, "Km", REFUSED, "200 huruf"), (0, "Km", TAKEN, "0"), (0.5, "Km", TAKEN, "0,5"), ("12", "Km", TAKEN, "12"), ("1.234 Orang", None,
     TAKEN, "Orang"),
        ("12 Km/Jam", None, TAKEN, "Km/Jam"), ("12 Dokumen Hasil", None, TAKEN, "Dokumen Hasil"), (12, "s" * 61, REFUSED, "60 huruf"),
    ]
]  # fmt: skip
TEXTS = [
    one("uraian terlalu panjang", REFUSED, "500 huruf", kode="1.03.10.1.01.0099", nama="x" * 501),
    one("indikator terlalu panjang", REFUSED, "500 huruf", ind="x" * 501),
    one("huruf rusak pada indikator", MENDED, "Huruf rusak", ind="Panjang jalan â€“ provinsi"),
    one("huruf rusak spasi", MENDED, "Huruf rusak", ind="PanjangÂ\u00a0jalan"),
    one("_x000D_ pada indikator", TAKEN, f"{SUB}2", ind="Panjang_x000D_\njalan"),
    one("opd tidak dikenal", WARNED, "tidak dikenali", opd="Dinas Antah Berantah"),
    one("opd dikenal", TAKEN, f"{SUB}2", opd="Dinas Bina Marga Jawa Barat"),
    one("nama kosong diambil dari nomenklatur", TAKEN, f"{SUB}2", nama=None),
]


def below(name: str, rows: list[list[Any]], expected: dict[int, tuple[str, str]], **more: Any) -> Case:
    """A flat list with these rows below its header."""
    return name, xlsx([FLAT, *rows], **more), expected


def pieces(*rows: list[Any], **more: Any) -> bytes:
    """The report whose code stands in five columns."""
    return xlsx([["Kode", None, None, None, None, "Uraian", "Indikator", "Target 2027", "Pagu (Rp)"], *rows], **more)


TAIL = ["Panjang", "1 Laporan", 5]
SHAPES: list[Case] = [
    below("baris jumlah", [flat(1), ["JUMLAH", None, None, None, None, 5]], {2: (TAKEN, ""), 3: (SKIPPED, "jumlah")}),
    below("sub total di tengah", [flat(1), [None, "Sub Total", None, None, None, 5], flat(2)], {3: (SKIPPED, "jumlah"), 4: (TAKEN, "")}),
    below("total huruf besar", [flat(1), [None, "TOTAL", None, None, None, 5]], {3: (SKIPPED, "jumlah")}),
    below("judul berulang", [flat(1), list(FLAT), flat(2)], {3: (SKIPPED, "berulang"), 4: (TAKEN, "")}),
    below("nomor kolom", [[1, 2, 3, 4, 5, 6, 7], flat(1)], {2: (SKIPPED, "Nomor urut"), 3: (TAKEN, "")}),
    below("nomor kolom berkurung", [["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)"], flat(1)], {2: (SKIPPED, "Nomor urut"), 3: (TAKEN, "")}),
    below("unit organisasi", [["Unit Organisasi : Dinas Bina Marga Jawa Barat"], flat(1)], {2: (SKIPPED, "Judul kelompok"), 3: (TAKEN, "institution")}),
    below("sub unit organisasi", [["Sub Unit Organisasi :", "Dinas Bina Marga Jawa Barat"], flat(1)],
     {2: (SKIPPED, "Judul kelompok"), 3: (TAKEN, "institution")}),
    below("unit organisasi tak dikenal", [["SKPD : Dinas Lain"], flat(1)], {2: (SKIPPED, ""), 3: (WARNED, "tidak dikenali")}),
    below("baris kosong di antara", [flat(1), [None] * 7, flat(2)], {2: (TAKEN, ""), 4: (TAKEN, "")}),
    below("judul tanpa kode", [[None, "Belanja langsung"], flat(1)], {2: (SKIPPED, "tanpa kode"), 3: (TAKEN, "")}),
    below("indikator kedua tanpa kode", [flat(1), [None, None, "Luas", 5, "Ha", None]], {3: (TAKEN, f"{SUB}1#2")}),
    below("kode bergabung dua baris", [flat(1), [None, None, "Luas", 5, "Ha", None]], {3: (TAKEN, f"{SUB}1#2")}, merged=["A2:A3", "B2:B3"]),
    below("pagu bergabung dihitung sekali", [flat(1), [None, None, "Luas", 5, "Ha", None]], {3: (TAKEN, '["5",null,"rp"]')}, merged=["A2:A3", "F2:F3"]),
    ("judul dokumen di atas", xlsx([["RKPD 2027"], ["Pemerintah Provinsi"], [], FLAT, flat(1)]), {5: (TAKEN, "")}),
    ("judul di baris 30", xlsx([["Kata pengantar"]] * 29 + [FLAT, flat(1)]), {31: (TAKEN, "")}),
    ("judul dua baris", xlsx([["Kode", "Uraian", "Rencana 2027", None], [None, None, "Target", "Pagu (Rp)"], [f"{SUB}1", NAMES[0], 3, 9]],
     merged=["A1:A2", "B1:B2", "C1:D1"]), {3: (TAKEN, '["3",9,"rp"]')}),
    ("judul dua baris tanpa gabungan", xlsx([["Kode", "Uraian", "Rencana 2027", None], [None, None, "Target", "Pagu (Rp)"], [f"{SUB}1", NAMES[0], 3, 9]]),
     {3: (TAKEN, '["3",9,"rp"]')}),
    ("judul tiga baris", xlsx([["Kode", "Uraian", "Rencana Tahun 2027", None], [None, None, "Target Capaian", "Pagu Indikatif"],
      [None, None, "Keluaran", "(Rp)"], [f"{SUB}1", NAMES[0], 3, 9]]), {4: (TAKEN, '["3",9,"rp"]')}),
    ("ribu pada judul", xlsx([["Kode", "Uraian", "Pagu (Rp ribu)"], [f"{SUB}1", NAMES[0], 1500]]), {2: (TAKEN, "1500000")}),
    ("juta pada judul", xlsx([["Kode", "Uraian", "Pagu (Rp juta)"], [f"{SUB}1", NAMES[0], "1,5"]]), {2: (TAKEN, "1500000")}),
    ("kata lebih kuat dari judul", xlsx([["Kode", "Uraian", "Pagu (Rp juta)"], [f"{SUB}1", NAMES[0], "2 miliar"]]), {2: (TAKEN, "2000000000")}),
    ("kode dan nama satu sel", xlsx([["Sub Kegiatan", "Target 2027", "Pagu"], [f"{SUB}1 {NAMES[0]}", "1 Laporan", 5]]), {2: (TAKEN, "Laporan")}),
    ("kode dan nama, nol hilang", xlsx([["Sub Kegiatan", "Target 2027", "Pagu"], [f"{SUB}1 {NAMES[0]}", 1, 5], [f"1.3.10.1.1.2 {NAMES[1]}", 1, 5]]),
     {3: (MENDED, f"dibaca {SUB}2")}),
    ("lima kolom teks", pieces(["1", "03", "10", "1.01", "0001", NAMES[0], *TAIL]), {2: (TAKEN, f"{SUB}1")}),
    ("lima kolom angka", pieces([1, 3, 10, 1.01, 1, NAMES[0], *TAIL]), {2: (MENDED, f"dibaca {SUB}1")}),
    ("lima kolom, atas kosong", pieces(["1", "03", "10", "1.01", "0001", NAMES[0], *TAIL], [None, None, None, None, "0002", NAMES[1], *TAIL]),
     {3: (TAKEN, f"{SUB}2")}),
    ("lima kolom, gabungan ke bawah", pieces(["1", "03", "10", "1.01", "0001", NAMES[0], *TAIL], [None, None, None, None, "0002", NAMES[1], *TAIL],
     merged=["A1:E1", "A2:A3", "B2:B3", "C2:C3", "D2:D3"]), {3: (TAKEN, f"{SUB}2")}),
    ("lima kolom, kegiatan 1.1 dua arti", pieces([1, 3, 10, 1.1, 1, NAMES[0], *TAIL]), {2: (MENDED, f"dibaca {SUB}1")}),
    ("lima kolom, baris program", pieces(["1", "03", "10", None, None, "Program Jalan", None, None, 5], ["1", "03", "10", "1.01", "0001", NAMES[0], *TAIL]),
     {2: (TAKEN, "1.03.10"), 3: (TAKEN, f"{SUB}1")}),
    ("lima kolom csv", csv([["Kode", "", "", "", "", "Uraian", "Indikator", "Target 2027", "Pagu (Rp)"],
      ["1", "03", "10", "1.01", "0001", NAMES[0], *TAIL]]), {2: (TAKEN, f"{SUB}1")}),
    ("lembar kosong di depan", xlsx([FLAT, flat(1)], more=["Lain", "Ketiga"]), {2: (TAKEN, "")}),
]  # fmt: skip
ROWS = [list(FLAT), flat(1), flat(2)]
TEXT_FILES: list[Case] = [
    (f"csv {name}", csv(ROWS, separator, encoding), {2: (TAKEN, f"{SUB}1"), 3: (TAKEN, f"{SUB}2")})
    for name, separator, encoding in [
        ("titik koma", ";", "utf-8"), ("koma", ",", "utf-8"), ("tab", "\t", "utf-8"), ("garis", "|", "utf-8"), ("bom", ";", "utf-8-sig"),
        ("utf-16", "\t", "utf-16"), ("windows", ";", "cp1252"),
    ]
]  # fmt: skip
TEXT_FILES += [
    ("csv sep=", b"sep=;\r\n" + csv(ROWS), {3: (TAKEN, f"{SUB}1"), 4: (TAKEN, f"{SUB}2")}),
    ("csv windows dengan dasawarsa", csv([FLAT, flat(1, ind="Panjang – jalan")], ";", "cp1252"), {2: (TAKEN, "")}),
    ("csv judul di atas", b"RKPD 2027\r\n;;;\r\n" + csv(ROWS), {4: (TAKEN, f"{SUB}1")}),
    (
        "csv koma dalam kutip",
        csv(ROWS, ",").replace(b"Panjang jalan", b'"Panjang, jalan"'),
        {2: (TAKEN, "Panjang, jalan")},
    ),
    ("csv baris dalam kutip", csv(ROWS).replace(b"Panjang jalan", b'"Panjang\njalan"'), {2: (TAKEN, "")}),
    ("csv nol hilang", csv([FLAT, flat(1, kode="1.3.10.1.1.1")]), {2: (MENDED, f"dibaca {SUB}1")}),
]
CASES: list[Case] = [*CODES, *MONEY, *TARGETS, *TEXTS, *SHAPES, *TEXT_FILES]
