"""Routes: the papers one takes to a desk."""

from __future__ import annotations

from django.urls import URLPattern, path

from desks.views import bahan

urlpatterns: list[URLPattern] = [
    path("bahan/<str:round_code>/", bahan.bahan, name="bahan"),
    path("bahan/<str:round_code>/unduh/", bahan.bahan_download, name="bahan_download"),
]
