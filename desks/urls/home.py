"""Routes: home."""

from __future__ import annotations

from django.urls import URLPattern, path

from desks.views import home, queue

urlpatterns: list[URLPattern] = [
    path("", home.home, name="home"),
    path("antrean/", queue.queue, name="queue"),
    path("pemberitahuan/dibaca/", home.notices_read, name="notices_read"),
]
