"""A production start is refused while the demo's password opens an account."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
from django.core.management import CommandError, call_command


def person(name: str, password: str, **more: bool) -> None:
    get_user_model().objects.create(username=name, full_name=name, password=password, **more)


@pytest.mark.django_db
def test_start_is_refused_for_shared_and_staff_demo_passwords():
    demo = make_password(settings.DEMO_PASSWORD)
    person("bappeda.32", demo)
    person("bappeda.33", demo)
    person("admin", make_password(settings.DEMO_PASSWORD), is_staff=True)
    person("lama", demo, is_active=False)
    person("lain", make_password("kata sandi lain"))
    with pytest.raises(CommandError) as refusal:
        call_command("refuse_demo_passwords")
    assert str(refusal.value) == (
        "Kata sandi contoh masih berlaku untuk 3 akun: admin, bappeda.32, bappeda.33. Portal tidak dinyalakan."
    )


@pytest.mark.django_db
def test_start_goes_on_without_demo_passwords(settings):
    person("admin", make_password("kata sandi lain"), is_staff=True)
    call_command("refuse_demo_passwords")
    settings.DEMO = True
    with pytest.raises(CommandError):
        call_command("refuse_demo_passwords")
