"""`manage.py refuse_demo_passwords`: no production start while a password of the demo opens an account."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import check_password
from django.core.management.base import BaseCommand, CommandError
from django.db.models import Count, Q


class Command(BaseCommand):
    """Fail when an active account opens with the demo's password.

    Checking one password takes a fraction of a second on purpose, so of 1,700 accounts only these are tried: one of
    each group with the very same stored hash (how the demo makes its accounts) and everybody who may enter the admin.
    """

    help = "Menolak menyala bila kata sandi contoh masih dapat dipakai."

    def handle(self, *args: Any, **options: Any) -> None:
        """Name the accounts and end with an error, or end quietly."""
        if settings.DEMO:
            raise CommandError("DEMO=1 tidak boleh dipakai di produksi.")
        people = get_user_model()._default_manager.filter(is_active=True)
        shared = people.values("password").annotate(count=Count("pk")).filter(count__gt=1).values("password")
        hashes = people.filter(Q(password__in=shared) | Q(is_staff=True)).values_list("password", flat=True).distinct()
        open_hashes = [stored for stored in hashes if check_password(settings.DEMO_PASSWORD, stored)]
        names = sorted(people.filter(password__in=open_hashes).values_list("username", flat=True))
        if names:
            shown = ", ".join(names[:10]) + (" …" if len(names) > 10 else "")
            raise CommandError(
                f"Kata sandi contoh masih berlaku untuk {len(names)} akun: {shown}. Portal tidak dinyalakan."
            )
