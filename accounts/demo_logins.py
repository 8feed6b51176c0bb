"""The logins of the example worth trying: printed by `load_demo`, and listed on the login page of a demo installation only."""

from __future__ import annotations

from typing import Final

from django.conf import settings

LOGINS: Final[tuple[tuple[str, str], ...]] = (
    ("bappeda.jabar", "Bappeda Jawa Barat: pengisian, catatan, sikap"),
    ("opd.pu.jabar", "Dinas PUPR Jawa Barat: isi target dan sub kegiatan"),
    ("kl.pu", "Kementerian PU: target nasional dan indikatif, perbaikan, sikap"),
    ("moderator.pu", "Moderator Desk Pekerjaan Umum dan Penataan Ruang"),
    ("kepala.jabar", "Kepala Bappeda Jawa Barat: menandatangani berita acara"),
    ("direktur.pu", "Direktur pengampu di Kementerian PU: menandatangani berita acara"),
    ("penandatangan", "Direktur PEIPD: menandatangani berita acara"),
    ("pimpinan", "Pimpinan sidang, semua desk"),
    ("notulis", "Notulis, semua desk"),
    ("kemendagri", "Kemendagri (Dit. PEIPD): pembahas, semua desk"),
    ("bappenas", "Kementerian PPN/Bappenas: pembahas, semua desk; pengampu indikator makro"),
    ("moderator.makro", "Moderator Desk Indikator Makro (Bappenas)"),
    ("moderator.kewilayahan", "Moderator Desk Kewilayahan I (Bappenas): usulan per lokasi"),
    ("sekretariat", "Sekretariat: penyelenggaraan, jadwal, pengelolaan"),
    ("pimpinan.banten", "Kepala Bappeda Banten: pimpinan sidang dan berita acara rakortek provinsi"),
    ("pu.banten", "Dinas PUPR Banten: target provinsi dan indikatif, sikap"),
    ("bappeda.lebak", "Bappeda Kabupaten Lebak: isian dan sikap dalam rakortek Banten"),
    ("pimpinan.kb.babel", "Kepala dinas KB Babel: rakor satu dinas dengan 7 kabupaten/kota"),
    ("auditor", "Auditor: hanya baca"),
    ("admin", "Pengelola sistem: tanpa wewenang di meja"),
)
"""User name, and what it shows."""


def offered_logins() -> tuple[tuple[str, str], ...]:
    """The logins to offer on the login page; none outside a demo installation."""
    return LOGINS if settings.DEMO else ()
