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
    ("bappenas", "Kementerian PPN/Bappenas: pembahas, semua desk"),
    ("sekretariat", "Sekretariat: penyelenggaraan, jadwal, pengelolaan"),
    ("auditor", "Auditor: hanya baca"),
    ("admin", "Pengelola sistem: tanpa wewenang di meja"),
)
"""User name, and what it shows."""


def offered_logins() -> tuple[tuple[str, str], ...]:
    """The logins to offer on the login page; none outside a demo installation."""
    return LOGINS if settings.DEMO else ()
