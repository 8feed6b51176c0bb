"""Routes: a round and the secretariat's acts on it."""

from __future__ import annotations

from django.urls import path

from desks.views import round as pages

urlpatterns = [
    path("penyelenggaraan/<str:code>/", pages.round_page, name="round"),
    path("penyelenggaraan/<str:code>/tahapan/<int:pk>/perpanjang/", pages.extend, name="extend_stage"),
]
