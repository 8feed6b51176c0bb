"""Starting child processes that die with their parent, and starting them again when they die alone."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

PR_SET_PDEATHSIG = 1
FIRST_DELAY = 0.5  # seconds before a process that ended is started again; doubled up to LAST_DELAY
LAST_DELAY = 30.0
STEADY_AFTER = 20.0  # seconds after which a start counts as a success and the delay falls back
GRACE = 15.0  # seconds a process gets between the request to stop and the kill


def die_with_parent(sig: int = signal.SIGKILL) -> None:
    """Ask the kernel to end this process when its parent ends in whatever way; without effect outside Linux."""
    if not sys.platform.startswith("linux"):
        return
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, sig, 0, 0, 0)


def _child_setup(parent: int) -> Callable[[], None]:
    # Loaded before the fork: between fork and exec nothing may import.
    prctl = ctypes.CDLL(None, use_errno=True).prctl if sys.platform.startswith("linux") else None

    def arrange() -> None:
        if prctl is not None:
            prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        if os.getppid() != parent:
            os._exit(1)

    return arrange


@dataclass
class Child:
    """One process the runner keeps alive; `once` ones are not started again."""

    name: str
    command: Sequence[str]
    environ: dict[str, str] = field(default_factory=dict)
    once: bool = False
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    delay: float = FIRST_DELAY
    due: float = 0.0
    code: int | None = None

    def start(self) -> None:
        """Start it in a session of its own, so that Ctrl-C reaches it only through the runner."""
        self.process = subprocess.Popen(  # noqa: S603 - the command is ours
            list(self.command),
            env={**os.environ, **self.environ},
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=_child_setup(os.getpid()),  # noqa: PLW1509 - the runner has one thread
        )
        self.started, self.code = time.monotonic(), None

    def check(self) -> str:
        """Look after it once: '' when nothing happened, else a line for people."""
        now = time.monotonic()
        if self.process is not None:
            code = self.process.poll()
            if code is None:
                return ""
            self.process, self.code = None, code
            if self.once:
                return f"{self.name}: selesai" if code == 0 else f"{self.name}: gagal (kode {code})"
            self.delay = FIRST_DELAY if now - self.started > STEADY_AFTER else min(self.delay * 2, LAST_DELAY)
            self.due = now + self.delay
            return f"{self.name}: berhenti (kode {code}), dijalankan lagi dalam {self.delay:.0f} detik"
        if not self.once and now >= self.due:
            self.start()
        return ""


def stop_all(children: Sequence[Child], grace: float = GRACE) -> None:
    """Ask every child to stop, wait, and kill what stays; each with the processes of its session."""
    running = [child.process for child in children if child.process is not None and child.process.poll() is None]
    for process in running:
        process.send_signal(signal.SIGTERM)
    deadline = time.monotonic() + grace
    for process in running:
        try:
            process.wait(timeout=max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
