"""A real portal in a scratch folder, for tests that kill its processes; Linux only, like the promise it tests."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 60.0  # seconds until an expectation counts as disappointed
KEPT = ("PATH", "LANG", "LC_ALL", "TMPDIR", "PYTHONPATH", "SSL_CERT_FILE")


def eventually(what: str, found: Callable[[], Any], patience: float = PATIENCE) -> Any:
    """The first truthy answer of `found`, asked again and again."""
    deadline = time.monotonic() + patience
    while True:
        answer = found()
        if answer:
            return answer
        assert time.monotonic() < deadline, f"not within {patience:.0f} s: {what}"
        time.sleep(0.1)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def processes() -> dict[int, tuple[int, str]]:
    """Parent and command line of every living process."""
    found = {}
    for folder in Path("/proc").iterdir():
        if not folder.name.isdigit():
            continue
        with contextlib.suppress(OSError):
            state, parent = (folder / "stat").read_text().rpartition(")")[2].split()[:2]
            command = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            if state != "Z":
                found[int(folder.name)] = (int(parent), command)
    return found


def descendants(pid: int) -> set[int]:
    """Everything that `pid` started, directly or not."""
    known, found, ring = processes(), set(), {pid}
    while ring:
        ring = {child for child, (parent, _) in known.items() if parent in ring}
        found |= ring
    return found


class Portal:
    """`manage.py portal` on a port of its own, with a database and queue of its own."""

    def __init__(self, folder: Path, **environ: str) -> None:
        self.port = free_port()
        self.folder = folder
        self.process: subprocess.Popen[bytes] | None = None
        self.environ = {name: os.environ[name] for name in KEPT if name in os.environ}
        self.environ |= {
            "DJANGO_SETTINGS_MODULE": "tests.process_settings",
            "VAR_DIR": str(folder),
            "JOB_STALE_SECONDS": "3",
            "JOB_HEARTBEAT_SECONDS": "1",
            "JOB_RESEND_SECONDS": "2",
            "SCHEDULER_SECONDS": "1",
            "BEAT_SECONDS": "1",
            "WEB_WORKERS": "1",
            **environ,
        }

    def start(self, *options: str) -> None:
        command = [sys.executable, "manage.py", "portal", "--port", str(self.port), *options]
        with (self.folder / "portal.log").open("ab") as log:
            self.process = subprocess.Popen(
                command, cwd=ROOT, env=self.environ, stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )

    def start_web(self) -> None:
        """The web process alone, on a folder that is prepared already: no worker, no scheduler."""
        config = str(ROOT / "deploy" / "gunicorn_portal.py")
        command = [sys.executable, "-m", "gunicorn", "-c", config, "-b", f"127.0.0.1:{self.port}", "rakortek.wsgi"]
        with (self.folder / "portal.log").open("ab") as log:
            self.process = subprocess.Popen(
                command, cwd=ROOT, env=self.environ, stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )

    def manage(self, *command: str) -> None:
        subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, env=self.environ, check=True)

    def health(self, *, web_only: bool = False) -> tuple[int, dict[str, str]]:
        """Status and parts of /healthz/; (0, {}) while nobody listens."""
        address = f"http://127.0.0.1:{self.port}/healthz/{'?web=1' if web_only else ''}"
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as answer:
            with answer, contextlib.suppress(ValueError):
                return answer.code, json.load(answer)
            return answer.code, {}
        except OSError:
            return 0, {}

    def wait_healthy(self, *, web_only: bool = False) -> None:
        assert self.process is not None
        eventually(
            "a healthy portal", lambda: self.health(web_only=web_only)[0] == 200 or self.process.poll() is not None
        )
        assert self.process.poll() is None, (self.folder / "portal.log").read_text()

    def worker(self, queue: str) -> int:
        """The pid of the worker of a queue; 0 while there is none."""
        assert self.process is not None
        mine = [
            pid
            for pid, (parent, command) in processes().items()
            if parent == self.process.pid and f"-Q {queue}" in command
        ]
        return mine[0] if mine else 0

    def kill_worker(self, queue: str) -> None:
        """kill -9 of the worker with everything in its group."""
        os.killpg(self.worker(queue), signal.SIGKILL)

    def kill(self) -> set[int]:
        """kill -9 of the parent alone; the pids of its children, which should follow."""
        assert self.process is not None
        children = descendants(self.process.pid)
        self.process.kill()
        self.process.wait()
        return children

    def end(self) -> None:
        """kill -9 of everything, where nobody looks at what stays behind: three times as quick as stopping."""
        if self.process is not None and self.process.poll() is None:
            for pid in self.kill():
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)

    def stop(self) -> int:
        """SIGTERM; the exit code."""
        assert self.process is not None
        if self.process.poll() is None:
            self.process.terminate()
        return self.process.wait(timeout=PATIENCE)
