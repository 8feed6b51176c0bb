"""Routes: composed here, defined in the apps."""

from __future__ import annotations

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path
from django.views.generic import RedirectView

from core.help import help_index, help_page, sources
from rakortek.views import admin_login, favicon

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("desks.urls")),
    path("", include("core.urls")),
    path("", include("accounts.urls")),
    path("", include("planning.urls")),
    path("", include("indicators.urls")),
    path("bantuan/", help_index, name="help"),
    path("bantuan/<slug:slug>/", help_page, name="help_page"),
    path("sumber-data/", sources, name="sources"),
    path("favicon.ico", favicon, name="favicon"),
    path("", include("agreements.urls")),
    path("admin/login/", admin_login),
    path("admin/password_change/", RedirectView.as_view(pattern_name="accounts:password_change")),
    path("admin/", admin.site.urls),
    path("api/v1/", include("rakortek.api_urls")),
]
handler400 = "rakortek.views.bad_request"
handler403 = "rakortek.views.forbidden"
handler404 = "rakortek.views.not_found"
handler500 = "rakortek.views.broken"
