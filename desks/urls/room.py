"""Routes: room."""

from __future__ import annotations

from django.urls import URLPattern, path

from desks.views import desk_index, room, room_acts, room_row, room_session
from desks.views.usulan import room as usulan_room

ROW = "sesi/<str:code>/butir/<str:butir>/"
urlpatterns: list[URLPattern] = [
    path("desk/", desk_index.desk_index, name="desk_index"),
    path("desk/<str:round_code>/<str:desk_code>/jadwal/", desk_index.session_plan, name="session_plan"),
    path("sesi/<str:code>/", room.session_page, name="session"),
    path("sesi/<str:code>/versi/", room.session_versions, name="session_versions"),
    path("sesi/<str:code>/buka/", room_session.session_open, name="session_open"),
    path("sesi/<str:code>/segarkan/", room_session.session_refresh, name="session_refresh"),
    path("sesi/<str:code>/tutup/", room_session.session_close, name="session_close"),
    path("sesi/<str:code>/buka-kembali/", room_session.session_reopen, name="session_reopen"),
    path("sesi/<str:code>/lanjutan/", room_session.session_follow_up, name="session_follow_up"),
    path("sesi/<str:code>/hadir/", room_session.attendance, name="attendance"),
    path("sesi/<str:code>/sepakati/", room_session.agree_all, name="agree_all"),
    path("sesi/<str:code>/setuju/", room_session.consent_all, name="consent_all"),
    path(f"{ROW}panggil/", room_acts.call, name="row_call"),
    path(f"{ROW}tunda/", room_acts.postpone, name="row_postpone"),
    path(f"{ROW}angka/", room_acts.figure, name="row_figure"),
    path(f"{ROW}sikap/", room_acts.stance, name="row_stance"),
    path(f"{ROW}putusan/", room_acts.verdict, name="row_verdict"),
    path(f"{ROW}buka-kembali/", room_acts.reopen_row, name="row_reopen"),
    path(f"{ROW}sub-kegiatan/", room_acts.support_verdict, name="row_support"),
    path(f"{ROW}sub-kegiatan/sepakati/", room_acts.supports_agree, name="row_supports_agree"),
    path(f"{ROW}sub-kegiatan/tambah/", room_row.support_add, name="row_support_add"),
    path(f"{ROW}sub-kegiatan/<int:pk>/ubah/", room_row.support_change, name="row_support_change"),
    path(f"{ROW}lokasi/", usulan_room.place, name="row_place"),
    path(f"{ROW}usulan/", usulan_room.mend, name="row_usulan"),
    path("sesi/<str:code>/meja/<str:meja>/usulan/", usulan_room.add, name="session_usulan"),
    path(f"{ROW}perbaikan/", room_row.repair, name="row_repair"),
    path("sesi/<str:code>/meja/<str:meja>/catatan/", room_acts.meja_note, name="meja_note"),
    path(f"{ROW}catatan/", room_acts.note, name="row_note"),
]
