"""Recurring duties, each claimed by a row, so that any number of scheduler processes do every duty once."""

from __future__ import annotations

import logging
import os
import secrets
import socket
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps
from django.db import OperationalError
from django.utils import timezone

from core.models import SchedulerLease

log = logging.getLogger(__name__)

HOLD = timedelta(minutes=10)  # a duty whose scheduler died is free again after this
Duty = Callable[[], object]


@dataclass(frozen=True)
class Recurring:
    """A duty and how many seconds lie between two beginnings."""

    name: str
    seconds: int
    duty: Duty


_duties: dict[str, Recurring] = {}


def every(seconds: int) -> Callable[[Duty], Duty]:
    """Register a function without arguments as a recurring duty; write it in the `tasks` module of its app."""

    def register(duty: Duty) -> Duty:
        name = f"{duty.__module__}.{duty.__name__}"
        _duties[name] = Recurring(name, seconds, duty)
        return duty

    return register


def load_tasks() -> None:
    """Import the `tasks` module of every installed app, so that its jobs and duties are known."""
    for config in apps.get_app_configs():
        if find_spec(f"{config.name}.tasks") is not None:
            import_module(f"{config.name}.tasks")


def holder_name() -> str:
    """Host, process and a random part: who holds a lease."""
    return f"{socket.gethostname()[:60]}:{os.getpid()}:{secrets.token_hex(4)}"


def run_due(holder: str) -> list[str]:
    """Do every duty that is due and free, one after the other; the names of those done. Failures stay their own."""
    done = []
    for recurring in list(_duties.values()):
        try:
            if _claim(recurring, holder):
                _run(recurring, holder)
                done.append(recurring.name)
        except OperationalError:
            log.warning("scheduler: database busy or away at %s", recurring.name, exc_info=True)
    return done


def _claim(recurring: Recurring, holder: str) -> bool:
    now = timezone.now()
    due = SchedulerLease.objects.filter(name=recurring.name, next_at__lte=now, held_until__lte=now)
    claim = partial(
        due.update, holder=holder, held_until=now + HOLD, next_at=now + timedelta(seconds=recurring.seconds)
    )
    if claim():
        return True
    if SchedulerLease.objects.filter(name=recurring.name).exists():
        return False
    row = SchedulerLease(name=recurring.name, next_at=now, held_until=now)
    SchedulerLease.objects.bulk_create([row], ignore_conflicts=True)
    return bool(claim())


def _run(recurring: Recurring, holder: str) -> None:
    error = ""
    try:
        recurring.duty()
    except Exception as problem:
        log.exception("scheduler: %s failed", recurring.name)
        error = f"{type(problem).__name__}: {problem}"[:2000]
    SchedulerLease.objects.filter(name=recurring.name, holder=holder).update(
        held_until=timezone.now(), last_error=error
    )
