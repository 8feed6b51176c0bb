"""Routes of `indicators`, mounted at the root. A document's page stands here because it shows figures."""

from __future__ import annotations

from django.urls import path

from indicators import views

app_name = "indicators"
urlpatterns = [
    path("angka/", views.figures, name="figures"),
    path("dokumen/<int:pk>/", views.document, name="document"),
]
