"""Bantuan: short pages on how the portal is used, one template each."""

from __future__ import annotations

from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core.guide import guide_html

PAGES: Final = {
    "panduan-jam-pertama": ("Jam pertama", "Satu halaman bagi pengisi di daerah: enam langkah sampai usulan pertama."),
    "masuk": ("Masuk dan akun", "Tautan pertama, kata sandi, berbicara untuk lembaga mana, pendelegasian."),
    "mengisi-target": ("Mengisi target", "Cara menulis angka, tidak relevan, tersimpan atau belum, bentrok."),
    "sub-kegiatan": ("Sub kegiatan dan pagu", "Menautkan sub kegiatan, lokasi, sumber dana, dan satuan rupiah."),
    "makro": ("Indikator makro", "Target berupa rentang, grafik, strategi dan aksi pusat dan daerah."),
    "mengajukan": (
        "Memeriksa dan mengajukan (Bappeda)",
        "Mengembalikan ke OPD, mengajukan, menjawab perbaikan, menarik.",
    ),
    "kl": ("K/L: target dan papan desk", "Target nasional dan indikatif, membaca isian daerah, meminta perbaikan."),
    "ruang-desk": ("Ruang desk", "Sesi, kehadiran, sikap, memutuskan, menutup."),
    "berita-acara": ("Berita acara", "Isi, penandatanganan, keaslian, perubahan."),
    "excel": ("Excel", "Mengunduh daftar, aturan angka, kode sebagai teks."),
    "panduan-sekretariat": (
        "Panduan sekretariat",
        "Menyiapkan penyelenggaraan di layar dan lewat Excel, dengan gambar.",
    ),
    "panduan-bappeda-opd": ("Panduan Bappeda dan perangkat daerah", "Dari masuk sampai berita acara, dengan gambar."),
    "panduan-moderator": ("Panduan moderator", "Sesi dari pembukaan sampai berita acara, dengan gambar."),
    "status": ("Arti status", "Setiap status, siapa yang menetapkan, dan apa syaratnya."),
}
"""Address, title and one line of each page, in the order of a year."""


GUIDE: Final = "panduan-"
"""Pages whose text is a guide of docs/panduan."""


@require_safe
def help_index(request: HttpRequest) -> HttpResponse:
    """The list of pages; open to everybody, because the first page is about getting in."""
    pages = [{"slug": slug, "title": title, "text": text} for slug, (title, text) in PAGES.items()]
    return render(request, "help/index.html", {"pages": pages})


@require_safe
def help_page(request: HttpRequest, slug: str) -> HttpResponse:
    """One page, with the others beside it."""
    if slug not in PAGES:
        raise Http404
    pages = [{"slug": each, "title": title, "current": each == slug} for each, (title, _) in PAGES.items()]
    context = {"title": PAGES[slug][0], "pages": pages, "partial": f"help/{slug}.html"}
    if slug.startswith(GUIDE):
        context |= {"partial": "help/guide.html", "guide": guide_html(slug.removeprefix(GUIDE))}
    return render(request, "help/page.html", context)


@require_safe
def sources(request: HttpRequest) -> HttpResponse:
    """Whose numbers, names and codes the portal shows; open to everybody, as the sources ask."""
    return render(request, "help/sources.html")
