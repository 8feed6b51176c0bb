"""`manage.py scheduler`: the loop that does the recurring duties."""

from __future__ import annotations

import signal
import threading
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import DatabaseError, close_old_connections

from core.beats import SCHEDULER, beat_from_thread
from core.scheduler import holder_name, load_tasks, run_due


class Command(BaseCommand):
    """Do what is due every SCHEDULER_SECONDS until told to stop."""

    help = "Menjalankan tugas berkala: penyapu pekerjaan, penutupan tahapan, pengingat."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """`--once` does one round and ends."""
        parser.add_argument("--once", action="store_true", help="satu putaran saja")

    def handle(self, *args: Any, **options: Any) -> None:
        """Loop until SIGTERM or SIGINT; a round under way is finished first."""
        load_tasks()
        stop = threading.Event()
        holder = holder_name()
        if options["once"]:
            self.stdout.write("\n".join(run_due(holder)))
            return
        for sig in (signal.SIGTERM, signal.SIGINT):
            signal.signal(sig, lambda *_: stop.set())
        beats = beat_from_thread([SCHEDULER], holder)
        while not stop.is_set():
            try:
                run_due(holder)
            except DatabaseError as problem:
                self.stderr.write(f"penjadwal: basis data tidak siap ({type(problem).__name__})")
            close_old_connections()
            stop.wait(settings.SCHEDULER_SECONDS)
        beats.set()
