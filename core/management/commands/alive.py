"""`manage.py alive pekerja-cepat`: whether a worker or the scheduler lives, for container health checks."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from core.beats import SCHEDULER, alive
from core.health import QUEUES, worker_beat


class Command(BaseCommand):
    """End with an error when the named process fell silent."""

    help = "Memeriksa tanda hidup pekerja atau penjadwal."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which process."""
        parser.add_argument("name", choices=[*(worker_beat(queue) for queue in QUEUES), SCHEDULER])

    def handle(self, *args: Any, **options: Any) -> None:
        """Ask the database."""
        if not alive(options["name"], max(settings.BEAT_SECONDS, settings.SCHEDULER_SECONDS)):
            raise CommandError(f"{options['name']} tidak memberi tanda hidup.")
