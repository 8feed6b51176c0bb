"""`manage.py portal`: the whole portal with one command and no server beside it."""

from __future__ import annotations

import hashlib
import os
import signal
import socket
import sys
import time
import urllib.error
import urllib.request
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand, CommandError
from django.db import connections

from core.example import example_expected
from core.health import QUEUES
from core.processes import Child, stop_all

GUNICORN_CONFIG = Path(settings.BASE_DIR) / "deploy" / "gunicorn_portal.py"

# Celery warns root twice a start; `make run` on a rented machine is often root, and the portal listens on itself only.
ROOT_WARNING = "ignore:You're running the worker with superuser privileges"


class Command(BaseCommand):
    """Start web, two workers and the scheduler, and keep them alive until stopped."""

    help = "Menjalankan portal: web, dua pekerja dan penjadwal, tanpa layanan lain."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to listen, and whether the database and static files are prepared first."""
        parser.add_argument("--port", type=int, default=int(os.environ.get("PORT") or 8000))
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--no-prepare", action="store_true", help="tanpa migrate dan collectstatic")

    def handle(self, *args: Any, **options: Any) -> None:
        """Prepare, start, watch; SIGTERM and Ctrl-C stop all."""
        self.stopping = False
        for sig in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            # nohup asks to outlive the terminal by ignoring SIGHUP; that stays so.
            if sig != signal.SIGHUP or signal.getsignal(sig) != signal.SIG_IGN:
                signal.signal(sig, self._stop)
        host, port = options["host"], options["port"]
        self._refuse_taken(host, port)
        if not options["no_prepare"]:
            call_command("migrate", verbosity=0, interactive=False)
            self._collect_static()
        for folder in (settings.FILES_DIR, settings.QUEUE_DIR, settings.VAR_DIR / "run"):
            Path(folder).mkdir(parents=True, exist_ok=True)
        if self._has_example():
            example_expected()
        connections.close_all()
        children = self._children(host, port)
        try:
            self._watch(children, f"http://{host}:{port}")
        finally:
            self.stdout.write("Portal berhenti …")
            stop_all(children)

    def _has_example(self) -> bool:
        return bool(settings.DEMO and "load_demo" in get_commands())

    def _collect_static(self) -> None:
        # Collecting takes seconds, so it is done when a file or a package changed since.
        stamp = Path(settings.STATIC_ROOT) / ".stamp"
        digest = hashlib.sha256((Path(settings.BASE_DIR) / "constraints.txt").read_bytes())
        digest.update(settings.STORAGES["staticfiles"]["BACKEND"].encode())
        for folder in settings.STATICFILES_DIRS:
            for path in sorted(Path(folder).rglob("*")):
                status = path.stat()
                digest.update(f"{path} {status.st_mtime_ns} {status.st_size}\n".encode())
        if stamp.exists() and stamp.read_text(encoding="ascii") == digest.hexdigest():
            return
        call_command("collectstatic", verbosity=0, interactive=False)
        stamp.parent.mkdir(parents=True, exist_ok=True)
        stamp.write_text(digest.hexdigest(), encoding="ascii")

    def _stop(self, *_: Any) -> None:
        self.stopping = True

    def _refuse_taken(self, host: str, port: int) -> None:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError:
                raise CommandError(f"Port {port} sedang dipakai. Pilih yang lain: make run PORT={port + 1}") from None

    def _children(self, host: str, port: int) -> list[Child]:
        python = sys.executable
        manage = str(Path(settings.BASE_DIR) / "manage.py")
        web = [python, "-m", "gunicorn", "-c", str(GUNICORN_CONFIG), "-b", f"{host}:{port}", "rakortek.wsgi"]
        children = [Child("web", web, {"PORTAL_URL": os.environ.get("PORTAL_URL", f"http://{host}:{port}")})]
        for queue in QUEUES:
            worker = [
                python,
                "-m",
                "celery",
                "-q",
                "-A",
                "rakortek",
                "worker",
                "-Q",
                queue,
                "-c",
                "1",
                "-n",
                f"{queue}@%h",
            ]
            worker += ["--without-gossip", "--without-mingle", "-l", "WARNING"]
            children.append(Child(f"pekerja {queue}", worker, {"PYTHONWARNINGS": ROOT_WARNING}))
        children.append(Child("penjadwal", [python, manage, "scheduler"]))
        return children

    def _watch(self, children: list[Child], address: str) -> None:
        for child in children:
            child.start()
        announced = False
        while not self.stopping:
            for child in children:
                line = child.check()
                if line:
                    self.stderr.write(line)
            if not announced and self._answers(address):
                announced = True
                self._announce(address, children)
            time.sleep(0.2)

    def _answers(self, address: str) -> bool:
        try:
            with urllib.request.urlopen(f"{address}/healthz/?web=1", timeout=2) as response:  # noqa: S310 - our own address
                return bool(response.status == 200)
        except (urllib.error.URLError, OSError):
            return False

    def _announce(self, address: str, children: list[Child]) -> None:
        self.stdout.write(f"\nPortal Rakortek: {address}\nHentikan dengan Ctrl-C.")
        if self._has_example():
            self.stdout.write("Data contoh dimuat bila belum ada; halaman sudah dapat dibuka.")
            self.stdout.write(f"Kata sandi semua akun contoh: {settings.DEMO_PASSWORD}")
            manage = str(Path(settings.BASE_DIR) / "manage.py")
            demo = Child("data contoh", [sys.executable, manage, "load_demo"], once=True)
            demo.start()
            children.append(demo)
        self.stdout.flush()
