"""API routes of the desks."""

from __future__ import annotations

from django.urls import URLPattern, path

from desks.api.items import ItemDetail, ItemList, ItemMove, ItemSave

urlpatterns: list[URLPattern] = [
    path("butir/", ItemList.as_view(), name="item_list"),
    path("butir/<str:code>/", ItemDetail.as_view(), name="item_detail"),
    path("simpan/", ItemSave.as_view(), name="item_save"),
    path("pindah/", ItemMove.as_view(), name="item_move"),
]
