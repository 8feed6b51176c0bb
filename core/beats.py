"""Signs of life of long-running processes, so that /healthz/ tells a dead worker from a slow one."""

from __future__ import annotations

import logging
import threading
from datetime import timedelta

from django.conf import settings
from django.db import DatabaseError, connection
from django.utils import timezone

from core.models import ProcessBeat

log = logging.getLogger(__name__)

SCHEDULER = "penjadwal"
MISSED = 4  # beats in a row before a process counts as gone


def beat(name: str, detail: str = "") -> None:
    """Write down that `name` is alive now."""
    ProcessBeat.objects.update_or_create(name=name, defaults={"at": timezone.now(), "detail": detail[:200]})


def alive(name: str, seconds: int) -> bool:
    """Whether `name` gave a sign within MISSED intervals of `seconds`."""
    since = timezone.now() - timedelta(seconds=seconds * MISSED)
    return ProcessBeat.objects.filter(name=name, at__gte=since).exists()


def beat_from_thread(names: list[str], detail: str) -> threading.Event:
    """Give a sign every BEAT_SECONDS from a thread with its own connection; set the returned event to stop it."""
    stop = threading.Event()

    def loop() -> None:
        while True:
            try:
                for name in names:
                    beat(name, detail)
            except DatabaseError as error:
                log.warning("sign of life of %s missed: %s", names, error)
            finally:
                connection.close()
            if stop.wait(settings.BEAT_SECONDS):
                return

    threading.Thread(target=loop, name="beats", daemon=True).start()
    return stop
