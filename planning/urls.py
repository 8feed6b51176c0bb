"""Routes of `planning`, mounted at the root."""

from __future__ import annotations

from django.urls import path

from planning import views

app_name = "planning"
urlpatterns = [
    path("dokumen/", views.document_list, name="document_list"),
    path("program-provinsi/<int:year>/", views.program_choices, name="program_choices"),
    path("rincian-output/", views.output_list, name="output_list"),
]
