"""Routes of `indicators`, mounted at the root. Documents and trees stand here because their pages show figures and indicators."""

from __future__ import annotations

from django.urls import path

from indicators.views import documents, figures, priorities, uploads

app_name = "indicators"
urlpatterns = [
    path("angka/", figures.figures, name="figures"),
    path("angka/<str:indicator>/<str:region>/", figures.story, name="story"),
    path("dokumen/muat/", documents.document_add, name="document_add"),
    path("dokumen/templat/", documents.document_template, name="document_template"),
    path("dokumen/unggah/", uploads.upload_add, name="upload_add"),
    path("dokumen/unggah/<str:code>/", uploads.upload, name="upload"),
    path("dokumen/unggah/<str:code>/kolom/", uploads.upload_columns, name="upload_columns"),
    path("dokumen/unggah/<str:code>/muat/", uploads.upload_accept, name="upload_accept"),
    path("dokumen/unggah/<str:code>/buang/", uploads.upload_drop, name="upload_drop"),
    path("dokumen/<int:pk>/", documents.document, name="document"),
    path("dokumen/<int:pk>/banding/", documents.document_compare, name="document_compare"),
    path("dokumen/<int:pk>/tahapan/", documents.document_stage, name="document_stage"),
    path("dokumen/<int:pk>/hapus/", documents.document_remove, name="document_remove"),
    path("prioritas/", priorities.priorities, name="priorities"),
    path("prioritas/muat/", priorities.priorities_load, name="priorities_load"),
    path("prioritas/templat/", priorities.priorities_template, name="priorities_template"),
]
