"""The portal's routes and, under /bare/, the views that it is measured against."""

from __future__ import annotations

from django.urls import include, path

from bench.bare.grid import bare_grid
from bench.bare.save import bare_save

urlpatterns = [
    path("bare/grid/<str:round_code>/<str:desk_code>/", bare_grid, name="bare_grid"),
    path("bare/save/", bare_save, name="bare_save"),
    path("", include("rakortek.urls")),
]
