"""Route: the search."""

from __future__ import annotations

from django.urls import URLPattern, path

from desks.views.search import search_page

urlpatterns: list[URLPattern] = [path("cari/", search_page, name="search")]
