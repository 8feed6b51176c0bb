"""Routes: the overview of a round."""

from __future__ import annotations

from django.urls import URLPattern, path

from desks.views.overview import pages

ROUND = "ikhtisar/<str:code>/"

urlpatterns: list[URLPattern] = [
    path(ROUND, pages.progress, name="overview"),
    path(f"{ROUND}keterisian/", pages.completeness, name="completeness"),
    path(f"{ROUND}butir/", pages.rows, name="overview_rows"),
    path(f"{ROUND}butir/ingatkan/", pages.overview_remind, name="overview_remind"),
    path(f"{ROUND}selisih/", pages.national_gap, name="national_gap"),
]
