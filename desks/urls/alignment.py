"""Routes: uji keselarasan and pagu beside the Isian."""

from __future__ import annotations

from django.urls import URLPattern, path

from desks.urls.board import DESK
from desks.views import alignment, alignment_parts

urlpatterns: list[URLPattern] = [
    path("isian/keselarasan/", alignment.alignment_region, name="alignment_region"),
    path("isian/samping/", alignment_parts.beside_region, name="beside_region"),
    path("isian/<str:code>/keselarasan/", alignment.alignment, name="alignment"),
    path("isian/<str:code>/samping/", alignment_parts.beside, name="beside"),
    path("butir/<str:code>/keselarasan/", alignment_parts.of_item, name="alignment_item"),
    path("dokumen/<int:pk>/keselarasan/", alignment_parts.of_document, name="alignment_document"),
    path(f"{DESK}keselarasan/", alignment.alignment_desk, name="alignment_desk"),
]
