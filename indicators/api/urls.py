"""API routes of documents, figures, indicators and priorities."""

from __future__ import annotations

from django.urls import URLPattern, path

from indicators.api.views import (
    DocumentDetail,
    DocumentLines,
    DocumentList,
    FigureList,
    IndicatorDetail,
    IndicatorList,
    NodeDetail,
    NodeList,
)

urlpatterns: list[URLPattern] = [
    path("dokumen/", DocumentList.as_view(), name="document_list"),
    path("dokumen/<int:pk>/", DocumentDetail.as_view(), name="document"),
    path("dokumen/<int:pk>/baris/", DocumentLines.as_view(), name="document_lines"),
    path("angka/", FigureList.as_view(), name="figures"),
    path("indikator/", IndicatorList.as_view(), name="indicator_list"),
    path("indikator/<str:code>/", IndicatorDetail.as_view(), name="indicator"),
    path("prioritas/", NodeList.as_view(), name="node_list"),
    path("prioritas/<str:key>/", NodeDetail.as_view(), name="node"),
]
