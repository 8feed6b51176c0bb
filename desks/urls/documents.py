"""Routes: what the rows of a region have in its documents."""

from __future__ import annotations

from django.urls import URLPattern, path

from desks.views import in_document

urlpatterns: list[URLPattern] = [
    path("dokumen/<int:pk>/sub-kegiatan/", in_document.beside_document, name="in_document"),
]
