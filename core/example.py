"""Whether example data is being loaded, so that a page can say so; told through the database, since processes share nothing else."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.utils import timezone

from core.models import ProcessBeat

NAME: Final = "data-contoh"
DONE: Final = "selesai"
STALE: Final = timedelta(minutes=5)


def example_step(text: str) -> None:
    """Say what the loading does now; `DONE` ends it."""
    ProcessBeat.objects.update_or_create(name=NAME, defaults={"at": timezone.now(), "detail": text[:200]})


def example_note() -> str:
    """“Data contoh sedang dimuat: …” while it is, else ''. A loading that fell silent for five minutes counts as ended."""
    beat = ProcessBeat.objects.filter(name=NAME, at__gte=timezone.now() - STALE).exclude(detail=DONE).first()
    return f"Data contoh sedang dimuat: {beat.detail}." if beat else ""
