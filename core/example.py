"""Whether example data is being loaded, so that a page can say so; told through the database, since processes share nothing else."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.conf import settings
from django.utils import timezone

from core.models import ProcessBeat

NAME: Final = "data-contoh"
DONE: Final = "selesai"
STALE: Final = timedelta(minutes=5)

_ended: set[str] = set()
"""Holds `DONE` once this process has read it: the example is loaded once, so no page asks again."""


def example_step(text: str) -> None:
    """Say what the loading does now; `DONE` ends it."""
    _ended.clear()
    ProcessBeat.objects.update_or_create(name=NAME, defaults={"at": timezone.now(), "detail": text[:200]})


def example_expected() -> None:
    """Say before the first page is answered that a loading is about to begin, unless one has ended before."""
    if not ProcessBeat.objects.filter(name=NAME, detail=DONE).exists():
        example_step("persiapan")


def example_note() -> str:
    """“Data contoh sedang dimuat: …” while it is, else ''. A loading that fell silent for five minutes counts as ended.

    No query outside a demo installation, nor once this process has seen the end.
    """
    if not settings.DEMO or _ended:
        return ""
    beat = ProcessBeat.objects.filter(name=NAME).first()
    if beat is None or beat.at < timezone.now() - STALE and beat.detail != DONE:
        return ""
    if beat.detail == DONE:
        _ended.add(DONE)
        return ""
    return f"Data contoh sedang dimuat: {beat.detail}."
