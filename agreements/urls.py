"""Routes of the berita acara, mounted at the root."""

from __future__ import annotations

from django.urls import path

from agreements.views import check, drafting, pages, scopes, signing

app_name = "agreements"
urlpatterns = [
    path("berita-acara/", pages.ba_list, name="ba_list"),
    path("berita-acara/susun/<str:session_code>/", drafting.draft, name="draft"),
    path("berita-acara/cakupan/<str:round_code>/", scopes.draft_scope, name="draft_scope"),
    path("berita-acara/induk/<str:round_code>/", scopes.draft_induk, name="draft_induk"),
    path("berita-acara/<str:code>/", pages.ba, name="ba"),
    path("berita-acara/<str:code>/unduh/", pages.download, name="download"),
    path("berita-acara/<str:code>/ubah/", drafting.edit, name="edit"),
    path("berita-acara/<str:code>/finalkan/", drafting.finalise, name="finalise"),
    path("berita-acara/<str:code>/batalkan/", drafting.void, name="void"),
    path("berita-acara/<str:code>/penanda-tangan/tambah/", drafting.signatory_new, name="signatory_new"),
    path("berita-acara/<str:code>/penanda-tangan/<int:order>/", drafting.signatory, name="signatory"),
    path(
        "berita-acara/<str:code>/penanda-tangan/<int:order>/hapus/", drafting.signatory_remove, name="signatory_remove"
    ),
    path("berita-acara/<str:code>/penanda-tangan/<int:order>/ganti/", signing.change, name="change"),
    path("berita-acara/<str:code>/tanda-tangan/<int:order>/", signing.sign, name="sign"),
    path("berita-acara/<str:code>/tanda-tangan/<int:order>/tolak/", signing.refuse, name="refuse"),
    path("berita-acara/<str:code>/tanda-tangan/<int:order>/pindaian/", signing.scan, name="scan"),
    path("berita-acara/<str:code>/tanda-tangan/<int:order>/tutup/", signing.excuse, name="excuse"),
    path("periksa/", check.ask, name="check_form"),
    path("periksa/<str:code>/", check.check, name="check"),
]
