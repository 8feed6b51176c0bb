"""/healthz/: database, broker, workers and scheduler told apart, without a word that would help an intruder."""

from __future__ import annotations

import os
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core.beats import SCHEDULER, alive

QUEUES = ("cepat", "berat")
PING_SECONDS = 2


def worker_beat(queue: str) -> str:
    """The name under which the workers of a queue give signs of life."""
    return f"pekerja-{queue}"


def database_ok() -> bool:
    """Whether the database answers and holds our tables."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT COUNT(*) FROM core_audithead")
            return cursor.fetchone() is not None
    except DatabaseError:
        return False


def broker_ok() -> bool:
    """Whether hints can be handed over: the queue folder is writable, or Redis answers."""
    if not settings.REDIS_URL:
        folder = Path(settings.QUEUE_DIR)
        return folder.is_dir() and os.access(folder, os.W_OK | os.X_OK)
    import redis

    client = redis.Redis.from_url(settings.REDIS_URL, socket_connect_timeout=PING_SECONDS, socket_timeout=PING_SECONDS)
    try:
        return bool(client.ping())
    except redis.RedisError:
        return False
    finally:
        client.close()


def state() -> dict[str, str]:
    """Each part with `ok`, `mati`, or `tidak diketahui` where the database would have to tell."""
    database = database_ok()
    parts = {"database": "ok" if database else "mati", "broker": "ok" if broker_ok() else "mati"}
    watched = [(worker_beat(queue), settings.BEAT_SECONDS) for queue in QUEUES]
    watched.append((SCHEDULER, max(settings.SCHEDULER_SECONDS, settings.BEAT_SECONDS)))
    for name, seconds in watched:
        if not database:
            parts[name] = "tidak diketahui"
            continue
        parts[name] = "ok" if alive(name, seconds) else "mati"
    return parts


@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """200 when every part lives, else 503; `?web=1` asks only for what a page needs (database)."""
    parts = {"database": "ok" if database_ok() else "mati"} if request.GET.get("web") else state()
    healthy = all(value == "ok" for value in parts.values())
    return JsonResponse({"status": "ok" if healthy else "mati", **parts}, status=200 if healthy else 503)
