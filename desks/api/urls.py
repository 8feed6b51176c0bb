"""API routes of the desks."""

from __future__ import annotations

from django.urls import URLPattern, path

from desks.api import macro
from desks.api.alignment import AlignmentList
from desks.api.details import ItemDetails, ItemNote, ItemSupports, SupportSave
from desks.api.feed import ChangeFeed
from desks.api.items import ItemDetail, ItemList, ItemMove, ItemSave
from desks.api.rooms import SessionDetail, SessionFigure, SessionList, SessionStances, SessionVerdict
from desks.api.search import Search
from desks.api.setup import DeskList, RoundList
from desks.api.slips import ItemWarning
from desks.api.usulan import SessionPlace, UsulanCreate, UsulanDetail
from desks.api.usulan_acts import Evidence, SessionUsulan

urlpatterns: list[URLPattern] = [
    path("penyelenggaraan/", RoundList.as_view(), name="round_list"),
    path("cari/", Search.as_view(), name="search"),
    path("keselarasan/", AlignmentList.as_view(), name="alignment"),
    path("desk/", DeskList.as_view(), name="desk_list"),
    path("butir/", ItemList.as_view(), name="item_list"),
    path("butir/<str:code>/", ItemDetail.as_view(), name="item_detail"),
    path("butir/<str:code>/rincian/", ItemDetails.as_view(), name="item_details"),
    path("butir/<str:code>/catatan/", ItemNote.as_view(), name="item_note"),
    path("butir/<str:code>/sub-kegiatan/", ItemSupports.as_view(), name="item_supports"),
    path("butir/<str:code>/usulan/", UsulanDetail.as_view(), name="usulan_detail"),
    path("butir/<str:code>/usulan/bukti/<str:criterion>/", Evidence.as_view(), name="usulan_evidence"),
    path("butir/<str:code>/peringatan/", ItemWarning.as_view(), name="item_warning"),
    path("usulan/", UsulanCreate.as_view(), name="usulan_create"),
    path("sesi/<str:code>/usulan/", SessionUsulan.as_view(), name="session_usulan"),
    path("sesi/<str:code>/lokasi/", SessionPlace.as_view(), name="session_place"),
    path("perubahan/", ChangeFeed.as_view(), name="changes"),
    path("simpan/", ItemSave.as_view(), name="item_save"),
    path("sub-kegiatan/simpan/", SupportSave.as_view(), name="support_save"),
    path("pindah/", ItemMove.as_view(), name="item_move"),
    path("sesi/", SessionList.as_view(), name="session_list"),
    path("sesi/<str:code>/", SessionDetail.as_view(), name="session_detail"),
    path("sesi/<str:code>/angka/", SessionFigure.as_view(), name="session_figure"),
    path("sesi/<str:code>/sikap/", SessionStances.as_view(), name="session_stances"),
    path("sesi/<str:code>/putusan/", SessionVerdict.as_view(), name="session_verdict"),
    *macro.urlpatterns,
]
