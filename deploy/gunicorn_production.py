"""gunicorn behind a buffering proxy: sync workers, which serve database pages several times faster than threads."""

import os
from typing import Any

from core.processes import die_with_parent

bind = os.environ.get("WEB_BIND") or "0.0.0.0:8000"  # noqa: S104 - inside its container, behind the proxy
worker_class = "sync"
workers = int(os.environ.get("WEB_WORKERS") or 5)
timeout = 60
graceful_timeout = 20
max_requests = 20_000
max_requests_jitter = 2_000
control_socket_disable = True
worker_tmp_dir = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108 - gunicorn's own heartbeat file
accesslog = "-"
loglevel = "warning"
forwarded_allow_ips = "*"


def post_fork(server: Any, worker: Any) -> None:
    """A web process never outlives its master."""
    die_with_parent()
