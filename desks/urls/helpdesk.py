"""Routes: reports of trouble and announcements."""

from __future__ import annotations

from django.urls import URLPattern, path

from desks.views import announcements, reports

urlpatterns: list[URLPattern] = [
    path("lapor/", reports.report_trouble, name="report_trouble"),
    path("laporan-saya/", reports.my_reports, name="my_reports"),
    path("laporan/", reports.queue, name="report_queue"),
    path("laporan/<str:code>/", reports.report, name="report"),
    path("pengumuman/", announcements.announcements, name="announcements"),
    path("pengumuman/baru/", announcements.announcement_new, name="announcement_new"),
    path("pengumuman/<str:code>/", announcements.announcement_change, name="announcement_change"),
    path("pengumuman/<str:code>/akhiri/", announcements.announcement_end, name="announcement_end"),
    path("pengumuman/<str:code>/tutup/", announcements.announcement_dismiss, name="announcement_dismiss"),
]
