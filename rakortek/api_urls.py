"""Routes of the API, version 1: composed here, defined in the apps."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path
from drf_spectacular.views import SpectacularAPIView

from rakortek.views import api_docs

app_name = "api"
urlpatterns: list[URLPattern | URLResolver] = [
    path("schema/", SpectacularAPIView.as_view(), name="schema"),
    path("dokumentasi/", api_docs, name="docs"),
    path("", include("accounts.api_urls")),
    path("", include("indicators.api.urls")),
    path("", include("desks.api.urls")),
    path("", include("agreements.api.urls")),
]
