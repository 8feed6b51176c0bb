"""Routes of `accounts` in the API."""

from __future__ import annotations

from django.urls import path

from accounts.api import Me

urlpatterns = [path("saya/", Me.as_view(), name="me")]
