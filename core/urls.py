"""Routes of `core`, mounted at the root."""

from __future__ import annotations

from django.urls import path

from core import health, views

app_name = "core"
urlpatterns = [
    path("healthz/", health.healthz, name="healthz"),
    path("data-contoh/", views.example, name="example"),
    path("pekerjaan/<str:code>/", views.job_status, name="job"),
    path("pekerjaan/<str:code>/batal/", views.job_cancel, name="job-cancel"),
    path("pekerjaan/<str:code>/ulang/", views.job_retry, name="job-retry"),
    path("berkas/<str:code>/", views.download, name="file"),
]
