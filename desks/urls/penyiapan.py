"""Routes of the set-up of a round, for its secretariat."""

from __future__ import annotations

from django.urls import path

from desks.views import setup_close, setup_excel, setup_pages, setup_round

BASE = "penyelenggaraan/<str:code>/penyiapan/"
urlpatterns = [
    path("penyelenggaraan/baru/", setup_round.create, name="round_new"),
    path(BASE, setup_pages.checklist, name="setup"),
    path(f"{BASE}umum/", setup_round.general, name="setup_general"),
    path(f"{BASE}salin/", setup_round.copy, name="setup_copy"),
    path(f"{BASE}perubahan/", setup_round.changes, name="setup_changes"),
    path(f"{BASE}definisi/", setup_round.versions, name="setup_versions"),
    path(f"{BASE}kursi-baku/", setup_excel.usual_seats, name="setup_usual_seats"),
    path(f"{BASE}tautan/", setup_excel.links, name="setup_links"),
    path(f"{BASE}tutup/", setup_close.close, name="setup_close"),
    path(f"{BASE}excel/", setup_excel.download, name="setup_download"),
    path(f"{BASE}unggah/", setup_excel.upload, name="setup_upload"),
    path(f"{BASE}unggahan/<str:job>/", setup_excel.preview, name="setup_preview"),
    path(f"{BASE}unggahan/<str:job>/terapkan/", setup_excel.accept, name="setup_accept"),
    path(f"{BASE}<slug:part>/", setup_pages.part_list, name="setup_part"),
    path(f"{BASE}<slug:part>/baru/", setup_pages.add, name="setup_add"),
    path(f"{BASE}<slug:part>/<int:pk>/", setup_pages.change, name="setup_change"),
    path(f"{BASE}<slug:part>/<int:pk>/hapus/", setup_pages.remove, name="setup_remove"),
]
