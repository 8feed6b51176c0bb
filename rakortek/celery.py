"""The Celery application. The job row is the truth; a message is only a hint that one is waiting."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from celery import Celery
from celery.signals import worker_process_init, worker_ready, worker_shutting_down

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rakortek.settings")

app = Celery("rakortek")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@app.on_after_configure.connect
def make_queue_folders(sender: Celery, **_: Any) -> None:
    """The embedded broker is a folder, and it must be there before the first hint."""
    options = sender.conf.broker_transport_options
    for name in ("data_folder_in", "data_folder_out", "control_folder"):
        if name in options:
            Path(options[name]).mkdir(parents=True, exist_ok=True)


@worker_process_init.connect
def die_with_parent(**_: Any) -> None:
    """A pool process never outlives its worker, or two workers would share one job."""
    from core.processes import die_with_parent as arrange

    arrange()


@worker_ready.connect
def show_life(sender: Any, **_: Any) -> None:
    """Give signs of life for each queue this worker serves."""
    from core.beats import beat_from_thread
    from core.health import worker_beat

    queues = sorted(sender.app.amqp.queues.consume_from)
    sender.app.beats_stop = beat_from_thread([worker_beat(queue) for queue in queues], f"{sender.hostname}")


@worker_shutting_down.connect
def stop_showing_life(**_: Any) -> None:
    """A worker on its way out takes no more hints, so it stops saying that it lives."""
    stop = getattr(app, "beats_stop", None)
    if stop is not None:
        stop.set()
