"""gunicorn for `make run`: threads, because no buffering proxy stands in front of slow clients."""

import os
from typing import Any

from core.processes import die_with_parent

worker_class = "gthread"
workers = int(os.environ.get("WEB_WORKERS") or 2)
threads = int(os.environ.get("WEB_THREADS") or 4)
timeout = 60
graceful_timeout = 10
keepalive = 5
# The control socket would lie in $HOME, which may be empty or read-only.
control_socket_disable = True
worker_tmp_dir = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108 - gunicorn's own heartbeat file
loglevel = "warning"


def post_fork(server: Any, worker: Any) -> None:
    """A web process never outlives its master."""
    die_with_parent()
