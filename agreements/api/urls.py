"""API routes of the berita acara."""

from __future__ import annotations

from rest_framework.routers import SimpleRouter

from agreements.api.views import BaViewSet

router = SimpleRouter()
router.register("berita-acara", BaViewSet, basename="berita_acara")
urlpatterns = router.urls
