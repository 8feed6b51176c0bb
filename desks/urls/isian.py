"""Routes: isian, one row of it, its sub kegiatan."""

from __future__ import annotations

from django.urls import URLPattern, path

from desks.views import isian, isian_excel, item, slips, submit, support
from desks.views.usulan import filing

urlpatterns: list[URLPattern] = [
    path("isian/", isian.isian_index, name="isian_index"),
    path("isian/ajukan/", submit.submit_region, name="submit_region"),
    path("isian/batas/<str:code>/", isian.inner_deadline, name="inner_deadline"),
    path("isian/<str:code>/", isian.isian, name="isian"),
    path("isian-excel/unggahan/<str:code>/", isian_excel.isian_preview, name="isian_preview"),
    path("isian-excel/unggahan/<str:code>/baca/", isian_excel.isian_reread, name="isian_reread"),
    path("isian-excel/unggahan/<str:code>/terapkan/", isian_excel.isian_accept, name="isian_accept"),
    path("isian-excel/unggahan/<str:code>/hasil/", isian_excel.isian_answer, name="isian_answer"),
    path("isian-excel/<str:round_code>/", isian_excel.isian_excel, name="isian_excel"),
    path("isian-excel/<str:round_code>/unduh/", isian_excel.isian_book_download, name="isian_book"),
    path("isian-excel/<str:round_code>/unggah/", isian_excel.isian_upload, name="isian_upload"),
    path("isian/<str:code>/ajukan/", submit.submit_meja, name="submit"),
    path("isian/<str:code>/pindah/", isian.isian_move, name="isian_move"),
    path("isian/<str:code>/usulan/baru/", filing.usulan_add, name="usulan_add"),
    path("isian/<str:code>/usulan/lanjutan/", filing.usulan_carry, name="usulan_carry"),
    path("butir/<str:code>/", item.item, name="item"),
    path("butir/<str:code>/pindah/", item.item_move, name="item_move"),
    path("butir/<str:code>/target-tetap/", item.confirm, name="confirm_target"),
    path("butir/<str:code>/peringatan/", slips.item_warning, name="item_warning"),
    path("butir/<str:code>/nomenklatur/", support.nomenclature, name="nomenclature"),
    path("butir/<str:code>/sub-kegiatan/", support.support_add, name="support_add"),
    path("butir/<str:code>/sub-kegiatan/<int:pk>/", support.support_change, name="support_change"),
    path("butir/<str:code>/sub-kegiatan/<int:pk>/hapus/", support.support_remove, name="support_remove"),
]
