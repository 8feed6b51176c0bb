"""Usulan in the administration: read by the secretariat of their round once they are handed in, never changed there."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from desks.models import Correction, Readiness, Usulan, UsulanPlace
from tests.desks.usulan_world import Kewil, kewil  # noqa: F401

pytestmark = pytest.mark.django_db


def shown(client: Client, model: type) -> int:
    page = client.get(reverse(f"admin:desks_{model._meta.model_name}_changelist"))
    assert page.status_code == 200
    return page.context["cl"].result_count


def test_only_what_is_handed_in_is_read(kewil: Kewil, client: Client) -> None:  # noqa: F811
    staff = kewil.world.secretariat.user
    staff.is_staff = True
    staff.save()
    client.force_login(staff, backend="django.contrib.auth.backends.ModelBackend")
    usulan = kewil.filed(places=2)
    tables = (Usulan, UsulanPlace, Readiness, Correction)
    assert [shown(client, model) for model in tables] == [0, 0, 0, 0]
    kewil.submitted(usulan)
    assert [shown(client, model) for model in tables] == [1, 2, 1, 0]
    page = client.get(reverse("admin:desks_usulan_change", args=[usulan.pk]))
    assert "yang diajukan" not in page.content.decode()
    assert client.post(reverse("admin:desks_usulan_change", args=[usulan.pk]), {"title": "x"}).status_code == 403
