"""Columns proposed from the header text of the layouts that officials really have."""

from __future__ import annotations

import pytest

from planning.imports.layouts.fields import Column, money_unit, propose

PARTS = ["kode_1", "kode_2", "kode_3", "kode_4", "kode_5"]
PIECES = [["1", "03", "10", "1.01", "0001", "Rekonstruksi Jalan"]]
WHOLE = [["1.03.10.1.01.0001", "Rekonstruksi Jalan"]]
GLUED = [["1.03.10.1.01.0001 Rekonstruksi Jalan"]]

# name: kind, first and last year, samples, header -> field
LAYOUTS = {
    "sipd nomenklatur": ("NOMENKLATUR", 2027, 2027, (), [
        ("JENIS PEMDA", "jenis_pemda"), ("BIDANG", "bidang"), ("PROGRAM", "program"), ("KEGIATAN", "kegiatan"), ("SUBKEGIATAN", "sub_kegiatan"),
        ("KINERJA", ""), ("INDIKATOR", "indikator"), ("SATUAN", "satuan"), ("TAG", "tag"), ("DEFINISI OPERASIONAL", ""), ("PELAKSANA", ""),
        ("SPM", ""), ("JENIS", ""), ("SUBKEGIATAN SEBELUMNYA", "sebelumnya")]),
    "kodefikasi lima kolom": ("NOMENKLATUR", 2027, 2027, PIECES, [
        ("URUSAN", "kode_1"), ("BIDANG", "kode_2"), ("PROGRAM", "kode_3"), ("KEGIATAN", "kode_4"), ("SUB KEGIATAN", "kode_5"),
        ("NOMENKLATUR URUSAN KABUPATEN/KOTA", "uraian"), ("KINERJA", ""), ("INDIKATOR", "indikator"), ("SATUAN", "satuan")]),
    "dpa": ("RENJA_PD", 2027, 2027, WHOLE, [
        ("KODE SUB KEGIATAN", "kode"), ("PROGRAM DAN KEGIATAN", "uraian"), ("TOLAK UKUR CAPAIAN KEG.", ""), ("TARGET KINERJA CAPAIAN KEG.", ""),
        ("TOLAK UKUR KELUARAN", "indikator"), ("TARGET KINERJA KELUARAN", "target@0"), ("TOLAK UKUR HASIL", ""), ("TARGET KINERJA HASIL", ""),
        ("SUMBER DANA", ""), ("LOKASI", "lokasi"), ("KELUARAN SUB KEG.", ""), ("AWAL PELAKSANAAN", ""), ("AKHIR PELAKSANAAN", ""),
        ("JUMLAH PAGU", "pagu@0"), ("KETERANGAN", "")]),
    "renstra tahun ke": ("RENSTRA_PD", 2025, 2029, (), [
        ("SASARAN", ""), ("KODE", "kode"), ("PROGRAM DAN KEGIATAN", "uraian"), ("SATUAN", "satuan"), ("INDIKATOR", "indikator"),
        ("DATA CAPAIAN AWAL", ""), *[(f"TAHUN {n} / {w}", f"{f}@{n - 1}") for n in range(1, 6) for w, f in (("TARGET", "target"), ("DANA", "pagu"))],
        ("LOKASI", "lokasi"), ("KETERANGAN", "")]),
    "renstra tahun romawi": ("RENSTRA_PD", 2025, 2027, (), [
        ("Kode", "kode"), ("Program", "uraian"), ("Tahun I / Target", "target@0"), ("Tahun I / Rp", "pagu@0"), ("Tahun II / Target", "target@1"),
        ("Tahun II / Rp", "pagu@1"), ("Tahun III / K", ""), ("Kondisi Akhir / Rp", "")]),
    "renstra angka tahun": ("RENSTRA_PD", 2025, 2026, (), [
        ("Kode", "kode"), ("Nama Program", "uraian"), ("Indikator Kinerja", "indikator"), ("Kondisi Awal 2024", ""),
        ("Target dan Pagu / 2025 / Target", "target@0"), ("Target dan Pagu / 2025 / Pagu (Rp juta)", "pagu@0"),
        ("Target dan Pagu / 2026 / Target", "target@1"), ("Target dan Pagu / 2026 / Pagu (Rp juta)", "pagu@1")]),
    "rkpd indikator": ("RKPD", 2027, 2027, PIECES, [
        *[("Kode", part) for part in PARTS], ("Urusan/Bidang Urusan Pemerintahan Daerah dan Program/Kegiatan", "uraian"), ("Prioritas Daerah", ""),
        ("Sasaran Daerah", ""), ("Lokasi", "lokasi"), ("Indikator Kinerja / Capaian Program / Tolok Ukur", ""),
        ("Indikator Kinerja / Capaian Program / Target", ""), ("Indikator Kinerja / Keluaran Sub Kegiatan / Tolok Ukur", "indikator"),
        ("Indikator Kinerja / Keluaran Sub Kegiatan / Target", "target@0"), ("Indikator Kinerja / Hasil Kegiatan / Tolok Ukur", ""),
        ("Indikator Kinerja / Hasil Kegiatan / Target", ""), ("Pagu Indikatif (Rp.)", "pagu@0"), ("Prakiraan Maju (Rp.)", ""),
        ("Keterangan / Prioritas Pembangunan Nasional", "")]),
    "rkpd merah": ("RKPD", 2027, 2027, PIECES, [
        *[("Kode", part) for part in PARTS], ("Urusan/ Bidang Urusan/ Program/ Kegiatan/ Sub Kegiatan", "uraian"),
        ("Indikator Kinerja / Capaian Program", ""), ("Indikator Kinerja / Keluaran Sub Kegiatan", "indikator"),
        ("Rencana Tahun 2027 / Lokasi Output Kegiatan", "lokasi"), ("Rencana Tahun 2027 / Target Capaian Kinerja / Program", ""),
        ("Rencana Tahun 2027 / Target Capaian Kinerja / Keluaran Sub Kegiatan", "target@0"), ("Rencana Tahun 2027 / Pagu Indikatif (Rp.)", "pagu@0"),
        ("Rencana Tahun 2027 / Sumber Dana", ""), ("Catatan Penting", ""), ("Prakiraan Maju Rencana Tahun 2028 / Target Capaian Kinerja / Target", ""),
        ("Prakiraan Maju Rencana Tahun 2028 / Kebutuhan Dana/Pagu Indikatif (Rp.)", "")]),
    "renja sipd-ri": ("RENJA_PD", 2027, 2027, [["1", "1.03.10.1.01.0001"]], [
        ("No", ""), ("Kode", "kode"), ("Urusan/Bidang Urusan/Program/Kegiatan/Sub Kegiatan", "uraian"), ("Indikator", "indikator"),
        ("Target Akhir Periode Renstra OPD", ""), ("Realisasi Capaian Renja 2025", ""), ("Prakiraan Capaian Target Renja 2026", ""),
        ("Capaian Kinerja dan Kerangka Pendanaan / Target 2027", "target@0"), ("Capaian Kinerja dan Kerangka Pendanaan / Pagu Indikatif (Rp)", "pagu@0"),
        ("Capaian Kinerja dan Kerangka Pendanaan / Lokasi", "lokasi"), ("Capaian Kinerja dan Kerangka Pendanaan / Sumber Dana", ""),
        ("Kelompok Sasaran", ""), ("Prakiraan Maju 2028 / Target", ""), ("Prakiraan Maju 2028 / Pagu Indikatif (Rp)", ""),
        ("Perangkat Daerah Penanggung Jawab", "pelaksana")]),
    "kode dan nama satu sel": ("RKPD", 2027, 2027, GLUED, [
        ("Sub Kegiatan", "kode_uraian"), ("Indikator", "indikator"), ("Target 2027", "target@0"), ("Anggaran (Rp)", "pagu@0"), ("Nama SKPD", "pelaksana")]),
    "daftar bappeda": ("RKPD", 2027, 2027, WHOLE, [
        ("Kode Sub Kegiatan", "kode"), ("Nama Sub Kegiatan", "uraian"), ("Target", "target@0"), ("Satuan", "satuan"), ("Anggaran (Rp ribu)", "pagu@0"),
        ("OPD", "pelaksana")]),
    "kolom basis data sipd": ("RKPD", 2027, 2027, [["1.03.10.1.01.0001"]], [
        ("kode_sub_kegiatan", "kode"), ("nama_sub_kegiatan", "uraian"), ("outputteks", ""), ("satuanoutput", "satuan"),
        ("pagu", "pagu@0"), ("pagu_n_depan", "")]),
    "rpjmn matriks": ("RPJMN", 2025, 2029, (), [
        ("PN/PP/KP/ProP/Proyek", "uraian"), ("INDIKATOR", "indikator"), *[(f"Target / {y}", f"target@{y - 2025}") for y in range(2025, 2030)],
        ("Pendanaan (Rp miliar)", ""), ("LOKASI", "lokasi"), ("Major Project", ""), ("INSTANSI PELAKSANA", "pelaksana"), ("Hal", "")]),
    "rpjmd": ("RPJMD", 2025, 2030, (), [
        ("tabel", ""), ("urutan", ""), ("tujuan", ""), ("sasaran", "uraian"), ("indikator", "indikator"), ("baseline_2024", ""),
        *[(f"target_{y}", f"target@{y - 2025}") for y in range(2025, 2031)], ("ket", "")]),
    "krisna": ("RO", 2027, 2027, (), [
        ("kddept", "kode_1"), ("kdunit", "kode_2"), ("kdprogram", "kode_3"), ("nmprogram", ""), ("kdgiat", "kode_4"), ("kdoutput", "kode_5"),
        ("kdsoutput", "kode_6"), ("nmsoutput", "uraian"), ("sat", "satuan"), ("volume", "target@0"), ("alokasi_total", "pagu@0"), ("lokasi", "")]),
    "katalog ro portal": ("RO", 2027, 2027, (), [
        ("tahun", ""), ("kode_kl", "kl"), ("kode_ro", "kode"), ("nama", "uraian"), ("satuan", "satuan"), ("volume", "target@0"), ("alokasi", "pagu@0"),
        ("satuan_alokasi", ""), ("kriteria", ""), ("sumber", "sumber")]),
}  # fmt: skip


@pytest.mark.parametrize("name", LAYOUTS)
def test_the_columns_of_a_layout(name):
    kind, first, last, samples, columns = LAYOUTS[name]
    found = propose([head for head, _ in columns], samples, kind=kind, year_from=first, year_to=last)
    said = [(head, column.field) for (head, _), column in zip(columns, found, strict=True)]
    assert said == columns


@pytest.mark.parametrize(
    ("header", "unit"),
    [
        ("Pagu Indikatif (Rp.)", "rp"), ("Pagu (Rp ribu)", "ribu"), ("Anggaran (Rp. 000)", "ribu"), ("Pagu (ribuan rupiah)", "ribu"),
        ("Alokasi (Rp juta)", "juta"), ("Dana dalam juta rupiah", "juta"), ("Pagu (Rp 000.000)", "juta"), ("Pendanaan (Rp miliar)", "miliar"),
        ("Pendanaan (Rp milyar)", "miliar"), ("Pagu 2027", "rp"), ("JUMLAH PAGU", "rp"),
    ],
)  # fmt: skip
def test_the_unit_of_money_in_a_header(header, unit):
    assert money_unit(header) == unit


def test_a_field_goes_to_one_column_only():
    found = propose(
        ["Kode", "Uraian", "Target 2027", "Target 2027 (perubahan)", "Pagu 2027"],
        (),
        kind="RKPD",
        year_from=2027,
        year_to=2027,
    )
    assert found[2:] == [Column("target@0"), Column(), Column("pagu@0")]
