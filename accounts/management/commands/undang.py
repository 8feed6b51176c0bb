"""`manage.py undang`: invite the first people of an institution from the command line."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts import services
from accounts.choices import InstitutionKind, Role
from accounts.models import Institution
from core.errors import DomainError


class Command(BaseCommand):
    """Prints the one-time link of the first login."""

    help = "Undang orang untuk mewakili sebuah lembaga dan cetak tautan masuk pertamanya."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The person, the institution as kind:kode, the role."""
        parser.add_argument("surel")
        parser.add_argument("--nama", required=True)
        parser.add_argument(
            "--lembaga", required=True, help=f"jenis:kode, jenis salah satu dari {InstitutionKind.values}"
        )
        parser.add_argument("--peran", default=Role.KOORDINATOR, choices=Role.values)
        parser.add_argument("--jabatan", default="")

    def handle(self, *args: Any, **options: Any) -> None:
        """Invite, and say what the person needs."""
        kind, _, kode = options["lembaga"].partition(":")
        institution = Institution.objects.filter(kind=kind, kode=kode).first()
        if institution is None:
            raise CommandError(f"Lembaga {options['lembaga']} tidak ada.")
        try:
            invitation = services.invite_as_system(
                institution,
                name=options["nama"],
                email=options["surel"],
                role=options["peran"],
                office=options["jabatan"],
            )
        except DomainError as error:
            raise CommandError(error.message) from error
        self.stdout.write(invitation.link or "Orang ini sudah punya akun; ia mendapat peran tambahan.")
