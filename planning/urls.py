"""Routes of `planning`, mounted at the root."""

from __future__ import annotations

from django.urls import path

from planning import views

app_name = "planning"
urlpatterns = [
    path("dokumen/", views.document_list, name="document_list"),
    path("pagu/", views.pagu_list, name="pagu_list"),
    path("pagu/unggah/", views.pagu_upload, name="pagu_upload"),
    path("program-provinsi/<int:year>/", views.program_choices, name="program_choices"),
    path("rincian-output/", views.output_list, name="output_list"),
]
