"""Routes: the board of a desk and the targets that its K/L fills."""

from __future__ import annotations

from django.urls import URLPattern, path

from desks.views import agenda_lines, board, board_acts, targets, targets_excel

DESK = "desk/<str:round_code>/<str:desk_code>/"

urlpatterns: list[URLPattern] = [
    path(DESK, board.board, name="board"),
    path(f"{DESK}unduh/", board.board_download, name="board_download"),
    path(f"{DESK}sudah-dilihat/", board.board_seen, name="board_seen"),
    path(f"{DESK}minta-perbaikan/", board_acts.board_repair, name="board_repair"),
    path(f"{DESK}butir/<str:code>/", board_acts.board_item, name="board_item"),
    path(f"{DESK}butir/<str:code>/tawar/", board_acts.board_offer, name="board_offer"),
    path(f"{DESK}butir/<str:code>/catatan/", board_acts.board_note, name="board_note"),
    path(f"{DESK}renja/", agenda_lines.agenda_lines, name="agenda_lines"),
    path(f"{DESK}renja/tambah/", agenda_lines.lines_attach, name="lines_attach"),
    path(f"{DESK}renja/<str:code>/", agenda_lines.line_act, name="line_act"),
    path(f"{DESK}target/", targets.targets, name="targets"),
    path(f"{DESK}target/indikator/<str:indicator>/", targets.targets_indicator, name="targets_indicator"),
    path(f"{DESK}target/unduh/", targets_excel.targets_download, name="targets_download"),
    path(f"{DESK}target/unggah/", targets_excel.targets_upload, name="targets_upload"),
    path(f"{DESK}target/unggah/<str:code>/", targets_excel.targets_preview, name="targets_preview"),
    path(f"{DESK}target/unggah/<str:code>/simpan/", targets_excel.targets_accept, name="targets_accept"),
]
