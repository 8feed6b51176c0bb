"""A final berita acara of one sitting is never written differently again: naskah, fingerprint and workbook of a fixed sheet, byte by byte."""

from __future__ import annotations

from decimal import Decimal

from agreements.exports.workbook import ba_workbook
from agreements.selectors.lines import lines_of
from agreements.selectors.sheet import (
    AttendanceRow,
    BaSheet,
    FundRow,
    HeadRow,
    LeftRow,
    NoteRow,
    SignBlock,
    SupportRow,
    TargetRow,
    TotalRow,
)
from core.canonical import canonical, sha256_hex
from core.values import Value

FROZEN = "da8e62cd1c6e8d22f4623f00d5a0caf17c83dd646dd9fc1cf3e0074575434ff5"
DIGEST = "2b139a15fd97aa56ebbe12dfc8398437555e90dbedd1f93149ddee9677e3dd46"
LINES = "652ff6ad7edc1a504331dc31dfd6fde87cb3b3939a322737270bfb653d465e91"
WORKBOOK = "db24d79ee29f30ce86ae531118cfdf3b17607720c83c646c96e62e4132deb32f"


def fixed_sheet() -> BaSheet:
    """A sheet as it was frozen before berita acara of other scopes existed."""
    value = Value.point(Decimal("14.5"), unit="%", decimals=2)
    return BaSheet(
        code="AAAA000001", check_code="8DVH2ZSTC8WX0", revision=1, heading="Desk Pekerjaan Umum · Jawa Barat · sesi 1",
        kop=("KEMENTERIAN DALAM NEGERI", "Jakarta"), title=("BERITA ACARA", "FORUM", "DESK PU", "PROVINSI JAWA BARAT"),
        opening="Pada hari Senin.", legal_heading="Dengan memperhatikan:", legal=("UU 25/2004;", "UU 23/2014,"), parties="maka para pihak",
        agree_heading="MENYEPAKATI", agreements=(("KESATU", "Target."), ("KEDUA", "Pagu.")), closing="Demikian.",
        chair_heading="Pimpinan Sidang,", signers_heading="Menyetujui:", signed_place="Jakarta", signed_on="2 Maret 2026", plan_year=2027,
        indicator_label="Indikator outcome prioritas", regions=("Provinsi Jawa Barat",),
        signers=(
            SignBlock(1, "Kemendagri", "kemendagri:1", "Direktur", "Nama Satu", nip="198001012005011001", chair=True, person="P1"),
            SignBlock(2, "Bappeda", "bappeda:32", "Kepala", "Nama Dua", prefix="an", principal_office="Gubernur", mode="paper"),
        ),
        attendance=(AttendanceRow(1, "Nama", "Jabatan", "Bappeda", "Hadir di tempat"),),
        targets=(TargetRow(1, "ITEM000001", "32", "Jawa Barat", "1.03.001", "Jalan mantap", "%", value, value, value, "agreed", "Disepakati", "dasar"),),
        supports=(
            SupportRow(1, "ITEM000001", "32", "Jawa Barat", "Jalan mantap", "1.03.10", "Rekonstruksi", "opd:1", "Dinas PU", "12,5", "Km", "Bogor", "32.01",
                       "Disepakati", funds=(FundRow("PAD", "PAD", 10, 10),)),
        ),
        totals=(TotalRow("Jumlah", 10),),
        left=(LeftRow(1, "ITEM000002", "32", "Jawa Barat", "Target", "1.03.002", "Irigasi", "%", None, "declined", "Tidak disepakati", "anggaran"),),
        unsubmitted=2, notes=(NoteRow(1, "", "Jawa Barat", "Catatan umum desk", "Kemendagri", "Catatan."),), number="001/BA/2026",
        heads=(HeadRow("MEJA000001", "Pekerjaan Umum × Jawa Barat", 42, "ab" * 32),), simulated=True, sha256="cd" * 32,
    )  # fmt: skip


def test_the_frozen_text_stays() -> None:
    sheet = fixed_sheet()
    assert sha256_hex(canonical(sheet.frozen())) == FROZEN
    assert sheet.digest() == DIGEST
    assert sha256_hex(canonical([list(row) for row in lines_of(sheet)])) == LINES


def test_the_workbook_stays() -> None:
    import hashlib

    assert hashlib.sha256(ba_workbook(fixed_sheet())).hexdigest() == WORKBOOK
