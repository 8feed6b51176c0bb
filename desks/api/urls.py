"""API routes of the desks."""

from __future__ import annotations

from django.urls import URLPattern, path

from desks.api.items import ItemDetail, ItemList, ItemMove, ItemSave
from desks.api.rooms import SessionDetail, SessionFigure, SessionList, SessionStances, SessionVerdict

urlpatterns: list[URLPattern] = [
    path("butir/", ItemList.as_view(), name="item_list"),
    path("butir/<str:code>/", ItemDetail.as_view(), name="item_detail"),
    path("simpan/", ItemSave.as_view(), name="item_save"),
    path("pindah/", ItemMove.as_view(), name="item_move"),
    path("sesi/", SessionList.as_view(), name="session_list"),
    path("sesi/<str:code>/", SessionDetail.as_view(), name="session_detail"),
    path("sesi/<str:code>/angka/", SessionFigure.as_view(), name="session_figure"),
    path("sesi/<str:code>/sikap/", SessionStances.as_view(), name="session_stances"),
    path("sesi/<str:code>/putusan/", SessionVerdict.as_view(), name="session_verdict"),
]
