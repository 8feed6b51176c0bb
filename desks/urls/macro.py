"""Routes: the strand makro."""

from __future__ import annotations

from django.urls import URLPattern, path

from desks.views import macro, macro_ahead, macro_board

ROW = "sesi/<str:code>/butir/<str:butir>/"

urlpatterns: list[URLPattern] = [
    path("butir/<str:code>/aksi/", macro.action_add, name="action_add"),
    path("butir/<str:code>/aksi/<str:aksi>/", macro.action_change, name="action_change"),
    path("butir/<str:code>/aksi/<str:aksi>/hapus/", macro.action_remove, name="action_remove"),
    path("desk/<str:round_code>/<str:desk_code>/strategi/", macro_board.board_actions, name="board_actions"),
    path("desk/<str:round_code>/<str:desk_code>/strategi/siapkan/", macro_ahead.ahead, name="macro_ahead"),
    path(
        "desk/<str:round_code>/<str:desk_code>/strategi/siapkan/<str:aksi>/hapus/",
        macro_ahead.ahead_remove,
        name="macro_ahead_remove",
    ),
    path(f"{ROW}aksi/", macro.row_action, name="row_action"),
    path(f"{ROW}aksi/hapus/", macro.row_action_remove, name="row_action_remove"),
]
